"""What `make bench` compares is the same content, built in the same conditions."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros import keeping
from macros.catalogue import Catalogue
from macros.explorer.lists import WHOLE
from macros.finishing import finished
from tests.conftest import seen
from tests.html_lu import read, read_file
from tests.mesures import __main__ as banc
from tests.mesures import chrono, constructions, direct, rapport, rivaux
from tests.mesures.constructions import Builds
from tests.mesures.contenu import Contenu, prepared
from tests.mesures.identiques import LEFT_OUT, differing
from tests.mesures.rivaux import RIVALS, Rival, rival
from tests.synthese import write


@pytest.fixture(scope="module")
def content(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Contenu:
    """Enough invented cases for the départements to have pages."""
    return prepared(WHOLE + 1, tmp_path_factory.mktemp("mesures"), site / "cas" / "anstaing" / "index.html")


@pytest.fixture(scope="module")
def floor(content: Contenu, tmp_path_factory: pytest.TempPathFactory) -> Rival:
    """The floor, built."""
    made = rival("plancher", content, tmp_path_factory.mktemp("plancher"))
    chrono.run(made.commande, made.dossier, made.reglages)
    return made


def test_the_floor_writes_the_same_pages(content: Contenu, floor: Rival) -> None:
    """It does not win by showing less; nor by doing without the frame of the site."""
    assert content.listes and not differing(content.catalogue, floor.site)
    assert chrono.weight(floor.site)["pages"] == len(content.cas) + len(content.listes)
    page = (floor.site / "cas" / next(iter(content.cas)) / "index.html").read_text(encoding="utf-8")
    assert 'class="entete"' in page and "mentions-legales" in page and "@@" not in page


@pytest.mark.parametrize(("former", "new", "same"), [
    ("Ce qu'on ne sait pas", "Ce qu’on ne sait pas", {False}), ("Ce qu'on ne sait pas", "Ce qu'on sait", set()), ("</h2>", "</h3>", set()), ('class="note"', 'class="appel"', set()),
    ("<dl>\n", "<dl>", {False, True}), ("pdf/cas/", "pdf/", set()), ("</article>", "", set())])
def test_pages_are_the_same_word_for_word_and_tag_for_tag(content: Contenu, floor: Rival, tmp_path: Path, former: str, new: str, same: set[bool]) -> None:
    """Spaces between tags aside; and signs of typography, but where it is asked for."""
    typeset = tmp_path / "site"
    shutil.copytree(floor.site, typeset)
    for path in typeset.rglob("index.html"):
        above, inside, body = path.read_text(encoding="utf-8").partition('<div class="page prose">')
        path.write_text(above + inside + finished(LEFT_OUT.sub("", body), {}, ""), encoding="utf-8")
    key = next(key for key, case in content.catalogue.cas.items() if case.inconnues)
    for asked, site in ((False, floor.site), (True, typeset)):
        assert not differing(content.catalogue, site, asked)
        page = site / "cas" / key / "index.html"
        whole = page.read_text(encoding="utf-8")
        old = former.replace("'", "’") if asked else former
        assert old in whole
        page.write_text(whole.replace(old, new if not asked or old == former else new.replace("’", "'")), encoding="utf-8")
        assert differing(content.catalogue, site, asked) == ([] if asked in same else [f"cas/{key}/"])
        page.write_text(whole, encoding="utf-8")
    shutil.rmtree(typeset / "departements")
    assert all(where.startswith("departements/") for where in differing(content.catalogue, typeset, True)) and differing(content.catalogue, typeset, True)


def test_reading_invented_cases_leaves_the_cache_of_the_project_alone(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand of them would push out what is of use."""
    cache = tmp_path / "cache"
    monkeypatch.setattr(keeping, "FOLDER", cache)
    write(2, tmp_path / "donnees")
    before = sorted(cache.rglob("*"))
    prepared(2, tmp_path / "donnees", site / "cas" / "anstaing" / "index.html")
    assert (keeping.FOLDER, sorted(cache.rglob("*"))) == (cache, before)


def test_the_head_of_a_case_speaks_of_that_case(site: Path, content: Contenu, floor: Rival) -> None:
    """Title, summary, addresses, structured data: as many lines as on the real page, and nothing left of the case whose page was the frame."""
    real = read_file(site / "cas" / "anstaing" / "index.html")
    for key, text in content.cas.items():
        case = yaml.safe_load(text)
        written = (floor.site / "cas" / key / "index.html").read_text(encoding="utf-8")
        page = read(written)
        assert [element.tag for element in page.all("head")[0].walk()] == [element.tag for element in real.all("head")[0].walk()]
        metas = {element.attributes.get("property") or element.attributes.get("name"): element.attributes.get("content", "") for element in page.all("meta")}
        assert metas["og:title"] == metas["twitter:title"] == case["titre"] and metas["og:description"] == metas["description"] == case["en_bref"][0]["texte"]
        assert metas["og:url"].endswith(f"/cas/{key}/") and metas["og:image"].endswith(f"cas/{key}.png") and "anstaing" not in written
        data = json.loads("".join(piece for script in page.all("script") if script.attributes.get("type") for piece in script.inside if isinstance(piece, str)))
        article, trail = data["@graph"]
        assert (article["headline"], article["datePublished"], article["url"]) == (case["titre"], case["redige_le"], f"https://example.org/cas/{key}/")
        assert [lever["name"] for lever in article["about"]] == [shown["levier"] for shown in case["leviers"]]
        assert [place["name"] for place in article["contentLocation"]] == [place.get("commune", place["departement"]) for place in case["lieux"]]
        assert trail["itemListElement"][2]["name"] == case["nom"]


@pytest.mark.parametrize("name", [name for name in RIVALS if name != "plancher"])
def test_every_generator_is_given_the_same_cases(name: str, content: Contenu, tmp_path: Path) -> None:
    """One file a case, and every list."""
    one = rival(name, content, tmp_path / name)
    files = [path for path in one.dossier.rglob("*") if path.is_file() and not path.is_symlink() and "node_modules" not in path.parts]
    texts = "".join(path.read_text(encoding="utf-8") for path in files if path.name != "references")
    assert "@@" not in texts
    for key in [*content.cas, *(where.rpartition("/")[2] for where in content.listes)]:
        assert [path for path in files if path.stem == key], key


def test_hugo_sets_every_text_of_a_case(content: Contenu, tmp_path: Path) -> None:
    """The same templates, where texts go through the rules of typography; what does not change from case to case is set beforehand."""
    plain, typeset = rival("hugo", content, tmp_path / "hugo"), rival("hugo-typographie", content, tmp_path / "francais")
    through = re.compile(r'partialCached "francais.html" \(string (.+?)\) \(string \1\)')
    changed = 0
    for path in (plain.dossier / "layouts").rglob("*.html"):
        texts = [(one.dossier / path.relative_to(plain.dossier)).read_text(encoding="utf-8") for one in (plain, typeset)]
        assert "| francais" not in "".join(texts) and through.sub(r"\1", texts[1]) == texts[0]
        changed += len(through.findall(texts[1]))
    assert changed > 40
    words = [json.loads((one.dossier / "data" / "commun.json").read_text(encoding="utf-8")) for one in (plain, typeset)]
    assert words[0]["libelles"]["types_acteurs"]["caf"] == "Caisse d'allocations familiales" and words[1]["libelles"]["types_acteurs"]["caf"] == "Caisse d’allocations familiales"


def test_a_command_that_fails_is_not_measured(tmp_path: Path) -> None:
    """Else the fastest generator would be the one that does nothing."""
    with pytest.raises(SystemExit, match="a échoué"):
        chrono.run(["false"], tmp_path, {})
    assert chrono.run(["true"], tmp_path, {}).secondes > 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="read in /proc")
def test_memory_is_that_of_all_processes_together(tmp_path: Path) -> None:
    """Two processes that hold 100 MB at the same time, children of a child."""
    held = "import time; x = bytearray(100_000_000); time.sleep(1)"
    program = f"import subprocess, sys; [one.wait() for one in [subprocess.Popen([sys.executable, '-c', {held!r}]) for _ in range(2)]]"
    found = chrono.run([sys.executable, "-c", program], tmp_path, {}, watched=True).memoire
    assert found and 190 < found < 400
    assert chrono.run(["true"], tmp_path, {}).memoire is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="read in /proc")
def test_a_process_that_takes_all_the_memory_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With all those it started, before the system stops another."""
    monkeypatch.setattr(chrono, "TOO_MUCH", 50e6 / (os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")))
    program = "import os, time; open('numero', 'w').write(str(os.getpid())); x = bytearray(100_000_000); time.sleep(60)"
    with pytest.raises(SystemExit, match="trop pour cette machine"):
        chrono.run([sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {program!r}])"], tmp_path, {}, watched=True)
    status = Path("/proc", (tmp_path / "numero").read_text(encoding="utf-8"), "status")

    def ended() -> bool:
        try:
            return "State:\tZ" in status.read_text(encoding="utf-8")
        except OSError:
            return True

    seen(ended)


def test_what_a_build_wrote_is_weighed(tmp_path: Path) -> None:
    """Pages apart from the rest."""
    (tmp_path / "cas").mkdir()
    for name, size in (("index.html", 10), ("cas/index.html", 20), ("cas/carte.png", 300)):
        (tmp_path / name).write_bytes(b"x" * size)
    assert chrono.weight(tmp_path) == {"pages": 2, "html": 30, "fichiers": 3, "octets": 330}


class Fake:
    """In the place of `chrono.run`: notes each command, what stood there before, and builds one page."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, bool, bool, bool]] = []
        self.data: list[str] = []
        """All the cases, at each build of ours."""

    def __call__(self, command: Sequence[str], folder: Path, settings: Mapping[str, str], watched: bool = False) -> chrono.Run:
        """Run nothing."""
        ours = "tests.mesures.pages" in command
        site = Path(settings["SITE_DIR"]) if ours else folder / "site"
        cache = Path(command[3]) if ours else site
        if ours:
            self.data.append("".join(path.read_text(encoding="utf-8") for path in sorted(Path(settings["DATA_ROOT"], "cases").iterdir())))
        self.seen.append((Path(command[0]).name if not ours else command[-1], site.exists(), cache.exists(), watched))
        for made in (site, cache):
            made.mkdir(parents=True, exist_ok=True)
        (site / "index.html").write_text("page", encoding="utf-8")
        return chrono.Run(float(len(self.seen)), 1.0, 50.0 if watched else None)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    made = Fake()
    monkeypatch.setattr(chrono, "run", made)
    monkeypatch.setattr(constructions, "differing", lambda catalogue, site, typeset: [])
    return made


@pytest.fixture
def builds(site: Path, tmp_path: Path) -> Builds:
    """Two invented cases, two rounds."""
    return Builds(2, 2, tmp_path / "cas", site)


def test_the_memory_of_the_whole_site_is_that_of_a_cold_build(fake: Fake, builds: Builds) -> None:
    """Nothing kept and no site; a warm build finds both, as with `make build`."""
    found = builds.tout()
    cold, warm = ("tout", False, False, True), ("tout", True, True, False)
    assert fake.seen == [cold, warm, warm] * 2
    assert [before == after for before, after in pairwise(fake.data)] == [False, True, True, False, True]
    assert found["memoire"] == 50 and found["mesures"]["à froid"]["secondes"] == 2.5 and found["fichiers"] == 1


def test_a_long_build_is_made_once(fake: Fake, builds: Builds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constructions, "PATIENT", 1)
    builds.tout()
    assert [watched for _, _, _, watched in fake.seen] == [True, False, False, False, False]


def test_generators_are_timed_in_turn_in_an_empty_folder(fake: Fake, builds: Builds) -> None:
    """A first turn tells the memory and is not timed, but for the slow one, which is made once."""
    found = builds.pages()["mesures"]
    names = [constructions.US, *(rivaux.rival(name, builds.content, builds.folder / name).nom for name in RIVALS)]
    assert list(found) == [*names, constructions.ONE_CASE]
    turn = len(names)
    assert [watched for _, _, _, watched in fake.seen] == [True] * turn + [False] * (turn - 1) * 2 + [True, False, False]
    assert [before for _, before, _, _ in fake.seen] == [False] * (turn + (turn - 1) * 2) + [True] * 3
    assert [before == after for before, after in pairwise(fake.data)] == [True, True, False, False, False]
    assert found[constructions.US]["secondes"] == (turn + 1 + 2 * turn) / 2
    assert found[rivaux.MATERIAL]["secondes"] == turn
    assert {one["memoire"] for one in found.values()} == {50.0}
    assert not list(builds.folder.glob(f"{constructions.AWAY}*"))


def test_a_generator_that_fails_does_not_stop_the_others(fake: Fake, builds: Builds, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no figures: those of its first turns would be of fewer builds than the others'."""
    def run(command: Sequence[str], folder: Path, settings: Mapping[str, str], watched: bool = False) -> chrono.Run:
        done = fake(command, folder, settings, watched)
        if [name for name, _, _, _ in fake.seen].count("hugo") == 3 and folder.name == "hugo":
            raise SystemExit("plus de mémoire")
        return done

    monkeypatch.setattr(chrono, "run", run)
    found = builds.pages()
    assert found["echecs"] == ["Hugo"] and "Hugo" not in found["mesures"]
    assert set(found["mesures"]) == {constructions.US, constructions.ONE_CASE, "plancher", "Hugo, avec la typographie", "Eleventy", rivaux.MATERIAL}


def test_a_generator_that_writes_other_pages_has_no_figures(fake: Fake, builds: Builds, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It does not do the same work. Those of Material, which has its own frame, are not compared."""
    seen: list[tuple[str, bool]] = []

    def differing(catalogue: Catalogue, site: Path, typeset: bool) -> list[str]:
        seen.append((site.parent.name, typeset))
        return ["cas/amiens/"] if site.parent.name == "eleventy" else []

    monkeypatch.setattr(constructions, "differing", differing)
    found = builds.pages()
    assert found["echecs"] == ["Eleventy"] and "Eleventy" not in found["mesures"] and "cas/amiens/" in capsys.readouterr().err
    assert seen == [("plancher", False), ("hugo", False), ("hugo-typographie", True), ("eleventy", False)]


def test_a_corrected_case_is_another_case(builds: Builds) -> None:
    """Else what was kept would do, and nothing would be measured."""
    first = next(iter(builds.content.cas))
    texts = {builds.content.cas[first]}
    for word in ("1", "2"):
        builds.edit(word)
        texts.add((builds.data / "cases" / f"{first}.yml").read_text(encoding="utf-8"))
    assert len(texts) == 3 and all(set(yaml.safe_load(text)) == set(yaml.safe_load(builds.content.cas[first])) for text in texts)


@pytest.mark.parametrize(("asked", "expected"), [
    ([20], {"pages-20", "tout-20", "verification-20", "direct-20", "explorateur-20", "impression", "lecture", "phare"}),
    ([20, 30, 40], {"pages-20", "pages-30", "pages-40", "tout-20", "tout-30", "tout-40", "verification-20", "direct-20", "explorateur-40", "impression", "lecture", "phare"})])
def test_one_run_measures_everything(asked: list[int], expected: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every part, at the sizes it is wanted at, under the date of that run; nothing is left on the disk but what the last one needs."""
    class Nothing:
        def __init__(self, count: int, rounds: int, folder: Path, real: Path) -> None:
            assert not list(folder.parent.glob("*-cas"))
            self.folder = folder
            folder.mkdir()

        def __getattr__(self, name: str) -> Any:
            return lambda: {"mesures": name}

    kept: dict[str, dict[str, Any]] = {}
    monkeypatch.setattr(banc, "Builds", Nothing)
    monkeypatch.setattr(banc, "build", lambda folder: subprocess.CompletedProcess([], 0))
    monkeypatch.setattr(banc, "REAL", {name: lambda folder: {"mesures": 1} for name in banc.REAL})
    monkeypatch.setattr(rapport, "keep", kept.__setitem__)
    banc.measure(asked, 1, banc.PARTS, tmp_path)
    assert set(kept) == expected
    assert len({values["passage"] for values in kept.values()}) == 1


def test_a_part_that_fails_does_not_stop_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """But the command fails at the end, and names it."""
    def failing(folder: Path) -> Any:
        raise SystemExit("pas de navigateur")

    kept: list[str] = []
    monkeypatch.setattr(banc, "build", lambda folder: subprocess.CompletedProcess([], 0))
    monkeypatch.setattr(banc, "REAL", {"lecture": failing, "impression": lambda folder: {"mesures": 1}})
    monkeypatch.setattr(rapport, "keep", lambda part, values: kept.append(part))
    with pytest.raises(SystemExit, match=r"n'a pas pu être mesuré.* : lecture\.$"):
        banc.measure([20], 1, ["lecture", "impression"], tmp_path)
    assert kept == ["impression"]


def test_sizes_are_read_smallest_first() -> None:
    assert banc.numbers("5000 1000 5000") == [1000, 5000]
    for text in ("", "0", "-5", "mille"):
        with pytest.raises(argparse.ArgumentTypeError, match="combien de cas"):
            banc.numbers(text)


def test_serving_is_measured_until_the_page_shows_the_words(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real server, whole processes."""
    monkeypatch.setattr(direct, "PAUSES", (0, 0))
    builds = Builds(2, 1, tmp_path / "cas", site)
    words: list[str] = []
    served: list[str] = []
    opened = urllib.request.urlopen

    def corrected(word: str) -> None:
        assert all(former in served[-1] for former in words[-1:])  # seen before it is corrected again
        words.append(word)
        builds.edit(word)

    def read(url: str, timeout: float) -> Any:
        with opened(url, timeout=timeout) as answer:
            content = answer.read()
        served.append(content.decode())
        return contextlib.closing(io.BytesIO(content))

    monkeypatch.setattr(urllib.request, "urlopen", read)
    address = f"cas/{next(iter(builds.content.cas))}/"
    found = direct.measured(corrected, address, builds.content.liste, builds.cache, builds.settings)
    assert len(set(words)) == 2 and words[1] in served[-1]
    assert 0 < found["secondes"] <= found["au plus"] < found["listes"]
    (builds.data / "cases" / "faux.yml").write_text("titre: [", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"faux\.yml"):
        direct.measured(corrected, address, builds.content.liste, builds.cache, builds.settings)

"""Links that never die: the ledger is whole, every published address answers, whatever became of its record."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from macros import published
from macros.addresses import address_of, destinations, faults, merged, record_of
from macros.catalogue import Catalogue
from macros.checking import check
from macros.exports.anchors import kept_anchors
from macros.exports.redirects import files_of
from macros.loading import load
from macros.model.ledger import Registre
from tests.conftest import PROJECT, build

LEDGER = PROJECT / "references" / "adresses.yml"
KNOWN = {"cas": {"un", "deux"}, "termes": {"sieg"}, "leviers": {"locaux"}, "temoignages": set()}


def ledger(*entries: dict[str, object]) -> Registre:
    return Registre.model_validate({"adresses": [{"depuis": "2026-11-21", **entry} for entry in entries]})


def test_addresses_name_their_records() -> None:
    for address, table, key in (("cas/anstaing/", "cas", "anstaing"), ("glossaire/#sieg", "termes", "sieg"), ("editions/#edition-2026", "editions", "2026"),
                                ("reperes/#repere-x", "reperes", "x"), ("api/v1/temoignages/x.json", "temoignages", "x"), ("sources/#x", "sources", "x")):
        record = record_of(address)
        assert record and (record.table, record.key) == (table, key)
        assert address_of(table, key, outside=address.startswith("sources/#")) == address
    assert record_of("cas/") is None and record_of("cas/anstaing/#soutiens") is None and record_of("api/v1/cas.json") is None


@pytest.mark.parametrize(("entry", "message", "remedy"), [
    ({"adresse": "cas/parti/"}, "ne répond plus : cases/parti.yml a disparu", "deplace_vers"),
    ({"adresse": "glossaire/#parti"}, "ne répond plus : « parti » de references/glossaire.yml a disparu", "retire_le"),
    ({"adresse": "cas/parti/", "deplace_vers": "cas/nulle-part/"}, "« cas/nulle-part/ » n'existe pas", "cas/"),
    ({"adresse": "cas/parti/", "deplace_vers": "cas/parti/"}, "tournent en rond", "existe"),
    ({"adresse": "cas/un/", "deplace_vers": "cas/deux/"}, "est dite partie, mais cases/un.yml existe encore", "supprimez"),
    ({"adresse": "cas/parti/", "deplace_vers": "cas/un/", "retire_le": "2027"}, "plusieurs suites", "un seul"),
    ({"adresse": "cas/parti/", "retire_le": "2027-01-01"}, "n'est pas expliqué", "pourquoi"),
    ({"adresse": "a-propos/", "retire_le": "2027-01-01", "pourquoi": "x"}, "n'est pas l'adresse d'une fiche", "renvoi"),
    ({"adresse": "cas/parti/", "partage_en": ["cas/un/", "leviers/"]}, "« leviers/ » n'est pas l'adresse d'une fiche", "cas/"),
])
def test_the_ledger_says_what_is_wrong_and_what_to_write(entry: dict[str, object], message: str, remedy: str) -> None:
    found = list(faults(ledger(entry), KNOWN))
    assert any(message in said and remedy in advice for _, said, advice in found), found


@pytest.mark.parametrize("entry", [
    {"adresse": "cas/un/"}, {"adresse": "cas/parti/", "deplace_vers": "cas/un/"}, {"adresse": "cas/parti/", "fusionne_dans": "cas/deux/"},
    {"adresse": "cas/parti/", "partage_en": ["cas/un/", "cas/deux/"]}, {"adresse": "cas/parti/", "retire_le": "2027-01-01", "pourquoi": "Demandé."},
    {"adresse": "api/v1/cas.json"}, {"adresse": "glossaire/#sieg"}])
def test_a_true_ledger_has_no_fault(entry: dict[str, object]) -> None:
    assert list(faults(ledger(entry), KNOWN)) == []


def test_many_moves_are_one_hop() -> None:
    entries = merged(ledger({"adresse": "cas/a/", "deplace_vers": "cas/b/"}, {"adresse": "cas/b/", "deplace_vers": "cas/c/"},
                            {"adresse": "cas/c/", "partage_en": ["cas/un/", "cas/deux/"]}))
    assert destinations(entries, "cas/a/") == ["cas/un/", "cas/deux/"]


def test_a_later_line_adds_anchors_and_the_end(catalogue: Catalogue) -> None:
    entries = merged(ledger({"adresse": "cas/a/", "ancres": ["x"]}, {"adresse": "cas/a/", "depuis": "2027-01-01", "ancres": ["y"]},
                            {"adresse": "cas/a/", "deplace_vers": "cas/un/"}))
    assert entries["cas/a/"].ancres == ("x", "y") and entries["cas/a/"].deplace_vers == "cas/un/" and entries["cas/a/"].depuis.texte == "2026-11-21"


# The ledger of the project


def test_the_ledger_knows_every_address_of_the_site(site: Path) -> None:
    missing = published.unknown(load(PROJECT), site)
    assert not missing, f"lancez « make build » puis « python -m macros adresses » : {missing[:3]}"


def dead(site: Path, catalogue: Catalogue) -> list[str]:
    """Published addresses and anchors that no file answers, the files of a record included."""
    found = []
    for address, entry in catalogue.adresses.items():
        where, _, anchor = address.partition("#")
        path = site / where / "index.html" if where.endswith("/") else site / where
        if not path.is_file():
            found.append(address)
            continue
        if path.suffix == ".html":
            present = set(re.findall(r'\bid="([^"]+)"', path.read_text(encoding="utf-8")))
            found += [f"{address}#{name}" for name in (*entry.ancres, *([anchor] if anchor else [])) if name not in present]
        record = record_of(address)
        if record:
            found += [name for name in files_of(record.table, record.key) if not (site / name).is_file()
                      and (not name.startswith("pdf/") or (site / "pdf/cas/caylus.pdf").is_file())]
    return found


def test_every_published_address_answers(site: Path) -> None:
    catalogue = load(PROJECT)
    assert len(catalogue.adresses) > 300
    assert dead(site, catalogue) == []


def test_no_line_of_the_ledger_was_erased() -> None:
    done = subprocess.run(["git", "show", "HEAD:references/adresses.yml"], cwd=PROJECT, capture_output=True, text=True, check=False)
    addresses = re.findall(r'adresse: "([^"]+)"', done.stdout)
    now = set(re.findall(r'adresse: "([^"]+)"', LEDGER.read_text(encoding="utf-8")))
    assert [address for address in addresses if address not in now] == []


# Renaming, splitting, merging, withdrawing


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A copy of the data where four cases and a word left, as the ledger says, and the site it gives."""
    root = tmp_path_factory.mktemp("adresses") / "donnees"
    for name in ("cases", "levers", "references", "versions"):
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, root / name)
    cases = root / "cases"
    (cases / "anstaing.yml").rename(cases / "anstaing-creche.yml")
    shutil.copy(cases / "meli-melo.yml", cases / "meli-melo-lille.yml")
    (cases / "meli-melo.yml").rename(cases / "meli-melo-capital.yml")
    (cases / "vista.yml").unlink()
    (cases / "inalta.yml").unlink()
    for path in (root / "references").glob("*.yml"):
        if path.name != "adresses.yml":
            text = path.read_text(encoding="utf-8")
            text = re.sub(r"\banstaing\b(?=[\],]|$)", "anstaing-creche", text, flags=re.MULTILINE)
            text = re.sub(r"\bmeli-melo\b(?=[\],]|$)", "meli-melo-lille", text, flags=re.MULTILINE)
            text = re.sub(r"\b(vista|inalta)\b(?=[\],]|$)", "caylus", text, flags=re.MULTILINE)
            path.write_text(text, encoding="utf-8")
    ledger_file = root / "references" / "adresses.yml"
    text = ledger_file.read_text(encoding="utf-8")
    for address, end in (("cas/anstaing/", 'deplace_vers: "cas/anstaing-creche/", le: "2026-12-01"'),
                         ("cas/meli-melo/", 'partage_en: [cas/meli-melo-lille/, cas/meli-melo-capital/], le: "2026-12-02"'),
                         ("cas/inalta/", 'fusionne_dans: "cas/polichinelles/", pourquoi: "Les deux cas sont voisins."'),
                         ("cas/vista/", 'retire_le: "2026-12-03", pourquoi: "La structure l\'a demandé.", remplace_par: [cas/polichinelles/]')):
        text = re.sub(rf'(adresse: "{address}".*)\}}', lambda found, end=end: f"{found[1]}, {end}}}", text, count=1)  # type: ignore[misc]
    ledger_file.write_text(text, encoding="utf-8")
    site = root.parent / "site"
    done = build(site, DATA_ROOT=str(root))
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return root, site


def test_nothing_published_is_dead_after_four_cases_left(moved: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    root, site = moved
    assert check(root) == []
    assert dead(site, load(root)) == []


def test_a_moved_fiche_is_one_hop_away_for_people_and_programs(moved: tuple[Path, Path]) -> None:
    _, site = moved
    page = (site / "cas/anstaing/index.html").read_text(encoding="utf-8")
    assert '<html lang="fr">' in page and "a changé d’adresse" in page
    assert '<meta http-equiv="refresh" content="0; url=../../cas/anstaing-creche/">' in page and '/cas/anstaing-creche/" data-chemin' in page
    data = json.loads((site / "api/v1/cas/anstaing.json").read_text(encoding="utf-8"))
    assert data["deplace_vers"] == "cas/anstaing-creche/" and data["donnees"]["identifiant"] == "anstaing-creche"
    assert (site / "integrer/cas/anstaing/index.html").read_bytes() == (site / "integrer/cas/anstaing-creche/index.html").read_bytes()
    rules = (site / "_redirects").read_text(encoding="utf-8").splitlines()
    assert "/cas/anstaing/ /cas/anstaing-creche/ 301" in rules and "/pdf/cas/anstaing.pdf /pdf/cas/anstaing-creche.pdf 301" in rules
    assert "/cas/inalta/ /cas/polichinelles/ 301" in rules


def test_a_split_fiche_names_its_heirs_everywhere(moved: tuple[Path, Path]) -> None:
    _, site = moved
    for name in ("cas/meli-melo/index.html", "integrer/cas/meli-melo/index.html", "api/v1/cas/meli-melo.json", "api/v1/cas/meli-melo.yml"):
        text = (site / name).read_text(encoding="utf-8")
        assert "cas/meli-melo-lille/" in text and "cas/meli-melo-capital/" in text, name
        assert 'http-equiv="refresh"' not in text
    assert json.loads((site / "api/v1/cas/meli-melo.json").read_text(encoding="utf-8"))["donnees"] is None
    assert (site / "pdf/cas/meli-melo.pdf").read_bytes().startswith(b"%PDF")


def test_a_withdrawn_fiche_says_when_why_and_what_replaces_it(moved: tuple[Path, Path]) -> None:
    _, site = moved
    page = (site / "cas/vista/index.html").read_text(encoding="utf-8")
    assert "retirée le 3\u00a0décembre 2026. La structure l’a demandé." in page and 'href="../../cas/polichinelles/"' in page
    data = json.loads((site / "api/v1/cas/vista.json").read_text(encoding="utf-8"))
    assert (data["retire_le"], data["pourquoi"], data["remplace_par"]) == ("2026-12-03", "La structure l'a demandé.", ["cas/polichinelles/"])
    listed = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert "/cas/vista/" not in listed and "/cas/anstaing/<" not in listed


def test_the_changes_page_tells_it(moved: tuple[Path, Path]) -> None:
    root, site = moved
    if (root / "versions").is_dir():
        page = (site / "changements/index.html").read_text(encoding="utf-8")
        assert "nouvelle adresse, l’ancienne y mène" in page and "elle a été retirée le 3\u00a0décembre 2026" in page


def test_a_link_to_a_part_of_a_moved_fiche_still_leads_there(moved: tuple[Path, Path], navigateur: Browser) -> None:
    _, site = moved
    page = navigateur.new_page()
    page.goto(f"file://{site}/cas/anstaing/index.html#soutiens", wait_until="commit")
    page.wait_for_url("**/cas/anstaing-creche/**#soutiens")
    page.close()


def test_a_fiche_deleted_without_a_word_is_refused(tmp_path: Path) -> None:
    for name in ("cases", "levers", "references"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    (tmp_path / "cases" / "inalta.yml").unlink()
    found = [problem for problem in check(tmp_path) if problem.file == "references/adresses.yml"]
    assert [problem.message for problem in found] == ["l'adresse publiée « cas/inalta/ » ne répond plus : cases/inalta.yml a disparu"]
    assert "deplace_vers" in found[0].remedy and "retire_le" in found[0].remedy
    shutil.rmtree(tmp_path / "references")
    assert not [problem for problem in check(tmp_path) if "adresses" in problem.file], "le registre du projet ne dit rien d'autres données"


def test_the_number_of_the_brief_leads_to_its_edition(site: Path) -> None:
    for alias in ("fiche-15", "fiche-n15", "fiches/15"):
        page = (site / alias / "index.html").read_text(encoding="utf-8")
        assert re.search(r'http-equiv="refresh" content="0; url=[./]*editions/#edition-2026"', page)
        assert f"/{alias}/ /editions/#edition-2026 302" in (site / "_redirects").read_text(encoding="utf-8")


def test_a_part_that_left_a_page_still_answers(catalogue: Catalogue) -> None:
    known = merged(ledger({"adresse": "glossaire/", "ancres": ["ancien-titre", "present"]},
                          {"adresse": "glossaire/#parti", "retire_le": "2027-01-02", "pourquoi": "Mot abandonné.", "remplace_par": ["glossaire/#sieg"]}))
    page = kept_anchors(replace(catalogue, adresses=known), "glossaire/", '<h2 id="present">Titre</h2>')
    assert page.count('id="ancien-titre"') == 1 and page.count('id="present"') == 1
    assert '<li id="parti">' in page and "2 janvier 2027. Mot abandonné." in page and 'href="../glossaire/#sieg"' in page
    assert kept_anchors(replace(catalogue, adresses={}), "glossaire/", "<p>x</p>") == "<p>x</p>"


def test_refreshing_adds_and_never_rewrites(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "adresses.yml"
    lines = LEDGER.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if 'adresse: "cas/anstaing/"' not in line]
    file.write_text("".join(kept), encoding="utf-8")
    catalogue = load(PROJECT)
    known = {address: entry for address, entry in catalogue.adresses.items() if address != "cas/anstaing/"}
    object.__setattr__(catalogue, "adresses", known)
    try:
        assert published.add(catalogue, site, file, "2027-01-01") == 1
    finally:
        load.__globals__["_load"].cache_clear()
    text = file.read_text(encoding="utf-8")
    assert text.startswith("".join(kept)) and text.splitlines()[-1].startswith('  - {adresse: "cas/anstaing/", depuis: "2027-01-01", ancres: [')

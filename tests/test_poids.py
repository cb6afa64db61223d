"""What pages weigh: budgets held on the real site, and with as many cases as one wants."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from macros import dressing
from macros.catalogue import Catalogue
from macros.exports import hosting
from macros.loading import load
from macros.register import ROOT
from tests.conftest import PROJECT
from tests.html_lu import Element
from tests.poids import first_view, lists
from tests.synthese import write

KB = 1000
LIGHT = {"": 16, "leviers/": 12, "chiffres/": 18, "comparer/": 18, "reseaux/": 14, "combien/": 16, "matrice/": 22, "cas/": 32, "carte/": 36, "modes/": 32, "donnees/": 24,
         "contribuer/a-verifier/": 16, "recherche/": 20, "dossier/": 18}
"""Address → kilobytes of its first view: what it weighs today and a little more. A page that needs more must say why."""
FICHE = 30
ANY = 40
"""No page is heavier, but the form, which carries its checks."""
HEAVY = {"contribuer/formulaire/": 100}
REQUESTS = 10


@pytest.fixture(scope="module")
def mille(site: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The lists of a thousand cases: a hundred different ones, ten times, which is much faster to read."""
    data = tmp_path_factory.mktemp("mille")
    write(100, data, real=True)
    few = load(data)
    many = replace(few, cas={f"{key}{'-bis' * number}": case for number in range(9) for key, case in few.cas.items()})
    folder = data / "site"
    return folder, lists(many, site, folder)


def test_each_page_of_the_real_site_keeps_to_its_budget(site: Path, pages: dict[str, Element]) -> None:
    found = {}
    for address in pages:
        if not address.startswith("integrer/") and not address.endswith(".html"):
            weight = first_view(site, address)
            most = LIGHT.get(address) or HEAVY.get(address) or (FICHE if address.startswith(("cas/", "leviers/")) else ANY)
            if weight.octets > most * KB or weight.demandes > REQUESTS:
                found[address] = weight
    assert found == {}


def test_with_a_thousand_cases_pages_weigh_hardly_more(mille: tuple[Path, list[str]]) -> None:
    """Home, a case, a lever within 40 kB, and so is every other list; the explorer within 100."""
    folder, made = mille
    weights = {address: first_view(folder, address) for address in made}
    assert {address: weight for address, weight in weights.items() if weight.octets > ANY * KB or weight.demandes > REQUESTS} == {}
    assert weights[""].octets < 16 * KB


def test_a_page_asks_for_a_style_only_if_it_uses_it(pages: dict[str, Element], site: Path) -> None:
    """Each sheet but the common one is asked for only by pages that bear one of its classes; that of the form dresses what its script writes."""
    for sheet in sorted((dressing.SOURCES / "css").glob("*.css")):
        if sheet.stem in ("site", "integrer", "formulaire"):
            continue
        own = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^}]*\}", "{}", sheet.read_text(encoding="utf-8")))) - _common()
        for address, page in pages.items():
            asked = any(f"/{sheet.stem}." in link.attributes.get("href", "") for link in page.all("link"))
            used = any(own & set(element.attributes.get("class", "").split()) for element in page.walk())
            assert not asked or used, f"{address} demande {sheet.name} sans s'en servir"


def _common() -> set[str]:
    text = (dressing.SOURCES / "css" / "site.css").read_text(encoding="utf-8")
    return set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^}]*\}", "{}", text)))


def test_styles_and_scripts_are_named_after_their_content(pages: dict[str, Element], site: Path) -> None:
    """A browser may keep them for ever: another content has another name."""
    for address, page in pages.items():
        if address.startswith("integrer/") or not page.of_class("entete"):
            continue
        for element in page.all("link", "script"):
            name = element.attributes.get("href" if "stylesheet" in element.attributes.get("rel", "") else "src", "")
            assert not name or re.search(r"assets/(?:fixe/[\w-]+\.[A-Z0-9]{8}|js/formulaire\.[0-9a-f]{12})\.(?:css|js)$", name), f"{address} : {name}"
    assert "/assets/fixe/*\n  Cache-Control: public, max-age=31536000, immutable\n" in hosting.headers(site)


def test_another_style_gets_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = dressing.dressing().adresses
    assert dressing.dressing().adresses == first
    sources = tmp_path / "theme" / "assets"
    (sources / "css").mkdir(parents=True)
    (sources / "js").mkdir()
    for source in dressing._sources():
        (sources / source.parent.name / source.name).write_bytes(source.read_bytes())
    (sources / "css" / "chiffres.css").write_text(".autre { color: red }\n", encoding="utf-8")
    (tmp_path / "package-lock.json").write_text("{}", encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    for name, value in (("ROOT", tmp_path), ("SOURCES", sources), ("CACHE", tmp_path / "cache")):
        monkeypatch.setattr(dressing, name, value)
    second = dressing.dressing().adresses
    assert {name for name in first if first[name] != second[name]} == {"css/chiffres.css"}


def test_what_is_left_of_a_former_version_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = dressing.dressing()
    monkeypatch.setattr(dressing, "CACHE", tmp_path / "cache")
    (tmp_path / "cache" / expected.dossier.name / "assets").mkdir(parents=True)
    made = dressing.dressing()
    assert made.adresses == expected.adresses
    assert all((made.dossier / address).is_file() for address in made.adresses.values())


def test_without_its_tools_the_build_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dressing, "CACHE", tmp_path / "cache")
    monkeypatch.setattr("shutil.which", lambda *args, **options: None)
    with pytest.raises(dressing.DressingFailed, match="make build"):
        dressing.dressing()


def test_what_a_page_asks_for_is_counted(tmp_path: Path, catalogue: Catalogue) -> None:
    """Styles, scripts and their imports, pictures; not what waits, nor links to other pages."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text('<link rel="stylesheet" href="../s.css"><link rel="canonical" href="../autre"><script type="module" src="../m.js"></script>'
                                               '<img src="../i.png"><img loading="lazy" src="../loin.png"><a href="../b/">b</a>', encoding="utf-8")
    (tmp_path / "s.css").write_text("a{}", encoding="utf-8")
    (tmp_path / "m.js").write_text('import { n } from "./n.js";\nexport const x = q(".carte");', encoding="utf-8")
    (tmp_path / "n.js").write_text("export const n = 1;", encoding="utf-8")
    (tmp_path / "i.png").write_bytes(b"x" * 5000)
    weight = first_view(tmp_path, "a")
    assert weight.demandes == 5
    assert 5000 < weight.octets < 5600


def test_a_case_holds_nothing_of_what_the_theme_does_not_look_for_there(site: Path) -> None:
    """The sheets and scripts of other pages are given by signs in the content; on the page of a case, `sorte` spares looking for them: should it hold one some day, the theme must look."""
    theme = "".join((PROJECT / "theme" / name).read_text(encoding="utf-8") for name in ("partials/explorer.html", "partials/formulaire.html"))
    loop = next(line for line in (PROJECT / "theme" / "base.html").read_text(encoding="utf-8").splitlines() if 'sorte != "cas"' in line)
    signs = {one or other for one, other in re.findall(r"""(?:'([^']+)'|"([^"]+)") in contenu""", theme)} | set(re.findall(r"""\("[a-z]+", '([^']+)'\)""", loop))
    signs.remove("data-comparer=")  # on a case, beside the sign of the file to print, it asks for nothing more
    assert len(signs) == 11
    pages = "".join(path.read_text(encoding="utf-8") for path in site.glob("cas/*/index.html"))
    assert 'class="fiche"' in pages and not [sign for sign in signs if sign in pages]
    everywhere = "".join(path.read_text(encoding="utf-8") for path in site.rglob("index.html"))
    assert len([sign for sign in signs if sign in everywhere]) >= 10

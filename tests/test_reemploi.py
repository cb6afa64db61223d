"""What others do with a fiche: frame it, cite it, read it by program. And what the site tells search engines and hosts."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from playwright.sync_api import Page
from pyld import jsonld as processor

from macros.catalogue import Catalogue
from macros.exports import citation, embeds, hosting
from macros.exports.jsonld import escaped
from tests.conftest import PROJECT, Open, axe

MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def cards(site: Path) -> list[Path]:
    return sorted((site / "integrer").rglob("index.html"))


# Cards and oEmbed


def test_there_is_a_light_card_without_script_for_each_case_and_lever(site: Path, catalogue: Catalogue) -> None:
    assert len(cards(site)) == len(catalogue.cas) + len(catalogue.leviers)
    style = (site / "assets/css/integrer.css").stat().st_size
    for path in cards(site):
        page = path.read_text(encoding="utf-8")
        assert path.stat().st_size + style < 6_000
        assert "<script" not in page and "style=" not in page and "http-equiv=\"Content-Security-Policy\"" in page
        assert '<meta name="robots" content="noindex">' in page
        target = re.search(r'<link rel="canonical" href="[^"]*?/((?:cas|leviers)/[a-z0-9-]+/)"', page)
        assert target and (site / target[1] / "index.html").is_file() and f'href="../../../{target[1]}"' in page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [180, 320, 900])
def test_a_card_fits_any_width_in_light_and_dark(ouvrir: Open, scheme: str, width: int) -> None:
    page = ouvrir(viewport={"width": width, "height": 300}, color_scheme=scheme)
    page.goto("integrer/cas/plateforme-petite-enfance-35/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []


def test_the_code_to_paste_shows_the_card(page: Page, site: Path, catalogue: Catalogue, serveur: str) -> None:
    fiche = (site / "cas/anstaing/index.html").read_text(encoding="utf-8")
    code = embeds.frame(catalogue, "cas", "anstaing")
    assert code.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;") in fiche
    page.set_content(code.replace(catalogue.adresse, serveur))
    frame = page.frame_locator("iframe")
    assert "Anstaing" in frame.locator("h1").inner_text()


def test_oembed_says_what_its_specification_asks(site: Path, catalogue: Catalogue) -> None:
    for table in embeds.CARDS:
        for key in getattr(catalogue, table):
            answer = json.loads((site / embeds.address(table, key) / "oembed.json").read_text(encoding="utf-8"))
            assert answer["version"] == "1.0" and answer["type"] == "rich"
            assert isinstance(answer["width"], int) and isinstance(answer["height"], int) and answer["html"].startswith("<iframe ")
            assert set(answer) <= {"version", "type", "title", "author_name", "author_url", "provider_name", "provider_url", "cache_age", "html", "width", "height"}
            page = (site / table / key / "index.html").read_text(encoding="utf-8")
            assert f'<link rel="alternate" type="application/json+oembed" href="{catalogue.adresse}{embeds.address(table, key)}oembed.json"' in page


# Citations


def test_a_citation_gives_the_address_and_says_whether_it_was_verified(catalogue: Catalogue) -> None:
    text = citation.as_text(catalogue, "cas", "anstaing")
    assert text.endswith(f"{catalogue.adresse}cas/anstaing/") and "pas encore vérifiée" in text and "21\u00a0novembre 2026" in text


def test_bibtex_is_well_formed(site: Path, catalogue: Catalogue) -> None:
    for table in citation.CITED:
        for key in getattr(catalogue, table):
            text = (site / f"api/v1/{table}/{key}.bib").read_text(encoding="utf-8")
            assert re.fullmatch(r"@misc\{[a-z0-9-]+,\n(  [a-z]+ = \{.*\},?\n)+\}\n", text)
            bare = re.sub(r"\\[{}]", "", text)
            assert bare.count("{") == bare.count("}")
            assert not re.search(r"(?<!\\)[&%#$]", re.sub(r"url = \{.*?\}", "", text))


def test_bibtex_escapes_what_latex_would_run() -> None:
    assert citation._tex(r"a_b & c% \x {y} #1 $2 ~ ^") == r"a\_b \& c\% \textbackslash{}x \{y\} \#1 \$2 \textasciitilde{} \textasciicircum{}"


def test_csl_json_says_what_managers_ask(site: Path, catalogue: Catalogue) -> None:
    content = json.loads((site / "api/v1/cas/anstaing.csl.json").read_text(encoding="utf-8"))
    assert len(content) == 1
    item = content[0]
    assert item["type"] == "webpage" and item["issued"] == {"date-parts": [[2026, 11, 21]]} and item["URL"] == f"{catalogue.adresse}cas/anstaing/"
    known = {"id", "type", "title", "container-title", "author", "issued", "URL", "language", "note"}
    assert set(item) == known and item["author"] == [{"literal": catalogue.reglages.nom}]


def test_the_fiche_offers_all_of_it_without_script(ouvrir: Open) -> None:
    page = ouvrir(java_script_enabled=False)
    page.goto("cas/anstaing/")
    page.get_by_text("Citer cette fiche").click()
    assert page.get_by_role("link", name="BibTeX").is_visible()
    for name in ("Montrer cette fiche sur un autre site", "Historique de cette fiche", "Les données de cette fiche"):
        page.get_by_text(name, exact=True).click()
    assert page.get_by_text("<iframe").is_visible()


# Structured data


def graphs(site: Path) -> dict[str, dict[str, Any]]:
    found = {}
    for path in sorted(site.rglob("index.html")):
        blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', path.read_text(encoding="utf-8"), re.DOTALL)
        if blocks:
            assert len(blocks) == 1, path
            found[path.parent.relative_to(site).as_posix()] = json.loads(blocks[0])
    return found


@lru_cache(maxsize=1)
def vocabulary() -> tuple[dict[str, set[str]], dict[str, tuple[str, ...]]]:
    """schema.org as its TypeScript package describes it: properties of each class, classes each one extends."""
    text = (PROJECT / "node_modules/schema-dts/dist/schema.d.ts").read_text(encoding="utf-8")
    properties: dict[str, set[str]] = {}
    parents: dict[str, tuple[str, ...]] = {}
    for name, above, body in re.findall(r"interface (\w+)(?: extends ([\w, <>]+))? \{\n(.*?)\n\}", text, re.DOTALL):
        properties[name] = set(re.findall(r'^    "(\w+)"\??:', body, re.MULTILINE))
        parents[name] = tuple(part.strip() for part in above.split(",")) if above else ()
    return properties, parents


def allowed(kind: str) -> set[str]:
    properties, parents = vocabulary()
    name = f"{kind}Leaf" if f"{kind}Leaf" in properties else f"{kind}Base"
    assert name in properties, f"schema.org ne connaît pas « {kind} »"
    found: set[str] = set()
    waiting = [name]
    while waiting:
        here = waiting.pop()
        found |= properties.get(here, set())
        waiting += parents.get(here, ())
    return found


def faults(node: Any) -> list[str]:
    if isinstance(node, list):
        return [fault for item in node for fault in faults(item)]
    if not isinstance(node, dict):
        return []
    inner = [fault for value in node.values() for fault in faults(value)]
    if "@graph" in node:
        return inner
    known = allowed(node["@type"])
    return inner + [f"{node['@type']}.{name}" for name in node if not name.startswith("@") and name not in known]


def test_the_vocabulary_knows_what_it_should() -> None:
    assert {"headline", "citation", "url", "license"} <= allowed("Article") and "termCode" in allowed("DefinedTerm")
    assert faults({"@type": "Article", "temporal": "x", "rubrique": "y"}) == ["Article.rubrique"]


def test_every_page_says_itself_in_the_words_of_schema_org(site: Path) -> None:
    found = graphs(site)
    assert len(found) > 60
    context = {"@context": {"@vocab": "https://schema.org/", "url": {"@type": "@id"}}}

    def loader(address: str, options: dict[str, Any]) -> dict[str, Any]:
        assert address.rstrip("/") == "https://schema.org"
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address, "document": context}

    for where, content in found.items():
        assert faults(content) == [], where
        assert processor.expand(content, {"documentLoader": loader}), where


def test_a_case_names_its_sources_and_its_commune(site: Path, catalogue: Catalogue) -> None:
    article, trail = graphs(site)["cas/anstaing"]["@graph"]
    assert article["@type"] == "Article" and article["contentLocation"][0]["identifier"]["value"] == "59013"
    assert [work["url"] for work in article["citation"]] == [f"{catalogue.adresse}sources/rtes-2026/"]
    assert [step["position"] for step in trail["itemListElement"]] == list(range(1, len(trail["itemListElement"]) + 1))


def test_glossary_and_data_have_their_own_kind(site: Path, catalogue: Catalogue) -> None:
    found = graphs(site)
    assert len(found["glossaire"]["@graph"][0]["hasDefinedTerm"]) == len(catalogue.termes)
    files = [item["contentUrl"].removeprefix(catalogue.adresse) for item in found["donnees"]["@graph"][0]["distribution"]]
    assert files and all((site / name).is_file() for name in files)


def test_structured_data_cannot_close_its_element() -> None:
    text = escaped({"name": "</script><script>alert(1)</script> & \u2028"})
    assert "<" not in text and ">" not in text and "&" not in text and json.loads(text)["name"].startswith("</script>")


def test_pages_share_their_title_in_french(site: Path) -> None:
    page = (site / "cas/anstaing/index.html").read_text(encoding="utf-8")
    assert '<meta property="og:locale" content="fr_FR">' in page and page.count('property="og:title"') == 1 and page.count('rel="canonical"') == 1


# Search engines and hosts


def test_the_plan_of_the_site_is_complete_and_dates_only_what_it_knows(site: Path, catalogue: Catalogue) -> None:
    root = etree.fromstring((site / "sitemap.xml").read_bytes())
    listed = {url.findtext("s:loc", namespaces=MAP): url.findtext("s:lastmod", namespaces=MAP) for url in root.findall("s:url", MAP)}
    for address in listed:
        assert (site / address.removeprefix(catalogue.adresse) / "index.html").is_file(), address
    expected = {f"{catalogue.adresse}{path.parent.relative_to(site).as_posix()}/".replace("/./", "/") for path in site.rglob("index.html")
                if not path.relative_to(site).as_posix().startswith("integrer/") and 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")}
    assert set(listed) == expected
    assert listed[f"{catalogue.adresse}cas/anstaing/"] == "2026-11-21" and listed[f"{catalogue.adresse}accessibilite/"] is None
    assert not (site / "sitemap.xml.gz").exists()


def test_robots_and_llms_lead_to_what_exists(site: Path, catalogue: Catalogue) -> None:
    assert f"Sitemap: {catalogue.adresse}sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")
    text = (site / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith(f"# {catalogue.reglages.nom}\n\n> ")
    addresses = re.findall(r"\]\(([^)]+)\)", text)
    assert len(addresses) >= len(catalogue.cas) + len(catalogue.leviers)
    for address in addresses:
        path = site / address.removeprefix(catalogue.adresse)
        assert path.is_file() or (path / "index.html").is_file(), address


def test_only_cards_may_be_framed_and_data_are_open_to_all(site: Path) -> None:
    rules: dict[str, list[str]] = {}
    where = ""
    for line in (site / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            where = line
            assert where not in rules
            rules[where] = []
        else:
            rules[where].append(line.strip())
    assert any(line.endswith("; frame-ancestors *") for line in rules["/integrer/*"])
    assert all("Access-Control-Allow-Origin: *" in rules[folder] for folder in ("/api/*", "/schemas/*", "/flux/*"))
    folders = {path.name for path in site.iterdir() if path.is_dir()} - {"integrer", "assets", *hosting.OPEN}
    for folder in folders:
        assert any(line.endswith("; frame-ancestors 'none'") for line in rules[f"/{folder}/*"]), folder
    assert not any("frame-ancestors" in line for line in rules["/*"])


def test_the_search_page_is_described_to_browsers_when_there_is_one(site: Path) -> None:
    if (site / "recherche/index.html").is_file():
        root = etree.fromstring((site / "opensearch.xml").read_bytes())
        assert len(root.findtext("{*}ShortName")) <= 16 and root.find("{*}Url").get("template").endswith("/recherche/?q={searchTerms}")
        assert 'href="../opensearch.xml"' in (site / "recherche/index.html").read_text(encoding="utf-8")
    else:
        assert not (site / "opensearch.xml").exists()

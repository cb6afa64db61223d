"""Feeds: well formed, complete, announced, and entries that stay the same when a fiche changes its address."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from macros.catalogue import Catalogue
from macros.exports import feeds
from macros.exports.derived import regions
from macros.model.ledger import Adresse
from macros.model.values import DateTexte

NAMES = {"a": feeds.ATOM}
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


def every_feed(site: Path) -> list[Path]:
    return sorted((site / "flux").rglob("*.xml"))


def test_there_is_a_feed_for_all_for_each_lever_and_each_region_with_cases(site: Path, catalogue: Catalogue) -> None:
    expected = {"cas.xml"} | {f"leviers/{key}.xml" for key in catalogue.leviers}
    expected |= {f"regions/{region['code']}.xml" for key in catalogue.cas for region in regions(catalogue, key)}
    assert {path.relative_to(site / "flux").as_posix() for path in every_feed(site)} == expected


def test_every_feed_is_valid_atom(site: Path) -> None:
    seen: set[str] = set()
    for path in every_feed(site):
        parsed = feedparser.parse(path.read_bytes())
        assert not parsed.bozo, (path, parsed.get("bozo_exception"))
        assert parsed.version == "atom10"
        root = etree.fromstring(path.read_bytes())
        assert_atom(root)
        identity = root.findtext("a:id", namespaces=NAMES)
        assert identity not in seen
        seen.add(identity)
        where = root.find("a:link[@rel='self']", NAMES).get("href")
        assert where.endswith(f"/flux/{path.relative_to(site / 'flux').as_posix()}")


def assert_atom(root: etree._Element) -> None:
    """What RFC 4287 requires of a feed and of its entries, and the order of nothing else."""
    assert root.tag == f"{{{feeds.ATOM}}}feed"
    for element in (root, *root.findall("a:entry", NAMES)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", NAMES)) == 1, (element.tag, name)
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext("a:id", namespaces=NAMES))
        for name in ("updated", "published"):
            assert all(INSTANT.fullmatch(found.text) for found in element.findall(f"a:{name}", NAMES))
        links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in element.findall("a:link[@rel='alternate']", NAMES)]
        assert len(links) == 1
        assert len(element.findall("a:content", NAMES)) <= 1 and len(element.findall("a:summary", NAMES)) <= 1
    assert root.findtext("a:author/a:name", namespaces=NAMES)
    known = {f"{{{feeds.ATOM}}}{name}" for name in ("id", "title", "subtitle", "updated", "link", "author", "rights", "entry", "published", "category", "summary", "content", "name", "feed")}
    assert {element.tag for element in root.iter()} <= known
    entries = [found.text for found in root.findall("a:entry/a:updated", NAMES)]
    assert not entries or max(entries) == root.findtext("a:updated", namespaces=NAMES)


def test_every_case_is_in_the_feed_of_all(site: Path, catalogue: Catalogue) -> None:
    parsed = feedparser.parse((site / "flux/cas.xml").read_bytes())
    assert {entry.link for entry in parsed.entries} == {f"{catalogue.adresse}cas/{key}/" for key in catalogue.cas}


def test_the_latest_comes_first(catalogue: Catalogue) -> None:
    days = dict(zip(catalogue.cas, ("2031-01-01", "2033-01-01", "2032-01-01"), strict=False))
    data = replace(catalogue, cas={key: catalogue.cas[key].model_copy(update={"redige_le": DateTexte.parse(day), "verifications": ()}) for key, day in days.items()})
    root = etree.fromstring(feeds.feed(data, "flux/cas.xml", "Cas", "cas/", [feeds.entry_of(data, key) for key in data.cas], ("cas",)).encode())
    assert [found.text[:4] for found in root.iter(f"{{{feeds.ATOM}}}updated")] == ["2033", "2033", "2032", "2031"]


def test_entries_are_the_same_everywhere(site: Path, catalogue: Catalogue) -> None:
    whole = {entry.findtext("a:id", namespaces=NAMES): etree.tostring(entry) for entry in etree.fromstring((site / "flux/cas.xml").read_bytes()).findall("a:entry", NAMES)}
    for path in every_feed(site):
        text = path.read_text(encoding="utf-8")
        root = etree.fromstring(text.encode())
        assert [line[:2] for line in text.splitlines() if "entry>" in line] == [" <"] * text.count("entry>")
        entries = root.findall("a:entry", NAMES)
        assert all(etree.tostring(entry).strip() == whole[entry.findtext("a:id", namespaces=NAMES)].strip() for entry in entries), path


def test_a_region_has_the_cases_that_stand_in_it(site: Path, catalogue: Catalogue) -> None:
    for code in feeds.regions_with_feed(catalogue):
        parsed = feedparser.parse((site / f"flux/regions/{code}.xml").read_bytes())
        assert {entry.link for entry in parsed.entries} == {f"{catalogue.adresse}cas/{key}/" for key in catalogue.cas if code in [region["code"] for region in regions(catalogue, key)]}


def test_a_lever_has_its_cases_and_nothing_else(site: Path, catalogue: Catalogue) -> None:
    parsed = feedparser.parse((site / "flux/leviers/locaux.xml").read_bytes())
    assert {entry.link for entry in parsed.entries} == {f"{catalogue.adresse}cas/{key}/" for key in catalogue.cas_par_levier["locaux"]}


def test_pages_announce_their_feeds(site: Path) -> None:
    page = (site / "leviers/locaux/index.html").read_text(encoding="utf-8")
    announced = re.findall(r'<link rel="alternate" type="application/atom\+xml" href="([^"]+)"', page)
    assert announced == ["../../flux/cas.xml", "../../flux/leviers/locaux.xml"]
    assert "../../flux/regions/32.xml" in (site / "cas/anstaing/index.html").read_text(encoding="utf-8")


def test_identities_are_the_same_for_ever() -> None:
    assert feeds.identity("cas", "anstaing") == "urn:uuid:d85b0fa5-96da-54ba-8557-d4aeed6a5a47"


def test_an_entry_keeps_its_identity_when_the_site_or_the_fiche_moves(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    def identities(data: Catalogue) -> dict[str, str]:
        root = etree.fromstring(feeds.feed(data, "flux/cas.xml", "Cas", "cas/", [feeds.entry_of(data, key) for key in data.cas], ("cas",)).encode())
        return {entry.find("a:link", NAMES).get("href").rstrip("/").split("/")[-1]: entry.findtext("a:id", namespaces=NAMES) for entry in root.findall("a:entry", NAMES)}

    before = identities(catalogue)
    monkeypatch.setenv("SITE_URL", "https://autre.example/sous/")
    assert identities(catalogue) == before
    cases = {("nouveau" if key == "anstaing" else key): case for key, case in catalogue.cas.items()}
    ledger = {"cas/anstaing/": Adresse(adresse="cas/anstaing/", depuis=DateTexte.parse("2026"), deplace_vers="cas/milieu/"),
              "cas/milieu/": Adresse(adresse="cas/milieu/", depuis=DateTexte.parse("2027"), deplace_vers="cas/nouveau/")}
    assert identities(replace(catalogue, cas=cases, adresses=ledger))["nouveau"] == before["anstaing"]


def test_a_region_that_lost_its_cases_keeps_its_feed(catalogue: Catalogue, tmp_path: Path) -> None:
    ledger = {"flux/regions/94.xml": Adresse(adresse="flux/regions/94.xml", depuis=DateTexte.parse("2026"))}
    feeds.write_feeds(replace(catalogue, adresses=ledger), tmp_path)
    root = etree.fromstring((tmp_path / "flux/regions/94.xml").read_bytes())
    assert root.findall("a:entry", NAMES) == [] and "Corse" in root.findtext("a:title", namespaces=NAMES)


def test_a_text_cannot_break_a_feed(catalogue: Catalogue) -> None:
    case = catalogue.cas["anstaing"]
    phrase = case.en_bref[0].model_copy(update={"texte": "a < b & c ]]> <script>alert(1)</script>"})
    data = replace(catalogue, cas={"anstaing": case.model_copy(update={"titre": "<b>&", "en_bref": (phrase,)})})
    root = etree.fromstring(feeds.feed(data, "flux/cas.xml", "Cas", "cas/", [feeds.entry_of(data, key) for key in data.cas], ("cas",)).encode())
    assert root.findtext("a:entry/a:title", namespaces=NAMES) == "<b>&"
    assert "<script" not in root.findtext("a:entry/a:content", namespaces=NAMES)

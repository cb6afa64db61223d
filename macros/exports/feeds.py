"""Atom feeds: new and changed cases, all together, by lever, by région. An entry keeps its identity when its address changes."""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import NamedTuple

from macros import pages
from macros.addresses import destinations, record_of
from macros.catalogue import Catalogue
from macros.exports.derived import regions
from macros.exports.envelope import LICENCE, day, instant, write_text
from macros.finishing import finished
from macros.kept import kept
from macros.markup import rich
from macros.nodes import dates
from macros.register import register
from macros.releases import history
from macros.typography import french

ATOM = "http://www.w3.org/2005/Atom"
FEED = "application/atom+xml"
FOLDER = "flux/"
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "petite-enfance-ess")
"""Root of the identifiers of entries: they do not follow the address of the site."""


def identity(*parts: str) -> str:
    """A stable identifier, the same wherever the site is published."""
    return uuid.uuid5(SPACE, "/".join(parts)).urn


@kept
def _first_addresses(catalogue: Catalogue) -> dict[str, str]:
    """Address of a record that moved → the first one it had. The ledger lists the oldest address first."""
    found: dict[str, str] = {}
    for former, entry in catalogue.adresses.items():
        if entry.deplace_vers and len(here := destinations(catalogue.adresses, former)) == 1:
            found.setdefault(here[0], former)
    return found


def first_name(catalogue: Catalogue, table: str, key: str) -> str:
    """The first identifier a record had: the one its entry keeps."""
    here = pages.address(table, key)
    record = record_of(_first_addresses(catalogue).get(here, here))
    return record.key if record else key


def changed_on(catalogue: Catalogue, table: str, key: str) -> str:
    """Day a fiche was written, verified or last changed in a release, whichever is the latest."""
    record = getattr(catalogue, table)[key]
    found = [*dates(record), *(date for date, _ in history(catalogue, table, key))]
    return max(found) if found else day(catalogue)


@kept
def cases_by_region(catalogue: Catalogue) -> dict[str, list[str]]:
    """Code → cases of each région that has some, or had: a feed once published keeps answering."""
    former = {Path(address).stem for address in catalogue.adresses if address.startswith(f"{FOLDER}regions/")}
    found: dict[str, list[str]] = {code: [] for code in former & set(register().regions)}
    for key in catalogue.cas_en_ordre:
        for region in regions(catalogue, key):
            found.setdefault(region["code"], []).append(key)
    return found


def regions_with_feed(catalogue: Catalogue) -> list[str]:
    """Their codes, in order."""
    return sorted(cases_by_region(catalogue))


class Entry(NamedTuple):
    """A case in a feed, as all the feeds where it stands show it. The latest comes last."""

    changed: str
    key: str
    xml: str


def feed(catalogue: Catalogue, where: str, title: str, page: str, entries: Iterable[Entry], name: tuple[str, ...]) -> str:
    """A feed as XML. `where`: its address; `page`: what it follows; `name`: what its identity is made of."""
    ordered = sorted(entries, reverse=True)
    head, end, rest = _written(_head(catalogue, where, title, page, name, ordered[0].changed if ordered else day(catalogue))).rpartition("\n</feed>")
    return "".join([head, *(f"\n {entry.xml}" for entry in ordered), end, rest])


def entry_of(catalogue: Catalogue, key: str) -> Entry:
    """A case as an entry."""
    case, changed = catalogue.cas[key], changed_on(catalogue, "cas", key)
    entry = ET.Element("entry")
    _text(entry, "id", identity("cas", first_name(catalogue, "cas", key)))
    _text(entry, "title", french(case.titre))
    ET.SubElement(entry, "link", rel="alternate", type="text/html", href=catalogue.adresse + pages.address("cas", key))
    _text(entry, "published", instant(case.redige_le.cle))
    _text(entry, "updated", instant(changed))
    for shown in case.leviers:
        ET.SubElement(entry, "category", term=shown.levier, label=french(catalogue.leviers[shown.levier].titre_court))
    _text(entry, "summary", french(case.en_bref[0].texte))
    ET.SubElement(entry, "content", type="html").text = _content(catalogue, key)
    ET.indent(entry, " ", level=1)
    return Entry(changed, key, ET.tostring(entry, encoding="unicode"))


def notice(catalogue: Catalogue, where: str, title: str, said: str, page: str, name: tuple[str, ...], date: str) -> str:
    """A feed of one entry that says what became of what it followed."""
    root = _head(catalogue, where, title, page, name, date)
    entry = ET.SubElement(root, "entry")
    _text(entry, "id", identity(*name, "fin"))
    _text(entry, "title", french(title))
    ET.SubElement(entry, "link", rel="alternate", type="text/html", href=catalogue.adresse + page)
    _text(entry, "updated", instant(date))
    _text(entry, "summary", french(said))
    return _written(root)


def _head(catalogue: Catalogue, where: str, title: str, page: str, name: tuple[str, ...], updated: str) -> ET.Element:
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "fr"})
    _text(root, "id", identity("flux", *name))
    _text(root, "title", french(title))
    _text(root, "subtitle", french("Fiches nouvelles ou changées, la plus récente d'abord."))
    _text(root, "updated", instant(updated))
    ET.SubElement(root, "link", rel="self", type=FEED, href=catalogue.adresse + where)
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=catalogue.adresse + page)
    _text(ET.SubElement(root, "author"), "name", catalogue.reglages.editeur.nom or catalogue.reglages.nom)
    _text(root, "rights", LICENCE)
    return root


def _content(catalogue: Catalogue, key: str) -> str:
    summary = "".join(finished(str(rich(phrase.texte)), {}, "") for phrase in catalogue.cas[key].en_bref)
    past = history(catalogue, "cas", key)
    changes = "".join(f"<li>{escape(french(said), quote=False)}</li>" for said in past[0][1]) if past else ""
    return summary + (f"<p>{french('Dernier changement :')}</p><ul>{changes}</ul>" if changes else "")


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


def _written(root: ET.Element) -> str:
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def announced(catalogue: Catalogue, table: str | None = None, key: str | None = None) -> list[tuple[str, str]]:
    """(address, title) of the feeds a page announces: all cases, then those of its lever or of its régions."""
    found = [(f"{FOLDER}cas.xml", "Les cas, nouveaux et changés")]
    if table == "leviers" and key:
        found.append((f"{FOLDER}leviers/{key}.xml", f"Les cas du levier « {catalogue.leviers[key].titre_court} »"))
    if table == "cas" and key:
        found += [(f"{FOLDER}regions/{region['code']}.xml", f"Les cas de la région {region['nom']}") for region in regions(catalogue, key)]
    return found


def write_feeds(catalogue: Catalogue, site: Path) -> None:
    """Write `/flux/`."""
    name = catalogue.reglages.nom
    entries = {key: entry_of(catalogue, key) for key in catalogue.cas}
    write_text(site / FOLDER / "cas.xml", feed(catalogue, f"{FOLDER}cas.xml", f"{name} : les cas", "cas/", entries.values(), ("cas",)))
    for key, lever in catalogue.leviers.items():
        where = f"{FOLDER}leviers/{key}.xml"
        made = feed(catalogue, where, f"{name} : les cas du levier « {lever.titre_court} »", pages.address("leviers", key),
                    [entries[case] for case in catalogue.cas_par_levier[key]], ("leviers", first_name(catalogue, "leviers", key)))
        write_text(site / where, made)
    for code in regions_with_feed(catalogue):
        where = f"{FOLDER}regions/{code}.xml"
        made = feed(catalogue, where, f"{name} : les cas de la région {register().regions[code]}", "cas/",
                    [entries[case] for case in cases_by_region(catalogue)[code]], ("regions", code))
        write_text(site / where, made)

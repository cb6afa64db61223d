"""Links that never die: the ledger of published addresses, held against the records that answer them.

An address is public for ever. When its record goes, the ledger must say what became of it: moved, merged, split or withdrawn.
One entry stands for everything published under the identifier of a record: page, data, PDF, feed, card.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from macros.model.ledger import Adresse, Registre
from macros.problems import nearest

PAGES = {"cas/": ("cas", "cases/{}.yml"), "leviers/": ("leviers", "levers/{}.yml"), "modes/": ("modes", "references/modes.yml"),
         "reseaux/": ("reseaux", "references/reseaux.yml"), "sources/": ("sources", "references/sources.yml"),
         "par-ou-commencer/": ("parcours", "references/parcours.yml")}
"""Start of an address → table of the record that has this page, file to look in."""
ANCHORS = {"glossaire/#": ("termes", "references/glossaire.yml"), "chiffres/#": ("chiffres", "references/chiffres.yml"),
           "ressources/#": ("ressources", "references/ressources.yml"), "reperes/#repere-": ("reperes", "references/reperes.yml"),
           "corrections/#": ("corrections", "references/corrections.yml"), "editions/#edition-": ("editions", "references/editions.yml"),
           "sources/#": ("sources", "references/sources-exterieures.yml")}
"""Start of an address → table of the records that are read in a list, file to look in."""


DATA = {"api/v1/temoignages/": ("temoignages", "references/temoignages.yml")}
"""The same for records that have no place of their own in the pages: their data are their address."""


class Record(NamedTuple):
    """What an address of a record names."""

    table: str
    key: str
    file: str


def record_of(address: str) -> Record | None:
    """The record that an address names, or None for any other address."""
    for start, (table, file) in ANCHORS.items():
        if address.startswith(start):
            return Record(table, address.removeprefix(start), file)
    for start, (table, file) in DATA.items():
        if address.startswith(start):
            return Record(table, address.removeprefix(start).removesuffix(".json"), file)
    for start, (table, file) in PAGES.items():
        key = address.removeprefix(start).removesuffix("/")
        if address.startswith(start) and address.endswith("/") and key and "/" not in key and "#" not in key:
            return Record(table, key, file.format(key))
    return None


def address_of(table: str, key: str, outside: bool = False) -> str:
    """The address of a record; `outside` for a source that has no page of its own."""
    starts = {name: start for start, (name, _) in (ANCHORS if outside else {**DATA, **ANCHORS, **PAGES}).items()}
    start = starts[table]
    return f"{start}{key}" if "#" in start else f"{start}{key}.json" if start in DATA else f"{start}{key}/"


def merged(ledger: Registre) -> dict[str, Adresse]:
    """Address → its entry; entries added later for the same address bring their anchors and what became of it."""
    found: dict[str, Adresse] = {}
    for entry in ledger.adresses:
        former = found.get(entry.adresse)
        if former is None:
            found[entry.adresse] = entry
            continue
        ends = entry if entry.finie else former
        anchors = tuple(dict.fromkeys((*former.ancres, *entry.ancres)))
        found[entry.adresse] = ends.model_copy(update={"ancres": anchors, "depuis": former.depuis})
    return found


def destinations(ledger: Mapping[str, Adresse], address: str) -> list[str]:
    """The living addresses an ended one leads to, in one hop whatever happened since; a loop leads nowhere."""
    reached: list[str] = []
    waiting, seen = [address], set()
    while waiting:
        here = waiting.pop(0)
        if here in seen:
            continue
        seen.add(here)
        entry = ledger.get(here)
        if entry is None or not entry.finie:
            if here != address:
                reached.append(here)
        else:
            waiting += entry.suites
    return list(dict.fromkeys(reached))


def told(entry: Adresse) -> tuple[str, str]:
    """Title and sentence of the page that stands at an ended address."""
    since = f" le {entry.le.lisible}" if entry.le else ""
    why = f" {entry.pourquoi}" if entry.pourquoi else ""
    if entry.retire_le:
        return "Cette fiche a été retirée", f"Elle a été retirée le {entry.retire_le.lisible}.{why}"
    if entry.partage_en:
        return "Cette fiche a été partagée", f"Son contenu a été réparti{since} entre plusieurs fiches.{why}"
    if entry.fusionne_dans:
        return "Cette fiche a été réunie à une autre", f"Son contenu se lit{since and ', depuis' + since} dans une autre fiche.{why}"
    return "Cette fiche a changé d'adresse", f"Elle se lit maintenant à une autre adresse.{why}"


Fault = tuple[tuple[str | int, ...], str, str]
Known = Mapping[str, set[str]]


def faults(ledger: Registre, known: Known) -> Iterator[Fault]:
    """What is wrong with the ledger: `(path in the file, message, remedy)`. `known`: table → identifiers that exist."""
    entries = merged(ledger)
    listed = {found for entry in entries.values() if (found := record_of(entry.adresse))}
    last = {entry.adresse: index for index, entry in enumerate(ledger.adresses)}
    for address, entry in entries.items():
        where = ("adresses", last[address])
        record = record_of(address)
        alive = record is None or record.key in known.get(record.table, set())
        if not entry.finie:
            if record and not alive:
                yield (*where, "adresse"), f"l'adresse publiée « {address} » ne répond plus : {_gone(record)}", _remedy(record, known, listed)
            continue
        ends = sum(map(bool, (entry.deplace_vers, entry.fusionne_dans, entry.partage_en, entry.retire_le)))
        if ends > 1:
            yield where, f"« {address} » a plusieurs suites à la fois", "gardez un seul de deplace_vers, fusionne_dans, partage_en et retire_le"
        if record is None:
            yield (*where, "adresse"), f"« {address} » n'est pas l'adresse d'une fiche : elle ne peut pas être déplacée ni retirée ici", "gardez cette page, ou mettez-y un renvoi"
        elif alive:
            yield (*where, "adresse"), f"« {address} » est dite partie, mais {_where(record)} existe encore", "supprimez la fiche, ou retirez de cette ligne ce qui dit qu'elle est partie"
        if entry.retire_le and not entry.pourquoi:
            yield (*where, "retire_le"), f"le retrait de « {address} » n'est pas expliqué", "ajoutez « pourquoi: … », une phrase que le lecteur verra"
        yield from _targets(entry, where, entries, known)


def _targets(entry: Adresse, where: tuple[str | int, ...], entries: Mapping[str, Adresse], known: Known) -> Iterator[Fault]:
    """A continuation exists, and is not a loop."""
    for target in entry.suites:
        record = record_of(target)
        if record is None:
            yield where, f"« {target} » n'est pas l'adresse d'une fiche", "écrivez par exemple cas/histoire-de-bulles/"
        elif record.key not in known.get(record.table, set()) and not (target in entries and entries[target].finie):
            start = target[: target.index(record.key)]
            close = nearest(record.key, known.get(record.table, set()))
            yield where, f"« {target} » n'existe pas", close or f"donnez l'adresse d'une fiche publiée : {start}…"
    if entry.suites and not entry.retire_le and not destinations(entries, entry.adresse):
        yield where, f"les suites de « {entry.adresse} » tournent en rond", "donnez l'adresse d'une fiche qui existe"


def _gone(record: Record) -> str:
    return f"{_where(record)} a disparu"


def _where(record: Record) -> str:
    return record.file if record.key in record.file else f"« {record.key} » de {record.file}"


def _remedy(record: Record, known: Known, listed: set[Record]) -> str:
    new = sorted(known.get(record.table, set()) - {found.key for found in listed if found.table == record.table})
    outside = record.file.endswith("exterieures.yml")
    guess = address_of(record.table, new[0], outside) if len(new) == 1 else address_of(record.table, "nouveau", outside)
    return (f"remettez-la, ou dites sur cette ligne ce qu'elle devient : « deplace_vers: {guess} » si elle a changé de nom, "
            f"« partage_en: […] » ou « fusionne_dans: … » si elle a été partagée ou réunie à une autre, "
            f"« retire_le: \"2027-03-01\" » et « pourquoi: … » si elle est retirée")


def known_of(tables: Mapping[str, Mapping[str, Any]], places: Mapping[tuple[str, str], Any]) -> dict[str, set[str]]:
    """Table → identifiers read, those of refused records included: one fault, one message."""
    found: dict[str, set[str]] = {table: set(records) for table, records in tables.items()}
    for table, key in places:
        found.setdefault(table, set()).add(key)
    return found

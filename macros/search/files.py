"""The index → files of the site, small enough for a search to fetch three or four.

`assets/recherche/index.json` says what the rest is called; everything else stands in a folder named after its content, so that a
browser may keep it for ever: `mots-<n>.json` (words and names, in order), `filtres.json`, `fiches/<n>.json` (what a result shows).
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import from_json

from macros import swap
from macros.catalogue import Catalogue
from macros.filing import put
from macros.keeping import Kept, digest
from macros.origin import each_case, ground
from macros.register import register
from macros.search.index import Expressions, Postings, expressions, gaps, keys_of, postings, synonyms, written
from macros.search.pages import hand_written, page_record
from macros.search.records import NATURES, Record, case_record, cases_in_order, other_records
from macros.search.words import ARTICLES, ENDINGS, PLURALS, STOP
from macros.typography import THIN

WEIGHTS = {"levier": 1.15, "mode": 1.1, "cas": 1, "reseau": 1.05, "situation": 0.95, "terme": 1, "chiffre": 0.8, "repere": 0.8, "ressource": 0.8, "source": 0.75, "page": 0.9}
"""Kind of record → how much it counts when two answer equally well."""
COLON = f"{THIN}: "
"""Between the subject of a sentence and what is said of it: an actor and its part, a verb and its action."""
PIECE = 14_000
"""Bytes of a piece of the index before compression; a word found everywhere may make a larger one."""


class Found(NamedTuple):
    """What a record gives to the index."""

    cles: dict[str, int]
    """What leads to it, and how well: see `keys_of`."""
    filtres: dict[str, list[str]]
    """Filter → values: `nature`, `levier`, `departement`, `forme`."""
    fiche: str
    """What its result shows, as JSON."""


def write_search(catalogue: Catalogue, site: Path) -> None:
    """Write the index of the whole site."""
    groups = synonyms(catalogue)
    found = [*everything(catalogue, site, expressions(groups))]
    pieces, starts = in_pieces(postings(each.cles for each in found))
    files = {f"mots-{number}.json": piece for number, piece in enumerate(pieces)}
    files["filtres.json"] = encoded(filters(catalogue, found))
    files |= {f"fiches/{number}.json": each.fiche.encode() for number, each in enumerate(found)}
    version = hashlib.sha256(b"\0".join(part for name in sorted(files) for part in (name.encode(), files[name]))).hexdigest()[:12]
    folder = site / "assets" / "recherche"
    former = folder / published_version(folder)
    for name, content in files.items():
        put(f"{folder}/{version}/{name}", content, f"{former}/{name}")
    put(folder / "index.json", encoded({
        "dossier": version, "total": len(found), "pieces": starts, "synonymes": groups, "fins": ENDINGS, "pluriels": PLURALS, "vides": sorted(STOP), "articles": sorted(ARTICLES),
        "poids": WEIGHTS,
    }))


def published_version(folder: Path) -> str:
    """The version of the published index, most of whose files are those of this one under another address."""
    try:
        return str(json.loads(Path(swap.published(folder / "index.json") or "").read_bytes())["dossier"])
    except (OSError, ValueError, KeyError, TypeError):  # none yet, or not one of ours
        return ""


def everything(catalogue: Catalogue, site: Path, known: Expressions) -> Iterator[Found]:
    """All that can be found, in its order. What a case gives, or a page, or all the other records, is found again where nothing of it changed."""
    for _, each in each_case(catalogue, "recherche-cas", lambda alone, key: given(case_record(alone, key), known), cases_in_order(catalogue)):
        yield Found(*each)
    kept, shared = Kept("recherche"), ground(catalogue)

    def again(key: bytes, records: Iterator[Record]) -> Iterator[Found]:
        content = kept.get(key)
        if content is None:
            content = encoded([given(record, known) for record in records])  # only now is one worked out
            kept.put(key, content)
        return (Found(*each) for each in from_json(content))

    yield from again(digest([shared]), other_records(replace(catalogue, cas={}, adresses={})))
    for address, html in hand_written(site):
        yield from again(digest([shared, address.encode(), html.encode()]), map(page_record, [address], [html]))
    kept.close()
    kept.tidy(20_000_000)


def given(record: Record, known: Expressions) -> Found:
    """What one record gives."""
    filters = {"nature": [record.nature], **{name: [*values] for name, values in record.filtres.items()}}
    return Found(keys_of(record, known), filters, encoded(shown(record)).decode())


def in_pieces(index: Postings) -> tuple[list[bytes], list[str]]:
    """The index cut in order, and the first key of each piece."""
    pieces: list[bytes] = []
    starts: list[str] = []
    current: dict[str, str] = {}
    size = 0
    for key, text in written(index):
        if size + len(key) + len(text) > PIECE and current:
            pieces.append(encoded(current))
            current, size = {}, 0
        if not current:
            starts.append(key)
        current[key] = text
        size += len(key) + len(text) + 6
    return [*pieces, encoded(current)], starts


def filters(catalogue: Catalogue, found: list[Found]) -> dict[str, Any]:
    """Filter → for each value, in the order of the site: the value, its label, the numbers of its records as gaps."""
    order = {"nature": list(NATURES), "levier": catalogue.leviers_en_ordre, "departement": sorted(register().departements), "forme": list(catalogue.vocabulaires["formes"])}
    lists: dict[str, dict[str, list[int]]] = {name: defaultdict(list) for name in order}
    for number, each in enumerate(found):
        for name, values in each.filtres.items():
            for value in values:
                lists[name][value].append(number)
    return {name: [[value, _label(catalogue, name, value), " ".join(gaps(values[value]))] for value in order[name] if value in values] for name, values in lists.items()}


def _label(catalogue: Catalogue, name: str, value: str) -> str:
    if name == "nature":
        return NATURES[value]
    if name == "levier":
        return catalogue.leviers[value].titre_court
    if name == "departement":
        return f"{register().departements[value][0]} ({value})"
    return catalogue.libelle("formes", value)


def shown(record: Record) -> dict[str, Any]:
    """What a result shows."""
    return {"adresse": record.adresse, "nature": NATURES[record.nature], "titre": record.titre, "lieu": record.lieu, "resume": record.resume, "passages": [_passage(text) for text in record.passages]}


def _passage(text: str) -> dict[str, str]:
    """A sentence, its subject apart: pieces that the page sets apart do not run on in the data."""
    subject, colon, rest = text.partition(COLON)
    return {"sujet": subject, "texte": rest} if colon else {"texte": text}


def encoded(value: Any) -> bytes:
    """Compact JSON, the same bytes for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

"""What deserves a second look and stops nothing: an acronym nobody explains, a long sentence, a figure without its perimeter, an old fiche.

The web form gives the same advice (`formulaire/advice.js`) from the same words and limits.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from macros.checking import today
from macros.model.case import Cas
from macros.model.facts import Chiffre
from macros.nodes import Nodes, walk
from macros.problems import WARNING, Problem, dotted
from macros.reader import Document, Path

PROSE = ("titre", "texte", "reserve", "remarque", "introduction", "precision", "inconnues", "commentaire")
"""Fields that hold sentences of ours: names and titles of others are left as they are."""
MOST_WORDS = 35
"""Words of one sentence beyond which a reader loses the thread."""
MOST_DAYS = 730
"""Days after which a fiche should be confirmed again: two years."""
NOT_OURS = re.compile(r"«[^»]*»|\]\([^)]*\)|https?://\S+")
"""Quotations and addresses."""
ACRONYM = re.compile(r"[A-ZÀ-Ý]{2,}")
CAPITALS = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý]")
"""What no acronym does without."""
ROMAN = re.compile(r"[IVXLC]+")
END = re.compile(r"[.!?…][»)\"]*$")

Tables = Mapping[str, Mapping[str, Any]]
Advice = tuple[Path, str, str]


def known_acronyms(tables: Tables) -> set[str]:
    """What the glossary, the networks and the modes explain."""
    found = {name for table in ("termes", "reseaux", "modes") for record in tables.get(table, {}).values() if (name := record.sigle)}
    return found | {word for record in tables.get("termes", {}).values() for word in record.synonymes if ACRONYM.fullmatch(word)}


def advice_on(tables: Tables, places: Mapping[tuple[str, str], tuple[Document, Path]], acronyms: set[str]) -> list[Problem]:
    """Every piece of advice on cases and levers, as warnings on their lines; `acronyms` are those explained elsewhere."""
    day = today()
    problems = []
    for table in ("cas", "leviers"):
        for identifier, record in tables.get(table, {}).items():
            document, prefix = places[table, identifier]
            for path, message, remedy in _advice(record, acronyms, day):
                problems.append(Problem(document.file, *document.at((*prefix, *path)), dotted((*prefix, *path)), message, remedy, WARNING))
    return problems


def _advice(record: BaseModel, acronyms: set[str], day: datetime.date) -> Iterator[Advice]:
    told: set[str] = set()
    nodes = walk(record)
    for path, text in _prose(nodes):
        for acronym in unexplained(text) if CAPITALS.search(text) else ():
            if acronym not in acronyms and acronym not in told:
                told.add(acronym)
                yield path, f"le sigle « {acronym} » n'est pas au glossaire", f"écrivez-le en toutes lettres, ou expliquez-le juste après : « {acronym} (…) »"
        longest = longest_sentence(text) if len(text) > 2 * MOST_WORDS and len(text.split()) > MOST_WORDS else 0
        if longest > MOST_WORDS:
            yield path, f"une phrase compte {longest} mots", f"coupez-la en deux : on se perd au-delà de {MOST_WORDS}"
    for path, node in nodes:
        if isinstance(node, Chiffre) and not node.perimetre and node.statut != "calcule":
            yield path, "ce chiffre ne dit pas sur quoi il est compté", "ajoutez « perimetre: … », le territoire ou l'ensemble : « perimetre: Pays de la Loire »"
    if isinstance(record, Cas):
        yield from _age(record, day)


def _age(case: Cas, day: datetime.date) -> Iterator[Advice]:
    """Two years after it was written or last verified, a case should be confirmed."""
    last = max([check.date for check in case.verifications], key=lambda date: date.cle, default=case.redige_le)
    if (day - datetime.date.fromisoformat(last.cle)).days > MOST_DAYS:
        path: Path = ("verifications", len(case.verifications) - 1) if case.verifications else ("redige_le",)
        yield path, "cette fiche n'a pas été vérifiée depuis plus de deux ans", "demandez à qui peut la confirmer, puis ajoutez une ligne à « verifications »"


@cache
def _prose_of(model: type[BaseModel]) -> list[str]:
    """The fields of a class that hold sentences of ours."""
    return [name for name in model.model_fields if name in PROSE]


def _prose(nodes: Nodes) -> Iterator[tuple[Path, str]]:
    """Each text of ours, with its path."""
    for path, node in nodes:
        for name in _prose_of(type(node)):
            value = getattr(node, name)
            if isinstance(value, str):
                yield (*path, name), value
            elif isinstance(value, tuple):
                yield from (((*path, name, index), item) for index, item in enumerate(value) if isinstance(item, str))


def unexplained(text: str) -> list[str]:
    """The acronyms a text uses without saying what they stand for, in order."""
    kept = NOT_OURS.sub(" ", text)
    found: list[str] = []
    for match in re.finditer(r"[\w-]+", kept):
        word = match[0]
        if not ACRONYM.fullmatch(word) or ROMAN.fullmatch(word) or word in found:
            continue
        before, after = kept[: match.start()], kept[match.end():]
        if not after.startswith(" (") and not (before.endswith("(") and after.startswith(")")):
            found.append(word)
    return found


def longest_sentence(text: str) -> int:
    """The number of words of the longest sentence."""
    longest = 0
    for line in text.splitlines():
        count = 0
        for word in line.split():
            count += any(mark.isalnum() for mark in word)
            longest = max(longest, count)
            if END.search(word):
                count = 0
    return longest

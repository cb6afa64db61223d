"""Records → the index: which words lead to which records, and how well.

Keys are of three kinds, in one alphabetical order: a stem, or an expression of several (`servic_interet_econom_general`); a proper
name in one piece after `=` (`=melimelo`); the same name spelt backwards after `<`, to recover a slip in its first letters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import sub

from macros.catalogue import Catalogue
from macros.search.records import WEAK, Record
from macros.search.words import expression, name_keys, stems

FIELDS = {"noms": (6.0, 0.2, 6), "titre": (4.0, 0.5, 8), "lieu": (3.0, 0.2, 5), "mots": (2.5, 0.3, 14), "resume": (2.0, 0.5, 30), "texte": (1.5, 0.6, 250)}
"""Field → weight, how much its length counts (0 to 1), usual length in words."""
FULL, CLASSES = 12.0, 12
"""Sum of the fields from which a word says all there is to say; number of steps kept."""

Synonyms = dict[str, dict[str, float]]
"""Key → keys to look for as well, and how much they are worth."""
Expressions = dict[str, list[list[str]]]
"""First stem → expressions of several stems that begin with it, to be recognised in the texts."""
Postings = list[dict[str, list[int]]]
"""For each step, from the best one: key → numbers of the records, in order."""


def synonyms(catalogue: Catalogue) -> Synonyms:
    """Acronyms and their expansions find each other; everyday words find those of the field."""
    found: Synonyms = defaultdict(dict)

    def add(typed: str | None, sought: str | None, worth: float) -> None:
        here, there = expression(typed or ""), expression(sought or "")
        if here and there and here != there:
            found[here][there] = max(worth, found[here].get(there, 0))

    for short, full in [(term.sigle, term.terme) for term in catalogue.termes.values()] + [(network.sigle, network.nom) for network in catalogue.reseaux.values()]:
        add(short, full, 0.95)
        add(full, short, 0.95)
    for entry in catalogue.synonymes.values():
        for typed in entry.mots:
            for sought in entry.chercher:
                add(typed, sought, 0.9)
                if entry.reciproque:
                    add(sought, typed, 0.9)
    return dict(found)


def expressions(groups: Synonyms) -> Expressions:
    """What the synonyms name in several words."""
    keys = {key for typed, sought in groups.items() for key in (typed, *sought) if "_" in key}
    found: dict[str, list[list[str]]] = defaultdict(list)
    for key in sorted(keys):
        found[key.split("_")[0]].append(key.split("_"))
    return dict(found)


def keys_of(record: Record, known: Expressions) -> dict[str, int]:
    """Key → step: all that leads to a record, but the names spelt backwards."""
    names: dict[str, int] = {}
    for name, weight in record.noms:
        for key in name_keys(name):
            names[f"={key}"] = max(weight, names.get(f"={key}", 0))
    return steps(record, known) | names


def steps(record: Record, known: Expressions) -> dict[str, int]:
    """Key → step: how well each word tells what the record is about. Other records do not count."""
    total: dict[str, float] = defaultdict(float)
    texts: dict[str, Iterable[str]] = {
        "noms": [name for name, weight in record.noms if weight > WEAK], "titre": [record.titre], "lieu": [record.lieu],
        "mots": [*record.mots, *(name for name, weight in record.noms if weight <= WEAK)], "resume": [record.resume], "texte": record.passages,
    }
    for name, (weight, slope, usual) in FIELDS.items():
        counts, length = _counted(texts[name], known)
        norm = 1 - slope + slope * max(length / usual, 0.5)
        worth = {count: weight * min(1.5, 2 * (count / norm) / (count / norm + 1)) for count in {*counts.values()}}
        for key, count in counts.items():
            total[key] += worth[count]
    step = {value: max(1, min(CLASSES, round(CLASSES * value / FULL))) for value in {*total.values()}}
    return {key: step[value] for key, value in total.items()}


def _counted(texts: Iterable[str], known: Expressions) -> tuple[Counter[str], int]:
    counts: Counter[str] = Counter()
    found, joined = stems("\n".join(texts))
    counts.update(found)
    counts.update(joined)
    if not known.keys().isdisjoint(found):
        for place, word in enumerate(found):
            for wanted in known.get(word, ()):
                if found[place: place + len(wanted)] == wanted:
                    counts["_".join(wanted)] += 1
    return counts, len(found)


def postings(records: Iterable[Mapping[str, int]]) -> Postings:
    """The whole index, from the keys of each record."""
    found: Postings = [defaultdict(list) for _ in range(CLASSES)]
    for number, keys in enumerate(records):
        for key, step in keys.items():
            found[CLASSES - step][key].append(number)
    return found


def written(index: Postings) -> Iterator[tuple[str, str]]:
    """Each key in order, with what it leads to as text: for each step, the records as gaps in base 36: « c 3 5 1|4 2 ». A name spelt backwards leads nowhere by itself."""
    backwards = {f"<{key[:0:-1]}" for by_key in index for key in by_key if key[0] == "="}
    signs = [base36(CLASSES - rank) for rank in range(CLASSES)]
    for key in sorted(backwards.union(*index)):
        yield key, "|".join([" ".join([sign, *gaps(by_key[key])]) for sign, by_key in zip(signs, index, strict=True) if key in by_key])


def gaps(numbers: Sequence[int]) -> list[str]:
    """Growing numbers → the gaps between them, in base 36."""
    return [*map(base36, map(sub, numbers, (0, *numbers)))]


@lru_cache(maxsize=20_000)
def base36(number: int) -> str:
    """`35` → « z »."""
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
        if not number:
            return digits

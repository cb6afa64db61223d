"""Text → the words it is found by: accents, case, ligatures, hyphens, plurals and endings no longer matter.

The browser does the same to what the reader types (theme/assets/js/recherche-mots.js), with the same two tables: `ENDINGS` and
`STOP` travel in the index. A test compares both on every word of the site.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

CHAIN = re.compile("[a-z0-9]+(?:[-\u2010][a-z0-9]+)*")
"""Words tied by hyphens: « micro-crèche » is found as two words and as one."""
WORD = re.compile("[a-z0-9]+")
DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1+")
"""Doubled consonants are the commonest slip of the pen."""
THOUSANDS = re.compile(r" (?<=\d )(?=\d{3}(?!\d))")
PLAIN = dict.fromkeys(range(0x300, 0x370)) | {ord("œ"): "oe", ord("æ"): "ae"}
"""Accents, once apart from their letters, go; ligatures are spelt out."""
LOOSE = re.compile("[\u0300-\u036f](?<=[\\d ].)")
"""An accent that no letter bears: once it is gone, a space may stand between thousands."""
ARTICLES = frozenset(("le", "la", "les", "l", "un", "une", "des", "du", "de", "d"))

_STOP = """
ai aie ainsi alors apres as au aucun aura aussi autre aux avait avant avec avoir ca car ce ceci cela celui ces cet cette ceux chaque chez comme comment contre dans de des deux donc dont du
elle elles en encore entre es est et etaient etait etant ete etre eux fait faire faut font il ils je jusqu la le les leur leurs lorsqu lui ma mais me meme mes mon ne ni non nos notre nous
on ont ou par parce pas peu peut peuvent plus plusieurs pour pourquoi puis puisqu qu quand que quel quelle quelles quels qui quoi sa sans se selon sera ses si soit son sont sous sur
ta tandis te tel tes ton tous tout toute toutes tres trop tu un une vers vos votre vous ya
"""
STOP = frozenset(DOUBLED.sub(r"\1", word) for word in _STOP.split())
"""Words that say nothing by themselves, folded."""

_LEFT = {
    3: "ement ation ateur atrice ative atif er ee e",
    4: "alisation alisateur aliser alise alisee isation isateur isement iser ise isee ionement ioner ione ionee ionel ionele emental ementale iation iatif iative ion if ive ivite ite "
       "euse eur erice ier iere ance ence ante ant able ible age isme iste ique iquement ic uer uee ese ie ien iene i",
    5: "alite alement ial iale al ale el ele erie ent ue ir",
    6: "at",
}
_CHANGED = {"torial": "toir", "toriale": "toir", "toire": "toir", "ariat": "air", "arite": "air", "aire": "air"}
Ending = tuple[str, str, int]
"""Ending, what replaces it, fewest letters that must stay before it."""
ENDINGS: tuple[Ending, ...] = tuple(sorted(
    [(ending, "", kept) for kept, endings in _LEFT.items() for ending in endings.split()] + [(ending, put, 4) for ending, put in _CHANGED.items()],
    key=lambda ending: (-len(ending[0]), ending[0])))
"""The longest ending that fits is taken, once."""
PLURALS: tuple[Ending, ...] = (("eaux", "eau", 1), ("aux", "al", 2), ("ail", "al", 2), ("eux", "eu", 2), ("s", "", 3), ("x", "", 4))


def folded(text: str) -> str:
    """Lower case, without accents or ligatures; thousands in one piece."""
    return THOUSANDS.sub("", unicodedata.normalize("NFKD", text).lower().translate(PLAIN))


@lru_cache(maxsize=200_000)
def simple(word: str) -> str:
    """A folded word with doubled consonants made single, « st » spelt out."""
    return {"st": "saint", "ste": "sainte"}.get(word) or DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A simple word → what its plural, feminine and relatives share."""
    if any(c.isdigit() for c in word):
        return word
    for table in (PLURALS, ENDINGS):
        for ending, put, kept in table:
            if len(word) - len(ending) >= kept and word.endswith(ending):
                word = word[: len(word) - len(ending)] + put
                break
    return word


def words(text: str) -> Iterator[str]:
    """The folded, simple words of a text, all of them, in order."""
    return (simple(word) for word in WORD.findall(folded(text)))


@lru_cache(maxsize=200_000)
def _stems_of(chain: str) -> tuple[tuple[str, ...], str]:
    parts = [simple(part) for part in re.split("[-\u2010]", chain)]
    kept = tuple(stem(part) for part in parts if part not in STOP and (len(part) > 1 or part.isdigit()))
    return kept, stem(simple("".join(parts))) if 1 < len(parts) < 4 else ""


@lru_cache(maxsize=200_000)
def _stems_between_spaces(piece: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = [_stems_of(chain) for chain in CHAIN.findall(piece.translate(PLAIN))]
    return tuple(stem for kept, _ in found for stem in kept), tuple(whole for _, whole in found if whole)


def stems(text: str) -> tuple[list[str], list[str]]:
    """The stems of a text in order, without stop words; and those of its hyphenated words taken as one.

    As from `folded`; but what stands between two spaces is met again and again, and plain only once.
    """
    accented = unicodedata.normalize("NFKD", text).lower()
    if LOOSE.search(accented):
        accented = accented.translate(PLAIN)
    found: list[str] = []
    joined: list[str] = []
    for piece in THOUSANDS.sub("", accented).split():
        kept, whole = _stems_between_spaces(piece)
        found += kept
        joined += whole
    return found, joined


def expression(text: str) -> str:
    """A word or an expression as one key: « service d'intérêt économique général » → `servic_interet_econom_general`."""
    return "_".join(stems(text)[0])


@lru_cache(maxsize=20_000)
def name_keys(name: str) -> frozenset[str]:
    """A proper name in one piece, with and without its leading article: neither spaces, hyphens nor apostrophes matter."""
    parts = list(words(name))
    keys = {"".join(parts)}
    if parts and parts[0] in ARTICLES:
        keys.add("".join(parts[1:]))
    return frozenset(DOUBLED.sub(r"\1", key) for key in keys if len(key) > 1)

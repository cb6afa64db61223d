"""French typography, in one place, for every text a person reads: page, PDF, feed.

Rules of the Imprimerie nationale: narrow no-break space before ; ! ? % and inside « », no-break space before : and
units, inside dates, thousands grouped, curly apostrophes.

A page is set in one go: its texts are joined by `INLINE` or `BLOCK`, which stand for the tags between them. Each pattern
begins with the rare sign it looks for, then looks behind: so written, a rule costs next to nothing where it does not apply.
"""

from __future__ import annotations

import re
from functools import lru_cache

THIN = "\u202f"
"""Narrow no-break space."""
HARD = "\u00a0"
"""No-break space."""
INLINE = "\x00"
"""Stands for tags inside a sentence."""
BLOCK = "\x01"
"""Stands for tags where a sentence ends."""

ENDS = r"(?=[\s»)\x00\x01]|$)"
CLOSED = r"\w»)’…%"
"""What a sentence may hold just before its final sign."""

MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"

RULES: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("'", re.compile(r"'(?<=\w')(?=[\w«“])"), "’"),
    ("...", re.compile(r"\.\.\."), "…"),
    ("«", re.compile(r"«[ \u00a0\u202f]*"), f"«{THIN}"),
    ("»", re.compile(r"[ \u00a0\u202f]*»"), f"{THIN}»"),
    ("", re.compile(rf"([;!?])(?:(?<=[{CLOSED}].)|(?<=[{CLOSED}]\x00.)){ENDS}"), rf"{THIN}\1"),
    ("", re.compile(rf"[ \u00a0\u202f](?=[;:!? \u00a0\u202f])(?:(?<=\S.)|(?<=^.))[ \u00a0\u202f]*([;:!?]){ENDS}"), rf"{THIN}\1"),  # a text may begin there, after a link
    ("%", re.compile(r"([0-9])[ \u00a0\u202f]*%"), rf"\1{THIN}%"),
    ("", re.compile(r"([0-9])[ \u00a0](?=[0-9]{3}(?![0-9]))"), rf"\1{THIN}"),
    ("€", re.compile(r"([0-9])[ \u00a0\u202f]*€"), rf"\1{HARD}€"),
    ("", re.compile(rf"([0-9](?:er)?)[ \u00a0]+(?=(?:M€|m²|ans?|mois|places?|euros?|habitants|ETP|millions?|{MONTHS})\b)"), rf"\1{HARD}"),
    ("", re.compile(r"[ \u00a0](?=[\dLRD \u00a0])(?:(?<=\bart\..)|(?<=\bn°.)|(?<=\bp\..)|(?<=\bvers.)|(?<=\bpage.)|(?<=\bfiche.))[ \u00a0]*(?=\d|[LRD]\.)"), HARD),
    (".", re.compile(r"\.(?<=\b[LRD]\.) ?(?=\d)"), f".{HARD}"),
)
"""Sign without which the rule has nothing to do, what it looks for, what it writes."""

CONCERNED = re.compile(r"['«»;:!?\d]|\.\.\.")
"""What no rule does anything without: most words on their own, titles and labels."""


SHORT = 200
"""Signs of a text worth remembering: a title, a label, met on many pages."""


def french(text: str) -> str:
    """The same text, as a printer would set it; applying it twice changes nothing more."""
    return _label(text) if len(text) < SHORT else _set(text)


def _set(text: str) -> str:
    if not CONCERNED.search(text):
        return text
    for sign, pattern, replacement in RULES:
        if sign in text:
            text = pattern.sub(replacement, text)
    return text


_label = lru_cache(maxsize=20_000)(_set)

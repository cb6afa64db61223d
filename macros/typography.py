"""French typography, in one place, for every text a person reads: page, PDF, feed.

Rules of the Imprimerie nationale: narrow no-break space before ; ! ? % and inside « », no-break space before : and
units, inside dates, thousands grouped, curly apostrophes.

A page is set in one go: its texts are joined by `INLINE` or `BLOCK`, which stand for the tags between them. Each pattern
begins with one sign, the rarest it looks for (or a figure), then looks behind: so written, a rule costs next to nothing where it does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Callable
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

SPACES = (" ", HARD, THIN)
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"

NUMBER = re.compile(rf"([0-9])(?:[ {HARD}{THIN}]*+([%€])|[ {HARD}](?=([0-9]{{3}})(?![0-9]))|(er)?+[ {HARD}]++(?=M€|(?:m²|ans?|mois|places?|euros?|habitants|ETP|millions?|{MONTHS})\b))")
"""The last figure of a number, and the space after it: before %, before €, between thousands, before a unit or a month."""


def _number(found: re.Match[str]) -> str:
    figure, sign, thousand, rank = found.groups("")
    return f"{figure}{rank}{THIN if thousand or sign == '%' else HARD}{sign}"


RULES: tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    ("'", re.compile(r"'(?<=\w')(?=[\w«“])"), "’"),
    ("...", re.compile(r"\.\.\."), "…"),
    ("«", re.compile(rf"«[ {HARD}{THIN}]*"), f"«{THIN}"),
    *(("»", re.compile(rf"{space}[ {HARD}{THIN}]*»"), f"{THIN}»") for space in SPACES),
    ("»", re.compile(rf"»(?<!{THIN}»)"), f"{THIN}»"),
    *((sign, re.compile(rf"{re.escape(sign)}(?:(?<=[{CLOSED}].)|(?<=[{CLOSED}]{INLINE}.)){ENDS}"), f"{THIN}{sign}") for sign in ";!?"),
    *((space, re.compile(rf"{space}(?=[;:!? {HARD}{THIN}])(?:(?<=\S.)|(?<=^.))[ {HARD}{THIN}]*([;:!?]){ENDS}"), rf"{THIN}\1") for space in SPACES),  # a text may begin there, after a link
    ("", NUMBER, _number),
    *((space, re.compile(rf"{space}(?=[\dLRD {HARD}])(?:(?<=\bart\..)|(?<=\bn°.)|(?<=\bp\..)|(?<=\bvers.)|(?<=\bpage.)|(?<=\bfiche.))[ {HARD}]*(?=\d|[LRD]\.)"), HARD) for space in (" ", HARD)),
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

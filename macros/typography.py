"""French typography, in one place, for every text a person reads: page, PDF, feed.

Rules of the Imprimerie nationale: narrow no-break space before ; ! ? % and inside « », no-break space before : and
units, thousands grouped, curly apostrophes.
"""

from __future__ import annotations

import re

THIN = "\u202f"
"""Narrow no-break space."""
HARD = "\u00a0"
"""No-break space."""

RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\w)'(?=[\w«“])"), "’"),
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"«[ \u00a0\u202f]*"), f"«{THIN}"),
    (re.compile(r"[ \u00a0\u202f]*»"), f"{THIN}»"),
    (re.compile(r"(?<=[\w»)’…%])([;!?])(?=[\s\u00a0\u202f»)]|$)"), rf"{THIN}\1"),
    (re.compile(r"(?:^|(?<=\S))[ \u00a0\u202f]+([;:!?])(?=[\s\u00a0\u202f»)]|$)"), rf"{THIN}\1"),  # a text may begin there, after a link
    (re.compile(r"(?<=\d)[ \u00a0\u202f]*%"), f"{THIN}%"),
    (re.compile(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))"), THIN),
    (re.compile(r"(?<=\d)[ \u00a0\u202f]*€"), f"{HARD}€"),
    (re.compile(r"(?<=\d)[ \u00a0]+(?=(?:M€|m²|ans?|mois|places?|euros?|habitants|ETP|millions?)\b)"), HARD),
    (re.compile(r"\b(art\.|n°|p\.|vers|page|fiche)[ \u00a0]+(?=\d)"), rf"\1{HARD}"),
    (re.compile(r"\b([LRD])\. ?(?=\d)"), rf"\1.{HARD}"),
)


def french(text: str) -> str:
    """The same text, as a printer would set it; applying it twice changes nothing more."""
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return text

"""How long a fiche takes to read, from the words a reader sees in it.

What is read is told tag by tag (`unread`, `folds`) to the one walk through a page, that of `finishing.py`.
"""

from __future__ import annotations

import re
from math import ceil

WORDS_A_MINUTE = 200
MARK = "<!-- lecture -->"
"""Where a template wants the time written."""

UNREAD = {"nav", "footer", "button", "sup", "script", "style", "svg", "noscript"}
"""Elements that are not part of the reading: menus, permanent address, calls of notes…"""
UNREAD_CLASSES = re.compile(r'class="[^"]*(?<![\w-])(?:hors-vue|sources|actions|reemploi)(?![\w-])')


def unread(name: str, tag: str) -> bool:
    """Whether nobody reads what is inside an element: neither notes nor list of sources."""
    return name in UNREAD or UNREAD_CLASSES.search(tag) is not None


def folds(name: str, tag: str) -> bool:
    """Whether only the summary of an element is read."""
    return name == "details" and " open" not in tag


def words(text: str) -> int:
    """How many words a text holds; signs alone are none."""
    found = text.split()
    return len(found) - sum(not any(map(str.isalnum, word)) for word in found if not word[0].isalnum())


def told(text: str) -> str:
    """The time to read a text, rounded up: « 2 minutes »."""
    count = max(1, ceil(words(text) / WORDS_A_MINUTE))
    return f"{count} minute{'s' if count > 1 else ''}"

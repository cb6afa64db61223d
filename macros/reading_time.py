"""How long a fiche takes to read, from the words a reader sees in it."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from math import ceil

WORDS_A_MINUTE = 200
MARK = "<!-- lecture -->"
"""Where a template wants the time written."""

TOKENS = re.compile(r"(<!--.*?-->|</?[a-zA-Z][^>]*>)", re.DOTALL)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>", re.DOTALL)
VOID = {"br", "hr", "img", "input", "wbr", "col", "path", "rect", "circle", "use"}
UNREAD = {"nav", "footer", "button", "sup", "script", "style", "svg", "noscript"}
"""Elements that are not part of the reading: menus, permanent address, calls of notes…"""
UNREAD_CLASSES = re.compile(r'class="[^"]*(?<![\w-])(?:hors-vue|sources|actions|reemploi)(?![\w-])')

READ, SKIPPED, FOLDED = "read", "skipped", "folded"


def words(html: str) -> int:
    """Words of a page as it opens: neither notes nor list of sources, and only the summary of what is folded."""
    read: list[str] = []
    stack = [("", READ)]
    for place, piece in enumerate(TOKENS.split(str(html))):
        if not place % 2:
            if stack[-1][1] == READ:
                read.append(piece)
            continue
        name, closes, attributes = _tag(piece)
        if not name:
            continue
        if not closes:
            stack.append((name, _state(name, attributes, stack[-1][1])))
        elif stack[-1][0] == name:
            stack.pop()
        elif any(name == opened for opened, _ in stack):
            while stack.pop()[0] != name:
                pass
    return _counted(" ".join(read))


@lru_cache(maxsize=50_000)
def _tag(piece: str) -> tuple[str, bool, str]:
    """Name, if it opens or closes an element, whether it closes, attributes."""
    match = TAG.fullmatch(piece)
    name = match[2].lower() if match else ""
    return ("", False, "") if match is None or name in VOID else (name, bool(match[1]), match[3])


@lru_cache(maxsize=50_000)
def _state(name: str, attributes: str, around: str) -> str:
    """Whether the text of an element is read, given what surrounds it."""
    if around == SKIPPED or (around == FOLDED and name != "summary"):
        return SKIPPED
    if name in UNREAD or UNREAD_CLASSES.search(attributes):
        return SKIPPED
    return FOLDED if name == "details" and " open" not in attributes else READ


def _counted(text: str) -> int:
    return sum(word[0].isalnum() or any(mark.isalnum() for mark in word) for word in unescape(text).split())


def minutes(html: str) -> int:
    """Minutes to read a page, rounded up."""
    return max(1, ceil(words(html) / WORDS_A_MINUTE))


def told(html: str) -> str:
    """The page, with its reading time where the template asked for it."""
    if MARK not in html:
        return html
    count = minutes(html)
    return html.replace(MARK, f"{count} minute{'s' if count > 1 else ''}")

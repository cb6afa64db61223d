"""Last touch on the HTML of a page: French typography, and acronyms explained.

An acronym is spelled out where the text first uses it. Elsewhere its first occurrence in each section is a link to the glossary
that carries the expansion: the browser shows it on hover, sigles.js on hover, focus and tap.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from macros.typography import french

TOKENS = re.compile(r"(<!--.*?-->|<[a-zA-Z/!][^>]*>)", re.DOTALL)
ATTRIBUTE = re.compile(r'\b(aria-label|title|alt|data-label|placeholder)="([^"]*)"')
RAW = {"script", "style", "pre", "code", "svg", "textarea", "kbd"}
"""Elements whose text is not prose."""
NO_EXPANSION = {"a", "abbr", "h1", "h2", "h3", "h4", "button", "summary", "dt", "th", "cite", "caption", "label", "option", "legend", "title", "nav", "sup"}
"""Elements too short for an expansion in brackets: the acronym gets a tooltip there, and the words come at the next occasion."""
NO_LINK = {"summary", "label", "option", "title", "caption", "legend"}
"""Elements where a link has no place: the tooltip of the browser must do."""
SECTIONS = {"section", "table", "h2"}
"""Elements that start a part of the page which a reader may reach without what comes before."""
VOID = {"br", "img", "hr", "input", "meta", "link", "source", "wbr", "col", "path", "use", "rect"}
CHIP = re.compile(r'class="[^"]*\b(puce|ext|carte__lieu|surtitre|bouton|hors-vue)\b')
UNSEEN = re.compile(r'class="[^"]*\bhors-vue\b')

Acronyms = Mapping[str, tuple[str, str]]
"""Acronym → (identifier in the glossary, expansion)."""


def finished(html: str, acronyms: Acronyms, glossary: str) -> str:
    """HTML as rendered → HTML as published. `glossary` is the address of the glossary from this page."""
    word = re.compile(r"(?<![\w-])(" + "|".join(re.escape(key) for key in sorted(acronyms, key=len, reverse=True)) + r")(?![\w’'-])") if acronyms else None
    explained: set[str] = set()
    hinted: set[str] = set()
    stack: list[tuple[str, str]] = []
    out = []
    for token in TOKENS.split(html):
        if not token:
            continue
        if token.startswith("<"):
            out.append(_tag(token, stack))
            if token[1:].split(maxsplit=1)[0].rstrip(">").lower() in SECTIONS:
                hinted.clear()
            continue
        if any(name in RAW for name, _ in stack):
            out.append(token)
            continue
        text = escape(french(unescape(token)), quote=False)
        if word is not None:
            brief = any(name in NO_EXPANSION or kind for name, kind in stack)
            bare = any(name in ("a", "abbr", "button") or kind == "unseen" for name, kind in stack)
            linked = not any(name in NO_LINK for name, _ in stack)
            text = _explain(text, word, acronyms, glossary, explained, hinted, brief, bare, linked)
        out.append(text)
    return "".join(out)


def _tag(token: str, stack: list[tuple[str, str]]) -> str:
    match = re.match(r"<(/?)([a-zA-Z0-9-]+)", token)
    if not match:
        return token
    name = match[2].lower()
    if match[1]:
        while stack and stack.pop()[0] != name:
            pass
    elif name not in VOID and not token.endswith("/>"):
        stack.append((name, "unseen" if UNSEEN.search(token) else "chip" if CHIP.search(token) else ""))
    return ATTRIBUTE.sub(lambda found: f'{found[1]}="{escape(french(unescape(found[2])))}"', token)


def _explain(text: str, word: re.Pattern[str], acronyms: Acronyms, glossary: str,
             explained: set[str], hinted: set[str], brief: bool, bare: bool, linked: bool) -> str:
    def replace(found: re.Match[str]) -> str:
        acronym = found[1]
        identifier, expansion = acronyms[acronym]
        said = escape(french(expansion))
        after = text[found.end():]
        if after.startswith((" (", f" – {said}")) or (text[: found.start()].endswith("(") and after.startswith(")")):
            explained.add(acronym)
            hinted.add(acronym)
            return acronym
        if bare:
            return acronym
        part_of_a_name = re.match(r"[ \u00a0\u202f](?:[A-ZÀ-Ý]|\d)", after) is not None
        spelled_out = not brief and not part_of_a_name and acronym not in explained
        if acronym in hinted and not spelled_out:
            return acronym
        hinted.add(acronym)
        if spelled_out:
            explained.add(acronym)
            return f'<a class="sigle" href="{glossary}#{identifier}">{acronym}</a> ({said})'
        abbreviation = f'<abbr title="{said}">{acronym}</abbr>'
        return f'<a class="sigle" href="{glossary}#{identifier}">{abbreviation}</a>' if linked else abbreviation

    return word.sub(replace, text)

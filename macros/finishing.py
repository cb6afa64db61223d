"""Last touch on the HTML of a page: French typography, and acronyms explained where they first appear."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from macros.typography import french

TOKENS = re.compile(r"(<!--.*?-->|<[a-zA-Z/!][^>]*>)", re.DOTALL)
ATTRIBUTE = re.compile(r'\b(aria-label|title|alt|data-label|placeholder)="([^"]*)"')
RAW = {"script", "style", "pre", "code", "svg", "textarea", "kbd"}
"""Elements whose text is not prose."""
NO_EXPANSION = {"a", "abbr", "h1", "h2", "h3", "h4", "button", "summary", "dt", "th", "cite", "caption", "label", "option", "title", "nav", "sup"}
"""Elements too short for an expansion in brackets: the acronym gets a tooltip there, and the words come at the next occasion."""
VOID = {"br", "img", "hr", "input", "meta", "link", "source", "wbr", "col", "path", "use", "rect"}
CHIP = re.compile(r'class="[^"]*\b(puce|ext|carte__lieu|surtitre|bouton|hors-vue)\b')

Acronyms = Mapping[str, tuple[str, str]]
"""Acronym → (identifier in the glossary, expansion)."""


def finished(html: str, acronyms: Acronyms, glossary: str) -> str:
    """HTML as rendered → HTML as published. `glossary` is the address of the glossary from this page."""
    word = re.compile(r"(?<![\w-])(" + "|".join(re.escape(key) for key in sorted(acronyms, key=len, reverse=True)) + r")(?![\w’'-])") if acronyms else None
    explained: set[str] = set()
    hinted: set[str] = set()
    stack: list[tuple[str, bool]] = []
    out = []
    for token in TOKENS.split(html):
        if not token:
            continue
        if token.startswith("<"):
            out.append(_tag(token, stack))
            continue
        if any(name in RAW for name, _ in stack):
            out.append(token)
            continue
        text = escape(french(unescape(token)), quote=False)
        if word is not None:
            brief = any(name in NO_EXPANSION or chip for name, chip in stack)
            inside = any(name in ("a", "abbr", "button") for name, _ in stack)
            text = _explain(text, word, acronyms, glossary, explained, hinted, brief, inside)
        out.append(text)
    return "".join(out)


def _tag(token: str, stack: list[tuple[str, bool]]) -> str:
    match = re.match(r"<(/?)([a-zA-Z0-9-]+)", token)
    if not match:
        return token
    name = match[2].lower()
    if match[1]:
        while stack and stack.pop()[0] != name:
            pass
    elif name not in VOID and not token.endswith("/>"):
        stack.append((name, bool(CHIP.search(token))))
    return ATTRIBUTE.sub(lambda found: f'{found[1]}="{escape(french(unescape(found[2])))}"', token)


def _explain(text: str, word: re.Pattern[str], acronyms: Acronyms, glossary: str,
             explained: set[str], hinted: set[str], brief: bool, inside: bool) -> str:
    def replace(found: re.Match[str]) -> str:
        acronym = found[1]
        identifier, expansion = acronyms[acronym]
        if acronym in explained:
            return acronym
        said = escape(french(expansion))
        bracketed = text[found.end():found.end() + 2] == " (" or (text[: found.start()].endswith("(") and text[found.end():found.end() + 1] == ")")
        if bracketed:
            explained.add(acronym)
            return acronym
        part_of_a_name = re.match(r"[ \u00a0\u202f](?:[A-ZÀ-Ý]|\d)", text[found.end():]) is not None
        if brief or part_of_a_name:
            if inside or acronym in hinted:
                return acronym
            hinted.add(acronym)
            return f'<abbr title="{said}">{acronym}</abbr>'
        explained.add(acronym)
        return f'<a class="sigle" href="{glossary}#{identifier}">{acronym}</a> ({said})'

    return word.sub(replace, text)

"""Last touch on the HTML of a page: French typography, acronyms explained, reading time.

An acronym is spelled out where the text first uses it: in brackets, or between commas where brackets are already open. Elsewhere
its first occurrence in each section is a link to the glossary that carries the expansion: the browser shows it on hover, sigles.js
on hover, focus and tap.

A page has a thousand tags in some three hundred runs, few of them its own: what a run of tags does, and how it is published, is
worked out once for the whole site. Its texts are joined and set in one go; only those where an acronym stands are looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape
from typing import NamedTuple

from macros import reading_time
from macros.typography import BLOCK, INLINE, french

TAG = r"<(?:!--.*?--|[a-zA-Z/!][^>]*+)>"
TAGS = re.compile(TAG, re.DOTALL)
RUNS = re.compile(rf"({TAG}(?:(?:\n *+)?+{TAG})*+)", re.DOTALL)
"""Tags that follow one another, at most a new line between them."""
ATTRIBUTE = re.compile(r' (aria-label|title|alt|data-label|placeholder)="([^"]*)"')
"""One that is read by people."""
VALUE = re.compile(r' (?!class=)[a-z-]+="[^"]*"')
"""One that does not say what an element is."""
NAME = re.compile(r"<(/?)([a-zA-Z0-9-]+)")
RAW = {"script", "style", "pre", "code", "svg", "textarea", "kbd"}
"""Elements whose text is not prose."""
NO_EXPANSION = {"a", "abbr", "h1", "h2", "h3", "h4", "button", "summary", "dt", "th", "cite", "caption", "label", "option", "legend", "title", "nav", "sup"}
"""Elements too short for an expansion in brackets: the acronym gets a tooltip there, and the words come at the next occasion."""
NO_LINK = {"thead", "summary", "label", "option", "title", "caption", "legend"}
"""Elements where a link has no place: the tooltip of the browser must do."""
SECTIONS = {"section", "table", "h2"}
"""Elements that start a part of the page which a reader may reach without what comes before."""
WITHIN = {"a", "abbr", "b", "cite", "code", "em", "i", "kbd", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr"}
"""Elements that stand inside a sentence."""
VOID = {"br", "hr", "img", "input", "meta", "link", "source", "wbr", "col", "path", "use", "rect"}
CHIP = re.compile(r'class="[^"]*\b(puce|ext|carte__lieu|surtitre|bouton|hors-vue)\b')
UNSEEN = re.compile(r'class="[^"]*\bhors-vue\b')
NEAR = 80
"""Signs on each side of an acronym where its words, if they stand there, are explanation enough."""

Acronyms = Mapping[str, tuple[str, str]]
"""Acronym → (identifier in the glossary, expansion)."""

IS_RAW, IS_BRIEF, IS_BARE, IS_UNLINKED, IS_UNREAD, IS_FOLDED = 1, 2, 4, 8, 16, 32
"""What an element says of the texts inside it: not prose, no expansion, nothing at all, no link, not read, read once opened."""


class _Tag(NamedTuple):
    """A tag of any page."""

    name: str
    opens: bool
    closes: bool
    says: int
    new_part: bool
    within: bool


@lru_cache(maxsize=5_000)
def _tag(token: str) -> _Tag:
    match = NAME.match(token)
    if not match:
        return _Tag("", False, False, 0, False, True)
    name = match[2].lower()
    unseen, chip = UNSEEN.search(token), CHIP.search(token)
    says = (IS_RAW * (name in RAW) | IS_BRIEF * bool(name in NO_EXPANSION or chip) | IS_BARE * bool(name in ("a", "abbr", "button") or unseen) | IS_UNLINKED * (name in NO_LINK)
            | IS_UNREAD * reading_time.unread(name, token) | IS_FOLDED * reading_time.folds(name, token))
    opens = not match[1] and name not in VOID and not token.endswith("/>")
    return _Tag(name, opens, bool(match[1]), says, not match[1] and name in SECTIONS, name in WITHIN)


@dataclass(frozen=True, eq=False, slots=True)
class _Run:
    """What tags that follow one another do, on any page."""

    closes: tuple[str, ...]
    """Names of the elements, opened before, that they close."""
    opens: tuple[tuple[str, int], ...]
    """Name of each element that they leave open, and what it says of the texts inside."""
    new_parts: int
    within: bool
    """Whether the sentence goes on after them."""


NOTHING = _Run((), (), 0, True)


@dataclass(frozen=True, eq=False, slots=True)
class _Place:
    """Where a text stands, on any page: the elements around it."""

    around: tuple[tuple[str, int], ...]
    """Name of each one, the outermost first, and what those around it say."""
    says: int
    """What they say, all together."""
    after: dict[_Run, _Place] = field(default_factory=dict)
    """Where one is after some tags, once worked out."""

    def past(self, run: _Run) -> _Place:
        """The same, worked out."""
        around, says = list(self.around), self.says
        for name in run.closes:
            while around:
                opened, says = around.pop()
                if opened == name:
                    break
        for name, adds in run.opens:
            around.append((name, says))
            if says & IS_FOLDED:
                says = says & ~IS_FOLDED if name == "summary" else says | IS_UNREAD
            says |= adds
        self.after[run] = place = _place(tuple(around), says)
        return place


_place = lru_cache(maxsize=5_000)(_Place)
TOP = _place((), 0)


@lru_cache(maxsize=50_000)
def _run(tags: str) -> tuple[_Run, str]:
    """What they do, and how they are published. Their addresses, which many tags have to themselves, do nothing."""
    return _done(VALUE.sub("", tags)), ATTRIBUTE.sub(_published, tags)


def _published(found: re.Match[str]) -> str:
    return f' {found[1]}="{escape(french(unescape(found[2])))}"'


@lru_cache(maxsize=5_000)
def _done(tags: str) -> _Run:
    every = [_tag(token) for token in TAGS.findall(tags)]
    closes: list[str] = []
    opens: list[tuple[str, int]] = []
    for tag in every:
        if tag.opens:
            opens.append((tag.name, tag.says))
        elif tag.closes and not _closed(tag.name, opens):
            closes.append(tag.name)
    return _Run(tuple(closes), tuple(opens), sum(tag.new_part for tag in every), all(tag.within for tag in every) and not any(TAGS.split(tags)))


def _closed(name: str, opened: list[tuple[str, int]]) -> bool:
    """Whether an element of that name was among those opened; it no longer is, nor those opened inside."""
    while opened:
        if opened.pop()[0] == name:
            return True
    return False


@dataclass
class _Texts:
    """The texts of a page that are prose, where they stand."""

    places: list[tuple[int, int, int]] = field(default_factory=list)
    """Of each one: rank among the pieces of the page, what the elements around it say, number of the section it is in."""
    joined: list[str] = field(default_factory=list)
    """Each one after what separates it from the former."""
    read: list[str] = field(default_factory=list)
    """Those that count in the time of reading, code included."""


def finished(html: str, acronyms: Acronyms, glossary: str) -> str:
    """HTML as rendered → HTML as published. `glossary` is the address of the glossary from this page."""
    pieces = RUNS.split(html.replace(INLINE, "").replace(BLOCK, ""))
    runs = [_run(tags) for tags in pieces[1::2]]
    texts = _texts(pieces[::2], [*(run for run, _ in runs), NOTHING])
    page = escape(french(unescape("".join(texts.joined))), quote=False)
    if acronyms:
        page = _explained(page, texts, acronyms, glossary)
    pieces[1::2] = [published for _, published in runs]
    for (place, _, _), text in zip(texts.places, page.replace(BLOCK, INLINE).split(INLINE)[1:], strict=True):
        pieces[place] = text
    whole = "".join(pieces)
    return whole.replace(reading_time.MARK, reading_time.told(unescape(" ".join(texts.read)))) if reading_time.MARK in whole else whole


def _texts(pieces: list[str], runs: list[_Run]) -> _Texts:
    """The prose among the texts of a page, each followed by a run of tags."""
    texts = _Texts()
    read, places, joined = texts.read.append, texts.places.append, texts.joined
    place, part, separator = TOP, 0, BLOCK
    for rank, (piece, run) in enumerate(zip(pieces, runs, strict=True)):
        if piece:
            says = place.says
            if not says & (IS_UNREAD | IS_FOLDED):
                read(piece)
            if not says & IS_RAW:
                if piece.isspace() and "\n" in piece:
                    separator = BLOCK
                else:
                    places((2 * rank, says, part))
                    joined += separator, piece
                    separator = INLINE
        place = place.after.get(run) or place.past(run)
        part += run.new_parts
        if not run.within:
            separator = BLOCK
    return texts


@lru_cache(maxsize=8)
def any_of(acronyms: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these words, whole. The pattern begins with their first letters: what has to be looked at closer is rare."""
    ends: dict[str, list[str]] = {}
    for word in sorted(acronyms, key=len, reverse=True):
        ends.setdefault(word[0], []).append(re.escape(word[1:]))
    words = "|".join(f"(?<={re.escape(first)})(?:{'|'.join(rest)})" for first, rest in ends.items())
    return re.compile(rf"[{re.escape(''.join(ends))}](?<![\w-].)(?:{words})(?![\w’'-])")


@lru_cache(maxsize=2000)
def _said(expansion: str) -> str:
    return escape(french(expansion))


def _explained(page: str, texts: _Texts, acronyms: Acronyms, glossary: str) -> str:
    """The texts of a page, joined, where each acronym is explained as its place allows."""
    explained: set[str] = set()
    hinted: set[str] = set()
    rank, current, end, out = -1, 0, 0, []
    for found in any_of(tuple(acronyms)).finditer(page):
        rank += page.count(INLINE, end, found.start()) + page.count(BLOCK, end, found.start())
        _, says, part = texts.places[rank]
        if part != current:
            current = part
            hinted.clear()
        out += [page[end:found.start()], _acronym(page, found, says, acronyms, glossary, explained, hinted)]
        end = found.end()
    return "".join([*out, page[end:]])


def _acronym(page: str, found: re.Match[str], says: int, acronyms: Acronyms, glossary: str, explained: set[str], hinted: set[str]) -> str:
    acronym = found[0]
    identifier, expansion = acronyms[acronym]
    said = _said(expansion)
    before, after = page[page.rfind(BLOCK, 0, found.start()) + 1:found.start()], page[found.end():(page.find(BLOCK, found.end()) + 1 or len(page) + 1) - 1]
    text = after.partition(INLINE)[0]
    if text.startswith((" (", f" – {said}")) or (before.endswith("(") and text.startswith(")")) or _stands(said, before, after):
        explained.add(acronym)
        hinted.add(acronym)
        return acronym
    if says & IS_BARE:
        return acronym
    part_of_a_name = re.match(r"[ \u00a0\u202f](?:[A-ZÀ-Ý]|\d)", text) is not None
    spelled_out = not says & IS_BRIEF and not part_of_a_name and acronym not in explained
    if acronym in hinted and not spelled_out:
        return acronym
    hinted.add(acronym)
    if spelled_out:
        explained.add(acronym)
        return f'<a class="sigle" href="{glossary}#{identifier}" aria-label="{acronym}, au glossaire">{acronym}</a>{_beside(said, before, after)}'
    abbreviation = f'<abbr title="{said}">{acronym}</abbr>'
    return abbreviation if says & IS_UNLINKED else f'<a class="sigle" href="{glossary}#{identifier}" aria-label="{acronym}\u202f: {said}">{abbreviation}</a>'


def _stands(said: str, before: str, after: str) -> bool:
    """Whether the words of an acronym already stand just beside it."""
    return any(said.lower() in around.replace(INLINE, "").lower() for around in (before[-NEAR - len(said):], after[:NEAR + len(said)]))


def _beside(said: str, before: str, after: str) -> str:
    """The words as they follow an acronym: brackets do not stand inside brackets."""
    if before.count("(") <= before.count(")"):
        return f" ({said})"
    return f", {said}" if re.match(rf"[{INLINE}\s]*[,;:.!?)…»]", after) else f", {said},"

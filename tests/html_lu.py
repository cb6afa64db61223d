"""A small reading of HTML for the tests: a tree of elements, the text a person sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSEEN = {"script", "style", "template", "head", "title"}
BLOCKS = {"p", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "div", "section", "article", "ul", "ol", "dl", "table", "tr", "figcaption",
          "figure", "header", "footer", "nav", "main", "summary", "details", "caption", "br", "aside", "form", "option", "legend", "pre"}
"""Elements that part two words."""


@dataclass(repr=False)
class Element:
    """One element: its tag, its attributes, what is inside, what holds it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)
    parent: Element | None = None

    def __repr__(self) -> str:
        return f"<{self.tag}{''.join(f' {name}={value!r}' for name, value in self.attributes.items())}>"

    def walk(self) -> Iterator[Element]:
        """This element and every one inside, in the order of the page."""
        yield self
        for item in self.inside:
            if isinstance(item, Element):
                yield from item.walk()

    def all(self, *tags: str) -> list[Element]:
        """Every element inside that bears one of these tags."""
        return [element for element in self.walk() if element.tag in tags and element is not self]

    def of_class(self, name: str) -> list[Element]:
        """Every element inside that bears a class."""
        return [element for element in self.walk() if name in element.attributes.get("class", "").split()]

    def seen(self) -> str:
        """The text a person sees, one block a line, single spaces; the numbers of the notes are left out."""
        lines = (re.sub("[ \t]+", " ", line).strip(" ") for line in "".join(self._pieces()).split("\n"))
        return "\n".join(line for line in lines if line)

    def _pieces(self) -> Iterator[str]:
        for item in self.inside:
            if isinstance(item, str):
                yield item.replace("\n", " ")
            elif item.tag not in UNSEEN and "hidden" not in item.attributes and "note" not in item.attributes.get("class", "").split():
                edge = "\n" if item.tag in BLOCKS else ""
                yield edge
                yield from item._pieces()
                yield edge


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, [], self.here)
        self.here.inside.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        holder: Element | None = self.here
        while holder is not None and holder.tag != tag:
            holder = holder.parent
        if holder is None or holder.parent is None:
            raise AssertionError(f"</{tag}> ne ferme rien")
        if holder is not self.here:
            raise AssertionError(f"<{self.here.tag}> n'est pas refermé avant </{tag}>")
        self.here = holder.parent

    def handle_data(self, data: str) -> None:
        self.here.inside.append(data)


def read(text: str) -> Element:
    """HTML → tree; a tag left open or closed twice is an AssertionError."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.here is not reader.root:
        raise AssertionError(f"<{reader.here.tag}> n'est pas refermé")
    return reader.root


def read_file(path: Path) -> Element:
    """The tree of one page."""
    return read(path.read_text(encoding="utf-8"))

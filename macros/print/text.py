"""Text of the data → runs and blocks that a layout can set: no markup left, French typography done.

A run is a piece of a line: `t` its text, and what it is: `b` strong, `i` emphasis, `u` the address it links to, `g` a quiet
remark, `n` the numbers of its notes. A block is `p` (a paragraph: `r` its runs), `ul` or `ol` (`i` its items, each a list of blocks).
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from macros.markup import rich
from macros.typography import french

Run = dict[str, Any]
Block = dict[str, Any]

MARKUP = re.compile(r"[*_\[\]<>&\\`\n]|^\s*(?:[-+]|\d+[.)])\s")
"""What may mean something to Markdown; a text without any of it is one plain paragraph."""
STYLES = {"strong": "b", "em": "i"}


def run(text: str, **style: Any) -> Run:
    """One piece of text."""
    return {"t": french(text), **style}


def quiet(text: str) -> Run:
    """A remark, set quieter than the fact it follows."""
    return run(text, g=True)


def unknown(text: str = "non précisé par les sources") -> Run:
    """What the sources do not say."""
    return run(text, g=True, i=True)


def paragraph(*runs: Run) -> Block:
    """A paragraph."""
    return {"k": "p", "r": list(runs)}


def bullets(items: list[list[Block]], ordered: bool = False) -> Block:
    """A list, one item per list of blocks."""
    return {"k": "ol" if ordered else "ul", "i": items}


def blocks(text: str) -> list[Block]:
    """A long text of the data, paragraph by paragraph."""
    if not MARKUP.search(text):
        return [paragraph(run(text.strip()))]
    reader = _Reader()
    reader.feed(str(rich(text)))
    reader.close()
    return reader.top


def followed(content: list[Block], tail: list[Run]) -> list[Block]:
    """The same blocks, with `tail` at the end of the last line of text."""
    if content and content[-1]["k"] == "p":
        return [*content[:-1], paragraph(*content[-1]["r"], *tail)]
    return [*content, paragraph(*tail)] if tail else content


def led(head: Run, content: list[Block]) -> list[Block]:
    """The same blocks, with `head` at the beginning of the first line of text."""
    if content and content[0]["k"] == "p":
        return [paragraph(head, *content[0]["r"]), *content[1:]]
    return [paragraph(head), *content]


class _Reader(HTMLParser):
    """The harmless HTML of `markup.rich` → blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top: list[Block] = []
        self.open: list[list[Block]] = [self.top]
        self.lists: list[Block] = []
        self.line: list[Run] | None = None
        self.style: list[tuple[str, Any]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "li"):
            self.line = None
        if tag == "li":
            self.lists[-1]["i"].append([])
            self.open.append(self.lists[-1]["i"][-1])
        elif tag in ("ul", "ol"):
            self.line = None
            self.lists.append({"k": tag, "i": []})
            self.open[-1].append(self.lists[-1])
        elif tag in STYLES:
            self.style.append((STYLES[tag], True))
        elif tag == "a":
            # `rich` takes the address away from a link it does not trust: its words stay.
            self.style.append(("u", dict(attributes).get("href")))
        elif tag == "br":
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in STYLES or tag == "a":
            self.style.pop()
        elif tag != "br":
            self.line = None
        if tag == "li":
            self.open.pop()
        elif tag in ("ul", "ol"):
            self.lists.pop()

    def handle_data(self, data: str) -> None:
        if self.line is not None or data.strip():
            self._add(data)

    def _add(self, data: str) -> None:
        if self.line is None:
            self.line = []
            self.open[-1].append({"k": "p", "r": self.line})
        text = data if data == "\n" else re.sub(r"\s*\n\s*", " ", data)
        self.line.append(run(text, **{key: value for key, value in self.style if value}))

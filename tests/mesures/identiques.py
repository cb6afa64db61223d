"""Whether the pages of another generator are those of this project: same elements, same attributes, same words, in the same order.

Aside from that: reading time and acronyms explained, which the others leave out; and spaces, apostrophes and ellipses, but where typography is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeVar

from macros import rendering
from macros.catalogue import Catalogue
from macros.finishing import finished
from macros.pages import address

MOST = {"cas": 200, "par_departement": 20}
"""How many pages of each kind are compared, at most."""
LEFT_OUT = re.compile(r"<!--.*?-->", re.DOTALL)
"""Where the project writes reading time and the weight of files."""
Item = TypeVar("Item")


class _Pieces(HTMLParser):
    """What a page is made of, piece by piece."""

    def __init__(self, typeset: bool) -> None:
        super().__init__()
        self.typeset, self.found, self.text = typeset, list[str](), ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag, its attributes sorted: nobody reads their spaces."""
        self.close_text()
        self.found.append(" ".join([f"<{tag}", *(f"{name}={_plain(value or '')}" for name, value in sorted(attrs))]))

    def handle_endtag(self, tag: str) -> None:
        """A closing tag."""
        self.close_text()
        self.found.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Some text."""
        self.text += data

    def close_text(self) -> None:
        """The text so far is one piece."""
        text = re.sub(r"[ \n]+", "", self.text) if self.typeset else _plain(self.text)
        self.found += [text] if text else []
        self.text = ""


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("’", "'").replace("…", "...")


def pieces(html: str, typeset: bool) -> list[str]:
    """The body of a page, in pieces that can be compared."""
    reader = _Pieces(typeset)
    reader.feed(LEFT_OUT.sub("", html))
    reader.close_text()
    return reader.found


def differing(catalogue: Catalogue, site: Path, typeset: bool = False) -> list[str]:
    """Addresses of the pages of `site` that are not those of this project, among some of each kind, taken at regular intervals."""
    return [where for where, expected in _expected(catalogue, typeset) if _body(site / where / "index.html", typeset)[:len(expected)] != expected]


def _expected(catalogue: Catalogue, typeset: bool) -> Iterator[tuple[str, list[str]]]:
    for table, most in MOST.items():
        for key in _some(list(getattr(catalogue, table)), most):
            where = address(table, key)
            html = LEFT_OUT.sub("", rendering.block(rendering.fiche(catalogue, table, key)))
            yield where, pieces(finished(html, {}, "") if typeset else html, typeset)


def _some(items: Sequence[Item], most: int) -> Sequence[Item]:
    return items[::max(1, -(-len(items) // most))]


def _body(page: Path, typeset: bool) -> list[str]:
    return pieces(page.read_text(encoding="utf-8").partition('<div class="page prose">')[2], typeset) if page.is_file() else []

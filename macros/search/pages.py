"""Pages that are not fiches, read where they are built: their title, their description, and what is written there by hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from macros.pages import FICHES
from macros.search.records import OWN, Record
from macros.typography import french

UNSEARCHED = {"recherche/"}
"""Pages that answer nothing by themselves."""
LISTED = {name for name, _ in FICHES.values()}
"""Folders of fiches, which are records already: only their list is read."""
APART = {"api", "assets", "integrer", "pdf"}
"""Folders at the root that hold thousands of files, and no page to be read there."""
BLOCKS = ("main", "nav", "div", "h1", "h2", "h3", "p", "li", "dd", "dt", "td", "th")


def hand_written(site: Path) -> Iterator[tuple[str, str]]:
    """Address and HTML of the pages of the site that no record stands for, in the order of their addresses."""
    for folder in _folders(site):
        address = "" if folder == site else f"{folder.relative_to(site).as_posix()}/"
        page = folder / "index.html"
        if address in UNSEARCHED or not page.is_file():
            continue
        html = page.read_text(encoding="utf-8")
        if 'id="contenu"' in html and "noindex" not in html:
            yield address, html


def _folders(site: Path) -> Iterator[Path]:
    """Where such pages may stand."""
    for folder, inner, _ in os.walk(site):
        where = os.path.relpath(folder, site)
        inner[:] = [] if where in LISTED else sorted({*inner} - APART if where == "." else inner)
        yield Path(folder)


class _Reader(HTMLParser):
    """The words of `main`. What a view of the data shows (`div.donnees`) is found as records: only its sections are kept."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.description = ""
        self.texts: list[str] = []
        self._open: list[str] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where one is."""
        values = dict(attrs)
        if tag == "meta" and values.get("name") == "description":
            self.description = values.get("content") or ""
        if tag in BLOCKS:
            self._flush()
            self._open.append("donnees" if values.get("class") == "donnees" else tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave what closes."""
        if tag not in BLOCKS:
            return
        self._flush()
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place] == tag or (tag == "div" and self._open[place] == "donnees"):
                del self._open[place:]
                break

    def handle_data(self, data: str) -> None:
        """Text of the page itself, not of its menus."""
        if "main" in self._open and "nav" not in self._open:
            self._text += data

    def _flush(self) -> None:
        text, self._text = " ".join(self._text.split()), ""
        if not text:
            return
        if self._open[-1] == "h1":
            self.title = text
        elif self._open[-1] == "h2" or "donnees" not in self._open:
            self.texts.append(text)


def page_record(address: str, html: str) -> Record:
    """A page, from its HTML alone."""
    reader = _Reader()
    reader.feed(html)
    return Record("page", address, reader.title, "", french(reader.description), tuple(dict.fromkeys(reader.texts)), ((reader.title, OWN),))

"""The handmade page: the words of a built page under the plainest tags, with one small style sheet. How fast such words can show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from tests.html_lu import BLOCKS, UNSEEN, Element, read_file

WRITTEN = {name: name for name in ("h1", "h2", "h3", "h4", "li", "dt", "dd")} | {"th": "li", "td": "li"}
"""Block of the built page → block of the handmade one; any other is a paragraph."""
HOLDERS = {"li": "ul", "dt": "dl", "dd": "dl"}
STYLE = """:root { color-scheme: light dark }
body { max-width: 40rem; margin: auto; padding: 1rem; font: 1.05rem/1.6 system-ui, sans-serif }
h1, h2, h3 { line-height: 1.2 }
a { color: #075985 }
@media (prefers-color-scheme: dark) { a { color: #7dd3fc } }
"""


def handmade(page: Path, folder: Path) -> Path:
    """Write the handmade counterpart of a built page and its style sheet in `folder`; returns the page."""
    tree = read_file(page)
    title = re.sub(r"\s+", " ", "".join(piece for piece in tree.all("title")[0].inside if isinstance(piece, str))).strip()
    body = "\n".join(_held(holder, list(blocks)) for holder, blocks in groupby(_blocks(tree.all("main")[0]), lambda block: HOLDERS.get(block[0], "")))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "style.css").write_text(STYLE, encoding="utf-8")
    made = folder / "index.html"
    made.write_text(f'<!doctype html>\n<html lang="fr">\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
                    f'<link rel="stylesheet" href="style.css">\n<p><a href="/">Petite enfance et ESS</a></p>\n<main>\n{body}\n</main>\n</html>\n', encoding="utf-8")
    return made


def _held(holder: str, blocks: list[tuple[str, str]]) -> str:
    """Blocks that follow each other, in their list if they need one."""
    lines = [f"<{tag}>{escape(words, quote=False)}</{tag}>" for tag, words in blocks]
    return "\n".join([f"<{holder}>", *lines, f"</{holder}>"] if holder else lines)


def _blocks(main: Element) -> Iterator[tuple[str, str]]:
    """Tag and words of each run of text, in the order of the page."""
    run: list[str] = []
    tag = "p"

    def ended() -> Iterator[tuple[str, str]]:
        words = re.sub(r"[ \t\n]+", " ", "".join(run)).strip(" ")
        run.clear()
        if words:
            yield tag, words

    for mark, text in _pieces(main):
        if mark is None:
            run.append(text)
        else:
            yield from ended()
            tag = mark
    yield from ended()


def _pieces(element: Element) -> Iterator[tuple[str | None, str]]:
    """Text, and the tag that holds what follows where a block begins or ends."""
    for item in element.inside:
        if isinstance(item, str):
            yield None, item
        elif item.tag not in UNSEEN and "hidden" not in item.attributes:
            edge = item.tag in BLOCKS
            if edge:
                yield WRITTEN.get(item.tag, "p"), ""
            yield from _pieces(item)
            if edge:
                yield WRITTEN.get(element.tag, "p"), ""

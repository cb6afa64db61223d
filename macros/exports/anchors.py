"""Anchors that never die: what a page adds so that every part of it once published still answers."""

from __future__ import annotations

import re
from html import escape

from macros.addresses import record_of, told
from macros.catalogue import Catalogue
from macros.exports.redirects import ended, name_of
from macros.kept import kept
from macros.model.ledger import Adresse

IDENTIFIER = re.compile(r'\bid="([^"]+)"')
PASSING = re.compile(r"^(note-\d+[a-z]+|source-\d+|rubrique-\d+|__.*)$")
"""Marks of notes and numbers of sources: they follow the order of the text, nobody links to them from outside."""


HOME = "index.html"
"""How the ledger names the home page."""


@kept
def _gone(catalogue: Catalogue) -> dict[str, list[tuple[Adresse, list[str]]]]:
    """Page → its anchors that ended, with where they lead."""
    found: dict[str, list[tuple[Adresse, list[str]]]] = {}
    for old, _, targets in ended(catalogue):
        page, anchor, _ = old.adresse.partition("#")
        if anchor:
            found.setdefault(page, []).append((old, targets))
    return found


def kept_anchors(catalogue: Catalogue, address: str, html: str) -> str:
    """The same page, where every anchor of the ledger still answers: an empty mark, or a line that says where the content went."""
    entry = catalogue.adresses.get(address or HOME)
    gone = _gone(catalogue).get(address)
    if entry is None and not gone:
        return html
    present = set(IDENTIFIER.findall(html)) | {old.adresse.split("#")[1] for old, _ in gone or ()}
    missing = [name for name in (entry.ancres if entry else ()) if name not in present]
    marks = "<div>" + "".join(f'<span id="{escape(name)}"></span>' for name in missing) + "</div>\n" if missing else ""
    if not gone:
        return marks + html
    root = "../" * address.count("/") or "./"
    lines = []
    for old, targets in gone:
        record = record_of(old.adresse)
        _, said = told(old)
        links = ", ".join(f'<a href="{root}{target}">{escape(name_of(catalogue, target))}</a>' for target in targets)
        lines.append(f'<li id="{escape(old.adresse.split("#")[1])}"><strong>{escape(record.key if record else old.adresse)}</strong> : {escape(said)}{" " + links if links else ""}</li>')
    return f'{marks}{html}\n<section aria-labelledby="anciens"><h2 id="anciens">Ce qui a changé de place</h2><ul>{"".join(lines)}</ul></section>'

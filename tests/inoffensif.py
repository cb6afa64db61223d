"""What must never be found in a page, whoever wrote the data: anything that runs, asks, or leads elsewhere than it says."""

from __future__ import annotations

import re
from html.parser import HTMLParser

FORBIDDEN = {"iframe", "object", "embed", "base", "style", "frame", "frameset", "applet", "foreignobject", "xss", "marquee"}
ADDRESSES = {"href", "src", "action", "formaction", "poster", "data", "xlink:href", "srcset", "cite", "background", "ping"}
SCHEME = re.compile(r"[\s\x00-\x20]*([a-z][a-z0-9+.-]*)\s*:", re.I)
SCHEMES = {"http", "https", "mailto"}
MARK = "piege"
"""Found in the name of an element or attribute, it shows that a payload became markup."""
RESULT = "1787569"
"""What `{{ 1337 * 1337 }}` gives when it is run."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in FORBIDDEN or MARK in tag:
            self.found.append(f"élément <{tag}>")
        if tag == "script" and given.get("type") not in ("application/ld+json", "application/json") and not re.fullmatch(r"(?!//)[\w./-]+", given.get("src", "")):
            self.found.append("script dans la page ou venu d'ailleurs")
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh" and not re.match(r"0; ?url=(?!\w+:|//)|0; ?url=https?://", given.get("content", "")):
            self.found.append("renvoi automatique")
        for name, value in given.items():
            if name.startswith("on") or name in ("style", "srcdoc") or MARK in name:
                self.found.append(f"attribut {name} de <{tag}>")
            scheme = SCHEME.match(value) if name in ADDRESSES else None
            if scheme and scheme[1].lower() not in SCHEMES:
                self.found.append(f"adresse {value[:60]} de <{tag}>")

    handle_startendtag = handle_starttag


def dangers(html: str) -> list[str]:
    """Everything dangerous in a page or a piece of page; an empty list is what one wants."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if RESULT in html:
        reader.found.append("gabarit exécuté")
    return reader.found

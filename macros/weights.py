"""The place where a page says how long and how heavy its PDF is: between two comments, that its template leaves; filled once the PDF is made.

Emptied again, a published page is the one that was drawn: it can be known by its hash.
"""

from __future__ import annotations

OPENS, CLOSES = b"<!--poids-->", b"<!--/poids-->"


def filled(page: bytes, said: str) -> bytes:
    """A page that says so; one without such a place is left as it is."""
    before, opening, rest = page.partition(OPENS)
    _, closing, after = rest.partition(CLOSES)
    return b"".join((before, opening, said.encode(), closing, after)) if closing else page


def emptied(page: bytes) -> bytes:
    """The page as it was drawn."""
    return filled(page, "")

"""The QR code of an address, as vectors: sharp on paper at any size."""

from __future__ import annotations

import re
from functools import lru_cache

import segno

DARK = re.compile(rb"\x01+")
"""Modules of a row that are black one after the other."""


@lru_cache(maxsize=64)
def vector(address: str) -> str:
    """An SVG picture, one unit per module, without its quiet zone: the layout leaves white around it."""
    # One mask for all: weighing the eight of them would take longer than setting the fiche, and every reader reads any of them.
    rows = segno.make(address, error="m", micro=False, mask=3).matrix
    path: list[str] = []
    for y, row in enumerate(rows):
        path += [f"M{run.start()} {y}.5h{run.end() - run.start()}" for run in DARK.finditer(row)]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}"><path stroke="#000" d="{"".join(path)}"/></svg>'

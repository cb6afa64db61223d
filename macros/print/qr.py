"""The QR code of an address, as vectors: sharp on paper at any size."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import segno


@lru_cache(maxsize=64)
def vector(address: str) -> str:
    """An SVG picture, one unit per module, without its quiet zone: the layout leaves white around it."""
    out = BytesIO()
    # One mask for all: weighing the eight of them would take longer than setting the fiche, and every reader reads any of them.
    segno.make(address, error="m", micro=False, mask=3).save(out, kind="svg", border=0, xmldecl=False, nl=False)
    return out.getvalue().decode("ascii")

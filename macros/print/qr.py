"""The QR code of an address, as vectors: sharp on paper at any size."""

from __future__ import annotations

import re
from functools import lru_cache

import zxingcpp

DARK = re.compile(rb"\x00+")
"""Modules of a row that are black one after the other."""


@lru_cache(maxsize=64)
def vector(address: str) -> str:
    """An SVG picture, one unit per module, without its quiet zone: the layout leaves white around it."""
    picture = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_image(scale=1, add_quiet_zones=False)
    size, modules = picture.shape[0], memoryview(picture).tobytes()  # type: ignore[arg-type]  # a buffer, which its types do not say
    path = [f"M{run.start()} {row}.5h{run.end() - run.start()}" for row in range(size) for run in DARK.finditer(modules[row * size:(row + 1) * size])]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path stroke="#000" d="{"".join(path)}"/></svg>'

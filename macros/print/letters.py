"""Which characters the fonts of the PDFs can draw: one that they lack is refused with its line, rather than when its page is being set."""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path

from macros.print.typesetting import font_files


@lru_cache(maxsize=1)
def drawn() -> frozenset[int]:
    """Code of every character that at least one of the fonts draws; empty where the fonts are not installed."""
    return frozenset(code for path in font_files() for code in _codes(path))


def missing(text: str) -> str:
    """The characters of a text that no font draws, in their order, each once."""
    known = drawn()
    return "".join(dict.fromkeys(sign for sign in text if known and ord(sign) not in known and not sign.isspace()))


def missing_for_browsers() -> str:
    """The same as a regular expression of JavaScript (flag `u`): one character that no font draws; none where the fonts are not installed."""
    known = sorted(drawn())
    if not known:
        return "(?!)"
    starts = [code for code in known if code - 1 not in drawn()]
    ends = [code for code in known if code + 1 not in drawn()]
    return "[^\\s" + "".join(f"\\u{{{start:x}}}-\\u{{{end:x}}}" for start, end in zip(starts, ends, strict=True)) + "]"


def _codes(path: Path) -> set[int]:
    """The characters of one font: those of its table « cmap », in its full form (format 12)."""
    font = path.read_bytes()
    tables = {font[place: place + 4]: struct.unpack_from(">L", font, place + 8)[0] for place in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16)}
    cmap = tables[b"cmap"]
    found: set[int] = set()
    for rank in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        start = cmap + struct.unpack_from(">L", font, cmap + 8 + 8 * rank)[0]
        if struct.unpack_from(">H", font, start)[0] == 12:
            for group in range(struct.unpack_from(">L", font, start + 12)[0]):
                first, last = struct.unpack_from(">LL", font, start + 16 + 12 * group)
                found.update(range(first, last + 1))
    return found

"""Writing a file of the site: one that the published site already holds, byte for byte, is not written again.

It is then the same file under two names, until the published site gives way: a correction touches what it corrects, and the others
keep their date, which hosts and copies go by.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from macros import swap


def put(path: Path, content: bytes) -> None:
    """Write a file and the folders it needs."""
    os.makedirs(path.parent, exist_ok=True)
    former = swap.published(path)
    if former is not None and _holds(former, content):
        with suppress(OSError):  # where a file has one name only, or where one is there already
            os.link(former, path)
            return
    if path.exists() and path.stat().st_nlink > 1:  # a file of the published site, never written in place
        path.unlink()
    path.write_bytes(content)


def _holds(former: str, content: bytes) -> bool:
    try:
        with open(former, "rb", buffering=0) as file:
            return os.fstat(file.fileno()).st_size == len(content) and file.read() == content
    except OSError:
        return False

"""Writing a file of the site: one that the published site already holds, byte for byte, is not written again.

It is then the same file under two names, until the published site gives way: a correction touches what it corrects, and the others
keep their date, which hosts and copies go by.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from macros import swap


def put(path: Path | str, content: bytes, moved: Path | str | None = None) -> None:
    """Write a file and the folders it needs; `moved`: where the same content stood in the former site, if not there."""
    former = swap.published(moved or path)
    same = former if former is not None and _holds(former, content) else None
    try:
        _put(path, content, same)
    except FileNotFoundError:  # most folders are there already
        os.makedirs(os.path.dirname(path), exist_ok=True)
        _put(path, content, same)


def _put(path: Path | str, content: bytes, same: str | None) -> None:
    if same is not None:
        with suppress(OSError):  # where a file has one name only, or its folder is not there yet
            _linked(path, same)
            return
    with suppress(FileNotFoundError):
        if os.stat(path).st_nlink > 1:  # a file of the published site, never written in place
            os.unlink(path)
    with open(path, "wb") as file:
        file.write(content)


def _linked(path: Path | str, same: str) -> None:
    try:
        os.link(same, path)
    except FileExistsError:  # written before, as something else
        os.unlink(path)
        os.link(same, path)


def _holds(former: str, content: bytes) -> bool:
    try:
        with open(former, "rb", buffering=0) as file:
            return os.fstat(file.fileno()).st_size == len(content) and file.read() == content
    except OSError:
        return False

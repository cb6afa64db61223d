"""Writing a file of the site: one that the published site already holds, byte for byte, is not written again.

It is then the same file under two names, until the published site gives way: a correction touches what it corrects, and the others
keep their date, which hosts and copies go by.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from macros import swap
from macros.keeping import digest


def put(path: Path | str, content: bytes, moved: Path | str | None = None) -> None:
    """Write a file and the folders it needs; `moved`: where the same content stood in the former site, if not there."""
    former = swap.published(moved or path)
    _filed(path, content, former if former is not None and _holds(former, content) else None)


def put_again(path: Path | str, known: bytes, drawn: Callable[[bytes], bytes] = bytes) -> bool:
    """Write what the published site holds there, if that is its hash, or that of what `drawn` says it was first; say whether it was."""
    former = swap.published(path)
    try:
        content = Path(former).read_bytes() if former is not None else None
    except OSError:
        return False
    if content is None or digest([drawn(content)]) != known:
        return False
    _filed(path, content, former)
    return True


def _filed(path: Path | str, content: bytes, same: str | None) -> None:
    try:
        _put(path, content, same)
    except FileNotFoundError:  # most folders are there already, or the one that holds them is
        folder = os.path.dirname(path)
        try:
            os.mkdir(folder)
        except (FileNotFoundError, FileExistsError):
            os.makedirs(folder, exist_ok=True)
        _put(path, content, same)


def _put(path: Path | str, content: bytes, same: str | None) -> None:
    if same is not None:
        with suppress(OSError):  # where a file has one name only, or its folder is not there yet
            _linked(path, same)
            return
    try:
        file = open(path, "xb")  # noqa: SIM115
    except FileExistsError:
        if os.stat(path).st_nlink > 1:  # a file of the published site, never written in place
            os.unlink(path)
        file = open(path, "wb")  # noqa: SIM115
    with file:
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

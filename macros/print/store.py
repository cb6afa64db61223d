"""What was already set, kept in `.cache/pdf`: a fiche whose content did not change is not set again."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from macros.print.typesetting import HERE, font_files

FOLDER = HERE.parent.parent / ".cache" / "pdf"
KEPT = 30 * 24 * 3600
"""Seconds during which an entry that is no longer asked for is kept: another branch may want it."""


class Store:
    """Finished files by what they are made from."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self.made = 0
        """How many were set since the beginning."""

    def get(self, suffix: str, content: object, make: Callable[[], bytes]) -> bytes:
        """The file made from `content`, by `make` if nobody made it yet with these layouts, fonts and this Typst."""
        return self._got(self._path(content, suffix), make)

    def recalled(self, suffix: str, origin: bytes, ways: Callable[[], tuple[object, Callable[[], bytes]]]) -> bytes:
        """The same file, its content not even worked out where `origin`, the hash of all that it comes from, was met before."""
        note = self._path(origin.hex(), ".renvoi")
        with suppress(OSError, ValueError):  # never met, cut, or the file that it names is forgotten
            return _read(self.folder / _read(note).decode("ascii"))
        content, make = ways()
        path = self._path(content, suffix)
        made = self._got(path, make)
        self._keep(note, path.name.encode("ascii"))
        return made

    def _got(self, path: Path, make: Callable[[], bytes]) -> bytes:
        try:
            return _read(path)
        except FileNotFoundError:
            made = make()
        self.made += 1
        self._keep(path, made)
        return made

    def _path(self, content: object, suffix: str) -> Path:
        return self.folder / f"{hashlib.sha256(f'{_tools()}{json.dumps(content, ensure_ascii=False, sort_keys=True)}'.encode()).hexdigest()}{suffix}"

    def _keep(self, path: Path, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        aside.write_bytes(content)
        aside.replace(path)

    def sweep(self) -> None:
        """Forget what nobody asked for lately."""
        limit = time.time() - KEPT
        for path in self.folder.glob("*"):
            with suppress(FileNotFoundError):  # another build may be finishing it, or forgetting it too
                if path.stat().st_mtime < limit:
                    path.unlink()


def _read(path: Path) -> bytes:
    """An entry, which is thus asked for."""
    found = path.read_bytes()
    os.utime(path)
    return found


@lru_cache(maxsize=1)
def _tools() -> str:
    """Changes with anything that changes the look: this package, the fonts, Typst."""
    files = [*sorted(HERE.glob("*.py")), *sorted(HERE.glob("*.typ")), *font_files()]
    return hashlib.sha256(b"".join([version("typst").encode(), *(path.read_bytes() for path in files)])).hexdigest()

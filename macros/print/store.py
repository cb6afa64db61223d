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
        key = hashlib.sha256(f"{_tools()}{json.dumps(content, ensure_ascii=False, sort_keys=True)}".encode()).hexdigest()
        path = self.folder / f"{key}{suffix}"
        try:
            found = path.read_bytes()
            os.utime(path)
            return found
        except FileNotFoundError:
            made = make()
        self.made += 1
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        aside.write_bytes(made)
        aside.replace(path)
        return made

    def sweep(self) -> None:
        """Forget what nobody asked for lately."""
        limit = time.time() - KEPT
        for path in self.folder.glob("*"):
            with suppress(FileNotFoundError):  # another build may be finishing it, or forgetting it too
                if path.stat().st_mtime < limit:
                    path.unlink()


@lru_cache(maxsize=1)
def _tools() -> str:
    """Changes with anything that changes the look: this package, the fonts, Typst."""
    files = [*sorted(HERE.glob("*.py")), *sorted(HERE.glob("*.typ")), *font_files()]
    return hashlib.sha256(b"".join([version("typst").encode(), *(path.read_bytes() for path in files)])).hexdigest()

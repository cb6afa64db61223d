"""`make serve`, when all that was saved since the last build are cases: their pages at once, the whole site once nothing more is saved.

A whole build of a thousand cases takes seconds, during which the server keeps every answer. So the pages of these cases are written
first, as a whole build writes them, and shown; lists, views and the rest follow after a short quiet, in which a browser loads what it
was shown. Anything else that changed, and any doubt, is for a whole build at once, whose messages are then the only ones.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from watchdog.events import FileModifiedEvent, FileSystemEventHandler

QUIET = 2.0
"""Seconds without a save before the whole site is built."""
Marks = Mapping[Path, tuple[int, int, int]]
"""What changes with a file: what it is, when it was written, how long it is."""


class Live:
    """Stands between the live server of MkDocs and the build that it asks for."""

    def __init__(self, server: Any, cases: Path, around: Iterable[Path | str], write: Callable[[list[str]], bool]) -> None:
        self.server, self.whole, self.write = server, server.builder, write
        self.cases, self.watched = cases, [cases, *map(Path, around)]
        self.shown = marks(self.watched)
        """The files that the site in use was made from."""
        self.later: threading.Timer | None = None
        self.watch = server.observer.schedule(FileSystemEventHandler(), os.path.abspath(cases), recursive=True)
        """As the server watches them: what is said of this watch, the server hears."""
        server.builder = self.build

    def build(self) -> None:
        """Called by the server each time something was saved, and by `_wake`."""
        if self.later:
            self.later.cancel()
            self.later = None
        found = marks(self.watched)  # before anything is read: what is saved meanwhile is seen next time
        edited = edited_cases(self.shown, found, self.cases)
        if edited and self._written(edited):
            self.later = threading.Timer(QUIET, self._wake)
            self.later.daemon = True
            self.later.start()
        else:
            self.whole()
        self.shown = found

    def _written(self, edited: list[str]) -> bool:
        """Whether the pages of these cases could be written."""
        try:
            return self.write(edited)
        except Exception:
            return False  # a whole build says what is wrong

    def _wake(self) -> None:
        """Have the server build, in its own time: no file differs, so it will be the whole site."""
        self.server.observer.event_queue.put((FileModifiedEvent(str(self.cases)), self.watch))


def marks(watched: Iterable[Path]) -> Marks:
    """The files of these folders, and these files."""
    paths = [path for top in watched for path in ([Path(folder, name) for folder, _, names in os.walk(top) for name in names] if top.is_dir() else [top])]
    return {path: (stat.st_mode, stat.st_mtime_ns, stat.st_size) for path in paths for stat in _stats(path)}


def _stats(path: Path) -> list[os.stat_result]:
    try:
        return [path.lstat()]
    except OSError:
        return []  # removed in between


def edited_cases(before: Marks, after: Marks, cases: Path) -> list[str]:
    """The identifiers of the cases whose files differ; none as soon as another file does, or one came or went."""
    if before.keys() != after.keys():
        return []
    differing = [path for path, mark in after.items() if before[path] != mark]
    return sorted(path.stem for path in differing) if all(path.parent == cases and path.suffix == ".yml" for path in differing) else []

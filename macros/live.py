"""`make serve`, when all that was saved since the last build are cases: their pages at once, the whole site once nothing more is saved.

A whole build of a thousand cases takes seconds, during which the server keeps every answer. So the pages of these cases are written
first, as a whole build writes them, and shown; lists, views and the rest follow after a short quiet, in which a browser loads what it
was shown; another case saved meanwhile comes first again. Anything else that changed, and any doubt, is for a whole build at once, whose messages are then the only ones.
"""

from __future__ import annotations

import logging
import os
import threading
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from watchdog.events import FileModifiedEvent, FileSystemEvent, FileSystemEventHandler
from watchdog.observers.polling import PollingObserver

log = logging.getLogger("mkdocs.live")
LOOKS = 0.25
"""Seconds between two looks at the files: MkDocs looks twice a second."""
EACH = 0.00016
"""Seconds between two looks, for each file: ten times what looking at it takes, so that looking never takes more than a tenth of a processor."""
QUIET = 2.0
"""Seconds without a save before the whole site is built."""
Marks = Mapping[Path, tuple[int, int, int]]
"""What changes with a file: what it is, when it was written, how long it is."""


def look_often(server: Any, watched: Iterable[str], count: int) -> None:
    """Before it starts, have the server look sooner at what it may already watch, and at all that it is told to watch from then on: `count` files."""
    known = []
    for path in watched:
        with suppress(KeyError):  # it watches the theme only when asked to
            server.unwatch(path)
            known.append(path)
    server.observer = PollingObserver(timeout=max(LOOKS, count * EACH))
    for path in known:
        server.watch(path)


class GivesWay(BaseException):
    """A build is given up for a case that was saved; not an error, that someone would tell."""


class Live:
    """Stands between the live server of MkDocs and the build that it asks for."""

    def __init__(self, server: Any, cases: Path, around: Iterable[Path], write: Callable[[list[str]], bool]) -> None:
        self.server, self.whole, self.write = server, server.builder, write
        self.cases, self.watched = cases, [cases, *around]
        self.shown = self.found = marks(self.watched)
        """The files that the site in use was made from; those that the build under way began with."""
        self.later: threading.Timer | None = None
        """What the rest waits for."""
        self.due = self.can_wait = self.saved = False
        """Whether the rest is now to be built, whether this is what is being built, whether a case was saved meanwhile."""
        self.watch = server.observer.schedule(_Told(self), os.path.abspath(cases), recursive=True)
        """As the server watches them: what is said of this watch, the server hears."""
        server.builder = self.build

    def build(self) -> None:
        """Called by the server each time something was saved, and by `_wake`."""
        self.found, self.saved = marks(self.watched), False  # before anything is read: what is saved meanwhile is seen next time
        edited = edited_cases(self.shown, self.found, self.cases)
        if self.found == self.shown and self.later and not self.due:
            return  # shown already
        if self.later:
            self.later.cancel()
        self.later, self.can_wait, self.due = None, self.found == self.shown, False
        if edited and self._written(edited):
            self._wait()
        else:
            try:
                self.whole()
            except GivesWay:
                self.build()
                return
            except Exception as error:  # MkDocs would keep every answer until it is corrected
                if not isinstance(error, SystemExit):  # those were told
                    traceback.print_exc()
                log.error("Les pages restent celles d'avant cette erreur. Corrigez-la et enregistrez : elles suivront.")
                return
        self.shown = self.found

    def give_way(self) -> None:
        """Called by the build as often as it can be given up: it is when only cases were saved since, that can be shown before."""
        if self.can_wait and self.saved:
            self.saved = False
            if edited_cases(self.found, marks(self.watched), self.cases):
                raise GivesWay

    def _written(self, edited: list[str]) -> bool:
        """Whether the pages of these cases could be written."""
        try:
            return self.write(edited)
        except Exception:
            return False  # a whole build says what is wrong

    def _wait(self) -> None:
        self.later = threading.Timer(QUIET, self._wake)
        self.later.daemon = True
        self.later.start()

    def _wake(self) -> None:
        """Have the server build the rest, in its own time."""
        self.due = True
        self.server.observer.event_queue.put((FileModifiedEvent(str(self.cases)), self.watch))


class _Told(FileSystemEventHandler):
    """Hears of the cases that are saved while a build is under way."""

    def __init__(self, live: Live) -> None:
        self.live = live

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Something happened to a case."""
        self.live.saved = True


def marks(watched: Iterable[Path]) -> Marks:
    """The files of these folders, and these files. A hidden one is an editor's, which keeps it beside what it will write: the site is made from none."""
    paths = [path for top in watched for path in ([Path(folder, name) for folder, _, names in os.walk(top) for name in names if not name.startswith(".")] if top.is_dir() else [top])]
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

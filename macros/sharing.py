"""Work shared between the processors of the machine: copies of this process, which share what it has read, take what is left to do one part after the other.

Only on Linux, where a process can be copied as it stands and dies with the one that made it; elsewhere the work is done here, when it is asked for.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
PARENT_DEATH = 1
"""PR_SET_PDEATHSIG of prctl."""
MANY = 60
"""From how many items on it is worth making a copy."""


LONG = 200
"""From how many items on one is told how far the work is."""
PARTS = 200
"""Into how many parts the work is cut, at most: their numbers are bytes that the copies read from one pipe."""


class Shared(Generic[Item]):
    """Some work under way: each copy gives `work` the items it takes, and its result comes back."""

    def __init__(self, work: Callable[[Iterable[Item]], Any], items: Sequence[Item], many: int = MANY, label: str = "") -> None:
        self.work, self.items = work, items
        self.label = label if len(items) >= LONG and sys.stderr.isatty() else ""
        self.copies: list[tuple[Any, Connection]] = []
        count = processors()
        if count < 2 or len(items) < many:
            return
        gc.freeze()  # what is read is shared as long as nobody touches it
        context = multiprocessing.get_context("fork")
        parent = os.getpid()
        queue, entrance = os.pipe()
        os.write(entrance, bytes(range(min(len(items), PARTS))))
        os.close(entrance)
        for _ in range(min(count, len(items))):
            here, there = context.Pipe(duplex=False)
            copy = context.Process(target=_copied, args=(parent, work, self._taken(queue), there), daemon=True)
            copy.start()
            there.close()
            self.copies.append((copy, here))
        os.close(queue)

    def results(self) -> list[Any]:
        """What each copy gave, once all is done. A copy that failed fails here."""
        return list(self.flow())

    def flow(self) -> Iterator[Any]:
        """The same as it comes, piece by piece where `work` gives pieces: some are looked at here while others are made there."""
        if not self.copies:
            yield from _pieces(self.work(self._told()))
        waiting = {pipe: copy for copy, pipe in self.copies}
        while waiting:
            ready = wait(list(waiting))
            for pipe in [one for one in waiting if one in ready]:
                try:
                    piece = pipe.recv()
                except EOFError:
                    copy = waiting.pop(pipe)
                    copy.join()
                    if not copy.exitcode:
                        continue
                    piece = OSError(f"un processus de construction s'est arrêté (code {copy.exitcode})")
                if isinstance(piece, BaseException):
                    self.stop()
                    raise piece
                yield piece
        self._tell(1, 1)

    def _told(self) -> Iterator[Item]:
        """All the items, one after the other."""
        for rank, item in enumerate(self.items):
            self._tell(rank, len(self.items))
            yield item

    def _taken(self, queue: int) -> Iterator[Item]:
        """What one copy does: the parts whose number it is the first to read."""
        while number := os.read(queue, 1):
            self._tell(number[0], min(len(self.items), PARTS))
            yield from self.items[number[0]::PARTS]

    def _tell(self, done: int, total: int) -> None:
        """On a terminal, how far long work is."""
        if self.label:
            sys.stderr.write(f"\r{self.label} : {100 * done // total} %" + "\n" * (done == total))
            sys.stderr.flush()

    def stop(self) -> None:
        """Give up."""
        for copy, _ in self.copies:
            copy.kill()
            copy.join()


TASKS = Path("/proc/self/task")
"""The threads of this process, those of its libraries too."""


def processors() -> int:
    """How many copies are worth making; one where they cannot be made safely: beside another thread, a copy may wait for ever (`mkdocs serve` has one, Typst starts some)."""
    return len(os.sched_getaffinity(0)) if sys.platform.startswith("linux") and len(list(TASKS.iterdir())) == 1 else 1


def _pieces(result: Any) -> Iterator[Any]:
    """What some work gives: piece by piece if it says so, else at once."""
    return result if isinstance(result, Iterator) else iter((result,))


def _copied(parent: int, work: Callable[[Iterable[Any]], Any], items: Iterable[Any], pipe: Connection) -> None:
    ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGKILL)
    if os.getppid() != parent:  # it died in between
        os._exit(1)
    try:
        for piece in _pieces(work(items)):
            pipe.send(piece)
    except BaseException as error:
        pipe.send(error)
    pipe.close()
    os._exit(0)  # nothing of the parent is finished, flushed or removed here

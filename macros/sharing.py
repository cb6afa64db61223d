"""Work shared between the processors of the machine: each half is done by a copy of this process, which shares what it has read.

Only on Linux, where a process can be copied as it stands and dies with the one that made it; elsewhere the work is done here, when it is asked for.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
PARENT_DEATH = 1
"""PR_SET_PDEATHSIG of prctl."""
MANY = 60
"""From how many items on it is worth making a copy."""


class Shared(Generic[Item]):
    """Some work under way: `work` is given a part of the items, and its result comes back from each part."""

    def __init__(self, work: Callable[[Sequence[Item]], Any], items: Sequence[Item], many: int = MANY) -> None:
        self.work, self.items = work, items
        self.copies: list[tuple[Any, Connection]] = []
        count = processors()
        if count < 2 or len(items) < many:
            return
        gc.freeze()  # what is read is shared as long as nobody touches it
        context = multiprocessing.get_context("fork")
        parent = os.getpid()
        for rank in range(min(count, len(items))):
            here, there = context.Pipe(duplex=False)
            copy = context.Process(target=_copied, args=(parent, work, items[rank::count], there), daemon=True)
            copy.start()
            there.close()
            self.copies.append((copy, here))

    def results(self) -> list[Any]:
        """What each part gave, once all is done. A part that failed fails here."""
        if not self.copies:
            return [self.work(self.items)]
        found = []
        for copy, pipe in self.copies:
            try:
                result = pipe.recv()
            except EOFError:
                result = OSError(f"un processus de construction s'est arrêté (code {copy.exitcode})")
            copy.join()
            if isinstance(result, BaseException):
                self.stop()
                raise result
            found.append(result)
        return found

    def stop(self) -> None:
        """Give up."""
        for copy, _ in self.copies:
            copy.kill()
            copy.join()


def processors() -> int:
    """How many copies are worth making; one where they cannot be made safely: beside another thread, a copy may wait for ever (`mkdocs serve` has one)."""
    return len(os.sched_getaffinity(0)) if sys.platform.startswith("linux") and threading.active_count() == 1 else 1


def _copied(parent: int, work: Callable[[Sequence[Any]], Any], items: Sequence[Any], pipe: Connection) -> None:
    ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGKILL)
    if os.getppid() != parent:  # it died in between
        os._exit(1)
    try:
        result = work(items)
    except BaseException as error:
        result = error
    pipe.send(result)
    pipe.close()
    os._exit(0)  # nothing of the parent is finished, flushed or removed here

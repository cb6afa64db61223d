"""Putting a finished folder in place of the published one, in one step.

A reader never meets half a site: the new folder is built aside, then exchanged with the old one.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

RENAME_EXCHANGE = 2
AT_FDCWD = -100


def aside(final: Path) -> Path:
    """The folder where the next version of `final` is written, on the same disk."""
    return final.with_name(f"{final.name}.en-cours")


def put_in_place(new: Path, final: Path) -> None:
    """Exchange `new` and `final`, then remove what was published before."""
    if not final.exists():
        new.rename(final)
        return
    if not _exchanged(new, final):
        former = final.with_name(f"{final.name}.ancien")
        shutil.rmtree(former, ignore_errors=True)
        final.rename(former)
        new.rename(final)
        new = former
    shutil.rmtree(new, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Swap two folders atomically where the system can (Linux); say whether it was done."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done: int = renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    return done == 0

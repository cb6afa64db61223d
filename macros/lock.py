"""One build at a time in a folder: two at once would each clear and publish what the other is writing.

The system itself holds the lock (`flock`) and drops it when the process ends, however it ends: what a killed build leaves
behind is an empty file that locks nothing.
"""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

WITHOUT = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)
"""What a disk that knows no locks answers (some network drives): the build goes on without."""


class BusyError(Exception):
    """Another build is writing there."""


def beside(final: Path) -> Path:
    """The file that is locked while a build writes for `final`."""
    return final.with_name(f"{final.name}.verrou")


def taken(final: Path) -> int:
    """Take the lock, and give what `released` needs; `BusyError` when another build has it."""
    final.parent.mkdir(parents=True, exist_ok=True)
    while True:
        held = os.open(beside(final), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(held)
            raise BusyError(f"une autre construction écrit déjà dans « {final.name} » : attendez qu'elle finisse, puis relancez") from None
        except OSError as error:
            if error.errno not in WITHOUT:
                os.close(held)
                raise
        if _is_still(held, beside(final)):
            return held
        os.close(held)  # the build that had it removed the file between our two steps: its lock would protect nothing


def _is_still(held: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(held), path.stat())
    except FileNotFoundError:
        return False


def released(held: int, final: Path) -> None:
    """Give the lock back and leave nothing behind. The file goes first: once unlocked, it may be another build's."""
    beside(final).unlink(missing_ok=True)
    os.close(held)

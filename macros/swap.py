"""Putting a finished folder in place of the published one, in one step.

A reader never meets half a site: the new folder is built aside, then exchanged with the old one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from macros.sharing import Shared

ASIDE = ".en-cours"
"""How the folder of the next version is called, after the name of the published one."""
MANY = 500
"""From how many entries of its folders on a site takes long enough to be removed by several processes: the disk is what they wait for."""
RENAME_EXCHANGE = 2
AT_FDCWD = -100


def aside(final: Path) -> Path:
    """The folder where the next version of `final` is written, on the same disk."""
    return final.with_name(f"{final.name}{ASIDE}")


def published(path: Path | str) -> str | None:
    """The file of the published site that a file written aside will take the place of; none elsewhere."""
    final, beside, rest = os.fspath(path).rpartition(f"{ASIDE}{os.sep}")
    return f"{final}{os.sep}{rest}" if beside else None


def recover(final: Path) -> None:
    """Put back the site that an interrupted exchange, on a system that cannot do it in one step, left beside its place."""
    former = final.with_name(f"{final.name}.ancien")
    if former.is_dir() and not final.exists():
        former.rename(final)


def why(error: OSError) -> str:
    """What the system refused, in words."""
    where = f" « {error.filename} »" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "le disque est plein"
    if error.errno == errno.EFBIG:
        return f"le fichier{where} dépasse la taille permise sur cette machine"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"l'écriture de{where or ' ce dossier'} est interdite"
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EEXIST):
        return f"le dossier où écrire{where} n'existe pas ou n'est pas un dossier"
    return f"la machine refuse{where} (code {errno.errorcode.get(error.errno or 0, '?')})"


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
    _removed(new)


def _removed(site: Path) -> None:
    """Remove a former site. The new one is published: nothing that the system refuses here may say otherwise."""
    with suppress(OSError):
        Shared(_emptied, [inner.path for outer in os.scandir(site) if outer.is_dir(follow_symlinks=False) for inner in os.scandir(outer)], many=MANY).results()
    shutil.rmtree(site, ignore_errors=True)


def _emptied(paths: Iterable[str]) -> None:
    """Remove these folders, links left as they are where they lead; files stay for the end."""
    for path in paths:
        shutil.rmtree(path, ignore_errors=True)


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

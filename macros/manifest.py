"""The fingerprint of every file of the site, in one list that anybody can check: `sha256sum --check manifeste.sha256`.

Every file is read, those of the former site too: nothing that a disk remembers of a file (its date, its place) tells for certain
that its content is still the one that was published.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from macros.sharing import Shared

NAME = "manifeste.sha256"
MANY = 4_000
"""From how many files on reading them takes longer than making copies of this process."""


def manifest(site: Path) -> str:
    """One line a file, sorted by address."""
    root = f"{site}{os.sep}"
    addresses = [path.removeprefix(root) for path in _files(root) if os.path.basename(path) != NAME]
    parts = Shared(partial(_lines, root), addresses, many=MANY).results()
    return "".join(f"{fingerprint}  {address}\n" for address, fingerprint in sorted(pair for part in parts for pair in part))


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            elif entry.is_file():
                yield entry.path


def _lines(root: str, addresses: Iterable[str]) -> list[tuple[str, str]]:
    found = []
    for address in addresses:
        with open(root + address, "rb", buffering=0) as file:
            found.append((address, hashlib.sha256(file.read()).hexdigest()))
    return found


def write_manifest(site: Path) -> None:
    """Write it at the root of the site, once everything else is there."""
    (site / NAME).write_text(manifest(site), encoding="utf-8")

"""What was already worked out, kept in `.cache`: found again by the hash of all it comes from, and by nothing else.

An entry begins with the hash of its content: cut, changed or written by another version, it is as if it were not there.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from jinja2 import FileSystemBytecodeCache

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / ".cache"
HEAD = 32 + 8 + 32
"""Bytes before the content of an entry: key, length, hash."""
MANY_PACKS, SMALL = 30, 10_000_000
"""From how many packs, and below how many bytes each, they are put together."""


@lru_cache(maxsize=1)
def code() -> bytes:
    """Changes with the package, its templates, the tools that are installed: their names there say their versions."""
    files = sorted(path for path in HERE.rglob("*") if path.suffix in (".py", ".j2") and "__pycache__" not in path.parts)
    tools = [sys.version, *sorted(name for folder in sys.path if os.path.isdir(folder) for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))]
    return digest([repr(tools).encode(), *(path.read_bytes() for path in files)])


def digest(parts: Iterable[bytes]) -> bytes:
    """One hash for several contents, whose limits count."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.digest()


def contents(*folders: Path) -> bytes | None:
    """The hash of every file of these folders, names included; nothing when one of them is not a plain file: it is for the checks to say so."""
    parts: list[bytes] = []
    for folder in folders:
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name) if folder.is_dir() else ():
            if not entry.is_file(follow_symlinks=False):
                return None
            parts += [os.fsencode(entry.path.removeprefix(str(folder))), Path(entry.path).read_bytes()]
        parts.append(b"/")
    return digest(parts)


class Kept:
    """Entries of one kind: packs of entries put end to end, each with its key, its length and its hash. A run adds a pack and changes none."""

    def __init__(self, name: str) -> None:
        self.folder = FOLDER / name
        self.found: dict[bytes, tuple[mmap.mmap, int, int]] | None = None
        self.pack: BinaryIO | None = None

    def get(self, key: bytes) -> bytes | None:
        """What was kept under that key, whole and unchanged."""
        if self.found is None:
            self.found = {entry: (pack, start, end) for path in self._packs() for pack in _opened(path) for entry, start, end in _entries(pack)}
        if key not in self.found:
            return None
        pack, start, end = self.found[key]
        content = pack[start:end]
        return content if digest([key, content]) == pack[start - 32:start] else None

    def put(self, key: bytes, content: bytes) -> None:
        """Keep a content, once `close` is called; a disk that refuses is no reason to stop."""
        try:
            if self.pack is None:
                self.folder.mkdir(parents=True, exist_ok=True)
                self.pack = open(self.folder / f"{time.time_ns()}-{os.getpid()}.paquet", "xb")  # noqa: SIM115
            self.pack.write(key + len(content).to_bytes(8, "big") + digest([key, content]) + content)
        except OSError:
            return

    def close(self) -> None:
        """Finish what was put."""
        if self.pack is not None:
            with suppress(OSError):
                self.pack.close()
            self.pack = None

    def tidy(self, most: int) -> None:
        """Put many small packs together; forget the oldest beyond `most` bytes."""
        packs = self._packs()
        sizes = {path: path.stat().st_size for path in packs}
        while packs and sum(sizes[path] for path in packs) > most:
            packs.pop(0).unlink(missing_ok=True)
        small = [path for path in packs if sizes[path] < SMALL]
        if len(small) > MANY_PACKS:
            whole = small[0].with_suffix(f".{os.getpid()}")
            whole.write_bytes(b"".join(path.read_bytes() for path in small))
            whole.replace(small[0])
            for path in small[1:]:
                path.unlink(missing_ok=True)

    def _packs(self) -> list[Path]:
        return sorted(self.folder.glob("*.paquet")) if self.folder.is_dir() else []


def _opened(path: Path) -> list[mmap.mmap]:
    """A pack, read where it is asked for; nothing if it cannot be, or is empty."""
    try:
        with open(path, "rb") as file:
            return [mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)]
    except (OSError, ValueError):
        return []


def _entries(pack: mmap.mmap) -> Iterator[tuple[bytes, int, int]]:
    """Key, beginning and end of each entry of a pack; one that was cut holds nothing after the cut."""
    start = 0
    while (body := start + HEAD) <= len(pack):
        end = body + int.from_bytes(pack[start + 32:start + 40], "big")
        if end > len(pack):
            return
        yield pack[start:start + 32], body, end
        start = end


def compiled(name: str) -> FileSystemBytecodeCache | None:
    """Where Jinja keeps the templates it has compiled, by their text; nowhere if that cannot be written."""
    from jinja2 import FileSystemBytecodeCache  # a check of the data, which makes no page, does without it

    folder = FOLDER / "gabarits" / f"{name}-{sys.version_info.major}{sys.version_info.minor}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder))

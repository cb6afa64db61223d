"""What was already worked out, kept in `.cache`: found again by the hash of all it comes from, and by nothing else.

An entry begins with the hash of its content: cut, changed or written by another version, it is as if it were not there.
"""

from __future__ import annotations

import hashlib
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
    """Changes with the package, the tools that are installed: their names there say their versions. Once read, a program no longer changes."""
    files = sorted(path for path in HERE.rglob("*.py") if "__pycache__" not in path.parts)
    tools = [sys.version, *sorted(name for folder in sys.path if os.path.isdir(folder) for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))]
    return digest([repr(tools).encode(), *(path.read_bytes() for path in files)])


def templates() -> bytes:
    """Changes with the templates, which a live site reads again."""
    return digest(part for path in sorted(HERE.rglob("*.j2")) for part in (path.name.encode(), path.read_bytes()))


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
        self.found: dict[bytes, tuple[Path, int, int]] | None = None
        self.pack: BinaryIO | None = None

    def get(self, key: bytes) -> bytes | None:
        """What was kept under that key, whole and unchanged."""
        if self.found is None:
            self.found = {entry: (path, start, end) for path in self._packs() for entry, start, end in _entries(path)}
        if key not in self.found:
            return None
        path, start, end = self.found[key]
        try:
            with open(path, "rb", buffering=0) as pack:
                pack.seek(start - 32)
                whole = pack.read(32 + end - start)
        except OSError:
            return None
        content = whole[32:]
        return content if digest([key, content]) == whole[:32] else None

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
        with suppress(OSError):  # another process may be tidying too: what it removed meanwhile is for the next time
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


def _entries(path: Path) -> Iterator[tuple[bytes, int, int]]:
    """Key, beginning and end of each entry of a pack; one that was cut holds nothing after the cut, one that cannot be read nothing at all."""
    with suppress(OSError), open(path, "rb", buffering=0) as pack:
        size, start = os.fstat(pack.fileno()).st_size, 0
        while (body := start + HEAD) <= size:
            pack.seek(start)
            head = pack.read(HEAD)
            end = body + int.from_bytes(head[32:40], "big")
            if end > size:
                return
            yield head[:32], body, end
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

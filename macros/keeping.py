"""What was already worked out, kept in `.cache`: found again by the hash of all it comes from, and by nothing else.

An entry begins with the hash of its content: cut, changed or written by another version, it is as if it were not there. Records are
read back by a reader that makes objects of the model and nothing else.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from pydantic import BaseModel

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / ".cache"
SPARE = 2_000
"""Entries that nobody asked for and that are kept all the same: another branch may want them."""


@lru_cache(maxsize=1)
def code() -> bytes:
    """Changes with the package, its templates, the tools it relies on."""
    files = sorted(path for path in HERE.rglob("*") if path.suffix in (".py", ".j2") and "__pycache__" not in path.parts)
    tools = [sys.version, *(version(name) for name in ("pydantic", "pydantic-core", "pyyaml", "jinja2", "markdown", "nh3"))]
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
    """Entries of one kind, in one folder."""

    def __init__(self, name: str) -> None:
        self.folder = FOLDER / name
        self.asked: set[str] = set()

    def get(self, key: bytes) -> bytes | None:
        """What was kept under that key, whole and unchanged."""
        self.asked.add(key.hex())
        try:
            whole = (self.folder / key.hex()).read_bytes()
        except OSError:
            return None
        return whole[32:] if digest([key, whole[32:]]) == whole[:32] else None

    def put(self, key: bytes, content: bytes) -> None:
        """Keep a content; a disk that refuses is no reason to stop."""
        self.asked.add(key.hex())
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            aside = self.folder / f"{key.hex()}.{os.getpid()}"
            aside.write_bytes(digest([key, content]) + content)
            aside.replace(self.folder / key.hex())
        except OSError:
            return

    def sweep(self, spare: int = 0) -> None:
        """Forget the oldest entries that this run did not ask for, beyond `spare` or a few."""
        idle = [entry for entry in os.scandir(self.folder) if entry.name not in self.asked] if self.folder.is_dir() else []
        for entry in sorted(idle, key=lambda entry: entry.stat().st_mtime, reverse=True)[max(spare, SPARE):]:
            Path(entry.path).unlink(missing_ok=True)


def compiled(name: str) -> FileSystemBytecodeCache | None:
    """Where Jinja keeps the templates it has compiled, by their text; nowhere if that cannot be written."""
    folder = FOLDER / "gabarits" / f"{name}-{sys.version_info.major}{sys.version_info.minor}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder))


class _Reader(pickle.Unpickler):
    """Makes objects of the model only."""

    def find_class(self, module: str, name: str) -> type:
        if (module, name) == ("decimal", "Decimal"):
            return Decimal
        found = super().find_class(module, name) if module.startswith("macros.model.") else None
        if isinstance(found, type) and found.__module__ == module:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} n'est pas un objet du modèle")


def written(record: BaseModel) -> bytes:
    """A record, to be kept."""
    return pickle.dumps(record, protocol=5)


def read_back(content: bytes) -> BaseModel:
    """The record that was kept; an error if it is anything else."""
    record = _Reader(io.BytesIO(content)).load()
    if not isinstance(record, BaseModel):
        raise pickle.UnpicklingError("ce n'est pas un objet du modèle")
    return record

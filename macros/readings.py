"""Which file each record was read from: one that is as it was read is known again without being looked at."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

_files: dict[int, tuple[BaseModel, bytes]] = {}
"""The records of the last reading, by identity, each with the hash of its file."""


def remember(found: Iterable[tuple[BaseModel, bytes]]) -> None:
    """Records just read, each with the hash of its file; those of the reading before are forgotten."""
    _files.clear()
    _files.update({id(record): (record, content) for record, content in found})


def file_of(record: BaseModel) -> bytes | None:
    """The hash of the file that says all of this record; nothing for a record that did not come from one as it is."""
    known, content = _files.get(id(record), (None, None))
    return content if known is record else None

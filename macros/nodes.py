"""The records nested in a record, what they cite, and when they were written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from pydantic import BaseModel

from macros.model.facts import Source
from macros.model.fields import nested_model
from macros.model.values import DateTexte

Path = tuple[str | int, ...]
Nodes = Iterable[tuple[Path, BaseModel]]
"""What `walk` finds in a record."""


def walk(record: BaseModel, path: Path = ()) -> list[tuple[Path, BaseModel]]:
    """Every record nested in a record, itself first, with its path."""
    found = [(path, record)]
    for name in nesting(type(record)):
        value = getattr(record, name)
        if isinstance(value, tuple):
            for index, item in enumerate(value):
                found += walk(item, (*path, name, index))
        elif value is not None:
            found += walk(value, (*path, name))
    return found


@cache
def nesting(model: type[BaseModel]) -> list[str]:
    """The fields of a class that hold records."""
    return [name for name, info in model.model_fields.items() if nested_model(info.annotation)]


def dates(record: BaseModel) -> Iterator[str]:
    """Days on which somebody wrote or verified a record."""
    written = getattr(record, "redige_le", None)
    if isinstance(written, DateTexte):
        yield written.cle
    for verification in getattr(record, "verifications", ()):
        yield verification.date.cle


def sources_of(record: BaseModel) -> list[str]:
    """Every source a record cites, in order, without repeats."""
    known = _cited.get(id(record))
    if known is None or known[0] is not record:
        if len(_cited) >= CITED:
            _cited.clear()
        known = _cited[id(record)] = (record, list(_sources(record, {})))
    return list(known[1])


def _sources(record: BaseModel, found: dict[str, None]) -> dict[str, None]:
    """In the order of `walk`, without the paths."""
    if isinstance(record, Source):
        found.update(dict.fromkeys(record.sources))
    for name in nesting(type(record)):
        value = getattr(record, name)
        if isinstance(value, tuple):
            for item in value:
                _sources(item, found)
        elif value is not None:
            _sources(value, found)
    return found


CITED = 50_000
_cited: dict[int, tuple[BaseModel, list[str]]] = {}
"""What was found already: lists, feeds and data ask again and again. The record is kept with it, so that no other takes its number."""

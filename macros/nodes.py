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
        known = cites(record, cited(record))
    return list(known[1])


def cites(record: BaseModel, sources: tuple[str, ...]) -> tuple[BaseModel, tuple[str, ...]]:
    """Have `sources_of` know what a record cites; both come back."""
    if len(_cited) >= CITED:
        _cited.clear()
    known = _cited[id(record)] = (record, sources)
    return known


def cited(record: BaseModel) -> tuple[str, ...]:
    """What a record cites, looked for in it, and not remembered."""
    return tuple(_sources(record, {}))


def _sources(record: BaseModel, found: dict[str, None]) -> dict[str, None]:
    """In the order of `walk`, without the paths."""
    if _is_fact(type(record)):
        for source in record.sources:  # type: ignore[attr-defined]
            found[source] = None
    for name in nesting(type(record)):
        value = getattr(record, name)
        if value:
            if isinstance(value, tuple):
                for item in value:
                    _sources(item, found)
            else:
                _sources(value, found)
    return found


@cache
def _is_fact(model: type[BaseModel]) -> bool:
    """Known by class: an abstract one takes long to recognise its instances, and there are dozens in a case."""
    return issubclass(model, Source)


CITED = 50_000
_cited: dict[int, tuple[BaseModel, tuple[str, ...]]] = {}
"""What was found already: lists, feeds and data ask again and again. The record is kept with it, so that no other takes its number."""

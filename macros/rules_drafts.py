"""A record refused for its form is not checked any further, but for its identifiers: an unknown lever is told with the other faults, not after them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from macros.model.fields import nested_model
from macros.problems import Problem, dotted
from macros.reader import Document, Path, Value
from macros.rules import Known, Tables, Words, unknown

WORD = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(-[a-z0-9]+)*")
"""What is written otherwise is already refused as an identifier."""


def draft_problems(tables: Tables, words: Words, places: Mapping[tuple[str, str], tuple[Document, Path]], models: Mapping[str, type[BaseModel]], known: Known) -> list[Problem]:
    """Identifiers that lead nowhere, in the records that are not in `tables` because their form is refused."""
    problems = []
    for (table, identifier), (document, prefix) in places.items():
        if table not in models or identifier in tables.get(table, {}):
            continue
        content: Value = document.content
        for step in prefix:
            content = content[step]  # type: ignore[index]
        for path, model, name, value in _written(models[table], content):
            for inner, message, remedy in unknown(model, name, value, known, words):
                where = (*prefix, *path, *inner)
                problems.append(Problem(document.file, *document.at(where), dotted(where), message, remedy))
    return problems


def _written(model: type[BaseModel], content: Value, path: Path = ()) -> Iterator[tuple[Path, type[BaseModel], str, Value]]:
    """Each field that holds identifiers, as it was written: path of its record, class, name, what stands there."""
    if not isinstance(content, dict):
        return
    for name, info in model.model_fields.items():
        value = content.get(name, "")
        nested = nested_model(info.annotation)
        items = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        if nested is None:
            words: list[Value] = [item if isinstance(item, str) and WORD.fullmatch(item) else "" for _, item in items]
            yield path, model, name, words if isinstance(value, list) else words[0]
        for rank, item in items if nested else ():
            yield from _written(nested, item, (*path, name) if rank is None else (*path, name, rank))  # type: ignore[arg-type]

"""Reading the one description of the fields: which class and which sentence stand behind a path."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable
from functools import cache

from pydantic import BaseModel
from pydantic.fields import FieldInfo


@cache
def described(model: type[BaseModel], references: str = "#/$defs/{model}") -> dict[str, typing.Any]:
    """Pydantic's JSON Schema of a class, to read and never to change: made once, for it takes longer than a page."""
    return model.model_json_schema(ref_template=references)


def nested_model(annotation: object) -> type[BaseModel] | None:
    """The record class inside `X`, `X | None`, `tuple[X, ...]`, `Annotated[X, …]`, or None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if typing.get_origin(annotation) in (tuple, list, typing.Union, types.UnionType, typing.Annotated):
        for inner in typing.get_args(annotation):
            found = nested_model(inner)
            if found:
                return found
    return None


def is_list(annotation: object) -> bool:
    """Whether the field holds several values."""
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType, typing.Annotated):
        return any(is_list(inner) for inner in typing.get_args(annotation))
    return origin in (tuple, list)


def field_at(model: type[BaseModel], path: Iterable[str | int]) -> tuple[type[BaseModel], FieldInfo | None]:
    """The class that owns the last named step of `path`, and the description of that field."""
    owner, info = model, None
    for step in path:
        if isinstance(step, int):
            continue
        if info is not None:
            owner = nested_model(info.annotation) or owner
        info = owner.model_fields.get(step)
        if info is None:
            break
    return owner, info


def example_of(info: FieldInfo) -> str:
    """The first example of a field as one would write it on a line, or an empty string."""
    if not info.examples:
        return ""
    return _inline(info.examples[0])


def _inline(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_inline(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_inline(item)}" for key, item in value.items()) + "}"
    text = str(value)
    return f'"{text}"' if any(mark in text for mark in ": #'\"[]{},") or text[:1].isdigit() else text

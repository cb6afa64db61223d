"""What is computed once for a catalogue and asked for by many pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from macros.catalogue import Catalogue

Result = TypeVar("Result")


def kept(function: Callable[[Catalogue], Result]) -> Callable[[Catalogue], Result]:
    """The result stays with the catalogue, as that of a cached property does: another catalogue gets its own."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def once(catalogue: Catalogue) -> Result:
        own = catalogue.__dict__
        if name not in own:
            own[name] = function(catalogue)
        result: Result = own[name]
        return result

    return once

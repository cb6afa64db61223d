"""What the file of a case comes from: where nothing of it changed, the file is found again without being worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

from pydantic_core import from_json, to_json

from macros.catalogue import Catalogue
from macros.keeping import Kept, code, digest, templates
from macros.kept import kept
from macros.readings import file_of
from macros.register import register_version

APART = ("cas", "adresses")
"""Tables of which such a file is given nothing but its own record."""
MOST, MOST_EACH = 20_000_000, 40_000
"""Bytes that are kept of what `each_case` gives: at least, and for each case."""


def alone(catalogue: Catalogue, identifier: str) -> Catalogue:
    """All that the file of a case is given: no other case, so that it cannot depend on any."""
    return replace(catalogue, cas={identifier: catalogue.cas[identifier]}, adresses={})


def inside(catalogue: Catalogue, identifier: str) -> Catalogue:
    """All that the page of a département is given: its cases and what it is, nothing of the others."""
    place = catalogue.par_departement[identifier]
    given = replace(catalogue, cas={key: catalogue.cas[key] for key in place.cas})
    vars(given)["par_departement"] = {identifier: place}
    return given


def ground(catalogue: Catalogue) -> bytes:
    """The hash of all that it is given besides its record: every other table, the settings, the register, the code, its templates."""
    shared = {table.name: getattr(catalogue, table.name) for table in fields(catalogue) if table.name not in APART}
    return digest([code(), templates(), register_version().encode(), catalogue.adresse.encode(), catalogue.depot.encode(), to_json(shared)])


def origin(ground: bytes, catalogue: Catalogue, identifier: str, timestamp: int = 0) -> bytes:
    """The hash of all that the file of a case comes from; `timestamp`: the date it bears, if it does."""
    return digest([ground, identifier.encode(), str(timestamp).encode(), _said(catalogue, identifier)])


def origin_of_page(ground: bytes, catalogue: Catalogue, table: str, identifier: str) -> bytes | None:
    """The same for a page; nothing for those that depend on all the cases."""
    if table == "cas":
        return digest([ground, identifier.encode(), _said(catalogue, identifier)])
    if table == "par_departement":
        place = catalogue.par_departement[identifier]
        return digest([ground, repr((identifier, place)).encode(), *(_said(catalogue, key) for key in place.cas)])
    return None


def _said(catalogue: Catalogue, identifier: str) -> bytes:
    case = catalogue.cas[identifier]
    return file_of(case) or case.model_dump_json().encode()


@kept
def _origins(catalogue: Catalogue) -> dict[str, bytes]:
    shared = ground(catalogue)
    return {key: origin(shared, catalogue, key) for key in catalogue.cas}


def each_case(catalogue: Catalogue, name: str, make: Callable[[Catalogue, str], Any], keys: Iterable[str] | None = None) -> Iterator[tuple[str, Any]]:
    """These cases, or all, each with what `make` says of it alone, as JSON holds it; `name`: that of the folder where it is kept."""
    entries, known = Kept(name), _origins(catalogue)
    for key in catalogue.cas if keys is None else keys:
        content = entries.get(known[key])
        if content is None:
            content = to_json(make(alone(catalogue, key), key))
            entries.put(known[key], content)
        yield key, from_json(content)
    entries.close()
    entries.tidy(MOST + MOST_EACH * len(known))

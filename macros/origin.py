"""What the file of a case comes from: where nothing of it changed, the file is found again without being worked out."""

from __future__ import annotations

from dataclasses import fields, replace

from pydantic_core import to_json

from macros.catalogue import Catalogue
from macros.keeping import code, digest, templates
from macros.register import register_version

APART = ("cas", "adresses")
"""Tables of which such a file is given nothing but its own record."""


def alone(catalogue: Catalogue, identifier: str) -> Catalogue:
    """All that the file of a case is given: no other case, so that it cannot depend on any."""
    return replace(catalogue, cas={identifier: catalogue.cas[identifier]}, adresses={})


def ground(catalogue: Catalogue) -> bytes:
    """The hash of all that it is given besides its record: every other table, the settings, the register, the code, its templates."""
    shared = {table.name: getattr(catalogue, table.name) for table in fields(catalogue) if table.name not in APART}
    return digest([code(), templates(), register_version().encode(), catalogue.adresse.encode(), catalogue.depot.encode(), to_json(shared)])


def origin(ground: bytes, catalogue: Catalogue, identifier: str, timestamp: int = 0) -> bytes:
    """The hash of all that the file of a case comes from; `timestamp`: the date it bears, if it does."""
    return digest([ground, identifier.encode(), str(timestamp).encode(), catalogue.cas[identifier].model_dump_json().encode()])

"""One record of a file → an object of the model, or its problems; the same object kept and read back; and all that was read so far."""

from __future__ import annotations

import io
import pickle
import sys
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib import import_module
from pathlib import Path

from pydantic import BaseModel, ValidationError

from macros.folders import Folders, shown
from macros.messages import problems_of
from macros.model.ledger import Registre
from macros.model.path import Etape
from macros.model.references import (
    ChiffreCle,
    Correction,
    Edition,
    Libelle,
    Mode,
    Reglages,
    Repere,
    Reseau,
    Ressource,
    Synonymes,
    Temoignage,
    Terme,
)
from macros.model.references import (
    Document as SourceDocument,
)
from macros.model.values import Entite
from macros.nodes import cited, cites
from macros.problems import Problem
from macros.reader import Document, read_file
from macros.reader import Path as FieldPath
from macros.rules_people import people_problems

TABLES: dict[str, tuple[str, type[Entite]]] = {
    "sources.yml": ("sources", SourceDocument),
    "sources-exterieures.yml": ("sources", SourceDocument),
    "editions.yml": ("editions", Edition),
    "reseaux.yml": ("reseaux", Reseau),
    "modes.yml": ("modes", Mode),
    "chiffres.yml": ("chiffres", ChiffreCle),
    "glossaire.yml": ("termes", Terme),
    "ressources.yml": ("ressources", Ressource),
    "temoignages.yml": ("temoignages", Temoignage),
    "corrections.yml": ("corrections", Correction),
    "reperes.yml": ("reperes", Repere),
    "parcours.yml": ("parcours", Etape),
    "synonymes.yml": ("synonymes", Synonymes),
}
"""File of `references/` → name of the table in the catalogue, class of its records."""


@dataclass
class Data:
    """What was read so far: records by table, where each one stands, and what is wrong."""

    tables: dict[str, dict[str, Entite]] = field(default_factory=lambda: {name: {} for name in (*(table for table, _ in TABLES.values()), "leviers", "cas")})
    words: dict[str, dict[str, Libelle]] = field(default_factory=dict)
    settings: Reglages | None = None
    ledger: Registre | None = None
    places: dict[tuple[str, str], tuple[Document, FieldPath]] = field(default_factory=dict)
    """(table, identifier) → the file and the path of the record in it."""
    problems: list[Problem] = field(default_factory=list)


def document_of(path: Path, data: Data, where: Folders) -> Document:
    """One file, read; its problems are kept, those about people too."""
    document = read_file(path, shown(path, where))
    data.problems += document.problems
    if not document.problems:
        data.problems += people_problems(document)
    return document


def read_record(path: Path, table: str, identifier: str, model: type[BaseModel], data: Data, where: Folders) -> BaseModel | None:
    """The record that a whole file tells; nothing when it is at fault."""
    return record_of(document_of(path, data, where), table, identifier, model, data)


def record_of(document: Document, table: str, identifier: str, model: type[BaseModel], data: Data) -> BaseModel | None:
    """The same, of a file already read."""
    data.places[table, identifier] = (document, ())
    if document.problems:
        return None
    return validated(model, document.content, document, (), data)


def validated(model: type[BaseModel], content: object, document: Document, prefix: FieldPath, data: Data) -> BaseModel | None:
    """The record of that content; nothing when it is at fault, and its problems are kept."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        data.problems += problems_of(error, model, document, prefix)
        return None


class _Reader(pickle.Unpickler):
    """Makes objects of the model only."""

    def find_class(self, module: str, name: str) -> type:
        return _class(module, name)


@cache
def _class(module: str, name: str) -> type:
    if (module, name) == ("decimal", "Decimal"):
        return Decimal
    found = getattr(import_module(module), name, None) if module.startswith("macros.model.") else None
    if isinstance(found, type) and found.__module__ == module:
        return found
    raise pickle.UnpicklingError(f"{module}.{name} n'est pas un objet du modèle")


def written(record: BaseModel) -> bytes:
    """A record, to be kept, with the sources it cites: each copy of this process would look for them again."""
    return pickle.dumps((record, cited(record)), protocol=5)


def read_back(content: bytes) -> BaseModel:
    """The record that was kept, whose sources are known from now on; an error if it is anything else."""
    found = _Reader(io.BytesIO(content)).load()
    record, sources = found if isinstance(found, tuple) and len(found) == 2 else (None, None)
    if not isinstance(record, BaseModel) or not isinstance(sources, tuple) or not all(type(source) is str for source in sources):
        raise pickle.UnpicklingError("ce n'est pas un objet du modèle")
    cites(record, tuple(map(sys.intern, sources)))
    return record

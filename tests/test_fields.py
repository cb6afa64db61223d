"""Every field of every record, of the fiches as of the references: a sentence of help, an example, a limit."""

from __future__ import annotations

from decimal import Decimal
from typing import get_origin

import pytest
from pydantic import BaseModel

from macros.examples import _kinds
from macros.model import fields
from macros.model.case import Cas
from macros.model.ledger import Registre
from macros.model.lever import Levier
from macros.model.references import Libelle, Reglages
from macros.model.values import DateTexte
from macros.records import TABLES
from tests.test_form import _classes

ROOTS: list[type[BaseModel]] = [Cas, Levier, Libelle, Reglages, Registre, *(model for _, model in TABLES.values())]
CLASSES = sorted({kind for root in ROOTS for kind in _classes(root)}, key=lambda kind: kind.__name__)
NO_LIMIT = {"Registre.adresses"}
"""The ledger grows for ever: nothing published is ever taken out of it."""


def _limited(kinds: list[object]) -> bool:
    """A length, a shape, a closed list, or a type that has its own bounds."""
    return any(getattr(kind, "max_length", None) or getattr(kind, "pattern", None) or str(get_origin(kind)) == "typing.Literal" or kind in (bool, Decimal, DateTexte)
               or getattr(kind, "ge", None) is not None for kind in kinds)


@pytest.mark.parametrize("model", CLASSES, ids=lambda kind: kind.__name__)
def test_nothing_is_bare(model: type[BaseModel]) -> None:
    for name, info in model.model_fields.items():
        where = f"{model.__name__}.{name}"
        assert info.description and info.description[0] == info.description[0].strip() and info.description.rstrip()[-1] in ".…)", where
        assert info.examples and info.examples[0] not in ("", [], {}), where
        alone = fields.nested_model(info.annotation) is not None and not fields.is_list(info.annotation)
        assert alone or where in NO_LIMIT or _limited(_kinds(info)), f"{where} n'a pas de limite"


def test_there_are_many() -> None:
    """The walk really reaches the records inside the records."""
    names = {kind.__name__ for kind in CLASSES}
    assert {"Soutien", "Element", "TexteSource", "Temoignage", "Organisme", "Adresse"} <= names and sum(len(kind.model_fields) for kind in CLASSES) > 250

"""The sourced values and the one description of the fields."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from macros.model.case import CHAMPS_DE_LA_CARTE, Cas
from macros.model.facts import Chiffre, Divergence, NombreSource, Phrase, Source
from macros.model.fields import example_of, field_at, is_list, nested_model
from macros.model.lever import Levier
from macros.model.references import Libelle, Reglages
from macros.records import TABLES


def _classes() -> list[type[BaseModel]]:
    """Every class of the model, nested ones included."""
    found: dict[type[BaseModel], None] = {}
    waiting: list[type[BaseModel]] = [Cas, Levier, Reglages, Libelle, *(model for _, model in TABLES.values())]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found[model] = None
            waiting += [nested for info in model.model_fields.values() if (nested := nested_model(info.annotation))]
    return sorted(found, key=lambda model: model.__name__)


FIELDS = [(model, name) for model in _classes() for name in model.model_fields]


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=[f"{model.__name__}.{name}" for model, name in FIELDS])
def test_every_field_is_described_and_its_example_is_valid(model: type[BaseModel], name: str) -> None:
    """The validator, the contributor's page, the blank and the messages share one description: it must be there and true."""
    info = model.model_fields[name]
    assert info.description
    assert info.examples, "un exemple est attendu"
    kind: Any = info.annotation
    for part in info.metadata:
        kind = Annotated[kind, part]
    for example in info.examples:
        TypeAdapter(kind).validate_python(example)


def test_a_fact_without_source_is_refused() -> None:
    """No bare value: number, sentence or figure."""
    for model, values in ((Phrase, {"texte": "x"}), (NombreSource, {"valeur": "1"}), (Chiffre, {"libelle": "x", "valeur": "1"})):
        with pytest.raises(ValidationError, match="source"):
            model.model_validate(values)


def test_the_sources_of_a_fact_are_in_order() -> None:
    """The most recent first, then those that say the same."""
    assert Source(source="a", aussi=("b", "c")).sources == ("a", "b", "c")


def test_a_disagreement_has_at_least_two_values() -> None:
    """One value is no disagreement."""
    with pytest.raises(ValidationError):
        Divergence.model_validate({"sujet": "x", "valeurs": [{"valeur": "a", "source": "s"}]})


def test_the_lines_of_the_card_are_fields_of_a_case() -> None:
    """`sans_objet` can only name lines that exist."""
    assert set(CHAMPS_DE_LA_CARTE) <= set(Cas.model_fields)


def test_a_path_leads_to_its_field() -> None:
    """A fault deep in a list is described by the right field of the right class."""
    owner, info = field_at(Cas, ("leviers", 0, "actions", 2, "verbe"))
    assert owner.__name__ == "Action"
    assert info is not None and "infinitif" in (info.description or "")
    assert field_at(Cas, ("rien",))[1] is None
    assert is_list(Cas.model_fields["leviers"].annotation)
    assert not is_list(Cas.model_fields["titre"].annotation)


def test_an_example_is_shown_as_one_would_write_it() -> None:
    """Quotes where YAML needs them, lists and groups on one line."""
    assert example_of(Cas.model_fields["alias"]) == "[Mêli-Mêlo]"
    assert example_of(Cas.model_fields["redige_le"]) == '"2026-11-21"'
    assert example_of(Cas.model_fields["ouverture"]) == '[{valeur: "2025-02", source: rtes-2026}]'

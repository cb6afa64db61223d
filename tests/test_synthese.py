"""The invented cases: the same for the same seed, accepted by the checks, with every field of the model filled."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from macros.catalogue import Catalogue
from macros.checking import check
from macros.loading import load
from macros.model.case import Cas
from macros.model.fields import nested_model
from macros.nodes import walk
from tests.synthese import invented, write


def test_the_same_seed_gives_the_same_cases_whatever_their_number(catalogue: Catalogue) -> None:
    assert list(invented(5, catalogue, 7)) == list(invented(9, catalogue, 7))[:5]
    assert list(invented(5, catalogue, 7)) != list(invented(5, catalogue, 8))


def test_they_pass_the_checks_and_leave_the_real_places_alone(tmp_path: Path, catalogue: Catalogue) -> None:
    write(60, tmp_path, real=True)
    assert check(tmp_path) == []
    made = load(tmp_path)
    assert len(made.cas) == 60 + len(catalogue.cas)
    real = {place.insee for case in catalogue.cas.values() for place in case.lieux if place.insee}
    assert not real & {place.insee for key, case in made.cas.items() if key not in catalogue.cas for place in case.lieux}


def _fields(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[tuple[str, str]]:
    found = set()
    seen.add(model)
    for name, info in model.model_fields.items():
        found.add((model.__name__, name))
        inner = nested_model(info.annotation)
        if inner and inner not in seen:
            found |= _fields(inner, seen)
    return found


def test_every_field_of_the_model_is_filled_in_one_of_them(catalogue: Catalogue) -> None:
    filled = {(type(node).__name__, name) for _, record in invented(150, catalogue) for _, node in walk(Cas.model_validate(record)) for name in type(node).model_fields if getattr(node, name)}
    assert _fields(Cas, set()) - filled == set()

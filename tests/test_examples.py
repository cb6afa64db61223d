"""Good and bad pairs of each field: the good one is accepted, the bad one is refused with the message shown, or has its reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from macros.catalogue import Catalogue
from macros.examples import AVOID, pair
from macros.model import fields
from macros.model.case import Cas
from tests.test_form import _classes

CLASSES = sorted(_classes(Cas), key=lambda kind: kind.__name__)


def _faults(model: type[BaseModel], name: str, value: Any) -> list[Any]:
    try:
        model.model_validate({name: value})
    except ValidationError as error:
        return [fault for fault in error.errors() if fault["loc"][0] == name and fault["type"] != "missing"]
    return []


@pytest.mark.parametrize("model", CLASSES, ids=lambda kind: kind.__name__)
def test_each_field_has_its_pair(model: type[BaseModel], catalogue: Catalogue) -> None:
    for name, info in model.model_fields.items():
        assert _faults(model, name, info.examples[0] if info.examples else None) == [], name
        bad, why = pair(catalogue, model, name)
        if fields.nested_model(info.annotation):
            assert not bad
            continue
        assert bad and why and bad != str((info.examples or [""])[0]), name
        written = any(f"{kind.__name__}.{name}" in AVOID for kind in model.__mro__)
        refused = bool(_faults(model, name, [bad] if fields.is_list(info.annotation) else bad))
        assert refused != written, f"{model.__name__}.{name} : « {bad} »"
        assert refused == ("écrivez" in why or "vouliez-vous" in why), name
        assert not refused or bad in why or "écrivez" in why


def test_what_is_written_by_hand_names_fields_that_exist() -> None:
    known = {f"{kind.__name__}.{name}" for model in CLASSES for kind in model.__mro__ if issubclass(kind, BaseModel) for name in kind.model_fields}
    assert set(AVOID) <= known


def test_the_page_shows_them_once(site: Path) -> None:
    """Fields of facts are told once; those of an action, two levels down, are told too."""
    page = (site / "contribuer" / "champs" / "index.html").read_text(encoding="utf-8")
    assert page.count("<code>deduit</code>") == 1 and page.count("<dt><code>verbe</code>") == 1
    assert "15 000 euros" in page and "La commune a fortement soutenu le projet." in page and "caractères au plus" in page

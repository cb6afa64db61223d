"""A case and a lever with a payload in every free text field, made from the examples of the model."""

from __future__ import annotations

import itertools
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from macros.model.fields import is_list, nested_model

PLAIN = "Un texte"
KEPT = {("Lieu", "commune"), ("Cas", "sans_objet"), ("Levier", "rang")}
"""Fields of text that the register or a rule decides."""


def filled(model: type[BaseModel], payloads: list[str], turn: itertools.count[int] | None = None) -> dict[str, Any]:
    """Every field of a model: payloads where any text goes, the example of the model elsewhere."""
    turn = turn or itertools.count()
    record: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        if (model.__name__, name) == ("Cas", "sans_objet"):
            continue
        nested = nested_model(info.annotation)
        several = is_list(info.annotation)
        if nested is not None:
            record[name] = [filled(nested, payloads, turn) for _ in range(2 if name == "valeurs" else 1)] if several else filled(nested, payloads, turn)
            continue
        annotation: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
        kind: TypeAdapter[Any] = TypeAdapter(annotation)

        def fits(text: str, kind: TypeAdapter[Any] = kind, several: bool = several) -> bool:
            try:
                kind.validate_python([text] if several else text)
            except ValidationError:
                return False
            return True

        if (model.__name__, name) in KEPT or not fits(PLAIN):
            record[name] = info.examples[0] if info.examples else None
        else:
            text = _packed(payloads, 0 if name == "titre" and model.__name__ in ("Cas", "Levier", "Parution") else next(turn), fits)
            record[name] = [text] if several else text
    return record


def _packed(payloads: list[str], first: int, fits: Any) -> str:
    """As many payloads as the field takes, each field starting with another one."""
    text = ""
    for number in range(len(payloads)):
        payload = payloads[(first + number) % len(payloads)]
        longer = f"{text} {payload}".strip()
        if fits(longer):
            text = longer
    return text or PLAIN

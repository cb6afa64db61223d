"""JSON Schemas of the fiches, made from the model: what an editor, a form or a program needs to check a YAML file.

They describe the YAML as a contributor writes it: text, numbers in digits, codes between quotes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros.catalogue import Catalogue
from macros.exports.envelope import write_json
from macros.model.case import Cas
from macros.model.fields import described, nested_model
from macros.model.lever import Levier
from macros.model.values import NUMBER, DateTexte
from macros.rules import SPECIAL_WORDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "schemas/v1/"
SCHEMAS: dict[str, tuple[type[BaseModel], str]] = {
    "cas": (Cas, "Fiche de cas : un fichier de cases/"),
    "levier": (Levier, "Fiche de levier : un fichier de levers/"),
}
WRITTEN_NUMBER = {"type": ["string", "number"], "pattern": NUMBER.pattern, "minimum": 0}
"""Typed between quotes or not, a number is the same text for the site."""
CLOSED = {"levier": "leviers", "mode": "modes", "reseau": "reseaux"}
"""Field → table whose identifiers are the only values it may take."""


def schema(catalogue: Catalogue, name: str) -> dict[str, Any]:
    """The schema of a case or a lever, with the words of the controlled lists."""
    model, title = SCHEMAS[name]
    made = _as_written(described(model))
    classes = {owner.__name__: owner for owner in _classes(model)}
    for kind, body in {model.__name__: made, **made.get("$defs", {})}.items():
        body.pop("description", None)
        body["title"] = kind
        for field, inner in body["properties"].items():
            target = inner["items"] if inner.get("type") == "array" else inner
            allowed = _allowed(catalogue, kind, field)
            pattern = _pattern(classes[kind].model_fields[field])
            if allowed:
                target.pop("maxLength", None)
                target["enum"] = allowed
            elif pattern and target.get("type") == "string" and "enum" not in target:
                target["pattern"] = pattern
    made.pop("title", None)
    return {"$schema": DIALECT, "$id": f"{catalogue.adresse}{FOLDER}{name}.schema.json", "title": title, **made}


def _classes(model: type[BaseModel]) -> set[type[BaseModel]]:
    """A class of the model and all those of its fields."""
    inner = {found for info in model.model_fields.values() if (found := nested_model(info.annotation))}
    return {model, *(deeper for found in inner for deeper in _classes(found))}


def _pattern(info: FieldInfo) -> str | None:
    """The regular expression a text must match: pydantic leaves it out after a validator of ours."""
    waiting: list[Any] = [*info.metadata, info.annotation]
    while waiting:
        found = waiting.pop(0)
        if isinstance(getattr(found, "pattern", None), str):
            return str(found.pattern)
        waiting += [*getattr(found, "__metadata__", ()), *get_args(found)]
    return None


def _allowed(catalogue: Catalogue, kind: str, field: str) -> list[str]:
    group = SPECIAL_WORDS.get(field, {}).get(kind)
    if group:
        return list(catalogue.vocabulaires[group])
    return list(getattr(catalogue, CLOSED[field])) if field in CLOSED else []


def _as_written(node: Any) -> Any:
    """Pydantic's schema of values → schema of the YAML: no null, no class names, numbers and years with or without quotes."""
    if isinstance(node, list):
        return [_as_written(item) for item in node]
    if not isinstance(node, dict):
        return node
    choices = [choice for choice in node.get("anyOf", ()) if choice.get("type") != "null"]
    if choices:
        rest = {key: value for key, value in node.items() if key != "anyOf"}
        if any(choice.get("type") == "number" for choice in choices):
            return _as_written({**WRITTEN_NUMBER, **rest})
        if len(choices) == 1:
            return _as_written({**choices[0], **rest})
    kept = {key: _as_written(value) for key, value in node.items() if key != "ge" and not (key == "default" and value in (None, []))}
    if isinstance(kept.get("title"), str):
        kept.pop("title")
    if kept.get("pattern") == DateTexte.PATTERN:
        kept["type"] = ["string", "integer"]
    if kept.get("type") == "boolean":
        kept = {**kept, "type": "string", "enum": ["oui", "non"], "default": "oui" if kept.get("default") else "non"}
    return kept


def write_schemas(catalogue: Catalogue, site: Path) -> None:
    """Write `/schemas/v1/`."""
    for name in SCHEMAS:
        write_json(site / FOLDER / f"{name}.schema.json", schema(catalogue, name))

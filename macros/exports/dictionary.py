"""The data described for people: what each field holds, and how much of it is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from macros.catalogue import Catalogue
from macros.exports.openapi import MODELS
from macros.model.case import CHAMPS_DE_LA_CARTE, Cas
from macros.model.fields import described, nested_model
from macros.model.values import DateTexte
from macros.rules import REFERENCES, SPECIAL_WORDS


@dataclass(frozen=True)
class Field:
    """A line of the dictionary."""

    nom: str
    description: str
    forme: str
    """What values look like, in words."""
    obligatoire: bool


@dataclass(frozen=True)
class Group:
    """A table of the dictionary: the fields of a collection, or of a piece that several collections use."""

    nom: str
    titre: str
    champs: list[Field]


def dictionary() -> tuple[list[Group], list[Group]]:
    """The collections, then the pieces they are made of."""
    pieces: dict[str, type[BaseModel]] = {}
    collections = []
    for name, model in MODELS.items():
        collections.append(Group(name, name, _fields(model)))
        _collect(model, pieces)
    return collections, [Group(name.lower(), name, _fields(model)) for name, model in sorted(pieces.items())]


def _collect(model: type[BaseModel], pieces: dict[str, type[BaseModel]]) -> None:
    for info in model.model_fields.values():
        inner = nested_model(info.annotation)
        if inner and inner.__name__ not in pieces:
            pieces[inner.__name__] = inner
            _collect(inner, pieces)


def _fields(model: type[BaseModel]) -> list[Field]:
    shapes = described(model)["properties"]
    return [Field(name, info.description or "", _shape(model, name, shapes[name]), info.is_required()) for name, info in model.model_fields.items()]


def _shape(model: type[BaseModel], name: str, node: dict[str, Any]) -> str:
    choices = [choice for choice in node.get("anyOf", ()) if choice.get("type") != "null"]
    if any(choice.get("type") == "number" for choice in choices):
        return "nombre"
    if len(choices) == 1:
        node = {**node, **choices[0]}
    if node.get("type") == "array":
        return f"liste : {_shape(model, name, node['items'])}"
    if "$ref" in node:
        return f"objet {node['$ref'].split('/')[-1]}"
    group = SPECIAL_WORDS.get(name, {}).get(model.__name__)
    if group:
        return f"mot de la liste « {group} »"
    if name in REFERENCES:
        return f"identifiant d'une autre fiche ({REFERENCES[name]})"
    if "enum" in node:
        return " ou ".join(node["enum"])
    if node.get("pattern") == DateTexte.PATTERN:
        return "date, aussi précise que la source"
    if node.get("type") == "boolean":
        return "vrai ou faux"
    return f"texte, {node['maxLength']} caractères au plus" if "maxLength" in node else "texte"


@dataclass(frozen=True)
class Gap:
    """A field that some cases lack."""

    champ: str
    description: str
    cas: list[str]
    """Identifiers of the cases that lack it."""
    sur: int
    """Cases where it makes sense."""


EXPECTED = (*CHAMPS_DE_LA_CARTE, "nom", "lieux", "contexte", "description", "gouvernance", "equipe", "leviers", "soutiens", "acteurs", "jalons", "resultats", "chiffres", "verifications")
"""Fields one would like to know for every case; the others are only written when there is something to say."""


def gaps(catalogue: Catalogue) -> list[Gap]:
    """Field by field, the cases where the sources say nothing; the worst first."""
    found = []
    for name in EXPECTED:
        concerned = [key for key in catalogue.cas_en_ordre if name not in catalogue.cas[key].sans_objet]
        missing = [key for key in concerned if not getattr(catalogue.cas[key], name)]
        found.append(Gap(name, Cas.model_fields[name].description or "", missing, len(concerned)))
    return sorted(found, key=lambda gap: -len(gap.cas) / max(gap.sur, 1))


def support_gaps(catalogue: Catalogue) -> list[tuple[str, int, int]]:
    """(what is missing, how many supports lack it, how many there are)."""
    supports = [support for case in catalogue.cas.values() for support in case.soutiens]
    lacks = (("montant", "Le montant"), ("annee", "L'année"), ("periodicite", "S'il revient chaque année"))
    return [(said, sum(getattr(support, name) is None for support in supports), len(supports)) for name, said in lacks]

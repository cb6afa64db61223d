"""What pydantic found wrong, told to a contributor: one French sentence and its remedy per kind of fault."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from macros.model.fields import example_of, field_at
from macros.problems import Problem, dotted, nearest
from macros.reader import Document, Path

PATTERNS = {
    "insee": ("n'est pas un code INSEE de commune", "cinq caractères, entre guillemets : \"01004\", \"2A004\", \"59013\""),
    "departement": ("n'est pas un code de département", "deux caractères (trois outre-mer), entre guillemets : \"01\", \"2A\", \"974\""),
    "region": ("n'est pas un code de région", "deux chiffres, entre guillemets : \"32\""),
    "epci": ("n'est pas un numéro SIREN", "neuf chiffres, entre guillemets : \"200093201\""),
    "url": ("n'est pas une adresse web", "une adresse complète qui commence par https://"),
    "archive": ("n'est pas une adresse web", "une adresse complète qui commence par https://"),
    "courriel": ("n'est pas une adresse électronique", "une adresse de service : contact@exemple.fr"),
}


def problems_of(error: ValidationError, model: type[BaseModel], document: Document, prefix: Path = ()) -> list[Problem]:
    """Every fault of a record, placed in its file."""
    return [_problem(dict(fault), model, document, prefix) for fault in error.errors(include_url=False)]


def _problem(fault: dict[str, Any], model: type[BaseModel], document: Document, prefix: Path) -> Problem:
    inner: Path = tuple(fault["loc"])
    path = (*prefix, *inner)
    line, column = document.at(path)
    owner, info = field_at(model, inner)
    message, remedy = _words(fault, inner, owner)
    if not remedy and info is not None:
        example = example_of(info)
        remedy = info.description or ""
        if example:
            remedy = f"{remedy} Exemple : {example}".strip()
    return Problem(document.file, line, column, dotted(path), message, remedy)


def _words(fault: dict[str, Any], path: Path, owner: type[BaseModel]) -> tuple[str, str]:
    """Message and remedy; an empty remedy lets the description of the field speak."""
    kind, value, context = fault["type"], fault.get("input"), fault.get("ctx") or {}
    name = str(path[-1]) if path else ""
    if kind == "refus":
        return context["message"], context["remede"]
    if kind == "missing":
        return f"le champ obligatoire « {name} » manque", ""
    if kind == "extra_forbidden":
        known = list(owner.model_fields)
        return (f"le champ « {name} » n'existe pas ici", nearest(name, known) or f"champs possibles : {', '.join(known)}")
    if kind == "string_too_long":
        return (f"ce texte est trop long ({len(str(value))} caractères, {context['max_length']} au plus)",
                "raccourcissez, ou répartissez en plusieurs phrases")
    if kind in ("tuple_type", "list_type"):
        return "une liste est attendue", f"écrivez une ligne par élément, qui commence par un tiret : « - {_short(value)} »"
    if kind in ("model_type", "dict_type"):
        required = ", ".join(f"{field}: …" for field, info in owner.model_fields.items() if info.is_required())
        return f"« {_short(value)} » seul ne suffit pas : des champs sont attendus", f"écrivez au moins {required}"
    if kind == "string_type":
        return "un texte simple est attendu, pas une liste ni un groupe de champs", ""
    if kind == "too_short":
        return "cette liste est trop courte", f"donnez au moins {context['min_length']} élément{'s' if context['min_length'] > 1 else ''}"
    if kind == "too_long":
        return f"cette liste est trop longue ({context['actual_length']} éléments)", f"gardez-en {context['max_length']} au plus"
    if kind == "literal_error":
        allowed = [word.strip("' ") for word in str(context["expected"]).replace(" or ", ", ").split(",")]
        return f"« {_short(value)} » n'est pas permis ici", nearest(str(value), allowed) or f"écrivez {' ou '.join(allowed)}"
    if kind == "string_pattern_mismatch":
        return _pattern(name, value, path)
    if kind in ("greater_than_equal", "decimal_parsing"):
        return f"« {_short(value)} » n'est pas un nombre acceptable", "écrivez un nombre positif, en chiffres"
    return f"« {_short(value)} » n'est pas acceptable", ""


def _pattern(name: str, value: object, path: Path) -> tuple[str, str]:
    text = _short(value)
    if name in PATTERNS:
        message, remedy = PATTERNS[name]
        if name == "departement" and str(value).isdigit() and len(str(value)) == 1:
            remedy = f"vouliez-vous dire \"0{value}\" ? {remedy}"
        if name == "insee" and str(value).isdigit() and len(str(value)) == 4:
            remedy = f"vouliez-vous dire \"0{value}\" ? {remedy}"
        return f"« {text} » {message}", f"écrivez {remedy}" if not remedy.startswith("vouliez") else remedy
    if name in ("anonyme", "ordonnee"):
        return f"« {text} » n'est pas permis ici", "écrivez oui, ou supprimez la ligne"
    return f"« {text} » n'est pas un identifiant", "écrivez en minuscules, sans accent, avec des tirets : creche-associative"


def _short(value: object) -> str:
    text = value if isinstance(value, str) else "…"
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"

"""What pydantic found wrong, told to a contributor: one French sentence and its remedy per kind of fault."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from macros.model import values
from macros.model.fields import example_of, field_at, nested_model
from macros.problems import Problem, dotted, meant, nearest, slug
from macros.reader import Document, Path


def _pattern_of(kind: Any) -> str:
    return next(str(part.pattern) for part in kind.__metadata__ if getattr(part, "pattern", None))


PATTERNS = {
    _pattern_of(values.CodeInsee): ("n'est pas un code INSEE de commune", "écrivez les cinq caractères, entre guillemets : \"01004\", \"2A004\", \"59013\""),
    _pattern_of(values.CodeDepartement): ("n'est pas un code de département", "écrivez les deux caractères (trois outre-mer), entre guillemets : \"01\", \"2A\", \"974\""),
    _pattern_of(values.CodeRegion): ("n'est pas un code de région", "écrivez les deux chiffres, entre guillemets : \"32\""),
    _pattern_of(values.Siren): ("n'est pas un numéro SIREN", "écrivez les neuf chiffres, entre guillemets : \"200093201\""),
    _pattern_of(values.Adresse): ("n'est pas une adresse web", "écrivez l'adresse complète, qui commence par https://"),
    "^oui$": ("n'est pas permis ici", "écrivez oui, ou supprimez la ligne"),
}
"""Shape a text must have → what is said when it has not, what to write."""
MOST = 200
"""Faults told for one record: nobody reads more, and 90 000 of them take seconds to write."""


def problems_of(error: ValidationError, model: type[BaseModel], document: Document, prefix: Path = ()) -> list[Problem]:
    """Every fault of a record, placed in its file; one slip gives one problem."""
    told = error.errors(include_url=False)
    faults: list[dict[str, Any]] = [dict(fault) for fault in told[:MOST]]
    misspelt = {(*tuple(fault["loc"])[:-1], _near(fault, model)) for fault in faults if fault["type"] == "extra_forbidden"}
    kept = [fault for fault in faults if not (fault["type"] == "missing" and fault["loc"] in misspelt) and not _echo(fault)]
    problems = [_problem(fault, model, document, prefix) for fault in kept]
    if len(told) > MOST:
        problems.append(Problem(document.file, *document.at((*prefix, *told[MOST]["loc"])), "", f"et {len(told) - MOST} autres problèmes à partir d'ici", "corrigez d'abord les premiers"))
    return problems


def _near(fault: dict[str, Any], model: type[BaseModel]) -> str:
    """The field meant by an unknown name, when one looks like it."""
    name = str(fault["loc"][-1])
    known = list(field_at(model, fault["loc"])[0].model_fields)
    first = re.split(r"[\s:]", name)[0]
    return first if first in known else nearest(name, known)


def _echo(fault: dict[str, Any]) -> bool:
    """A list is said too short when one of its elements is wrong, and that one is told already."""
    return fault["type"] == "too_short" and isinstance(fault["input"], list) and len(fault["input"]) >= fault["ctx"]["min_length"]


def _problem(fault: dict[str, Any], model: type[BaseModel], document: Document, prefix: Path) -> Problem:
    inner: Path = tuple(fault["loc"])
    path = (*prefix, *inner)
    line, column = document.at(path)
    owner, info = field_at(model, inner)
    message, remedy = _words(fault, inner, owner, info)
    return Problem(document.file, line, column, dotted(path), message, remedy or _described(info))


def _described(info: FieldInfo | None) -> str:
    """What a field is for, in the words of its description."""
    if info is None:
        return ""
    example = example_of(info)
    return f"{info.description or ''}{f' Exemple : {example}' if example else ''}".strip()


def _words(fault: dict[str, Any], path: Path, owner: type[BaseModel], info: FieldInfo | None) -> tuple[str, str]:
    """Message and remedy; an empty remedy lets the description of the field speak."""
    kind, value, context = fault["type"], fault.get("input"), fault.get("ctx") or {}
    name = str(path[-1]) if path else ""
    empty = isinstance(value, str) and not value.strip()
    if empty and kind != "missing":
        if info is not None and info.is_required() and name in owner.model_fields:
            return "ce champ est vide, et il est obligatoire", _to_write(name, info)
        return "il n'y a rien ici", "écrivez une valeur, ou supprimez la ligne"
    if kind == "refus":
        return context["message"], context["remede"]
    if kind == "missing":
        return f"le champ obligatoire « {name} » manque", _to_write(name, info)
    if kind == "extra_forbidden":
        return f"le champ « {name} » n'existe pas ici", _for_unknown(name, list(owner.model_fields))
    if kind in ("string_too_long", "too_long") and isinstance(value, str):
        remedy = "raccourcissez-le" + (", ou répartissez-le en plusieurs éléments" if context["max_length"] > 500 else "")
        return f"ce texte est trop long ({len(value)} caractères, {context['max_length']} au plus)", remedy
    if kind in ("tuple_type", "list_type"):
        return "une liste est attendue", _as_list(value, nested_model(info.annotation) if info else None)
    if kind in ("model_type", "dict_type"):
        nested = (nested_model(info.annotation) if info else None) or owner
        return (f"« {_short(value)} » seul ne suffit pas : des champs sont attendus", f"écrivez au moins {_required(nested)}")
    if kind in ("string_type", "decimal_type", "bool_type"):
        return "un texte simple est attendu, pas une liste ni un groupe de champs", ""
    if kind == "too_short":
        return "cette liste est vide" if not value else "cette liste est trop courte", f"donnez au moins {context['min_length']} élément{'s' if context['min_length'] > 1 else ''}"
    if kind == "too_long":
        return f"cette liste est trop longue ({context['actual_length']} éléments)", f"gardez-en {context['max_length']} au plus"
    if kind == "literal_error":
        allowed = re.findall(r"'([^']+)'", str(context["expected"]))
        return f"« {_short(value)} » n'est pas permis ici", meant(str(value), allowed) or f"écrivez {' ou '.join(allowed)}"
    if kind == "string_pattern_mismatch":
        return _pattern(name, str(value), str(context["pattern"]))
    return f"« {_short(value)} » n'est pas acceptable", ""


def _to_write(name: str, info: FieldInfo | None) -> str:
    """The line to write, then what it is for."""
    if info is None:
        return f"ajoutez « {name}: … »"
    return f"écrivez par exemple « {name}: {example_of(info) or '…'} ». {info.description or ''}".strip()


def _for_unknown(name: str, known: list[str]) -> str:
    first = re.split(r"[\s:]", name)[0]
    if first in known:
        return f"mettez deux-points et une espace juste après le nom du champ : « {first}: … »"
    return meant(name, known) or f"champs possibles : {', '.join(known)}"


def _required(model: type[BaseModel]) -> str:
    return ", ".join(f"« {field}: … »" for field, info in model.model_fields.items() if info.is_required())


def _as_list(value: Any, model: type[BaseModel] | None) -> str:
    if isinstance(value, dict):
        return f"mettez un tiret et une espace devant le premier champ : « - {next(iter(value), '')}: … »"
    if model is not None:
        return f"commencez chaque élément par un tiret et donnez-lui au moins {_required(model)}"
    if str(value).startswith("-"):
        return f"mettez une espace après le tiret : « - {_short(str(value)[1:].strip())} »"
    return f"écrivez une ligne par élément, qui commence par un tiret : « - {_short(value)} »"


def _pattern(name: str, value: str, pattern: str) -> tuple[str, str]:
    text = _short(value)
    if name == "courriel":
        return f"« {text} » n'est pas une adresse électronique", "écrivez une adresse de service : contact@exemple.fr"
    if pattern not in PATTERNS:
        return f"« {text} » n'est pas un identifiant", f"écrivez « {slug(value) or 'creche-associative'} » : en minuscules, sans accent, avec des tirets"
    message, remedy = PATTERNS[pattern]
    if re.fullmatch(pattern, f"0{value}"):
        remedy = f"écrivez « {name}: \"0{value}\" » : le zéro compte, et les guillemets le gardent"
    return f"« {text} » {message}", remedy


def _short(value: object) -> str:
    text = value if isinstance(value, str) else "…"
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"


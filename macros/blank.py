"""A commented blank case, made from the description of the fields: nothing false in it can be left by mistake.

What is required stands there, empty: the check names exactly what to fill. The rest waits as comments, without a value; the
examples are in comments too.
"""

from __future__ import annotations

import datetime
import re
import textwrap
from pathlib import Path

from pydantic.fields import FieldInfo

from macros.folders import Folders
from macros.model.case import Cas, Lieu
from macros.model.fields import example_of, is_list, nested_model

SCHEMA_LINE = "# yaml-language-server: $schema=../schemas/cas.schema.json"
"""First line of a case: what text editors read to complete and explain it."""
HEAD = f"""\
{SCHEMA_LINE}
# Une nouvelle fiche de cas. Remplissez ce qui est vide ; « make check » dit ce qui manque encore.
# - Chaque fait porte sa « source » : un identifiant de references/sources.yml ou de references/sources-exterieures.yml.
# - Ce que vous ne savez pas, laissez-le en commentaire : la page dira « non précisé par les sources ».
# - Pour vous servir d'un champ en commentaire, retirez son « # » et remplissez-le.
# - Écrivez avec vos mots : les faits viennent des sources, jamais les phrases.
# Les lignes qui commencent par « # » sont de l'aide : elles ne paraissent pas.
"""
QUOTES = '""'


class NewCaseRefused(Exception):
    """The identifier is taken or ill-formed; the message says what to do."""


def new_case(identifier: str, where: Folders) -> Path:
    """Write the blank for `identifier`; refuse to write over anything."""
    path = new_path(identifier, where)
    where.cases.mkdir(parents=True, exist_ok=True)
    path.write_text(blank(datetime.date.today()), encoding="utf-8")
    return path


def new_path(identifier: str, where: Folders) -> Path:
    """Where a new case goes; refused when the name is taken or ill-formed."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identifier) or len(identifier) > 60:
        raise NewCaseRefused(f"« {identifier} » ne peut pas être un identifiant : écrivez en minuscules, sans accent, avec des tirets, par exemple histoire-de-bulles")
    path = where.cases / f"{identifier}.yml"
    if path.exists():
        raise NewCaseRefused(f"« {identifier} » est déjà pris par {path.name} : choisissez un autre identifiant, ou complétez cette fiche")
    return path


def blank(today: datetime.date) -> str:
    """The text of the blank: required fields empty, the others in comments, each under its sentence and its example."""
    parts = [HEAD]
    for name, info in Cas.model_fields.items():
        lines = [f'{name}: "{today.isoformat()}"'] if name == "redige_le" else _empty(name, info)
        if not info.is_required():
            lines = [f"# {line}" for line in lines]
        parts.append("\n".join([*_help(info), *lines]) + "\n")
    return "\n".join(parts)


def _empty(name: str, info: FieldInfo) -> list[str]:
    """A field without a value: one blank entry for a list the model wants filled, its required fields blank too."""
    model = nested_model(info.annotation)
    if model is None:
        return [f"{name}:", '  - ""'] if is_list(info.annotation) and info.is_required() else [f"{name}: []" if is_list(info.annotation) else f'{name}: ""']
    wanted = [field for field, inner in model.model_fields.items() if inner.is_required()]
    wanted.sort(key=lambda field: field == "source")
    if model is Lieu:
        wanted = ["commune", "insee", "departement", *wanted]
    lists = {field for field in wanted if is_list(model.model_fields[field].annotation)}
    lines = [f"    {field}: {'[]' if field in lists else QUOTES}" for field in wanted]
    return [f"{name}:", f"  - {lines[0].strip()}", *lines[1:]]


def _help(info: FieldInfo) -> list[str]:
    """The sentence of a field, its limit and its example, as comments."""
    said = (info.description or "") + (" Obligatoire." if info.is_required() else "")
    example = example_of(info)
    lines = textwrap.wrap(said, 100) + (textwrap.wrap(f"Exemple : {example}", 100, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False) if example else [])
    return [f"# {line}" for line in lines]


def quoted(text: str) -> str:
    """A scalar as one writes it: in straight quotes unless it is one plain word."""
    if re.fullmatch(r"[a-zàâçéèêëîïôûùüœ][a-zàâçéèêëîïôûùüœ0-9-]*", text) and text not in ("oui", "non", "null", "true", "false", "yes", "no", "on", "off"):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

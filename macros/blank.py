"""A commented blank case, made from the description of the fields."""

from __future__ import annotations

import datetime
import re
import textwrap
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros.loading import Folders
from macros.model.case import Cas
from macros.model.fields import is_list, nested_model

HEAD = """\
# Une nouvelle fiche de cas. Remplacez les exemples, supprimez ce qui ne sert pas.
# - Chaque fait porte sa « source » : un identifiant de references/sources.yml.
# - Ce que vous ne savez pas, laissez-le de côté : la page dira « non précisé par les sources ».
# - Écrivez avec vos mots : les faits viennent des sources, jamais les phrases.
# Les lignes qui commencent par « # » sont de l'aide : elles ne paraissent pas.
"""


class NewCaseRefused(Exception):
    """The identifier is taken or ill-formed; the message says what to do."""


def new_case(identifier: str, where: Folders) -> Path:
    """Write the blank for `identifier`; refuse to write over anything."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identifier) or len(identifier) > 60:
        raise NewCaseRefused(f"« {identifier} » ne peut pas être un identifiant : écrivez en minuscules, sans accent, avec des tirets, par exemple histoire-de-bulles")
    path = where.cases / f"{identifier}.yml"
    if path.exists():
        raise NewCaseRefused(f"« {identifier} » est déjà pris par {path.name} : choisissez un autre identifiant, ou complétez cette fiche")
    where.cases.mkdir(parents=True, exist_ok=True)
    path.write_text(blank(datetime.date.today()), encoding="utf-8")
    return path


def blank(today: datetime.date) -> str:
    """The text of the blank: required fields filled with examples, the others in comments."""
    parts = [HEAD]
    for name, info in Cas.model_fields.items():
        example = today.isoformat() if name == "redige_le" else _example(info)
        body = "\n".join(_lines(name, example, info, 0))
        if not info.is_required():
            body = textwrap.indent(body, "# ")
        parts.append("\n".join([*_comment(info.description or "", 0), body]) + "\n")
    return "\n".join(parts)


def _example(info: FieldInfo) -> Any:
    return info.examples[0] if info.examples else ""


def _comment(text: str, indent: int) -> list[str]:
    return [" " * indent + "# " + line for line in textwrap.wrap(text, 100)]


def _lines(name: str, value: Any, info: FieldInfo, indent: int) -> list[str]:
    """One field and its example value, in block style."""
    margin = " " * indent
    model = nested_model(info.annotation)
    if model is not None and is_list(info.annotation):
        return [f"{margin}{name}:", *[line for item in value for line in _record(model, item, indent + 2, dash=True)]]
    if isinstance(value, list):
        return [f"{margin}{name}: [{', '.join(quoted(item) for item in value)}]"] if all(len(item) < 40 for item in value) else [
            f"{margin}{name}:", *[f"{margin}  - {quoted(item)}" for item in value]]
    return [f"{margin}{name}: {quoted(str(value))}"]


def _record(model: type[BaseModel], item: dict[str, Any], indent: int, dash: bool) -> list[str]:
    lines: list[str] = []
    for key, value in item.items():
        lines += _lines(key, value, model.model_fields[key], indent + 2)
    lines[0] = " " * indent + "- " + lines[0].strip()
    return lines


def quoted(text: str) -> str:
    """A scalar as one writes it: in straight quotes unless it is one plain word."""
    if re.fullmatch(r"[a-zàâçéèêëîïôûùüœ][a-zàâçéèêëîïôûùüœ0-9-]*", text) and text not in ("oui", "non", "null", "true", "false", "yes", "no", "on", "off"):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

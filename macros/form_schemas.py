"""The schemas that editors read: those of the site, with help, examples and refusals in French at hand. `make schemas` writes them.

They are committed in `schemas/`, so that completion works as soon as the folder is opened, before anything is built.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from macros.catalogue import Catalogue
from macros.exports.schemas import SCHEMAS, schema
from macros.folders import PROJECT
from macros.form_model import WORDS_OF_CHOICES
from macros.loading import load
from macros.messages import PATTERNS
from macros.model.values import DATES, NUMBER, DateTexte
from macros.rules import SPECIAL_WORDS

FOLDER = PROJECT / "schemas"
REFRESH = "make schemas"


def editor_schema(catalogue: Catalogue, name: str) -> dict[str, Any]:
    """The schema of a case or a lever for an editor. It names no address: the same file wherever the site is published."""
    made = schema(catalogue, name)
    made.pop("$id")
    for kind, body in {"Cas" if name == "cas" else "Levier": made, **made["$defs"]}.items():
        for field, inner in body["properties"].items():
            _explained(catalogue, kind, field, inner)
    return made


def _explained(catalogue: Catalogue, kind: str, field: str, body: dict[str, Any]) -> None:
    """Add what an editor shows: the example under the sentence, what each choice means, what a wrong shape should be."""
    example = (body.get("examples") or [""])[0]
    shown = json.dumps(example, ensure_ascii=False) if not isinstance(example, str) else example
    limit = f"\n\n{body['maxLength']} caractères au plus." if "maxLength" in body else ""
    body["markdownDescription"] = f"{body.get('description', '')}{limit}" + (f"\n\nExemple : `{shown}`" if shown else "")
    target = body["items"] if body.get("type") == "array" else body
    words = catalogue.vocabulaires.get(SPECIAL_WORDS.get(field, {}).get(kind, ""), {})
    if "enum" in target:
        target["markdownEnumDescriptions"] = [words[key].nom if key in words else WORDS_OF_CHOICES.get(key, key) for key in target["enum"]]
        target["errorMessage"] = f"Ce mot n'est pas dans la liste. Choisissez parmi : {', '.join(target['enum'])}."
    elif "pattern" in target:
        target["patternErrorMessage"] = target["errorMessage"] = _shape(target["pattern"])
    elif target.get("type") == "string":
        target["errorMessage"] = "Un texte simple est attendu, pas une liste ni un groupe de champs."
    if body.get("type") == "array":
        body["errorMessage"] = "Une liste est attendue : une ligne par élément, qui commence par un tiret et une espace."


def _shape(pattern: str) -> str:
    """What a text that has not the right shape should be."""
    if pattern in PATTERNS:
        message, remedy = PATTERNS[pattern]
        return f"Ce texte {message} : {remedy}."
    if pattern == DateTexte.PATTERN:
        return f"Ce texte n'est pas une date : écrivez {DATES}."
    if pattern == NUMBER.pattern:
        return "Ce texte n'est pas un nombre : écrivez des chiffres seuls, sans espace ni unité, par exemple 15000 ou 4.7."
    return "Ce texte n'est pas un identifiant : écrivez en minuscules, sans accent, avec des tirets, par exemple creche-associative."


def texts(catalogue: Catalogue) -> dict[Path, str]:
    """File → what it must hold."""
    return {FOLDER / f"{name}.schema.json": json.dumps(editor_schema(catalogue, name), ensure_ascii=False, indent=1) + "\n" for name in SCHEMAS}


def main() -> int:
    """Write the schemas that changed and name them."""
    FOLDER.mkdir(exist_ok=True)
    for path, text in texts(load(PROJECT)).items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"{path.relative_to(PROJECT)} est à jour.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

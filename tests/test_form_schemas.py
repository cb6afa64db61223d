"""What editors read: committed, up to date, and saying the same as the checks."""

from __future__ import annotations

import json

import yaml

from macros.catalogue import Catalogue
from macros.exports.schemas import schema
from macros.folders import PROJECT
from macros.form_schemas import REFRESH, texts


def test_the_committed_schemas_are_up_to_date(catalogue: Catalogue) -> None:
    for path, text in texts(catalogue).items():
        assert path.is_file() and path.read_text(encoding="utf-8") == text, f"{path.name} n'est plus à jour : lancez « {REFRESH} »"


def test_they_only_add_words_to_the_public_ones(catalogue: Catalogue) -> None:
    """An editor refuses neither more nor less than the schema of the site."""
    shown = {"markdownDescription", "markdownEnumDescriptions", "patternErrorMessage", "errorMessage", "$id"}

    def bare(node: object) -> object:
        if isinstance(node, list):
            return [bare(item) for item in node]
        return {key: bare(value) for key, value in node.items() if key not in shown} if isinstance(node, dict) else node

    for path, text in texts(catalogue).items():
        assert bare(json.loads(text)) == bare(schema(catalogue, path.name.split(".")[0]))


def test_help_shows_the_example_and_the_limit(catalogue: Catalogue) -> None:
    made = json.loads(texts(catalogue)[PROJECT / "schemas" / "cas.schema.json"])
    title = made["properties"]["titre"]["markdownDescription"]
    assert "110 caractères au plus" in title and "Exemple : `Anstaing : l'ancienne école" in title
    nature = made["$defs"]["Soutien"]["properties"]["nature"]
    assert dict(zip(nature["enum"], nature["markdownEnumDescriptions"], strict=True))["local"] == "Local mis à disposition"
    assert "écrivez" in made["$defs"]["Lieu"]["properties"]["insee"]["patternErrorMessage"]


def test_the_settings_of_the_editor_name_files_that_exist() -> None:
    settings = json.loads((PROJECT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    for path, pattern in settings["yaml.schemas"].items():
        assert (PROJECT / path).is_file()
        assert list(PROJECT.glob(pattern))


def test_the_forms_of_the_repository_can_be_read() -> None:
    """Each issue form has a name, a sentence, and questions with distinct identifiers."""
    forms = [path for path in sorted((PROJECT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")) if path.name != "config.yml"]
    assert len(forms) == 3
    for path in forms:
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        questions = [item for item in form["body"] if item["type"] != "markdown"]
        assert form["name"] and form["description"]
        assert all(item["attributes"].get("label") for item in questions)
        assert len({item["id"] for item in questions}) == len(questions)
    assert {path.stem for path in (PROJECT / ".github" / "PULL_REQUEST_TEMPLATE").glob("*.md")} == {"cas", "correction", "verification", "code"}

"""In a text editor: completion, help under the pointer and problems, in French, from the first line of each file and the committed settings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from macros.blank import SCHEMA_LINE
from macros.folders import PROJECT
from tests.editeur import Editor
from tests.hostiles import case

FICHES = sorted([*(PROJECT / "cases").glob("*.yml"), *(PROJECT / "levers").glob("*.yml")])


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    with Editor() as started:
        yield started


def test_each_file_names_its_schema_on_its_first_line() -> None:
    """Completion works in any editor that knows this line, without a setting."""
    for path in FICHES:
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        name = "cas" if path.parent.name == "cases" else "levier"
        assert first == SCHEMA_LINE.replace("cas.schema", f"{name}.schema"), path.name
        assert (path.parent / first.split("$schema=")[1]).resolve().is_file()


def test_our_own_fiches_are_not_underlined(editor: Editor) -> None:
    for path in FICHES:
        name = path.relative_to(PROJECT).as_posix()
        assert editor.problems(name, path.read_text(encoding="utf-8")) == [], name


@pytest.mark.parametrize(("planted", "line", "said"), [
    ({"type": "type: cas-de-colectivite"}, 3, "Choisissez parmi : cas-de-collectivite"),
    ({"accueils": "accueils: creche-associative"}, 4, "Une liste est attendue"),
    ({"couleur": "couleur: bleu"}, 12, "couleur"),
    ({"redige_le": 'redige_le: "21/11/2026"'}, 5, "écrivez 2024, 2024-05"),
    ({"lieux": 'lieux:\n  - insee: "1004"\n    source: rtes-2026'}, 13, "cinq caractères"),
    ({"capacite": "capacite:\n  - valeur: dix\n    source: rtes-2026"}, 13, "des chiffres seuls"),
    ({"titre": f'titre: "{"x" * 120}"'}, 2, "110"),
])
def test_a_fault_is_underlined_where_it_is_and_told_in_french(editor: Editor, planted: dict[str, str], line: int, said: str) -> None:
    """The schema line alone is enough: the name of the file tells nothing here."""
    told = editor.problems(f"ailleurs/{abs(hash(str(planted)))}.yml", f"{SCHEMA_LINE.replace('../', f'{PROJECT.as_posix()}/')}\n{case(**planted)}")
    assert [found for found in told if found[0] == line and said in found[1]], told
    assert not [message for _, message in told if any(word in message for word in ("Property", "Value is", "Incorrect", "expected", "Missing", "String"))], told


def test_the_pointer_shows_the_sentence_the_limit_and_the_example(editor: Editor) -> None:
    uri = editor.open("cases/survol.yml", f"{SCHEMA_LINE}\n{case()}")
    shown = editor.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": 1, "character": 2}})["contents"]["value"]
    assert "Ce qui s'est passé" in shown and "110 caractères au plus" in shown and "Exemple" in shown


def test_what_one_types_is_completed(editor: Editor) -> None:
    """Fields with their help, then the words of a closed list with what they mean."""
    text = f"{SCHEMA_LINE}\n{case()}souti\n"
    uri = editor.open("cases/completion.yml", text)
    items = _items(editor, uri, text.count("\n") - 1, 5)
    assert "Chaque soutien public" in str(items["soutiens"]["documentation"])
    text = f"{SCHEMA_LINE}\n{case()}soutiens:\n  - nature: \n"
    uri = editor.open("cases/completion-2.yml", text)
    items = _items(editor, uri, text.count("\n") - 1, 12)
    assert "Local mis à disposition" in str(items["local"]) and "subvention-annuelle" in items


def _items(editor: Editor, uri: str, line: int, character: int) -> dict[str, dict[str, object]]:
    answer = editor.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}})
    return {item["label"]: item for item in (answer["items"] if isinstance(answer, dict) else answer)}

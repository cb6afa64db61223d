"""The blank case: it teaches, nothing false can be left in it, it never writes over anything."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from macros.blank import NewCaseRefused, blank, new_case, quoted
from macros.checking import check
from macros.folders import folders
from macros.model.case import Cas
from macros.reader import read_bytes

REQUIRED = ("titre", "type", "accueils[0]", "en_bref[0].texte", "en_bref[0].source", "leviers[0].levier", "inconnues[0]")


def test_the_checks_list_exactly_what_to_fill(tmp_path: Path) -> None:
    """Each required field is named once, at its own line, and nothing else is said."""
    path = new_case("histoire-de-bulles", folders(tmp_path))
    assert path == tmp_path / "cases" / "histoire-de-bulles.yml"
    problems = check(tmp_path)
    assert [problem.field for problem in problems] == list(REQUIRED)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert all(lines[problem.line - 1].endswith('""') for problem in problems)


def test_once_filled_it_passes(tmp_path: Path) -> None:
    """Filling the empty quotes in order, and saying why the lever, is enough."""
    path = new_case("histoire-de-bulles", folders(tmp_path))
    lines = path.read_text(encoding="utf-8").splitlines()
    answers = iter(('"Un titre"', "portrait", "mam", '"Un texte."', "rtes-2026", 'locaux\n    remarque: "Un local."', '"Le coût."'))
    filled = [line.replace('""', next(answers)) if '""' in line and not line.startswith("#") else line for line in lines]
    path.write_text("\n".join(filled) + "\n", encoding="utf-8")
    assert [str(problem) for problem in check(tmp_path)] == []


def test_no_example_can_be_left_in_by_mistake() -> None:
    """Outside comments there is no value but today's date: nothing about another case can be published."""
    document = read_bytes(blank(datetime.date(2026, 11, 21)).encode(), "x.yml")
    assert document.problems == []
    assert document.content == {"titre": "", "type": "", "accueils": [""], "redige_le": "2026-11-21", "en_bref": [{"texte": "", "source": ""}],
                                "leviers": [{"levier": ""}], "inconnues": [""]}


def test_every_field_is_there_with_its_sentence_and_an_example() -> None:
    """All the fields of a case stand in the blank, required ones empty, the others as comments."""
    text = blank(datetime.date(2026, 11, 21))
    for name, info in Cas.model_fields.items():
        before, found, _ = text.partition(f"\n{name}:" if info.is_required() else f"\n# {name}:")
        assert found, name
        help_lines = before.rsplit("\n\n", 1)[-1].lstrip("\n")
        assert (info.description or "")[:40] in help_lines
        assert "# Exemple : " in help_lines


def test_a_field_taken_out_of_its_comment_can_be_read() -> None:
    """Removing the `# ` before every field still gives a file that can be read, and asks to be filled."""
    text = blank(datetime.date(2026, 11, 21))
    names = tuple(f"# {name}:" for name in Cas.model_fields)
    lines, inside = [], False
    for line in text.splitlines():
        inside = line.startswith(names) or (inside and line.startswith("#   ") and not line.startswith("#   \""))
        lines.append(line[2:] if inside else line)
    document = read_bytes("\n".join(lines).encode(), "x.yml")
    assert document.problems == []
    assert set(document.content) == set(Cas.model_fields)
    assert document.content["lieux"] == [{"commune": "", "insee": "", "departement": "", "source": ""}]


@pytest.mark.parametrize("identifier", ["", "Bulles", "bulles_2", "é", "a--b", "../bulles", "a/b", "x" * 61, "bulles.yml", "-a", "a b"])
def test_an_ill_formed_identifier_is_refused(tmp_path: Path, identifier: str) -> None:
    """Nothing is written for a name that cannot be an address, nor outside the folder."""
    with pytest.raises(NewCaseRefused, match="identifiant"):
        new_case(identifier, folders(tmp_path))
    assert list(tmp_path.rglob("*.yml")) == []


def test_an_existing_case_is_never_written_over(tmp_path: Path) -> None:
    """A taken identifier is refused, and the file stays as it was."""
    path = new_case("bulles", folders(tmp_path))
    path.write_text("mon travail", encoding="utf-8")
    with pytest.raises(NewCaseRefused, match="déjà pris"):
        new_case("bulles", folders(tmp_path))
    assert path.read_text(encoding="utf-8") == "mon travail"


@pytest.mark.parametrize("text", ["mot", "oui", "no", "null", "15000", "2A", "a: b", "# x", 'dit "cela"', "l'école", "c:\\d", "- x", "", " x", "été", "« x »"])
def test_a_value_written_is_the_value_read(text: str) -> None:
    """Whatever the text, the reader gives it back."""
    assert read_bytes(f"a: {quoted(text)}\n".encode(), "x.yml").content == {"a": text}


@pytest.mark.parametrize("word", ["oui", "non", "no", "yes", "on", "off", "null", "true", "false", "15000", "2026-11-21"])
def test_a_word_that_other_tools_would_change_is_quoted(word: str) -> None:
    """Any YAML tool reads the text that was meant."""
    assert quoted(word) == f'"{word}"'

"""Bad examples: a contributor is told everything, in French, with the place and the remedy."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

from macros.__main__ import formatted
from macros.checking import check
from macros.decoding import MAX_BYTES
from macros.problems import Problem
from tests.mauvais import EXPECTED, REFRESH, examples

EXAMPLES = examples()
ENGLISH = re.compile(r"\b(expected|found|mapping|sequence|scalar|token|value|input|field|should|valid|error|None|null|true|false|Traceback|pydantic|yaml|str|dict|tuple|Literal)\b", re.I)
"""Words of the tools underneath: a volunteer must never meet one."""


@lru_cache
def _problems(example: Path) -> list[Problem]:
    return check(example)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_complete_list_of_messages_is_the_expected_one(example: Path) -> None:
    """Each bad example gives exactly its list of messages, no more, no less, in order."""
    expected = (example / EXPECTED).read_text(encoding="utf-8")
    assert formatted(_problems(example), "text") == expected, f"les messages ont changé ; relisez-les, puis lancez : {REFRESH}"


def test_there_are_at_least_forty_examples() -> None:
    """The collection stays broad."""
    assert len(EXAMPLES) >= 40


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_a_message_says_where_what_and_what_to_do(example: Path) -> None:
    """Each problem has its file, line, column, a sentence and a remedy, without a word of the tools underneath."""
    problems = _problems(example)
    assert problems
    assert problems == sorted(problems)
    assert len(problems) == len(set(problems)), "le même problème est dit deux fois"
    for problem in problems:
        shown = str(problem)
        assert re.match(r"(cases|levers|references)/\S[^:]*:\d+:\d+: ", shown), shown
        assert problem.message and problem.remedy, shown
        quoted = re.sub(r"« [^»]* »|\"[^\"]*\"|choisissez parmi.*|champs possibles.*|fichiers attendus.*", "", f"{problem.message} {problem.remedy}")
        assert not ENGLISH.search(quoted), shown


@pytest.mark.parametrize("example", [example for example in EXAMPLES if example.name != "plusieurs-fichiers"], ids=lambda example: example.name)
def test_one_slip_does_not_bury_the_contributor(example: Path) -> None:
    """A single example never gives more than four messages: one slip, one message."""
    assert len(_problems(example)) <= 4


def _good(root: Path, name: str = "bulles.yml") -> Path:
    """A DATA_ROOT of one case without fault."""
    text = (EXAMPLES[0].parent / "levier-inconnu" / "cases" / "bulles.yml").read_text(encoding="utf-8").replace("levier: local\n", "levier: locaux\n")
    path = root / "cases" / name
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_the_model_of_the_examples_is_without_fault(tmp_path: Path) -> None:
    """What the bad examples are made from is good: each of their messages comes from the planted fault."""
    _good(tmp_path)
    assert check(tmp_path) == []


def test_an_over_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A file above the cap gives one message and is not parsed."""
    path = _good(tmp_path)
    path.write_bytes(b"# " + b"x" * MAX_BYTES + b"\n\ttitre: {{{{")
    assert [str(problem) for problem in check(tmp_path)] == [
        "cases/bulles.yml:1:1: fichier trop gros (200 ko)\n    → restez sous 200 ko : une fiche raconte un seul cas"]


def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    """A link does not make the site read a file from elsewhere."""
    path = _good(tmp_path)
    outside = tmp_path / "ailleurs.yml"
    path.rename(outside)
    path.symlink_to(outside)
    assert [str(problem) for problem in check(tmp_path)] == [
        "cases/bulles.yml:1:1: ce n'est pas un fichier ordinaire\n    → remplacez le lien ou le dossier par un vrai fichier"]


def test_a_folder_named_like_a_file_is_refused(tmp_path: Path) -> None:
    """A folder called `x.yml` gives a message, not a crash."""
    _good(tmp_path)
    (tmp_path / "cases" / "dossier.yml").mkdir()
    assert [problem.file for problem in check(tmp_path)] == ["cases/dossier.yml"]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    """A DATA_ROOT without `cases/` is a fault that says how to correct it."""
    assert [str(problem) for problem in check(tmp_path)] == [
        "cases:1:1: ce dossier manque\n    → créez-le, ou corrigez la variable DATA_ROOT"]

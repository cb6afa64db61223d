"""The command line: exit status, shapes of the list, paths, `new`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from macros import __main__ as command
from macros.__main__ import formatted, main
from macros.problems import Problem
from macros.register import RegisterMissing
from tests.conftest import PROJECT
from tests.test_loading import good_case

BAD = PROJECT / "tests" / "mauvais" / "plusieurs-fichiers"


@pytest.fixture
def bad(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three bad cases as DATA_ROOT."""
    monkeypatch.setenv("DATA_ROOT", str(BAD))
    return BAD


def test_good_data_give_zero(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing to say: exit 0, one sentence."""
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "Données vérifiées : aucun problème.\n"


def test_bad_data_give_one_and_the_whole_list(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1, every problem with its place, sorted, then their number."""
    assert main(["check"]) == 1
    assert capsys.readouterr().out == (bad / "attendu.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [[], ["chercher"], ["check", "--format", "xml"], ["check", "--inconnu"], ["new"], ["new", "levier", "x"]])
def test_a_wrong_usage_gives_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever cannot be understood is exit 2, never 1: a script can tell them apart."""
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2


def test_a_path_that_does_not_exist_is_a_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped path is not a clean file."""
    assert main(["check", "cases/nulle-part.yml"]) == 2
    assert "cases/nulle-part.yml" in capsys.readouterr().err


def test_paths_keep_the_problems_of_those_files(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file or a folder; the status follows what is kept."""
    assert main(["check", str(bad / "cases" / "bulles.yml")]) == 1
    assert {line.split(":")[0] for line in capsys.readouterr().out.splitlines() if line.startswith("cases")} == {"cases/bulles.yml"}
    assert main(["check", str(bad / "cases")]) == 1
    capsys.readouterr()
    assert main(["check", str(PROJECT / "levers")]) == 0


def test_json_is_a_list_of_problems(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A program gets the same problems, field by field."""
    assert main(["check", "--format", "json"]) == 1
    read = json.loads(capsys.readouterr().out)
    assert len(read) == 4
    assert read[0] == {"file": "cases/azur.yml", "line": 6, "column": 5, "field": "lieux[0].insee", "message": "« 59 » n'est pas un code INSEE de commune",
                       "remedy": "écrivez les cinq caractères, entre guillemets : \"01004\", \"2A004\", \"59013\"", "level": "erreur"}


def test_json_of_good_data_is_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    """Still JSON when all is well."""
    assert main(["check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_github_annotations_stand_on_their_line(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One annotation a problem, on the file and line of the pull request."""
    assert main(["check", "--format", "github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert lines[2] == ("::error file=cases/bulles.yml,line=18,col=5::leviers[0].levier : « loc » n'est pas un levier connu"
                        "%0A→ choisissez parmi : benevolat, contractualisation, cooperation, creation, locaux, passerelles")


def test_github_annotations_cannot_be_broken_by_a_text() -> None:
    """A line break, a percent, a comma or a colon of the data stays in its annotation."""
    said = formatted([Problem("cases/a,b:c.yml", 1, 2, "x", "50 %\n::error ::y", "z", "alerte")], "github")
    assert said == "::warning file=cases/a%2Cb%3Ac.yml,line=1,col=2::x : 50 %25%0A::error ::y%0A→ z\n"


def test_warnings_alone_do_not_fail(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """An alert is shown and does not stop anything."""
    monkeypatch.setattr(command, "check", lambda: [Problem("cases/a.yml", 1, 1, "", "m", "r", "alerte")])
    assert main(["check"]) == 0
    assert "(alerte)" in capsys.readouterr().out


def test_a_missing_register_is_said_and_is_not_a_fault_of_the_data(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2 with the command to run, no traceback."""
    def missing() -> list[Problem]:
        raise RegisterMissing("lancez « make build »")
    monkeypatch.setattr(command, "check", missing)
    assert main(["check"]) == 2
    assert "make build" in capsys.readouterr().err


def test_new_writes_a_case_to_fill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`new cas bulles` writes in DATA_ROOT, says where; the checks then say what to fill; it refuses to do it twice."""
    monkeypatch.setenv("DATA_ROOT", str(tmp_path))
    assert main(["new", "cas", "bulles"]) == 0
    assert (tmp_path / "cases" / "bulles.yml").is_file()
    assert "make check" in capsys.readouterr().out
    assert main(["check"]) == 1
    assert "cases/bulles.yml" in capsys.readouterr().out
    assert main(["new", "cas", "bulles"]) == 1
    assert main(["new", "cas", "Bulles !"]) == 1
    assert "déjà pris" in capsys.readouterr().err


def test_the_real_command_runs_from_the_root(tmp_path: Path) -> None:
    """`python -m macros check` works as typed, with `DATA_ROOT`, and says nothing on the error output."""
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "bulles.yml").write_text(good_case(), encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "macros", "check"], cwd=PROJECT, env={**os.environ, "DATA_ROOT": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Données vérifiées : aucun problème.\n", "")

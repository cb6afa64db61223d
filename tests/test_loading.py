"""From folders to the catalogue: which files are read, what is kept, what is shared."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from macros import loading
from macros.checking import check
from macros.folders import folders
from macros.loading import load
from macros.problems import DataError
from tests.conftest import PROJECT

CASE = PROJECT / "tests" / "mauvais" / "levier-inconnu" / "cases" / "bulles.yml"


def good_case() -> str:
    """The text of a small case without fault."""
    return CASE.read_text(encoding="utf-8").replace("levier: local\n", "levier: locaux\n")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A DATA_ROOT of one case."""
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "bulles.yml").write_text(good_case(), encoding="utf-8")
    return tmp_path


def test_a_folder_that_is_missing_is_the_projects_own(root: Path) -> None:
    """A DATA_ROOT of cases alone takes the levers and the references of the project."""
    where = folders(root)
    assert (where.cases, where.levers, where.references) == (root / "cases", PROJECT / "levers", PROJECT / "references")
    catalogue = load(root)
    assert set(catalogue.cas) == {"bulles"}
    assert "locaux" in catalogue.leviers


def test_a_folder_that_is_there_replaces_the_projects_own(root: Path) -> None:
    """A DATA_ROOT that brings its levers has only those."""
    (root / "levers").mkdir()
    shutil.copy(PROJECT / "levers" / "locaux.yml", root / "levers")
    assert set(load(root).leviers) == {"locaux"}


def test_the_variable_names_the_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`DATA_ROOT` acts on every reading."""
    monkeypatch.setenv("DATA_ROOT", str(root))
    assert set(load().cas) == {"bulles"}


def test_borrowed_references_do_not_name_absent_cases(root: Path) -> None:
    """The project's testimonies speak of cases that another folder may not have: it is not that folder's fault."""
    catalogue = load(root)
    assert catalogue.temoignages
    assert all(said.cas is None or said.cas in catalogue.cas for said in catalogue.temoignages.values())


def test_ones_own_references_must_name_known_cases(root: Path) -> None:
    """When the references are brought along, a testimony on an absent case is a fault."""
    shutil.copytree(PROJECT / "references", root / "references")
    assert any(problem.message == "« plouguerneau » n'est pas un cas connu" for problem in check(root))


def test_every_problem_comes_at_once(root: Path) -> None:
    """Several faults in several files make one refusal that carries them all."""
    for name in ("a", "b"):
        (root / "cases" / f"{name}.yml").write_text(good_case().replace("montant: 15000", "montant: x").replace("levier: locaux", "levier: y"), encoding="utf-8")
    with pytest.raises(DataError) as refusal:
        load(root)
    assert [(problem.file, problem.field) for problem in refusal.value.problems] == [
        (f"cases/{name}.yml", field) for name in ("a", "b") for field in ("leviers[0].levier", "soutiens[0].montant")]


def test_nothing_is_read_again_while_no_file_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The build and the macros share one reading."""
    first = load(root)
    monkeypatch.setattr(loading, "read", lambda where: pytest.fail("lu deux fois"))
    assert load(root) is first


@pytest.mark.parametrize("change", ["content", "new file", "removed file", "address"])
def test_everything_is_read_again_when_something_changed(root: Path, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    """A changed, added or removed file, or another public address, is seen without restarting."""
    path = root / "cases" / "bulles.yml"
    shutil.copy(path, root / "cases" / "autre.yml")
    first = load(root)
    if change == "content":
        path.write_text(good_case().replace("Bulles", "Boules"), encoding="utf-8")
        os.utime(path, ns=(1, 1))
    elif change == "new file":
        shutil.copy(path, root / "cases" / "troisieme.yml")
    elif change == "removed file":
        path.unlink()
    else:
        monkeypatch.setenv("SITE_URL", "https://autre.example/")
    assert load(root) is not first


def test_hidden_files_are_ignored(root: Path) -> None:
    """What systems and editors leave behind is nobody's fault."""
    (root / "cases" / ".DS_Store").write_bytes(b"\x00\x01")
    (root / "cases" / ".bulles.yml.swp").write_text("x")
    assert check(root) == []


def test_a_borrowed_file_is_shown_by_its_place_in_the_project(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages never show the folders of a machine."""
    monkeypatch.setattr("macros.keeping.FOLDER", root / "cache")  # the same data may have been found clean by another test
    monkeypatch.setattr("macros.folders.FILE_NAME", re.compile(r"bulles\.yml"))
    assert {"levers", "references"} <= {problem.file.split("/")[0] for problem in check(root)} <= {"cases", "levers", "references"}

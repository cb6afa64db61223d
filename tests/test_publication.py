"""Whatever goes wrong, the published site stays as it was."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import PROJECT, build

BREAKS = {
    "source manquante": ("    source: rtes-2026\n", "", r"cases/anstaing\.yml:\d+:\d+: .*le champ obligatoire « source » manque"),
    "levier inconnu": ("levier: creation", "levier: creations", r"cases/anstaing\.yml:\d+:\d+: .*« creations » n'est pas un levier connu"),
    "tabulation": ("\n    source: rtes-2026", "\n\tsource: rtes-2026", r"cases/anstaing\.yml:\d+:1: une tabulation"),
    "autre commune": ('insee: "59013"', 'insee: "59350"', r"cases/anstaing\.yml:\d+:\d+: .*le code 59350 est celui de Lille, pas d'Anstaing"),
}


def _print(folder: Path) -> dict[str, str]:
    """Every file of a folder and its contents, as a fingerprint."""
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A published site, small enough to be compared quickly."""
    folder = tmp_path / "public"
    (folder / "cas" / "anstaing").mkdir(parents=True)
    (folder / "index.html").write_text("accueil")
    (folder / "cas" / "anstaing" / "index.html").write_text("fiche")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the real data, to break."""
    for name in ("cases", "levers", "references"):
        shutil.copytree(PROJECT / name, tmp_path / "donnees" / name)
    return tmp_path / "donnees"


@pytest.mark.parametrize("what", BREAKS)
def test_broken_data_stop_the_build_and_leave_the_site(what: str, published: Path, data: Path) -> None:
    """Exit status, file and line in French, no traceback, and the last good site untouched, byte for byte."""
    before, after, message = BREAKS[what]
    path = data / "cases" / "anstaing.yml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    kept = _print(published)
    done = build(published, DATA_ROOT=str(data))
    assert done.returncode != 0
    assert re.search(message, done.stderr), done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert _print(published) == kept
    assert [path.name for path in published.parent.iterdir() if path.name.startswith("public")] == ["public"]


def test_the_last_good_site_survives_a_broken_file(site: Path, tmp_path: Path, data: Path) -> None:
    """The whole real site, published, then a fault in one YAML: not one byte of it changes."""
    public = Path(shutil.copytree(site, tmp_path / "public"))
    kept = _print(public)
    (data / "levers" / "locaux.yml").write_text('titre: "non refermé\n', encoding="utf-8")
    done = build(public, DATA_ROOT=str(data))
    assert done.returncode != 0
    assert "levers/locaux.yml:1:8: ce guillemet n'est pas refermé" in done.stderr
    assert _print(public) == kept


@pytest.mark.parametrize("quiet", [True, False], ids=["quiet", "not quiet"])
def test_broken_data_are_said_whether_quiet_or_not(quiet: bool, published: Path, data: Path) -> None:
    """`--quiet` hides nothing that a contributor needs."""
    (data / "cases" / "vista.yml").write_bytes("titre: « é »\n".encode("latin-1"))
    kept = _print(published)
    done = build(published, quiet=quiet, DATA_ROOT=str(data))
    assert done.returncode != 0
    assert "cases/vista.yml:1:8: le fichier n'est pas en UTF-8" in done.stderr
    assert "Traceback" not in done.stderr
    assert _print(published) == kept


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the whole project, to break pages, templates and theme."""
    project = tmp_path / "projet"
    project.mkdir()
    folders = {path.name for path in PROJECT.iterdir() if path.is_dir() and path.name[0] != "."} - {"site", "site.en-cours", "site.ancien", "node_modules", "tests"}
    for name in folders:
        shutil.copytree(PROJECT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in PROJECT.iterdir():
        if path.is_file():
            shutil.copy(path, project)
    (project / "node_modules").symlink_to(PROJECT / "node_modules")
    shutil.copytree(PROJECT / ".cache", project / ".cache", ignore=shutil.ignore_patterns("navigateurs"))
    return project


SLIPS = {
    "un lien cassé": ("docs/a-propos/index.md", "\n[nulle part](../nulle-part/index.md)\n", "nulle-part/index.md"),
    "une ancre absente": ("docs/accessibilite/index.md", "\n[nulle part](#absente)\n", "#absente"),
    "une page hors du menu": ("docs/oubliee.md", "# Oubliée\n", "oubliee.md"),
    "une macro inconnue": ("docs/glossaire/index.md", "\n{{ inconnue() }}\n", "'inconnue' is undefined"),
    "un gabarit fautif": ("macros/templates/modes.html.j2", "\n{{ nulle_part }}\n", "'nulle_part' is undefined"),
}


def _add(path: Path, text: str) -> None:
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + text, encoding="utf-8")


def test_warnings_prevent_publication_and_are_all_said(copy: Path, published: Path) -> None:
    """A broken link, a forgotten page, a slip in a template: nothing half right is published, and `--quiet` hides none of it."""
    for name, text, _ in SLIPS.values():
        _add(copy / name, text)
    kept = _print(published)
    done = build(published, project=copy)
    assert done.returncode != 0, "le site a été publié"
    assert [what for what, (_, _, said) in SLIPS.items() if said not in done.stderr] == [], done.stderr
    assert _print(published) == kept
    assert not published.with_name("public.en-cours").exists()


def test_a_page_that_would_hide_a_record_prevents_publication(copy: Path, published: Path) -> None:
    """Two files for one address are named, both."""
    _add(copy / "docs" / "cas" / "anstaing.md", "# Anstaing\n")
    kept = _print(published)
    done = build(published, project=copy)
    assert done.returncode != 0
    assert "cases/anstaing.yml et docs/cas/anstaing.md" in done.stderr
    assert _print(published) == kept


def test_a_good_build_replaces_the_whole_site(copy: Path, published: Path) -> None:
    """What is no longer produced disappears; the copy of the project builds like the project."""
    (published / "vieille-page.html").write_text("x")
    done = build(published, project=copy)
    assert (done.returncode, done.stderr) == (0, "")
    assert not (published / "vieille-page.html").exists()
    assert (published / "cas" / "anstaing" / "index.html").is_file()


def test_a_correction_touches_only_what_it_corrects(tmp_path: Path, data: Path) -> None:
    """The files of the other cases are those already published, with their date, which hosts and copies go by."""
    public, case = tmp_path / "public", data / "cases" / "anstaing.yml"
    assert build(public, DATA_ROOT=str(data)).returncode == 0
    for path in public.rglob("*"):
        os.utime(path, (1, 1))
    case.write_text(case.read_text(encoding="utf-8").replace("Anstaing", "Anstaing-le-Neuf", 1), encoding="utf-8")
    assert build(public, DATA_ROOT=str(data)).returncode == 0
    kept = {path.relative_to(public).as_posix(): path.stat().st_mtime == 1 for path in public.rglob("*") if path.is_file()}
    for pattern in ("cas/{}/index.html", "pdf/cas/{}.pdf", "api/v1/cas/{}.json", "api/v1/cas/{}.yml", "integrer/cas/{}/index.html", "comparer/cas/{}.json", "assets/cartes/cas/{}.png"):
        assert {name: kept[pattern.format(name)] for name in ("nancy", "anstaing")} == {"nancy": True, "anstaing": False}, pattern
        assert all(kept[pattern.format(path.stem)] for path in (data / "cases").glob("*.yml") if path != case), pattern

"""One direction: YAML → reader → catalogue → pages → MkDocs. Nothing goes back up."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT

MACROS = sorted((PROJECT / "macros").rglob("*.py"))
ABOVE = ("macros.reader", "macros.decoding", "macros.syntax", "macros.messages", "macros.records", "macros.cases", "macros.loading", "macros.checking")
"""What turns text into the catalogue."""
READING = {"reader.py", "syntax.py", "messages.py", "records.py", "cases.py", "loading.py", "checking.py", "rules.py", "rules_path.py", "rules_people.py", "rules_drafts.py", "places.py", "advice.py"}
"""Those modules, and the rules they run."""
DOORS = {"macros/__init__.py", "macros/__main__.py", "macros/upkeep.py", "macros/proposal.py", "macros/form_schemas.py", "hooks.py"}
"""Who starts a reading: `define_env`, the commands, the build."""
WHERE = {"macros.reader.Path", "macros.reader", "macros.messages", "macros.messages.PATTERNS", "macros.messages.problems_of",
         "macros.reader.Document", "macros.decoding", "macros.decoding.CHARACTERS", "macros.decoding.MAX_BYTES", "macros.reader.MAX_DEPTH"}
"""Knowing the type of a place in a file, or what is refused and in which words (the web form and the page of fields say the same), is not reading."""


def imports(path: Path) -> set[str]:
    """Every module imported anywhere in a file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} : les imports s'écrivent en entier"
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def _name(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


@pytest.mark.parametrize("path", MACROS, ids=_name)
def test_nothing_in_macros_knows_mkdocs(path: Path) -> None:
    """The day MkDocs goes, only `hooks.py`, `define_env` and the theme are rewritten."""
    assert [name for name in imports(path) if name.split(".")[0] in ("mkdocs", "material", "mkdocs_macros", "hooks")] == []


@pytest.mark.parametrize("path", [path for path in MACROS if path.name != "reader.py"], ids=_name)
def test_only_the_reader_knows_yaml(path: Path) -> None:
    """Everything else gets a catalogue."""
    assert [name for name in imports(path) if name.split(".")[0] in ("yaml", "ruamel", "oyaml")] == []


def test_the_hooks_do_not_read_yaml() -> None:
    """The hooks ask for the catalogue; the reading is not theirs."""
    assert not imports(PROJECT / "hooks.py") & {"yaml", "macros.reader"}


@pytest.mark.parametrize("path", [path for path in MACROS if path.name not in READING and _name(path) not in DOORS], ids=_name)
def test_nothing_below_the_catalogue_reads_again(path: Path) -> None:
    """Pages, outputs and prints receive the catalogue; they may know where files stand, not read them."""
    assert sorted(name for name in imports(path) - WHERE if name.startswith(ABOVE)) == []


def test_few_doors_start_a_reading() -> None:
    """Inside the package, `define_env` and the commands; outside, the hooks. Nobody else."""
    asking = {"macros.loading.load", "macros.loading.read", "macros.checking.check", "macros.cases.read_cases"}
    starting = {_name(path) for path in [*MACROS, PROJECT / "hooks.py"] if path.name not in READING and imports(path) & asking}
    assert starting <= DOORS
    assert starting >= {"macros/__init__.py", "macros/__main__.py", "hooks.py"}


def test_the_package_is_imported_without_mkdocs() -> None:
    """`macros` loads with MkDocs absent."""
    program = "import sys; sys.modules['mkdocs'] = None; import macros, macros.rendering, macros.outputs, macros.pages; from macros.loading import load; load()"
    assert subprocess.run([sys.executable, "-c", program], cwd=PROJECT, check=False).returncode == 0

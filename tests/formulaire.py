"""The script of the form run by Node, so that tests compare what it does with what the command line does."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from macros.catalogue import Catalogue
from macros.form_bundle import bundle
from macros.form_data import FOLDER, write_lists


def node(catalogue: Catalogue, *arguments: object) -> list[Any]:
    """One JSON value per line of what the verdict script prints."""
    program = shutil.which("node", path=str(Path(sys.executable).parent))
    assert program
    command = [program, str(bundle(catalogue, "verdict.js", "node")), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def verdicts(catalogue: Catalogue, folder: Path, files: list[Path]) -> list[list[dict[str, Any]]]:
    """What the form says of each file; `folder` receives the lists it reads."""
    write_lists(catalogue, folder)
    lists = folder / FOLDER
    return node(catalogue, lists / "listes.json", lists / "communes", lists / "intercommunalites.json", *files)


def asked(catalogue: Catalogue, folder: Path, what: str, content: object) -> list[Any]:
    """`what`: --ecrire, --reprendre, --nettoyer; one answer per element of `content`."""
    given = folder / "demande.json"
    given.write_text(json.dumps(content), encoding="utf-8")
    return node(catalogue, what, given)

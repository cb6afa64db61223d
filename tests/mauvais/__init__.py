"""Bad examples: one folder each, laid out like a DATA_ROOT, and `attendu.txt`, the complete list of expected messages.

A folder holds only what it needs: without `levers/` or `references/` the project's own are read.
"""

from __future__ import annotations

from pathlib import Path

from macros.__main__ import formatted
from macros.checking import check

HERE = Path(__file__).resolve().parent
EXPECTED = "attendu.txt"
REFRESH = "python -m tests.mauvais"


def examples() -> list[Path]:
    """The folders of the examples, sorted."""
    return sorted(folder for folder in HERE.iterdir() if folder.is_dir() and not folder.name.startswith("_"))


def said(example: Path) -> str:
    """What `python -m macros check` prints about an example."""
    return formatted(check(example), "text")

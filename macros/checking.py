"""Every problem of the data, for the command line; data that were clean and have not changed are not checked again."""

from __future__ import annotations

from pathlib import Path

from macros.advice import today
from macros.cases import MOST
from macros.folders import folders
from macros.keeping import Kept, code, contents, digest
from macros.loading import read
from macros.problems import Problem
from macros.register import register_version


def check(root: Path | None = None) -> list[Problem]:
    """Every problem of the data, sorted; an empty list when all is well, which is remembered as long as nothing changes."""
    where, kept = folders(root), Kept("verifications")
    whole = contents(where.cases, where.levers, where.references)
    key = digest([code(), whole, register_version().encode(), str(where.references.parent == where.root).encode(), today().isoformat().encode()]) if whole else None
    if key and kept.get(key) is not None:
        return []
    problems = sorted(read(where).problems)
    if key and not problems:
        kept.put(key, b"")
        kept.close()
        kept.tidy(MOST)
    return problems

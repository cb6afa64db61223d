"""Every problem of the data, for the command line; data without errors that have not changed are not read again.

What reads them is imported only then: to answer from what was kept takes less time than to import it.
"""

from __future__ import annotations

import datetime
import json
import os
from dataclasses import asdict
from pathlib import Path

from macros.folders import folders
from macros.keeping import Kept, code, contents, digest
from macros.problems import ERROR, Problem
from macros.register import register_version

MOST = 10_000_000
"""Bytes of former checks that are kept."""


def today() -> datetime.date:
    """The day of the check; `SOURCE_DATE_EPOCH` fixes it, as it fixes the date of a build."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.datetime.fromtimestamp(int(given), datetime.UTC).date() if given else datetime.date.today()


def check(root: Path | None = None) -> list[Problem]:
    """Every problem of the data, sorted; when none stops the build, they are remembered as long as nothing changes."""
    where, kept = folders(root), Kept("verifications")
    whole = contents(where.cases, where.levers, where.references)
    key = digest([code(), whole, register_version().encode(), str(where.references.parent == where.root).encode(), today().isoformat().encode()]) if whole else None
    if key and (content := kept.get(key)) is not None:
        return [Problem(**problem) for problem in json.loads(content)]
    from macros.loading import read

    problems = sorted(read(where).problems)
    if key and not any(problem.level == ERROR for problem in problems):
        kept.put(key, json.dumps([asdict(problem) for problem in problems]).encode())
        kept.close()
        kept.tidy(MOST)
    return problems

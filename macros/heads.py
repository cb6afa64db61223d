"""The pages of a site that is written, and the head of each, which may be a hundred times shorter than the page."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

END = b"</head>"
APART = ("integrer", "api", "assets")
"""Folders whose pages are not read for themselves."""


def addresses_in(site: Path, apart: Collection[str] = ()) -> list[str]:
    """The address of every page, in the order of the files; `apart`: folders that are left aside, at the root."""
    found = []
    for folder, inner, names in os.walk(site):
        if folder == str(site):
            inner[:] = set(inner).difference(apart)
        if "index.html" in names:
            found.append("".join(f"{part}/" for part in Path(folder).relative_to(site).parts))
    return sorted(found, key=lambda address: f"{address}index.html".split("/"))


def head_of(page: str) -> bytes:
    """What comes before `</head>`."""
    beginning = b""
    with open(page, "rb", buffering=0) as file:
        while END not in beginning and (more := file.read(16_384)):
            beginning += more
    return beginning.partition(END)[0]

"""The fingerprint of every file of the site, in one list that anybody can check: `sha256sum --check manifeste.sha256`."""

from __future__ import annotations

import hashlib
from pathlib import Path

NAME = "manifeste.sha256"


def manifest(site: Path) -> str:
    """One line a file, sorted by address."""
    files = sorted((path.relative_to(site).as_posix(), path) for path in site.rglob("*") if path.is_file() and path.name != NAME)
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {address}\n" for address, path in files)


def write_manifest(site: Path) -> None:
    """Write it at the root of the site, once everything else is there."""
    (site / NAME).write_text(manifest(site), encoding="utf-8")

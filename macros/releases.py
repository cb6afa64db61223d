"""Releases: the last one kept as names and fingerprints, the journal of all of them in words.

Both stand in `versions/`, beside `cases/`, written by `python -m macros version` when a version is published.
"""

from __future__ import annotations

import copy
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from macros.addresses import destinations, record_of, told
from macros.catalogue import Catalogue
from macros.differences import Snapshot, compared, snapshot
from macros.exports.envelope import day, write_json
from macros.folders import folders
from macros.kept import kept

FIRST = "Première publication"


def _folder(root: Path | None) -> Path:
    return (root or folders().root) / "versions"


def _read(path: Path, otherwise: Any) -> Any:
    return _parsed(path, path.stat().st_mtime_ns) if path.is_file() else otherwise


@lru_cache(maxsize=4)
def _parsed(path: Path, modified: int) -> Any:
    """A file is read again only when it changed: each fiche asks for its history."""
    return json.loads(path.read_text(encoding="utf-8"))


def journal(root: Path | None = None) -> list[dict[str, Any]]:
    """Every release, the newest first: `date`, `titre`, `changements`."""
    found: list[dict[str, Any]] = _read(_folder(root) / "journal.json", [])
    return found


def last(root: Path | None = None) -> Snapshot | None:
    """The data as of the last release, or None before the first."""
    found: Snapshot | None = _read(_folder(root) / "derniere.json", None)
    return found


def moves(catalogue: Catalogue) -> dict[tuple[str, str], tuple[str, str]]:
    """Former record → the one that took its place alone."""
    found = {}
    for address, entry in catalogue.adresses.items():
        if not entry.deplace_vers:
            continue
        old = record_of(address)
        heirs = [record for target in destinations(catalogue.adresses, address) if (record := record_of(target))]
        if old and len(heirs) == 1:
            found[old.table, old.key] = (heirs[0].table, heirs[0].key)
    return found


def ends(catalogue: Catalogue) -> dict[tuple[str, str], str]:
    """Former record → what became of it, in words."""
    found = {}
    for address, entry in catalogue.adresses.items():
        record = record_of(address)
        if entry.finie and record:
            said = told(entry)[1].rstrip(".")
            found[record.table, record.key] = said[:1].lower() + said[1:]
    return found


def pending(catalogue: Catalogue, root: Path | None = None) -> list[dict[str, Any]]:
    """What changed since the last release; nothing before the first one."""
    before = last(root)
    return compared(before, snapshot(catalogue), moves(catalogue), ends(catalogue)) if before else []


Past = dict[tuple[str, str], list[tuple[str, list[str]]]]
"""(table, identifier) → date and sentences of each release that touched a record, the newest first."""


def _past(catalogue: Catalogue, root: Path | None) -> Past:
    found: Past = {}
    heirs = moves(catalogue)
    for release in journal(root):
        for change in release["changements"]:
            own = change["table"], change["identifiant"]
            for record in {own, heirs.get(own, own)}:
                found.setdefault(record, []).append((release["date"], change["phrases"]))
    return found


@kept
def _own_past(catalogue: Catalogue) -> Past:
    return _past(catalogue, None)


def history(catalogue: Catalogue, table: str, key: str, root: Path | None = None) -> list[tuple[str, list[str]]]:
    """(date, sentences) of each release that touched a record, under any identifier it had; the newest first."""
    past = _past(catalogue, root) if root else _own_past(catalogue)
    return past.get((table, key), [])


def release(catalogue: Catalogue, root: Path | None = None) -> int:
    """Record a version: add what changed to the journal, keep the present as the last version. Returns how many records changed."""
    now, known = snapshot(catalogue), copy.deepcopy(journal(root))
    changes = compared(last(root) or {}, now, moves(catalogue), ends(catalogue))
    date = day(catalogue)
    if changes and known and known[0]["date"] == date:
        _join(known[0]["changements"], changes)
    elif changes:
        known.insert(0, {"date": date, "titre": f"Version du {date}" if known else FIRST, "changements": changes})
    write_json(_folder(root) / "journal.json", known)
    write_json(_folder(root) / "derniere.json", now)
    return len(changes)


def _join(kept: list[dict[str, Any]], more: list[dict[str, Any]]) -> None:
    """A second release on one day adds to the first; a fiche published that day has no earlier state to tell about."""
    for change in more:
        same = next((former for former in kept if (former["table"], former["identifiant"]) == (change["table"], change["identifiant"])), None)
        if same is None:
            kept.append(change)
        elif "fiche publiée" not in same["phrases"]:
            same["phrases"] = list(dict.fromkeys([*same["phrases"], *change["phrases"]]))

"""Hostile files: what somebody could send, what must be said of it, and what it must never do.

- `refus.py`: files that are refused, each with the place of its fault.
- `permis.py`: files that look strange and are accepted; payloads that are accepted and must stay text.
- `juge.py`: reads, checks and renders one file without writing anything.
- `verdicts.txt`: what is said of every refused file, to be read by people. `python -m tests.hostiles` writes it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
VERDICTS = HERE / "verdicts.txt"
REFRESH = "python -m tests.hostiles"

CASE = """\
titre: "Un cas d'essai"
type: cas-de-collectivite
accueils: [creche-associative]
redige_le: "2026-11-21"
en_bref:
  - texte: "Une phrase."
    source: rtes-2026
leviers: []
inconnues:
  - "Le reste."
"""
"""The smallest case that is accepted."""

MARK = "▲"
"""Stands, in an example, where the fault begins: it gives the expected line and is taken out."""


@dataclass(frozen=True)
class Hostile:
    """One file, and the line where its fault is expected (0: accepted)."""

    name: str
    raw: bytes
    line: int
    said: str
    """Words that the message must contain."""
    table: str = "cas"


def hostile(name: str, text: str | bytes, said: str, line: int = 0, table: str = "cas") -> Hostile:
    """A file from its text; its line is that of the mark, unless it is given."""
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    mark = MARK.encode()
    if mark in raw:
        line = raw[: raw.index(mark)].count(b"\n") + 1
        raw = raw.replace(mark, b"")
    return Hostile(name, raw, line, said, table)


def case(**lines: str) -> str:
    """The smallest case with some of its lines replaced or added, by name of field."""
    text = CASE
    for field, line in lines.items():
        old = next((kept for kept in CASE.splitlines(keepends=True) if kept.startswith(f"{field}:")), None)
        text = text.replace(old, f"{line}\n") if old else f"{text}{line}\n"
    return text

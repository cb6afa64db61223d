"""The cases, which are many: shared between the processors, and found again when nothing they depend on has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from pydantic import BaseModel

from macros.advice import advice_on, known_acronyms
from macros.checking import today
from macros.folders import Folders, shown
from macros.keeping import Kept, code, contents, digest
from macros.model.case import Cas
from macros.model.references import Libelle
from macros.problems import Problem
from macros.reader import Document
from macros.records import Data, read_back, read_record, written
from macros.register import register, register_version
from macros.rules import Known, known_of, problems_in, undrawn
from macros.rules_drafts import draft_problems
from macros.sharing import Shared

MOST = 300_000_000
"""Bytes of cases already read that are kept."""
_last: dict[bytes, BaseModel] = {}
"""The cases without problem of the last reading, by key: on a live site nearly all of them are those of the next one."""


def read_cases(paths: list[Path], data: Data, where: Folders) -> None:
    """The cases, wholly checked: those that were, with the same references, by the same program, are found again."""
    data.places |= {("cas", path.stem): (Document(shown(path, where)), ()) for path in paths}
    kept, around = Kept("lectures"), contents(where.levers, where.references)
    program = [code(), register_version().encode(), today().isoformat().encode()]

    def key_of(path: Path) -> bytes | None:
        return digest([*program, around, path.stem.encode(), path.read_bytes()]) if around and path.is_file() and not path.is_symlink() else None

    keys = {path: key_of(path) for path in paths}
    records: dict[str, BaseModel] = {}
    for path, key in keys.items():
        with suppress(Exception):  # whatever is wrong with an entry, the case is read again
            if key and (record := _last.get(key)):
                records[path.stem] = record
            elif key and (content := kept.get(key)):
                records[path.stem] = read_back(content)
    known = known_of(data.places)
    missing = [path for path in paths if path.stem not in records]
    if missing:  # what each copy of this process would otherwise read for itself
        register()
        undrawn()
    for part in Shared(partial(_checked, known, data.words, known_acronyms(data.tables), where), missing).results():
        for path, content, problems in part:
            data.problems += problems
            if content:
                records[path.stem] = read_back(content)
            if problems or key_of(path) != keys[path]:  # saved in between, it was not read as its key says
                keys[path] = None
            elif content and (key := keys[path]):
                kept.put(key, content)
    kept.close()
    if missing:
        kept.tidy(MOST)
    _last.clear()
    _last.update({key: records[path.stem] for path, key in keys.items() if key and path.stem in records})
    data.tables["cas"] = {path.stem: records[path.stem] for path in paths if path.stem in records}  # type: ignore[misc]


def _checked(known: Known, words: Mapping[str, Mapping[str, Libelle]], acronyms: set[str], where: Folders, paths: Iterable[Path]) -> list[tuple[Path, bytes | None, list[Problem]]]:
    """Each case read from its file, checked by itself and against the identifiers of the others."""
    found = []
    for path in paths:
        alone = Data()
        record = read_record(path, "cas", path.stem, Cas, alone, where)
        if record is not None:
            alone.problems += problems_in(record, known, words, *alone.places["cas", path.stem])
            alone.problems += advice_on({"cas": {path.stem: record}}, alone.places, acronyms)
        else:
            alone.problems += draft_problems({}, words, alone.places, {"cas": Cas}, known)
        found.append((path, written(record) if record is not None else None, alone.problems))
    return found

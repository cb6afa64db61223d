"""The cases, which are many: shared between the processors, and found again when nothing they depend on has changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from stat import S_ISREG

from pydantic import BaseModel

from macros.advice import advice_on, known_acronyms
from macros.checking import today
from macros.folders import Folders, shown
from macros.keeping import Kept, code, contents, digest
from macros.model.case import Cas
from macros.model.references import Libelle
from macros.problems import Problem
from macros.reader import Document
from macros.readings import remember
from macros.records import Data, document_of, read_back, record_of, written
from macros.register import register, register_version
from macros.rules import Known, known_of, problems_in, undrawn
from macros.rules_drafts import draft_problems
from macros.sharing import Shared

MOST = 300_000_000
"""Bytes of cases already read that are kept."""
AT_A_TIME = 8
"""How many cases are read and come back together: what a pipe holds, so that none waits for the one who reads it."""
Checked = tuple[Path, bytes, bytes | None, list[Problem]]
"""File of a case, the hash of what was read there, what is kept of its record, what is wrong with it."""
_last: dict[bytes, BaseModel] = {}
"""The cases without problem of the last reading, by key: on a live site nearly all of them are those of the next one."""


def read_cases(paths: list[Path], data: Data, where: Folders) -> None:
    """The cases, wholly checked: those that were, with the same references, by the same program, are found again."""
    data.places |= {("cas", path.stem): (Document(shown(path, where)), ()) for path in paths}
    kept, around = Kept("lectures"), contents(where.levers, where.references)
    program = [code(), register_version().encode(), today().isoformat().encode()]

    hashes = {path: _hash_of(path) for path in paths}
    keys = {path: digest([*program, around, path.stem.encode(), content]) if around and content else None for path, content in hashes.items()}
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
    for part in Shared(partial(_checked, known, data.words, known_acronyms(data.tables), where), missing).flow():
        for path, read, content, problems in part:
            data.problems += problems
            if content:
                records[path.stem] = read_back(content)
            if read != hashes[path]:  # saved in between, it was not read as its key says
                hashes[path] = keys[path] = None
            elif problems:
                keys[path] = None
            elif content and (key := keys[path]):
                kept.put(key, content)
    kept.close()
    if missing:
        kept.tidy(MOST)
    _last.clear()
    _last.update({key: records[path.stem] for path, key in keys.items() if key and path.stem in records})
    remember((records[path.stem], content) for path, content in hashes.items() if content and path.stem in records)
    data.tables["cas"] = {path.stem: records[path.stem] for path in paths if path.stem in records}  # type: ignore[misc]


def _hash_of(path: Path) -> bytes | None:
    """The hash of a plain file; nothing for anything else, which the reader tells."""
    with suppress(OSError):
        if S_ISREG(os.lstat(path).st_mode):
            with open(path, "rb", buffering=0) as file:
                return digest([file.read()])
    return None


def _checked(known: Known, words: Mapping[str, Mapping[str, Libelle]], acronyms: set[str], where: Folders, paths: Iterable[Path]) -> Iterator[list[Checked]]:
    """Each case read from its file, checked by itself and against the identifiers of the others; some at a time, which are taken back while the next ones are read.

    Each step is made for all of these, then the next one: a processor goes faster at what it has just done.
    """
    left = iter(paths)
    while some := [(path, Data()) for path in islice(left, AT_A_TIME)]:
        documents = [document_of(path, alone, where) for path, alone in some]
        records = [record_of(document, "cas", path.stem, Cas, alone) for (path, alone), document in zip(some, documents, strict=True)]
        for (_, alone), document, record in zip(some, documents, records, strict=True):
            alone.problems += problems_in(record, known, words, document, ()) if record else draft_problems({}, words, alone.places, {"cas": Cas}, known)
        for (path, alone), record in zip(some, records, strict=True):
            alone.problems += advice_on({"cas": {path.stem: record}}, alone.places, acronyms) if record else []
        yield [(path, digest([document.raw]), written(record) if record else None, alone.problems)
               for (path, alone), document, record in zip(some, documents, records, strict=True)]

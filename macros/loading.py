"""Folders of YAML → the Catalogue, or every problem at once."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path

from macros.addresses import faults, merged
from macros.addresses import known_of as known_addresses
from macros.advice import advice_on, known_acronyms
from macros.cases import read_cases
from macros.catalogue import Catalogue
from macros.folders import Folders, files, fingerprint, folders, shown
from macros.model.case import Cas
from macros.model.ledger import Registre
from macros.model.lever import Levier
from macros.model.path import Etape
from macros.model.references import Libelle, Reglages
from macros.model.values import Entite
from macros.path import pruned
from macros.problems import DataError, Problem, dotted, meant, slug
from macros.records import TABLES, Data, document_of, read_record, validated
from macros.rules import known_of, problems_across
from macros.rules_drafts import draft_problems
from macros.rules_path import path_problems


def load(root: Path | None = None) -> Catalogue:
    """The whole catalogue; raises DataError with every problem of every file.

    The last one is kept as long as no file changed: the build and the macros share one reading.
    """
    where = folders(root)
    return _load(where, fingerprint(where))


@lru_cache(maxsize=1)
def _load(where: Folders, fingerprint: tuple[object, ...]) -> Catalogue:
    data = read(where)
    if any(problem.level == "erreur" for problem in data.problems):
        raise DataError(data.problems)
    return catalogue_of(data)


@contextmanager
def _all_kept() -> Iterator[None]:
    """What is read is kept: looking for what could be thrown away, now or later, would take a tenth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        _frozen()
        if collecting:
            gc.enable()


@cache
def _frozen() -> None:
    """Once only: on a live site, where readings follow one another, each would keep for ever what the one before left."""
    gc.freeze()


@_all_kept()
def read(where: Folders) -> Data:
    """Read and check everything, file by file then across files."""
    data = Data()
    for path in files(where.references, data.problems, where):
        if path.name in TABLES:
            table, model = TABLES[path.name]
            _read_table(path, table, model, data, where)
        elif path.name == "vocabulaires.yml":
            _read_words(path, data, where)
        elif path.name == "site.yml":
            data.settings = read_record(path, "reglages", "site", Reglages, data, where)  # type: ignore[assignment]
        elif path.name == "adresses.yml":
            if where.references.parent == where.root:  # the ledger of the project says nothing of cases that come from elsewhere
                data.ledger = read_record(path, "adresses", "registre", Registre, data, where)  # type: ignore[assignment]
        else:
            known = [*TABLES, "vocabulaires.yml", "site.yml", "adresses.yml"]
            data.problems.append(Problem(shown(path, where), 1, 1, "", "ce fichier n'est pas connu", meant(path.name, known) or "retirez-le : dans ce dossier, chaque fichier a son rôle"))
    for needed in ("site.yml", "vocabulaires.yml"):
        if where.references.is_dir() and not (where.references / needed).exists():
            data.problems.append(Problem(shown(where.references / needed, where), 1, 1, "", "ce fichier manque", "recopiez celui du projet"))
    for path in files(where.levers, data.problems, where):
        record = read_record(path, "leviers", path.stem, Levier, data, where)
        if record is not None:
            data.tables["leviers"][path.stem] = record  # type: ignore[assignment]
    read_cases(files(where.cases, data.problems, where), data, where)
    if where.references.parent != where.root:
        _forget_absent(data)
    else:
        data.problems += path_problems(data.tables, data.places)
    data.problems += problems_across({table: records for table, records in data.tables.items() if table != "cas"}, data.words, data.places)
    data.problems += advice_on({"leviers": data.tables["leviers"]}, data.places, known_acronyms(data.tables))
    own = dict(TABLES.values()) if where.references.parent == where.root else {}  # borrowed references are whole, some of their records left out
    data.problems += draft_problems(data.tables, data.words, data.places, {**own, "leviers": Levier}, known_of(data.places))
    if data.ledger:
        document, _ = data.places["adresses", "registre"]
        data.problems += [Problem(document.file, *document.at(fault), dotted(fault), message, remedy)
                          for fault, message, remedy in faults(data.ledger, known_addresses(data.tables, data.places))]
    return data


def _forget_absent(data: Data) -> None:
    """The project's own references, read beside other cases or levers, may name some that are not there: not a fault."""
    known = {(table, identifier) for table, identifier in data.places if table in ("cas", "leviers")}
    data.tables["parcours"] = pruned(data.tables["parcours"], data.tables["leviers"], data.tables["cas"])  # type: ignore[arg-type, assignment]
    for records in data.tables.values():
        for identifier, record in records.items():
            if isinstance(record, Etape):
                continue
            kept: dict[str, object] = {}
            if getattr(record, "cas", None) and ("cas", record.cas) not in known:  # type: ignore[attr-defined]
                kept["cas"] = None
            levers = getattr(record, "leviers", ())
            if not isinstance(record, Cas) and any(("leviers", lever) not in known for lever in levers):
                kept["leviers"] = tuple(lever for lever in levers if ("leviers", lever) in known)
            if kept:
                records[identifier] = record.model_copy(update=kept)


def catalogue_of(data: Data) -> Catalogue:
    """Checked data → the immutable catalogue."""
    if data.settings is None:
        raise DataError([Problem("references/site.yml", 1, 1, "", "ce fichier manque", "recopiez celui du projet")])
    ledger = merged(data.ledger) if data.ledger else {}
    return Catalogue(**data.tables, vocabulaires=data.words, reglages=data.settings, adresses=ledger)  # type: ignore[arg-type]


def _read_table(path: Path, table: str, model: type[Entite], data: Data, where: Folders) -> None:
    document = document_of(path, data, where)
    for identifier, content in document.content.items():
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identifier):
            remedy = f"écrivez « {slug(identifier) or 'creche-associative'} » : en minuscules, sans accent, avec des tirets"
            data.problems.append(Problem(document.file, *document.at((identifier,)), identifier, f"« {identifier} » n'est pas un identifiant", remedy))
            continue
        if identifier in data.tables[table]:
            other = data.places[table, identifier][0].file
            message = f"l'identifiant « {identifier} » est déjà pris dans {other}"
            data.problems.append(Problem(document.file, *document.at((identifier,)), identifier, message, "choisissez-en un autre"))
            continue
        record = validated(model, content, document, (identifier,), data)
        data.places[table, identifier] = (document, (identifier,))
        if record is not None:
            data.tables[table][identifier] = record  # type: ignore[assignment]


def _read_words(path: Path, data: Data, where: Folders) -> None:
    document = document_of(path, data, where)
    for group, entries in document.content.items():
        data.words[group] = {}
        if not isinstance(entries, dict):
            remedy = "écrivez un mot par ligne, décalé de deux espaces : « association: {nom: Association} »"
            data.problems.append(Problem(document.file, *document.at((group,)), group, "une liste de mots est attendue", remedy))
            continue
        for identifier, content in entries.items():
            record = validated(Libelle, content, document, (group, identifier), data)
            if record is not None:
                data.words[group][identifier] = record  # type: ignore[assignment]

"""Folders of YAML → the Catalogue, or every problem at once.

`DATA_ROOT` names the folder that holds `cases/`, `levers/` and `references/`; a folder without `levers/` or
`references/` takes the project's own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from pydantic import BaseModel, ValidationError

from macros.addresses import faults, merged
from macros.addresses import known_of as known_addresses
from macros.advice import advice_on, known_acronyms, today
from macros.catalogue import Catalogue
from macros.keeping import Kept, code, contents, digest, read_back, written
from macros.messages import problems_of
from macros.model.case import Cas
from macros.model.ledger import Registre
from macros.model.lever import Levier
from macros.model.path import Etape
from macros.model.references import (
    ChiffreCle,
    Correction,
    Edition,
    Libelle,
    Mode,
    Reglages,
    Repere,
    Reseau,
    Ressource,
    Synonymes,
    Temoignage,
    Terme,
)
from macros.model.references import (
    Document as SourceDocument,
)
from macros.model.values import Entite
from macros.path import pruned
from macros.problems import DataError, Problem, dotted, meant, slug
from macros.reader import Document, read_file
from macros.reader import Path as FieldPath
from macros.register import register_version
from macros.rules import Known, known_of, problems_across, problems_in
from macros.rules_drafts import draft_problems
from macros.rules_path import path_problems
from macros.rules_people import people_problems
from macros.sharing import Shared

PROJECT = Path(__file__).resolve().parent.parent
FILE_NAME = re.compile(r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\.)(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*\.yml")
"""Words joined by hyphens, 60 signs at most, and none of the names that Windows keeps for itself."""

MOST = 300_000_000
"""Bytes of cases already read that are kept."""

TABLES: dict[str, tuple[str, type[Entite]]] = {
    "sources.yml": ("sources", SourceDocument),
    "sources-exterieures.yml": ("sources", SourceDocument),
    "editions.yml": ("editions", Edition),
    "reseaux.yml": ("reseaux", Reseau),
    "modes.yml": ("modes", Mode),
    "chiffres.yml": ("chiffres", ChiffreCle),
    "glossaire.yml": ("termes", Terme),
    "ressources.yml": ("ressources", Ressource),
    "temoignages.yml": ("temoignages", Temoignage),
    "corrections.yml": ("corrections", Correction),
    "reperes.yml": ("reperes", Repere),
    "parcours.yml": ("parcours", Etape),
    "synonymes.yml": ("synonymes", Synonymes),
}
"""File of `references/` → name of the table in the catalogue, class of its records."""


@dataclass
class Data:
    """What was read so far: records by table, where each one stands, and what is wrong."""

    tables: dict[str, dict[str, Entite]] = field(default_factory=lambda: {name: {} for name in (*(table for table, _ in TABLES.values()), "leviers", "cas")})
    words: dict[str, dict[str, Libelle]] = field(default_factory=dict)
    settings: Reglages | None = None
    ledger: Registre | None = None
    places: dict[tuple[str, str], tuple[Document, FieldPath]] = field(default_factory=dict)
    """(table, identifier) → the file and the path of the record in it."""
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Folders:
    """Where to read."""

    cases: Path
    levers: Path
    references: Path
    root: Path
    """What paths in messages are relative to."""


def folders(root: Path | None = None) -> Folders:
    """The folders to read, from `root`, else from `DATA_ROOT`, else the project's own."""
    base = (root or Path(os.environ.get("DATA_ROOT") or PROJECT)).resolve()

    def own(name: str) -> Path:
        return base / name if (base / name).is_dir() else PROJECT / name

    return Folders(base / "cases", own("levers"), own("references"), base)


def load(root: Path | None = None) -> Catalogue:
    """The whole catalogue; raises DataError with every problem of every file.

    The last one is kept as long as no file changed: the build and the macros share one reading.
    """
    where = folders(root)
    return _load(where, _fingerprint(where))


@lru_cache(maxsize=1)
def _load(where: Folders, fingerprint: tuple[object, ...]) -> Catalogue:
    data = read(where)
    if any(problem.level == "erreur" for problem in data.problems):
        raise DataError(data.problems)
    return catalogue_of(data)


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


def read(where: Folders) -> Data:
    """Read and check everything, file by file then across files."""
    data = Data()
    for path in _files(where.references, data, where):
        if path.name in TABLES:
            table, model = TABLES[path.name]
            _read_table(path, table, model, data, where)
        elif path.name == "vocabulaires.yml":
            _read_words(path, data, where)
        elif path.name == "site.yml":
            data.settings = _read_record(path, "reglages", "site", Reglages, data, where)  # type: ignore[assignment]
        elif path.name == "adresses.yml":
            if where.references.parent == where.root:  # the ledger of the project says nothing of cases that come from elsewhere
                data.ledger = _read_record(path, "adresses", "registre", Registre, data, where)  # type: ignore[assignment]
        else:
            known = [*TABLES, "vocabulaires.yml", "site.yml", "adresses.yml"]
            data.problems.append(Problem(_shown(path, where), 1, 1, "", "ce fichier n'est pas connu", meant(path.name, known) or "retirez-le : dans ce dossier, chaque fichier a son rôle"))
    for needed in ("site.yml", "vocabulaires.yml"):
        if where.references.is_dir() and not (where.references / needed).exists():
            data.problems.append(Problem(_shown(where.references / needed, where), 1, 1, "", "ce fichier manque", "recopiez celui du projet"))
    for path in _files(where.levers, data, where):
        record = _read_record(path, "leviers", path.stem, Levier, data, where)
        if record is not None:
            data.tables["leviers"][path.stem] = record  # type: ignore[assignment]
    _read_cases(_files(where.cases, data, where), data, where)
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


def _shown(path: Path, where: Folders) -> str:
    for base in (where.root, PROJECT):
        if path.is_relative_to(base):
            return path.relative_to(base).as_posix()
    return path.as_posix()


def _files(folder: Path, data: Data, where: Folders) -> list[Path]:
    """The YAML files of a folder, sorted; anything else in it is a problem."""
    if not folder.is_dir():
        data.problems.append(Problem(_shown(folder, where), 1, 1, "", "ce dossier manque", "créez-le, ou corrigez la variable DATA_ROOT"))
        return []
    kept = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if not FILE_NAME.fullmatch(path.name):
            data.problems.append(Problem(_shown(path, where), 1, 1, "", *_bad_name(path)))
            continue
        kept.append(path)
    return kept


def _bad_name(path: Path) -> tuple[str, str]:
    if path.suffix.lower() in (".yml", ".yaml"):
        if slug(path.stem) == path.stem and path.suffix == ".yml":
            return "ce nom de fichier n'est pas accepté", "choisissez-en un autre, de 60 signes au plus" if len(path.stem) > 60 else "choisissez-en un autre : Windows le garde pour lui"
        return "ce nom de fichier n'est pas accepté", f"renommez-le « {slug(path.stem) or 'histoire-de-bulles'}.yml » : en minuscules, sans accent, avec des tirets"
    return "ce fichier n'a pas sa place ici", "déplacez-le : ce dossier ne contient que des fiches, dont le nom finit par .yml"


def _fingerprint(where: Folders) -> tuple[object, ...]:
    """Changes as soon as a file of the data does."""
    marks: list[object] = []
    for folder in (where.cases, where.levers, where.references):
        for entry in sorted(os.scandir(folder), key=lambda item: item.name) if folder.is_dir() else ():
            stat = entry.stat(follow_symlinks=False)
            marks.append((entry.path, stat.st_mtime_ns, stat.st_size))
    marks.append((os.environ.get("SITE_URL"), os.environ.get("DEPOT")))
    return tuple(marks)


def _document(path: Path, data: Data, where: Folders) -> Document:
    """One file, read; its problems are kept, those about people too."""
    document = read_file(path, _shown(path, where))
    data.problems += document.problems
    if not document.problems:
        data.problems += people_problems(document, path.read_text(encoding="utf-8"))
    return document


def _read_record(path: Path, table: str, identifier: str, model: type[BaseModel], data: Data, where: Folders) -> BaseModel | None:
    document = _document(path, data, where)
    data.places[table, identifier] = (document, ())
    if document.problems:
        return None
    return _validated(model, document.content, document, (), data)


def _read_cases(paths: list[Path], data: Data, where: Folders) -> None:
    """The cases, wholly checked: those that were, with the same references, by the same program, are found again."""
    data.places |= {("cas", path.stem): (Document(_shown(path, where)), ()) for path in paths}
    kept, around = Kept("lectures"), contents(where.levers, where.references)
    program = [code(), register_version().encode(), today().isoformat().encode()]
    keys = {path: digest([*program, around, path.stem.encode(), path.read_bytes()]) if around and path.is_file() and not path.is_symlink() else None for path in paths}
    records: dict[str, BaseModel] = {}
    for path, key in keys.items():
        with suppress(Exception):  # whatever is wrong with an entry, the case is read again
            if key and (content := kept.get(key)):
                records[path.stem] = read_back(content)
    known = known_of(data.places)
    missing = [path for path in paths if path.stem not in records]
    for part in Shared(partial(_checked_cases, known, data.words, known_acronyms(data.tables), where), missing).results():
        for path, content, problems in part:
            data.problems += problems
            if content:
                records[path.stem] = read_back(content)
            if content and (key := keys[path]) and not problems:
                kept.put(key, content)
    kept.close()
    if missing:
        kept.tidy(MOST)
    data.tables["cas"] = {path.stem: records[path.stem] for path in paths if path.stem in records}  # type: ignore[misc]


def _checked_cases(known: Known, words: Mapping[str, Mapping[str, Libelle]], acronyms: set[str], where: Folders, paths: Iterable[Path]) -> list[tuple[Path, bytes | None, list[Problem]]]:
    """Each case read from its file, checked by itself and against the identifiers of the others."""
    found = []
    for path in paths:
        alone = Data()
        record = _read_record(path, "cas", path.stem, Cas, alone, where)
        if record is not None:
            alone.problems += problems_in(record, known, words, *alone.places["cas", path.stem])
            alone.problems += advice_on({"cas": {path.stem: record}}, alone.places, acronyms)
        else:
            alone.problems += draft_problems({}, words, alone.places, {"cas": Cas}, known)
        found.append((path, written(record) if record is not None else None, alone.problems))
    return found


def _read_table(path: Path, table: str, model: type[Entite], data: Data, where: Folders) -> None:
    document = _document(path, data, where)
    for identifier, content in document.content.items():
        line, column = document.at((identifier,))
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identifier):
            remedy = f"écrivez « {slug(identifier) or 'creche-associative'} » : en minuscules, sans accent, avec des tirets"
            data.problems.append(Problem(document.file, line, column, identifier, f"« {identifier} » n'est pas un identifiant", remedy))
            continue
        if identifier in data.tables[table]:
            other = data.places[table, identifier][0].file
            data.problems.append(Problem(document.file, line, column, identifier, f"l'identifiant « {identifier} » est déjà pris dans {other}", "choisissez-en un autre"))
            continue
        record = _validated(model, content, document, (identifier,), data)
        data.places[table, identifier] = (document, (identifier,))
        if record is not None:
            data.tables[table][identifier] = record  # type: ignore[assignment]


def _read_words(path: Path, data: Data, where: Folders) -> None:
    document = _document(path, data, where)
    for group, entries in document.content.items():
        data.words[group] = {}
        if not isinstance(entries, dict):
            remedy = "écrivez un mot par ligne, décalé de deux espaces : « association: {nom: Association} »"
            data.problems.append(Problem(document.file, *document.at((group,)), group, "une liste de mots est attendue", remedy))
            continue
        for identifier, content in entries.items():
            record = _validated(Libelle, content, document, (group, identifier), data)
            if record is not None:
                data.words[group][identifier] = record  # type: ignore[assignment]


def _validated(model: type[BaseModel], content: object, document: Document, prefix: FieldPath, data: Data) -> BaseModel | None:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        data.problems += problems_of(error, model, document, prefix)
        return None

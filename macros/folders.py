"""Where the data stand: three folders of YAML files, and which files they may hold.

`DATA_ROOT` names the folder that holds `cases/`, `levers/` and `references/`; a folder without `levers/` or
`references/` takes the project's own.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from macros.problems import Problem, slug

PROJECT = Path(__file__).resolve().parent.parent
FILE_NAME = re.compile(r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\.)(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*\.yml")
"""Words joined by hyphens, 60 signs at most, and none of the names that Windows keeps for itself."""


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


def shown(path: Path, where: Folders) -> str:
    """How a file is called in messages."""
    name = path.as_posix()
    for base in (where.root, PROJECT):
        start = base.as_posix().removesuffix("/") + "/"
        if name.startswith(start):
            return name.removeprefix(start)
    return name


def files(folder: Path, problems: list[Problem], where: Folders) -> list[Path]:
    """The YAML files of a folder, sorted; anything else in it is a problem."""
    if not folder.is_dir():
        problems.append(Problem(shown(folder, where), 1, 1, "", "ce dossier manque", "créez-le, ou corrigez la variable DATA_ROOT"))
        return []
    kept = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if not FILE_NAME.fullmatch(path.name):
            problems.append(Problem(shown(path, where), 1, 1, "", *_bad_name(path)))
            continue
        kept.append(path)
    return kept


def _bad_name(path: Path) -> tuple[str, str]:
    if path.suffix.lower() in (".yml", ".yaml"):
        if slug(path.stem) == path.stem and path.suffix == ".yml":
            return "ce nom de fichier n'est pas accepté", "choisissez-en un autre, de 60 signes au plus" if len(path.stem) > 60 else "choisissez-en un autre : Windows le garde pour lui"
        return "ce nom de fichier n'est pas accepté", f"renommez-le « {slug(path.stem) or 'histoire-de-bulles'}.yml » : en minuscules, sans accent, avec des tirets"
    return "ce fichier n'a pas sa place ici", "déplacez-le : ce dossier ne contient que des fiches, dont le nom finit par .yml"


def fingerprint(where: Folders) -> tuple[object, ...]:
    """Changes as soon as a file of the data does."""
    marks: list[object] = []
    for folder in (where.cases, where.levers, where.references):
        for entry in sorted(os.scandir(folder), key=lambda item: item.name) if folder.is_dir() else ():
            stat = entry.stat(follow_symlinks=False)
            marks.append((entry.path, stat.st_mtime_ns, stat.st_size))
    marks.append((os.environ.get("SITE_URL"), os.environ.get("DEPOT")))
    return tuple(marks)

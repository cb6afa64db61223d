"""A proposal told to those who review it: what changes in words, which pages, each figure before and after, what became stale.

It compares the data of a commit with those of the working folder. Everything quoted from the data is escaped: a proposal comes from
anybody.
"""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from macros import pages
from macros.catalogue import Catalogue
from macros.checking import check, today
from macros.differences import NAMES, compared, label, short_title, snapshot
from macros.folders import PROJECT
from macros.loading import load
from macros.model.case import Cas, Soutien
from macros.model.facts import Chiffre, NombreSource
from macros.nodes import walk
from macros.problems import ERROR, DataError, Problem
from macros.rendering import number, quantity

FICHES = ("cases/", "levers/")
DATA = (*FICHES, "references/")
WORDS = ("docs/", "versions/", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "SECURITY.md")
"""Texts for people: they go with anything. The rest is code."""
MIXED = ("Cette proposition mêle des fiches et du code. Les fiches se relisent avec leurs sources, le code avec ses essais : "
         "faites-en deux propositions, la fiche d'abord si elle n'a pas besoin du code.")
Figures = dict[tuple[str, str, str], str]
"""(table, identifier, what is counted) → its value in words."""


class UnknownBase(Exception):
    """The commit to compare with cannot be read; the message says why."""


def _git(root: Path, *arguments: str) -> bytes:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    if done.returncode:
        raise UnknownBase(f"git {arguments[0]} : {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def changed_files(base: str, root: Path = PROJECT) -> list[str]:
    """The files that differ from where the proposal left `base`, new ones included."""
    if not re.fullmatch(r"\w[\w./-]*", base):
        raise UnknownBase(f"« {base} » n'est pas le nom d'une version : donnez un commit ou une branche")
    start = _git(root, "merge-base", base, "HEAD").decode().strip()
    told = _git(root, "diff", "--name-only", "-z", start) + _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return sorted({name for name in told.decode(errors="replace").split("\0") if name})


def is_mixed(files: Iterable[str]) -> bool:
    """Whether fiches and code change together."""
    kept = list(files)
    return any(name.startswith(FICHES) for name in kept) and any(not name.startswith((*DATA, *WORDS)) for name in kept)


def former(base: str, root: Path = PROJECT) -> Catalogue:
    """The catalogue as it was where the proposal left `base`."""
    start = _git(root, "merge-base", base, "HEAD").decode().strip()
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(_git(root, "archive", start, "--", *DATA))) as archive:
        archive.extractall(folder, filter="data")
        return load(Path(folder))


def summary(base: str, root: Path = PROJECT) -> tuple[str, bool]:
    """The whole text, in Markdown, and whether the proposal can be accepted as it is."""
    files = changed_files(base, root)
    mixed, problems = is_mixed(files), check(root)
    errors = [problem for problem in problems if problem.level == ERROR]
    parts = ["# Ce que change cette proposition"]
    if mixed:
        parts.append(f"> **À séparer.** {MIXED}")
    if errors:
        parts += ["## À corriger d'abord", _listed(map(_told, errors)), "Le reste du résumé viendra quand les données se liront."]
    else:
        try:
            parts += _compared(former(base, root), load(root), files, problems)
        except DataError:
            parts.append("Les données d'avant ne se lisent plus avec ce code : la comparaison n'est pas possible.")
    return "\n\n".join(parts) + "\n", not (mixed or errors)


def _compared(before: Catalogue, after: Catalogue, files: list[str], problems: list[Problem]) -> Iterator[str]:
    changes = compared(snapshot(before), snapshot(after))
    told = [f"### {_safe(change['titre'])}\n\n{_listed(map(_safe, change['phrases']))}" for change in changes]
    yield "\n\n".join(told) or "Aucune fiche ne change."
    others = [name for name in files if name.startswith("references/")]
    if others:
        yield "Changent aussi : " + ", ".join(f"`{_safe(name)}`" for name in others) + "."
    old, new = figures(before), figures(after)
    moved = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    if moved:
        rows = [f"| {_safe(name)} | {_safe(what)} | {_safe(old.get((table, name, what), 'absent'))} | {_safe(new.get((table, name, what), 'retiré'))} |" for table, name, what in moved]
        yield "\n".join(["## Les chiffres, avant et après\n", "| Fiche | Chiffre | Avant | Après |", "|---|---|---|---|", *rows])
    touched = [(change["table"], change["identifiant"]) for change in changes]
    if touched:
        yield "## Les pages qui changent\n\n" + _listed(f"`/{address}`" for address in pages_of(after, before, touched))
    gone = [(table, name, _digits(old[table, name, what])) for table, name, what in moved if (table, name, what) in old]
    said = [*stale(after, touched, gone), *(_told(problem) for problem in problems if problem.file in files)]
    yield "## À revoir\n\n" + (_listed(said) if said else "Rien n'est devenu douteux.")


def figures(catalogue: Catalogue) -> Figures:
    """Every number of the fiches, by what it counts."""
    found: Figures = {}
    for table in ("cas", "leviers"):
        for identifier, record in getattr(catalogue, table).items():
            for what, value in _figures(catalogue, record):
                rank, name = 1, what
                while (table, identifier, name) in found:
                    rank += 1
                    name = f"{what} ({rank})"
                found[table, identifier, name] = value
    return found


def _figures(catalogue: Catalogue, record: BaseModel) -> Iterator[tuple[str, str]]:
    for path, node in walk(record):
        if isinstance(node, Chiffre):
            yield node.libelle, f"{quantity(node)}, {node.source}"
        elif isinstance(node, NombreSource):
            yield f"{NAMES.get(str(path[-2]), (str(path[-2]), ''))[0]}{f' ({node.objet})' if node.objet else ''}, {node.source}", quantity(node)
        elif isinstance(node, Soutien):
            said = [f"{number(node.montant)} €" if node.montant is not None else "", f"{number(node.places)} places" if node.places is not None else ""]
            if any(said):
                yield label(catalogue, "soutiens", node), f"{', '.join(filter(None, said))}, {node.source}"


def pages_of(after: Catalogue, before: Catalogue, touched: list[tuple[str, str]]) -> list[str]:
    """Addresses of the fiches and of the pages that show them: their levers, modes, networks, sources."""
    found: dict[str, None] = {}
    for table, identifier in touched:
        found[pages.address(table, identifier)] = None
        for catalogue in (before, after):
            record = getattr(catalogue, table).get(identifier)
            for _, node in walk(record) if record else ():
                for field, target in (("levier", "leviers"), ("mode", "modes"), ("reseau", "reseaux"), ("source", "sources")):
                    key = getattr(node, field, None)
                    if key and key in getattr(after, target):
                        found[pages.address(target, key).split("#")[0]] = None
    return list(found)


def stale(catalogue: Catalogue, touched: list[tuple[str, str]], gone: list[tuple[str, str, str]]) -> Iterator[str]:
    """What the change leaves behind: a verification of the former text, a date gone by, a calculation that still uses a number now gone."""
    day = today().isoformat()
    for table, identifier in touched:
        record: Any = getattr(catalogue, table).get(identifier)
        if not isinstance(record, Cas):
            continue
        name = _safe(short_title(record))
        last = max(record.verifications, key=lambda done: done.date.cle, default=None)
        if last and last.date.cle < day:
            yield f"{name} : vérifié le {last.date.lisible} par {_safe(last.par)}, avant ce changement. À faire confirmer de nouveau."
        if record.valable_jusqu_au and record.valable_jusqu_au.cle < day:
            yield f"{name} : n'était dit valable que jusqu'à {record.valable_jusqu_au.lisible}."
        numbers = [number for kind, key, number in gone if (kind, key) == (table, identifier)]
        for _, node in walk(record):
            if isinstance(node, Chiffre) and node.calcul and any(re.search(rf"(?<!\d){number}(?!\d)", _packed(node.calcul)) for number in numbers):
                yield f"{name} : un chiffre change, et « {_safe(node.libelle)} » en vient encore ({_safe(node.calcul)}). Est-il encore juste ?"


def _packed(text: str) -> str:
    """« 2 × 25 000 € » → « 2×25000€ »: thousands in one piece."""
    return re.sub(r"\s", "", text)


def _digits(value: str) -> str:
    """The first number of a value in words."""
    return next(iter(re.findall(r"\d+(?:,\d+)?", _packed(value))), "")


def _told(problem: Problem) -> str:
    mark = "" if problem.level == ERROR else "conseil, "
    return f"`{_safe(problem.file)}`, {mark}ligne {problem.line} : {_safe(problem.message)}. → {_safe(problem.remedy)}"


def _listed(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _safe(text: str) -> str:
    """Text that Markdown shows as it is: no link, no image, no HTML, no mention, one line."""
    return re.sub(r"([\\`*_{}\[\]<>|#!~&@])", r"\\\1", " ".join(text.split())).replace("\\@", "@\u200b").replace("://", ":\u200b//")

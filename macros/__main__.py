"""Command line: `python -m macros check`, `python -m macros new cas <id>`."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from macros import upkeep
from macros.checking import check
from macros.folders import folders
from macros.problems import ERROR, Problem
from macros.register import RegisterMissing


def main(arguments: list[str] | None = None) -> int:
    """Run a command; exit status 0 fine, 1 problems in the data, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m macros", description="Vérifie les données du site et prépare de nouvelles fiches.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="commande")
    checking = commands.add_parser("check", help="vérifie toutes les données, ou seulement les fichiers nommés")
    checking.add_argument("paths", nargs="*", type=Path, metavar="FICHIER")
    checking.add_argument("--format", choices=("text", "json", "github"), default="text")
    creating = commands.add_parser("new", help="écrit une fiche vide et commentée")
    creating.add_argument("kind", choices=("cas",), metavar="cas")
    creating.add_argument("identifier", metavar="IDENTIFIANT")
    upkeep.declare(commands)
    options = parser.parse_args(arguments)
    try:
        if options.command in upkeep.COMMANDS:
            return upkeep.run(options)
        return run_check(options.paths, options.format) if options.command == "check" else run_new(options.identifier)
    except RegisterMissing as error:
        print(error, file=sys.stderr)
        return 2


def run_check(paths: list[Path], shape: str) -> int:
    """Print the problems of the data; `paths` keeps those of some files or folders."""
    missing = [path for path in paths if not path.exists()]
    if missing:
        print(f"{missing[0]} : ce fichier n'existe pas", file=sys.stderr)
        return 2
    problems = check()
    if paths:
        where = folders()
        root, wanted = where.root, [path.resolve() for path in paths]
        read = [folder.resolve() for folder in (where.cases, where.levers, where.references)]
        strangers = [given for given, path in zip(paths, wanted, strict=True) if not any(path.is_relative_to(folder) or folder.is_relative_to(path) for folder in read)]
        if strangers:
            print(f"{strangers[0]} : ce fichier n'est pas dans les données lues ({root}) ; donnez un chemin de cases/, levers/ ou references/", file=sys.stderr)
            return 2
        problems = [problem for problem in problems if any((root / problem.file).resolve().is_relative_to(path) for path in wanted)]
    print(formatted(problems, shape), end="")
    return 1 if any(problem.level == ERROR for problem in problems) else 0


def formatted(problems: list[Problem], shape: str) -> str:
    """The problems as text for people, JSON for programs, or annotations of a pull request."""
    if shape == "json":
        return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1) + "\n"
    if shape == "github":
        return "".join(_annotation(problem) for problem in problems)
    if not problems:
        return "Données vérifiées : aucun problème.\n"
    errors = sum(problem.level == ERROR for problem in problems)
    ends = f"{errors} problème{'s' if errors > 1 else ''} à corriger." if errors else "Rien d'obligatoire à corriger."
    return "\n".join(str(problem) for problem in problems) + f"\n\n{ends}\n"


def _annotation(problem: Problem) -> str:
    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    kind = "error" if problem.level == ERROR else "warning"
    body = escaped(f"{problem.field + ' : ' if problem.field else ''}{problem.message}\n→ {problem.remedy}")
    place = f"file={escaped(problem.file).replace(',', '%2C').replace(':', '%3A')},line={problem.line},col={problem.column}"
    return f"::{kind} {place}::{body}\n"


def run_new(identifier: str) -> int:
    """Write a blank case, or say why not."""
    from macros.blank import NewCaseRefused, new_case

    try:
        path = new_case(identifier, folders())
    except NewCaseRefused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(f"{path} est prêt : ouvrez-le, remplissez ce qui est vide, puis lancez « make check ».")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Commands for the people who review and publish: addresses, versions, outside links, what a proposal changes, a story turned into a file.

Each imports what it needs: a check of the data, which needs none of it, answers at once.
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from pathlib import Path
from typing import Any

from macros.folders import PROJECT, folders
from macros.problems import DataError

COMMANDS = ("adresses", "version", "liens", "proposition", "recit")


def declare(commands: Any) -> None:
    """Add these commands to the command line."""
    addresses = commands.add_parser("adresses", help="ajoute au registre les adresses que le site construit publie")
    addresses.add_argument("site", nargs="?", type=Path, metavar="DOSSIER", help="dossier du site construit (site/ par défaut)")
    commands.add_parser("version", help="note une version publiée : ce qui a changé depuis la précédente")
    proposed = commands.add_parser("proposition", help="raconte ce que change une proposition, pour qui la relit")
    proposed.add_argument("base", metavar="VERSION", help="commit ou branche de départ, par exemple main")
    story = commands.add_parser("recit", help="fait un fichier d'un récit du formulaire « Raconter un cas »")
    story.add_argument("identifier", metavar="IDENTIFIANT")
    story.add_argument("file", metavar="FICHIER", help="le texte du récit ; « - » pour le coller")
    story.add_argument("--source", default="", help="identifiant du document, s'il est déjà déclaré")
    commands.add_parser("liens", help="vérifie les liens extérieurs et écrit un rapport (demande le réseau)")


def run(options: argparse.Namespace) -> int:
    """Run one of them; exit status 0 fine, 1 something to correct, 2 wrong usage."""
    try:
        if options.command == "adresses":
            return _addresses(options.site or Path(os.environ.get("SITE_DIR") or PROJECT / "site"))
        if options.command == "proposition":
            return _proposal(options.base)
        if options.command == "recit":
            return _story(options)
        return _version() if options.command == "version" else _links()
    except DataError as error:
        print(error, file=sys.stderr)
        return 1


def _addresses(site: Path) -> int:
    if not (site / "index.html").is_file():
        print(f"{site} : aucun site construit ici ; lancez d'abord « make build »", file=sys.stderr)
        return 2
    from macros import published
    from macros.loading import load

    count = published.add(load(), site, folders().references / "adresses.yml", datetime.date.today().isoformat())
    print(f"Registre des adresses : {count} ligne{'s' if count > 1 else ''} ajoutée{'s' if count > 1 else ''}.")
    return 0


def _proposal(base: str) -> int:
    from macros import proposal

    try:
        text, fine = proposal.summary(base, folders().root)
    except proposal.UnknownBase as unknown:
        print(unknown, file=sys.stderr)
        return 2
    print(text, end="")
    return 0 if fine else 1


def _story(options: argparse.Namespace) -> int:
    from macros import telling
    from macros.blank import NewCaseRefused
    from macros.loading import load

    try:
        story = sys.stdin.read() if options.file == "-" else Path(options.file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        print(f"{options.file} : ce fichier ne se lit pas ({error})", file=sys.stderr)
        return 2
    try:
        path = telling.tell(options.identifier, story, options.source, load(PROJECT), folders())
    except NewCaseRefused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(f"{path} est prêt : relisez-le avec les documents, complétez-le, puis lancez « make check ».")
    return 0


def _version() -> int:
    from macros import releases
    from macros.loading import load

    count = releases.release(load())
    many = "s" if count > 1 else ""
    print(f"Version notée : {count} fiche{many} nouvelle{many} ou changée{many}." if count else "Rien n'a changé depuis la dernière version.")
    return 0


def _links() -> int:
    from macros import links
    from macros.loading import load

    text, wrong = links.report(load())
    print(text, end="")
    return 1 if wrong else 0

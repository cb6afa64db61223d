"""Commands for the people who publish: refresh the ledger of addresses, record a version, check outside links."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from pathlib import Path
from typing import Any

from macros import links, published, releases
from macros.loading import PROJECT, folders, load
from macros.problems import DataError

COMMANDS = ("adresses", "version", "liens")


def declare(commands: Any) -> None:
    """Add these commands to the command line."""
    addresses = commands.add_parser("adresses", help="ajoute au registre les adresses que le site construit publie")
    addresses.add_argument("site", nargs="?", type=Path, metavar="DOSSIER", help="dossier du site construit (site/ par défaut)")
    commands.add_parser("version", help="note une version publiée : ce qui a changé depuis la précédente")
    commands.add_parser("liens", help="vérifie les liens extérieurs et écrit un rapport (demande le réseau)")


def run(options: argparse.Namespace) -> int:
    """Run one of them; exit status 0 fine, 1 something to correct, 2 wrong usage."""
    try:
        if options.command == "adresses":
            return _addresses(options.site or Path(os.environ.get("SITE_DIR") or PROJECT / "site"))
        return _version() if options.command == "version" else _links()
    except DataError as error:
        print(error, file=sys.stderr)
        return 1


def _addresses(site: Path) -> int:
    if not (site / "index.html").is_file():
        print(f"{site} : aucun site construit ici ; lancez d'abord « make build »", file=sys.stderr)
        return 2
    count = published.add(load(), site, folders().references / "adresses.yml", datetime.date.today().isoformat())
    print(f"Registre des adresses : {count} ligne{'s' if count > 1 else ''} ajoutée{'s' if count > 1 else ''}.")
    return 0


def _version() -> int:
    count = releases.release(load())
    many = "s" if count > 1 else ""
    print(f"Version notée : {count} fiche{many} nouvelle{many} ou changée{many}." if count else "Rien n'a changé depuis la dernière version.")
    return 0


def _links() -> int:
    text, wrong = links.report(load())
    print(text, end="")
    return 1 if wrong else 0

"""Refreshing the ledger: what a built site publishes and the ledger does not know yet, added at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from macros.addresses import ANCHORS, PAGES, record_of
from macros.catalogue import Catalogue
from macros.exports.anchors import HOME, PASSING
from macros.exports.redirects import files_of

HEAD = """\
# Le registre des adresses publiées. Une adresse publiée l'est pour toujours : on ajoute des lignes, on n'en efface aucune.
# « python -m macros adresses » ajoute celles que le site construit publie et que ce fichier ne connaît pas encore.
#
# Une ligne vaut pour tout ce qui porte l'identifiant d'une fiche : sa page, ses données, son PDF, son flux, sa carte à intégrer.
# Quand une fiche s'en va, ajoutez à sa ligne ce qu'elle devient (exemples) :
#   deplace_vers: cas/nouveau-nom/                 elle a changé de nom
#   fusionne_dans: cas/autre/                      elle est réunie à une autre
#   partage_en: [cas/un/, cas/deux/]               elle est partagée
#   retire_le: "2027-03-01", pourquoi: "La commune l'a demandé.", remplace_par: [cas/autre/]
# « le » donne la date d'un déplacement, d'une fusion ou d'un partage ; « pourquoi » est une phrase que le lecteur verra.

adresses:
"""
PART = re.compile(r'<(?:h[2-6]|section|article|details|figure|table|div|li|tr|dt|p|span)\b[^>]*?\sid="([^"]+)"')
"""Elements a link may lead to; fields and buttons have identifiers for other reasons."""
OURS = {"contenu", "menu", "annonce"}
"""Identifiers of the frame of every page."""
KEPT = re.compile(r"^(?:(?:api|schemas|flux|pdf)/.*|[a-z]+\.(?:xml|txt)|(?!404\.html$|assets/|pagefind/|search/).*\.html)$")
"""Pages and files that people link to; the others only serve pages."""


def published(catalogue: Catalogue, site: Path) -> Iterator[tuple[str, list[str]]]:
    """Every address of a built site, with the anchors of a page; what goes with a record is left to its own address."""
    tables = dict.fromkeys(table for table, _ in (*PAGES.values(), *ANCHORS.values()))
    belongings = {name for table in tables for key in getattr(catalogue, table) for name in files_of(table, key)}
    ended = {address for address, entry in catalogue.adresses.items() if entry.finie}
    belongings |= {name for address in ended if (record := record_of(address)) for name in files_of(record.table, record.key)}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if not path.is_file() or not KEPT.match(name) or name in belongings:
            continue
        address = name.removesuffix("index.html")
        if not name.endswith(".html"):
            yield address, []
        elif address not in ended:
            yield from _page(catalogue, address, path.read_text(encoding="utf-8"))


def _page(catalogue: Catalogue, address: str, html: str) -> Iterator[tuple[str, list[str]]]:
    main = html.partition("<main")[2].partition("</main>")[0]
    names = [name for name in dict.fromkeys(PART.findall(main)) if name not in OURS and not PASSING.match(name)]
    records = [name for name in names if (found := record_of(f"{address}#{name}")) and found.key in getattr(catalogue, found.table)]
    yield address or HOME, [name for name in names if name not in records]
    for name in records:
        yield f"{address}#{name}", []


def unknown(catalogue: Catalogue, site: Path) -> list[tuple[str, list[str]]]:
    """What the ledger lacks: addresses, and anchors of addresses it has."""
    found = []
    for address, anchors in published(catalogue, site):
        entry = catalogue.adresses.get(address)
        new = [name for name in anchors if entry is None or name not in entry.ancres]
        if entry is None or new:
            found.append((address, new))
    return found


def add(catalogue: Catalogue, site: Path, ledger: Path, date: str) -> int:
    """Add to the ledger what it lacks; returns how many lines."""
    lines = []
    for address, anchors in unknown(catalogue, site):
        parts = f', ancres: [{", ".join(anchors)}]' if anchors else ""
        lines.append(f'  - {{adresse: "{address}", depuis: "{date}"{parts}}}\n')
    if lines:
        text = ledger.read_text(encoding="utf-8") if ledger.is_file() else HEAD
        ledger.write_text(text + "".join(lines), encoding="utf-8")
    return len(lines)

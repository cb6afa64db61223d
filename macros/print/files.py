"""The printed outputs of the site: `pdf/cas/`, `pdf/leviers/`, `pdf/recueil.pdf`."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from macros.catalogue import Catalogue
from macros.filing import put
from macros.model.values import DateTexte
from macros.origin import ground, origin
from macros.print import sheets
from macros.print.collection import collection
from macros.print.store import Store
from macros.print.typesetting import Printed, set_pdf
from macros.typography import HARD
from macros.weights import filled

COLLECTION = "pdf/recueil.pdf"
COLLECTION_PAGES = ("", "leviers")
"""Pages that lead to the collection, from the root of the site."""


def printing(catalogue: Catalogue) -> list[Callable[[Catalogue, Path], None]]:
    """What writes each PDF, the longest one first."""
    shared = ground(catalogue)
    return [write_collection, *(partial(write_case, key, shared) for key in catalogue.cas), *(partial(write_lever, key) for key in catalogue.leviers)]


def forget_old(catalogue: Catalogue, site: Path) -> None:
    """Forget the documents that nobody asked for lately, once nobody is making any."""
    Store().sweep()


def write_case(key: str, shared: bytes, catalogue: Catalogue, site: Path) -> None:
    """Write the PDF of a case, made only if something of it changed; `shared`: see `ground`."""
    moment = timestamp(catalogue.cas[key].redige_le)
    made = Store().recalled(".pdf", origin(shared, catalogue, key, moment), lambda: sheets.case_ways(catalogue, key, moment))
    _write_fiche("cas", key, Printed(made), site)


def write_lever(key: str, catalogue: Catalogue, site: Path) -> None:
    """Write the PDF of a lever."""
    made = Store().get(".pdf", *sheets.lever_ways(catalogue, key, timestamp(catalogue.leviers[key].redige_le)))
    _write_fiche("leviers", key, Printed(made), site)


def _write_fiche(table: str, key: str, printed: Printed, site: Path) -> None:
    """Then tell its page how long and how heavy it is."""
    address = f"pdf/{table}/{key}.pdf"
    put(f"{site}/{address}", printed.content)
    _announce(f"{site}/{table}/{key}/index.html", printed)


def write_collection(catalogue: Catalogue, site: Path) -> None:
    """Write everything in one document, and tell the pages that lead to it."""
    moment = timestamp(latest(catalogue))
    data = collection(catalogue)
    printed = Printed(Store().get(".pdf", ("collection", data, moment), lambda: set_pdf("collection", data, "recueil", moment).content))
    put(site / COLLECTION, printed.content)
    for page in COLLECTION_PAGES:
        _announce(os.path.join(site, page, "index.html"), printed)


def latest(catalogue: Catalogue) -> DateTexte:
    """The day the most recent fiche was written."""
    dates = [case.redige_le for case in catalogue.cas.values()] + [lever.redige_le for lever in catalogue.leviers.values()]
    return max(dates, key=lambda date: date.cle)


def timestamp(date: DateTexte) -> int:
    """The date a PDF bears: `SOURCE_DATE_EPOCH` if the build sets one, else that of its content, never that of the clock."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return int(given) if given else int(datetime.fromisoformat(date.cle).replace(tzinfo=UTC).timestamp())


def said(printed: Printed) -> str:
    """« 2 pages (84 ko) », « 55 pages (1,3 Mo) »."""
    kilos = round(len(printed.content) / 1000)
    weight = f"{kilos}{HARD}ko" if kilos < 1000 else f"{kilos / 1000:.1f}{HARD}Mo".replace(".", ",")
    return f"{printed.pages}{HARD}page{'s' if printed.pages > 1 else ''} ({weight})"


def _announce(page: str, printed: Printed) -> None:
    """Complete the link on a page; one taken from the published site says it already, unless the PDF is another."""
    if os.path.isfile(page):
        with open(page, "rb", buffering=0) as file:
            found = file.read()
        told = filled(found, f", {said(printed)}")
        if told != found:
            put(page, told)

"""The printed outputs of the site: `pdf/cas/`, `pdf/leviers/`, `pdf/recueil.pdf`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from macros.catalogue import Catalogue
from macros.model.values import DateTexte
from macros.print import sheets
from macros.print.collection import collection
from macros.print.store import Store
from macros.print.typesetting import Printed, set_pdf
from macros.typography import HARD

MANY = 50
"""From how many documents on a terminal shows how far the work is."""

COLLECTION = "pdf/recueil.pdf"
COLLECTION_PAGES = ("", "leviers")
"""Pages that lead to the collection, from the root of the site."""

Made = tuple[str, Printed]
"""Address of a PDF from the root of the site, and the PDF."""


def write_pdfs(catalogue: Catalogue, site: Path) -> None:
    """Write every PDF, then tell the pages how long and how heavy theirs is."""
    store = Store()
    for address, printed in with_progress(printed_fiches(catalogue, store), len(catalogue.cas) + len(catalogue.leviers)):
        _write(site / address, printed)
        _announce(site / address.removeprefix("pdf/").removesuffix(".pdf") / "index.html", address, printed)
    collected = printed_collection(catalogue, store)
    _write(site / COLLECTION, collected)
    for page in COLLECTION_PAGES:
        _announce(site / page / "index.html", COLLECTION, collected)
    store.sweep()


def printed_fiches(catalogue: Catalogue, store: Store) -> Iterator[Made]:
    """The PDF of each case and of each lever."""
    for key, case in catalogue.cas.items():
        yield f"pdf/cas/{key}.pdf", _printed(store, sheets.case_ways(catalogue, key, timestamp(case.redige_le)))
    for key, lever in catalogue.leviers.items():
        yield f"pdf/leviers/{key}.pdf", _printed(store, sheets.lever_ways(catalogue, key, timestamp(lever.redige_le)))


def _printed(store: Store, ways: sheets.Ways) -> Printed:
    content, make = ways
    return Printed(store.get(".pdf", content, make))


def printed_collection(catalogue: Catalogue, store: Store) -> Printed:
    """Everything in one document."""
    moment = timestamp(latest(catalogue))
    data = collection(catalogue)
    return Printed(store.get(".pdf", ("collection", data, moment), lambda: set_pdf("collection", data, "recueil", moment).content))


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


def _write(path: Path, printed: Printed) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(printed.content)


def _announce(page: Path, address: str, printed: Printed) -> None:
    """Complete the link on a page: its template leaves a comment where length and weight are said."""
    if page.is_file():
        page.write_text(page.read_text(encoding="utf-8").replace(f"<!--{address}-->", f", {said(printed)}"), encoding="utf-8")


def with_progress(items: Iterator[Made], total: int, write: Callable[[str], object] | None = None) -> Iterator[Made]:
    """The same items; on a terminal, a line says how far one is when there are many."""
    show = write or (sys.stderr.write if sys.stderr.isatty() else None)
    for rank, item in enumerate(items, 1):
        if show and total >= MANY and (rank % 10 == 0 or rank == total):
            show(f"\rPDF : {rank} sur {total}{chr(10) if rank == total else ''}")
        yield item

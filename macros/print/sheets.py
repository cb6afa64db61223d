"""A fiche on as few sheets as it can, as much at ease as they allow."""

from __future__ import annotations

from collections.abc import Callable

from macros.catalogue import Catalogue
from macros.origin import alone
from macros.print import parts
from macros.print.balance import Sheet, arrangements
from macros.print.case import case_sheet
from macros.print.lever import lever_sheet
from macros.print.typesetting import Printed, set_pdf

LEVER_PAGES = 2
"""A lever is handed over on one leaf. One that needs more takes as few as it can, then says as much as they hold."""
HOPES = {"case": -1, "lever": 6}
"""Lines to try to save when a page is at stake: many for a lever, whose length is promised. None for a case: of those expected to
miss a page by a line, or to fill it but for a line, hardly one stood on it, and each try costs as much as the fiche."""

Ways = tuple[object, Callable[[], bytes]]
"""All that a PDF depends on, and how to set it."""


def case_ways(catalogue: Catalogue, identifier: str, timestamp: int) -> Ways:
    """A case."""
    sheet = case_sheet(alone(catalogue, identifier), identifier)
    return ("case", sheet, timestamp), lambda: fitted("case", sheet, f"cases/{identifier}.yml", timestamp).content


def lever_ways(catalogue: Catalogue, identifier: str, timestamp: int) -> Ways:
    """A lever, with as much of its legal landmarks as its pages can hold."""
    sheet = lever_sheet(catalogue, identifier)

    def make() -> bytes:
        tried = []
        for detail in (parts.FULL, parts.CAUTION, parts.REFERENCE, parts.RULE):
            tried.append(fitted("lever", lever_sheet(catalogue, identifier, detail), f"levers/{identifier}.yml", timestamp))
            if tried[-1].pages <= LEVER_PAGES:
                return tried[-1].content
        return min(tried, key=lambda printed: printed.pages).content

    return ("lever", sheet, timestamp), make


def fitted(layout: str, sheet: Sheet, name: str, timestamp: int) -> Printed:
    """The first way of setting a fiche that takes the pages it should, else the one that takes the fewest."""
    tried = []
    for pages, way in arrangements(sheet, HOPES[layout]):
        tried.append(set_pdf(layout, way, name, timestamp))
        if tried[-1].pages <= pages:
            return tried[-1]
    return min(tried, key=lambda printed: printed.pages)

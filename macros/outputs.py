"""What is written beside the pages: each output takes the catalogue and the folder of the site being built.

An output that fails raises `OutputError` with one French sentence; the site is then not published.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from macros.catalogue import Catalogue
from macros.explorer.comparison import write_comparisons
from macros.explorer.data import write_cases
from macros.exports import write_exports
from macros.form_bundle import write_form
from macros.print.cards import write_cards
from macros.print.files import write_pdfs
from macros.search.files import write_search

Output = Callable[[Catalogue, Path], None]


class OutputError(Exception):
    """Why an output could not be written, in one French sentence that names the record."""


OUTPUTS: tuple[Output, ...] = (write_pdfs, write_cards, write_comparisons, write_cases, write_search, write_form, write_exports)
"""In the order they run: a later one may read what an earlier one wrote. The exports stay last: redirections copy PDFs, the plan of the site lists pages."""


def write_outputs(catalogue: Catalogue, site: Path) -> None:
    """Write everything that is not a page."""
    for output in OUTPUTS:
        output(catalogue, site)

"""What is written beside the pages: each output takes the catalogue and the folder of the site being built.

An output that fails raises `OutputError` with one French sentence; the site is then not published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from macros.catalogue import Catalogue
from macros.explorer.comparison import write_comparisons
from macros.explorer.data import write_cases
from macros.exports import data, former, last
from macros.form_bundle import write_form
from macros.print.cards import cards_of_fiches, write_other_cards
from macros.print.files import forget_old, printing
from macros.search.files import write_search
from macros.sharing import Shared

Output = Callable[[Catalogue, Path], None]


class OutputError(Exception):
    """Why an output could not be written, in one French sentence that names the record."""


def _data(catalogue: Catalogue) -> Sequence[Output]:
    return (write_search, write_comparisons, *data(), write_other_cards, write_cases, write_form)


def _last(catalogue: Catalogue) -> Sequence[Output]:
    return (*last(), forget_old)


OUTPUTS: tuple[tuple[str, Callable[[Catalogue], Sequence[Output]]], ...] = (
    ("PDF", printing), ("Cartes à partager", cards_of_fiches), ("Données", _data), ("Adresses", lambda catalogue: former()), ("Plan", _last))
"""Steps in their order, a later one may read what an earlier one wrote: what it is called, the outputs it is made of. Those of one step are independent."""


def write_outputs(catalogue: Catalogue, site: Path) -> None:
    """Write everything that is not a page."""
    for label, outputs in OUTPUTS:
        Shared(partial(_write, catalogue, site), outputs(catalogue), many=2, label=label).results()


def _write(catalogue: Catalogue, site: Path, outputs: Iterable[Output]) -> None:
    for output in outputs:
        output(catalogue, site)

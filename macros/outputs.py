"""What is written beside the pages: each output takes the catalogue and the folder of the site being built.

An output that fails raises `OutputError` with one French sentence; the site is then not published.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from macros.catalogue import Catalogue

Output = Callable[[Catalogue, Path], None]


class OutputError(Exception):
    """Why an output could not be written, in one French sentence that names the record."""


OUTPUTS: tuple[Output, ...] = ()
"""In the order they run: a later one may read what an earlier one wrote."""


def write_outputs(catalogue: Catalogue, site: Path) -> None:
    """Write everything that is not a page."""
    for output in OUTPUTS:
        output(catalogue, site)

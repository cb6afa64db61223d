"""How long a list of cases may be: one rule for the whole site.

A list of at most `WHOLE` cases is shown whole. A longer one shows its `FIRST` cases, then the way to the others: the list of cases
already filtered, and the pages of the départements and régions (`territories.py`), where every case stands without any script.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from macros.catalogue import Catalogue

WHOLE = 60
FIRST = 24

Item = TypeVar("Item")


def is_split(catalogue: Catalogue) -> bool:
    """Whether there are too many cases to show them all on one page."""
    return len(catalogue.cas) > WHOLE


def beginning(items: Sequence[Item]) -> Sequence[Item]:
    """What a page shows of a list: all of it, or its beginning."""
    return items if len(items) <= WHOLE else items[:FIRST]

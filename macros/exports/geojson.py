"""The cases on a map: one feature per case, a point per commune, no geometry when a case is wider than communes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from macros import coordinates, pages
from macros.catalogue import Catalogue
from macros.exports.derived import json_of, regions
from macros.exports.envelope import API, LICENCE, VERSION, day, instant, write_json


def geometry(catalogue: Catalogue, key: str) -> tuple[dict[str, Any] | None, str]:
    """The geometry of a case, and what it stands for, in words."""
    communes = catalogue.communes(key)
    points = [found for found in (coordinates.point(commune.insee) for commune in communes) if found]
    if not communes:
        where = catalogue.lieu_court(key) if catalogue.cas[key].lieux else "un lieu que les sources ne précisent pas"
        return None, f"Aucune : le cas porte sur {where}, pas sur une commune."
    if not points:
        return None, "Aucune : le point de la commune n'est pas connu."
    missing = "" if len(points) == len(communes) else " Le point d'une commune n'est pas connu."
    if len(points) == 1:
        return {"type": "Point", "coordinates": list(points[0])}, f"Centre de la commune.{missing}"
    return {"type": "MultiPoint", "coordinates": [list(point) for point in points]}, f"Centres des communes, dans l'ordre de la fiche.{missing}"


def feature(catalogue: Catalogue, key: str) -> dict[str, Any]:
    """A case as GeoJSON."""
    case = catalogue.cas[key]
    shape, said = geometry(catalogue, key)
    return {
        "type": "Feature", "id": key, "geometry": shape,
        "properties": {
            "identifiant": key, "titre": case.titre, "nom": case.nom, "type": case.type, "lieu": catalogue.lieu_court(key),
            "insee": [place.insee for place in case.lieux if place.insee], "departements": catalogue.departements(key),
            "regions": [region["code"] for region in regions(catalogue, key)], "leviers": [shown.levier for shown in case.leviers],
            "accueils": list(case.accueils), "etat": catalogue.etat(key), "geometrie": said,
            "adresse": catalogue.adresse + pages.address("cas", key), "donnees_json": catalogue.adresse + json_of("cas", key),
        },
    }


def write_geojson(catalogue: Catalogue, site: Path) -> None:
    """Write `/api/v1/cas.geojson`."""
    write_json(site / API / "cas.geojson", {
        "type": "FeatureCollection", "version": VERSION, "licence": LICENCE, "genere_le": instant(day(catalogue)), "adresse": f"{catalogue.adresse}cas/",
        "credits": coordinates.CREDIT, "features": [feature(catalogue, key) for key in catalogue.cas_en_ordre]})

"""The OpenAPI description of the open data: every address, and the exact shape of what it answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel

from macros.catalogue import Catalogue
from macros.exports.api import SAID
from macros.exports.csv_tables import TABLES as CSV_TABLES
from macros.exports.derived import TABLES
from macros.exports.envelope import API, LICENCE_CODE, LICENCE_URL, VERSION, write_json
from macros.model.case import Cas, Soutien
from macros.model.facts import Divergence
from macros.model.fields import described
from macros.model.lever import Levier
from macros.model.path import Etape
from macros.model.references import ChiffreCle, Correction, Document, Edition, Libelle, Mode, Repere, Reseau, Ressource, Temoignage, Terme

MODELS: dict[str, type[BaseModel]] = {
    "cas": Cas, "leviers": Levier, "modes": Mode, "reseaux": Reseau, "chiffres": ChiffreCle, "glossaire": Terme, "ressources": Ressource,
    "sources": Document, "temoignages": Temoignage, "reperes": Repere, "editions": Edition, "corrections": Correction, "parcours": Etape,
}
TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
MAYBE = {"type": ["string", "null"]}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(of: Any) -> dict[str, Any]:
    return {"type": "array", "items": of}


NAMED = _object(identifiant=TEXT, nom=TEXT, adresse={"type": "string", "format": "uri"})
CITED = _object(identifiant=TEXT, court=TEXT, titre=TEXT, editeur=TEXT, date=MAYBE, hors_des_cinq_documents={"type": "boolean"}, adresse=TEXT)
COMMUNE = _object(insee=TEXT, nom=TEXT, departement=TEXT, departement_nom=TEXT, region=TEXT, region_nom=TEXT, epci=MAYBE, epci_nom=MAYBE, population={"type": "integer"})
DERIVED: dict[str, dict[str, Any]] = {
    "cas": {"etat": TEXT, "date_principale": {"oneOf": [_ref("DatePrincipale"), {"type": "null"}]}, "dernier_document": TEXT, "edition_quittee": MAYBE, "lieu": TEXT, "lieux_noms": TEXTS,
            "regions": _list(_object(code=TEXT, nom=TEXT)),
            "communes": _list(_ref("Commune")), "type_nom": TEXT, "accueils_noms": TEXTS, "formes_noms": TEXTS, "leviers_noms": TEXTS,
            "divergences": _list(_ref("Divergence")), "temoignages": TEXTS},
    "leviers": {"cas_par_levier": _list(_ref("Renvoi")), "reperes": TEXTS, "temoignages": TEXTS},
    "modes": {"cas": _list(_ref("Renvoi")), "leviers": _list(_ref("Renvoi")), "famille_nom": TEXT},
    "reseaux": {"cas": _list(_ref("Renvoi")), "echelon_nom": TEXT},
    "sources": {"citee_par": _list(_object(collection=TEXT, identifiant=TEXT))},
}
"""Collection → what is derived for each of its entries, beside the sources cited."""


def _served(model: type[BaseModel], components: dict[str, Any]) -> dict[str, Any]:
    """A class of the model as it is served: every field present, numbers as numbers, dates as text."""
    made = described(model, "#/components/schemas/{model}")
    for name, inner in made.get("$defs", {}).items():
        components.setdefault(name, _clean(inner))
    cleaned: dict[str, Any] = _clean({key: value for key, value in made.items() if key != "$defs"})
    return cleaned


def _clean(node: Any) -> Any:
    if isinstance(node, list):
        return [_clean(item) for item in node]
    if not isinstance(node, dict):
        return node
    kinds = [choice.get("type") for choice in node.get("anyOf", ())]
    if "number" in kinds:
        return {"type": ["number", "null"] if "null" in kinds else "number", "minimum": 0, **_clean({key: node[key] for key in ("description", "examples") if key in node})}
    if kinds and "null" in kinds and len(kinds) == 2 and "type" in node["anyOf"][0]:
        inner = dict(node["anyOf"][0])
        inner["type"] = [inner["type"], "null"]
        if "enum" in inner:
            inner["enum"] = [*inner["enum"], None]
        return _clean({**inner, **{key: value for key, value in node.items() if key != "anyOf"}})
    if "properties" in node:
        return {"type": "object", "properties": {key: _clean(value) for key, value in node["properties"].items()}, "required": list(node["properties"]), "additionalProperties": False}
    return {key: _clean(value) for key, value in node.items() if key not in ("title", "default", "ge", "maxLength", "minItems", "maxItems", "examples")}


def _entries(components: dict[str, Any]) -> None:
    """Add one component per kind of entry, and the pieces they share."""
    components |= {"DatePrincipale": _object(quoi=TEXT, date=TEXT, en_toutes_lettres=TEXT), "Renvoi": NAMED, "SourceCitee": CITED, "Commune": COMMUNE}
    components["Divergence"] = _served(Divergence, components)
    cited = {"sources_citees": _list(_ref("SourceCitee"))}
    for name, model in MODELS.items():
        body = _served(model, components)
        body["properties"] = {"identifiant": TEXT, "adresse": {"type": "string", "format": "uri"}, "donnees_json": {"type": "string", "format": "uri"},
                              **body["properties"], "derive": _object(**DERIVED.get(name, {}), **cited)}
        body["required"] = list(body["properties"])
        components[f"Entree.{name}"] = body
    body = _served(Soutien, components)
    body["properties"] = {"cas": TEXT, "adresse": {"type": "string", "format": "uri"}, **body["properties"], "derive": _object(
        cas_titre=TEXT, nature_nom=TEXT, periodicite_nom=MAYBE, commune_qui_aide={"oneOf": [_ref("Commune"), {"type": "null"}]}, **cited)}
    body["required"] = list(body["properties"])
    components["Entree.soutiens"] = body


ENDS = {"deplace_vers": TEXT, "fusionne_dans": TEXT, "partage_en": TEXTS, "retire_le": TEXT, "remplace_par": TEXTS, "pourquoi": TEXT, "le": TEXT}
"""What the envelope adds at the address of a record that is no longer published under that identifier."""


def _envelope(content: Any, *more: str) -> dict[str, Any]:
    return _object(version=TEXT, licence=TEXT, genere_le={"type": "string", "format": "date-time"}, adresse={"type": "string", "format": "uri"},
                   **dict.fromkeys(more, TEXT), donnees=content)


def _one(content: Any) -> dict[str, Any]:
    """The envelope of a single record: when it was withdrawn or split, `donnees` is null and says nothing more."""
    made = _envelope({"oneOf": [content, {"type": "null"}]})
    made["properties"] |= ENDS
    return made


def _answer(said: str, schema: Any, kind: str = "application/json") -> dict[str, Any]:
    return {"200": {"description": said, "content": {kind: {"schema": schema}}}}


def _get(identifier: str, said: str, responses: dict[str, Any], parameter: bool = False) -> dict[str, Any]:
    operation: dict[str, Any] = {"operationId": identifier, "summary": said, "responses": responses}
    if parameter:
        operation["parameters"] = [{"name": "identifiant", "in": "path", "required": True, "description": "Identifiant de l'entrée.", "schema": TEXT}]
    return {"get": operation}


def description(catalogue: Catalogue) -> dict[str, Any]:
    """The whole OpenAPI document."""
    components: dict[str, Any] = {}
    _entries(components)
    paths: dict[str, Any] = {}
    for name, said in SAID.items():
        content = _list(_ref(f"Entree.{name}")) if name != "vocabulaires" else {
            "type": "object", "additionalProperties": {"type": "object", "additionalProperties": _served(Libelle, components)}}
        paths[f"/{API}{name}.json"] = _get(f"{name}-tous", said, _answer(said, _envelope(content, "description")))
        if name in TABLES:
            where = f"/{API}{name}/{{identifiant}}.json"
            paths[where] = _get(f"{name}-un", f"Une entrée de la collection « {name} ».", _answer("L'entrée.", _one(_ref(f"Entree.{name}"))), parameter=True)
    for name in ("cas", "leviers"):
        paths[f"/{API}{name}/{{identifiant}}.yml"] = _get(f"{name}-yaml", "La fiche telle qu'elle est écrite.", _answer("Le fichier YAML.", TEXT, "application/yaml"), parameter=True)
    for table in CSV_TABLES:
        paths[f"/{API}{table.name}.csv"] = _get(f"{table.name}-csv", table.title, _answer("Le tableau.", TEXT, "text/csv"))
        paths[f"/{API}{table.name}.tableschema.json"] = _get(f"{table.name}-colonnes", f"Les colonnes de {table.name}.csv.", _answer("Un Table Schema.", {"type": "object"}))
    paths[f"/{API}cas.geojson"] = _get("cas-carte", "Les cas sur une carte.", _answer("Une FeatureCollection.", {"type": "object"}, "application/geo+json"))
    paths[f"/{API}index.json"] = _get("index", "La liste des collections.", _answer("La liste.", _envelope(_list(_object(collection=TEXT, description=TEXT, adresse=TEXT)))))
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{catalogue.reglages.nom} : données ouvertes", "version": VERSION,
                 "description": "Tout ce que montrent les pages du site, en fichiers JSON, CSV et GeoJSON. Lecture seule, sans clé.",
                 "license": {"name": "Licence Ouverte 2.0", "identifier": LICENCE_CODE}},
        "externalDocs": {"url": f"{catalogue.adresse}donnees/", "description": f"Documentation en français. Licence : {LICENCE_URL}"},
        "servers": [{"url": catalogue.adresse.rstrip("/")}],
        "paths": paths, "components": {"schemas": dict(sorted(components.items()))},
    }


def write_openapi(catalogue: Catalogue, site: Path) -> None:
    """Write `/api/v1/openapi.json`."""
    write_json(site / API / "openapi.json", description(catalogue))

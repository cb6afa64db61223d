"""Open data: every record as JSON, by collection and one by one, and the YAML of the fiches as it was written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from macros.catalogue import Catalogue
from macros.exports.derived import TABLES, entry, page_of, support
from macros.exports.envelope import API, plain, wrapped, write_json
from macros.filing import put
from macros.folders import folders
from macros.pages import VIEWS

SAID = {
    "cas": "Les études de cas : ce que des communes, des groupements ou des structures ont fait.",
    "leviers": "Les leviers d'action des collectivités.",
    "modes": "Les modes de contractualisation et de soutien.",
    "reseaux": "Les réseaux, fédérations et organismes que les sources nomment.",
    "chiffres": "Les chiffres clés.",
    "glossaire": "Les mots et sigles du domaine.",
    "ressources": "Les publications que les éditions conseillent.",
    "sources": "Les documents d'où viennent les faits.",
    "temoignages": "Les propos rapportés.",
    "reperes": "Les repères de droit et de pratique, hors des cinq documents.",
    "editions": "Les éditions de la fiche source.",
    "corrections": "Ce que le site écrit autrement que ses sources.",
    "parcours": "Les étapes de « Par où commencer » : questions, réponses, arrivées.",
    "soutiens": "Tous les soutiens publics, avec le cas où ils apparaissent.",
    "vocabulaires": "Les listes de mots contrôlés : identifiant et libellé.",
}
"""Collection → what it holds, in one sentence."""


def list_page(name: str) -> str:
    """Address of the page where a collection is read."""
    return {"temoignages": "leviers/", "soutiens": "combien/", "vocabulaires": "contribuer/champs/"}.get(name) or VIEWS.get(name, f"{name}/")


def order(catalogue: Catalogue, table: str) -> list[str]:
    """Identifiers of a table in the order the pages show them."""
    if table == "cas":
        return catalogue.cas_en_ordre
    if table == "leviers":
        return catalogue.leviers_en_ordre
    return list(getattr(catalogue, table))


def collection(catalogue: Catalogue, name: str) -> list[Any] | dict[str, Any]:
    """The content of a collection."""
    if name == "soutiens":
        return [support(catalogue, key, item) for key, item in catalogue.soutiens()]
    if name == "vocabulaires":
        return {group: {key: plain(word) for key, word in words.items()} for group, words in catalogue.vocabulaires.items()}
    return [entry(catalogue, TABLES[name], key) for key in order(catalogue, TABLES[name])]


def write_api(catalogue: Catalogue, site: Path) -> None:
    """Write `/api/v1/`: an index, the collections, each record."""
    root = site / API
    for name, said in SAID.items():
        content = collection(catalogue, name)
        write_json(root / f"{name}.json", wrapped(catalogue, list_page(name), content, description=said))
        entries = content if isinstance(content, list) and name in TABLES else []
        for item in entries:
            page = page_of(catalogue, TABLES[name], item["identifiant"])
            write_json(root / name / f"{item['identifiant']}.json", wrapped(catalogue, page, item))
    write_json(root / "index.json", wrapped(catalogue, "donnees/", [
        {"collection": name, "description": said, "adresse": f"{catalogue.adresse}{API}{name}.json"} for name, said in SAID.items()]))
    where = folders()
    for folder, keys, name in ((where.cases, list(catalogue.cas), "cas"), (where.levers, list(catalogue.leviers), "leviers")):
        for key in keys:
            put(root / name / f"{key}.yml", (folder / f"{key}.yml").read_bytes())

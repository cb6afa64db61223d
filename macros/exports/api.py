"""Open data: every record as JSON, by collection and one by one, and the YAML of the fiches as it was written."""

from __future__ import annotations

from pathlib import Path

from macros.catalogue import Catalogue
from macros.exports.derived import TABLES, entry, page_of, support
from macros.exports.envelope import API, json_bytes, plain, wrapped, wrapped_bytes, write_json
from macros.filing import put
from macros.folders import folders
from macros.origin import each_case
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


def _of_case(catalogue: Catalogue, key: str) -> list[str]:
    """A case as JSON, then each of its supports."""
    return [json_bytes(made).decode() for made in (entry(catalogue, "cas", key), *(support(catalogue, key, item) for item in catalogue.cas[key].soutiens))]


def _vocabularies(catalogue: Catalogue) -> bytes:
    return json_bytes({group: {key: plain(word) for key, word in words.items()} for group, words in catalogue.vocabulaires.items()})


def write_api(catalogue: Catalogue, site: Path) -> None:
    """Write `/api/v1/`: an index, the collections, each record."""
    root = f"{site}/{API}"
    cases: dict[str, bytes] = {}
    supports: dict[int, bytes] = {}
    for key, (whole, *parts) in each_case(catalogue, "donnees", _of_case):
        cases[key] = whole.encode()
        supports |= {id(item): text.encode() for item, text in zip(catalogue.cas[key].soutiens, parts, strict=True)}
    for name, said in SAID.items():
        entries: dict[str, bytes] = {}
        if name in TABLES:
            entries = {key: cases[key] if name == "cas" else json_bytes(entry(catalogue, TABLES[name], key)) for key in order(catalogue, TABLES[name])}
        content = _vocabularies(catalogue) if name == "vocabulaires" else [supports[id(item)] for _, item in catalogue.soutiens()] if name == "soutiens" else entries.values()
        put(f"{root}{name}.json", wrapped_bytes(catalogue, list_page(name), content, description=said))
        for key, one in entries.items():
            put(f"{root}{name}/{key}.json", wrapped_bytes(catalogue, page_of(catalogue, TABLES[name], key), one))
    write_json(f"{root}index.json", wrapped(catalogue, "donnees/", [
        {"collection": name, "description": said, "adresse": f"{catalogue.adresse}{API}{name}.json"} for name, said in SAID.items()]))
    where = folders()
    for folder, keys, name in ((where.cases, list(catalogue.cas), "cas"), (where.levers, list(catalogue.leviers), "leviers")):
        for key in keys:
            put(f"{root}{name}/{key}.yml", (folder / f"{key}.yml").read_bytes())

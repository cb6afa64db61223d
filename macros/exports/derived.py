"""What the site computes from the records, under names that say so: everything here stands under the key `derive`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from macros import pages
from macros.catalogue import Catalogue
from macros.explorer.facets import event
from macros.exports.envelope import API, plain
from macros.model.case import Cas, Soutien
from macros.nodes import sources_of
from macros.register import Commune, register

TABLES = {
    "cas": "cas", "leviers": "leviers", "modes": "modes", "reseaux": "reseaux", "chiffres": "chiffres", "glossaire": "termes",
    "ressources": "ressources", "sources": "sources", "temoignages": "temoignages", "reperes": "reperes", "editions": "editions",
    "corrections": "corrections", "parcours": "parcours",
}
"""Name of a collection in the open data → table of the catalogue."""
COLLECTIONS = {table: name for name, table in TABLES.items()}


def page_of(catalogue: Catalogue, table: str, key: str) -> str:
    """Address, from the site root, of the page or anchor where a record is read."""
    if table == "temoignages":
        speech = catalogue.temoignages[key]
        where = pages.address("cas", speech.cas) if speech.cas else pages.address("leviers", speech.leviers[0]) if speech.leviers else "sources/"
        return f"{where}#temoignage-{key}" if speech.cas or speech.leviers else where
    if table == "sources" and catalogue.sources[key].fonds != "documents":
        return f"sources/#{key}"
    if table == "editions":
        return f"editions/#edition-{key}"
    if table == "reperes":
        return f"reperes/#repere-{key}"
    return pages.address(table, key)


def json_of(table: str, key: str) -> str:
    """Address, from the site root, of the JSON of one record."""
    return f"{API}{COLLECTIONS[table]}/{key}.json"


def entry(catalogue: Catalogue, table: str, key: str) -> dict[str, Any]:
    """One record: its identifier and addresses, every field as written, then what is derived."""
    record: BaseModel = getattr(catalogue, table)[key]
    return {
        "identifiant": key,
        "adresse": catalogue.adresse + page_of(catalogue, table, key),
        "donnees_json": catalogue.adresse + json_of(table, key),
        **plain(record),
        "derive": {**_derived(catalogue, table, key, record), "sources_citees": cited(catalogue, sources_of(record))},
    }


def cited(catalogue: Catalogue, keys: Iterable[str]) -> list[dict[str, Any]]:
    """The documents a record rests on, spelled out."""
    root = catalogue.adresse
    return [{"identifiant": key, "court": catalogue.sources[key].court, "titre": catalogue.sources[key].titre, "editeur": catalogue.sources[key].editeur,
             "date": plain(catalogue.sources[key].date), "hors_des_cinq_documents": catalogue.sources[key].fonds == "exterieur",
             "adresse": root + page_of(catalogue, "sources", key)} for key in keys]


def named(catalogue: Catalogue, table: str, keys: Iterable[str]) -> list[dict[str, str]]:
    """Identifier, name and page of some records."""
    found, root = [], catalogue.adresse
    for key in keys:
        record = getattr(catalogue, table)[key]
        name = getattr(record, "titre_court", None) or getattr(record, "titre", None) or getattr(record, "nom", None) or key
        found.append({"identifiant": key, "nom": name, "adresse": root + page_of(catalogue, table, key)})
    return found


def _derived(catalogue: Catalogue, table: str, key: str, record: BaseModel) -> dict[str, Any]:
    if isinstance(record, Cas):
        return _case(catalogue, key, record)
    if table == "leviers":
        return {"cas_par_levier": named(catalogue, "cas", catalogue.cas_par_levier[key]),
                "reperes": list(catalogue.reperes_de("leviers", key)),
                "temoignages": [name for name, speech in catalogue.temoignages.items() if key in speech.leviers]}
    if table == "modes":
        return {"cas": named(catalogue, "cas", catalogue.cas_par_mode[key]), "leviers": named(catalogue, "leviers", catalogue.leviers_du_mode(key)),
                "famille_nom": catalogue.libelle("familles_de_modes", record.famille)}  # type: ignore[attr-defined]
    if table == "reseaux":
        return {"cas": named(catalogue, "cas", catalogue.cas_par_reseau[key]), "echelon_nom": catalogue.libelle("echelons", record.echelon)}  # type: ignore[attr-defined]
    if table == "sources":
        return {"citee_par": [{"collection": COLLECTIONS[where], "identifiant": name} for where, name in catalogue.citations[key]]}
    return {}


def _case(catalogue: Catalogue, key: str, case: Cas) -> dict[str, Any]:
    what, when = event(catalogue, key)
    return {
        "etat": catalogue.etat(key),
        "date_principale": {"quoi": what, "date": when.texte, "en_toutes_lettres": when.lisible} if when else None,
        "dernier_document": catalogue.annee_des_sources(key),
        "edition_quittee": catalogue.hors_edition_courante(key),
        "lieu": catalogue.lieu_court(key),
        "lieux_noms": [catalogue.nom_du_lieu(place) for place in case.lieux],
        "regions": regions(catalogue, key),
        "communes": [commune(found) for found in catalogue.communes(key)],
        "type_nom": catalogue.libelle("types", case.type),
        "accueils_noms": [catalogue.libelle("accueils", word) for word in case.accueils],
        "formes_noms": [catalogue.libelle("formes", item.valeur) for item in case.forme],
        "leviers_noms": [catalogue.leviers[shown.levier].titre_court for shown in case.leviers],
        "divergences": plain(catalogue.divergences(case)),
        "temoignages": [name for name, speech in catalogue.temoignages.items() if speech.cas == key],
    }


def regions(catalogue: Catalogue, key: str) -> list[dict[str, str]]:
    """Régions of a case, from its places."""
    official = register()
    codes: dict[str, None] = {}
    for place in catalogue.cas[key].lieux:
        found = official.commune(place.insee) if place.insee else None
        code = place.region or (found.region if found else official.departements[place.departement][1] if place.departement else None)
        if code:
            codes[code] = None
    return [{"code": code, "nom": official.regions[code]} for code in codes]


def commune(found: Commune) -> dict[str, Any]:
    """A commune as the official register gives it."""
    official = register()
    return {"insee": found.insee, "nom": found.nom, "departement": found.departement, "departement_nom": official.departements[found.departement][0],
            "region": found.region, "region_nom": official.regions[found.region], "epci": found.epci or None, "epci_nom": official.epci.get(found.epci),
            "population": found.population}


def support(catalogue: Catalogue, key: str, item: Soutien) -> dict[str, Any]:
    """A public support with the case it belongs to."""
    giver = register().commune(item.insee) if item.insee else None
    return {"cas": key, "adresse": f"{catalogue.adresse}{pages.address('cas', key)}#soutiens", **plain(item),
            "derive": {"cas_titre": catalogue.cas[key].titre, "nature_nom": catalogue.libelle("natures_de_soutien", item.nature),
                       "periodicite_nom": catalogue.libelle("periodicites", item.periodicite) if item.periodicite else None,
                       "commune_qui_aide": commune(giver) if giver else None,
                       "sources_citees": cited(catalogue, item.sources)}}

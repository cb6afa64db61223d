"""Two versions of the data → what changed, in words a reader understands: « soutien ajouté : subvention annuelle 2025 »."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from macros.catalogue import Catalogue
from macros.exports.envelope import plain
from macros.model.case import Acteur, Jalon, LevierMontre, Lieu, Procede, Rubrique, Soutien, Verification
from macros.model.facts import Action, Chiffre, Divergence, Phrase
from macros.model.values import DateTexte

NAMES = {
    "titre": ("titre", ""), "nom": ("nom", ""), "alias": ("autre nom", ""), "type": ("type", ""), "accueils": ("genre de lieu", ""), "lieux": ("lieu", ""),
    "editions": ("édition", "e"), "verifications": ("vérification", "e"), "valable_jusqu_au": ("date de validité", "e"), "habitants": ("nombre d'habitants", ""),
    "forme": ("forme juridique", "e"), "capacite": ("capacité", "e"), "surface": ("surface", "e"), "creation": ("date de création", "e"),
    "ouverture": ("date d'ouverture", "e"), "sans_objet": ("ligne sans objet", "e"), "en_bref": ("phrase du résumé", "e"), "contexte": ("phrase sur le contexte", "e"),
    "description": ("phrase de la description", "e"), "gouvernance": ("phrase sur la gouvernance", "e"), "equipe": ("phrase sur l'équipe", "e"), "leviers": ("levier", ""),
    "soutiens": ("soutien", ""), "modes": ("mode de soutien", ""), "acteurs": ("acteur", ""), "jalons": ("étape", "e"), "resultats": ("résultat", ""),
    "chiffres": ("chiffre", ""), "rubriques": ("rubrique", "e"), "divergences": ("désaccord entre sources", ""), "changements": ("évolution entre éditions", "e"),
    "complements": ("complément", ""), "inconnues": ("question ouverte", "e"), "ressources": ("ressource", "e"), "titre_court": ("titre court", ""),
    "accroche": ("accroche", "e"), "parutions": ("parution", "e"), "en_une_phrase": ("définition", "e"), "pourquoi": ("raison d'agir", "e"),
    "moyens": ("geste possible", ""), "outils": ("outil", ""), "cadre": ("point de droit", ""), "vigilance": ("point de vigilance", ""),
}
"""Field → what it is called, and the ending of its participle."""
SILENT = {"redige_le", "rang"}
Items = dict[str, list[str]]
Snapshot = dict[str, dict[str, dict[str, Any]]]
"""Table → identifier → `titre` and `champs`: field → key of an item → [what it is called, fingerprint of its content]."""


def snapshot(catalogue: Catalogue) -> Snapshot:
    """What must be kept of a version to tell, later, what changed since: names and fingerprints, not the texts."""
    return {table: {key: {"titre": short_title(record), "champs": _fields(catalogue, record)} for key, record in getattr(catalogue, table).items()}
            for table in ("cas", "leviers")}


def short_title(record: BaseModel) -> str:
    """What a list of changes calls a record."""
    return getattr(record, "titre_court", None) or str(getattr(record, "titre", "")).split(" : ")[0]


def _fields(catalogue: Catalogue, record: BaseModel) -> dict[str, Items]:
    found: dict[str, Items] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name in SILENT or value in (None, ()):
            continue
        items: Items = {}
        for index, item in enumerate(value if isinstance(value, tuple) else (value,)):
            called = label(catalogue, name, item)
            key = called if called and type(item) is not Phrase else str(index)
            while key in items:
                key += "+"
            digest = hashlib.sha256(json.dumps(plain(item), ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]
            items[key] = [called, digest]
        found[name] = items
    return found


def label(catalogue: Catalogue, field: str, item: Any) -> str:
    """What one item of a field is called; empty when only its place tells it apart."""
    match item:
        case Soutien():
            nature = catalogue.libelle("natures_de_soutien", item.nature).lower()
            when = f" {item.annee.lisible}" if item.annee else ""
            return f"{nature}{when}, {item.financeur}" + (f" ({item.objet})" if item.objet else "")
        case Acteur():
            return item.nom
        case Jalon():
            return f"{item.date.lisible}, {item.texte}"
        case Verification():
            return f"{item.date.lisible}, par {item.par}"
        case LevierMontre():
            return catalogue.leviers[item.levier].titre_court
        case Procede():
            return catalogue.modes[item.mode].nom
        case Lieu():
            return catalogue.nom_du_lieu(item)
        case Chiffre():
            return item.libelle
        case Divergence():
            return item.sujet
        case Rubrique():
            return item.titre
        case Action():
            return item.verbe
        case BaseModel():
            value = getattr(item, "valeur", None)
            return "" if value is None else value.lisible if isinstance(value, DateTexte) else str(plain(value))
        case DateTexte():
            return item.lisible
        case _:
            group = {"type": "types", "accueils": "accueils"}.get(field)
            return catalogue.libelle(group, item) if group else str(item)


def sentences(before: Mapping[str, Items], after: Mapping[str, Items]) -> list[str]:
    """What changed in one record, a sentence per change, in the order of the fields."""
    said: list[str] = []
    for field in [*after, *(name for name in before if name not in after)]:
        name, ending = NAMES.get(field, (field.replace("_", " "), ""))
        old, new = before.get(field, {}), after.get(field, {})
        added = [new[key][0] for key in new if key not in old]
        gone = [old[key][0] for key in old if key not in new]
        changed = [new[key][0] for key in new if key in old and old[key][1] != new[key][1]]
        if len(added) == len(gone) == 1 and added[0] and gone[0]:
            said.append(f"{name} modifié{ending} : « {gone[0]} » devient « {added[0]} »")
            added = gone = []
        for items, verb in ((added, "ajouté"), (gone, "retiré"), (changed, "modifié")):
            said += [f"{name} {verb}{ending}" + (f" : {item}" if item else "") for item in dict.fromkeys(items)]
    return said


def compared(before: Snapshot, after: Snapshot, moves: Mapping[tuple[str, str], tuple[str, str]] | None = None,
             ends: Mapping[tuple[str, str], str] | None = None) -> list[dict[str, Any]]:
    """Every record that changed, with its sentences. `moves`: former (table, identifier) → present one; `ends`: what became of those that left."""
    moves, ends = moves or {}, ends or {}
    origin = {new: old for old, new in moves.items()}
    found: list[dict[str, Any]] = []
    for table, records in after.items():
        for key, record in records.items():
            former = before.get(table, {}).get(key)
            said = []
            if former is None and (table, key) in origin:
                former = before.get(table, {}).get(origin[table, key][1])
                said.append("nouvelle adresse, l'ancienne y mène")
            said = ["fiche publiée"] if former is None else [*said, *sentences(former["champs"], record["champs"])]
            if said:
                found.append({"table": table, "identifiant": key, "titre": record["titre"], "phrases": said})
        for key, record in before.get(table, {}).items():
            if key not in records and (table, key) not in moves:
                found.append({"table": table, "identifiant": key, "titre": record["titre"], "phrases": [ends.get((table, key), "fiche retirée")]})
    return found

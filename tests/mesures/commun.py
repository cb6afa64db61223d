"""What the pages of the cases take from elsewhere: words of the lists, names of levers and modes, sources, places. Every generator reads it as one file."""

from __future__ import annotations

from typing import Any

from macros.catalogue import Catalogue
from macros.model.values import DateTexte
from macros.notes import STATUS
from macros.register import register
from macros.rendering import PRECISIONS
from macros.typography import french

AS_WRITTEN = {"url", "lien", "fonds", "cle", "court", "adresse", "depot", "courriel", "edition"}
"""What is not running text, or also stands where nobody reads it."""


def common(catalogue: Catalogue) -> dict[str, Any]:
    """Names by table and identifier; of the official register, only what these cases name."""
    official = register()
    communes = {place.insee: commune for case in catalogue.cas.values() for place in case.lieux if place.insee and (commune := official.commune(place.insee))}
    return {
        "nom": catalogue.reglages.nom, "adresse": catalogue.adresse, "depot": catalogue.depot, "courriel": catalogue.reglages.contact.courriel, "edition": max(catalogue.editions),
        "libelles": {group: {key: word.nom for key, word in words.items()} for group, words in catalogue.vocabulaires.items()},
        "statuts": STATUS, "precisions": PRECISIONS, "leviers": {key: lever.titre_court for key, lever in catalogue.leviers.items()}, "modes": {key: mode.nom for key, mode in catalogue.modes.items()},
        "ressources": {key: {"titre": one.titre, "editeur": one.editeur, "date": _words(one.date)} for key, one in catalogue.ressources.items()},
        "sources": {key: _source(catalogue, key) for key in catalogue.sources}, "ordre": catalogue.documents,
        "communes": {code: {"nom": one.nom, "epci": one.epci, "population": str(one.population)} for code, one in communes.items()},
        "departements": official.departements, "regions": official.regions, "epci": official.epci}


def _words(date: DateTexte | None) -> str | None:
    return date.lisible if date else None


def _source(catalogue: Catalogue, key: str) -> dict[str, Any]:
    source = catalogue.sources[key]
    date = _words(source.date)
    year = str(source.date.annee) if source.date and date and not date.startswith("vers") else date or "non datée"
    return {"court": source.court, "editeur": source.editeur, "titre": source.titre, "date": date, "annee": year, "cle": catalogue.cle_de_source(key),
            "date_certitude": source.date_certitude, "fonds": source.fonds, "url": source.url, "lien": source.lien, "consulte_le": _words(source.consulte_le)}


def typeset(value: Any) -> Any:
    """The same, its texts set in French typography."""
    if isinstance(value, dict):
        return {key: inner if key in AS_WRITTEN else typeset(inner) for key, inner in value.items()}
    return [typeset(inner) for inner in value] if isinstance(value, list | tuple) else french(value) if isinstance(value, str) else value

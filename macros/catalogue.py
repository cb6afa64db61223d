"""The Catalogue: everything the site knows, checked once, never changed; and what is derived from it.

Reverse links, counts, orders and states are computed here and written nowhere.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import BaseModel

from macros.model.case import Cas, Lieu, Soutien
from macros.model.facts import Divergence, TexteSource
from macros.model.ledger import Adresse
from macros.model.lever import Levier
from macros.model.path import Etape
from macros.model.references import (
    ChiffreCle,
    Correction,
    Document,
    Edition,
    Libelle,
    Mode,
    Reglages,
    Repere,
    Reseau,
    Ressource,
    Synonymes,
    Temoignage,
    Terme,
)
from macros.model.values import plain
from macros.nodes import dates, sources_of
from macros.register import Commune, register

if TYPE_CHECKING:
    from macros.explorer.territories import Territoire

VALUED = {"habitants": "Nombre d'habitants", "forme": "Forme juridique", "capacite": "Nombre de places", "surface": "Surface",
          "creation": "Date de création", "ouverture": "Date d'ouverture"}
"""Fields of a case that may hold several values → what a disagreement about them is called."""


@dataclass(frozen=True)
class Catalogue:
    """All records, by table and identifier."""

    cas: dict[str, Cas]
    leviers: dict[str, Levier]
    sources: dict[str, Document]
    editions: dict[str, Edition]
    reseaux: dict[str, Reseau]
    modes: dict[str, Mode]
    chiffres: dict[str, ChiffreCle]
    termes: dict[str, Terme]
    ressources: dict[str, Ressource]
    temoignages: dict[str, Temoignage]
    corrections: dict[str, Correction]
    reperes: dict[str, Repere]
    parcours: dict[str, Etape]
    synonymes: dict[str, Synonymes]
    vocabulaires: dict[str, dict[str, Libelle]]
    reglages: Reglages
    adresses: dict[str, Adresse] = field(default_factory=dict)
    """Every published address, and what became of those that ended; empty for data that have no ledger of their own."""

    @property
    def adresse(self) -> str:
        """Public address of the site, ending with a slash (`SITE_URL`, else references/site.yml)."""
        return (os.environ.get("SITE_URL") or self.reglages.adresse).rstrip("/") + "/"

    @property
    def depot(self) -> str:
        """Address of the repository, without final slash (`DEPOT`, else references/site.yml)."""
        return (os.environ.get("DEPOT") or self.reglages.depot).rstrip("/")

    def libelle(self, groupe: str, identifiant: str) -> str:
        """What the reader sees for a word of a controlled list."""
        return self.vocabulaires[groupe][identifiant].nom

    # Levers and cases

    @cached_property
    def leviers_en_ordre(self) -> list[str]:
        """Identifiers of the levers in display order."""
        return sorted(self.leviers, key=lambda key: self.leviers[key].rang)

    @cached_property
    def cas_en_ordre(self) -> list[str]:
        """Identifiers of the cases, by title."""
        return sorted(self.cas, key=lambda key: sort_key(self.cas[key].titre))

    @cached_property
    def cas_recents(self) -> list[str]:
        """Identifiers of the cases, those of the most recent source first, the best documented before."""
        return sorted(self.cas_en_ordre, key=lambda key: (self.date_des_sources(key), len(sources_of(self.cas[key])), len(self.cas[key].soutiens)), reverse=True)

    @cached_property
    def cas_par_levier(self) -> dict[str, list[str]]:
        """Lever → its cases, those printed by an edition first."""
        found: dict[str, list[str]] = {key: [] for key in self.leviers}
        for key in self.cas_en_ordre:
            for shown in self.cas[key].leviers:
                found[shown.levier].append(key)
        for lever, cases in found.items():
            cases.sort(key=lambda key: not next(shown.editions for shown in self.cas[key].leviers if shown.levier == lever))
        return found

    @cached_property
    def cas_avec_levier(self) -> set[str]:
        """Cases that show at least one lever."""
        return {key for key, case in self.cas.items() if case.leviers}

    @cached_property
    def cas_par_mode(self) -> dict[str, list[str]]:
        """Mode → the cases where it is met."""
        found: dict[str, list[str]] = {key: [] for key in self.modes}
        for key in self.cas_en_ordre:
            case = self.cas[key]
            met = [support.mode for support in case.soutiens if support.mode] + [met.mode for met in case.modes]
            for mode in dict.fromkeys(met):
                found[mode].append(key)
        return found

    @cached_property
    def cas_par_reseau(self) -> dict[str, list[str]]:
        """Network → the cases where it takes part."""
        found: dict[str, list[str]] = {key: [] for key in self.reseaux}
        for key in self.cas_en_ordre:
            for network in dict.fromkeys(actor.reseau for actor in self.cas[key].acteurs if actor.reseau):
                found[network].append(key)
        return found

    def cas_par_type(self, type_de_cas: str) -> list[str]:
        """Cases of a kind."""
        return [key for key in self.cas_en_ordre if self.cas[key].type == type_de_cas]

    def soutiens(self) -> list[tuple[str, Soutien]]:
        """Every public support with its case, the largest amount first."""
        return self.soutiens_de(self.cas_en_ordre)

    def soutiens_de(self, cas: Iterable[str]) -> list[tuple[str, Soutien]]:
        """The public supports of some cases, in the same order."""
        found = [(key, support) for key in cas for support in self.cas[key].soutiens]
        return sorted(found, key=lambda pair: (-(pair[1].montant or 0), sort_key(pair[1].financeur)))

    @cached_property
    def termes_en_ordre(self) -> list[tuple[str, Terme]]:
        """Words of the glossary, in the order of the dictionary."""
        return sorted(self.termes.items(), key=lambda item: sort_key(item[1].sigle or item[1].terme))

    def leviers_du_mode(self, mode: str) -> list[str]:
        """Levers whose steps or tools name a mode."""
        return [key for key in self.leviers_en_ordre if mode in {*(step.mode for step in self.leviers[key].moyens), *(tool.mode for tool in self.leviers[key].outils)}]

    # Sources

    @cached_property
    def citations(self) -> dict[str, list[tuple[str, str]]]:
        """Source → every (table, identifier) that cites it."""
        found: dict[str, list[tuple[str, str]]] = {key: [] for key in self.sources}
        for table in ("leviers", "cas", "modes", "reseaux", "chiffres", "termes", "ressources", "temoignages", "editions", "reperes"):
            records: dict[str, BaseModel] = getattr(self, table)
            for key, record in records.items():
                for source in sources_of(record):
                    found[source].append((table, key))
                if isinstance(record, Repere):
                    found[record.source].append((table, key))
        return found

    @cached_property
    def documents(self) -> list[str]:
        """The documents the project starts from, most recent first."""
        own = [key for key, source in self.sources.items() if source.fonds == "documents"]
        return sorted(own, key=self.cle_de_source, reverse=True)

    def cle_de_source(self, identifiant: str) -> str:
        """Sort key of a source by date."""
        date = self.sources[identifiant].date
        return date.cle if date else ""

    def date_des_sources(self, identifiant: str) -> str:
        """Sort key of the most recent of the starting documents a case rests on."""
        own = [key for key in sources_of(self.cas[identifiant]) if self.sources[key].fonds == "documents"]
        return max((self.cle_de_source(key) for key in own or sources_of(self.cas[identifiant])), default="")

    def annee_des_sources(self, identifiant: str) -> str:
        """The year, in words, of the most recent source of a case."""
        keys = sources_of(self.cas[identifiant])
        own = [key for key in keys if self.sources[key].fonds == "documents"] or keys
        latest = max(own, key=self.cle_de_source)
        date = self.sources[latest].date
        return str(date.annee) if date and not date.texte.startswith("vers") else (date.lisible if date else "non datée")

    def etat(self, identifiant: str) -> str:
        """Whether and when a case was verified, in words."""
        case = self.cas[identifiant]
        if case.verifications:
            last = max(case.verifications, key=lambda item: item.date.cle)
            return f"Vérifié : {last.date.lisible}, par {last.par}"
        year = self.annee_des_sources(identifiant)
        if year == "non datée":
            return "Source non datée, pas encore vérifié"
        return f"Source {'' if year.startswith('vers') else 'de '}{year}, pas encore vérifié"

    def hors_edition_courante(self, identifiant: str) -> str | None:
        """The last edition that prints a case, when the current one no longer does."""
        printed = self.cas[identifiant].editions
        return max(printed) if printed and max(printed) != max(self.editions) else None

    @cached_property
    def dernier_jour(self) -> str:
        """The newest date written in the fiches or the ledger, `YYYY-MM-DD`."""
        written = (day for records in (self.cas, self.leviers) for record in records.values() for day in dates(record))
        ends = (date.cle for entry in self.adresses.values() for date in (entry.le, entry.retire_le) if date)
        return max((*written, *ends), default="2026-01-01")

    # Places

    def communes(self, identifiant: str) -> list[Commune]:
        """The communes of a case, as in the official register."""
        found = (register().commune(place.insee) for place in self.cas[identifiant].lieux if place.insee)
        return [commune for commune in found if commune]

    def departements(self, identifiant: str) -> list[str]:
        """Codes of the départements of a case."""
        return list(dict.fromkeys(place.departement for place in self.cas[identifiant].lieux if place.departement))

    def nom_du_lieu(self, place: Lieu) -> str:
        """« Anstaing (59) », « Seine-Saint-Denis (93) », « Plaine Commune »."""
        if place.commune:
            return f"{place.commune} ({place.departement})"
        official = register()
        if place.departement:
            return f"{official.departements[place.departement][0]} ({place.departement})"
        return official.epci[place.epci] if place.epci else official.regions[place.region or ""]

    def region_du_lieu(self, place: Lieu) -> str:
        """Name of the région of a place; empty if unknown, or if the place is the région itself."""
        official = register()
        if not (place.departement or place.epci):
            return ""
        code = place.region or (official.departements[place.departement][1] if place.departement else "")
        return official.regions.get(code, "")

    def lieu_court(self, identifiant: str) -> str:
        """Where a case is, in a few words."""
        places = self.cas[identifiant].lieux
        return ", ".join(dict.fromkeys(self.nom_du_lieu(place) for place in places[:3])) if places else "Lieu non précisé"

    @cached_property
    def par_departement(self) -> dict[str, Territoire]:
        """Pages of the départements, once there are too many cases for one page."""
        from macros.explorer.territories import by_departement

        return by_departement(self)

    @cached_property
    def par_region(self) -> dict[str, Territoire]:
        """Pages of the régions, in the same case."""
        from macros.explorer.territories import by_region

        return by_region(self)

    # Disagreements, words, landmarks

    def divergences(self, case: Cas) -> list[Divergence]:
        """Every disagreement of a case: fields with several values, then those told in words."""
        found = []
        for name, subject in VALUED.items():
            values = getattr(case, name)
            if len({str(item.valeur) for item in values}) > 1:
                shown = tuple(TexteSource(valeur=self._in_words(name, item), objet=item.objet, source=item.source, aussi=item.aussi, statut=item.statut, reserve=item.reserve)
                              for item in sorted(values, key=lambda item: self.cle_de_source(item.source), reverse=True))
                found.append(Divergence(sujet=subject, valeurs=shown))
        return [*found, *case.divergences]

    @cached_property
    def divergences_par_source(self) -> dict[str, list[tuple[str, Divergence]]]:
        """Source → the disagreements it takes part in, each with its case, by title of the case."""
        found: dict[str, list[tuple[str, Divergence]]] = {key: [] for key in self.sources}
        for key in self.cas_en_ordre:
            for disagreement in self.divergences(self.cas[key]):
                for source in dict.fromkeys(value.source for value in disagreement.valeurs):
                    found[source].append((key, disagreement))
        return found

    def _in_words(self, name: str, item: object) -> str:
        value = item.valeur  # type: ignore[attr-defined]
        if name == "forme":
            return self.libelle("formes", value)
        return value.lisible if hasattr(value, "lisible") else str(value)

    @cached_property
    def sigles(self) -> dict[str, tuple[str, str]]:
        """Acronym → (identifier in the glossary, expansion), for those explained in running text."""
        return {term.sigle: (key, term.terme) for key, term in self.termes.items() if term.sigle and term.explique}

    def reperes_de(self, champ: str, identifiant: str, certitude: str | None = None) -> list[str]:
        """Landmarks that concern a lever, a mode or a word (`champ`: leviers, modes, termes), in file order."""
        return [key for key, mark in self.reperes.items()
                if identifiant in getattr(mark, champ) and certitude in (None, mark.certitude)]

    def chiffres_du_theme(self, theme: str) -> list[str]:
        """Key figures of a group, in order."""
        return sorted((key for key, figure in self.chiffres.items() if figure.theme == theme), key=lambda key: self.chiffres[key].rang)

    def comptes(self, valeurs: Iterable[str]) -> list[tuple[str, int]]:
        """How many times each value appears, the most frequent first."""
        return sorted(Counter(valeurs).items(), key=lambda item: (-item[1], item[0]))


def sort_key(text: str) -> str:
    """Alphabetical order of French: without accents, case or ligatures."""
    return plain(text).replace("œ", "oe").replace("æ", "ae")

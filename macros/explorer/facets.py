"""The filters of the list of cases: which ones, their values, how many cases each value holds.

One place says what a case answers to each filter (`answers`); the cards, the counts and the file to download follow from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from macros.catalogue import Catalogue, sort_key
from macros.kept import kept
from macros.model.case import Cas, Lieu
from macros.model.references import Mode, Reseau
from macros.model.values import DateTexte, plain
from macros.register import register

SIZES = (("2000", 2_000, "Jusqu'à 2 000 habitants"), ("3500", 3_500, "2 001 à 3 500 habitants"), ("10000", 10_000, "3 501 à 10 000 habitants"),
         ("50000", 50_000, "10 001 à 50 000 habitants"), ("100000", 100_000, "50 001 à 100 000 habitants"))
"""Classes of communes: identifier, largest population, label. 3 500 and 10 000 are where the law asks more of a commune."""
LARGEST = ("plus", "Plus de 100 000 habitants")
NOTHING = "aucun"
"""What a case answers when it has no value: every case answers every filter, so that none is out of reach."""
UNFIT = "sans-objet"
"""A legal form makes no sense for this case."""
VERIFIED = "verifie"


@dataclass(frozen=True)
class Valeur:
    """A value of a filter, as the reader ticks it."""

    identifiant: str
    """As it stands in the address: `59`."""
    nom: str
    """« Nord (59) »."""
    nombre: int
    """Cases that have it."""


@dataclass(frozen=True)
class Facette:
    """A filter: several values of the same one add up, several filters narrow down."""

    identifiant: str
    """Name in the address and in the data of the cards: `departement`."""
    titre: str
    un: str
    """« le département », for a sentence that says which filter to drop."""
    valeurs: tuple[Valeur, ...]
    ouverte: bool = False
    """Unfolded when the page opens."""
    aide: str = ""


def answers(catalogue: Catalogue, key: str) -> dict[str, list[str]]:
    """What a case answers to each filter: filter → values."""
    case = catalogue.cas[key]
    cites = _sources(catalogue)[key]
    forms = [UNFIT] if "forme" in case.sans_objet and not case.forme else [form.valeur for form in case.forme]
    found: dict[str, Iterable[str]] = {
        "levier": (shown.levier for shown in case.leviers),
        "taille": (size(commune.population) for commune in catalogue.communes(key)),
        "accueil": case.accueils,
        "soutien": (support.nature for support in case.soutiens),
        "forme": forms,
        "region": (code for code in map(region, case.lieux) if code),
        "departement": catalogue.departements(key),
        "type": [case.type],
        "edition": case.editions,
        "etat": [state(catalogue, key)],
        "mode": _of(catalogue, key, "cas_par_mode"),
        "reseau": _of(catalogue, key, "cas_par_reseau"),
        "source": [source for source in catalogue.documents if source in cites],
    }
    return {name: list(dict.fromkeys(values)) or [NOTHING] for name, values in found.items()}


@kept
def all_answers(catalogue: Catalogue) -> dict[str, dict[str, list[str]]]:
    """What each case answers, the most recent sources first: the order of the list of cases."""
    return {key: answers(catalogue, key) for key in catalogue.cas_recents}


def short_name(case: Cas) -> str:
    """What a case is called in a narrow place: its title up to the colon, which starts with the place or the name."""
    return case.titre.split(" : ")[0]


def size(population: int) -> str:
    """Class of a commune by its population."""
    return next((name for name, most, _ in SIZES if population <= most), LARGEST[0])


def region(place: Lieu) -> str:
    """Code of the région of a place, empty when it has none."""
    return place.region or (register().departements[place.departement][1] if place.departement else "")


def state(catalogue: Catalogue, key: str) -> str:
    """`verifie`, or the year of the most recent source: `source-2026`, `source-vers-2025`."""
    if catalogue.cas[key].verifications:
        return VERIFIED
    return f"source-{plain(catalogue.annee_des_sources(key)).replace(' ', '-')}"


def event(catalogue: Catalogue, key: str) -> tuple[str, DateTexte | None]:
    """What dates a case: its opening, else its creation, said by the most recent source; « ouverture », « création » or nothing."""
    case = catalogue.cas[key]
    for word, values in (("ouverture", case.ouverture), ("création", case.creation)):
        if values:
            return word, max(values, key=lambda item: catalogue.cle_de_source(item.source)).valeur
    return "", None


@kept
def facets(catalogue: Catalogue) -> list[Facette]:
    """The filters in the order shown, each with the values at least one case has."""
    counts = tallies(catalogue)
    official = register()

    def facet(name: str, title: str, one: str, labels: dict[str, str], nothing: str = "", opened: bool = False, aid: str = "") -> Facette:
        values = (labels | {NOTHING: nothing}).items()
        return Facette(name, title, one, tuple(Valeur(value, label, counts[name][value]) for value, label in values if counts[name][value]), opened, aid)

    def frequent(name: str, group: str) -> dict[str, str]:
        words = {key: word.nom for key, word in catalogue.vocabulaires[group].items()}
        return dict(sorted(words.items(), key=lambda item: (-counts[name][item[0]], sort_key(item[1]))))

    return [
        facet("levier", "Levier", "le levier", {key: catalogue.leviers[key].titre_court for key in catalogue.leviers_en_ordre}, "Aucun levier", True),
        facet("taille", "Communes comme la mienne", "la taille de la commune", {name: label for name, _, label in SIZES} | dict([LARGEST]),
              "Pas de commune précise", True, "Population de la commune, selon le registre officiel."),
        facet("accueil", "Sorte de lieu", "la sorte de lieu", frequent("accueil", "accueils"), opened=True),
        facet("soutien", "Soutien public", "le soutien public", frequent("soutien", "natures_de_soutien"), "Aucun soutien précisé"),
        facet("forme", "Forme juridique", "la forme juridique", frequent("forme", "formes") | {UNFIT: "Sans objet"}, "Non précisée par les sources"),
        facet("region", "Région", "la région", dict(sorted(official.regions.items(), key=lambda item: sort_key(item[1]))), "Région non précisée"),
        facet("departement", "Département", "le département", {code: f"{name} ({code})" for code, (name, _) in sorted(official.departements.items())},
              "Département non précisé"),
        facet("type", "Sorte de récit", "la sorte de récit", {key: word.nom for key, word in catalogue.vocabulaires["types"].items()}),
        facet("edition", "Édition de la fiche", "l'édition", {key: catalogue.editions[key].titre for key in sorted(catalogue.editions, reverse=True)}, "Autre document"),
        facet("etat", "État", "l'état", _states(catalogue)),
        facet("mode", "Mode de soutien", "le mode de soutien", _named(catalogue.modes), "Aucun mode précisé"),
        facet("reseau", "Réseau qui prend part", "le réseau", _named(catalogue.reseaux), "Aucun réseau cité"),
        facet("source", "Document", "le document", {key: catalogue.sources[key].court for key in catalogue.documents}, "Hors des cinq documents"),
    ]


def tallies(catalogue: Catalogue) -> dict[str, Counter[str]]:
    """How many cases give each answer, by filter."""
    given = list(all_answers(catalogue).values())
    return {name: Counter(chain.from_iterable([case[name] for case in given])) for name in (given[0] if given else ())}


def _named(records: Mapping[str, Mode | Reseau]) -> dict[str, str]:
    """Identifier → name, in alphabetical order."""
    return dict(sorted(((key, record.nom) for key, record in records.items()), key=lambda item: sort_key(item[1])))


@kept
def _reversed(catalogue: Catalogue) -> dict[str, dict[str, list[str]]]:
    """Table of the catalogue that lists cases → case → where it is listed."""
    found: dict[str, dict[str, list[str]]] = {name: {key: [] for key in catalogue.cas} for name in ("cas_par_mode", "cas_par_reseau")}
    for name, listed in found.items():
        for record, cases in getattr(catalogue, name).items():
            for key in cases:
                listed[key].append(record)
    return found


def _of(catalogue: Catalogue, key: str, table: str) -> list[str]:
    return _reversed(catalogue)[table][key]


@kept
def _sources(catalogue: Catalogue) -> dict[str, set[str]]:
    """Case → the sources it cites."""
    found: dict[str, set[str]] = {key: set() for key in catalogue.cas}
    for source, records in catalogue.citations.items():
        for table, key in records:
            if table == "cas":
                found[key].add(source)
    return found


def _states(catalogue: Catalogue) -> dict[str, str]:
    """State → its label, the verified cases first, then the most recent source."""
    given = all_answers(catalogue)
    example = {given[key]["etat"][0]: key for key in sorted(catalogue.cas, key=catalogue.date_des_sources, reverse=True)}
    return {VERIFIED: "Vérifié"} | {name: catalogue.etat(key) for name, key in example.items() if name != VERIFIED}

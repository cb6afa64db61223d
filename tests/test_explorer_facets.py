"""The filters of the list of cases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from macros.catalogue import Catalogue
from macros.explorer import facets
from macros.explorer.facets import NOTHING, Facette
from macros.model.case import Verification
from macros.model.values import DateTexte


@pytest.fixture(scope="module")
def filtres(catalogue: Catalogue) -> dict[str, Facette]:
    return {facet.identifiant: facet for facet in facets.facets(catalogue)}


def test_every_case_answers_every_filter(catalogue: Catalogue, filtres: dict[str, Facette]) -> None:
    """None is out of reach, and each answer is a value one can tick."""
    for key in catalogue.cas:
        given = facets.answers(catalogue, key)
        assert set(given) == set(filtres)
        for name, values in given.items():
            assert values, f"{key} ne répond rien à {name}"
            assert set(values) <= {value.identifiant for value in filtres[name].valeurs}, (key, name)


def test_counts_are_the_numbers_of_cases(catalogue: Catalogue, filtres: dict[str, Facette]) -> None:
    counts = {value.identifiant: value.nombre for value in filtres["levier"].valeurs}
    for lever, keys in catalogue.cas_par_levier.items():
        assert counts.get(lever, 0) == len(keys)
    assert counts[NOTHING] == sum(not case.leviers for case in catalogue.cas.values())
    assert {value.nom for value in filtres["accueil"].valeurs} == {catalogue.libelle("accueils", kind) for case in catalogue.cas.values() for kind in case.accueils}


def test_every_departement_of_a_case_is_kept(catalogue: Catalogue) -> None:
    assert facets.answers(catalogue, "inalta")["departement"] == ["49", "53", "72"]
    assert facets.answers(catalogue, "inalta")["region"] == ["52"]


def test_a_case_of_a_whole_region_has_a_region_and_no_departement(catalogue: Catalogue) -> None:
    given = facets.answers(catalogue, "sieg-petite-collectivite")
    assert (given["region"], given["departement"]) == (["53"], [NOTHING])


@pytest.mark.parametrize(("population", "expected"), [(0, "2000"), (2000, "2000"), (2001, "3500"), (3500, "3500"), (3501, "10000"), (10_000, "10000"),
                                                      (10_001, "50000"), (50_001, "100000"), (100_000, "100000"), (100_001, "plus")])
def test_the_classes_of_communes_follow_the_thresholds_of_the_law(population: int, expected: str) -> None:
    """« More than 3,500 » and « more than 10,000 inhabitants » start a new class."""
    assert facets.size(population) == expected


def test_the_size_is_that_of_the_official_register(catalogue: Catalogue) -> None:
    """Two communes of different sizes: both classes."""
    assert facets.answers(catalogue, "anstaing")["taille"] == ["2000"]
    assert facets.answers(catalogue, "vista")["taille"] == ["50000", "100000"]


def test_a_form_that_makes_no_sense_is_not_an_unknown_one(catalogue: Catalogue) -> None:
    assert facets.answers(catalogue, "nancy")["forme"] == [facets.UNFIT]
    assert facets.answers(catalogue, "villeurbanne")["forme"] == [NOTHING]


def test_a_verified_case_says_so(catalogue: Catalogue) -> None:
    check = Verification(date=DateTexte.parse("2026-11-21"), par="Réseau local", aupres_de="Mairie")
    verified = replace(catalogue, cas=catalogue.cas | {"anstaing": catalogue.cas["anstaing"].model_copy(update={"verifications": (check,)})})
    assert facets.answers(verified, "anstaing")["etat"] == [facets.VERIFIED]
    state = next(facet for facet in facets.facets(verified) if facet.identifiant == "etat")
    assert (state.valeurs[0].nom, state.valeurs[0].nombre) == ("Vérifié", 1)
    assert sum(value.nombre for value in state.valeurs) == len(catalogue.cas)


def test_the_date_is_the_opening_else_the_creation_by_the_most_recent_source(catalogue: Catalogue) -> None:
    assert [facets.event(catalogue, key) for key in ("nancy",)] == [("", None)]
    dates = {key: (word, date.texte) for key in ("anstaing", "pope", "plouguerneau") for word, date in [facets.event(catalogue, key)] if date}
    assert dates == {"anstaing": ("ouverture", "2025-02"), "pope": ("création", "2015"), "plouguerneau": ("création", "1969")}

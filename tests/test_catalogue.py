"""The catalogue: links derived once, both ways; orders; states in words."""

from __future__ import annotations

import dataclasses

import pytest

from macros.catalogue import Catalogue, sort_key
from macros.model.case import Verification
from macros.model.values import DateTexte


def test_a_case_and_its_levers_point_at_each_other(catalogue: Catalogue) -> None:
    """Case → lever is written once; lever → case says exactly the same."""
    written = {(key, shown.levier) for key, case in catalogue.cas.items() for shown in case.leviers}
    derived = {(key, lever) for lever, cases in catalogue.cas_par_levier.items() for key in cases}
    assert written == derived


def test_a_case_and_its_networks_point_at_each_other(catalogue: Catalogue) -> None:
    """Network → case is derived from the actors, without repeats."""
    written = {(key, actor.reseau) for key, case in catalogue.cas.items() for actor in case.acteurs if actor.reseau}
    assert written == {(key, network) for network, cases in catalogue.cas_par_reseau.items() for key in cases}
    assert all(len(cases) == len(set(cases)) for cases in catalogue.cas_par_reseau.values())


def test_a_network_met_twice_in_a_case_is_listed_once(catalogue: Catalogue) -> None:
    """Two actors of the same network, two supports of the same mode: one line."""
    key, case = next((key, case) for key, case in catalogue.cas.items() if any(actor.reseau for actor in case.acteurs) and case.soutiens)
    twice = dataclasses.replace(catalogue, cas={key: case.model_copy(update={"acteurs": case.acteurs * 2, "soutiens": case.soutiens * 2})})
    for table in (twice.cas_par_reseau, twice.cas_par_mode):
        assert {len(cases) for cases in table.values()} <= {0, 1}


def test_a_case_and_its_modes_point_at_each_other(catalogue: Catalogue) -> None:
    """Mode → case is derived from the supports and from the modes met."""
    written = {(key, support.mode) for key, case in catalogue.cas.items() for support in case.soutiens if support.mode}
    written |= {(key, met.mode) for key, case in catalogue.cas.items() for met in case.modes}
    assert written == {(key, mode) for mode, cases in catalogue.cas_par_mode.items() for key in cases}


def test_every_source_knows_who_cites_it(catalogue: Catalogue) -> None:
    """A document lists every record that rests on it."""
    assert ("cas", "anstaing") in catalogue.citations["rtes-2026"]
    assert ("cas", "plouguerneau") not in catalogue.citations["rtes-2026"]
    assert all(len(cited) == len(set(cited)) for cited in catalogue.citations.values())


def test_orders_are_those_a_reader_expects(catalogue: Catalogue) -> None:
    """Levers by rank, cases and words as in a dictionary, documents and supports from the first to ask about."""
    assert catalogue.leviers_en_ordre[0] == "locaux"
    titles = [sort_key(catalogue.cas[key].titre) for key in catalogue.cas_en_ordre]
    assert titles == sorted(titles)
    assert catalogue.documents[0] == "rtes-2026"
    amounts = [support.montant or 0 for _, support in catalogue.soutiens()]
    assert amounts == sorted(amounts, reverse=True)
    assert sort_key("Œuvre à Évry") == "oeuvre a evry"


def test_a_case_dropped_by_the_latest_edition_is_marked(catalogue: Catalogue) -> None:
    """Plouguerneau is of 2021; a case of both editions, or of none, is not marked."""
    assert catalogue.hors_edition_courante("plouguerneau") == "2021"
    assert catalogue.hors_edition_courante("caylus") is None
    assert catalogue.hors_edition_courante("vista") is None


def test_the_state_says_the_source_and_the_verification(catalogue: Catalogue) -> None:
    """Nobody has verified a case yet: the page says so; once verified, it says when and by whom."""
    assert catalogue.etat("anstaing") == "Source de 2026, pas encore vérifié"
    assert catalogue.etat("plouguerneau") == "Source vers 2021, pas encore vérifié"
    checked = Verification(date=DateTexte.parse("2026-12-01"), par="un réseau local", aupres_de="la mairie")
    case = catalogue.cas["anstaing"].model_copy(update={"verifications": (checked,)})
    assert dataclasses.replace(catalogue, cas=catalogue.cas | {"anstaing": case}).etat("anstaing") == "Vérifié : 1er décembre 2026, par un réseau local"


def test_values_that_differ_make_a_disagreement(catalogue: Catalogue) -> None:
    """PôPE: 2015 says one source, 2014 the other; the most recent first. One value makes none."""
    subjects = {item.sujet: [value.valeur for value in item.valeurs] for item in catalogue.divergences(catalogue.cas["pope"])}
    assert subjects["Date de création"] == ["2015", "2014"]
    assert catalogue.divergences(catalogue.cas["anstaing"]) == []


def test_places_are_named_in_words(catalogue: Catalogue) -> None:
    """A commune with its département, a département, a région."""
    assert catalogue.lieu_court("anstaing") == "Anstaing (59)"
    assert catalogue.lieu_court("pope") == "Seine-Saint-Denis (93)"
    assert catalogue.lieu_court("sieg-petite-collectivite") == "Bretagne"
    assert [commune.nom for commune in catalogue.communes("microscop")]


def test_addresses_follow_the_settings(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """`SITE_URL` and `DEPOT` win over the file, with or without a final slash."""
    monkeypatch.setenv("SITE_URL", "https://ailleurs.example/site")
    monkeypatch.setenv("DEPOT", "https://depot.example/x/")
    assert (catalogue.adresse, catalogue.depot) == ("https://ailleurs.example/site/", "https://depot.example/x")


def test_the_catalogue_never_changes(catalogue: Catalogue) -> None:
    """Nobody below can replace a table."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        catalogue.cas = {}  # type: ignore[misc]


def test_acronyms_of_the_glossary_are_explained(catalogue: Catalogue) -> None:
    """Each explained acronym has its words; those marked `explique: non` stay out."""
    assert catalogue.sigles["SIEG"][1].startswith("service d'intérêt économique général")
    assert all(catalogue.termes[key].explique for key, _ in catalogue.sigles.values())

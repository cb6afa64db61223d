"""Addresses: one per record, ASCII, and every record has its page or its anchor."""

from __future__ import annotations

import re

from macros.catalogue import Catalogue
from macros.pages import FICHES, VIEWS, address, fiches


def test_every_record_with_a_page_has_exactly_one(catalogue: Catalogue) -> None:
    """Cases, levers, modes, networks, starting documents: one page each, no address twice."""
    made = list(fiches(catalogue))
    for table in ("cas", "leviers", "modes", "reseaux", "sources"):
        expected = set(catalogue.documents) if table == "sources" else set(getattr(catalogue, table))
        assert {fiche.identifiant for fiche in made if fiche.table == table} == expected
    assert len({fiche.adresse for fiche in made}) == len(made)
    assert {fiche.table for fiche in made} <= set(FICHES)


def test_addresses_are_plain(catalogue: Catalogue) -> None:
    """Lower case, ASCII, a trailing slash."""
    assert [fiche.adresse for fiche in fiches(catalogue) if not re.fullmatch(r"[a-z0-9-]+/[a-z0-9-]+/", fiche.adresse)] == []
    assert [where for where in VIEWS.values() if not re.fullmatch(r"([a-z0-9-]+/)*", where)] == []


def test_a_page_names_the_file_to_edit(catalogue: Catalogue) -> None:
    """The edit link of a fiche opens its YAML."""
    files = {(fiche.table, fiche.identifiant): fiche.fichier for fiche in fiches(catalogue)}
    assert files["cas", "anstaing"] == "cases/anstaing.yml"
    assert files["leviers", "locaux"] == "levers/locaux.yml"
    assert files["modes", "sieg"] == "references/modes.yml"


def test_what_has_no_page_has_an_anchor(catalogue: Catalogue) -> None:
    """A word, a figure, a resource, a landmark, an edition, a correction can be linked to."""
    assert address("cas", "anstaing") == "cas/anstaing/"
    assert address("termes", "sieg") == "glossaire/#sieg"
    for table in ("chiffres", "ressources", "reperes", "editions", "corrections"):
        assert re.fullmatch(r"[a-z]+/#x", address(table, "x"))


def test_a_breadcrumb_leads_from_the_list_to_the_page(catalogue: Catalogue) -> None:
    """List, then place when there is one, then the page itself, without link."""
    trail = next(fiche.fil for fiche in fiches(catalogue) if fiche.identifiant == "anstaing")
    assert trail == [{"titre": "Cas", "url": "cas/"}, {"titre": "Nord (59)"}, {"titre": "Petites Mains Grandes Aventures"}]


def test_every_page_has_a_title_and_a_description(catalogue: Catalogue) -> None:
    """Search engines and shared links always have something to show, on one line."""
    for fiche in fiches(catalogue):
        assert fiche.titre.strip(), fiche.adresse
        assert len(fiche.description) > 20 and "\n" not in fiche.description, fiche.adresse

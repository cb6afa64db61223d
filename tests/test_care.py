"""Care over time: who may confirm a case, which cases wait."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from macros.care import by_age, by_network, confirmers
from macros.catalogue import Catalogue
from macros.model.case import Acteur, Verification


def _actor(name: str, role: str, kind: str = "commune", **more: str) -> Acteur:
    return Acteur.model_validate({"nom": name, "type": kind, "roles": [role], "source": "rtes-2026", **more})


def test_those_who_run_the_case_may_confirm_it_first(catalogue: Catalogue) -> None:
    """At most three, each named once; neither somebody unnamed, nor inhabitants."""
    actors = (_actor("Une banque", "financeur"), _actor("Un bailleur", "gestionnaire", anonyme="oui"), _actor("La crèche", "gestionnaire"), _actor("La crèche", "beneficiaire"),
              _actor("Des parents", "initiateur", "habitants"), _actor("La ville", "initiateur"), _actor("La région", "financeur"), _actor("Un ami", "membre"))
    case = catalogue.cas["anstaing"].model_copy(update={"acteurs": actors})
    assert confirmers(case) == ["La crèche", "La ville", "Une banque"]


def test_a_verified_case_goes_last_and_leaves_the_list_of_its_networks(catalogue: Catalogue) -> None:
    network, cases = next(iter(by_network(catalogue).items()))
    check = Verification.model_validate({"date": "2026-11-21", "par": "Réseau", "aupres_de": "Mairie"})
    after = replace(catalogue, cas={**catalogue.cas, cases[0]: catalogue.cas[cases[0]].model_copy(update={"verifications": (check,)})})
    assert by_age(after)[-1] == cases[0]
    assert cases[0] not in by_network(after).get(network, [])
    assert sorted(by_age(catalogue)) == sorted(catalogue.cas)


def test_the_pages_say_it(site: Path) -> None:
    page = (site / "contribuer" / "a-verifier" / "index.html").read_text(encoding="utf-8")
    assert page.count("<tr>") == 1 + len(list((site / "cas").glob("*/index.html")))
    fiche = (site / "cas" / "anstaing" / "index.html").read_text(encoding="utf-8")
    assert "Qui peut confirmer cette fiche" in fiche and 'contribuer/formulaire/?cas=anstaing"' in fiche

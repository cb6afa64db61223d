"""The guided path: no dead end, no detour, every lever within reach, and nothing that a lever or a case does not already say."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from macros import path as guided
from macros.catalogue import Catalogue
from macros.checking import check
from macros.loading import load
from macros.model.path import Etape
from macros.problems import ERROR, WARNING, Problem
from tests.conftest import PROJECT

GOOD = """\
depart:
  titre: Par où commencer ?
  question: Quelle est votre situation ?
  reponses:
    - {texte: Un local, vers: local}
    - {texte: Un contrat, vers: contrat}
local:
  titre: Un local
  question: Est-il prêt ?
  reponses:
    - {texte: Oui, vers: pret}
    - {texte: Non, vers: travaux}
pret:
  titre: Un local prêt
  leviers: [locaux]
  premier_pas: {levier: locaux, verbe: Mettre un local à disposition}
  cas: [anstaing]
travaux:
  titre: Un local à rénover
  leviers: [locaux, creation]
  premier_pas: {levier: creation, verbe: Loger le projet}
  cas: [anstaing, caylus]
contrat:
  titre: Un contrat
  leviers: [contractualisation]
  premier_pas: {levier: contractualisation, verbe: Entrer au capital}
  cas: [meli-melo]
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data in a folder of its own, so that the path may be spoilt."""
    folder = tmp_path_factory.mktemp("donnees")
    for name in ("cases", "levers", "references"):
        shutil.copytree(PROJECT / name, folder / name)
    (folder / "references" / "adresses.yml").unlink(missing_ok=True)  # a shorter path withdraws published addresses: not the matter here
    return folder


def said(data: Path, text: str) -> list[Problem]:
    """Problems of the data when its path is `text`, alerts included."""
    (data / "references" / "parcours.yml").write_text(text, encoding="utf-8")
    return check(data)


def faults(data: Path, old: str, new: str) -> list[str]:
    """Errors when `old` is replaced in a good path."""
    assert old in GOOD
    return [f"{problem.field} : {problem.message}" for problem in said(data, GOOD.replace(old, new)) if problem.level == ERROR]


def test_the_good_path_has_no_fault(data: Path) -> None:
    """What follows is caused by the planted fault alone."""
    assert [problem for problem in said(data, GOOD) if problem.level == ERROR] == []


@pytest.mark.parametrize(("old", "new", "message"), [
    ("{texte: Non, vers: travaux}", "{texte: Non, vers: inconnu}", "local.reponses[1].vers : « inconnu » n'est pas une étape connue"),
    ("    - {texte: Non, vers: travaux}\n", "", "local.question : cette question a moins de deux réponses"),
    ("{texte: Non, vers: travaux}", "{texte: Non, vers: local}", "local.reponses[1].vers : cette réponse tourne en rond : elle ramène à « local »"),
    ("{texte: Non, vers: travaux}", "{texte: Non, vers: depart}", "local.reponses[1].vers : cette réponse tourne en rond : elle ramène à « depart »"),
    ("{texte: Non, vers: travaux}", "{texte: Non, vers: pret}", "local.reponses[1].vers : une réponse de « local » mène déjà à « pret »"),
    ("{texte: Non, vers: travaux}", "{texte: Non, vers: pret}", "travaux : aucune réponse ne mène à « travaux »"),
    ("depart:", "debut:", "debut : la première étape, « depart », manque"),
    ("  leviers: [locaux]\n  premier_pas: {levier: locaux, verbe: Mettre un local à disposition}\n  cas: [anstaing]\n", "", "pret : cette étape ne mène nulle part : « leviers » manque"),
    ("  cas: [meli-melo]\n", "", "contrat : cette étape ne mène nulle part : « cas » manque"),
    ("  premier_pas: {levier: contractualisation, verbe: Entrer au capital}\n", "", "contrat : cette étape ne mène nulle part : « premier_pas » manque"),
    ("  titre: Un contrat\n", "  titre: Un contrat\n  question: Lequel ?\n", "contrat.leviers : cette étape pose une question et propose aussi une arrivée"),
    ("  question: Est-il prêt ?\n", "", "local.reponses : ces réponses n'ont pas de question"),
    ("verbe: Entrer au capital", "verbe: Entrer dans le capital", "contrat.premier_pas.verbe : « Entrer dans le capital » n'est pas un geste du levier « contractualisation »"),
    ("{levier: creation, verbe: Loger le projet}", "{levier: benevolat, verbe: Faire confiance}",
     "travaux.premier_pas.levier : le premier pas vient du levier « benevolat », qui n'est pas proposé ici"),
    ("leviers: [contractualisation]", "leviers: [contrat]", "contrat.leviers[0] : « contrat » n'est pas un levier connu"),
    ("cas: [meli-melo]", "cas: [meli-mela]", "contrat.cas[0] : « meli-mela » n'est pas un cas connu"),
    ("cas: [meli-melo]", "cas: [nancy]", "contrat.cas[0] : le cas « nancy » ne montre aucun de ces leviers"),
    ("cas: [meli-melo]", "cas: [meli-melo, meli-melo]", "contrat.cas[1] : le cas « meli-melo » est déjà cité ici"),
    ("leviers: [locaux, creation]", "leviers: [locaux, creation, benevolat]", "travaux.leviers : cette liste est trop longue (3 éléments)"),
])
def test_a_spoilt_path_is_refused(data: Path, old: str, new: str, message: str) -> None:
    """Each fault is told, at its place."""
    assert message in faults(data, old, new)


def test_a_loop_cut_off_from_the_start_is_told(data: Path) -> None:
    """Two steps that only lead to each other are seen, and the check ends."""
    lost = 'un:\n  titre: Un\n  question: Quoi ?\n  reponses:\n    - {texte: a, vers: deux}\n    - {texte: b, vers: pret}\n'
    lost += lost.replace("un:", "deux:").replace("vers: deux", "vers: un").replace("vers: pret", "vers: travaux")
    messages = [problem.message for problem in said(data, GOOD + lost)]
    assert any("tourne en rond" in message for message in messages)


def test_the_nearest_step_of_the_lever_is_proposed(data: Path) -> None:
    """The remedy names the verb that was meant."""
    remedies = [problem.remedy for problem in said(data, GOOD.replace("Entrer au capital", "Entrée au capital"))]
    assert "vouliez-vous dire « Entrer au capital » ?" in remedies


def test_a_lever_out_of_reach_is_an_alert_that_does_not_stop_the_site(data: Path) -> None:
    """Whoever adds a lever need not write a path; whoever looks after the path is told."""
    alerts = [problem for problem in said(data, GOOD) if problem.level == WARNING]
    assert [(alert.file, re.findall("« (.*?) »", alert.message)[-1]) for alert in alerts] == [
        (f"levers/{lever}.yml", lever) for lever in ("benevolat", "cooperation", "passerelles")]
    assert load(data).parcours


def test_no_path_at_all_is_not_a_fault(data: Path) -> None:
    """Other data may come without a path."""
    (data / "references" / "parcours.yml").unlink(missing_ok=True)
    assert check(data) == []
    assert load(data).parcours == {}


def test_every_lever_of_the_site_is_within_reach(catalogue: Catalogue) -> None:
    """The path forgets none of them."""
    assert guided.levers_reached(catalogue.parcours) == set(catalogue.leviers)


def test_every_step_of_the_site_is_within_three_answers(catalogue: Catalogue) -> None:
    """Two minutes: nobody answers more than three questions."""
    assert guided.reached(catalogue.parcours) == set(catalogue.parcours)
    assert max(len(guided.trail(catalogue.parcours, key)) for key in catalogue.parcours) <= 4


def test_a_close_case_tells_what_was_done_for_the_lever(catalogue: Catalogue) -> None:
    """At each arrival, one case at least describes an action or says why none is described."""
    for key, step in catalogue.parcours.items():
        shown = [met for case in step.cas for met in catalogue.cas[case].leviers if met.levier in step.leviers]
        assert step.question or any(met.actions or met.remarque for met in shown), key


def test_the_way_is_told_back(catalogue: Catalogue) -> None:
    """The page recalls each question and what was answered."""
    assert guided.given_answers(catalogue.parcours, "local-a-renover") == [
        ("depart", "Quelle est votre situation ?", "Nous avons un local vide"),
        ("local-vide", "Savez-vous qui pourrait l'occuper ?", "Oui, mais il faut des travaux")]


def test_the_path_of_the_project_bears_other_cases(tmp_path: Path) -> None:
    """Read beside other cases, the project's own path drops those that are not there, and stays whole."""
    (tmp_path / "cases").mkdir()
    shutil.copy(PROJECT / "cases" / "anstaing.yml", tmp_path / "cases")
    assert check(tmp_path) == []
    steps = load(tmp_path).parcours
    assert {case for step in steps.values() for case in step.cas} == {"anstaing"}
    assert guided.levers_reached(steps) == set(load(PROJECT).leviers)


def test_a_branch_that_lost_its_levers_is_pruned(catalogue: Catalogue) -> None:
    """Without a lever, its arrivals go, then the questions left without answer."""
    steps = catalogue.parcours
    kept = guided.pruned(steps, {"passerelles": catalogue.leviers["passerelles"]}, catalogue.cas)
    assert kept and all(step.question or step.leviers == ("passerelles",) for step in kept.values())
    assert guided.reached(kept) == set(kept)
    assert all(answer.vers in kept for step in kept.values() for answer in step.reponses)
    assert guided.pruned({"depart": Etape(titre="t", question="q")}, {}, ()) == {}

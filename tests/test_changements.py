"""What changed, in words: two versions compared, the journal kept, the history of a fiche."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from macros import releases
from macros.catalogue import Catalogue
from macros.differences import compared, snapshot
from macros.model.case import Soutien, Verification
from macros.model.ledger import Adresse
from macros.model.values import DateTexte
from macros.typography import french


def with_case(catalogue: Catalogue, key: str, **change: object) -> Catalogue:
    return replace(catalogue, cas={**catalogue.cas, key: catalogue.cas[key].model_copy(update=change)})


def said(before: Catalogue, after: Catalogue) -> dict[str, list[str]]:
    return {change["identifiant"]: change["phrases"] for change in compared(snapshot(before), snapshot(after))}


def test_nothing_changed_says_nothing(catalogue: Catalogue) -> None:
    assert said(catalogue, catalogue) == {}


def test_each_change_is_a_sentence(catalogue: Catalogue) -> None:
    case = catalogue.cas["anstaing"]
    support = Soutien.model_validate({"nature": "subvention-annuelle", "financeur": "Commune de Gruson", "annee": "2026", "montant": "1000", "source": "rtes-2026"})
    assert said(catalogue, with_case(catalogue, "anstaing", soutiens=(*case.soutiens, support))) == {"anstaing": ["soutien ajouté : subvention annuelle 2026, Commune de Gruson"]}
    assert said(catalogue, with_case(catalogue, "anstaing", soutiens=case.soutiens[:-1]))["anstaing"][0].startswith("soutien retiré : étude et accompagnement")
    dearer = (case.soutiens[0].model_copy(update={"reserve": "autre"}), *case.soutiens[1:])
    assert said(catalogue, with_case(catalogue, "anstaing", soutiens=dearer)) == {"anstaing": ["soutien modifié : subvention annuelle, Commune d'Anstaing"]}
    opened = (case.ouverture[0].model_copy(update={"valeur": DateTexte.parse("2025-03")}),)
    assert said(catalogue, with_case(catalogue, "anstaing", ouverture=opened)) == {"anstaing": ["date d'ouverture modifiée : « février 2025 » devient « mars 2025 »"]}
    checked = (Verification.model_validate({"date": "2027-03-01", "par": "Réseau local", "aupres_de": "Mairie"}),)
    assert said(catalogue, with_case(catalogue, "anstaing", verifications=checked)) == {"anstaing": ["vérification ajoutée : 1er mars 2027, par Réseau local"]}
    assert said(catalogue, with_case(catalogue, "anstaing", inconnues=case.inconnues[:-1])) == {"anstaing": [f"question ouverte retirée : {case.inconnues[-1]}"]}
    longer = (case.contexte[0].model_copy(update={"texte": "Autre."}), *case.contexte[1:])
    assert said(catalogue, with_case(catalogue, "anstaing", contexte=longer)) == {"anstaing": ["phrase sur le contexte modifiée"]}


def test_new_moved_and_gone_fiches_are_told(catalogue: Catalogue) -> None:
    cases = {key: case for key, case in catalogue.cas.items() if key not in ("anstaing", "vista")} | {"nouveau": catalogue.cas["anstaing"], "tout-neuf": catalogue.cas["caylus"]}
    ledger = {"cas/anstaing/": Adresse(adresse="cas/anstaing/", depuis=DateTexte.parse("2026"), deplace_vers="cas/nouveau/"),
              "cas/vista/": Adresse(adresse="cas/vista/", depuis=DateTexte.parse("2026"), retire_le=DateTexte.parse("2027-01-02"), pourquoi="Demandé.")}
    now = replace(catalogue, cas=cases, adresses=ledger)
    found = {change["identifiant"]: change["phrases"] for change in compared(snapshot(catalogue), snapshot(now), releases.moves(now), releases.ends(now))}
    assert found == {"nouveau": ["nouvelle adresse, l'ancienne y mène"], "tout-neuf": ["fiche publiée"], "vista": ["elle a été retirée le 2 janvier 2027. Demandé"]}


@pytest.fixture
def dated(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    return monkeypatch


def test_a_release_is_kept_and_told(catalogue: Catalogue, tmp_path: Path, dated: pytest.MonkeyPatch) -> None:
    assert releases.release(catalogue, tmp_path) == len(catalogue.cas) + len(catalogue.leviers)
    assert releases.pending(catalogue, tmp_path) == []
    changed = with_case(catalogue, "caylus", nom="Autre nom")
    waiting = releases.pending(changed, tmp_path)
    assert [(change["identifiant"], change["phrases"]) for change in waiting] == [("caylus", ["nom ajouté : Autre nom"])] or waiting[0]["phrases"][0].startswith("nom modifié")
    dated.setenv("SOURCE_DATE_EPOCH", "1900000000")
    assert releases.release(changed, tmp_path) == 1
    assert [release["date"] for release in releases.journal(tmp_path)] == ["2030-03-17", "2027-01-15"]
    assert [date for date, _ in releases.history(changed, "cas", "caylus", tmp_path)] == ["2030-03-17", "2027-01-15"]
    assert [date for date, _ in releases.history(changed, "cas", "anstaing", tmp_path)] == ["2027-01-15"]


def test_two_releases_in_a_day_are_one(catalogue: Catalogue, tmp_path: Path, dated: pytest.MonkeyPatch) -> None:
    releases.release(catalogue, tmp_path)
    releases.release(with_case(catalogue, "caylus", nom="Autre nom"), tmp_path)
    journal = releases.journal(tmp_path)
    assert len(journal) == 1 and {change["identifiant"]: change["phrases"] for change in journal[0]["changements"]}["caylus"] == ["fiche publiée"]


def test_the_page_and_each_fiche_tell_the_past(site: Path, catalogue: Catalogue) -> None:
    page = (site / "changements/index.html").read_text(encoding="utf-8")
    newest = releases.journal()[0]
    assert french(DateTexte.parse(newest["date"]).lisible) in page
    for change in newest["changements"]:
        assert f'href="../{change["table"]}/{change["identifiant"]}/"' in page
    assert "Historique de cette fiche" in (site / "cas/anstaing/index.html").read_text(encoding="utf-8")


def test_what_is_kept_holds_no_text_of_the_fiches(tmp_path: Path, catalogue: Catalogue) -> None:
    releases.release(catalogue, tmp_path)
    kept = json.loads((tmp_path / "versions/derniere.json").read_text(encoding="utf-8"))
    assert catalogue.cas["anstaing"].contexte[0].texte not in json.dumps(kept, ensure_ascii=False)

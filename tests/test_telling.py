"""A story told in the issue form becomes a file: what fits goes to its field, the rest waits in comments, sources wait empty."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml

from macros.__main__ import main
from macros.catalogue import Catalogue
from macros.checking import check
from macros.reader import read_file
from macros.telling import QUESTIONS, answers, commune_of, written
from tests.conftest import PROJECT

STORY = """\
### Où ?

Caylus (Tarn-et-Garonne)

### Quoi ?

Une micro-crèche gérée par des parents. Elle accueille dix enfants : "tous" & l'école # 1.

### Qu'a fait la commune ou le groupement ?

- Loger : la mairie met un local à disposition.
Elle suit aussi le projet de près depuis le début.

### Qui prend part, et dans quel rôle ?

_No response_

### Quels soutiens publics ?

Un local, prêté par la commune.

### Depuis quand, combien de places, quelle forme juridique ?

2009, dix places, association

### Qu'est-ce que cela a donné ?

Je ne sais pas

### D'où le savez-vous ?

La fiche n° 15 du RTES, page 3

### Au nom de quel organisme répondez-vous ?

_No response_

### Accords

- [X] Ce que j'écris peut être diffusé sous Licence Ouverte 2.0.
- [X] Les personnes dont je rapporte un propos non publié sont d'accord.
"""


def test_the_questions_are_those_of_the_issue_form() -> None:
    """The form is what people see: a question changed there must be changed here."""
    form = yaml.safe_load((PROJECT / ".github" / "ISSUE_TEMPLATE" / "raconter-un-cas.yml").read_text(encoding="utf-8"))
    assert {item["id"]: item["attributes"]["label"] for item in form["body"] if item["type"] != "markdown"} == QUESTIONS


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATA_ROOT", str(tmp_path))
    (tmp_path / "recit.md").write_text(STORY, encoding="utf-8")
    return tmp_path


def test_the_command_writes_a_file_and_the_checks_name_what_is_left(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recit", "histoire-de-bulles", str(told / "recit.md")]) == 0
    assert "make check" in capsys.readouterr().out
    path = told / "cases" / "histoire-de-bulles.yml"
    content = read_file(path, "x").content
    assert content["titre"] == "Caylus : une micro-crèche gérée par des parents"
    assert content["accueils"] == ["micro-creche"]
    assert content["lieux"] == [{"commune": "Caylus", "insee": "82038", "departement": "82", "region": "76", "source": ""}]
    assert content["en_bref"] == [{"texte": "Une micro-crèche gérée par des parents. Elle accueille dix enfants : \"tous\" & l'école # 1.", "source": ""}]
    assert content["leviers"] == [{"levier": "", "remarque": "", "actions": [{"verbe": "Loger", "texte": "La mairie met un local à disposition.", "source": ""}]}]
    assert content["inconnues"] == ["Qui prend part, et dans quel rôle.", "Ce que cela a donné."]
    text = path.read_text(encoding="utf-8")
    for kept in ("#   La fiche n° 15 du RTES, page 3", "#   Un local, prêté par la commune.", "#   2009, dix places, association", "#   Elle suit aussi le projet de près depuis le début."):
        assert kept in text
    assert "No response" not in text
    assert [problem.field for problem in check(told)] == ["lieux[0].source", "en_bref[0].source", "leviers[0].levier", "leviers[0].remarque", "leviers[0].actions[0].source"]


def test_once_completed_it_passes(told: Path) -> None:
    """With the document given at once, only the lever is left to choose."""
    assert main(["recit", "bulles", str(told / "recit.md"), "--source", "rtes-2026"]) == 0
    path = told / "cases" / "bulles.yml"
    path.write_text(path.read_text(encoding="utf-8").replace('levier: ""', "levier: locaux").replace('remarque: ""', 'remarque: "Un local."'), encoding="utf-8")
    assert [str(problem) for problem in check(told)] == []


def test_it_refuses_a_taken_name_and_a_text_that_is_no_story(told: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recit", "bulles", str(told / "recit.md")]) == 0
    before = (told / "cases" / "bulles.yml").read_bytes()
    assert main(["recit", "bulles", str(told / "recit.md")]) == 1
    assert (told / "cases" / "bulles.yml").read_bytes() == before
    (told / "recit.md").write_text("Bonjour,\n\nvoici mon cas.", encoding="utf-8")
    assert main(["recit", "autre", str(told / "recit.md")]) == 1
    assert "Raconter un cas" in capsys.readouterr().err and not (told / "cases" / "autre.yml").exists()


def test_a_private_number_in_a_story_is_seen_even_in_a_comment(told: Path) -> None:
    (told / "recit.md").write_text(STORY.replace("Un local, prêté", "Appelez le 06 12 34 56 78. Un local, prêté"), encoding="utf-8")
    assert main(["recit", "bulles", str(told / "recit.md"), "--source", "rtes-2026"]) == 0
    assert any("téléphone mobile" in problem.message for problem in check(told))


@pytest.mark.parametrize("story", [
    "### Où ?\n\n\\ \"x\" : y\n# z\n\n### Quoi ?\n\n- a: b\n\n### Qu'a fait la commune ou le groupement ?\n\n: \n::: x\n\"a\" : 'b' # c",
    "### Quoi ?\r\n\r\nÉté 🎉\r\n",
])
def test_whatever_is_told_the_file_can_be_read(story: str, catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_text(written(answers(story), "", catalogue, datetime.date(2026, 11, 21)), encoding="utf-8")
    assert read_file(path, "x").problems == []


@pytest.mark.parametrize(("text", "code"), [
    ("Anstaing, Nord", "59013"), ("anstaing (59)", "59013"), ("Anstaing", "59013"),
    ("Saint-Denis, La Réunion", "97411"), ("Saint-Denis", None), ("Nulle-Part, Nord", None), ("", None),
])
def test_a_place_is_found_when_it_is_one_and_only_one(text: str, code: str | None) -> None:
    found = commune_of(text)
    assert (found.insee if found else None) == code

"""Advice: it stands on its line, stops nothing, and stays quiet about what is well said."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.__main__ import formatted
from macros.advice import MOST_WORDS, longest_sentence, unexplained
from macros.checking import check
from macros.folders import PROJECT
from macros.loading import load
from macros.problems import WARNING
from tests.hostiles import case


@pytest.mark.parametrize(("text", "found"), [
    ("La DDZX et la DDZX aident.", ["DDZX"]), ("La DDZX (direction du yoyo) aide.", []), ("La direction du yoyo (DDZX) aide.", []),
    ("L'appel « Ré-emploi de gares DDZX » est ouvert.", []), ("Voir [la page](https://exemple.fr/DDZX).", []), ("Au XIXe siècle, sous Louis XIV.", []), ("La Ddzx, la DD-ZX.", []),
])
def test_only_an_acronym_left_alone_is_told(text: str, found: list[str]) -> None:
    assert unexplained(text) == found


@pytest.mark.parametrize(("text", "words"), [("Un deux trois.", 3), ("Un deux. Trois !", 2), ("- un deux\n- trois", 2), ("« Un deux. » Trois quatre cinq", 3), ("Un : deux ; trois", 3)])
def test_a_sentence_ends_where_a_reader_breathes(text: str, words: int) -> None:
    """At a full stop or a new line; a punctuation mark standing alone is no word."""
    assert longest_sentence(text) == words


def _told(root: Path, text: str) -> list[tuple[int, str]]:
    (root / "cases").mkdir(exist_ok=True)
    (root / "cases" / "essai.yml").write_text(text, encoding="utf-8")
    problems = check(root)
    assert {problem.level for problem in problems} <= {WARNING}
    return [(problem.line, problem.field) for problem in problems]


def test_each_kind_stands_on_its_line_and_publication_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = " ".join(["mot"] * (MOST_WORDS + 1))
    text = case(en_bref=f"en_bref:\n  - texte: '{long}, la DDZX.'\n    source: rtes-2026", redige_le='redige_le: "2021-03-02"',
                chiffres='chiffres:\n  - libelle: Enfants\n    valeur: 12\n    source: rtes-2026')
    assert _told(tmp_path, text) == [(4, "redige_le"), (6, "en_bref[0].texte"), (6, "en_bref[0].texte"), (14, "chiffres[0]")]
    assert load(tmp_path).cas["essai"]
    said = formatted(check(tmp_path), "github")
    assert said.startswith("::warning file=cases/essai.yml,line=4,col=1::redige_le : ") and said.count("::warning file=") == 4


def test_a_verification_renews_a_fiche(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two years count from the last verification, to the day."""
    old = 'redige_le: "2021-03-02"'
    checked = 'verifications:\n  - date: "2026-01-10"\n    par: Un réseau\n    aupres_de: La mairie'
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1830988800")  # 9 January 2028
    assert _told(tmp_path, case(redige_le=old)) == [(4, "redige_le")]
    assert _told(tmp_path, case(redige_le=old, verifications=checked)) == []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1831161600")  # two days later
    assert _told(tmp_path, case(redige_le=old, verifications=checked)) == [(12, "verifications[0]")]


def test_our_own_fiches_follow_the_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the day of the newest of them."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")
    assert check(PROJECT) == []

"""What docs/projet/mesures.md says is what was measured, beside what was promised."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.mesures import rapport
from tests.mesures.constructions import US, WHOLE
from tests.mesures.nombres import number
from tests.mesures.objectifs import VIEWS, Known, goals
from tests.mesures.phare import SCORES
from tests.mesures.rivaux import MATERIAL

ABOUT = {"passage": "2026-01-01T10:00:00+01:00", "date": "2026-01-01", "tours": 3, "machine": "2 processeurs"}

TYPESET = "Hugo, avec la typographie"


def _builds(**seconds: float) -> Known:
    written = {"memoire": 100.0, "pages": 7, "html": 3e6, "fichiers": 9, "octets": 4e6}
    return ABOUT | {"mesures": {name: {"secondes": value, "processeur": 2 * value} | written for name, value in seconds.items()}, "echecs": []}


def _whole(*seconds: float) -> Known:
    return ABOUT | {"mesures": {label: {"secondes": value, "processeur": value} for label, value in zip(WHOLE, seconds, strict=True)}, "memoire": 1999.0, "fichiers": 12345, "octets": 5e6}


def _complete() -> Known:
    """Every part measured, every goal reached and no more."""
    visit = dict.fromkeys(SCORES.values(), 100) | {"lcp": 1.3, "main": 1.0}
    views = {name: {"demandes": 5, "octets": 40_000} for name in VIEWS}
    return {
        "pages-1000": _builds(**{US: 2.0, "Hugo": 1.0, TYPESET: 1.0, MATERIAL: 10.0}), "pages-5000": _builds(**{US: 6.0, "Hugo": 6.0, TYPESET: 6.0, "plancher": 4.0}),
        "pages-10000": _builds(**{US: 9.0, "Hugo": 9.0, TYPESET: 9.0}),
        "tout-1000": _whole(10.0, 6.0, 3.0), "tout-5000": _whole(50.0, 6.0, 3.0), "tout-10000": _whole(130.0, 9.0, 3.0),
        "direct-1000": ABOUT | {"secondes": 1.0, "au plus": 1.2, "listes": 5.0, "demarrage": 4.0}, "verification-1000": ABOUT | {"froid": 2.0, "un cas": 1.0, "cache": 0.5},
        "lecture": ABOUT | {"mesures": views | {"recherche": {"demandes": 9, "octets": 90_000}}}, "phare": ABOUT | {"mesures": {name: dict(visit) for name in VIEWS}},
        "explorateur-10000": ABOUT | {"vues": views | {"explorateur": {"demandes": 9, "octets": 100_000}}, "lighthouse": visit | {"performance": 95}},
        "impression": ABOUT | {"mesures": {"ms": 30.0, "pages": 2.0, "ko": 80.0, "nombre": 300, "weasyprint": 600.0}},
    }


def _with(place: Sequence[str], value: float) -> Known:
    known: Known = json.loads(json.dumps(_complete()))
    holder = known
    for name in place[:-1]:
        holder = holder[name]
    holder[place[-1]] = value
    return known


def test_every_goal_is_reached_at_its_limit() -> None:
    """All of them are listed; the one that tests alone can hold says so."""
    found = list(goals(_complete()))
    assert [goal.dit for goal in found if not goal.atteint] == ["une entrée de cache abîmée n'est jamais crue"]
    assert len(found) == len({goal.dit for goal in found}) == 31


SHARED = {"pages seules, 1\u202f000 cas : ce projet / Hugo": 3, "pages seules, 5\u202f000 cas : ce projet / Hugo": 3, "pages seules, 10\u202f000 cas : ce projet / Hugo": 2,
          "pages seules : 5\u202f000 cas / 1\u202f000 cas": 4}
"""How many goals are missed when this one is: one time is compared with several."""


@pytest.mark.parametrize(("place", "value", "said", "shown"), [
    (("pages-1000", "mesures", US, "secondes"), 2.01, "pages seules, 1\u202f000 cas : ce projet / Hugo", "2,01"),
    (("pages-5000", "mesures", US, "secondes"), 6.1, "pages seules, 5\u202f000 cas : ce projet / Hugo", "1,02"),
    (("pages-10000", "mesures", US, "secondes"), 9.1, "pages seules, 10\u202f000 cas : ce projet / Hugo", "1,01"),
    (("pages-5000", "mesures", TYPESET, "secondes"), 5.9, "pages seules, 5\u202f000 cas : ce projet / Hugo, avec la typographie", "1,02"),
    (("pages-5000", "mesures", "plancher", "secondes"), 3.9, "pages seules, 5\u202f000 cas : ce projet / plancher", "1,54"),
    (("pages-1000", "mesures", MATERIAL, "secondes"), 9.9, "pages seules, 1\u202f000 cas : MkDocs et Material / ce projet", "4,95"),
    (("pages-5000", "mesures", US, "secondes"), 10.1, "pages seules : 5\u202f000 cas / 1\u202f000 cas", "5,05"),
    (("tout-10000", "mesures", "à froid", "secondes"), 131.0, "tout le site, temps par cas : 10\u202f000 cas / 1\u202f000 cas", "1,31"),
    (("tout-10000", "memoire"), 2000.0, "tout le site, 10\u202f000 cas : mémoire (Mo)", "2\u202f000"),
    (("tout-1000", "mesures", "un cas changé", "secondes"), 6.1, "un cas changé, tout le site à jour, 1\u202f000 cas / Hugo, pages de 5\u202f000 cas", "1,02"),
    (("tout-5000", "mesures", "un cas changé", "secondes"), 6.1, "un cas changé, tout le site à jour, 5\u202f000 cas / Hugo, pages de 5\u202f000 cas", "1,02"),
    (("direct-1000", "secondes"), 1.01, "`make serve`, 1\u202f000 cas : la page montre la correction après (s)", "1,01"),
    (("verification-1000", "froid"), 2.01, "`make check`, 1\u202f000 cas, à froid (s)", "2,01"),
    (("verification-1000", "cache"), 0.51, "`make check`, 1\u202f000 cas, rien de changé (s)", "0,51"),
    (("lecture", "mesures", "levier", "octets"), 40_100, "première vue, levier (ko)", "40,1"),
    (("explorateur-10000", "vues", "accueil", "octets"), 40_100, "première vue, 10\u202f000 cas, accueil (ko)", "40,1"),
    (("phare", "mesures", "cas", "accessibilité"), 99, "Lighthouse, cas : les quatre notes", "100 / 99 / 100 / 100"),
    (("phare", "mesures", "cas", "lcp"), 1.31, "Lighthouse, cas : affichage / celui d'une page écrite à la main", "1,31"),
    (("explorateur-10000", "lighthouse", "performance"), 94, "explorateur, 10\u202f000 cas : performance selon Lighthouse", "94"),
    (("explorateur-10000", "vues", "explorateur", "octets"), 100_300, "explorateur, 10\u202f000 cas : première vue (ko)", "100,3"),
], ids=lambda value: value if isinstance(value, str) else None)
def test_a_goal_beyond_its_limit_is_not_reached(place: Sequence[str], value: float, said: str, shown: str) -> None:
    """It, and no other but those that rest on the same figure."""
    missed = {goal.dit: goal for goal in goals(_with(place, value)) if goal.atteint is False}
    assert said in missed and missed[said].mesure == shown
    assert len(missed) == SHARED.get(said, 1)
    assert f"| {said} | {shown} | {missed[said].vise} | **non atteint** |" in rapport.written(_with(place, value))


def test_what_was_not_measured_is_said() -> None:
    """Neither reached nor missed."""
    assert {(goal.mesure, goal.atteint) for goal in goals({})} == {("pas mesuré", None), ("par un essai", None)}
    for part in _complete():
        known = _complete()
        del known[part]
        assert all(goal.mesure == "pas mesuré" or goal.atteint or "cache" in goal.dit for goal in goals(known)), part
        assert part == "impression" or any(goal.mesure == "pas mesuré" for goal in goals(known)), part


def test_figures_of_two_runs_are_not_compared() -> None:
    """The machine may have been busier the second time."""
    known = _complete()
    known["pages-5000"]["passage"] = "2026-01-02T10:00:00+01:00"
    unsaid = [goal.dit for goal in goals(known) if goal.mesure == "pas mesuré"]
    assert unsaid == ["pages seules : 5\u202f000 cas / 1\u202f000 cas", "un cas changé, tout le site à jour, 1\u202f000 cas / Hugo, pages de 5\u202f000 cas",
                      "un cas changé, tout le site à jour, 5\u202f000 cas / Hugo, pages de 5\u202f000 cas"]
    growth = rapport.written(known).partition("## La croissance")[2].partition("\n## ")[0]
    assert "| pages seules, ce projet | – | × 4,50 | – |" in growth and "| tout le site, à froid | × 5 | × 13 | × 2,60 |" in growth


def test_the_page_shows_what_each_part_found() -> None:
    text = rapport.written(_complete())
    for line in ("| Hugo | 1 | 2 | 0,50 | 100 |", "| Hugo | 7 | 3 | 9 | 4 |", "| pages seules, ce projet | × 3 | × 4,50 | × 1,50 |", "| à froid | 130 | 130 | 13 |",
                 "12\u202f345 fichiers, 5 Mo. Mémoire, à froid : 1\u202f999 Mo au plus.",
                 "1 s (médiane), 1,20 s au plus, pendant que le reste du site se refait comme au repos ; listes à jour après 5 s. Démarrage : 4 s.",
                 "| cas | 100 | 100 | 100 | 100 | 1,30 | 1 |", "| explorateur | 9 | 100 |", "soit 20 fois plus", "| première recherche, après l'accueil | 9 | 90 |"):
        assert line in text, line
    assert [line for line in text.splitlines() if line.startswith("## Les pages")] == [f"## Les pages seules, {size} cas" for size in ("1\u202f000", "5\u202f000", "10\u202f000")]


def test_the_page_is_what_the_figures_say() -> None:
    """Nobody corrects it by hand: `make bench` writes both."""
    known = json.loads(rapport.FIGURES.read_text(encoding="utf-8"))
    assert rapport.PAGE.read_text(encoding="utf-8") == rapport.written(known), "lancez : make bench"


def test_a_generator_that_fails_is_named() -> None:
    known = _complete()
    known["pages-5000"]["echecs"] = ["Eleventy"]
    assert rapport.written(known).count("N'ont pas abouti avec autant de cas : Eleventy.") == 1


def test_figures_are_kept_part_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run of one part leaves those of the others."""
    monkeypatch.setattr(rapport, "FIGURES", tmp_path / "mesures.json")
    monkeypatch.setattr(rapport, "PAGE", tmp_path / "mesures.md")
    for part, values in _complete().items():
        rapport.keep(part, values)
    assert (tmp_path / "mesures.md").read_text(encoding="utf-8") == rapport.written(_complete())


@pytest.mark.parametrize(("value", "shown"), [(0.456, "0,46"), (2.0, "2"), (12.34, "12,3"), (123.4, "123,4"), (12345.6, "12\u202f346"), (100.3, "100,3"), (None, "pas mesuré")])
def test_a_number_is_written_as_in_french(value: float | None, shown: str) -> None:
    assert number(value) == shown

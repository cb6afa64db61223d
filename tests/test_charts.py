"""The charts of the key figures: never side by side what must not be compared, and always of what and when."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from macros import charts
from macros.catalogue import Catalogue
from macros.model.references import ChiffreCle
from macros.rendering import quantity
from macros.typography import french
from tests.conftest import Open, axe
from tests.html_lu import Element, read_file

SHARE: dict[str, Any] = {"libelle": "l", "valeur": "30", "unite": "%", "de": "des lieux", "annee": "2025", "source": "s", "theme": "t", "rang": "1"}


def figures(**changes: dict[str, Any]) -> dict[str, ChiffreCle]:
    """Figures by name, each a share with its own changes."""
    return {name: ChiffreCle.model_validate(SHARE | change) for name, change in changes.items()}


@pytest.fixture(scope="module")
def page(site: Path) -> Element:
    """The page of the key figures."""
    return read_file(site / "chiffres" / "index.html")


def test_parts_of_the_same_whole_stand_on_one_chart() -> None:
    """Same whole, same date, same document."""
    known = figures(a={}, b={"valeur": "40"}, c={"valeur": "4"})
    assert charts.charts(known, known) == [("a", "b", "c")]


@pytest.mark.parametrize("change", [
    {"de": "des lieux privés"}, {"annee": "2012"}, {"source": "autre"}, {"unite": "€", "de": None}, {"valeur": "130"}, {"ne_pas_comparer": ["a"]}, {"annee": None}])
def test_anything_else_is_drawn_apart(change: dict[str, Any]) -> None:
    """Another whole, another date, another document, or a word of warning."""
    known = figures(a={}, b=change)
    assert charts.charts(known, known) == []


def test_a_warning_holds_in_both_directions() -> None:
    """One figure of the two says it: that is enough."""
    known = figures(a={"ne_pas_comparer": ["b"]}, b={})
    assert charts.charts(known, known) == [] and charts.apart(known, "b", "a")


def test_figures_kept_apart_come_with_the_most_precise_reason() -> None:
    """Pairs are told once, a trio together, with the words of the figure that speaks of them only."""
    known = figures(a={"ne_pas_comparer": ["b", "c", "d"], "pourquoi_pas": "tout"}, b={"ne_pas_comparer": ["a"], "pourquoi_pas": "b"},
                    c={"ne_pas_comparer": ["d"]}, d={"ne_pas_comparer": ["a", "c"], "pourquoi_pas": "d"})
    assert charts.kept_apart(known) == [(("a", "b"), "b"), (("a", "c", "d"), "d")]
    assert charts.kept_apart(figures(a={}, b={})) == []


def test_no_chart_of_the_site_joins_what_must_be_kept_apart(catalogue: Catalogue) -> None:
    """87 % and 30 %, 40 % and 43 %, 43 % and 47 %… never together."""
    drawn = [group for theme in catalogue.vocabulaires["themes_de_chiffres"] for group in charts.charts(catalogue.chiffres, catalogue.chiffres_du_theme(theme))]
    assert ("bzh-part-ess", "bzh-part-public", "bzh-part-prive") in drawn and ("ssd-taux-couverture", "fr-taux-couverture") in drawn
    for group in drawn:
        assert not any(charts.apart(catalogue.chiffres, one, other) for one, other in combinations(group, 2)), group


def test_every_share_is_drawn_once_with_its_whole_and_its_date(page: Element, catalogue: Catalogue) -> None:
    """The drawing says in words what it shows: « 40 % des établissements de Bretagne, vers 2012-2013 »."""
    drawings = [drawing for drawing in page.all("svg") if "part" in drawing.attributes.get("class", "").split()]
    assert all(drawing.attributes["role"] == "img" for drawing in drawings)
    expected = [french(f"{quantity(figure)} {figure.de}, {figure.annee.lisible}") for figure in catalogue.chiffres.values() if charts.is_share(figure) and figure.annee]
    assert sorted(drawing.attributes["aria-label"] for drawing in drawings) == sorted(expected)


def test_a_bar_is_as_long_as_its_figure(page: Element) -> None:
    """The width of the coloured part, out of 100, is the number that is written."""
    for drawing in page.all("svg"):
        if drawing.attributes.get("class") == "part":
            whole, part = drawing.all("rect")
            assert whole.attributes["width"] == "100" and drawing.attributes["aria-label"].startswith(part.attributes["width"])


def test_a_chart_says_of_what_when_and_after_whom(page: Element) -> None:
    """The title of a chart names the whole and the date, and carries the note of the source; each bar has its words and its figure."""
    titles = [figure.all("figcaption")[0].seen() for figure in page.of_class("graphique")]
    assert titles == [french("En part des établissements de Bretagne, vers 2012-2013"), french("En part des besoins en mode d'accueil, vers 2015")]
    for figure in page.of_class("graphique"):
        assert figure.all("figcaption")[0].of_class("note")
        assert all(row.of_class("graphique__nom")[0].seen() and row.of_class("graphique__valeur")[0].seen().endswith("%") for row in figure.all("li"))


def test_the_page_says_why_figures_are_kept_apart(page: Element) -> None:
    """The two pairs of the brief, each with its reason."""
    frames = {tuple(value.seen().split(" (")[0] for value in frame.of_class("a-part__valeur")): frame.seen() for frame in page.of_class("a-part")}
    assert "ni la base ni la date" in frames[french("30 %"), french("87 %")]
    assert "aucun classement des régions" in frames[french("40 %"), french("43 %")]


def test_bars_of_different_dates_do_not_stand_in_one_row(page: Element) -> None:
    """Under a theme, cards are grouped by date."""
    for grid in page.of_class("chiffres"):
        dates = {line.seen().split("(")[0].strip() for card in grid.of_class("chiffre") for line in card.all("div") if line.seen().startswith("Date")}
        assert len(dates) == 1, dates


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_nothing(ouvrir: Open, width: int, scheme: str) -> None:
    """At each width, in both appearances, and nothing to scroll sideways."""
    page = ouvrir(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto("chiffres/")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

"""The reading time of a fiche: the words a reader sees, 200 a minute, rounded up."""

from __future__ import annotations

import re
from math import ceil
from pathlib import Path

import pytest
from playwright.sync_api import Page

from macros import reading_time
from macros.finishing import finished
from macros.loading import load
from macros.reading_time import MARK, told
from tests.conftest import PROJECT
from tests.html_lu import read_file

DATA = load(PROJECT)
FICHES = [*(f"cas/{key}" for key in DATA.cas), *(f"leviers/{key}" for key in DATA.leviers)]


@pytest.mark.parametrize(("html", "count"), [
    ("<p>Un deux trois</p>", 3), ("Un <b>deux</b>", 2), ("<p>Un : deux – trois !</p>", 3), ("<p>l'école d'Anstaing</p>", 2), ("<p>a&amp;b &lt;</p>", 1), ("", 0),
    ("<p>un</p><nav>deux <a>trois</a></nav><p>quatre</p>", 2), ("<footer>un</footer>deux", 1), ("un<sup>1</sup> deux", 2), ("<button>un</button>", 0),
    ('<ol class="sources"><li>un</li></ol>deux', 1), ('<span class="note hors-vue">un</span>', 0), ('<p class="sources-vives">un</p>', 1),
    ("<details><summary>un deux</summary><p>trois</p></details>quatre", 3), ("<details open><summary>un</summary><p>deux</p></details>", 2),
    ("<details><summary>un</summary><details><summary>deux</summary></details></details>", 1), ("<nav><details><summary>un</summary></details></nav>", 0),
    ("<p>un<br>deux</p><img alt='trois'>", 2), ("<!-- un -->deux", 1),
])
def test_only_what_is_read_is_counted(html: str, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither menus, nor notes, nor what is folded, nor what only screen readers hear twice."""
    monkeypatch.setattr(reading_time, "WORDS_A_MINUTE", 1)
    assert finished(f"<p>deux mots</p>{html}{MARK}", {}, "").endswith(f"{count + 2} minutes")


@pytest.mark.parametrize(("count", "expected"), [(0, 1), (1, 1), (200, 1), (201, 2), (400, 2), (401, 3)])
def test_minutes_are_rounded_up(count: int, expected: int) -> None:
    """A started minute counts."""
    assert told("mot " * count) == f"{expected} minute{'s' if expected > 1 else ''}"


def test_the_time_is_told_in_french_where_it_is_asked_for() -> None:
    """Singular and plural; a page that asks for nothing is left as it is."""
    assert finished(f"<p>{MARK}</p>", {}, "") == "<p>1 minute</p>"
    assert finished(f"<p>{MARK}</p>" + "mot " * 250, {}, "").startswith("<p>2 minutes</p>")
    assert finished("<p>a</p>", {}, "") == "<p>a</p>"


@pytest.mark.parametrize("fiche", FICHES)
def test_each_case_and_lever_tells_its_time_after_in_brief(site: Path, fiche: str) -> None:
    """One chip, beside the others; « En bref » comes first, right after the title."""
    page = read_file(site / fiche / "index.html")
    (chip,) = page.of_class("puce--lecture")
    assert re.fullmatch(r"Lecture\u202f: ([1-9]\d*) minutes?", chip.seen())
    head = page.of_class("fiche__tete")[0]
    order = [element.tag if element.tag == "h1" else element.attributes.get("class", "") for element in head.inside if not isinstance(element, str)]
    assert order.index("h1") + 1 == order.index("chapo") < order.index("puces")
    assert head.of_class("chapo")[0].seen().startswith("En bref")


def test_the_time_agrees_with_what_the_browser_shows(page: Page) -> None:
    """The same count on the page as the reader sees it, to the acronyms that are spelled out at the very end."""
    for fiche in FICHES[:3] + FICHES[-3:]:
        page.goto(f"{fiche}/")
        shown = page.evaluate("""() => {
            const fiche = document.querySelector('.fiche').cloneNode(true);
            document.body.append(fiche);
            for (const unread of fiche.querySelectorAll('nav, footer, button, sup, .sources, .hors-vue, .actions, .reemploi, details:not([open]) > :not(summary)')) unread.remove();
            const texte = fiche.innerText; fiche.remove(); return texte; }""")
        count = sum(any(mark.isalnum() for mark in word) for word in shown.split())
        told_minutes = int(re.findall(r"\d+", page.locator(".puce--lecture").inner_text())[0])
        assert told_minutes in {ceil(count * share / 200) for share in (0.93, 1, 1.05)}, (fiche, count)

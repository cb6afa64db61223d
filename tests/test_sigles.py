"""Acronyms are explained where they stand: in brackets the first time, then on hover, focus and tap (WCAG 1.4.13)."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from macros.finishing import finished
from tests.conftest import Open, axe
from tests.html_lu import read_file

SIGLES = {"ESS": ("ess", "économie sociale et solidaire")}
LINK = '<a class="sigle" href="../g/#ess" aria-label="ESS\u202f: économie sociale et solidaire"><abbr title="économie sociale et solidaire">ESS</abbr></a>'
SPELLED = '<a class="sigle" href="../g/#ess" aria-label="ESS, au glossaire">ESS</a> (économie sociale et solidaire)'
WHERE = "leviers/cooperation/"


def _done(html: str) -> str:
    return finished(html, SIGLES, "../g/")


@pytest.mark.parametrize(("html", "expected"), [
    ("<h2>L’ESS</h2>", f"<h2>L’{LINK}</h2>"),
    ("<th>ESS</th><td>x</td>", f"<th>{LINK}</th><td>x</td>"),
    ('<p><span class="puce">ESS</span></p>', f'<p><span class="puce">{LINK}</span></p>'),
    ("<h2>ESS</h2><p>ESS, ESS</p>", f"<h2>{LINK}</h2><p>{SPELLED}, ESS</p>"),
    ("<section><p>ESS</p></section><section><p>ESS, ESS</p></section>", f"<section><p>{SPELLED}</p></section><section><p>{LINK}, ESS</p></section>"),
    ("<p>ESS</p><table><tr><td>ESS</td><td>ESS</td></tr></table>", f"<p>{SPELLED}</p><table><tr><td>{LINK}</td><td>ESS</td></tr></table>"),
    ("<p>ESS 93</p>", f"<p>{LINK} 93</p>"),
    ("<dt>ESS – économie sociale et solidaire</dt><dd>ESS</dd>", "<dt>ESS – économie sociale et solidaire</dt><dd>ESS</dd>"),
])
def test_each_part_of_a_page_explains_its_first(html: str, expected: str) -> None:
    """A reader who jumps to a section finds the explanation there, once."""
    assert _done(html) == expected


@pytest.mark.parametrize("html", ['<a href="x">ESS</a>', "<button>ESS</button>", '<span class="hors-vue">ESS</span>', '<table><caption class="hors-vue">ESS</caption></table>'])
def test_nothing_to_press_where_it_would_be_lost(html: str) -> None:
    """Neither a link in a link or a button, nor a link that nobody sees."""
    assert _done(html) == html


@pytest.mark.parametrize("tag", ["summary", "label", "option", "caption", "legend"])
def test_a_label_keeps_to_the_tooltip_of_the_browser(tag: str) -> None:
    """A link there would fight with what the label does."""
    assert _done(f"<{tag}>ESS</{tag}>") == f'<{tag}><abbr title="économie sociale et solidaire">ESS</abbr></{tag}>'


def test_every_explained_acronym_leads_to_its_word(site: Path) -> None:
    """The links of every page of levers reach an entry of the glossary."""
    entries = {element.attributes["id"] for element in read_file(site / "glossaire" / "index.html").walk() if "id" in element.attributes}
    links = [link.attributes["href"] for page in (site / "leviers").glob("*/index.html") for link in read_file(page).of_class("sigle")]
    assert len(links) > 20 and {link.split("#")[1] for link in links} <= entries


@pytest.fixture
def acronym(page: Page) -> Locator:
    """An acronym explained by a bubble."""
    page.goto(WHERE)
    return page.locator("a.sigle:has(abbr)", has_text="SPPE").first


def bubble(page: Page) -> Locator:
    return page.get_by_role("tooltip")


def test_hover_explains_and_lets_the_pointer_come(page: Page, acronym: Locator) -> None:
    """Shown under the pointer, still there when the pointer goes onto it, gone when it leaves."""
    acronym.hover()
    expect(bubble(page)).to_have_text("service public de la petite enfance")
    box = bubble(page).bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
    page.wait_for_timeout(400)
    expect(bubble(page)).to_be_visible()
    page.mouse.move(5, 5, steps=5)
    expect(bubble(page)).to_be_hidden()


def test_escape_puts_it_away_without_moving(page: Page, acronym: Locator) -> None:
    """Neither the pointer nor the focus has to move."""
    acronym.hover()
    expect(bubble(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(bubble(page)).to_be_hidden()
    acronym.focus()
    expect(bubble(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(bubble(page)).to_be_hidden()
    expect(acronym).to_be_focused()


def test_focus_explains_and_is_heard(page: Page, acronym: Locator) -> None:
    """With Tab alone; the bubble describes the link, and goes with the focus."""
    acronym.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(acronym).to_be_focused()
    expect(bubble(page)).to_be_visible()
    expect(acronym).to_have_accessible_description("service public de la petite enfance")
    page.wait_for_timeout(400)
    expect(bubble(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(bubble(page)).to_be_hidden()
    acronym.press("Enter")
    page.wait_for_url("**/glossaire/#sppe")


def test_a_first_tap_explains_a_second_one_follows(ouvrir: Open) -> None:
    """On a phone; a tap elsewhere puts the bubble away."""
    page = ouvrir(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page.goto(WHERE)
    acronym = page.locator("a.sigle:has(abbr)", has_text="SPPE").first
    acronym.tap()
    expect(bubble(page)).to_have_text("service public de la petite enfance")
    box = bubble(page).bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
    page.locator("h1").tap()
    expect(bubble(page)).to_be_hidden()
    acronym.tap()
    expect(bubble(page)).to_be_visible()
    acronym.tap()
    page.wait_for_url("**/glossaire/#sppe")


def test_a_click_follows_the_link(page: Page, acronym: Locator) -> None:
    """With a mouse the bubble is already there: the click goes to the glossary."""
    acronym.click()
    page.wait_for_url("**/glossaire/#sppe")


def test_without_scripts_the_link_and_the_browser_explain(ouvrir: Open) -> None:
    """A title on hover, the glossary on tap or Enter."""
    page = ouvrir(java_script_enabled=False)
    page.goto(WHERE)
    acronym = page.locator("a.sigle:has(abbr)", has_text="SPPE").first
    expect(acronym.locator("abbr")).to_have_attribute("title", "service public de la petite enfance")
    acronym.click()
    page.wait_for_url("**/glossaire/#sppe")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_nothing_with_a_bubble_open(ouvrir: Open, width: int, scheme: str) -> None:
    """The bubble is inside the page, readable, and names no landmark."""
    page = ouvrir(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(WHERE)
    page.locator("a.sigle:has(abbr)").last.focus()
    expect(bubble(page)).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

"""The map: which case stands where, and what one does with it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from macros import map as france
from macros.catalogue import Catalogue
from macros.model.case import Lieu
from macros.register import register
from tests.conftest import Open, axe


def test_every_departement_of_the_mainland_is_drawn_once() -> None:
    """And the others are tiles: together, the départements of the official register."""
    drawn = set(france.contours())
    assert len(drawn) == 96
    assert drawn <= set(register().departements)
    assert {code for code in register().departements if len(code) == 2} == drawn
    assert all(contour.trace.startswith("M") and contour.trace.endswith("z") for contour in france.contours().values())


def test_a_case_stands_in_each_of_its_departements(catalogue: Catalogue) -> None:
    found = france.places(catalogue)
    assert all("inalta" in found.departements[code] for code in ("49", "53", "72"))
    assert found.departements["59"] == ["anstaing", "meli-melo"]
    assert list(found.departements) == sorted(found.departements)


def test_no_case_is_lost(catalogue: Catalogue) -> None:
    """Each stands in a département, in a région, or in the list of those without place."""
    found = france.places(catalogue)
    everywhere = [*(key for keys in found.departements.values() for key in keys), *(key for keys in found.regions.values() for key in keys), *found.ailleurs]
    assert set(everywhere) == set(catalogue.cas)
    assert found.regions == {"53": ["sieg-petite-collectivite"]}


def test_a_case_without_place_and_a_case_overseas_are_kept(catalogue: Catalogue) -> None:
    away = catalogue.cas["anstaing"].model_copy(update={"lieux": (Lieu(departement="974", source="rtes-2026"),)})
    nowhere = catalogue.cas["caylus"].model_copy(update={"lieux": ()})
    found = france.places(replace(catalogue, cas=catalogue.cas | {"anstaing": away, "caylus": nowhere}))
    assert found.departements["974"] == ["anstaing"]
    assert found.ailleurs == ["caylus"]
    assert france.overseas(found) == ["971", "972", "973", "974", "976"]


def test_each_departement_with_a_case_is_a_link_that_leads_to_its_list(page: Page, catalogue: Catalogue) -> None:
    """Spoken as « Nord (59) : 2 cas »; the list beside says the same."""
    page.goto("carte/")
    names = register().departements
    links = page.locator(".pays__dessin").get_by_role("link").filter(has_not_text="svg-maps").filter(has_not_text="CC BY")
    found = france.places(catalogue).departements
    assert links.count() == len(found)
    for code, keys in found.items():
        said = re.compile(rf"^{re.escape(names[code][0])} \({code}\)\s: {len(keys)} cas$")
        expect(page.locator(".pays__dessin").get_by_role("link", name=said)).to_have_attribute("href", f"#departement-{code}")
        place = page.locator(f"#departement-{code}")
        expect(place.get_by_role("heading")).to_have_text(said)
        assert place.locator("li a").evaluate_all("links => links.map(link => link.getAttribute('href'))") == [f"../cas/{key}/" for key in keys]


def test_numbers_are_written_on_the_map(page: Page, catalogue: Catalogue) -> None:
    """Colour says nothing alone; a number stands well inside the shape it counts."""
    page.goto("carte/")
    for code, keys in france.places(catalogue).departements.items():
        link = page.locator(f'.pays__carte a[href="#departement-{code}"]')
        assert link.locator("text").text_content() == str(len(keys))
        assert link.evaluate("""link => {
            const shape = link.querySelector('path'), text = link.querySelector('text'), point = link.ownerSVGElement.createSVGPoint();
            const [x, y] = ['x', 'y'].map(name => Number(text.getAttribute(name)));
            return [[4, 0], [-4, 0], [0, 4], [0, -4]].every(([right, down]) => { point.x = x + right; point.y = y + down; return shape.isPointInFill(point); }); }"""), code


def test_empty_departements_take_no_focus(page: Page, catalogue: Catalogue) -> None:
    page.goto("carte/")
    page.locator(".pays__carte a").first.focus()
    reached = []
    for _ in range(40):
        target = page.evaluate("document.activeElement.closest('.pays__dessin') ? document.activeElement.getAttribute('href') : ''")
        if not target:
            break
        reached.append(target)
        page.keyboard.press("Tab")
    assert sorted(target for target in reached if target.startswith("#")) == sorted(f"#departement-{code}" for code in france.places(catalogue).departements)


def test_by_keyboard_a_departement_opens_its_list_then_a_case(page: Page) -> None:
    page.goto("carte/")
    page.locator('.pays__carte a[href="#departement-59"]').focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#departement-59$"))
    expect(page.locator("#departement-59")).to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/cas/anstaing/$"))


def test_the_list_leads_to_the_cases_filtered(page: Page, catalogue: Catalogue) -> None:
    page.goto("carte/")
    page.locator("#departement-59 h3 a").click()
    expect(page.locator(".explorer__bilan")).to_have_text(f"2 cas sur {len(catalogue.cas)}")


def test_without_scripts_the_map_works(ouvrir: Open, catalogue: Catalogue) -> None:
    page = ouvrir(java_script_enabled=False)
    page.goto("carte/")
    page.locator('.pays__carte a[href="#departement-93"]').click()
    expect(page.locator("#departement-93 li")).to_have_count(2)
    expect(page.locator("#region-53")).to_contain_text("Bretagne")
    expect(page.locator("#region-53 li a")).to_have_attribute("href", "../cas/sieg-petite-collectivite/")


def test_the_outlines_are_credited(page: Page) -> None:
    """CC BY 4.0 asks for the author, the licence and the mention of changes: on the map and in the legal notice."""
    for address in ("carte/", "mentions-legales/"):
        page.goto(address)
        text = page.locator("main").inner_text()
        assert "Victor Cazanave" in text
        assert "CC BY 4.0" in text
        assert "simplifiés" in text


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_has_no_accessibility_fault(ouvrir: Open, width: int, scheme: str) -> None:
    page = ouvrir(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto("carte/#departement-59")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

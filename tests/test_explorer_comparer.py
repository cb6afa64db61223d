"""Comparing: two to four cases chosen from any card, and the modes of support on the same lines."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.catalogue import Catalogue
from macros.explorer.comparison import FOLDER, comparison
from macros.explorer.facets import short_name
from tests.conftest import Open, axe

THIN = "\u202f"


def headers(page: Page) -> list[str]:
    return page.locator(".comparer__tableau thead th").all_inner_texts()[1:]


def cell(page: Page, question: str, column: int) -> str:
    """What the comparison answers to a question for the case of that column."""
    row = page.locator(".comparer__tableau tbody tr", has=page.get_by_role("rowheader", name=question, exact=True))
    return row.locator("td").nth(column).inner_text()


def test_one_small_file_per_case_with_every_line_answered(site: Path, catalogue: Catalogue) -> None:
    """The same lines in the same order, none empty, every link inside the site real."""
    lines: list[list[str]] = []
    for key in catalogue.cas:
        file = site / FOLDER / f"{key}.json"
        assert file.stat().st_size < 20_000
        data = json.loads(file.read_text(encoding="utf-8"))
        sections = re.findall(r"<section><h3>(.*?)</h3>(.*?)</section>", data["lignes"])
        lines.append([title for title, _ in sections])
        for title, content in sections:
            assert re.sub(r"<[^>]*>", "", content).strip(), (key, title)
        for link in re.findall(r'href="\.\./([^"#]*)', data["lignes"]):
            assert (site / link / "index.html").is_file(), (key, link)
    assert all(found == lines[0] for found in lines)


def test_the_sources_are_said_in_words(catalogue: Catalogue) -> None:
    """A number of note would mean nothing beside another case."""
    said = comparison(catalogue, "pope")["lignes"]
    for source in ("rtes-2026", "pope-brochure"):
        assert catalogue.sources[source].court in said.replace("\u00a0", " ").replace(THIN, " ")
    assert 'class="note"' not in said
    assert " id=" not in said


def test_what_is_unknown_and_what_diverges_is_said(catalogue: Catalogue) -> None:
    lines = dict(re.findall(r"<section><h3>(.*?)</h3>(.*?)</section>", comparison(catalogue, "pope")["lignes"]))
    assert "2015" in lines["Création"] and "2014" in lines["Création"]
    assert "2014" in lines["Les sources divergent"]
    assert "sans objet" in lines["Ouverture"]
    assert "non précisé par les sources" in dict(re.findall(r"<section><h3>(.*?)</h3>(.*?)</section>", comparison(catalogue, "anstaing")["lignes"]))["Capacité"]


def test_cases_are_chosen_from_cards_and_compared_side_by_side(page: Page, catalogue: Catalogue) -> None:
    """From the list then from a fiche; the bar follows in the tab; the comparison has the same lines for both."""
    page.goto("cas/")
    page.get_by_role("button", name=f"Comparer{THIN}: Anstaing").click()
    bar = page.get_by_role("region", name="Cas à comparer")
    expect(bar).to_contain_text("Choisissez-en un autre")
    expect(page).to_have_url(re.compile(r"/cas/\?cas=anstaing$"))
    page.goto("cas/meli-melo/")
    expect(bar).to_contain_text("1 cas à comparer\u202f: Anstaing")
    page.locator(".actions").get_by_role("button", name="Comparer").click()
    expect(page).to_have_url(re.compile("/cas/meli-melo/$"))
    expect(bar).to_contain_text("2 cas à comparer\u202f: Anstaing, Méli-Mélo")
    bar.get_by_role("link", name="Comparer").click()
    expect(page).to_have_url(re.compile(r"/comparer/\?cas=anstaing,meli-melo$"))
    expect(page.locator(".comparer__bilan")).to_have_text("2 cas comparés\u202f: Anstaing, Méli-Mélo.")
    assert headers(page) == ["Anstaing", "Méli-Mélo"]
    assert cell(page, "Lieu", 0).startswith("Anstaing (59)")
    assert cell(page, "Lieu", 1).startswith("Lille (59)")
    assert f"25{THIN}000" in cell(page, "Soutiens publics", 0)
    assert "Étudier" in cell(page, "Ce que la collectivité a fait", 0)
    assert "(SCIC)" in cell(page, "Forme juridique", 1)
    assert page.title().startswith("Comparer Anstaing, Méli-Mélo")


def test_any_card_has_its_button(page: Page) -> None:
    """The home page, a lever, a mode, a network."""
    for address in ("", "leviers/locaux/", "modes/subvention/"):
        page.goto(address)
        expect(page.get_by_role("button", name=re.compile("^Comparer.: ")).first).to_be_visible()


def test_a_comparison_is_shared_by_its_address(ouvrir: Open) -> None:
    page = ouvrir()
    page.goto("comparer/?cas=caylus,anstaing,plouguerneau")
    expect(page.locator(".comparer__tableau thead th")).to_have_text(["Question", "Caylus", "Anstaing", "Plouguerneau"])
    other = ouvrir()
    other.goto(page.url)
    expect(other.locator(".comparer__tableau thead th")).to_have_text(["Question", "Caylus", "Anstaing", "Plouguerneau"])


def test_the_choice_changes_on_the_page_and_back_undoes_it(page: Page) -> None:
    page.goto("comparer/?cas=anstaing,caylus")
    expect(page.locator(".comparer__tableau thead th")).to_have_count(3)
    page.locator(".comparer__liste").get_by_role("button", name="Comparer\u202f: Nancy").click()
    expect(page.locator(".comparer__tableau thead th")).to_have_count(4)
    expect(page).to_have_url(re.compile("cas=anstaing,caylus,nancy$"))
    page.get_by_role("button", name="Retirer Anstaing").click()
    expect(page.locator(".comparer__tableau thead th")).to_have_text(["Question", "Caylus", "Nancy"])
    expect(page.locator(".comparer__bilan")).to_be_focused()
    page.go_back()
    expect(page.locator(".comparer__tableau thead th")).to_have_text(["Question", "Anstaing", "Caylus", "Nancy"])


def test_no_more_than_four(page: Page) -> None:
    """The fifth is refused with a reason; an address with five keeps the first four."""
    page.goto("comparer/?cas=anstaing,caylus,nancy,vista,pope")
    expect(page.locator(".comparer__tableau thead th")).to_have_count(5)
    page.locator(".comparer__liste").get_by_role("button", name="Comparer\u202f: Inalta").click()
    expect(page.locator(".comparer__bilan")).to_contain_text("Quatre cas au plus")
    expect(page.locator("#annonce")).to_contain_text("Quatre cas au plus")
    expect(page.locator(".comparer__tableau thead th")).to_have_count(5)
    page.goto("cas/")
    page.get_by_role("button", name="Comparer\u202f: Inalta").click()
    expect(page.get_by_role("region", name="Cas à comparer")).to_contain_text("Quatre cas au plus")


def test_a_case_that_does_not_exist_is_said(navigateur: Browser, serveur: str) -> None:
    """The others are compared; nothing of the address becomes part of the page or of another request."""
    page = navigateur.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{serveur}comparer/?cas=anstaing,inconnu,../../api,<img src=x>")
    expect(page.locator(".comparer__bilan")).to_contain_text("Aucun cas ne s’appelle «\u202finconnu\u202f»")
    assert headers(page) == ["Anstaing"]
    assert [url for url in asked if "/comparer/cas/" in url] == [f"{serveur}comparer/cas/anstaing.json", f"{serveur}comparer/cas/inconnu.json"]
    page.context.close()


def test_what_a_file_holds_cannot_run(ouvrir: Open) -> None:
    """Even if a file were altered: no script, no handler, no foreign frame."""
    page = ouvrir()
    bad = {"nom": "<b>Anstaing</b>", "lignes": "<section><h3>Lieu</h3><p>ici<script>window.lance = 1</script><iframe src='/'></iframe></p></section>"}
    page.route("**/comparer/cas/anstaing.json", lambda route: route.fulfill(json=bad))
    page.goto("comparer/?cas=anstaing,caylus")
    expect(page.locator(".comparer__tableau thead th").nth(1)).to_have_text("<b>Anstaing</b>")
    assert page.evaluate("window.lance") is None
    expect(page.locator(".comparer__tableau :is(script, iframe)")).to_have_count(0)


def test_filters_and_choice_share_the_address_of_the_list(page: Page) -> None:
    """Going back undoes a filter, not the choice."""
    page.goto("cas/?levier=locaux")
    page.get_by_role("button", name="Comparer\u202f: Anstaing").click()
    expect(page).to_have_url(re.compile(r"\?levier=locaux&cas=anstaing$"))
    page.locator('input[name=levier][value="creation"]').check()
    expect(page).to_have_url(re.compile(r"cas=anstaing"))
    page.get_by_role("button", name="Comparer\u202f: Caylus").click()
    page.go_back()
    expect(page).to_have_url(re.compile(r"levier=locaux&cas=anstaing,caylus$"))
    expect(page.get_by_role("button", name="Comparer\u202f: Caylus")).to_have_attribute("aria-pressed", "true")


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("cas/")
    for name in ("Anstaing", "Caylus"):
        page.get_by_role("button", name=f"Comparer\u202f: {name}").focus()
        page.keyboard.press("Space")
    expect(page.locator("#annonce")).to_have_text("Caylus ajouté. 2 cas à comparer\u202f: Anstaing, Caylus")
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.barre') !== null"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".comparer__tableau thead th")).to_have_count(3)
    page.get_by_role("button", name="Retirer Caylus").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".comparer__bilan")).to_contain_text("choisissez-en un autre")


def test_the_bar_never_hides_what_has_the_focus(ouvrir: Open) -> None:
    """A card reached by keyboard stands above it."""
    page = ouvrir(viewport={"width": 390, "height": 700})
    page.goto("cas/?cas=anstaing,caylus")
    page.locator(".carte a").first.focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        focus = page.evaluate("document.activeElement.closest('.barre') ? 0 : document.activeElement.getBoundingClientRect().bottom")
        bar = page.locator(".barre").bounding_box()
        assert bar
        assert focus <= bar["y"] + 1


def test_emptying_the_bar_forgets_the_choice(page: Page) -> None:
    page.goto("cas/?cas=anstaing,caylus")
    page.get_by_role("button", name="Vider").click()
    expect(page.locator(".barre")).to_be_hidden()
    expect(page).to_have_url(re.compile("/cas/$"))
    page.goto("cas/anstaing/")
    expect(page.locator(".barre")).to_be_hidden()


def test_without_storage_the_address_is_enough(page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('refusé', 'SecurityError'); }})")
    page.goto("cas/")
    page.get_by_role("button", name="Comparer\u202f: Anstaing").click()
    page.get_by_role("button", name="Comparer\u202f: Caylus").click()
    page.locator(".barre").get_by_role("link", name="Comparer").click()
    expect(page.locator(".comparer__tableau thead th")).to_have_text(["Question", "Anstaing", "Caylus"])


def test_nothing_of_the_comparison_is_fetched_elsewhere(page: Page) -> None:
    """Reading the list asks for no file of comparison; a page without cards asks for none of these scripts."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("cas/")
    page.goto("glossaire/")
    assert not [url for url in asked if "/comparer/" in url]
    assert not [url for url in asked[next(i for i, url in enumerate(asked) if "glossaire" in url):] if "explorer" in url or "choix" in url or "comparer" in url]


def test_without_scripts_the_page_explains_and_leads_to_the_cases(ouvrir: Open, catalogue: Catalogue) -> None:
    page = ouvrir(java_script_enabled=False)
    page.goto("comparer/?cas=anstaing,caylus")
    expect(page.locator("noscript p")).to_contain_text("ouvrez deux fiches")
    assert page.locator(".comparer__liste a").evaluate_all("links => links.map(link => link.getAttribute('href'))") == [f"../cas/{key}/" for key in catalogue.cas_en_ordre]
    expect(page.locator(".comparer__tableau")).to_be_hidden()
    expect(page.get_by_role("button", name="Comparer")).to_have_count(0)


def test_on_a_phone_each_answer_says_its_case(ouvrir: Open) -> None:
    page = ouvrir(viewport={"width": 320, "height": 700})
    page.goto("comparer/?cas=anstaing,caylus")
    expect(page.locator(".comparer__tableau td").first).to_have_attribute("data-label", "Anstaing")
    expect(page.get_by_role("cell").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_mode_is_compared_on_the_same_lines_with_its_sources(page: Page, catalogue: Catalogue) -> None:
    """Every sentence of the catalogue is there, followed by the document that says it."""
    page.goto("modes/")
    table = page.locator(".comparaison")
    expect(table.locator("thead th")).to_have_count(len(catalogue.modes) + 1)
    for row, field in enumerate(("definition", "initiative", "securise", "temps", "vigilance"), start=1):
        cells = table.locator("tbody tr").nth(row).locator("td")
        for column, (_, mode) in enumerate(sorted(catalogue.modes.items(), key=lambda item: item[1].rang)):
            phrases = getattr(mode, field)
            expect(cells.nth(column).locator("a.dit")).to_have_count(sum(len(phrase.sources) for phrase in phrases))
            if not phrases:
                expect(cells.nth(column)).to_have_text("non documenté par les sources")
    marks = page.locator(".comparaison a.dit")
    assert marks.evaluate_all("marks => marks.every(mark => document.querySelector(mark.getAttribute('href')))")


def test_modes_are_kept_two_or_three_at_a_time(ouvrir: Open, catalogue: Catalogue) -> None:
    page = ouvrir()
    page.goto("modes/")
    for name in ("Subvention", "Délégation de service public"):
        page.locator(".modes__choix").get_by_label(name, exact=True).check()
    visible = page.locator(".comparaison thead th:visible")
    expect(visible).to_have_text(["Question", "Subvention", "Délégation de service public"])
    expect(page.locator(".modes__bilan")).to_have_text("2 modes comparés\u202f: Subvention, Délégation de service public")
    other = ouvrir(viewport={"width": 320, "height": 700})
    other.goto(page.url)
    expect(other.locator(".comparaison tbody tr").nth(1).locator("td:visible")).to_have_count(2)
    page.go_back()
    expect(visible).to_have_text(["Question", "Subvention"])
    page.get_by_role("button", name="Montrer tous les modes").click()
    expect(page.locator(".modes__bilan")).to_be_focused()
    expect(visible).to_have_count(len(catalogue.modes) + 1)


def test_the_names_are_short_and_distinct(catalogue: Catalogue) -> None:
    """A comparison where two columns bear the same name would say nothing."""
    names = [short_name(case) for case in catalogue.cas.values()]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) < 45


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_fault(ouvrir: Open, width: int, scheme: str) -> None:
    page = ouvrir(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for address in ("comparer/", "comparer/?cas=anstaing,pope,meli-melo,caylus", "modes/", "modes/?mode=dsp&mode=sieg", "cas/anstaing/?"):
        page.goto(address)
        if "cas=" in address:
            expect(page.locator(".comparer__tableau thead th")).to_have_count(5)
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address

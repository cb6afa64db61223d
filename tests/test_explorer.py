"""The list of cases, as a person uses it: filter, combine, sort, share, take away; by keyboard; without scripts."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from macros.catalogue import Catalogue, sort_key
from macros.explorer import facets
from tests.conftest import Open, axe, seen
from tests.test_affichage import BETWEEN

BILAN = ".explorer__bilan"


def tick(page: Page, name: str, value: str) -> Locator:
    """The box of a value, its filter unfolded."""
    block = page.locator(f'[data-facette="{name}"]')
    if block.get_attribute("open") is None:
        block.locator("summary").click()
    return block.locator(f'input[value="{value}"]')


def cards(page: Page) -> list[str]:
    """Cases shown, in the order shown."""
    found: list[str] = page.locator(".explorer__cartes [data-cas]:visible").evaluate_all("cards => cards.map(card => card.dataset.cas)")
    return found


def having(catalogue: Catalogue, **wanted: set[str]) -> set[str]:
    """Cases that answer at least one of the values of each filter, counted from the data."""
    return {key for key, given in facets.all_answers(catalogue).items() if all(set(given[name]) & values for name, values in wanted.items())}


def test_filters_narrow_down_and_values_of_a_filter_add_up(page: Page, catalogue: Catalogue) -> None:
    page.goto("cas/")
    expect(page.locator(BILAN)).to_have_text(f"{len(catalogue.cas)} cas")
    tick(page, "levier", "locaux").check()
    assert set(cards(page)) == having(catalogue, levier={"locaux"})
    tick(page, "levier", "cooperation").check()
    both = having(catalogue, levier={"locaux", "cooperation"})
    assert set(cards(page)) == both
    tick(page, "region", "32").check()
    found = having(catalogue, levier={"locaux", "cooperation"}, region={"32"})
    assert set(cards(page)) == found
    assert found < both
    expect(page.locator(BILAN)).to_have_text(f"{len(found)} cas sur {len(catalogue.cas)}")


@pytest.mark.parametrize("chosen", [{}, {"levier": ["creation"]}, {"levier": ["locaux", "benevolat"], "taille": ["2000", "plus"]}, {"region": ["52"], "type": ["portrait"]}])
def test_the_number_beside_a_value_is_what_one_would_see(page: Page, catalogue: Catalogue, chosen: dict[str, list[str]]) -> None:
    """With the other filters as they are; checked for every value of every filter."""
    page.goto("cas/?" + "&".join(f"{name}={value}" for name, values in chosen.items() for value in values))
    for facet in facets.facets(catalogue):
        others = {name: set(values) for name, values in chosen.items() if name != facet.identifiant}
        shown = page.locator(f'[data-facette="{facet.identifiant}"] .filtre__nombre').evaluate_all("numbers => numbers.map(number => Number(number.textContent))")
        assert shown == [len(having(catalogue, **others, **{facet.identifiant: {value.identifiant}})) for value in facet.valeurs], facet.identifiant


def test_an_address_shared_in_another_window_shows_the_same_cases(ouvrir: Open) -> None:
    first = ouvrir()
    first.goto("cas/")
    tick(first, "levier", "locaux").check()
    tick(first, "soutien", "local").check()
    first.get_by_label("Trier par").select_option("lieu")
    first.get_by_label("en tableau").check()
    expect(first).to_have_url(re.compile(r"\?levier=locaux&soutien=local&tri=lieu&vue=tableau$"))
    second = ouvrir()
    second.goto(first.url)
    rows = ".explorer__tableau tbody tr:visible th"
    expect(second.locator(".explorer__tableau")).to_be_visible()
    assert second.locator(rows).all_inner_texts() == first.locator(rows).all_inner_texts() != []
    assert tick(second, "soutien", "local").is_checked()
    expect(second.get_by_label("Trier par")).to_have_value("lieu")


def test_back_and_forward_undo_and_redo_a_filter(page: Page, catalogue: Catalogue) -> None:
    page.goto("cas/")
    tick(page, "levier", "locaux").check()
    tick(page, "departement", "59").check()
    expect(page.locator(BILAN)).to_have_text(f"1 cas sur {len(catalogue.cas)}")
    page.go_back()
    expect(page.locator(BILAN)).to_have_text(f"{len(having(catalogue, levier={'locaux'}))} cas sur {len(catalogue.cas)}")
    expect(tick(page, "departement", "59")).not_to_be_checked()
    page.go_forward()
    expect(page.locator(BILAN)).to_have_text(f"1 cas sur {len(catalogue.cas)}")
    expect(tick(page, "departement", "59")).to_be_checked()


def test_an_empty_result_says_which_filter_to_drop(page: Page, catalogue: Catalogue) -> None:
    """Each button says how many cases come back, and tells the truth."""
    page.goto("cas/?levier=cooperation&taille=2000&departement=59")
    expect(page.locator(BILAN)).to_have_text("Aucun cas")
    advice = page.locator(".explorer__vide")
    expect(advice.get_by_role("button")).to_have_text([
        re.compile(r"^Retirer le levier \(La coopération\).: 1.cas$"), re.compile(r"^Retirer la taille de la commune \(Jusqu’à 2.000.habitants\).: 1.cas$"),
        re.compile(rf"^Tout effacer.: {len(catalogue.cas)}.cas$")])
    advice.get_by_role("button").first.click()
    assert cards(page) == ["anstaing"]
    expect(page.locator(BILAN)).to_be_focused()
    expect(advice).to_be_hidden()


def test_when_no_single_filter_is_to_blame_one_can_still_leave(page: Page, catalogue: Catalogue) -> None:
    page.goto("cas/?levier=benevolat&departement=59&type=portrait&soutien=capital&region=53")
    expect(page.locator(".explorer__vide")).to_contain_text("Retirer un seul filtre ne suffit pas")
    page.get_by_role("button", name=re.compile("^Tout effacer.:")).click()
    assert len(cards(page)) == len(catalogue.cas)
    expect(page).to_have_url(re.compile("/cas/$"))


def test_a_chosen_filter_is_shown_and_removed_with_one_button(page: Page) -> None:
    page.goto("cas/?levier=locaux&levier=creation")
    expect(page.locator('[data-facette="levier"] .filtre__choisis')).to_have_text("2 choisis")
    page.get_by_role("button", name=re.compile("Retirer le filtre Levier.: Des locaux")).click()
    expect(page).to_have_url(re.compile(r"\?levier=creation$"))
    expect(page.locator(".explorer__choix li")).to_have_count(1)


def test_a_filter_the_site_does_not_have_is_said_and_left_aside(page: Page, catalogue: Catalogue) -> None:
    page.goto("cas/?departement=62&levier=locaux")
    expect(page.locator(".explorer__ignores")).to_be_visible()
    expect(page.locator(".explorer__ignores")).to_contain_text("departement = 62")
    assert set(cards(page)) == having(catalogue, levier={"locaux"})


def test_sorting(page: Page, catalogue: Catalogue) -> None:
    """By source first; then by date, undated last; by place and name without minding accents."""
    page.goto("cas/")
    assert cards(page) == catalogue.cas_recents
    sort = page.get_by_label("Trier par")
    sort.select_option("date")
    dates = [when.cle if when else "" for _, when in (facets.event(catalogue, key) for key in cards(page))]
    assert dates == sorted(dates, reverse=True)
    assert dates[0].startswith("20")
    assert dates[-1] == ""
    sort.select_option("nom")
    assert cards(page) == sorted(catalogue.cas, key=lambda key: sort_key(catalogue.cas[key].titre))
    sort.select_option("lieu")
    places = [re.sub("[^a-z0-9]", "", sort_key(catalogue.lieu_court(key))) for key in cards(page)]
    assert places == sorted(places)


def test_the_result_is_taken_away_as_csv(page: Page, tmp_path: Path, catalogue: Catalogue) -> None:
    """What is shown, in its order, with the words of the page and the address of each case."""
    page.goto("cas/?soutien=local&tri=nom")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Emporter en CSV").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [row["Identifiant"] for row in rows] == cards(page)
    first = next(row for row in rows if row["Identifiant"] == "anstaing")
    assert set(first["Levier"].split(" | ")) == {"Des locaux", "La création de structures"}
    assert first["Département"] == "Nord (59)"
    assert first["Adresse"].endswith("/cas/anstaing/")
    assert file.suffix == ".csv"


def test_no_cell_of_the_csv_can_run_as_a_formula(page: Page, tmp_path: Path) -> None:
    """A title that a spreadsheet would execute is marked as text; quotes and semicolons stay inside their cell."""
    page.route("**/cas/?formule", lambda route: route.fulfill(response=(answer := route.fetch()), body=answer.text().replace(
        "Anstaing\u202f: l’ancienne école devient une crèche associative", "=HYPERLINK(&quot;x&quot;;1)").replace("Caylus\u202f: une", "\uff0bCaylus une")))
    page.goto("cas/?formule")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Emporter en CSV").click()
    waiting.value.save_as(tmp_path / "cas.csv")
    rows = {row[0]: row for row in csv.reader((tmp_path / "cas.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";")}
    assert rows["anstaing"][1] == "'=HYPERLINK(\"x\";1)"
    assert rows["caylus"][1].startswith("'\uff0bCaylus")
    assert len({len(row) for row in rows.values()}) == 1


def test_the_result_is_announced(page: Page) -> None:
    """The number stands in a live region that is there from the start."""
    page.goto("cas/")
    page.evaluate("""() => { window.dits = []; new MutationObserver(() => window.dits.push(document.querySelector('.explorer__bilan').textContent))
        .observe(document.querySelector('[role=status].explorer__bilan'), {childList: true, characterData: true, subtree: true}); }""")
    tick(page, "departement", "59").check()
    seen(lambda: page.evaluate("window.dits.length") > 0)
    assert re.match(r"2.cas sur \d+$", page.evaluate("window.dits.at(-1)"))


def test_by_keyboard_alone(page: Page, catalogue: Catalogue) -> None:
    """Tab, space and Enter: unfold a filter, tick, drop it from the empty result, reach the case."""
    page.goto("cas/")
    page.locator(".filtre summary").first.focus()
    for key in ("Tab", "Space"):
        page.keyboard.press(key)
    assert set(cards(page)) == having(catalogue, levier={catalogue.leviers_en_ordre[0]})
    page.locator('[data-facette="departement"] summary').focus()
    for key in ("Enter", "Tab", "Space"):
        page.keyboard.press(key)
    first = facets.facets(catalogue)[6].valeurs[0].identifiant
    assert set(cards(page)) == having(catalogue, levier={catalogue.leviers_en_ordre[0]}, departement={first})
    if not cards(page):
        page.locator(".explorer__vide button").first.focus()
        page.keyboard.press("Enter")
    page.locator(BILAN).focus()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.carte') !== null"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/cas/({'|'.join(catalogue.cas)})/$"))


def test_on_a_phone_filters_open_with_a_button(ouvrir: Open, catalogue: Catalogue) -> None:
    """And the button at their end closes them on the result."""
    page = ouvrir(viewport={"width": 320, "height": 640})
    page.goto("cas/")
    button = page.get_by_role("button", name="Filtrer les cas")
    expect(page.locator(".filtres")).to_be_hidden()
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    tick(page, "levier", "locaux").check()
    page.get_by_role("button", name=re.compile(rf"^Voir les {len(having(catalogue, levier={'locaux'}))}.cas$")).click()
    expect(page.locator(".filtres")).to_be_hidden()
    expect(page.locator(BILAN)).to_be_focused()
    expect(page.locator(BILAN)).to_be_in_viewport()


def test_without_scripts_all_the_cases_are_there_twice(ouvrir: Open, catalogue: Catalogue) -> None:
    """As cards and as a table, without a form that would do nothing."""
    page = ouvrir(java_script_enabled=False)
    page.goto("cas/?levier=locaux")
    assert len(cards(page)) == len(catalogue.cas)
    expect(page.locator(".explorer__tableau tbody tr")).to_have_count(len(catalogue.cas))
    expect(page.locator(".explorer__tableau")).to_be_visible()
    for hidden in (".filtres", ".explorer__outils", ".explorer__ouvrir"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.get_by_role("button", name="Comparer")).to_have_count(0)
    expect(page.locator("noscript p")).to_be_visible()


def test_the_form_is_a_real_one(page: Page) -> None:
    """Sent as it stands, it gives the address the script reads."""
    page.goto("cas/")
    tick(page, "levier", "locaux").check()
    page.evaluate("HTMLFormElement.prototype.submit.call(document.querySelector('.filtres'))")
    page.wait_for_url(re.compile(r"\?levier=locaux&tri=source&vue=cartes$"))
    expect(tick(page, "levier", "locaux")).to_be_checked()


def test_printed_the_result_stands_without_the_tools(page: Page, catalogue: Catalogue) -> None:
    page.goto("cas/?levier=locaux&vue=tableau")
    page.emulate_media(media="print")
    for hidden in (".filtres", ".explorer__outils", ".explorer__cartes"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".explorer__choix")).to_contain_text("Des locaux")
    expect(page.locator(".explorer__tableau tbody tr:visible")).to_have_count(len(having(catalogue, levier={"locaux"})))


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_fault(ouvrir: Open, width: int, scheme: str) -> None:
    """As it opens, filtered with its panel open, empty, and as a table; nothing to scroll sideways."""
    page = ouvrir(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for address in ("cas/", "cas/?levier=locaux&taille=2000", "cas/?levier=cooperation&taille=2000&departement=59", "cas/?vue=tableau"):
        page.goto(address)
        if width < 1000 and "levier" in address:
            page.get_by_role("button", name="Filtrer les cas").click()
        if page.locator("[data-comparer]:visible").count():
            page.locator("[data-comparer]:visible").first.click()
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


@pytest.mark.parametrize("width", BETWEEN)
def test_the_table_stays_inside_the_page(ouvrir: Open, width: int) -> None:
    """Six columns, beside the filters or not."""
    page = ouvrir(viewport={"width": width, "height": 800})
    page.goto("cas/?vue=tableau")
    expect(page.locator(".explorer__tableau tbody tr:visible").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

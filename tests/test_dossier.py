"""« Mon dossier »: collect fiches, put them in order, print them, share them by an address; nothing leaves the browser."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Browser, Page, expect

from macros.catalogue import Catalogue
from macros.exports import redirects
from macros.loading import load
from macros.typography import french
from tests.conftest import PROJECT, Open, axe
from tests.html_lu import read_file

DATA = load(PROJECT)
THREE = "dossier/?f=cas/anstaing,leviers/locaux,cas/nancy"
NO_STORAGE = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('refused', 'SecurityError'); }});"
FULL_STORAGE = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"


def title(name: str) -> str:
    """The title of a fiche as the page writes it."""
    table, key = name.split("/")
    return french(DATA.cas[key].titre if table == "cas" else DATA.leviers[key].titre)


def order(page: Page) -> list[str]:
    """The fiches of the list, once loaded; the fiches below stand in the same order."""
    expect(page.locator(".dossier__liste > li").first).to_be_visible()
    expect(page.locator(".dossier__fiche")).to_have_count(page.locator(".dossier__liste > li").count())
    names: list[str] = page.evaluate("[...document.querySelectorAll('.dossier__liste > li')].map((ligne) => ligne.dataset.fiche)")
    below = page.evaluate("[...document.querySelectorAll('.dossier__fiche')].map((fiche) => fiche.id)")
    assert below == [f"fiche-{name.replace('/', '-')}" for name in names]
    return names


def collect(page: Page, *names: str) -> None:
    """Add fiches from their own pages."""
    for name in names:
        page.goto(f"{name}/")
        page.get_by_role("button", name="Ajouter à mon dossier").click()


@pytest.mark.parametrize("name", [*(f"cas/{key}" for key in DATA.cas), *(f"leviers/{key}" for key in DATA.leviers)])
def test_every_case_and_lever_can_be_added(site: Path, name: str) -> None:
    """One row of actions, that knows the fiche; the button itself comes with the script."""
    page = read_file(site / name / "index.html")
    rows = [row for row in page.of_class("actions") if "data-dossier" in row.attributes]
    assert [row.attributes["data-dossier"] for row in rows] == [name]
    assert "dossier" not in rows[0].seen()


def test_a_file_is_built_from_fiches(page: Page) -> None:
    """Add, see the count, take out, open the file."""
    collect(page, "cas/anstaing", "leviers/locaux")
    expect(page.locator("#annonce")).to_have_text(re.compile("Fiche ajoutée à votre dossier.*2 fiches"))
    page.reload()
    page.get_by_role("button", name="Retirer de mon dossier").click()
    expect(page.locator("#annonce")).to_have_text(re.compile("Fiche retirée de votre dossier.*1 fiche"))
    page.get_by_role("button", name="Ajouter à mon dossier").click()
    page.get_by_role("link", name="Voir mon dossier (2)").click()
    expect(page.get_by_role("heading", name="2 fiches dans mon dossier")).to_be_visible()
    assert order(page) == ["cas/anstaing", "leviers/locaux"]
    assert page.url.endswith("dossier/?f=cas/anstaing,leviers/locaux")


def test_the_file_outlives_the_page(page: Page) -> None:
    """It is found again at the plain address."""
    collect(page, "cas/anstaing")
    page.goto("dossier/")
    expect(page.get_by_role("heading", name="1 fiche dans mon dossier")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == ["dossier"]


def test_fiches_are_put_in_order_and_taken_out(page: Page) -> None:
    """Buttons up and down; the edges have nothing to press; the address follows."""
    collect(page, "cas/anstaing", "leviers/locaux", "cas/nancy")
    page.goto("dossier/")
    order(page)
    expect(page.get_by_role("button", name=f"Monter\u202f: {title('cas/anstaing')}")).to_be_disabled()
    expect(page.get_by_role("button", name=f"Descendre\u202f: {title('cas/nancy')}")).to_be_disabled()
    page.get_by_role("button", name=f"Monter\u202f: {title('cas/nancy')}").click()
    assert order(page) == ["cas/anstaing", "cas/nancy", "leviers/locaux"]
    expect(page.locator("#annonce")).to_have_text(f"{title('cas/nancy')}\u202f: place 2 sur 3.")
    page.get_by_role("button", name=f"Descendre\u202f: {title('cas/anstaing')}").click()
    assert order(page) == ["cas/nancy", "cas/anstaing", "leviers/locaux"]
    page.get_by_role("button", name=f"Retirer\u202f: {title('cas/anstaing')}").click()
    assert order(page) == ["cas/nancy", "leviers/locaux"]
    assert page.url.endswith("?f=cas/nancy,leviers/locaux")
    page.goto("dossier/")
    assert order(page) == ["cas/nancy", "leviers/locaux"]


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    """The focus stays on what was pressed, or goes to the nearest thing left; never lost."""
    collect(page, "cas/anstaing", "leviers/locaux", "cas/nancy")
    page.goto("dossier/")
    order(page)

    def focused() -> str:
        label: str = page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent")
        return label.replace("\u202f", " ")

    page.get_by_role("button", name=f"Monter\u202f: {title('cas/nancy')}").focus()
    page.keyboard.press("Enter")
    assert focused().startswith("Monter : Nancy")
    page.keyboard.press("Enter")
    assert focused().startswith("Descendre : Nancy"), "arrivée en tête, elle ne peut plus que descendre"
    assert order(page)[0] == "cas/nancy"
    page.keyboard.press("Tab")
    assert focused().startswith("Retirer : Nancy")
    page.keyboard.press("Space")
    assert focused().startswith("Retirer : Anstaing")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert focused() == "Mon dossier est vide"
    expect(page.locator("#annonce")).to_have_text(re.compile("Le dossier est vide"))


def test_emptying_asks_first(page: Page) -> None:
    """Escape and « Annuler » keep everything; « Vider » empties, also for the next visit."""
    collect(page, "cas/anstaing", "cas/nancy")
    page.goto("dossier/")
    empty = page.get_by_role("button", name="Vider le dossier")
    empty.click()
    dialog = page.get_by_role("dialog", name=french("Vider le dossier ? Les 2 fiches en seront retirées."))
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(empty).to_be_focused()
    empty.click()
    dialog.get_by_role("button", name="Annuler").click()
    assert order(page) == ["cas/anstaing", "cas/nancy"]
    empty.click()
    dialog.get_by_role("button", name="Vider").click()
    expect(page.get_by_role("heading", name="Mon dossier est vide")).to_be_focused()
    expect(page.get_by_role("link", name="Les leviers", exact=True).first).to_be_visible()
    page.goto("dossier/")
    expect(page.get_by_role("heading", name="Mon dossier est vide")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_a_file_is_shared_by_its_address(page: Page, ouvrir: Open) -> None:
    """Another reader opens it; their own file is safe until they say otherwise."""
    collect(page, "cas/anstaing", "leviers/locaux")
    page.goto("dossier/")
    address = page.get_by_label("L’adresse de ce dossier").input_value()
    assert address == page.url
    other = ouvrir()
    collect(other, "cas/nancy")
    tab = other.context.new_page()
    tab.goto(address)
    expect(tab.get_by_role("heading", name="2 fiches dans ce dossier")).to_be_visible()
    assert order(tab) == ["cas/anstaing", "leviers/locaux"]
    tab.get_by_role("button", name=f"Retirer\u202f: {title('cas/anstaing')}").click()
    assert tab.evaluate("localStorage.dossier") == "cas/nancy"
    tab.goto(address)
    tab.get_by_role("button", name="Garder ces fiches dans mon dossier").click()
    assert order(tab) == ["cas/nancy", "cas/anstaing", "leviers/locaux"]
    expect(tab.get_by_role("heading", name="3 fiches dans mon dossier")).to_be_focused()
    assert tab.evaluate("localStorage.dossier") == "cas/nancy,cas/anstaing,leviers/locaux"


def test_the_address_can_be_copied_and_mailed(ouvrir: Open) -> None:
    """One button for the clipboard, one link that opens the reader's own mail."""
    page = ouvrir(permissions=["clipboard-read", "clipboard-write"])
    page.goto(THREE)
    order(page)
    page.get_by_role("button", name="Copier").click()
    expect(page.locator("#annonce")).to_have_text("Adresse copiée.")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    mail = page.get_by_role("link", name="Envoyer par courriel").get_attribute("href")
    assert mail and mail.startswith("mailto:?subject=") and page.evaluate("decodeURIComponent", mail).count(page.url) == 1


def test_the_fiches_are_whole_and_fit_together(page: Page) -> None:
    """Titles one level down, no identifier twice, links that still lead somewhere, tables that stay tables."""
    page.goto(THREE)
    order(page)
    for name in ("cas/anstaing", "leviers/locaux", "cas/nancy"):
        expect(page.locator(f"#fiche-{name.replace('/', '-')} .fiche__tete h2")).to_have_text(title(name))
    assert page.locator("h1").count() == 1
    assert page.evaluate("(() => { const noms = [...document.querySelectorAll('[id]')].map((e) => e.id); return noms.filter((nom, rang) => noms.indexOf(nom) !== rang); })()") == []
    lost = page.evaluate("[...document.querySelectorAll('.dossier__fiches a[href^=\"#\"]')].filter((a) => !document.getElementById(a.getAttribute('href').slice(1))).map((a) => a.outerHTML)")
    assert lost == []
    assert page.locator("#fiche-cas-nancy .note a").first.get_attribute("href") == "#cas-nancy--source-1"
    lever = page.locator("#fiche-cas-anstaing").get_by_role("link", name="Des locaux", exact=True).first
    assert lever.get_attribute("href") == "/leviers/locaux/"
    assert page.locator("#fiche-cas-anstaing .tableau--empile").first.get_attribute("role") == "table"
    assert page.locator(".dossier__fiches :is(.actions, .sommaire, script)").count() == 0


def test_the_paper_holds_the_fiches_and_the_way_back(page: Page) -> None:
    """Printed: each fiche from the top of a page, in order, with the address of the file; not the buttons."""
    page.goto(THREE)
    order(page)
    printed = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in pdfium.PdfDocument(page.pdf())]
    whole = " ".join(printed)
    starts = [next(number for number, text in enumerate(printed) if number and mark in text) for mark in ("ancienne école devient", "Ce que la collectivité peut faire", "mises en réseau")]
    assert 0 < starts[0] < starts[1] < starts[2]
    assert all(printed[number].startswith(("Cas de collectivité", "Levier d", "CAS DE", "LEVIER D")) for number in starts)
    assert "Petites Mains Grandes Aventures" in whole and "mission qualité" in whole
    assert "(http://127" not in whole, "une adresse du site n'a pas à être écrite après chaque lien"
    assert "Descendre" not in whole and "Garder ces fiches" not in whole and "Vider" not in whole
    assert "?f=cas/anstaing,leviers/locaux,cas/nancy" in printed[0].replace(" ", "")


@pytest.mark.parametrize("name", ["cas/inconnu", "leviers/rien"])
def test_a_fiche_that_does_not_exist_is_told_and_taken_out(navigateur: Browser, serveur: str, name: str) -> None:
    """The others are shown all the same. (Not watched: the browser itself logs an address that answers 404.)"""
    with navigateur.new_context(base_url=serveur) as context:
        page = context.new_page()
        page.goto(f"dossier/?f={name},cas/nancy")
        expect(page.locator(".dossier__fiche .bandeau")).to_contain_text(f"La fiche {name} n’a pas pu être chargée")
        assert order(page) == [name, "cas/nancy"]
        page.get_by_role("button", name=f"Retirer\u202f: {name}").click()
        assert order(page) == ["cas/nancy"]


def test_a_fiche_that_moved_is_followed_and_one_that_was_withdrawn_says_so(page: Page, catalogue: Catalogue) -> None:
    """A file received last year still holds together."""
    moved = redirects.page(catalogue, "cas/ancienne-adresse/", "Cette fiche a changé d'adresse", "Elle se lit ailleurs.", ["cas/nancy/"], refresh=True)
    gone = redirects.page(catalogue, "cas/retiree/", "Cette fiche a été retirée", "Elle l'a été le 3 mars 2027.", ["leviers/locaux/"])
    page.route("**/cas/ancienne-adresse/", lambda route: route.fulfill(body=moved, content_type="text/html"))
    page.route("**/cas/retiree/", lambda route: route.fulfill(body=gone, content_type="text/html"))
    page.goto("dossier/?f=cas/ancienne-adresse,cas/retiree")
    assert order(page) == ["cas/ancienne-adresse", "cas/retiree"]
    expect(page.locator(".dossier__fiche").nth(0)).to_contain_text(title("cas/nancy"))
    expect(page.locator(".dossier__fiche").nth(1)).to_contain_text("retirée")
    assert page.locator(".dossier__fiche").nth(1).locator("a", has_text="locaux").get_attribute("href") == "/leviers/locaux/"


@pytest.mark.parametrize("query", ["../../x", "//example.org/a", "cas/<b>", "cas/anstaing/../x", "javascript:alert(1)", "cas/", "modes/dsp", "cas/Anstaing", ","])
def test_an_address_that_is_not_a_fiche_is_ignored(page: Page, query: str) -> None:
    """Only names of cases and levers are read from the address: nothing else is ever fetched."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type == "fetch" else None)
    page.goto(f"dossier/?f={query},cas/nancy,cas/nancy")
    assert order(page) == ["cas/nancy"]
    assert [url.split("/", 3)[3] for url in asked] == ["cas/nancy/"]


@pytest.mark.parametrize("refusal", [NO_STORAGE, FULL_STORAGE])
def test_a_browser_that_keeps_nothing_still_makes_a_file(ouvrir: Open, refusal: str) -> None:
    """Private browsing: the fiche leads to a file that stands in its address, and nothing breaks."""
    page = ouvrir()
    page.add_init_script(refusal)
    page.goto("cas/anstaing/")
    button = page.get_by_role("button", name="Ajouter à mon dossier")
    if refusal is FULL_STORAGE:
        button.click()
    expect(button).to_have_count(0)
    page.get_by_role("link", name="Ouvrir un dossier avec cette fiche").click()
    assert order(page) == ["cas/anstaing"]
    page.goto(THREE)
    order(page)
    page.get_by_role("button", name=f"Monter\u202f: {title('cas/nancy')}").click()
    assert page.url.endswith("?f=cas/anstaing,cas/nancy,leviers/locaux")


def test_two_tabs_agree(page: Page) -> None:
    """What one tab adds, the other shows."""
    page.goto("dossier/")
    tab = page.context.new_page()
    collect(tab, "cas/anstaing")
    expect(page.get_by_role("heading", name="1 fiche dans mon dossier")).to_be_visible()
    assert order(page) == ["cas/anstaing"]


def test_a_file_has_a_reasonable_size(page: Page) -> None:
    """The address cannot make the page fetch a thousand fiches."""
    names = [f"cas/c{number}" for number in range(100)]
    page.goto("leviers/locaux/")
    page.evaluate("noms => localStorage.setItem('dossier', noms.join(','))", names)
    page.reload()
    page.get_by_role("button", name="Ajouter à mon dossier").click()
    expect(page.locator("#annonce")).to_have_text(re.compile("plein"))
    assert page.evaluate("localStorage.dossier.split(',').length") == 100
    expect(page.get_by_role("link", name=re.compile("plein"))).to_be_visible()


def test_without_scripts_the_page_explains_itself(ouvrir: Open) -> None:
    """And the fiches show no button that would do nothing."""
    page = ouvrir(java_script_enabled=False)
    page.goto("dossier/")
    expect(page.get_by_text("Cette page demande JavaScript.")).to_be_visible()
    page.goto("cas/anstaing/")
    expect(page.locator(".fiche").get_by_text("mon dossier")).to_have_count(0)
    expect(page.locator(".fiche").get_by_role("button")).to_have_count(0)


def test_nothing_is_sent(page: Page, catalogue: Catalogue) -> None:
    """The pages of the fiches are fetched, as any reader would open them; nothing else, and nothing is posted."""
    seen: list[tuple[str, str]] = []
    page.on("request", lambda request: seen.append((request.method, request.url)))
    page.goto(THREE)
    order(page)
    page.get_by_role("button", name=f"Monter\u202f: {title('cas/nancy')}").click()
    assert {method for method, _ in seen} == {"GET"}
    assert sorted(url.split("/", 3)[3] for _, url in seen if "/assets/" not in url and "dossier/" not in url) == ["cas/anstaing/", "cas/nancy/", "leviers/locaux/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_nothing(ouvrir: Open, width: int, scheme: str) -> None:
    """Empty, full, and while it asks; nothing to scroll sideways."""
    page = ouvrir(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto("dossier/")
    expect(page.get_by_role("heading", name="Mon dossier est vide")).to_be_visible()
    assert axe(page) == []
    page.goto(THREE)
    order(page)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Vider le dossier").click()
    assert axe(page) == []

"""In a real browser: nothing overflows, the keyboard is enough, no fault for axe, and everything reads without scripts.

Every page here is watched (see conftest.py): an error in the console, a refusal of the policy or a request to another site fails its test.
"""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Open, axe

MAIN = ["", "leviers/locaux/", "cas/anstaing/", "combien/", "modes/", "glossaire/"]
"""The pages that a reader meets first."""
KINDS = ["", "leviers/", "leviers/contractualisation/", "cas/", "cas/pope/", "cas/plouguerneau/", "modes/", "modes/sieg/", "reseaux/", "reseaux/rtes/", "chiffres/", "combien/", "glossaire/",
         "ressources/", "sources/", "sources/rtes-2026/", "corrections/", "editions/", "reperes/", "contribuer/", "contribuer/champs/", "a-propos/", "accessibilite/", "mentions-legales/", "404.html"]
"""One page of every kind."""
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


def _overflow(page: Page) -> list[str]:
    """Elements wider than the window, when the page can be dragged sideways."""
    found: list[str] = page.evaluate("""() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
        [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && e.getBoundingClientRect().width > 0)
        .map(e => e.tagName + '.' + e.className).slice(0, 5).concat(['page'])""")
    return found


def test_nothing_overflows_at_any_width(page: Page) -> None:
    """No page has to be dragged sideways, at 320, 390 nor 1280 pixels."""
    faults = []
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for where in KINDS:
            page.goto(where)
            faults += [f"{where} à {width} : {what}" for what in _overflow(page)]
    assert not faults, "\n".join(faults)


def test_nothing_overflows_when_everything_is_open(page: Page) -> None:
    """Unfolded blocks hold in a phone too."""
    page.set_viewport_size({"width": 320, "height": 800})
    faults = []
    for where in ("leviers/contractualisation/", "reperes/", "cas/pope/", "modes/sieg/", "contribuer/champs/"):
        page.goto(where)
        page.evaluate("() => document.querySelectorAll('main details').forEach(e => e.open = true)")
        faults += [f"{where} : {what}" for what in _overflow(page)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("where", MAIN)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])
def test_a_page_opens_without_a_word_in_the_console(ouvrir: Open, where: str, size: dict[str, int]) -> None:
    """Its title is seen at once, and no image is broken."""
    page = ouvrir(viewport=size)
    page.goto(where)
    expect(page.locator("h1")).to_be_in_viewport()
    assert page.evaluate("() => [...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)") == []


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_any_kind_of_page(ouvrir: Open, width: int) -> None:
    """WCAG 2.2 A and AA and good practice, on a small phone and a wide screen, in light; then in dark what colours may break."""
    page = ouvrir(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    faults = []
    for where in KINDS:
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(where)
        faults += [f"{where or 'accueil'}, clair : {fault}" for fault in axe(page)]
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        faults += [f"{where or 'accueil'}, sombre : {fault}" for fault in axe(page, colours_only=True)]
    assert not faults, "\n".join(faults)


def test_axe_finds_nothing_when_the_menu_is_open(ouvrir: Open) -> None:
    """The opened menu and an opened group are pages too."""
    page = ouvrir(viewport=PHONE)
    page.goto("")
    page.get_by_role("button", name="Menu", exact=True).click()
    page.locator(".menu__groupe summary").first.click()
    assert axe(page) == []


def test_the_menu_opens_and_closes_with_the_keyboard(ouvrir: Open) -> None:
    """Enter opens it, Escape closes it and gives the focus back; hidden links cannot be reached."""
    page = ouvrir(viewport=PHONE)
    page.goto("cas/anstaing/")
    button = page.get_by_role("button", name="Menu", exact=True)
    link = page.locator("#menu").get_by_role("link", name="Cas", exact=True)
    expect(link).to_be_hidden()
    for _ in range(8):
        page.keyboard.press("Tab")
        if button.evaluate("e => e === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()
    expect(link).to_be_hidden()


def test_a_group_of_the_menu_closes_with_escape(page: Page) -> None:
    """On a wide screen, Escape closes the open group and gives the focus back to its title."""
    page.goto("")
    summary = page.locator(".menu__groupe summary").first
    summary.focus()
    page.keyboard.press("Enter")
    group = page.locator(".menu__groupe").first
    expect(group).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(group).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def test_the_first_stop_of_the_keyboard_leads_to_the_content(page: Page) -> None:
    """« Aller au contenu » is seen when it has the focus, and skips the menu."""
    page.goto("cas/anstaing/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Aller au contenu")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#contenu")).to_be_focused()


def test_the_focus_is_always_visible(page: Page) -> None:
    """Twenty steps of the keyboard: each one shows where it is."""
    page.goto("cas/anstaing/")
    for _ in range(20):
        page.keyboard.press("Tab")
        seen = page.evaluate("""() => { const e = document.activeElement, s = getComputedStyle(e);
            return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none' || e.tagName + ' ' + e.outerHTML.slice(0, 80) }""")
        assert seen is True, seen


def test_a_note_leads_to_its_source_and_back(page: Page) -> None:
    """The number of a fact leads to the source in view; the source leads back to the fact."""
    page.goto("cas/anstaing/")
    mark = page.locator("sup.note a").first
    anchor = mark.get_attribute("id")
    mark.click()
    source = page.locator("#source-1")
    expect(source).to_be_in_viewport()
    assert page.url.endswith("#source-1")
    source.get_by_role("link", name=re.compile("revenir au (premier )?passage")).first.click()
    assert page.url.endswith(f"#{anchor}")
    expect(mark).to_be_in_viewport()


def test_the_appearance_is_kept_from_page_to_page(page: Page) -> None:
    """System, light, dark in turn; the choice holds on the next page, and is announced."""
    page.goto("")
    button = page.locator(".bouton-apparence")
    expect(button).to_contain_text("système")
    button.click()
    expect(button).to_contain_text("clair")
    button.click()
    expect(button).to_contain_text("sombre")
    expect(page.locator("#annonce")).to_contain_text("sombre")
    dark = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    page.goto("cas/anstaing/")
    expect(page.locator(".bouton-apparence")).to_contain_text("sombre")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == dark
    page.locator(".bouton-apparence").click()
    page.reload()
    expect(page.locator(".bouton-apparence")).to_contain_text("système")


def test_a_dark_system_gets_a_dark_page(ouvrir: Open) -> None:
    """Without any choice, the page follows the system."""
    seen = []
    for scheme in ("light", "dark"):
        page = ouvrir(color_scheme=scheme)
        page.goto("")
        seen.append(page.evaluate("() => getComputedStyle(document.body).backgroundColor"))
    assert seen[0] != seen[1]


def test_an_error_is_told_by_an_email_already_written(page: Page) -> None:
    """« Signaler une erreur » needs no account: addressed, with the subject and the page."""
    page.goto("cas/anstaing/")
    link = page.get_by_role("link", name="Signaler une erreur")
    expect(link).to_be_visible()
    address = urlsplit(link.get_attribute("href") or "")
    fields = parse_qs(address.query)
    assert address.scheme == "mailto"
    assert re.fullmatch(r"[\w.-]+@[\w.-]+", unquote(address.path))
    assert "Anstaing" in fields["subject"][0]
    assert "/cas/anstaing/" in fields["body"][0]
    assert "\n" in fields["body"][0]


@pytest.mark.parametrize("where", MAIN)
def test_everything_reads_without_scripts(ouvrir: Open, where: str) -> None:
    """JavaScript off, on a phone: the links of the menu and the whole content are there."""
    page = ouvrir(java_script_enabled=False, viewport=PHONE)
    page.goto(where)
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Leviers", exact=True)).to_be_visible()
    for heading in page.locator("main h2").all():
        expect(heading).to_be_visible()
    expect(page.locator(".bouton-apparence")).to_be_hidden()
    expect(page.locator(".bouton-menu")).to_be_hidden()


def test_the_links_of_the_menu_work_without_scripts(ouvrir: Open) -> None:
    """A group unfolds, a link leads to its page."""
    page = ouvrir(java_script_enabled=False)
    page.goto("")
    menu = page.get_by_role("navigation", name="Menu principal")
    menu.locator("summary").first.click()
    menu.locator(".menu__groupe a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert urlsplit(page.url).path != "/"


def test_an_unknown_address_gets_the_page_for_lost_readers(page: Page, serveur: str) -> None:
    """At any depth, the host shows 404.html, whose links lead back to the site."""
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(f"{serveur}nulle/part/ici/")
    assert answer.value.code == 404
    assert "n’existe pas" in answer.value.read().decode()
    answer.value.close()
    page.goto("404.html")
    page.locator(".portes a").first.click()
    expect(page.locator("h1")).to_be_visible()


def test_on_paper_a_title_keeps_room_for_what_follows(page: Page) -> None:
    """Firefox does not know `break-after: avoid`: a title stays with what follows because it takes four lines more, that what follows stands on."""
    page.goto("leviers/cooperation/")
    page.emulate_media(media="print")
    for title in page.locator(".fiche__texte section > h2").all():
        height, gap = title.evaluate("""title => {
            const range = document.createRange();
            range.selectNodeContents(title);
            return [title.getBoundingClientRect().height, title.nextElementSibling.getBoundingClientRect().top - range.getBoundingClientRect().bottom];
        }""")
        assert height > 100 and gap < 40, title.inner_text()


@pytest.mark.parametrize("where", ["leviers/cooperation/", "modes/sieg/", "reperes/", "donnees/"])
def test_on_paper_what_opens_is_open_and_nothing_says_to_open_it(page: Page, where: str) -> None:
    """Each line then stands above the border of its frame."""
    page.goto(where)
    expect(page.locator("main")).to_contain_text("Chaque ligne s’ouvre")
    page.emulate_media(media="print")
    assert "Chaque ligne s’ouvre" not in page.locator("main").inner_text()
    for landmark in page.locator(".repere").all():
        bottom = landmark.evaluate("box => box.getBoundingClientRect().bottom - box.lastElementChild.getBoundingClientRect().bottom")
        assert bottom > 8, landmark.inner_text()


def test_a_page_prints_without_its_menus(page: Page) -> None:
    """On paper: the content, not the navigation."""
    page.goto("cas/anstaing/")
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_role("navigation", name="Menu principal")).to_be_hidden()


def test_text_can_be_enlarged(page: Page) -> None:
    """At 200 % on a wide screen, and with the spacing of WCAG 1.4.12, nothing overflows."""
    faults = []
    for where in ("", "cas/pope/", "combien/"):
        page.goto(where)
        page.set_viewport_size({"width": 640, "height": 400})
        page.evaluate("""() => { const sheet = new CSSStyleSheet();
            sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
            document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet] }""")
        faults += [f"{where} : {what}" for what in _overflow(page)]
    assert not faults, "\n".join(faults)

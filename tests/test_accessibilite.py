"""Every page, for everyone: nothing that axe-core can see, in both appearances, on a phone and on a screen, with no exclusion.

And what it does not see, on each kind of page: keyboard, reflow, spacing of text, forced colours, titles, headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import AXE, RULES
from tests.hote import served
from tests.html_lu import read
from tests.test_politique import pages, visit, watched

AUDIT = """async tags => {
  const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  return found.violations.flatMap(fault => fault.nodes.map(node => `${fault.id} : ${node.target} ${node.html.slice(0, 120)}`));
}"""
KINDS = ["", "cas/", "cas/anstaing/", "leviers/", "leviers/creation/", "modes/", "modes/sieg/", "reseaux/", "reseaux/acepp/", "sources/", "sources/rtes-2026/", "chiffres/", "combien/", "glossaire/",
         "ressources/", "corrections/", "editions/", "reperes/", "par-ou-commencer/", "contribuer/", "contribuer/champs/", "contribuer/formulaire/", "a-propos/", "accessibilite/", "mentions-legales/",
         "changements/", "donnees/", "carte/", "matrice/", "comparer/", "dossier/", "recherche/", "404.html"]
"""One page of each kind; those that are not built are passed over."""


def _kinds(site: Path) -> list[str]:
    return [kind for kind in KINDS if (site / kind).is_file() or (site / kind / "index.html").is_file()]


def _html(site: Path, page: str) -> str:
    return (site / page if page.endswith(".html") else site / page / "index.html").read_text(encoding="utf-8")


def _redirects(html: str) -> bool:
    return 'http-equiv="refresh"' in html


@pytest.fixture(scope="module")
def adresse(site: Path) -> Iterator[str]:
    """The built site, without any header."""
    with served(site) as address:
        yield address


VIEWS = [(320, "light"), (320, "dark"), (1280, "dark"), (1280, "light")]
"""Width of the window, appearance."""


def test_axe_finds_nothing_on_any_page(site: Path, adresse: str, navigateur: Browser) -> None:
    """WCAG 2.2 A and AA and good practice, on a phone and on a screen, in both appearances; no page is wider than the screen.

    Each page is opened once and resized; the browser is watched at the same time.
    """
    context = navigateur.new_context(reduced_motion="reduce")
    page = context.new_page()
    faults = watched(page, adresse)
    script = AXE.read_text(encoding="utf-8")
    for here in pages(site):
        html = _html(site, here)
        if _redirects(html):
            continue
        page.set_viewport_size({"width": VIEWS[0][0], "height": 800})
        visit(page, adresse + here, html)
        page.evaluate(script)
        for width, scheme in VIEWS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            faults += [f"{here} {width} {scheme} {fault}" for fault in page.evaluate(AUDIT, RULES)]
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                faults.append(f"{here} {width} : la page déborde de {wide} pixels")
    context.close()
    assert not faults, f"{len(faults)} défauts :\n" + "\n".join(faults[:40])


def test_axe_sees_a_fault(adresse: str, navigateur: Browser) -> None:
    """The test above can fail: an image without text, a contrast too low."""
    page = navigateur.new_page()
    page.goto(adresse)
    page.evaluate("""document.querySelector('main').append(document.createElement('img'));
        for (const line of document.querySelectorAll('main p')) { line.style.color = 'rgb(200, 200, 200)'; line.style.background = 'white'; }""")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = " ".join(page.evaluate(AUDIT, RULES))
    page.close()
    assert "image-alt" in found and "color-contrast" in found


def test_titles_are_unique_and_headings_in_order(site: Path) -> None:
    """Two tabs never look the same; one first heading, and no level skipped on the way down."""
    titles: Counter[str] = Counter()
    faults = []
    for here in pages(site):
        html = _html(site, here)
        if _redirects(html) or here.startswith("integrer/"):
            continue
        tree = read(html)
        titles[tree.all("title")[0].seen() or str(tree.all("title")[0].inside)] += 1
        levels = [int(element.tag[1]) for element in tree.all("h1", "h2", "h3", "h4", "h5", "h6")]
        if levels.count(1) != 1 or levels[0] != 1:
            faults.append(f"{here} : {levels.count(1)} titres de premier niveau")
        faults += [f"{here} : un titre de niveau {after} suit un titre de niveau {before}" for before, after in pairwise(levels) if after > before + 1]
        if tree.all("html")[0].attributes.get("lang") != "fr":
            faults.append(f"{here} : langue de la page")
    assert not faults, "\n".join(faults)
    assert [title for title, count in titles.items() if count > 1] == []


TAB = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  here.dataset.vu = (Number(here.dataset.vu) || 0) + 1;
  const style = getComputedStyle(here), box = here.getBoundingClientRect();
  const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none';
  const shape = here.querySelector('path, rect, circle');
  const drawn = here.closest('svg') && shape && getComputedStyle(shape).strokeWidth;
  if (drawn) { here.blur(); const plain = getComputedStyle(shape).strokeWidth; here.focus(); if (plain !== drawn) here.dataset.trace = '1'; }
  const label = here.labels && here.labels[0] ? getComputedStyle(here.labels[0]) : null;
  return {html: here.outerHTML.slice(0, 120), times: Number(here.dataset.vu), seen: seen || here.dataset.trace === '1' ||
            label !== null && (label.outlineStyle !== 'none' || label.boxShadow !== 'none'),
          onscreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth, width: box.width, height: box.height};
}"""
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(element =>
  !element.disabled && element.tabIndex >= 0 && element.checkVisibility({visibilityProperty: true}) && !element.closest('[inert]') && element.type !== 'hidden'
  && !(element.type === 'radio' && element.name && !element.checked)).length"""


@pytest.mark.parametrize("kind", KINDS)
def test_the_keyboard_reaches_everything_in_order(kind: str, site: Path, adresse: str, navigateur: Browser) -> None:
    """Tab goes through every control once, in the order of the page, each one in sight and visibly marked; then it leaves the page: no trap."""
    if kind not in _kinds(site):
        pytest.skip("page absente")
    page = navigateur.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.goto(adresse + kind)
    page.evaluate("document.activeElement && document.activeElement.blur()")
    expected = page.evaluate(REACHABLE)
    faults, reached = [], 0
    for _ in range(expected + 10):
        page.keyboard.press("Tab")
        state = page.evaluate(TAB)
        if state is None:
            break
        if state["times"] > 1:
            break
        reached += 1
        if not state["seen"] or not state["onscreen"]:
            faults.append(f"{'focus invisible' if not state['seen'] else 'hors de vue'} : {state['html']}")
    page.close()
    assert not faults, "\n".join(faults[:10])
    assert reached >= expected, f"{reached} éléments atteints sur {expected}"


SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"
CLIPPED = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(element => {
  const style = getComputedStyle(element);
  if (!element.checkVisibility() || element.closest('.hors-vue, svg, [hidden]') || !element.textContent.trim() || style.clipPath !== 'none') return false;
  return /hidden|clip/.test(style.overflowX + style.overflowY) && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
    && element.clientWidth > 1;
}).map(element => element.outerHTML.slice(0, 120))"""
def _state(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return ([f"déborde de {wide} pixels"] if wide > 0 else []) + [f"texte coupé : {each}" for each in page.evaluate(CLIPPED)]


def test_pages_bear_zoom_spacing_and_forced_colours(site: Path, adresse: str, navigateur: Browser) -> None:
    """At 400 % of 1280 pixels, with the text spaced out as WCAG asks, in forced colours: nothing is cut, nothing overflows, nothing vanishes."""
    faults = []
    context = navigateur.new_context(viewport={"width": 320, "height": 256}, device_scale_factor=4, bypass_csp=True)
    page = context.new_page()
    for kind in _kinds(site):
        page.goto(adresse + kind)
        faults += [f"{kind} à 400 % : {each}" for each in _state(page)]
        page.add_style_tag(content=SPACED)
        faults += [f"{kind} espacé : {each}" for each in _state(page)]
    context.close()
    context = navigateur.new_context(viewport={"width": 1280, "height": 800}, forced_colors="active", bypass_csp=True)
    page = context.new_page()
    for kind in _kinds(site):
        page.goto(adresse + kind)
        faults += [f"{kind} couleurs forcées : {each}" for each in _state(page)]
        gone = page.evaluate("""() => [...document.querySelectorAll('button, summary, .bouton')].filter(element => element.checkVisibility()
          && getComputedStyle(element).color === getComputedStyle(element).backgroundColor).map(element => element.outerHTML.slice(0, 120))""")
        faults += [f"{kind} invisible en couleurs forcées : {each}" for each in gone]
    context.close()
    assert not faults, f"{len(faults)} défauts :\n" + "\n".join(faults[:40])


@pytest.mark.parametrize(("css", "expected"), [("main { min-width: 900px }", "déborde"), ("h1 { height: 10px; overflow: hidden }", "texte coupé")])
def test_a_cramped_page_is_seen(css: str, expected: str, adresse: str, navigateur: Browser) -> None:
    """The test above can fail."""
    page = navigateur.new_context(viewport={"width": 320, "height": 256}, bypass_csp=True).new_page()
    page.goto(adresse)
    page.add_style_tag(content=css)
    found = _state(page)
    page.context.close()
    assert any(re.search(expected, each) for each in found), found

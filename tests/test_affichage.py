"""However a page is shown: zoomed, spaced out, in imposed colours, without motion, on paper, under a finger. Nothing is cut, lost, hidden or too small."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import AXE
from tests.hote import served
from tests.test_clavier import read_pages

WIDE = "() => { const more = document.documentElement.scrollWidth - document.documentElement.clientWidth; return more > 0 ? [`déborde de ${more} pixels`] : []; }"
CLIPPED = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(element => {
  const style = getComputedStyle(element);
  if (!element.checkVisibility() || element.closest('.hors-vue, svg, [hidden]') || !element.textContent.trim() || style.clipPath !== 'none') return false;
  return /hidden|clip/.test(style.overflowX + style.overflowY) && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
    && element.clientWidth > 1;
}).map(element => 'texte coupé : ' + element.outerHTML.slice(0, 120))"""
SMALL = """() => {
  const targets = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(element => element.checkVisibility({visibilityProperty: true})
    && !element.closest('.hors-vue, svg, [inert]') && element.type !== 'hidden').map(element => ({element, boxes: [...element.getClientRects()].filter(box => box.width > 1 && box.height > 1)}));
  const inSentence = ({element}) => { const block = element.closest('p, li, dd, dt, td, th, figcaption, h1, h2, h3, h4, h5, h6, span, div');
    return getComputedStyle(element).display === 'inline' && block && block.textContent.trim().length > element.textContent.trim().length + 1; };
  const points = targets.flatMap(target => target.boxes.map(box => ({...target, box, x: box.left + box.width / 2, y: box.top + box.height / 2})));
  const small = points.filter(point => point.boxes.length === 1 && Math.min(point.box.width, point.box.height) < 23.5 && !inSentence(point)
    && !(point.element.labels && [...point.element.labels].some(label => { const box = label.getBoundingClientRect(); return Math.min(box.width, box.height) >= 23.5; })));
  return small.filter(one => points.some(other => other.element !== one.element
      && Math.hypot(Math.max(0, other.box.left - one.x, one.x - other.box.right), Math.max(0, other.box.top - one.y, one.y - other.box.bottom)) < 12))
    .map(({element, box}) => `cible de ${Math.round(box.width)} sur ${Math.round(box.height)} : ${element.outerHTML.slice(0, 110)}`);
}"""
"""WCAG 2.5.8: 24 pixels, or enough room around; links in a sentence are apart."""
BETWEEN = (768, 800, 959, 960, 1087, 1088, 1199)
"""Widths in pixels."""
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"
GONE = """() => [...document.querySelectorAll('button, summary, .bouton, main a, input, select, textarea')].filter(element => element.checkVisibility()
  && getComputedStyle(element).color === getComputedStyle(element).backgroundColor).map(element => 'invisible : ' + element.outerHTML.slice(0, 120))"""
UNFRAMED = """() => [...document.querySelectorAll('button, .bouton, input:not([type=checkbox], [type=radio], [type=range], [type=file], [type=hidden]), select, textarea')]
  .filter(element => element.checkVisibility({visibilityProperty: true}) && element.getBoundingClientRect().width > 1 && getComputedStyle(element).borderStyle === 'none' 
    && getComputedStyle(element).textDecorationLine === 'none').map(element => 'sans contour : ' + element.outerHTML.slice(0, 120))"""
"""In imposed colours, backgrounds and shadows vanish: what one presses keeps a border or an underline."""
MOVING = """() => [...document.querySelectorAll('*')].flatMap(element => ['', '::before', '::after'].map(part => [element, getComputedStyle(element, part)])).filter(([, style]) =>
  [...style.transitionDuration.split(','),
   ...style.animationName.split(',').map((name, rank) => name.trim() === 'none' ? '0s' : style.animationDuration.split(',')[rank] ?? '1s')].some(time => parseFloat(time) > 0.01)
  || style.scrollBehavior === 'smooth').map(([element]) => 'bouge : ' + element.outerHTML.slice(0, 100)).slice(0, 3)"""
ENDLESS = """() => document.getAnimations().filter(one => one.effect?.getTiming().iterations === Infinity || one.effect?.getComputedTiming().endTime > 5000)
  .map(one => `mouvement sans fin : ${one.animationName}`)"""
PAPER = """() => {
  const faults = [];
  for (const element of document.querySelectorAll('nav[aria-label="Menu principal"], .bouton-menu, .recherche, .actions'))
    if (element.checkVisibility()) faults.push('imprimé pour rien : ' + element.outerHTML.slice(0, 80));
  for (const element of document.querySelectorAll('main, main h1')) if (!element.checkVisibility()) faults.push('absent du papier : ' + element.tagName);
  for (const details of document.querySelectorAll('main details')) for (const inner of details.children)
    if (inner.tagName !== 'SUMMARY' && !inner.hidden && getComputedStyle(inner).display !== 'none' 
      && !(inner.checkVisibility() && inner.getBoundingClientRect().height > 0) && !inner.closest('form, .actions, .reemploi'))
      faults.push('replié, donc perdu : ' + inner.outerHTML.slice(0, 80));
  return faults;
}"""
CONTRAST = """async () => (await axe.run(document, {runOnly: {type: 'rule', values: ['color-contrast']}, resultTypes: ['violations']}))
  .violations.flatMap(fault => fault.nodes.map(node => `contraste : ${node.html.slice(0, 110)}`))"""


@pytest.fixture(scope="module")
def adresse(site: Path) -> Iterator[str]:
    """The built site, without any header."""
    with served(site) as address:
        yield address


def zoomed(page: Page) -> list[str]:
    """1280 pixels at 400 %: a column of 320, where a finger finds every target; then the text spaced out as WCAG asks."""
    faults = [f"à 400 % : {each}" for script in (WIDE, CLIPPED, SMALL) for each in page.evaluate(script)]
    page.add_style_tag(content=SPACED)
    return faults + [f"texte espacé : {each}" for script in (WIDE, CLIPPED) for each in page.evaluate(script)]


def imposed(page: Page) -> list[str]:
    """The colours of the system: nothing takes the colour of what is behind it, and what one presses is outlined."""
    return [f"couleurs imposées : {each}" for script in (WIDE, CLIPPED, GONE, UNFRAMED) for each in page.evaluate(script)]


def still(page: Page) -> list[str]:
    """Nothing moves without end; nothing moves at all for those who ask so."""
    page.emulate_media(reduced_motion="no-preference")
    faults = list(page.evaluate(ENDLESS))
    page.emulate_media(reduced_motion="reduce")
    return faults + list(page.evaluate(MOVING))


def printed(page: Page) -> list[str]:
    """On A4, from a dark screen: the content, all of it, dark on white; not the menus."""
    page.emulate_media(media="print", color_scheme="dark")
    faults = [f"imprimé : {each}" for script in (WIDE, CLIPPED, PAPER) for each in page.evaluate(script)]
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return faults + [f"imprimé : {each}" for each in page.evaluate(CONTRAST)]


def between(page: Page) -> list[str]:
    """From tablet to desk, on each side of what changes with the width: whatever the letters of the machine, a table stays inside the page."""
    faults = []
    for width in BETWEEN:
        page.set_viewport_size({"width": width, "height": 800})
        faults += [f"sur {width} pixels : {each}" for each in page.evaluate(WIDE)]
    return faults


WAYS: dict[str, tuple[Callable[[Page], list[str]], dict[str, Any]]] = {
    "zoom": (zoomed, {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}),
    "tablette": (between, {"viewport": {"width": 768, "height": 800}}),
    "couleurs": (imposed, {"viewport": {"width": 1280, "height": 800}, "forced_colors": "active"}),
    "mouvement": (still, {"viewport": {"width": 1280, "height": 800}}),
    "papier": (printed, {"viewport": {"width": 718, "height": 1000}}),
}
"""What is done to each page, in which window. A4 less its margins is 718 pixels wide."""


@pytest.mark.parametrize("way", WAYS)
def test_every_page_bears_it(way: str, site: Path, adresse: str, navigateur: Browser) -> None:
    """Every page, one after the other, in one way of showing it."""
    look, options = WAYS[way]
    context = navigateur.new_context(bypass_csp=True, **options)
    page = context.new_page()
    faults = []
    for here in read_pages(site):
        page.emulate_media(media="screen", color_scheme="light")
        page.goto(adresse + here)
        faults += [f"{here or 'accueil'} {fault}" for fault in look(page)]
    context.close()
    assert not faults, f"{len(faults)} défauts :\n" + "\n".join(faults[:40])


TIGHT = ".pied__mentions ul { display: block !important } .pied__mentions :is(li, a) { display: block !important; height: 8px; min-height: 0; margin: 0; padding: 0; line-height: 8px }"
PLANTS = [
    ("zoom", "main { min-width: 900px }", "déborde"), ("zoom", "h1 { height: 10px; overflow: hidden }", "texte coupé"),
    ("zoom", "h1 { height: 2.4em; overflow: hidden } h1 { font-size: 20px; line-height: 1.1 }", "texte espacé : texte coupé"),
    ("zoom", TIGHT, "cible de"),
    ("tablette", "@media (width: 1087px) { main { min-width: 1200px } }", "sur 1087 pixels : déborde"),
    ("couleurs", ".bouton-apparence { transition: none !important; forced-color-adjust: none; color: red !important; background: red !important }", "invisible"),
    ("couleurs", ".bouton-apparence { border: 0 !important; text-decoration: none }", "sans contour"),
    ("mouvement", "h1 { animation: tourne 1s infinite } @keyframes tourne { to { opacity: .9 } }", "mouvement sans fin"),
    ("mouvement", "h1 { transition: color 1s !important }", "bouge"), ("mouvement", "html { scroll-behavior: smooth !important }", "bouge"),
    ("papier", "body .menu { display: block !important }", "imprimé pour rien"), ("papier", "main h1 { display: none }", "absent du papier"),
    ("papier", "details:not([open])::details-content { content-visibility: hidden !important }", "replié, donc perdu"),
    ("papier", "main p { color: #bbb !important }", "contraste"), ("papier", "main { min-width: 900px }", "déborde"),
]
"""Way, fault planted as style, what must be said."""


@pytest.mark.parametrize(("way", "css", "said"), PLANTS)
def test_a_fault_of_display_is_seen(way: str, css: str, said: str, adresse: str, navigateur: Browser) -> None:
    """The test above can fail, in each of its ways."""
    look, options = WAYS[way]
    context = navigateur.new_context(bypass_csp=True, **options)
    page = context.new_page()
    page.goto(f"{adresse}reperes/")
    page.add_style_tag(content=css)
    found = look(page)
    context.close()
    assert any(said in fault for fault in found), found[:10]

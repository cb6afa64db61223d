"""With the keyboard alone, on every page: everything is reached, in the order one reads, in sight and marked, and one always gets out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.hote import served
from tests.test_politique import pages

KINDS = ["", "cas/", "cas/anstaing/", "leviers/", "leviers/creation/", "modes/", "modes/sieg/", "reseaux/", "reseaux/acepp/", "sources/", "sources/rtes-2026/", "chiffres/", "combien/", "glossaire/",
         "ressources/", "corrections/", "editions/", "reperes/", "par-ou-commencer/", "contribuer/", "contribuer/champs/", "contribuer/formulaire/", "a-propos/", "accessibilite/", "mentions-legales/",
         "changements/", "donnees/", "carte/", "matrice/", "comparer/", "dossier/", "recherche/", "integrer/cas/anstaing/", "404.html"]
"""One page of each kind."""


def read_pages(site: Path) -> list[str]:
    """Every page that is read: not those that only send elsewhere."""
    return [here for here in pages(site) if 'http-equiv="refresh"' not in (site / here / "index.html" if not here.endswith(".html") else site / here).read_text(encoding="utf-8")]


@pytest.fixture(scope="module")
def adresse(site: Path) -> Iterator[str]:
    """The built site, without any header."""
    with served(site) as address:
        yield address


WATCH = """() => {
  window.__vus = [];
  let avant = null;
  const trace = (shape) => { const s = getComputedStyle(shape); return s.stroke + s.strokeWidth; };
  addEventListener('keydown', (event) => {
    if (event.key !== 'Tab') return;
    const here = document.activeElement;
    if (!here || here === document.body || here === document.documentElement) { window.__vus.push(null); return; }
    const marks = [here, ...(here.labels ?? [])].map((element) => getComputedStyle(element));
    let seen = marks.some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && !/, 0\\)|transparent/.test(style.outlineColor) || style.boxShadow !== 'none');
    const shape = here.closest('svg') && here.querySelector('path, rect, circle');
    if (!seen && shape) { const drawn = trace(shape); here.blur(); seen = trace(shape) !== drawn; here.focus({preventScroll: true}); }
    const box = [...here.getClientRects()].find((rect) => rect.width && rect.height) ?? here.getBoundingClientRect();
    const x = Math.min(innerWidth - 1, Math.max(0, box.left + box.width / 2)), y = Math.min(innerHeight - 1, Math.max(0, box.top + Math.min(box.height / 2, 20)));
    const above = document.elementFromPoint(x, y);
    const faults = [];
    if (!seen) faults.push('focus invisible');
    const zone = here.closest('.tableau-zone > *')?.parentElement.getBoundingClientRect();
    if (zone && (box.right > zone.right + 2 || box.left < zone.left - 2)) faults.push('à moitié hors du tableau');
    if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) faults.push('hors de vue');
    const own = [here, ...(here.labels ?? [])];
    if (above && !here.closest('svg') && !above.contains(here) && !own.some((element) => element.contains(above))) faults.push('caché par ' + above.outerHTML.slice(0, 60));
    if (avant && !(avant.here.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING)) faults.push('à rebours de la page');
    const fixed = (element) => { for (let e = element; e; e = e.parentElement) if (/fixed|sticky/.test(getComputedStyle(e).position)) return true; return false; };
    const place = {here, left: box.left, top: box.top + scrollY, bottom: box.bottom + scrollY, free: fixed(here) || here.closest('svg') !== null};
    if (innerWidth < 500 && avant && !avant.free && !place.free && place.bottom <= avant.top && place.left <= avant.left) faults.push('plus haut que ce qui le précède');
    avant = place;
    here.dataset.vu = (Number(here.dataset.vu) || 0) + 1;
    window.__vus.push({html: here.outerHTML.slice(0, 110), times: Number(here.dataset.vu), faults});
  }, true);
  return [...document.querySelectorAll('a[href], area[href], button, input, select, textarea, summary, [tabindex]')].filter((element) =>
    !element.disabled && element.tabIndex >= 0 && element.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}) && !element.closest('[inert]') && element.type !== 'hidden'
    && !(element.type === 'radio' && element.name && !element.checked && document.querySelector(`input[name="${CSS.escape(element.name)}"]:checked`))
    && !(element.type === 'radio' && element.name && [...document.getElementsByName(element.name)][0] !== element && !element.checked)).length;
}"""
"""Notes the state of what has the focus each time it is about to leave; gives how many things can have it."""


def walked(page: Page) -> list[str]:
    """Go through an open page with the Tab key, from its beginning to its end; what is wrong on the way."""
    page.evaluate("document.activeElement?.blur()")
    expected: int = page.evaluate(WATCH)
    for _ in range(expected + 3):
        page.keyboard.press("Tab")
    stops: list[dict[str, Any] | None] = page.evaluate("window.__vus")[1:]
    path: list[dict[str, Any]] = []
    for stop in stops:
        if stop is None or stop["times"] > 1:
            break
        path.append(stop)
    faults = [f"{fault} : {stop['html']}" for stop in path for fault in stop["faults"]]
    if len(path) < expected:
        faults.append(f"{len(path)} éléments atteints sur {expected}, le dernier : {path[-1]['html'] if path else 'aucun'}")
    return faults


def context_of(navigateur: Browser, width: int, **options: Any) -> BrowserContext:
    return navigateur.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce", bypass_csp=True, **options)


@pytest.mark.parametrize(("width", "colours", "every"), [(390, "none", True), (1280, "none", False), (1280, "active", False)], ids=["téléphone", "écran", "couleurs imposées"])
def test_the_keyboard_reaches_everything_in_order(width: int, colours: Any, every: bool, site: Path, adresse: str, navigateur: Browser) -> None:
    """Each control once, in the order of the page, in sight, not covered, visibly marked; then the focus leaves: no trap. On a phone, never going up."""
    faults = []
    context = context_of(navigateur, width, forced_colors=colours)
    page = context.new_page()
    for here in read_pages(site) if every else KINDS:
        page.goto(adresse + here)
        faults += [f"{here or 'accueil'} : {fault}" for fault in walked(page)]
    context.close()
    assert not faults, f"{len(faults)} défauts :\n" + "\n".join(faults[:40])


@pytest.mark.parametrize(("plant", "said"), [
    ("document.head.append(Object.assign(document.createElement('style'), {textContent: '*:focus, *:focus-visible { outline: none !important; box-shadow: none !important }'}))", "focus invisible"),
    ("document.querySelector('main a').tabIndex = 5", "à rebours"),
    ("document.head.append(Object.assign(document.createElement('style'), {textContent: 'main { display: flex; flex-direction: column-reverse }'}))", "plus haut"),
    ("document.querySelector('main a').addEventListener('keydown', (event) => event.preventDefault())", "éléments atteints"),
    ("document.querySelector('main a').addEventListener('focus', (event) => event.target.blur())", "éléments atteints"),
    ("document.body.append(Object.assign(document.createElement('div'), {style: 'position:fixed;inset:0;background:white;z-index:99999'}))", "caché par"),
    ("Object.assign(document.querySelector('main a').style, {position: 'fixed', left: '-3000px'})", "hors de vue"),
], ids=["focus", "tabindex", "ordre", "piège", "fuite", "caché", "dehors"])
def test_a_fault_of_the_keyboard_is_seen(plant: str, said: str, adresse: str, navigateur: Browser) -> None:
    """The test above can fail, in each of its ways."""
    context = context_of(navigateur, 390)
    page = context.new_page()
    page.goto(f"{adresse}accessibilite/")
    assert walked(page) == []
    page.goto(f"{adresse}accessibilite/")
    page.evaluate(f"() => {{ {plant} }}")
    found = walked(page)
    context.close()
    assert any(said in fault for fault in found), found

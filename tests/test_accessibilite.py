"""Every page, for everyone: nothing that axe-core can see, in both appearances, on a phone and on a screen, with no exclusion.

And what it does not see: titles, headings, names of links, language. `test_clavier.py` and `test_affichage.py` see to the rest.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser

from tests.conftest import AXE, RULES
from tests.hote import served
from tests.html_lu import Element, read
from tests.test_politique import pages, visit, watched

AUDIT = """async tags => {
  const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  return found.violations.flatMap(fault => fault.nodes.map(node => `${fault.id} : ${node.target} ${node.html.slice(0, 120)}`));
}"""
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


VAGUE = re.compile(r"(cliquez |cliquer )?(ici|là)|lien|lire( la suite)?|(en )?savoir plus|plus|suite|voir|détails?|page|télécharger|\W*|\d+", re.I)
"""Names that say nothing of where a link leads."""
ENGLISH = re.compile(r"\b(the|this|these|and|with|your|from|of|is|are|not|request|requests|changes|commit|fork|download|feed|click|read more|search|"
                     r"browser|keyboard|screen reader|new|file)\b", re.I)
"""Words of English that are no words of French."""


def name(element: Element) -> str:
    """What a screen reader calls a link."""
    if "aria-label" in element.attributes:
        return element.attributes["aria-label"]
    pieces = [item if isinstance(item, str) else item.attributes.get("alt", "") if item.tag == "img" else name(item) for item in element.inside
              if isinstance(item, str) or not ("hidden" in item.attributes or item.attributes.get("aria-hidden") == "true")]
    return " ".join("".join(pieces).split())


def blind_links(where: str, tree: Element) -> list[str]:
    """Links of a page whose name alone says nothing, or is that of a link to somewhere else."""
    found: dict[str, set[str]] = defaultdict(set)
    for link in tree.all("a", "area"):
        if "href" in link.attributes:
            found[name(link).lower()].add(urljoin(f"https://site.example/{where}", link.attributes["href"]))
    return ([f"{where} : « {said} » mène à {sorted(targets)[:3]}" for said, targets in found.items() if len(targets) > 1]
            + [f"{where} : « {said} » ne dit rien" for said in found if VAGUE.fullmatch(said)])


def foreign(tree: Element) -> list[str]:
    """Text in English that is not marked as such; code is no language."""
    found = []
    for item in tree.inside:
        if isinstance(item, str):
            found += ENGLISH.findall(item)
        elif item.tag not in ("code", "pre", "kbd", "script", "style") and item.attributes.get("lang", "fr") == "fr":
            found += foreign(item)
    return found


def test_links_make_sense_alone(site: Path) -> None:
    """In the list of links of a screen reader: no « ici », and never the same name for two addresses of one page."""
    faults = [fault for here in pages(site) if not _redirects(html := _html(site, here)) for fault in blind_links(here, read(html))]
    assert not faults, "\n".join(faults)


def test_the_language_of_every_part_is_said(site: Path) -> None:
    """The pages are in French; what is not says so."""
    faults = [f"{here} : {', '.join(words)}" for here in pages(site) if (words := foreign(read(_html(site, here)).all("body")[0]))]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("piece", ["<a href='a/'>Un cas</a> <a href='b/'>un cas</a>", "<a href='a/'>Ici</a>", "<a href='a/'>cliquez ici</a>", "<a href='a/'>En savoir plus</a>", "<a href='a/'>3</a>",
                                   "<a href='a/' aria-label='lien'>Le rapport</a>", "<a href='a/'>→</a>"])
def test_a_link_that_says_nothing_is_seen(piece: str) -> None:
    """The test above can fail."""
    assert blind_links("", read(f"<main>{piece}</main>"))


def test_a_foreign_word_is_seen() -> None:
    """The test above can fail; what is marked is left alone."""
    assert foreign(read("<main><p>Choisissez <b>Create pull request</b>.</p></main>"))
    assert not foreign(read('<main><p>Choisissez <b lang="en">Create pull request</b>, <code>from a import b</code>.</p></main>'))

"""The pages of the guided path, followed as a reader would."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from macros import path as guided
from macros.catalogue import Catalogue
from macros.loading import load
from macros.pages import address
from macros.typography import french
from tests.conftest import PROJECT, Open, axe
from tests.html_lu import Element, read_file

STEPS = load(PROJECT).parcours
ARRIVALS = [key for key, step in STEPS.items() if not step.question]


def follow(page: Page, arrival: str) -> None:
    """From the home page, by the links alone."""
    page.goto("")
    page.locator(".porte").get_by_role("link", name=french("Par où commencer ?")).click()
    for step, question, answer in guided.given_answers(STEPS, arrival):
        expect(page.get_by_role("heading", name=french(question), exact=True)).to_be_visible()
        assert page.url.endswith(address("parcours", step))
        page.locator(".reponses").get_by_role("link", name=french(answer), exact=True).click()


def plain(element: Element, catalogue: Catalogue) -> str:
    """What is seen, on one line, without the acronyms that the page spells out."""
    text = element.seen().replace("\n", " ")
    for _, expansion in catalogue.sigles.values():
        text = text.replace(f" ({french(expansion)})", "")
    return text


def test_every_arrival_is_reached_by_its_answers(ouvrir: Open, catalogue: Catalogue) -> None:
    """Click after click, without scripts, up to each arrival: its first step, its levers, its close cases, all of them links that work."""
    page = ouvrir(java_script_enabled=False)
    assert len(ARRIVALS) > 20
    for arrival in ARRIVALS:
        step = STEPS[arrival]
        follow(page, arrival)
        assert page.url.endswith(f"par-ou-commencer/{arrival}/")
        assert step.premier_pas
        expect(page.get_by_role("heading", level=1)).to_have_text(french(step.titre))
        expect(page.locator(".premier-pas__verbe")).to_contain_text(french(step.premier_pas.verbe))
        levers = page.locator("section:has(> #leviers)")
        for lever in step.leviers:
            expect(levers.get_by_role("link", name=french(catalogue.leviers[lever].titre_court), exact=True)).to_have_attribute("href", f"../../leviers/{lever}/")
        close = page.locator("section:has(> #cas)")
        for case in step.cas:
            expect(close.locator(".carte__titre a", has_text=french(catalogue.cas[case].titre))).to_have_attribute("href", f"../../cas/{case}/")


@pytest.mark.parametrize("arrival", ARRIVALS)
def test_the_first_step_is_the_lever_s_own_with_its_source(site: Path, catalogue: Catalogue, arrival: str) -> None:
    """Same words as in the lever, and a note that leads to the source."""
    pas = STEPS[arrival].premier_pas
    assert pas
    move = next(move for move in catalogue.leviers[pas.levier].moyens if move.verbe == pas.verbe)
    page = read_file(site / "par-ou-commencer" / arrival / "index.html")
    (block,) = page.of_class("premier-pas")
    numbers = [note.all("a")[0].attributes["href"] for note in block.of_class("note")]
    assert len(numbers) == len(move.sources)
    assert all(any(item.attributes.get("id") == number[1:] for item in page.all("li")) for number in numbers)
    lever = read_file(site / "leviers" / pas.levier / "index.html")
    (told,) = [item for item in lever.of_class("marche")[0].all("li") if plain(item, catalogue).startswith(french(f"{move.verbe}."))]
    assert french(move.texte) in plain(block, catalogue) and french(move.texte) in plain(told, catalogue)


def test_the_answers_can_be_changed(page: Page) -> None:
    """« Changer » leads back to the question, the breadcrumb too."""
    follow(page, "local-a-renover")
    expect(page.get_by_role("heading", name="Vos réponses")).to_be_visible()
    page.get_by_role("link", name="Changer la réponse à « Savez-vous").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(french("Savez-vous qui pourrait l'occuper ?"))
    page.locator(".fil").get_by_role("link", name="Par où commencer").click()
    expect(page.get_by_role("heading", name=french("Quelle est votre situation ?"))).to_be_visible()


def test_the_path_is_followed_with_the_keyboard_alone(page: Page) -> None:
    """Tab and Enter, from the skip link to an arrival."""
    page.goto("par-ou-commencer/")
    for answer in ("Une association est en difficulté", "D’une aide publique solide en droit", "Non, nous sommes une petite collectivité"):
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # « Aller au contenu »
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == answer:
                break
        with page.expect_navigation():
            page.keyboard.press("Enter")
    expect(page.locator(".premier-pas__verbe")).to_have_text("Se faire accompagner vers un SIEG")


def test_the_whole_path_can_be_seen_at_once(ouvrir: Open) -> None:
    """Folded under one line, without scripts: every arrival."""
    page = ouvrir(java_script_enabled=False)
    page.goto("par-ou-commencer/")
    page.locator(".tout-le-parcours summary").click()
    links = {link.get_attribute("href") for link in page.locator(".tout-le-parcours a").all()}
    assert links == {f"../par-ou-commencer/{key}/" for key in STEPS if key != "depart"}


def test_an_arrival_fills_a_file(page: Page) -> None:
    """Its levers and cases open on a single page."""
    follow(page, "projet-a-monter")
    page.get_by_role("link", name="Lire ces fiches sur une seule page").click()
    expect(page.get_by_role("heading", name="4 fiches dans ce dossier")).to_be_visible()
    expect(page.locator(".dossier__fiche .fiche")).to_have_count(4)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_nothing(ouvrir: Open, width: int, scheme: str) -> None:
    """The entrance, a question, an arrival; nothing to scroll sideways."""
    page = ouvrir(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for where in ("par-ou-commencer/", "par-ou-commencer/association-en-difficulte/", "par-ou-commencer/convention-avec-la-caf/"):
        page.goto(where)
        assert axe(page) == [], where
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where

"""The search as a reader uses it: typed, filtered, shared, by keyboard, on a phone, without scripts; on the real data and on 1 000 cases more."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect

from macros.loading import load
from macros.search.files import write_search
from tests.conftest import Open, axe
from tests.synthese import write

QUERIES = {
    "anstaing": "cas/anstaing/", "anstain": "cas/anstaing/", "creche associative anstaing": "cas/anstaing/", "petites mains grandes aventure": "cas/anstaing/",
    "plougerneau": "cas/plouguerneau/", "garderie à Plouguerneau": "cas/plouguerneau/", "yannig robin": "cas/plouguerneau/",
    "meli melo": "cas/meli-melo/", "mélimélo": "cas/meli-melo/", "Mêli-Mêlo": "cas/meli-melo/", "crèche coopérative de Lille": "cas/meli-melo/",
    "pope": "cas/pope/", "PôPE": "cas/pope/", "pole petite enfance": "cas/pope/", "nanci": "cas/nancy/", "NANCY": "cas/nancy/", "vilurbanne": "cas/villeurbanne/",
    "histoire de bules": "cas/caylus/", "micro scop": "cas/microscop/", "saint hilaire de clison": "cas/microscop/", "inalta": "cas/inalta/",
    "pavillons sous bois": "cas/pavillons-sous-bois/", "ille et vilaine": "cas/plateforme-petite-enfance-35/", "recyclerie polichinelle": "cas/polichinelles/",
    "benevol": "leviers/benevolat/", "bénévoles": "leviers/benevolat/", "locaux": "leviers/locaux/", "passerelle": "leviers/passerelles/", "contractualiser": "leviers/contractualisation/",
    "SIEG": "modes/sieg/", "service d'intérêt économique général": "modes/sieg/", "dsp": "modes/dsp/", "delegation de service public": "modes/dsp/", "berceaux": "modes/achat-de-places/",
    "entree au capital": "modes/capital-scic/", "mise à disposition d'un local": "modes/mise-a-disposition-locaux/", "subventions": "modes/subvention/",
    "caf": "reseaux/caf/", "acepp": "reseaux/acepp/", "Réseau des collectivités territoriales pour une économie solidaire": "reseaux/rtes/", "fol 93": "reseaux/ligue-enseignement-93/",
    "nounou": "glossaire/#mam", "oeuvre": "glossaire/#fol", "87 % des établissements privés": "chiffres/#fr-part-prive",
    "convention obligatoire au-delà de 23 000 euros": "reperes/#repere-subvention-convention-23000", "association en difficulté": "par-ou-commencer/association-en-difficulte/",
    "mentions legales": "mentions-legales/",
}
"""What is typed → the page that must come first, with 14 cases as with 1 014."""
BUDGET = 150_000
"""Bytes over the wire, page included, until the first result of a first search."""


def search(page: Page, query: str, filters: str = "") -> None:
    """Open the results as somebody who received the address."""
    page.goto(f"recherche/?q={quote(query)}{filters}")
    expect(page.locator(".recherche__etat")).to_contain_text(re.compile("résultat|Aucun"))


def first(page: Page) -> str:
    """Address of the first result, from the root of the site."""
    link = page.locator("main ol.resultats > li").first.locator("a").first
    return (link.get_attribute("href") or "").removeprefix(page.url.split("recherche/")[0])


def answers(page: Page) -> dict[str, str]:
    """Queries whose page does not come first, and what does."""
    wrong = {}
    page.goto("recherche/")
    field = page.get_by_label("Un lieu, un nom, un sigle")
    for query, expected in QUERIES.items():
        field.fill(query)
        field.press("Enter")
        expect(page.locator(".recherche__etat")).to_contain_text(f"pour « {query} »")
        if first(page) != expected:
            wrong[query] = first(page)
    return wrong


def test_each_query_brings_its_page_first(page: Page) -> None:
    assert answers(page) == {}


@pytest.fixture(scope="session")
def thousand(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Path:
    """The index of the real data and of 1 000 invented cases."""
    folder = tmp_path_factory.mktemp("mille")
    write(1000, folder / "donnees", real=True)
    for name in ("a-propos", "mentions-legales", "glossaire"):
        (folder / "site" / name).mkdir(parents=True)
        (folder / "site" / name / "index.html").write_bytes((site / name / "index.html").read_bytes())
    write_search(load(folder / "donnees"), folder / "site")
    return folder / "site"


def serve_index(page: Page, folder: Path) -> None:
    """The same site, with a larger index."""

    def answer(route: Route) -> None:
        route.fulfill(path=folder / urlsplit(route.request.url).path.lstrip("/"))

    page.route("**/assets/recherche/**", answer)


def test_each_query_brings_its_page_first_among_a_thousand_cases(page: Page, thousand: Path) -> None:
    serve_index(page, thousand)
    assert answers(page) == {}


def test_a_first_search_among_a_thousand_cases_is_light(ouvrir: Open, thousand: Path, site: Path) -> None:
    """Whatever the query, each time with an empty browser."""
    for query in ("anstain", "service d'intérêt économique général", "ouvrir une micro-crèche associative dans une ancienne école", "garderie", "zzyzzy"):
        page = ouvrir()
        serve_index(page, thousand)
        weights: dict[str, int] = {}

        def weigh(request: Request, weights: dict[str, int] = weights) -> None:
            path = urlsplit(request.url).path.lstrip("/")
            file = (thousand if path.startswith("assets/recherche/") else site) / path
            weights[path] = len(gzip.compress((file / "index.html" if path.endswith("/") else file).read_bytes(), 6))

        page.on("request", weigh)
        search(page, query)
        page.wait_for_load_state("networkidle")
        assert sum(name.startswith("assets/recherche/") for name in weights) > 3, "rien n'a été mesuré"
        assert sum(weights.values()) <= BUDGET, weights
        page.context.close()


def test_a_page_that_does_not_search_fetches_nothing_of_it(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    for address in ("", "cas/anstaing/", "leviers/locaux/", "glossaire/"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    assert [path for path in asked if "recherche" in path] == []
    page.goto("recherche/")
    page.wait_for_load_state("networkidle")
    assert [path for path in asked if "assets/recherche" in path] == []


def test_the_field_of_every_page_leads_to_the_results(page: Page) -> None:
    for address in ("", "cas/anstaing/", "glossaire/", "n-existe-pas/plus-bas/"):
        if address.startswith("n-existe"):
            page.route(f"**/{address}", lambda route: route.fulfill(path=None, status=200, body=_not_found(page), content_type="text/html"))
        page.goto(address)
        field = page.get_by_role("banner").get_by_role("searchbox", name="Rechercher dans le site")
        field.fill("Anstaing & « l'école »")
        field.press("Enter")
        page.wait_for_url("**/recherche/?q=Anstaing*")
        expect(page.locator("main ol.resultats > li").first).to_be_visible()
        assert page.get_by_label("Un lieu, un nom, un sigle").input_value() == "Anstaing & « l'école »"


def _not_found(page: Page) -> str:
    return page.request.get("404.html").text()


def test_each_result_says_what_it_is_where_and_why(page: Page) -> None:
    search(page, "yannig robin")
    result = page.locator(".resultat").first
    assert result.locator("p").first.inner_text() == "Cas Plouguerneau (29), Bretagne"
    assert result.locator("mark").all_inner_texts()[:2] == ["Yannig", "Robin"]
    assert "\u202f" in page.locator(".recherche__etat").inner_text()
    assert page.title().startswith("yannig robin – Rechercher")
    search(page, "sieg")
    kinds = page.locator(".resultat__sorte").all_inner_texts()
    assert {"Mode de soutien", "Terme du glossaire", "Cas"} <= set(kinds)


def test_the_excerpt_gives_a_sentence_with_its_subject(page: Page) -> None:
    """An actor and its part stand apart in the data, together for the reader."""
    search(page, "microdoniens")
    expect(page.locator(".resultat__extrait").first).to_contain_text(re.compile("Microdoniens\u202f: \\w"))


def test_everyday_words_find_those_of_the_field(page: Page) -> None:
    search(page, "garderie")
    assert first(page) == "cas/plouguerneau/"
    for query in ("creche", "collectivite", "benevol"):
        search(page, query)
        assert page.locator(".resultat").count() == 10, query


def test_a_slip_in_the_first_letters_of_a_name_is_forgiven(page: Page) -> None:
    for query, expected in {"blouguerneau": "cas/plouguerneau/", "illeurbanne": "cas/villeurbanne/", "nastaing": "cas/anstaing/", "nicroscop": "cas/microscop/"}.items():
        search(page, query)
        assert first(page) == expected, query


def test_words_not_found_are_said(page: Page) -> None:
    search(page, "plougerneau")
    expect(page.get_by_role("status").filter(has_text="résultats")).to_contain_text("Aucune page n’écrit «\u202fplougerneau\u202f»")
    search(page, "anstaing zzyzzy")
    assert first(page) == "cas/anstaing/"
    expect(page.get_by_role("status").filter(has_text="résultats")).to_contain_text("Aucune page ne contient «\u202fzzyzzy\u202f»")
    search(page, "zzyzzy")
    assert page.locator(".resultats").is_hidden()
    expect(page.get_by_role("heading", name="Parcourir sans chercher")).to_be_visible()


def test_filters_add_up_stand_in_the_address_and_are_shared(page: Page, ouvrir: Open) -> None:
    search(page, "creche")
    page.get_by_label("Nature").select_option("cas")
    expect(page.locator(".recherche__etat")).to_contain_text("avec ces filtres")
    assert set(page.locator(".resultat__sorte").all_inner_texts()) == {"Cas"}
    label = page.locator("#filtre-departement option[value='59']").inner_text()
    assert label == "Nord (59) – 2"
    page.get_by_label("Département").select_option("59")
    page.get_by_label("Levier").select_option("locaux")
    expect(page.locator(".recherche__etat")).to_contain_text("1 résultat pour")
    assert first(page) == "cas/anstaing/"
    page.get_by_label("Forme juridique").select_option("association")
    page.wait_for_url("**forme=association**")
    other = ouvrir()
    other.goto(page.url)
    expect(other.locator(".recherche__etat")).to_contain_text("1 résultat pour «\u202fcreche\u202f» avec ces filtres")
    assert other.get_by_label("Département").input_value() == "59"


def test_filters_never_lead_to_a_dead_end(page: Page) -> None:
    search(page, "periscolaire", "&departement=59&nature=cas")
    assert page.locator(".resultats").is_hidden()
    page.get_by_role("button", name=re.compile("Retirer le filtre «.Nord")).click()
    expect(page.locator("main ol.resultats > li").first).to_be_visible()
    assert "departement" not in page.url and "nature=cas" in page.url
    search(page, "periscolaire", "&departement=nulle-part&levier=rien")
    page.get_by_role("button", name=re.compile("Retirer tous les filtres")).click()
    expect(page.locator("main ol.resultats > li").first).to_be_visible()


def test_back_and_forward_follow_the_searches(page: Page) -> None:
    search(page, "anstaing")
    page.get_by_label("Un lieu, un nom, un sigle").fill("caylus")
    page.get_by_role("button", name="Chercher").last.click()
    expect(page.locator(".recherche__etat")).to_contain_text("caylus")
    page.get_by_label("Nature").select_option("cas")
    page.wait_for_url("**nature=cas**")
    page.go_back()
    page.go_back()
    expect(page.locator(".recherche__etat")).to_contain_text("«\u202fanstaing\u202f»")
    assert page.get_by_label("Un lieu, un nom, un sigle").input_value() == "anstaing"
    page.go_forward()
    expect(page.locator(".recherche__etat")).to_contain_text("«\u202fcaylus\u202f»")
    assert first(page) == "cas/caylus/"


def test_the_list_goes_on_on_demand_and_comes_back_as_it_was(page: Page) -> None:
    search(page, "creche")
    page.get_by_role("button", name="Afficher 10 résultats de plus").click()
    expect(page.locator(".resultat")).to_have_count(20)
    assert page.evaluate("document.activeElement === document.querySelectorAll('.resultat a')[10]")
    page.locator(".resultat a").nth(12).click()
    page.wait_for_url(lambda address: "recherche" not in address)
    page.go_back()
    expect(page.locator(".resultat")).to_have_count(20)


def test_a_search_can_be_done_with_the_keyboard_alone(ouvrir: Open) -> None:
    page = ouvrir(viewport={"width": 320, "height": 640})
    page.goto("cas/anstaing/")
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q-entete"
    page.keyboard.type("caylus")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/?q=caylus")
    expect(page.locator(".resultat").first).to_be_visible()
    page.locator("#q").focus()
    seen: list[str] = []
    while page.evaluate("!document.activeElement.closest('.resultats')") and len(seen) < 10:
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
        box = page.evaluate("(({x, right}) => [x, right])(document.activeElement.getBoundingClientRect())")
        assert box[0] >= 0 and box[1] <= 320
    assert seen[1:-1] == ["filtre-nature", "filtre-levier", "filtre-departement", "filtre-forme"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/cas/caylus/")


def test_a_field_left_empty_is_no_fault_and_what_to_do_is_said(page: Page) -> None:
    """Where a field must be filled, some browsers tell a screen reader that it is wrong, on every page, before anybody typed."""
    page.goto("cas/anstaing/")
    expect(page.locator("input:invalid")).to_have_count(0)
    page.locator("#q-entete").press("Enter")
    page.wait_for_url("**/recherche/?q=")
    said = page.locator(".recherche__etat")
    expect(said).to_have_text("Écrivez un mot, un lieu ou un nom, puis cherchez.")
    expect(page.locator("input:invalid")).to_have_count(0)
    search(page, "caylus")
    page.locator("#q").fill(" ")
    page.locator("#q").press("Enter")
    expect(said).to_have_text("Écrivez un mot, un lieu ou un nom, puis cherchez.")
    expect(page.locator(".resultat")).to_have_count(0)
    page.goto("recherche/")
    expect(page.locator("#q")).to_be_visible()
    expect(said).to_be_empty()


def test_without_scripts_the_page_says_so_and_offers_the_lists(ouvrir: Open) -> None:
    page = ouvrir(java_script_enabled=False)
    page.goto("cas/anstaing/")
    page.get_by_role("searchbox", name="Rechercher dans le site").fill("caylus")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/?q=caylus")
    assert "La recherche a besoin de JavaScript" in page.locator("main").inner_text()
    for name in ("Les cas", "Les leviers", "Le glossaire"):
        expect(page.locator("main").get_by_role("link", name=name, exact=True)).to_be_visible()
    assert page.locator(".recherche__filtres").is_hidden()


@pytest.mark.parametrize("query", ("<img src=x onerror=alert(1)>", "constructor __proto__ toString", "{{ 7*7 }}", "🎈 日本", "a" * 5000, "l' d' la le", "%", "\u0000\u202e"))
def test_a_strange_query_does_no_harm(page: Page, query: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    search(page, query)
    assert page.locator("main img").count() == 0


def test_an_index_that_does_not_come_is_said_and_can_be_tried_again(ouvrir: Open) -> None:
    page = ouvrir()
    page.route("**/assets/recherche/*/mots-*", lambda route: route.fulfill(status=200, body="pas du JSON"))
    page.goto("recherche/?q=anstaing")
    expect(page.get_by_role("status").filter(has_text="chargée")).to_contain_text("La recherche n’a pas pu être chargée")
    page.unroute_all()
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator(".resultat").first).to_be_visible()
    assert page.get_by_role("button", name="Réessayer").count() == 0


@pytest.mark.parametrize("scheme", ("light", "dark"))
@pytest.mark.parametrize("width", (320, 768, 1280))
def test_axe_finds_nothing_on_the_search_page(ouvrir: Open, width: int, scheme: str) -> None:
    page = ouvrir(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for query, filters in (("creche", ""), ("periscolaire", "&departement=59")):
        search(page, query, filters)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto("recherche/")
    assert axe(page) == []

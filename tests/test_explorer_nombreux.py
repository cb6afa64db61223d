"""More cases than one page holds: lists shortened with the way to the rest, a page per département, the explorer that fetches what it shows."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from macros import pages as adresses
from macros import rendering
from macros.catalogue import Catalogue
from macros.explorer import data, facets
from macros.explorer.lists import FIRST, WHOLE, beginning
from macros.explorer.territories import NOWHERE, PAGE
from macros.finishing import finished
from macros.loading import load
from macros.origin import inside, origin_of_page
from tests.conftest import _Handler, axe, seen
from tests.hote import listening
from tests.poids import lists
from tests.synthese import write
from tests.test_explorer import BILAN, cards, having, tick

COUNT = 130


@pytest.fixture(scope="module")
def nombreux(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The real cases and invented ones."""
    folder = tmp_path_factory.mktemp("nombreux")
    write(COUNT, folder, real=True)
    return load(folder)


@dataclass
class Grand:
    """A site with many cases, on the loopback."""

    dossier: Path
    serveur: str
    navigateur: Browser

    def ouvrir(self, **options: object) -> Page:
        """A page of that site; what goes wrong in it is in `fautes`, what it asked for in `demandes`."""
        context: BrowserContext = self.navigateur.new_context(**{"base_url": self.serveur, "locale": "fr-FR", "viewport": {"width": 1280, "height": 800}} | options)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("request", lambda request: self.demandes.append(request.url.removeprefix(self.serveur)))
        page.on("pageerror", lambda error: self.fautes.append(str(error)))
        page.on("console", lambda message: self.fautes.append(message.text) if message.type == "error" else None)
        self.contextes.append(context)
        return page

    def __post_init__(self) -> None:
        self.demandes: list[str] = []
        self.fautes: list[str] = []
        self.contextes: list[BrowserContext] = []


@pytest.fixture(scope="module")
def servi(nombreux: Catalogue, site: Path, tmp_path_factory: pytest.TempPathFactory, navigateur: Browser) -> Iterator[Grand]:
    folder = tmp_path_factory.mktemp("grand") / "site"
    lists(nombreux, site, folder)
    handler = type("Handler", (_Handler,), {"__init__": lambda self, *args: _Handler.__init__(self, *args, directory=str(folder))})
    with listening(handler) as address:
        yield Grand(folder, address, navigateur)


@pytest.fixture
def grand(servi: Grand) -> Iterator[Grand]:
    """The same; a script that fails, or an error in the console, fails the test."""
    servi.demandes.clear()
    yield servi
    faults, servi.fautes[:] = list(servi.fautes), []
    for context in servi.contextes:
        context.close()
    servi.contextes.clear()
    assert faults == []


# What stands where


def test_a_small_catalogue_stays_on_one_page(catalogue: Catalogue, site: Path) -> None:
    """The same rule says so: no page of territory, no shortened list, nothing to fetch."""
    assert len(catalogue.cas) <= WHOLE
    assert not catalogue.par_departement and not catalogue.par_region
    assert not (site / "departements").exists() and not (site / data.FOLDER).exists()
    page = (site / "cas" / "index.html").read_text(encoding="utf-8")
    assert page.count('<li class="carte"') == page.count("<tr data-cas=") == len(catalogue.cas)
    assert "data-dossier-des-cas" not in page
    assert 'class="suite"' not in (site / "matrice" / "index.html").read_text(encoding="utf-8").partition("modes-sources")[0]


def test_a_list_is_shortened_only_when_it_is_long() -> None:
    assert beginning(range(WHOLE)) == range(WHOLE)
    assert len(beginning(range(WHOLE + 1))) == FIRST < WHOLE


def test_the_page_of_a_departement_is_given_only_its_cases(nombreux: Catalogue) -> None:
    """It says the same without the others; what it comes from changes with one of its cases, and not with another."""
    renamed = {key: replace(nombreux, cas={**nombreux.cas, key: nombreux.cas[key].model_copy(update={"nom": "Un autre nom"})}) for key in nombreux.cas}
    for key, place in nombreux.par_departement.items():
        assert rendering.fiche(inside(nombreux, key), "par_departement", key) == rendering.fiche(nombreux, "par_departement", key)
        assert list(inside(nombreux, key).cas) == list(place.cas)
        here = origin_of_page(b"", nombreux, "par_departement", key)
        other = next(case for case in nombreux.cas if case not in place.cas)
        assert origin_of_page(b"", renamed[other], "par_departement", key) == here
        for case in place.cas:
            assert origin_of_page(b"", renamed[case], "par_departement", key) != here
    assert len({origin_of_page(b"", nombreux, "par_departement", key) for key in nombreux.par_departement}) == len(nombreux.par_departement)
    assert all(origin_of_page(b"", nombreux, "par_region", key) is None for key in nombreux.par_region)


def test_every_case_stands_in_full_in_the_page_of_each_of_its_places(nombreux: Catalogue) -> None:
    """Its line, its supports and its state, without any script; a case without département in that of its région."""
    everywhere = {**nombreux.par_departement, **{f"region {key}": page for key, page in nombreux.par_region.items()}}
    assert {key for page in everywhere.values() for key in page.cas} == set(nombreux.cas)
    for key in nombreux.cas:
        for code in nombreux.departements(key):
            assert key in nombreux.par_departement[code.lower()].cas
    assert "sieg-petite-collectivite" in nombreux.par_region["53"].cas
    html = str(rendering.fiche(nombreux, "par_departement", "59"))
    for key in nombreux.par_departement["59"].cas:
        assert html.count(f'href="../../cas/{key}/"') == 2 + len(nombreux.cas[key].soutiens), key
        line = html.partition(f'<tr data-cas="{key}">')[2].partition("</tr>")[0]
        for shown in nombreux.cas[key].leviers:
            assert all(action.verbe in line for action in shown.actions), key


def test_a_departement_with_many_cases_is_read_in_several_pages(catalogue: Catalogue) -> None:
    """Each leads to the others, and says which one it is; a code with a letter makes an address in lower case."""
    copies = {f"copie-{number}": catalogue.cas["anstaing"] for number in range(2 * PAGE + 1)}
    corsica = catalogue.cas["anstaing"].lieux[0].model_copy(update={"commune": "Ajaccio", "insee": "2A004", "departement": "2A"})
    many = replace(catalogue, cas=catalogue.cas | copies | {"ajaccio": catalogue.cas["anstaing"].model_copy(update={"lieux": (corsica,)}),
                                                           "nulle-part": catalogue.cas["anstaing"].model_copy(update={"lieux": ()})})
    names = ["59", "59-page-2", "59-page-3"]
    assert [key for key in many.par_departement if key.startswith("59")] == names
    assert sorted(key for name in names for key in many.par_departement[name].cas) == sorted([*copies, "anstaing", "meli-melo"])
    assert many.par_departement["59-page-2"].titre == f"Nord (59) : {2 * PAGE + 3} cas, page 2 sur 3"
    assert many.par_departement["2a"].cas == ("ajaccio",)
    assert many.par_region[NOWHERE].cas == ("nulle-part",)
    assert many.par_region["32"].titre == f"Hauts-de-France : {2 * PAGE + 3} cas"
    assert many.par_region["53"].titre == "Bretagne : 3 cas"
    assert many.par_region["53"].cas == ("sieg-petite-collectivite",)
    html = str(rendering.fiche(many, "par_departement", "59-page-2"))
    assert '<a href="../../departements/59-page-3/">Page 3</a>' in html and 'aria-current="page">Page 2</a>' in html
    made = {fiche.adresse for fiche in adresses.fiches(many)}
    assert {"departements/59-page-2/", "departements/2a/", "regions/94/", "regions/sans-lieu/"} <= made


def test_shortened_lists_lead_to_the_rest(nombreux: Catalogue) -> None:
    """Levers, modes, networks, documents: the explorer already filtered, which then shows as many."""
    lever = max(nombreux.cas_par_levier, key=lambda key: len(nombreux.cas_par_levier[key]))
    few = replace(nombreux, cas={key: case for key, case in nombreux.cas.items() if any(shown.levier == lever for shown in case.leviers)})
    html = str(rendering.fiche(nombreux, "leviers", lever))
    longer = len(nombreux.cas_par_levier[lever]) > WHOLE
    assert (f'href="../../cas/?levier={lever}"' in html) == longer
    assert html.count('class="bouton bouton-comparer"') == (FIRST if longer else len(few.cas))
    document = nombreux.documents[0]
    said = str(rendering.fiche(nombreux, "sources", document))
    assert f'href="../../cas/?source={document}"' in said
    counted = {facet.identifiant: {value.identifiant: value.nombre for value in facet.valeurs} for facet in facets.facets(nombreux)}
    assert counted["source"][document] == sum(table == "cas" for table, _ in nombreux.citations[document])
    assert {mode: counted["mode"].get(mode, 0) for mode in nombreux.modes} == {mode: len(cases) for mode, cases in nombreux.cas_par_mode.items()}
    assert {key: counted["reseau"].get(key, 0) for key in nombreux.reseaux} == {key: len(cases) for key, cases in nombreux.cas_par_reseau.items()}


@pytest.mark.parametrize(("view", "rows"), [("matrice", FIRST + 1), ("combien", 2 * FIRST), ("a-verifier", FIRST)])
def test_long_tables_stop_and_say_where_the_rest_is(nombreux: Catalogue, view: str, rows: int) -> None:
    html = str(rendering.view(nombreux, view))
    own = html.partition('id="modes-sources"')[0]
    assert len(re.findall('<tr[ >](?:(?!</tr>).)*<th scope="row"', own, re.DOTALL)) == rows
    assert '../carte/#liste"' in html


def test_the_map_leads_to_the_pages_of_territories(nombreux: Catalogue) -> None:
    """From the drawing and from the list; anchors once published still answer."""
    html = str(rendering.view(nombreux, "carte"))
    for key, page in nombreux.par_departement.items():
        if page.page == 1:
            assert html.count(f'href="../departements/{key}/"') == 2, key
            assert f'id="departement-{page.code}"' in html
    assert 'id="region-53"' in html


# The files


def test_the_files_say_what_the_cards_say(nombreux: Catalogue) -> None:
    """Answers unpacked, orders, and texts set as the templates set them."""
    made = data.files(nombreux)
    answers = json.loads(made.contenu["filtres.json"])
    for place, key in enumerate(nombreux.cas_recents):
        for name, given in facets.answers(nombreux, key).items():
            column = answers[name]
            found = column["reponses"][column["codes"].index(column["cas"][place])]
            assert {column["valeurs"][value] for value in found} == set(given), (key, name)
    for name in ("date", "lieu", "nom"):
        assert sorted(json.loads(made.contenu[f"tri-{name}.json"])) == list(range(len(nombreux.cas)))
    rows = [row for number in range((len(nombreux.cas) - 1) // data.GROUP + 1) for row in json.loads(made.contenu[f"{number}.json"])]
    assert [row[0] for row in rows] == nombreux.cas_recents
    assert rows[nombreux.cas_recents.index("anstaing")][1] == "Anstaing\u202f: l’ancienne école devient une crèche associative"
    assert made.dossier == data.files(replace(nombreux)).dossier
    other = replace(nombreux, cas={key: case for key, case in nombreux.cas.items() if key != "anstaing"})
    assert data.files(other).dossier != made.dossier


def test_emphasis_is_left_out_and_signs_stay() -> None:
    assert data.plain("Une *crèche* [ouverte](https://exemple.fr) à 7 < 9 & plus") == "Une crèche ouverte à 7 < 9 & plus"
    assert data.plain("Sans rien") == "Sans rien"


def test_places_are_sorted_as_in_a_telephone_book() -> None:
    places = ["Lyon 10 (69)", "Évry (91)", "Lyon 9 (69)", "Étampes (91)", "L'Isle (38)"]
    assert sorted(places, key=data._letters) == ["Étampes (91)", "Évry (91)", "L'Isle (38)", "Lyon 9 (69)", "Lyon 10 (69)"]


# In the browser


def test_the_list_opens_with_its_first_cases_and_fetches_nothing_more(grand: Grand, nombreux: Catalogue) -> None:
    page = grand.ouvrir()
    page.goto("cas/")
    expect(page.locator(BILAN)).to_have_text(f"{len(nombreux.cas)} cas")
    expect(page.locator(".explorer__suite span")).to_have_text(f"{FIRST} sur {len(nombreux.cas)}")
    assert cards(page) == nombreux.cas_recents[:FIRST]
    assert [name for name in grand.demandes if name.endswith(".json")] == []


def test_filters_count_and_show_cases_that_the_page_does_not_hold(grand: Grand, nombreux: Catalogue) -> None:
    page = grand.ouvrir()
    page.goto("cas/")
    tick(page, "levier", "locaux").check()
    tick(page, "levier", "creation").check()
    found = having(nombreux, levier={"locaux", "creation"})
    assert len(found) > 2 * FIRST
    expect(page.locator(BILAN)).to_have_text(f"{len(found)} cas sur {len(nombreux.cas)}")
    ordered = [key for key in nombreux.cas_recents if key in found]
    assert cards(page) == ordered[:FIRST]
    for facet in facets.facets(nombreux):
        others = {} if facet.identifiant == "levier" else {"levier": {"locaux", "creation"}}
        shown = page.locator(f'[data-facette="{facet.identifiant}"] .filtre__nombre').evaluate_all("numbers => numbers.map(number => Number(number.textContent))")
        assert shown == [len(having(nombreux, **others, **{facet.identifiant: {value.identifiant}})) for value in facet.valeurs], facet.identifiant
    page.get_by_role("button", name="Montrer la suite").click()
    expect(page.locator(".explorer__suite span")).to_have_text(f"{2 * FIRST} sur {len(found)}")
    assert cards(page) == ordered[:2 * FIRST]
    expect(page.locator(f'.explorer__cartes [data-cas="{ordered[FIRST]}"] a')).to_be_focused()
    while page.locator(".explorer__suite").is_visible():
        before = len(cards(page))
        page.get_by_role("button", name="Montrer la suite").click()
        seen(lambda before=before: len(cards(page)) > before)  # type: ignore[misc]
    assert cards(page) == ordered


def test_cards_and_lines_made_by_the_script_are_those_of_the_templates(grand: Grand, nombreux: Catalogue) -> None:
    """Element for element. Those that the page held from the start are left out: there, acronyms are explained."""
    page = grand.ouvrir()
    page.goto("cas/?tri=nom")
    page.get_by_role("button", name="Montrer la suite").click()
    seen(lambda: len(cards(page)) == 2 * FIRST)
    whole = rendering.environment().from_string(
        "{% import '_listes.html.j2' as l %}{% for key in keys %}{{ l.carte(c, lien, key) }}{% endfor %}{{ l.table_cas(c, lien, keys) }}")
    keys = cards(page)
    assert keys == nombreux.cas_en_ordre[:2 * FIRST]
    made = [key for key in keys if key not in nombreux.cas_recents[:FIRST]]
    assert len(made) > FIRST
    html = finished(whole.render(c=nombreux, keys=made, lien=lambda table, name: f"../{adresses.address(table, name)}"), {}, "")
    same = page.evaluate("""html => {
        const model = document.createElement('template');
        model.innerHTML = html;
        const flat = element => {
            for (const button of element.querySelectorAll('[data-comparer]')) {
                button.hidden = true;
                button.setAttribute('aria-pressed', 'false');
                button.dataset.nom = button.dataset.nom.replaceAll("'", '’');
            }
            for (const part of [element, ...element.querySelectorAll('[role]')]) part.removeAttribute('role');
            return element.outerHTML.replace(/\\s+/g, ' ').replace(/> </g, '><');
        };
        const differences = [];
        for (const place of ['li.carte[data-cas]', 'tr[data-cas]']) {
            for (const expected of model.content.querySelectorAll(place)) {
                const made = document.querySelector(`.explorer__resultats ${place.split('[')[0]}[data-cas="${expected.dataset.cas}"]`);
                const [one, other] = [flat(expected.cloneNode(true)), flat(made.cloneNode(true))];
                if (one !== other) differences.push([one, other]);
            }
        }
        return differences; }""", html)
    assert same == [], "\n\n".join(f"{one}\n{other}" for one, other in same)


@pytest.mark.parametrize("order", ["date", "lieu", "nom"])
def test_the_other_orders_are_those_of_the_data(grand: Grand, nombreux: Catalogue, order: str) -> None:
    page = grand.ouvrir()
    page.goto("cas/")
    page.get_by_label("Trier par").select_option(order)
    expected = [nombreux.cas_recents[place] for place in data.orders(nombreux)[order]][:FIRST]
    seen(lambda: cards(page) == expected)
    assert expected != nombreux.cas_recents[:FIRST]


def test_a_shared_address_shows_the_same_in_a_table(grand: Grand, nombreux: Catalogue) -> None:
    page = grand.ouvrir()
    page.goto("cas/?reseau=acepp&vue=tableau")
    found = having(nombreux, reseau={"acepp"})
    expect(page.locator(BILAN)).to_have_text(f"{len(found)} cas sur {len(nombreux.cas)}")
    rows = page.locator(".explorer__tableau tbody tr:visible")
    seen(lambda: rows.count() == min(len(found), FIRST))
    assert set(rows.evaluate_all("rows => rows.map(row => row.dataset.cas)")) <= found
    expect(page.locator(".explorer__cartes")).to_be_hidden()


def test_cases_that_came_later_can_be_compared(grand: Grand, nombreux: Catalogue) -> None:
    page = grand.ouvrir()
    page.goto("cas/?tri=nom")
    seen(lambda: cards(page) == nombreux.cas_en_ordre[:FIRST])
    absent = next(key for key in cards(page) if key not in nombreux.cas_recents[:FIRST])
    page.locator(f'[data-comparer="{absent}"]').click()
    expect(page.get_by_role("region", name="Cas à comparer")).to_contain_text("1 cas à comparer")
    expect(page).to_have_url(re.compile(rf"cas={absent}$"))


def test_the_whole_result_is_taken_away(grand: Grand, nombreux: Catalogue, tmp_path: Path) -> None:
    """Those not shown yet too."""
    page = grand.ouvrir()
    page.goto("cas/?levier=locaux")
    found = having(nombreux, levier={"locaux"})
    expect(page.locator(BILAN)).to_have_text(f"{len(found)} cas sur {len(nombreux.cas)}")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Emporter en CSV").click()
    waiting.value.save_as(tmp_path / "cas.csv")
    rows = list(csv.DictReader((tmp_path / "cas.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [row["Identifiant"] for row in rows] == [key for key in nombreux.cas_recents if key in found]
    assert all("Des locaux" in row["Levier"] for row in rows)
    assert len(rows) > FIRST


def test_a_lost_connection_is_said_and_the_next_attempt_works(grand: Grand, nombreux: Catalogue) -> None:
    page = grand.ouvrir()
    page.goto("cas/")
    page.route("**/filtres.json", lambda route: route.abort())
    tick(page, "levier", "locaux").check()
    expect(page.locator(BILAN)).to_contain_text("n’ont pas pu être chargés")
    page.unroute("**/filtres.json")
    tick(page, "levier", "creation").check()
    expect(page.locator(BILAN)).to_have_text(f"{len(having(nombreux, levier={'locaux', 'creation'}))} cas sur {len(nombreux.cas)}")
    assert [fault for fault in grand.fautes if "ERR_FAILED" not in fault] == []
    grand.fautes.clear()


def test_without_scripts_the_departements_hold_every_case(grand: Grand, nombreux: Catalogue) -> None:
    """Two links away from the list of cases."""
    page = grand.ouvrir(java_script_enabled=False)
    page.goto("cas/")
    page.locator("noscript a").click()
    expect(page.locator("#departements")).to_be_in_viewport()
    page.locator(".explorer__lieux").get_by_role("link", name="Nord (59)").click()
    rows = page.locator("section", has=page.locator("#cas")).locator("tbody tr")
    assert set(rows.evaluate_all("rows => rows.map(row => row.dataset.cas)")) == set(nombreux.par_departement["59"].cas)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_fault(grand: Grand, width: int, scheme: str) -> None:
    for address in ("cas/", "cas/?levier=locaux", "carte/", "departements/59/", "regions/53/", "matrice/"):
        page = grand.ouvrir(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page.goto(address)
        if "levier" in address:
            seen(lambda page=page: " sur " in page.locator(BILAN).inner_text())  # type: ignore[misc]
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address

"""A volunteer in front of the form: tells a case, corrects three mistakes from the messages alone, leaves with a file that builds."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from macros.catalogue import Catalogue
from macros.checking import check
from macros.folders import PROJECT
from macros.form_bundle import script_name
from macros.reader import read_file
from tests.conftest import axe, build

FORM = "contribuer/formulaire/"


def _opened(page: Page, address: str = FORM) -> Page:
    page.goto(address)
    expect(page.locator("#f-titre")).to_be_visible()
    expect(page.locator("#document-principal option").nth(3)).to_be_attached()
    return page


def _told(page: Page) -> None:
    """The case of Caylus, from the 2026 edition, with three mistakes: a commune not chosen, an amount in words, a date in words."""
    page.locator("#document-principal").select_option("rtes-2026")
    page.locator("#f-titre").fill("Caylus : des parents gèrent une micro-crèche logée par la mairie")
    page.locator("#f-nom").fill("Histoire de Bulles")
    page.locator("#f-type").select_option("cas-de-collectivite")
    page.get_by_label("Micro-crèche").check()
    page.locator("#f-lieux-0-commune").fill("caylus")
    page.locator("#f-en_bref-0-texte").fill("Une association de parents gère une micro-crèche de dix places : la mairie prête le local.\n\nC'est « rural », no 1 # et - fin.")
    page.get_by_role("button", name="Ajouter une date", exact=True).last.click()
    page.locator("#f-ouverture-0-valeur").fill("mai 2009")
    page.get_by_role("button", name="Ajouter un levier").click()
    page.locator("#f-leviers-0-levier").select_option("locaux")
    page.get_by_role("button", name="Ajouter une action").click()
    page.locator("#f-leviers-0-actions-0-verbe").fill("Loger")
    page.locator("#f-leviers-0-actions-0-texte").fill("La mairie met un local à disposition.")
    page.locator("#f-leviers-0-remarque").fill("Le local est ce que la mairie apporte.")
    page.get_by_role("button", name="Ajouter un soutien").click()
    page.locator("#f-soutiens-0-nature").select_option("local")
    page.locator("#f-soutiens-0-financeur").fill("Commune de Caylus")
    page.locator("#f-soutiens-0-montant").fill("15 000 euros")
    page.locator("#f-inconnues-0").fill("Le loyer et la convention.")
    page.locator("#nom-du-fichier").fill("histoire-de-bulles")


def test_a_volunteer_tells_a_case_and_corrects_it_from_the_messages(page: Page, tmp_path: Path) -> None:
    _told(_opened(page))
    page.get_by_role("button", name="Vérifier la fiche").click()
    summary = page.locator("#bilan")
    expect(summary).to_contain_text("3 points à corriger")
    for name, remedy in (("Commune", "choisissez-la dans la liste proposée"), ("Ouverture au public", "2009-05"), ("Montant", "Écrivez un nombre seul")):
        expect(summary.get_by_role("listitem").filter(has_text=name)).to_contain_text(remedy)

    summary.get_by_role("link", name="Commune").click()
    expect(page.locator("#f-lieux-0-commune")).to_be_focused()
    page.get_by_role("button", name="Caylus").click()
    summary.get_by_role("link", name="Ouverture").click()
    field = page.locator("#f-ouverture-0-valeur")
    expect(field).to_be_focused()
    assert field.get_attribute("aria-invalid") == "true"
    assert field.evaluate("node => getComputedStyle(node).borderTopWidth") == "2px"
    said = page.locator("#f-ouverture-0-valeur-faute").inner_text()
    field.fill(re.findall(r"Écrivez (\S+?)\.?$", said.strip())[0])
    summary.get_by_role("link", name="Montant").click()
    said = page.locator("#f-soutiens-0-montant-faute").inner_text()
    page.locator("#f-soutiens-0-montant").fill(re.findall(r"nombre seul\s: (\d+)", said)[0])
    expect(summary).to_contain_text("La fiche est prête")

    expect(page.locator("#apercu").locator("..")).to_contain_text("Caylus (82)")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Télécharger").click()
    assert waiting.value.suggested_filename == "histoire-de-bulles.yml"
    root = tmp_path / "donnees"
    (root / "cases").mkdir(parents=True)
    waiting.value.save_as(root / "cases" / "histoire-de-bulles.yml")
    assert [str(problem) for problem in check(root)] == []
    content = read_file(root / "cases" / "histoire-de-bulles.yml", "x").content
    assert content["lieux"] == [{"commune": "Caylus", "insee": "82038", "departement": "82", "region": "76", "epci": "248200107", "source": "rtes-2026"}]
    assert content["en_bref"][0]["texte"].endswith("\n\nC'est « rural », no 1 # et - fin.")  # type: ignore[index, union-attr, call-overload]
    done = build(tmp_path / "site", DATA_ROOT=str(root))
    assert done.returncode == 0, done.stderr
    assert "Histoire de Bulles" in (tmp_path / "site" / "cas" / "histoire-de-bulles" / "index.html").read_text(encoding="utf-8")

    address = page.get_by_role("link", name="Ouvrir sur le site du dépôt").get_attribute("href") or ""
    asked = parse_qs(urlsplit(address).query)
    assert asked["filename"] == ["histoire-de-bulles.yml"] and len(address) <= 7500
    assert asked["value"] == [(root / "cases" / "histoire-de-bulles.yml").read_text(encoding="utf-8")]
    assert axe(page) == []


def test_advice_is_given_and_stops_nothing(page: Page) -> None:
    """Beside the field and in the summary; the field is not said to be wrong, and the fiche can leave."""
    _told(_opened(page))
    page.locator("#f-soutiens-0-montant").fill("15000")
    page.locator("#f-ouverture-0-valeur").fill("2009")
    page.locator("#f-lieux-0-commune").focus()
    page.get_by_role("button", name="Caylus").click()
    page.locator("#f-inconnues-0").fill("Ce que fait la DDZX.")
    page.get_by_role("button", name="Vérifier la fiche").click()
    expect(page.locator("#bilan")).to_contain_text("La fiche est prête")
    expect(page.locator("#bilan")).to_contain_text("Conseils, qui n’empêchent pas l’envoi")
    page.locator("#bilan").get_by_role("link", name="Ce qu’on ne sait pas").click()
    field = page.locator("#f-inconnues-0")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("Le sigle « DDZX » n’est pas au glossaire. Écrivez-le en toutes lettres, ou expliquez-le juste après : « DDZX (…) ».", ignore_case=True)
    assert field.get_attribute("aria-invalid") is None
    with page.expect_download():
        page.get_by_role("button", name="Télécharger").click()


def test_the_site_as_it_is_now_has_the_last_word(page: Page) -> None:
    """A page open for days: a name taken since is refused, a document declared since is accepted."""
    page.route("**/api/v1/cas.json", lambda route: route.fulfill(json={"donnees": [{"identifiant": "histoire-de-bulles"}]}))
    page.route("**/api/v1/sources.json", lambda route: route.fulfill(json={"donnees": [{"identifiant": "deliberation-2026"}]}))
    _opened(page)
    page.get_by_text("Ouvrir une fiche existante").click()
    page.get_by_label("Le texte d’un fichier").fill('titre: "Un"\nen_bref:\n  - texte: "Deux."\n    source: deliberation-2026\ninconnues: ["Le reste."]\n')
    page.get_by_role("button", name="Lire ce texte").click()
    page.locator("#nom-du-fichier").fill("histoire-de-bulles")
    page.get_by_role("button", name="Vérifier la fiche").click()
    expect(page.locator("#bilan")).to_contain_text("« histoire-de-bulles » est déjà pris")
    expect(page.locator("#bilan")).not_to_contain_text("deliberation-2026")


def test_what_cannot_be_reached_is_verified_at_the_sending(ouvrir: Callable[..., Page]) -> None:
    """Without the lists of the site and without its data, nothing is refused and nothing is promised."""
    page = ouvrir()
    page.route("**/listes.json", lambda route: route.fulfill(body="hors ligne"))
    page.route("**/api/v1/**", lambda route: route.fulfill(body="hors ligne"))
    page.goto(FORM)
    page.get_by_text("Ouvrir une fiche existante").click()
    page.get_by_label("Le texte d’un fichier").fill((PROJECT / "cases" / "caylus.yml").read_text(encoding="utf-8"))
    page.get_by_role("button", name="Lire ce texte").click()
    page.locator("#nom-du-fichier").fill("bulles")
    page.get_by_role("button", name="Vérifier la fiche").click()
    summary = page.locator("#bilan")
    expect(summary).to_contain_text("La fiche est prête")
    expect(summary).to_contain_text("Vérifié à l’envoi")
    for said in ("« bulles » n’est peut-être plus libre", "« rtes-2026 » n’a pas pu être vérifié ici", "ce lieu n’a pas pu être vérifié ici"):
        expect(summary).to_contain_text(said)


def test_correcting_a_fiche_leaves_the_new_one_in_waiting(page: Page) -> None:
    """Somebody telling a case opens another one to correct it: neither covers the other."""
    _told(_opened(page))
    page.wait_for_timeout(600)
    _opened(page, f"{FORM}?cas=anstaing")
    expect(page.locator("#f-nom")).to_have_value("Petites Mains Grandes Aventures")
    page.locator("#f-nom").fill("Autre nom")
    page.wait_for_timeout(600)
    _opened(page, f"{FORM}?cas=anstaing")
    expect(page.locator("#f-nom")).to_have_value("Autre nom")
    page.get_by_text("Ouvrir une fiche existante").click()
    page.get_by_role("button", name="Revenir à ma nouvelle fiche").click()
    expect(page.locator("#f-nom")).to_have_value("Histoire de Bulles")


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    """Add, choose a commune, remove, verify, go to the fault: without a mouse, the focus is never lost."""
    _opened(page)

    def press(name: str, within: str = "body") -> None:
        page.locator(within).get_by_role("button", name=name, exact=True).first.focus()
        page.keyboard.press("Enter")

    page.locator("#f-lieux-0-commune").focus()
    page.keyboard.type("anstai")
    expect(page.get_by_role("button", name="Anstaing")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#f-lieux-0-commune")).to_be_focused()
    expect(page.locator("#f-lieux-0-commune")).to_have_value("Anstaing")
    press("Ajouter un soutien")
    expect(page.locator("#f-soutiens-0 select, #f-soutiens-0 input").first).to_be_focused()
    press("Retirer : soutien 1", "#f-soutiens")
    expect(page.locator("#f-soutiens-ajouter")).to_be_focused()
    press("Vérifier la fiche")
    expect(page.locator("#bilan")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#nom-du-fichier, #f-titre").and_(page.locator(":focus"))).to_have_count(1)


def test_a_commune_already_chosen_is_not_proposed_again(page: Page) -> None:
    _opened(page, f"{FORM}?cas=anstaing")
    expect(page.locator("#f-lieux-0-commune")).to_have_value("Anstaing")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".formulaire__propositions")).to_have_count(0)


def test_what_one_types_is_kept_in_the_browser(page: Page) -> None:
    _told(_opened(page))
    page.wait_for_timeout(600)
    _opened(page)
    expect(page.locator("#f-soutiens-0-montant")).to_have_value("15 000 euros")
    expect(page.locator("#nom-du-fichier")).to_have_value("histoire-de-bulles")
    page.get_by_text("Ouvrir une fiche existante").click()
    page.get_by_role("button", name="Tout effacer").click()
    expect(page.locator("#f-titre")).to_have_value("")


def test_an_existing_case_is_reopened_and_completed(page: Page, tmp_path: Path) -> None:
    """Opened and saved as it is: the same bytes. With one more support: a few more lines, nothing else."""
    before = (PROJECT / "cases" / "anstaing.yml").read_text(encoding="utf-8")
    _opened(page, f"{FORM}?cas=anstaing")
    expect(page.get_by_role("heading", name="Vous corrigez la fiche")).to_be_visible()
    page.get_by_text("Voir le fichier").click()
    shown = page.get_by_label("Le fichier de la fiche")
    expect(shown).to_have_value(before)
    page.get_by_role("button", name="Ajouter un soutien").click()
    last = len(re.findall(r"^  - nature:", before, re.M))
    page.locator(f"#f-soutiens-{last}-nature").select_option("soutien-non-precise")
    page.locator(f"#f-soutiens-{last}-financeur").fill("CAF du Nord")
    page.locator(f"#f-soutiens-{last}-source").select_option("rtes-2026")
    page.get_by_role("button", name="Vérifier la fiche").click()
    expect(page.locator("#bilan")).to_contain_text("La fiche est prête")
    after = shown.input_value()
    added = '  - nature: soutien-non-precise\n    financeur: "CAF du Nord"\n    source: rtes-2026\n'
    assert after.replace(added, "") == before and added in after
    shutil.copytree(PROJECT / "cases", tmp_path / "cases")
    (tmp_path / "cases" / "anstaing.yml").write_text(after, encoding="utf-8")
    assert [problem for problem in check(tmp_path) if problem.level == "erreur"] == []
    assert axe(page) == []


def test_a_document_the_site_does_not_know_is_declared(page: Page, tmp_path: Path) -> None:
    """The lines given for references/ make the file pass the checks."""
    _told(_opened(page))
    page.get_by_text("Mon document n’est pas dans la liste").click()
    page.get_by_role("button", name="Déclarer ce document").click()
    expect(page.locator("#document-faute")).to_contain_text("Il faut au moins le titre")
    for name, value in (("titre", "Délibération n° 12 : la crèche"), ("editeur", "Commune de Caylus"), ("nature", "délibération"), ("date", "juin 2025")):
        page.locator(f"#document-{name}").fill(value)
    page.get_by_role("button", name="Déclarer ce document").click()
    expect(page.locator("#document-faute")).to_contain_text("écrivez 2025-06")
    page.locator("#document-date").fill("2025-06")
    page.get_by_role("button", name="Déclarer ce document").click()
    page.locator("#f-soutiens-0-source").select_option("commune-de-caylus-2025-06")
    page.locator("#f-soutiens-0-montant").fill("15000")
    page.locator("#f-ouverture-0-valeur").fill("2009")
    page.locator("#f-lieux-0-commune").focus()
    page.get_by_role("button", name="Caylus").click()
    page.get_by_role("button", name="Vérifier la fiche").click()
    expect(page.locator("#bilan")).to_contain_text("La fiche est prête")
    page.get_by_text("Voir le fichier").click()
    shutil.copytree(PROJECT / "references", tmp_path / "references")
    shutil.copytree(PROJECT / "levers", tmp_path / "levers")
    shutil.copytree(PROJECT / "cases", tmp_path / "cases")
    (tmp_path / "cases" / "histoire-de-bulles.yml").write_text(page.get_by_label("Le fichier de la fiche").input_value(), encoding="utf-8")
    with (tmp_path / "references" / "sources-exterieures.yml").open("a", encoding="utf-8") as file:
        file.write("\n" + page.get_by_label("Les documents à déclarer").input_value())
    ours = [str(problem) for problem in check(tmp_path) if "histoire" in problem.file or "exterieures" in problem.file]
    assert ours == []


def test_the_first_document_declared_serves_for_every_fact(page: Page) -> None:
    """Fields already on the page take it, and those that come after; once taken back, it is proposed no more."""
    _opened(page)
    page.get_by_text("Mon document n’est pas dans la liste").click()
    for name, value in (("titre", "Convention"), ("editeur", "Commune de Caylus"), ("nature", "convention")):
        page.locator(f"#document-{name}").fill(value)
    page.get_by_role("button", name="Déclarer ce document").click()
    expect(page.locator("#f-en_bref-0-source")).to_have_value("commune-de-caylus-convention")
    page.get_by_role("button", name="Ajouter un soutien").click()
    expect(page.locator("#f-soutiens-0-source")).to_have_value("commune-de-caylus-convention")
    page.get_by_role("button", name="Retirer le document : Convention").click()
    expect(page.locator("#document-principal option", has_text="déclaré par vous")).to_have_count(0)


def test_a_pasted_text_that_cannot_be_read_says_where(page: Page) -> None:
    _opened(page)
    page.get_by_text("Ouvrir une fiche existante").click()
    page.get_by_label("Le texte d’un fichier").fill('titre: "Un"\nnom: &a x\n')
    page.get_by_role("button", name="Lire ce texte").click()
    expect(page.locator(".formulaire__message")).to_contain_text("ligne 2")
    page.get_by_label("Le texte d’un fichier").fill('titre: "Un"\ntitres: x\nsoutiens: rien\n')
    page.get_by_role("button", name="Lire ce texte").click()
    expect(page.locator("#f-titre")).to_have_value("Un")
    expect(page.locator("#f-soutiens")).to_contain_text("n’a pas la forme attendue")


def test_a_taken_name_and_errors_stop_the_file(page: Page) -> None:
    _opened(page)
    page.locator("#nom-du-fichier").fill("anstaing")
    page.get_by_role("button", name="Ajouter un soutien").click()
    page.locator("#f-soutiens-0-montant").fill("vingt")
    page.get_by_role("button", name="Télécharger").click()
    expect(page.locator("#bilan")).to_contain_text("« anstaing » est déjà pris")
    titles = page.locator("#bilan ol a").all_inner_texts()
    support = [f"Soutiens publics 1 › {field}" for field in ("Nature du soutien", "Qui apporte le soutien", "Montant en euros", "Document qui le dit")]
    assert titles == ["Nom du fichier", "Titre", "Type de cas", "Sorte de lieu ou de service", "En bref", *support, "Ce qu’on ne sait pas"]
    expect(page.locator("#bilan")).to_be_focused()


def test_without_scripts_the_page_tells_the_two_other_ways(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(java_script_enabled=False)
    page.goto(FORM)
    expect(page.get_by_role("heading", name="Par courriel")).to_be_visible()
    expect(page.get_by_role("heading", name="Par un fichier")).to_be_visible()


def test_on_a_phone_nothing_overflows(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(viewport={"width": 320, "height": 700}, color_scheme="dark")
    _told(_opened(page, f"{FORM}"))
    page.get_by_role("button", name="Vérifier la fiche").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe(page) == []


def test_the_script_stays_light(site: Path, catalogue: Catalogue) -> None:
    """On this page only, under 100 kB once compressed; a search for a commune, under 40 kB."""
    script = site / "assets" / "js" / script_name(catalogue)
    assert len(gzip.compress(script.read_bytes(), 9)) < 100_000
    assert max(len(gzip.compress(path.read_bytes(), 9)) for path in (site / FORM / "communes").iterdir()) < 40_000
    pages = [path for path in site.rglob("*.html") if script.name in path.read_text(encoding="utf-8")]
    assert pages == [site / FORM / "index.html"]

"""Accents, case, ligatures, hyphens, plurals and endings do not matter, and the browser agrees with the build."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from macros.catalogue import Catalogue
from macros.search.words import ARTICLES, CHAIN, ENDINGS, PLURALS, STOP, _stems_of, expression, folded, name_keys, stem, stems, words
from tests.test_search_index import records

FAMILIES = (
    "bénévole bénévoles bénévolat benevol BÉNÉVOLE", "collectivité collectivités collectivite", "crèche crèches creche", "œuvre oeuvres Œuvre", "rénover rénovation rénovés",
    "financer financement financeurs financière", "coopération coopérer coopérative coopératif", "association associatif associatives associer", "local locaux", "créer création créée",
    "département départemental départementaux", "territoire territorial territoriale", "commune communal communaux", "municipal municipalité municipaux", "partenaire partenariat",
    "recyclerie recycler recyclage", "héberger hébergement", "accueil accueillir", "parent parental parentalité", "convention conventionnement conventionner",
    "subvention subventionner subventionnée", "berceau berceaux", "contractualisation contractualiser contractuelle", "travail travaux", "solidaire solidarité", "public publique",
    "assistant assistantes assistance", "maternel maternelles", "passerelle passerelles", "expérimenter expérimental expérimentation", "famille familial familiaux", "rural ruralité ruraux",
)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_forms_of_a_word_share_one_stem(family: str) -> None:
    assert len({stem(word) for word in words(family)}) == 1


@pytest.mark.parametrize("pair", ("commune communauté", "crèche crédit", "local logement", "maire maternel", "place plan", "garderie garde", "parent parc", "région régie"))
def test_words_that_have_nothing_in_common_keep_apart(pair: str) -> None:
    assert len({stem(word) for word in words(pair)}) == 2


def test_hyphens_apostrophes_and_thousands_do_not_matter() -> None:
    assert stems("micro-crèche") == (["micro", "crech"], ["microcrech"])
    assert stems("l’accueil d'un enfant")[0] == ["acueil", "enfant"]
    assert stems("15\u202f000 €")[0] == stems("15 000 €")[0] == stems("15000")[0] == ["15000"]


@pytest.mark.parametrize("text", [
    "3 500 000 et 12 000,50 €", "l’Hôpital-d’Œilly, mi-temps", "5\u0302 000", "5 \u0302000", "5¨000", "x\u0302 000", "5 000\u03020", "a-t-il café\u0301 ?", "un\ndeux\t3\n500", "m² 500 ½ 500 １２ 000",
])
def test_a_text_cut_at_its_spaces_has_the_stems_of_the_whole(text: str) -> None:
    """Thousands, and accents that no letter bears, are seen before."""
    found = [_stems_of(chain) for chain in CHAIN.findall(folded(text))]
    assert stems(text) == ([stem for kept, _ in found for stem in kept], [whole for _, whole in found if whole])


def test_an_expression_is_one_key_whatever_its_small_words() -> None:
    assert expression("Services d’intérêts économiques généraux") == expression("service d'intérêt économique général") == "servic_interet_econom_gener"


def test_a_name_is_one_key_with_and_without_its_article() -> None:
    assert name_keys("Méli-Mélo") == name_keys("MÊLI MÊLO") == name_keys("mélimélo") == {"melimelo"}
    assert name_keys("Les Polichinelles") == {"lespolichineles", "polichineles"}
    assert name_keys("St-Malo") == {"saintmalo"}


def test_stop_words_are_written_as_they_are_compared() -> None:
    """A stop word with an accent or a doubled consonant would never be met."""
    assert all(list(words(word)) == [word] for word in STOP | ARTICLES)


STRANGE = "Æther ŒUVRE ﬁche № 5 m² İstanbul ẞ Ǆ １２ 3 500 000 12 000,50 l’Hôpital-d’Œilly 2A004 mi-temps a-t-il café\u0301 e\u0323\u0301 日本 🎈 constructor __proto__ toString"


def test_the_browser_reads_words_as_the_build_does(page: Page, catalogue: Catalogue) -> None:
    """Every word of the site, and some that are not in it."""
    texts = [STRANGE, *(" ".join([record.titre, record.lieu, record.resume, *record.passages, *(name for name, _ in record.noms)]) for record in records(catalogue))]
    tables = {"pluriels": PLURALS, "fins": ENDINGS, "vides": sorted(STOP)}
    page.goto("recherche/")
    read = page.evaluate(
        """async ([tables, textes]) => {
             const { analyse } = await import("/assets/js/recherche-mots.js");
             const { mots } = analyse(tables);
             return textes.map((texte) => mots(texte).map(({ mot, racine }) => [mot, racine]));
           }""", [tables, texts])
    for text, seen in zip(texts, read, strict=True):
        expected = [[word, "" if word in STOP or (len(word) == 1 and not word.isdigit()) else stem(word)] for word in words(text)]
        assert seen == expected
        assert [root for _, root in seen if root] == stems(text)[0]



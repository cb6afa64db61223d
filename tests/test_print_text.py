"""Text of the data on its way to paper: nothing is lost, nothing is read as markup."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from macros.catalogue import Catalogue
from macros.print import sheets
from macros.print.balance import HEAD, PAGE, STRETCHES, WIDE, arrangements, height, measured, spread
from macros.print.case import case_sheet
from macros.print.lever import lever_sheet
from macros.print.marks import Marks
from macros.print.parts import CAUTION, FULL, REFERENCE, RULE, acronyms, reference, resources
from macros.print.text import Block, blocks, followed, led, paragraph, quiet, run
from macros.print.typesetting import Printed, set_pdf
from macros.typography import french

ADDRESS = "https://exemple.example/cas/essai/"


def said(content: object) -> str:
    """Every text of a structure, in its order."""
    if isinstance(content, dict):
        return "".join(said(value) for key, value in content.items() if key in ("t", "title", "value", "label", "date", "kind", "place") or isinstance(value, (list, dict)))
    if isinstance(content, (list, tuple)):
        return "".join(said(item) for item in content)
    return content if isinstance(content, str) else ""


def texts(content: list[Block]) -> str:
    """The runs of blocks, in their order."""
    return "".join(part.get("t", "") for block in content for part in block.get("r", ()))


def test_a_plain_text_is_one_paragraph_in_french_typography() -> None:
    """The same rules as on the site, from the same code."""
    assert blocks("L'aide : 15 000 € ?") == [{"k": "p", "r": [{"t": "L’aide\u202f: 15\u202f000\u00a0€\u202f?"}]}]


def test_a_hash_a_dollar_and_an_at_sign_stay_text() -> None:
    """They mean something to Typst, which never sees them as code."""
    assert texts(blocks("#let x = $ @ref ~ <a> // /* \"")) == "#let x = $ @ref ~ <a> // /* \""


def test_emphasis_links_and_lists_are_kept() -> None:
    """With their nesting."""
    content = blocks("Un *mot*, un **autre** et [un lien](https://exemple.example/).\n\n- a\n- b\n\n    1. c")
    assert content[0]["r"] == [run("Un "), run("mot", i=True), run(", un "), run("autre", b=True), run(" et "), run("un lien", u="https://exemple.example/"), run(".")]
    first, second = content[1]["i"]
    assert texts(first) == "a"
    assert (texts(second[:1]), second[1]["k"], texts(second[1]["i"][0])) == ("b", "ol", "c")


@pytest.mark.parametrize("text", ["Un texte simple.", "L'aide : « 3 % » ; puis 12 ans", "1er janvier", "2 - 3 = -1", "a + b", "3.5 m²"])
def test_a_text_without_markup_is_read_alike_by_both_roads(text: str) -> None:
    """The short way, taken for speed, gives what Markdown would."""
    assert [texts([block]) for block in blocks(text)] == [texts([block]) for block in blocks(f"{text}\n\n*x*")][:-1]


def test_a_link_that_is_not_trusted_leaves_its_words() -> None:
    """And leads nowhere."""
    assert blocks("[un piège](javascript:alert(1)) ici")[0]["r"][0] == run("un piège")


def test_a_remark_follows_the_last_line_of_text_and_a_verb_leads_the_first() -> None:
    """Where the text ends with a list, the remark gets its own line."""
    assert texts(followed(blocks("Fin."), [quiet(" (déduit)")])) == "Fin. (déduit)"
    after = followed(blocks("- a"), [quiet("(déduit)")])
    assert [block["k"] for block in after] == ["ul", "p"]
    assert texts(led(run("Prêter. ", b=True), blocks("Un local."))) == "Prêter. Un local."


def test_notes_are_numbered_where_they_are_first_cited(catalogue: Catalogue) -> None:
    """And the same source keeps its number."""
    marks = Marks(catalogue, ADDRESS)
    assert marks.mark("rtes-2026", "rtes-2021") == [{"n": [1, 2]}]
    assert marks.mark("rtes-2021", "cress-pdl") == [{"n": [2, 3]}]
    assert marks.mark() == []


def test_what_a_group_of_sources_shares_is_said_once(catalogue: Catalogue) -> None:
    """The date at which all outside sources were read stands in the title of their group."""
    groups = lever_sheet(catalogue, "creation")["sources"]
    ours, outside = groups
    assert ours["title"] == ""
    assert outside["title"].startswith("Hors des cinq documents. Relevés le ")
    assert "Relevé le" not in said(outside["items"])
    numbers = sorted(item["n"] for group in groups for item in group["items"])
    assert numbers == list(range(1, len(numbers) + 1))


def test_an_acronym_left_unexplained_is_explained_at_the_end(catalogue: Catalogue) -> None:
    """Anstaing speaks of the CAF without saying what it is."""
    assert "CAF" in said(case_sheet(catalogue, "anstaing")["acronyms"])


@pytest.mark.parametrize(("detail", "wanted"), [(FULL, "À\u00a0vérifier"), (CAUTION, "À\u00a0vérifier"), (REFERENCE, "2000-321"), (RULE, "convention est obligatoire")])
def test_landmarks_are_printed_with_as_much_detail_as_asked(catalogue: Catalogue, detail: int, wanted: str) -> None:
    """What is left out is told to stand in the collection."""
    content = said(lever_sheet(catalogue, "contractualisation", detail))
    assert wanted in content
    assert ("le recueil" in content) == (detail != FULL)
    assert detail != RULE or ("2000-321" not in content and "vérifier\u202f:" not in content)


def test_a_tool_begins_with_the_mode_it_is(catalogue: Catalogue) -> None:
    """As on its page: its name, which leads to it, then what is said of it."""
    tools = next(part for part in lever_sheet(catalogue, "contractualisation")["sections"] if part["id"] == "outils")
    first = tools["blocks"][0]["i"][0][0]["r"]
    assert (first[0]["t"], first[0]["b"]) == (french(catalogue.modes[catalogue.leviers["contractualisation"].outils[0].mode or ""].nom), True)
    assert first[0]["u"].endswith("/modes/subvention-pluriannuelle/")
    assert first[1]["t"] == ". "
    assert "Avec des indicateurs" in first[2]["t"]


def test_a_lever_without_case_says_so_in_words(catalogue: Catalogue) -> None:
    """Rather than « 0 cas »."""
    assert lever_sheet(catalogue, "passerelles")["place"].startswith("aucun cas · ")
    assert lever_sheet(catalogue, "locaux")["place"].startswith(f"{len(catalogue.cas_par_levier['locaux'])} cas · ")


def test_notes_stand_in_the_order_of_their_numbers(catalogue: Catalogue) -> None:
    """A source met before keeps its number, and comes first."""
    marks = Marks(catalogue, ADDRESS)
    marks.mark("rtes-2026")
    assert marks.mark("rtes-2021", "rtes-2026") == [{"n": [1, 2]}]


def test_an_unknown_publisher_is_said_to_be_one(catalogue: Catalogue) -> None:
    """« Non précisé » alone, beside a title, does not tell what is not known."""
    marks = Marks(catalogue, ADDRESS)
    assert "éditeur non précisé, 2017" in said(resources(marks, ("fusion-epci-2017",)))
    assert said(reference(catalogue, "ext-bonnes-pratiques-plaine-commune")[0]).startswith("Éditeur non précisé, ")
    assert said(reference(catalogue, "rtes-2026")[0]).startswith("RTES, ")


def _part(identifier: str, words: int, place: str) -> dict[str, Any]:
    return {"id": identifier, "title": identifier, "style": "plain", "place": place, "blocks": [{"k": "p", "r": [run("mot " * words)]}]}


def test_free_parts_go_where_both_columns_end_soonest() -> None:
    """A long text leaves the narrow column to the others; fixed parts do not move."""
    sheet = {"sections": [_part("texte", 900, "main"), _part("note", 60, "free"), _part("fixe", 10, "side")], "sources": []}
    assert [part["place"] for part in spread(sheet, measured(sheet))[0]] == ["main", "side", "side"]
    sheet["sections"][0] = _part("texte", 5, "main")
    assert [part["place"] for part in spread(sheet, measured(sheet))[0]] == ["main", "main", "side"]


def test_a_short_fiche_is_set_at_ease_and_a_long_one_tightly(catalogue: Catalogue) -> None:
    """Whatever the way, no part is lost."""
    short, long = case_sheet(catalogue, "nancy"), case_sheet(catalogue, "pope")
    assert next(arrangements(short, 1))[1]["density"] == "airy"
    assert next(arrangements(long, 1))[1]["density"] in ("dense", "tight")
    for sheet in (short, long):
        for pages, way in arrangements(sheet, 1):
            assert pages > 0
            assert way["density"] in STRETCHES
            assert [part["id"] for part in way["sections"]] == [part["id"] for part in sheet["sections"]]


def test_a_fiche_that_runs_over_after_all_is_set_at_ease_on_the_next_page(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wide letters take more room than worked out: the page thus opened is used, rather than left nearly empty under a tight one."""
    tried: list[str] = []

    def watched(layout: str, data: dict[str, Any], name: str, timestamp: int) -> Printed:
        tried.append(data["density"])
        return set_pdf(layout, data, name, timestamp)

    monkeypatch.setattr(sheets, "set_pdf", watched)
    sheet = {**case_sheet(catalogue, "nancy"), "sections": [{**_part("texte", 0, "main"), "blocks": [paragraph(run("MMMMM " * 550))], "keep": False}]}
    assert sheets.fitted("case", sheet, "essai", 0).pages == 2
    assert tried[0] != "airy"
    assert tried[-1] == "airy"


def test_a_case_is_not_tried_on_a_page_that_it_would_fill_to_the_last_line(catalogue: Catalogue) -> None:
    """A try costs as much as the fiche, and of those expected to fill a page but for less than a line, hardly one stood on it."""
    seen = set()
    for lines in range(30, 60):
        part = {**_part("texte", 0, "main"), "blocks": [paragraph(run("Une ligne.")) for _ in range(lines)]}
        sheet = {**case_sheet(catalogue, "nancy"), "sections": [part], "sources": [], "identity": [], "steps": []}
        left = PAGE - HEAD - STRETCHES["tight"] * height(part, WIDE)
        assert next(arrangements(sheet, sheets.HOPES["case"]))[0] == (1 if left >= 1 else 2)
        seen.add("room" if left >= 1 else "full" if left >= 0 else "more")
    assert seen == {"room", "full", "more"}


def test_height_grows_with_the_text_and_in_a_narrow_column() -> None:
    """The measure on which the division of the columns rests."""
    assert height(_part("a", 100, "main"), 80) < height(_part("a", 200, "main"), 80) < height(_part("a", 200, "main"), 40)


def test_an_acronym_after_an_apostrophe_is_explained_at_the_foot(catalogue: Catalogue) -> None:
    """« L’ESS », « l'EPCI »: elided or not, they are the same words; a longer word is another one."""
    listed = "".join(part["t"] for part in acronyms(catalogue, {"t": "La place de l’ESS, l'EPCI et la FESSE."}))
    assert listed.startswith("EPCI") and "ESS\u202f: économie sociale et solidaire." in listed
    assert acronyms(catalogue, {"t": "FESSE, ESS-93"}) == []
    assert acronyms(replace(catalogue, termes={}), {"t": "L’ESS"}) == []


@pytest.mark.parametrize(("text", "listed"), [("Une coopérative d’intérêt collectif (SCIC)", False), ("Une société (SCIC)", True), ("Une SCIC", True)])
def test_an_acronym_explained_where_it_stands_is_not_explained_again(catalogue: Catalogue, text: str, listed: bool) -> None:
    """Even by the last words of its meaning alone; any other remark in brackets explains nothing."""
    assert bool(acronyms(catalogue, {"t": text})) is listed

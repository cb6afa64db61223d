"""The two matrices: levers × cases, modes × sources."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from macros.catalogue import Catalogue
from macros.explorer import matrix
from macros.model.case import LevierMontre
from tests.conftest import Open, axe, seen


def test_a_deduced_silence_is_not_a_citation(catalogue: Catalogue) -> None:
    """The 2026 edition no longer speaks of the DSP: the entry that says so does not count."""
    dsp = catalogue.modes["dsp"]
    assert matrix.said(dsp, "rtes-2026") == []
    assert [phrase.texte for phrase in matrix.unsaid(dsp, "rtes-2026")] == ["L'édition 2026 ne cite plus la DSP."]
    assert matrix.citing(catalogue, dsp) == ["rtes-2021", "reso-solidaire-35"]
    assert "rtes-2026" not in matrix.citing(catalogue, catalogue.modes["sieg"])


def test_a_lever_is_deduced_when_all_its_actions_are() -> None:
    """Its verbs come in the order of the actions."""
    def lever(*status: str) -> LevierMontre:
        return LevierMontre.model_validate({"levier": "l", "actions": [{"verbe": f"Agir {rank}", "texte": "t", "source": "s", "statut": said} for rank, said in enumerate(status)]})

    assert matrix.verbs(lever("cite", "deduit")) == "Agir 0, Agir 1"
    assert matrix.deduced(lever("deduit", "deduit")) and not matrix.deduced(lever("deduit", "cite"))


def test_documents_from_outside_stand_apart(catalogue: Catalogue) -> None:
    for mode in catalogue.modes.values():
        assert not {source for phrase in matrix.outside(catalogue, mode) for source in phrase.sources} & set(catalogue.documents)
    assert matrix.outside(catalogue, catalogue.modes["subvention"])


def test_each_cell_says_what_was_done_or_is_visibly_empty(page: Page, catalogue: Catalogue) -> None:
    """One row per case that shows a lever, one cell per lever; verbs where the case has actions, a dash elsewhere."""
    page.goto("matrice/")
    table = page.get_by_role("table", name="Ce que chaque cas montre de chaque levier")
    headers = table.locator("thead th").all_inner_texts()
    assert headers[1:] == [catalogue.leviers[key].titre_court.replace("'", "’") for key in catalogue.leviers_en_ordre]
    rows = table.locator("tbody tr")
    shown = [key for key in catalogue.cas_en_ordre if catalogue.cas[key].leviers]
    assert rows.count() == len(shown) + 1
    for index, key in enumerate(shown):
        assert rows.nth(index).locator("th a").get_attribute("href") == f"../cas/{key}/"
        for lever, cell in zip(catalogue.leviers_en_ordre, rows.nth(index).locator("td").all_inner_texts(), strict=True):
            found = [item for item in catalogue.cas[key].leviers if item.levier == lever]
            if not found:
                assert cell.startswith("–"), (key, lever, cell)
            elif found[0].actions:
                for action in found[0].actions:
                    assert action.verbe.replace("'", "’") in cell, (key, lever, cell)
            else:
                assert "geste non décrit" in cell, (key, lever, cell)


def test_the_last_row_counts_the_cases_of_each_lever(page: Page, catalogue: Catalogue) -> None:
    page.goto("matrice/")
    counts = page.locator(".matrice__total td").all_inner_texts()
    assert [int(text.split()[0]) for text in counts] == [len(catalogue.cas_par_levier[key]) for key in catalogue.leviers_en_ordre]
    page.locator(".matrice__total td a").first.click()
    expect(page.locator(".explorer__bilan")).to_contain_text(f"{len(catalogue.cas_par_levier[catalogue.leviers_en_ordre[0]])} cas sur")


def test_the_modes_say_how_many_documents_speak_of_them(page: Page, catalogue: Catalogue) -> None:
    page.goto("matrice/")
    row = page.get_by_role("table", name="Ce que chaque document dit de chaque mode").locator("tr", has=page.get_by_role("link", name="Délégation de service public"))
    expect(row.locator("th")).to_contain_text("cité par 2 documents sur 5")
    silent = row.locator("td").nth(catalogue.documents.index("rtes-2026"))
    expect(silent).to_contain_text("non cité")
    expect(silent).to_contain_text("(déduit)")


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_matrices_have_no_accessibility_fault(ouvrir: Open, width: int, scheme: str) -> None:
    page = ouvrir(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto("matrice/")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_without_scripts_each_cell_says_its_column(ouvrir: Open) -> None:
    """Cells are stacked under the case, each after the name of its lever; nothing has to be scrolled sideways."""
    page = ouvrir(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page.goto("matrice/")
    cell = page.locator(".matrice").first.locator("tbody tr").first.locator("td").first
    assert "Des locaux" in cell.get_attribute("data-label")  # type: ignore[operator]
    box, table = cell.bounding_box(), page.locator(".matrice").first.bounding_box()
    assert box and table
    assert table["width"] <= 320
    assert box["width"] > table["width"] * 0.8


def test_the_matrix_scrolls_by_keyboard_on_a_wide_screen(ouvrir: Open) -> None:
    """The region takes the focus, arrows scroll it, the name of the case stays in sight."""
    page = ouvrir(viewport={"width": 768, "height": 900})
    page.goto("matrice/")
    region = page.get_by_role("region", name="Les leviers et les cas")
    region.focus()
    page.keyboard.press("ArrowRight")
    seen(lambda: region.evaluate("zone => zone.scrollLeft") > 0)
    name, zone = region.locator("tbody th").first.bounding_box(), region.bounding_box()
    assert name and zone
    assert abs(name["x"] - zone["x"]) < 3

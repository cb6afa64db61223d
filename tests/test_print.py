"""The PDFs as a reader, a screen reader and a photocopier meet them: opened, measured, read back."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from macros import rendering
from macros.catalogue import Catalogue
from macros.explorer.lists import WHOLE
from macros.folders import PROJECT
from macros.loading import load
from macros.model.case import Cas
from macros.outputs import OutputError
from macros.print import files, typesetting
from macros.print.case import case_sheet
from macros.print.collection import APART, MODE_LINES, collection
from macros.print.lever import NAMED
from macros.print.parts import section
from macros.print.sheets import case_ways, lever_ways
from macros.print.store import Store
from macros.print.text import paragraph, run
from macros.print.typesetting import Printed, set_pdf
from macros.typography import french
from macros.weights import emptied
from tests.html_lu import Element, read
from tests.synthese import invented

CASES = sorted(path.stem for path in (PROJECT / "cases").glob("*.yml"))
LEVERS = sorted(path.stem for path in (PROJECT / "levers").glob("*.yml"))
FICHES = [("cas", key) for key in CASES] + [("leviers", key) for key in LEVERS]
PAGES = {"pope": 4, "contractualisation": 3, "plateforme-petite-enfance-35": 3, **dict.fromkeys(("anstaing", "caylus", "meli-melo", "plouguerneau", "villeurbanne"), 2),
         **{key: 2 for key in LEVERS if key != "contractualisation"}}
"""How many pages a fiche may take; one for the others."""
ASIDE = {"actions", "sommaire", "pied-de-fiche", "reemploi", "sources", "sources__retours", "puce--lecture", "hors-vue", "ext", "fil", "bouton"}
"""What the page has for the screen, or says otherwise on paper (sources are listed in groups, tested apart)."""


@lru_cache(maxsize=64)
def printed(table: str, key: str) -> bytes:
    """A PDF made from the real data, once for all tests."""
    _, make = (case_ways if table == "cas" else lever_ways)(load(PROJECT), key, 0)
    return make()


@lru_cache(maxsize=1)
def collected() -> bytes:
    """The collection."""
    return set_pdf("collection", collection(load(PROJECT)), "recueil", 0).content


def text_of(content: bytes) -> str:
    """What a reader program finds in a PDF, page after page."""
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def letters(text: str) -> str:
    """Letters alone: a line cut, a note or a hyphen no longer counts."""
    return "".join(character for character in text.lower() if character.isalpha())


def held(wanted: str, within: str) -> bool:
    """Whether a text is there, whole; a long one may be cut once, between two pages or two columns."""
    return wanted in within or (len(wanted) > 40 and any(wanted[:cut] in within and wanted[cut:] in within for cut in range(4, len(wanted) - 3)))


def objects(pdf: pikepdf.Pdf, kind: str) -> Iterator[Any]:
    """Every dictionary of a type."""
    return (item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == kind)


@pytest.mark.parametrize(("table", "key"), FICHES)
def test_a_fiche_keeps_to_its_pages(table: str, key: str) -> None:
    """A leaf for a lever and for the main cases, a page for the short ones."""
    assert len(pypdfium2.PdfDocument(printed(table, key))) <= PAGES.get(key, 1)


@pytest.mark.parametrize(("table", "key"), [*FICHES, ("", "recueil")])
def test_a_pdf_is_accessible(table: str, key: str, catalogue: Catalogue) -> None:
    """Tagged, titled, in French, with bookmarks, table headers, alternative texts and its own fonts."""
    pdf = pikepdf.open(io.BytesIO(printed(table, key) if table else collected()))
    assert str(pdf.Root.Lang).startswith("fr")
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        title = metadata["dc:title"]
    assert title == french(getattr(catalogue, table)[key].titre if table else f"{catalogue.reglages.nom} : le recueil")
    with pdf.open_outline() as outline:
        assert outline.root and outline.root[-1].title
    fonts = list(objects(pdf, "/FontDescriptor"))
    assert fonts and all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    tags = [str(item.S) for item in objects(pdf, "/StructElem")]
    assert tags.count("/Table") <= tags.count("/TH")
    assert all(str(item.get("/Alt", "")) for item in objects(pdf, "/StructElem") if str(item.S) == "/Figure")
    assert "/H1" in tags and "/L" in tags


@pytest.mark.parametrize(("table", "key"), FICHES)
def test_letters_are_never_under_ten_points(table: str, key: str) -> None:
    """Outside the numbers of the notes, the head and the foot of the page, and the references at the end."""
    document = pypdfium2.PdfDocument(printed(table, key))
    small = []
    for page in document:
        content = page.get_textpage()
        text = content.get_text_range()
        for index in range(content.count_chars()):
            _, bottom, _, top = content.get_charbox(index)
            size = pypdfium2.raw.FPDFText_GetFontSize(content, index)
            character = chr(pypdfium2.raw.FPDFText_GetUnicode(content, index))
            if size < 9.9 and character.isalpha() and bottom > 65 and top < 812:
                small.append(character)
        if re.search(r"^Sources\r?$", text, re.M):
            break
    sources = letters(text_of(printed(table, key)).rpartition("Sources\r\n")[2])
    assert len(small) <= len(sources), f"{len(small)} lettres sous 10 points, {len(sources)} dans les références"


@pytest.mark.parametrize(("table", "key"), FICHES)
def test_the_text_comes_out_in_the_order_it_is_read(table: str, key: str, catalogue: Catalogue) -> None:
    """Title, what matters, the rest, the sources."""
    said = letters(text_of(printed(table, key)))
    marks = [letters(getattr(catalogue, table)[key].titre), "enbref", "cequelacommuneafait" if "cequelacommuneafait" in said else "cequelacollectivité", "sources"]
    places = [said.find(mark) for mark in marks[:-1]] + [said.rfind("sources")]
    assert places == sorted(places) and -1 not in places, dict(zip(marks, places, strict=True))


@pytest.mark.parametrize(("table", "key", "wanted"), [
    ("cas", "meli-melo", "Méli-Mélo"), ("cas", "pope", "PôPE"), ("cas", "pope", "œuvres laïques"), ("cas", "anstaing", "25\u202f000\u00a0€"),
    ("cas", "anstaing", "Étudier"), ("cas", "anstaing", "«\u202fcrèche")])
def test_accents_ligatures_and_narrow_spaces_come_out_intact(table: str, key: str, wanted: str) -> None:
    """What is copied from the PDF is what was written."""
    assert wanted.replace("\u00a0", " ") in " ".join(text_of(printed(table, key)).replace("\u00a0", " ").replace("\r\n", " ").split(" "))


@pytest.mark.parametrize("key", LEVERS)
def test_a_label_is_never_cut_at_the_end_of_a_line(key: str) -> None:
    """Neither « À vérifier : », nor the sign before who may do it."""
    assert re.findall(r"\bÀ\s*\nvérifier|[·–]\s*\n(?:Commune|Intercommunalité|Département)", text_of(printed("leviers", key)).replace("\r", "")) == []


def test_a_name_is_never_divided() -> None:
    """Where the narrow column divides words (U+FFFE, for the reader program), « Méli-Mélo » is left whole."""
    said = "".join(text_of(printed("leviers", key)) for key in LEVERS)
    divided = re.findall(r"(\w+)\ufffe(\w+)", said)
    assert divided
    assert [pair for pair in divided if pair[0][0].isupper() and "-".join(pair) not in said and pair[1][0].islower()] == []


def _pieces(element: Element) -> Iterator[str]:
    """The texts of a page, piece by piece, without what is there for the screen only."""
    for item in element.inside:
        if isinstance(item, str):
            yield item
        elif item.tag not in ("nav", "sup", "script", "summary") and not ASIDE & set(item.attributes.get("class", "").split()):
            yield from _pieces(item)


@pytest.mark.parametrize("key", CASES)
def test_every_fact_of_the_page_of_a_case_is_in_its_pdf(key: str, catalogue: Catalogue) -> None:
    """Every value, caution, date and name; titles of columns and invitations to contribute are for the screen."""
    page = read(str(rendering.fiche(catalogue, "cas", key)))
    for heading in page.all("th", "dt"):
        if heading.attributes.get("scope") == "col" or (heading.parent and heading.parent.parent and heading.parent.parent.parent
                                                        and "chiffre" in heading.parent.parent.parent.attributes.get("class", "").split()):
            heading.inside.clear()
    said = letters(text_of(printed("cas", key)))
    screen = re.compile(r"Vous savez|Complétez|Qui peut confirmer|Corriger ou compléter|Ce qui a changé d'une édition à l'autre|Lecture|^\s*selon la source")
    missing = [piece.strip() for piece in _pieces(page) if letters(piece) and not screen.search(piece) and not held(letters(french(piece)), said)]
    assert missing == []


@pytest.mark.parametrize("key", LEVERS)
def test_every_fact_of_a_lever_is_printed(key: str, catalogue: Catalogue) -> None:
    """In its fiche; the detail of its legal landmarks may stand in the collection, their rules never."""
    fiche, everything = letters(text_of(printed("leviers", key))), letters(text_of(collected()))
    lever = catalogue.leviers[key]
    said = [lever.titre, *(item.texte for item in (lever.en_une_phrase, *lever.pourquoi, *lever.moyens, *lever.outils, *lever.cadre, *lever.vigilance, *lever.changements)),
            *(item.reserve for item in (*lever.pourquoi, *lever.moyens, *lever.outils) if item.reserve), *(item.verbe for item in lever.moyens), *lever.inconnues,
            *(catalogue.cas[case].titre for case in catalogue.cas_par_levier[key]), *(catalogue.ressources[item].titre for item in lever.ressources)]
    marks = [catalogue.reperes[item] for item in catalogue.reperes_de("leviers", key)]
    assert [text for text in [*said, *(mark.titre for mark in marks)] if not held(letters(french(text)), fiche)] == []
    assert [text for mark in marks for text in (mark.titre, mark.texte, mark.precaution, mark.textes_officiels or "") if not held(letters(french(text)), everything)] == []


@pytest.mark.parametrize("key", [*CASES, "recueil"])
def test_every_source_cited_is_listed(key: str, catalogue: Catalogue) -> None:
    """Publisher and title."""
    said = letters(text_of(printed("cas", key) if key != "recueil" else collected()))
    for source in (source for source, uses in catalogue.citations.items() if ("cas", key) in uses):
        assert held(letters(french(catalogue.sources[source].titre)), said), source


def _links(content: bytes) -> set[str]:
    pdf = pikepdf.open(io.BytesIO(content))
    return {str(item.A.URI) for page in pdf.pages for item in page.get("/Annots", []) if "/A" in item and "/URI" in item.A}


def test_links_lead_to_living_pages_of_the_site(catalogue: Catalogue, site: Path) -> None:
    """With the anchors they name; the others lead to the documents themselves."""
    for content in [*(printed(*fiche) for fiche in FICHES), collected()]:
        assert _links(content)
        for address in _links(content):
            assert address.startswith(("https://", "http://"))
            if address.startswith(catalogue.adresse):
                path, _, anchor = unquote(address.removeprefix(catalogue.adresse)).partition("#")
                target = site / path / "index.html" if path.endswith("/") or not path else site / path
                assert target.is_file(), address
                assert not anchor or f'id="{anchor}"' in target.read_text(encoding="utf-8"), address


@pytest.mark.parametrize(("table", "key"), FICHES)
def test_each_page_carries_its_address_its_number_and_the_licence(table: str, key: str, catalogue: Catalogue) -> None:
    """A photocopied leaf can be traced back."""
    document = pypdfium2.PdfDocument(printed(table, key))
    for number, page in enumerate(document, 1):
        said = page.get_textpage().get_text_range()
        assert f"{catalogue.adresse}{table}/{key}/" in said
        assert f"page {number} sur {len(document)}" in said
        assert "Licence Ouverte 2.0" in said
    assert table != "cas" or letters(catalogue.etat(key)) in letters(text_of(printed(table, key)))


def test_the_collection_holds_everything_with_its_contents(catalogue: Catalogue) -> None:
    """Cover, contents with page numbers, levers with their cases, modes compared, landmarks, words, sources."""
    document = pypdfium2.PdfDocument(collected())
    contents = document[1].get_textpage().get_text_range()
    whole = letters(text_of(collected()))
    for title in [lever.titre for lever in catalogue.leviers.values()] + [case.titre for case in catalogue.cas.values()]:
        assert held(letters(french(title)), letters(contents))
        assert whole.count(letters(french(title))) >= 2
    assert len(re.findall(r"\d+\r?$", contents, re.M)) >= len(catalogue.leviers) + len(catalogue.cas)
    for name in (*(mode.nom for mode in catalogue.modes.values()), *(word.terme for word in catalogue.termes.values())):
        assert held(letters(french(name)), whole), name


def test_a_mode_is_compared_on_one_page(catalogue: Catalogue) -> None:
    """Its row is whole, beside its name, which stays in its column."""
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(collected())]
    table = [page for page in pages if re.search(r"^Modes de soutien comparés\r?$", page.get_text_range(), re.M)]
    for mode in catalogue.modes.values():
        said = [letters(french(item.texte)) for name, _ in MODE_LINES for item in getattr(mode, name)]
        assert any(all(text in letters(page.get_text_range()) for text in said) for page in table), mode.nom
    page = next(page for page in table if "d’investissement" in page.get_text_range())
    text = "".join(page.get_text_range(rank, 1) or " " for rank in range(page.count_chars()))
    end, beginning = text.index("d’investissement") + len("d’investissement") - 1, text.index("Une aide de la collectivité")
    assert page.get_charbox(end)[2] < page.get_charbox(beginning)[0]


def test_a_mode_too_long_for_a_page_is_divided_rather_than_cut_off(catalogue: Catalogue) -> None:
    """Every sentence stands above the foot of a page."""
    mode = catalogue.modes["subvention"]
    sentences = tuple(mode.vigilance[0].model_copy(update={"texte": f"Phrase{rank}. {'Des mots pour aller à la ligne. ' * 4}"}) for rank in range(30))
    data = collection(replace(catalogue, modes={**catalogue.modes, "subvention": mode.model_copy(update={"vigilance": sentences})}))
    assert [row["whole"] for row in data["modes"]["rows"]].count(False) == 1
    found = {}
    for page in pypdfium2.PdfDocument(set_pdf("collection", data, "recueil", 0).content):
        content = page.get_textpage()
        text = "".join(content.get_text_range(rank, 1) or " " for rank in range(content.count_chars()))
        found.update({match[0]: content.get_charbox(match.start())[1] for match in re.finditer(r"Phrase\d+\.", text)})
    assert len(found) == 30 and min(found.values()) > 40


@pytest.mark.parametrize(("table", "key"), [("cas", "anstaing"), ("leviers", "locaux")])
def test_a_telephone_reads_the_address_on_every_page(table: str, key: str, catalogue: Catalogue) -> None:
    """From a copy at the resolution of a fax: the permanent address, whole."""
    for page in pypdfium2.PdfDocument(printed(table, key)):
        (code,) = zxingcpp.read_barcodes(page.render(scale=200 / 72, grayscale=True).to_pil())
        assert code.text == f"{catalogue.adresse}{table}/{key}/"


def test_a_pdf_is_the_same_from_one_build_to_the_next(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte for byte, dated by its content or by `SOURCE_DATE_EPOCH`, never by the clock."""
    date = catalogue.cas["anstaing"].redige_le
    first, second = (case_ways(catalogue, "anstaing", files.timestamp(date))[1]() for _ in range(2))
    assert first == second
    assert f"D:{date.cle.replace('-', '')}".encode() in first
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert b"D:19700102" in case_ways(catalogue, "anstaing", files.timestamp(date))[1]()


PRINTS = """
import sys
from dataclasses import replace
from macros.loading import load
from macros.outputs import OutputError
from macros.print.sheets import case_ways
from macros.sharing import Shared
real = load()
changed = replace(real, cas={"nancy": real.cas["nancy"].model_copy(update={"titre": sys.argv[1]})})
try:
    print(*Shared(lambda keys: [len(case_ways(changed, key, 0)[1]()) for key in keys], ["nancy"], many=1).results())
except OutputError as error:
    print(error)
"""


@pytest.mark.parametrize(("title", "said"), [("Nancy", r"\[\d{5,}\]"), ("Nancy 漢", "« 漢 » manque")])
def test_nothing_is_left_where_the_machine_keeps_what_is_temporary(title: str, said: str, tmp_path: Path) -> None:
    """Whether the PDF is made or refused, by a copy of the process, which ends without a farewell."""
    done = subprocess.run([sys.executable, "-c", PRINTS, title], cwd=PROJECT, env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, text=True, check=True)
    assert re.search(said, done.stdout)
    assert list(tmp_path.iterdir()) == []


def test_only_what_changed_is_set_again(tmp_path: Path) -> None:
    """And an entry that nobody asked for lately goes away."""
    store = Store(tmp_path)
    for content, expected in ((["a"], 1), (["a"], 1), (["b"], 2)):
        assert store.get(".pdf", content, lambda: b"x") == b"x"
        assert store.made == expected
    old = tmp_path / "ancien.pdf"
    old.write_bytes(b"x")
    os.utime(old, (0, 0))
    (tmp_path / "parti.pdf").symlink_to(tmp_path / "ailleurs")  # seen, then gone: another build renames what it has made
    store.sweep()
    assert not old.exists() and len(list(tmp_path.iterdir())) == 3


def test_a_site_of_many_cases_prints_them_one_by_one(catalogue: Catalogue) -> None:
    """One document of hundreds of fiches serves nobody and takes the memory of the machine: the collection keeps the rest and says where they are; a lever stays on its leaf."""
    made = {key: Cas.model_validate(record) for key, record in invented(3 * WHOLE, catalogue)}
    many = replace(catalogue, cas=made)
    few = replace(catalogue, cas=dict(list(made.items())[:WHOLE]))
    assert sum(len(chapter["cases"]) for chapter in collection(few)["chapters"]) == WHOLE
    data = collection(many)
    assert [chapter["cases"] for chapter in data["chapters"]] == [[]] * len(catalogue.leviers)
    whole = set_pdf("collection", data, "recueil", 0).content
    said = letters(text_of(whole))
    assert letters(french(APART)) in said
    assert len(json.dumps(data)) < 2 * len(json.dumps(collection(catalogue)))
    for view in ("accueil", "leviers"):
        assert ("tout lire" in rendering.view(few, view).lower() or "tous les cas" in rendering.view(few, view)) and "tout lire" not in rendering.view(many, view).lower()
        assert "tous les cas à imprimer" not in rendering.view(many, view)
    for key in catalogue.leviers:
        total = len(many.cas_par_levier[key])
        assert total > NAMED
        fiche = lever_ways(many, key, 0)[1]()
        assert len(pypdfium2.PdfDocument(fiche)) <= 3
        assert letters(french(f"Les {total} cas de ce levier sont sur le site")) in letters(text_of(fiche))
        assert f"{catalogue.adresse}cas/?levier={key}" in _links(fiche)


@pytest.mark.parametrize("text", ["# *a* $x$ \\ @ref `c` <d> // /* #let", "#set text(size: 1pt)", "#panic()"])
def test_text_is_never_read_as_code(text: str, catalogue: Catalogue) -> None:
    """What a contributor types is what is printed."""
    case = catalogue.cas["nancy"].model_copy(update={"titre": text})
    changed = replace(catalogue, cas={**catalogue.cas, "nancy": case})
    said = text_of(case_ways(changed, "nancy", 0)[1]())
    assert "".join(french(text).split()) in "".join(said.split())


def test_a_sign_made_of_several_is_drawn_as_one(catalogue: Catalogue) -> None:
    """A family is one picture, not its members one after the other: in the title, it is narrower than two of them."""
    def width(sign: str) -> float:
        case = catalogue.cas["nancy"].model_copy(update={"titre": f"A{sign}Z"})
        page = pypdfium2.PdfDocument(case_ways(replace(catalogue, cas={**catalogue.cas, "nancy": case}), "nancy", 0)[1]())[0].get_textpage()
        text = "".join(page.get_text_range(rank, 1) or " " for rank in range(page.count_chars()))
        first = next(rank for rank, letter in enumerate(text) if letter == "A" and page.get_charbox(rank)[3] - page.get_charbox(rank)[1] > 10)
        return float(page.get_charbox(text.index("Z", first))[0] - page.get_charbox(first)[2])

    assert width("👩\u200d👧") < 1.5 * width("👩") < width("👩👧")


@pytest.mark.parametrize(("rows", "kept"), [(3, True), (70, False)])
def test_a_short_table_is_kept_on_one_page_a_long_one_is_divided_between_its_rows(rows: int, kept: bool, catalogue: Catalogue) -> None:
    """Wherever it begins."""
    cells = [[[paragraph(run(f"Ouvre{row}. {'Des mots pour aller à la ligne. ' * 3} Ferme{row}."))] for _ in "ab"] for row in range(rows)]
    table = section("tableau", "Tableau", [{"k": "table", "head": ["Un", "Deux"], "widths": [1, 1], "rows": cells}])
    assert table["keep"] is kept
    divided = False
    for lines in range(24, 44):
        filler = section("texte", "Texte", [paragraph(run("Une ligne.")) for _ in range(lines)])
        sheet = {**case_sheet(catalogue, "nancy"), "sections": [filler, table], "density": "normal"}
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(set_pdf("case", sheet, "essai", 0).content)]
        where = [{rank for rank, page in enumerate(pages) if f"{word}{row}." in page} for row in range(rows) for word in ("Ouvre", "Ferme")]
        assert all(len(found) == 1 for found in where)
        assert where[::2] == where[1::2], "no row is divided"
        divided |= len(set.union(*where)) > 1
    assert divided is not kept


def test_a_character_without_glyph_stops_the_build_and_names_the_case(catalogue: Catalogue) -> None:
    """No PDF with holes is ever published."""
    case = catalogue.cas["nancy"].model_copy(update={"titre": "Nancy 漢"})
    changed = replace(catalogue, cas={**catalogue.cas, "nancy": case})
    with pytest.raises(OutputError, match=r"cases/nancy\.yml : « 漢 » manque"):
        case_ways(changed, "nancy", 0)[1]()


def test_a_missing_font_stops_the_build(catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than fall back on whatever the machine has."""
    monkeypatch.setattr(typesetting, "FONTS", tmp_path)
    typesetting._compiler.cache_clear()
    try:
        with pytest.raises(OutputError, match=r"cases/nancy\.yml : "):
            case_ways(catalogue, "nancy", 0)[1]()
    finally:
        typesetting._compiler.cache_clear()


def test_the_page_says_how_long_and_how_heavy_its_pdf_is(tmp_path: Path) -> None:
    """Once the PDF is made: a reader on a phone knows before opening it. A page that says it already says what is true now."""
    page = tmp_path / "cas" / "nancy" / "index.html"
    page.parent.mkdir(parents=True)
    drawn = '<a href="../../pdf/cas/nancy.pdf">PDF<!--poids--><!--/poids--></a>, 3\u00a0pages (9\u00a0ko)'
    page.write_text(drawn, encoding="utf-8")
    files._announce(str(page), Printed(printed("cas", "nancy")))
    assert re.fullmatch(r"<a [^>]*>PDF<!--poids-->, 1\u00a0page \(\d+\u00a0ko\)<!--/poids--></a>, 3\u00a0pages \(9\u00a0ko\)", page.read_text(encoding="utf-8"))
    files._announce(str(page), Printed(b"/Type/Pages/Count 12" + bytes(40_000)))
    assert page.read_text(encoding="utf-8") == drawn.replace("--><!--", "-->, 12\u00a0pages (40\u00a0ko)<!--")
    assert emptied(page.read_bytes()) == drawn.encode()


@pytest.mark.parametrize("page", ["<p>Rien</p>", "<!--/poids--> avant <!--poids-->", ""])
def test_a_page_without_a_place_for_it_is_left_as_it_is(tmp_path: Path, page: str) -> None:
    """Nor is one made for a fiche that has none."""
    path = tmp_path / "index.html"
    path.write_text(page, encoding="utf-8")
    files._announce(str(path), Printed(b""))
    files._announce(str(tmp_path / "absent.html"), Printed(b""))
    assert path.read_text(encoding="utf-8") == page and not (tmp_path / "absent.html").exists()


def test_the_collection_is_announced_where_one_decides_to_print(site: Path) -> None:
    """At home and with the levers, with its length and its weight; in no other page is a place for it left open."""
    for page in files.COLLECTION_PAGES:
        html = (site / page / "index.html").read_text(encoding="utf-8")
        assert re.search(r'pdf/recueil\.pdf"', html)
        assert re.search(r"PDF<!--poids-->, \d+\u00a0pages \(\d,\d\u00a0Mo\)<!--/poids-->", html), page
    assert [path for path in site.rglob("*.html") if b"<!--poids--><!--/poids-->" in path.read_bytes()] == []

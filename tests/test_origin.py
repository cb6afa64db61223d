"""What is written of a case is recognised without being worked out again, and only as long as nothing that it comes from has changed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from macros import keeping, rendering, swap
from macros.catalogue import Catalogue
from macros.explorer.comparison import write_comparisons
from macros.exports.api import write_api
from macros.exports.csv_tables import write_csv
from macros.exports.embeds import write_embeds
from macros.origin import alone, each_case, ground, origin
from macros.outputs import Output
from macros.pages import fiches
from macros.print import files, sheets, store
from macros.print.case import case_sheet
from macros.print.store import Store
from macros.print.typesetting import Printed
from macros.search.files import write_search
from macros.writing import Writer
from tests.test_print import text_of

KEY = "nancy"
WRITERS = [write_search, write_comparisons, write_api, write_csv, write_embeds]


class Press:
    """Writes the PDF of one case as a build does, and counts how many sheets were worked out."""

    def __init__(self, site: Path) -> None:
        self.site, self.sheets = site, 0

    def printed(self, catalogue: Catalogue) -> bytes:
        """The PDF, as published."""
        files.write_case(KEY, ground(catalogue), catalogue, self.site)
        return (self.site / "pdf" / "cas" / f"{KEY}.pdf").read_bytes()


@pytest.fixture
def press(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Press]:
    """With an empty store, and copies of the code and of the layouts that can be changed."""
    made = Press(tmp_path / "site")
    ways = sheets.case_ways

    def counted(*given: Any) -> sheets.Ways:
        made.sheets += 1
        return ways(*given)

    for name in ("SITE_URL", "DEPOT", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sheets, "case_ways", counted)
    monkeypatch.setattr(Store.__init__, "__defaults__", (tmp_path / "pdf",))
    for module in (store, keeping):
        shutil.copytree(module.HERE, tmp_path / module.__name__, ignore=shutil.ignore_patterns("__pycache__"))
        monkeypatch.setattr(module, "HERE", tmp_path / module.__name__)
    _forget()
    yield made
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    keeping.code.cache_clear()
    store._tools.cache_clear()


def _with(catalogue: Catalogue, table: str, key: str, **values: Any) -> Catalogue:
    records: dict[str, Any] = getattr(catalogue, table)
    changed: dict[str, Any] = {table: {**records, key: records[key].model_copy(update=values)}}
    return replace(catalogue, **changed)


def _case(catalogue: Catalogue) -> Any:
    return catalogue.cas[KEY]


CHANGES: dict[str, tuple[Callable[[Catalogue], Catalogue], str]] = {
    "the case": (lambda known: _with(known, "cas", KEY, titre="Un autre titre"), "Un autre titre"),
    "a lever": (lambda known: _with(known, "leviers", _case(known).leviers[0].levier, titre_court="Un autre levier"), "Un autre levier"),
    "a source": (lambda known: _with(known, "sources", _case(known).en_bref[0].source, titre="Un autre ouvrage"), "Un autre ouvrage"),
    "an acronym": (lambda known: _with(known, "termes", "ess", sigle="Nancy", terme="Un autre sens"), "Un autre sens"),
    "a word of a list": (lambda known: replace(known, vocabulaires={**known.vocabulaires, "types": {
        key: word.model_copy(update={"nom": "Une autre sorte"}) for key, word in known.vocabulaires["types"].items()}}), "Une autre sorte"),
    "an edition": (lambda known: replace(known, editions={**known.editions, "2999": known.editions[max(known.editions)]}), "2999"),
    "the settings": (lambda known: replace(known, reglages=known.reglages.model_copy(update={"nom": "Un autre site"})), "Un autre site"),
}
"""What changes → how, and what the PDF then says."""


def test_a_case_that_did_not_change_is_not_worked_out_again(press: Press, catalogue: Catalogue) -> None:
    """Even when another case did."""
    first = press.printed(catalogue)
    other = next(key for key in catalogue.cas if key != KEY)
    assert press.printed(catalogue) == first
    assert press.printed(_with(catalogue, "cas", other, titre="Un autre titre", nom="Un autre nom")) == first
    assert press.printed(replace(catalogue, adresses={})) == first
    assert press.sheets == 1


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_in_the_data_is_printed(what: str, press: Press, catalogue: Catalogue) -> None:
    """And once it is as it was, so is the PDF, found again."""
    change, said = CHANGES[what]
    first = press.printed(catalogue)
    assert said not in text_of(first)
    assert said in " ".join(text_of(press.printed(change(catalogue))).split())
    assert press.printed(catalogue) == first
    assert press.sheets == 2


@pytest.mark.parametrize(("name", "value"), [("SITE_URL", "https://ailleurs.example/"), ("SOURCE_DATE_EPOCH", "86400")])
def test_the_address_and_the_date_of_the_build_are_printed(name: str, value: str, press: Press, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """They come from the environment."""
    first = press.printed(catalogue)
    monkeypatch.setenv(name, value)
    assert press.printed(catalogue) != first
    assert press.sheets == 2


@pytest.mark.parametrize(("module", "file"), [(store, "common.typ"), (store, "qr.py"), (keeping, "typography.py")])
def test_another_layout_or_another_code_forgets_what_was_known(module: Any, file: str, press: Press, catalogue: Catalogue) -> None:
    """The sheet is worked out again."""
    press.printed(catalogue)
    with open(module.HERE / file, "a", encoding="utf-8") as changed:
        changed.write("\n")
    _forget()
    press.printed(catalogue)
    assert press.sheets == 2


def test_another_register_forgets_what_was_known(press: Press, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names and populations come from it."""
    press.printed(catalogue)
    monkeypatch.setattr("macros.origin.register_version", lambda: "une autre")
    press.printed(catalogue)
    assert press.sheets == 2


@pytest.mark.parametrize("harm", ["cut", "empty", "gone"])
def test_a_note_that_leads_nowhere_is_as_if_it_were_not_there(harm: str, press: Press, catalogue: Catalogue, tmp_path: Path) -> None:
    """The PDF is made again, and the note with it."""
    first = press.printed(catalogue)
    note, = (tmp_path / "pdf").glob("*.renvoi")
    if harm == "gone":
        next((tmp_path / "pdf").glob("*.pdf")).unlink()
    else:
        note.write_bytes(note.read_bytes()[:20] if harm == "cut" else b"")
    assert press.printed(catalogue) == press.printed(catalogue) == first
    assert press.sheets == 2


def test_a_sheet_is_given_no_other_case(catalogue: Catalogue) -> None:
    """It says the same without them; what it comes from tells every case and every date apart."""
    for key in catalogue.cas:
        assert case_sheet(alone(catalogue, key), key) == case_sheet(catalogue, key)
        assert list(alone(catalogue, key).cas) == [key]
    shared = ground(catalogue)
    assert len({origin(shared, catalogue, key, moment) for key in catalogue.cas for moment in (0, 1)}) == 2 * len(catalogue.cas)


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
def test_what_a_case_gives_is_worked_out_only_when_something_of_it_changed(write: Output, tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found again is what would be written."""
    worked_out: list[str] = []

    def counted(given: Catalogue, key: str) -> Catalogue:
        worked_out.append(key)
        return alone(given, key)

    def written(given: Catalogue, cache: str) -> dict[str, bytes]:
        worked_out.clear()
        monkeypatch.setattr(keeping, "FOLDER", tmp_path / cache)
        shutil.rmtree(tmp_path / "site", ignore_errors=True)
        write(given, tmp_path / "site")
        return {path.relative_to(tmp_path / "site").as_posix(): path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}

    monkeypatch.setattr("macros.origin.alone", counted)
    corrected = _with(catalogue, "cas", KEY, nom="Un autre nom", titre="Un autre titre")
    renamed = _with(catalogue, "sources", _case(catalogue).en_bref[0].source, court="Un autre ouvrage", titre="Un autre ouvrage")
    for number, (known, made) in enumerate([(catalogue, [*catalogue.cas]), (catalogue, []), (corrected, [KEY]), (catalogue, []), (renamed, [*catalogue.cas])]):
        again = written(replace(known), "cache")
        assert sorted(worked_out) == sorted(made)
        assert again == written(replace(known), f"vide-{number}")
        assert sorted(worked_out) == sorted(known.cas)


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
def test_what_a_case_gives_is_the_same_beside_the_others(write: Output, tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is written of it was taken from another."""
    written: list[dict[str, bytes]] = []
    for name, given in (("seul", alone), ("entier", lambda known, key: known)):
        monkeypatch.setattr("macros.origin.alone", given)
        monkeypatch.setattr(keeping, "FOLDER", tmp_path / f"{name}-cache")
        write(replace(catalogue), tmp_path / name)
        written.append({path.relative_to(tmp_path / name).as_posix(): path.read_bytes() for path in (tmp_path / name).rglob("*") if path.is_file()})
    assert written[0] == written[1] != {}


def test_a_file_of_a_case_that_was_damaged_is_made_again(tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never believed."""
    monkeypatch.setattr(keeping, "FOLDER", tmp_path)
    for _ in range(3):
        assert dict(each_case(catalogue, "essai", lambda known, key: [known.cas[key].titre])) == {key: [case.titre] for key, case in catalogue.cas.items()}
        for pack in (tmp_path / "essai").glob("*.paquet"):
            pack.write_bytes(pack.read_bytes().replace(b"e", b"i"))


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The identifiers of the fiches drawn since it was emptied; nothing is kept yet."""
    monkeypatch.setattr(keeping, "FOLDER", tmp_path / "cache")
    found, real = list[str](), rendering.fiche

    def counted(known: Catalogue, table: str, key: str) -> Any:
        found.append(key)
        return real(known, table, key)

    monkeypatch.setattr(rendering, "fiche", counted)
    return found


def published(catalogue: Catalogue, final: Path, then: Callable[[Path], None] = lambda site: None) -> list[str]:
    """Write the page of each case aside, do what comes `then`, publish; what went wrong."""
    site = swap.aside(final)
    asked = [fiche for fiche in fiches(catalogue) if fiche.table == "cas"]
    faults = Writer(catalogue, str(site), lambda folder, values: f"{folder} {values['identifiant']} {values['contenu']}", ground(catalogue), True).fiches(asked)
    then(site)
    swap.put_in_place(site, final)
    return faults


def test_the_page_of_a_case_is_found_again_in_the_published_site(catalogue: Catalogue, tmp_path: Path, drawn: list[str]) -> None:
    """Its hash alone was kept: a page that was changed, or removed, is drawn again, and so is that of a case which changed."""
    final = tmp_path / "site"

    def built(known: Catalogue) -> list[str]:
        drawn.clear()
        assert published(known, final) == []
        return drawn.copy()

    pages = {key: final / "cas" / key / "index.html" for key in catalogue.cas}
    assert built(catalogue) == list(catalogue.cas)
    first = {key: page.read_bytes() for key, page in pages.items()}
    assert built(catalogue) == []
    assert built(_with(catalogue, "cas", KEY, titre="Un autre titre")) == [KEY]
    assert b"Un autre titre" in pages[KEY].read_bytes()
    pages[KEY].write_bytes(first[KEY] + b"\n")
    pages["anstaing"].unlink()
    assert sorted(built(catalogue)) == ["anstaing", KEY]
    assert {key: page.read_bytes() for key, page in pages.items()} == first
    assert sum(path.stat().st_size for path in (tmp_path / "cache" / "pages").iterdir()) < 200 * 20


def test_the_page_of_a_case_is_found_again_though_it_says_what_its_pdf_weighs(catalogue: Catalogue, tmp_path: Path, drawn: list[str]) -> None:
    """It was drawn before the PDF was made. It then says what the PDF of the day weighs."""
    final = tmp_path / "site"

    def built(pages: int) -> set[str]:
        drawn.clear()

        def printed(site: Path) -> None:
            for key in catalogue.cas:
                files._write_fiche("cas", key, Printed(b"/Type/Pages/Count %d" % pages), site)

        assert published(catalogue, final, printed) == []
        return {re.findall(">PDF<!--poids-->(.*?)<!--/poids--></a>", page.read_text(encoding="utf-8"))[0] for page in final.glob("cas/*/index.html")}

    assert built(2) == {", 2\u00a0pages (0\u00a0ko)"} and drawn == list(catalogue.cas)
    page = final / "cas" / KEY / "index.html"
    first = page.stat()
    assert built(2) == {", 2\u00a0pages (0\u00a0ko)"} and drawn == []
    assert (page.stat().st_ino, page.stat().st_nlink) == (first.st_ino, 1)
    assert built(3) == {", 3\u00a0pages (0\u00a0ko)"} and drawn == []
    page.write_bytes(page.read_bytes().replace(b"<!--/poids-->", b"<b>autre</b><!--/poids-->"))  # what was put there since is not believed
    assert built(2) == {", 2\u00a0pages (0\u00a0ko)"} and drawn == []


def test_the_page_of_a_case_that_could_not_be_written_is_not_kept(catalogue: Catalogue, tmp_path: Path, drawn: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said, the others are whole, and even once it stands in the site it is drawn again."""
    final, real = tmp_path / "site", rendering.fiche

    def fails(known: Catalogue, table: str, key: str) -> Any:
        if key == KEY:
            raise MemoryError("plus de place")
        return real(known, table, key)

    with monkeypatch.context() as during:
        during.setattr(rendering, "fiche", fails)
        for _ in range(2):
            assert published(catalogue, final) == [f"cases/{KEY}.yml : la page n'a pas pu être écrite (MemoryError : plus de place)"]
    lost = (final / "cas" / KEY / "index.html").read_text(encoding="utf-8")
    drawn.clear()
    assert published(catalogue, final) == [] and drawn == [KEY]
    found = {key: (final / "cas" / key / "index.html").read_text(encoding="utf-8") for key in catalogue.cas}
    assert "<h2" not in lost
    assert all(page.startswith(f"cas {key} ") and "<h2" in page for key, page in found.items())

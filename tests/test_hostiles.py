"""Whatever is sent, it is refused by name and line, or shown as the text it is: nothing runs, nothing is asked, nothing leads elsewhere."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog

from macros.checking import check
from macros.typography import french
from tests.conftest import PROJECT
from tests.hostiles import CASE, REFRESH, VERDICTS, Hostile
from tests.hostiles.__main__ import verdicts
from tests.hostiles.juge import judged
from tests.hostiles.permis import PAYLOADS, PERMITTED
from tests.hostiles.pieges import cases, trapped_site
from tests.hostiles.refus import REFUSED
from tests.hote import served
from tests.html_lu import read
from tests.inoffensif import RESULT, dangers
from tests.test_politique import visit, watched


def test_the_collection_is_large_and_named_once() -> None:
    """At least 150 files, each with its own name."""
    names = [item.name for item in (*REFUSED, *PERMITTED)]
    assert len(names) == len(set(names)) and len(REFUSED) >= 150 and len(PERMITTED) >= 150


@pytest.mark.parametrize("item", REFUSED, ids=lambda item: item.name)
def test_a_refusal_names_the_line_and_the_remedy(item: Hostile) -> None:
    """The place where the fault was planted, the words that tell it, and what to do."""
    problems = judged(item.raw, item.name, item.table).problems
    assert any(problem.line == item.line and item.said in str(problem) for problem in problems), problems
    assert all(problem.remedy for problem in problems)


def test_the_messages_are_the_expected_ones() -> None:
    """All of them, word for word, in one file that people read."""
    assert verdicts() == VERDICTS.read_text(encoding="utf-8"), f"lancez {REFRESH} et relisez la différence"


@pytest.mark.parametrize("item", PERMITTED, ids=lambda item: item.name)
def test_what_is_permitted_is_accepted_and_harmless(item: Hostile) -> None:
    """Strange but right: no problem, and a page without danger."""
    verdict = judged(item.raw, item.name, item.table)
    assert not verdict.problems and verdict.pages and not [fault for page in verdict.pages for fault in dangers(page)]


def test_every_payload_is_shown_as_the_text_it_is() -> None:
    """What a person wrote is what a person reads, in a title and in a line of text."""
    for number, (payload, item) in enumerate(zip(PAYLOADS, PERMITTED[-len(PAYLOADS):], strict=True)):
        seen = [re.sub(r"\s", "", text) for text in read(judged(item.raw, item.name).pages[0]).seen().split("\n")]
        wanted = re.sub(r"\s", "", french(" ".join(payload.split())))
        assert sum(wanted in text for text in seen) >= 2, (number, payload)


NAMES = ["Majuscule.yml", "accentué.yml", "deux mots.yml", "a_b.yml", "a--b.yml", "-a.yml", "a-.yml", "a.yaml", "a.yml.yml", "a.json", "a.yml~", "${HOME}.yml", "{{ 1337 * 1337 }}.yml",
         "<script>.yml", "a;b.yml", "\u202eabc.yml", "con.yml", "nul.yml", "aux.yml", "com1.yml", "a" * 61 + ".yml", "LISEZMOI.md", "cas\nautre.yml", "-rf", "index.html"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A DATA_ROOT with one good case."""
    for name in ("cases", "levers"):
        (tmp_path / name).mkdir()
    shutil.copytree(PROJECT / "levers", tmp_path / "levers", dirs_exist_ok=True)
    (tmp_path / "cases" / "bon.yml").write_text(CASE, encoding="utf-8")
    return tmp_path


def test_every_wrong_file_name_is_refused(folder: Path) -> None:
    """One problem a file, which says what to do."""
    for name in NAMES:
        (folder / "cases" / name).write_text(CASE, encoding="utf-8")
    problems = check(folder)
    assert sorted(problem.file for problem in problems) == sorted(f"cases/{name}" for name in NAMES)
    assert all(problem.remedy for problem in problems)


@pytest.mark.parametrize("where", ["cases", "levers", "references"])
def test_only_regular_files_are_read(where: str, folder: Path) -> None:
    """A link, a folder or a pipe among the files is refused, not followed: it could show any file of the machine."""
    if where == "references":
        shutil.copytree(PROJECT / "references", folder / "references")
        shutil.copytree(PROJECT / "cases", folder / "cases", dirs_exist_ok=True)
    names = ["lien.yml", "perdu.yml", "dossier.yml", "tube.yml"]
    (folder / where / "lien.yml").symlink_to(folder / "cases" / "bon.yml")
    (folder / where / "perdu.yml").symlink_to("/nulle/part")
    (folder / where / "dossier.yml").mkdir()
    os.mkfifo(folder / where / "tube.yml")
    problems = check(folder)
    assert sorted(problem.file for problem in problems) == sorted(f"{where}/{name}" for name in names)
    expected = "n'est pas connu" if where == "references" else "n'est pas un fichier ordinaire"
    assert all(expected in problem.message and problem.remedy for problem in problems)


def test_a_reference_replaced_by_a_link_is_refused(folder: Path) -> None:
    """The files of `references/` have fixed names: one of them may be a link too."""
    shutil.copytree(PROJECT / "references", folder / "references")
    shutil.copytree(PROJECT / "cases", folder / "cases", dirs_exist_ok=True)
    (folder / "references" / "synonymes.yml").unlink()
    (folder / "references" / "synonymes.yml").symlink_to(PROJECT / "references" / "synonymes.yml")
    assert [(problem.file, problem.message) for problem in check(folder)] == [("references/synonymes.yml", "ce n'est pas un fichier ordinaire")]


@pytest.fixture(scope="module")
def trapped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real data, plus cases and levers whose every text field is a payload."""
    return trapped_site(tmp_path_factory)


def _files(site: Path, *endings: str) -> Iterator[tuple[str, str]]:
    for path in sorted(site.rglob("*")):
        if path.suffix in endings:
            yield path.relative_to(site).as_posix(), path.read_bytes().decode()


def test_no_payload_becomes_markup_in_any_page(trapped: Path) -> None:
    """No element, attribute, address or script comes from a text; every announced structure can be read."""
    seen = 0
    for name, html in _files(trapped, ".html", ".svg"):
        assert not dangers(html), (name, dangers(html))
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL):
            json.loads(block)
            assert "<" not in block, name
        seen += "__pwned" in html
    assert seen >= 10, "les charges ne sont pas dans les pages : l'essai ne prouve rien"


def test_no_payload_runs_or_includes_a_file_anywhere(trapped: Path) -> None:
    """No template was run, no file of the project or of the machine was read in."""
    for name, text in _files(trapped, ".html", ".json", ".xml", ".csv", ".txt", ".geojson", ".bib", ".yml", ".js", ".svg"):
        assert RESULT not in text, name
        assert "root:x:0" not in text and "What MkDocs calls while it builds" not in text and "on_undefined" not in text, name


def test_every_data_file_can_be_read_and_keeps_the_text(trapped: Path) -> None:
    """JSON, Atom, sitemap and GeoJSON are well formed; nowhere does a cell of a table start a formula."""
    found = set()
    for name, text in _files(trapped, ".json", ".geojson"):
        json.loads(text)
        found.add(Path(name).suffix)
    for name, text in _files(trapped, ".xml", ".svg"):
        assert "<!DOCTYPE" not in text and "<!ENTITY" not in text, name
        ElementTree.fromstring(text)
        found.add(Path(name).suffix)
    for name, text in _files(trapped, ".csv"):
        for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";" if text.split("\n")[0].count(";") > text.split("\n")[0].count(",") else ","):
            formulas = [cell for cell in row if cell[:1] in tuple("=+-@\t\r") and not re.fullmatch(r"[+-]?[0-9.,]+", cell)]
            assert not formulas, (name, formulas[:3])
        found.add(".csv")
    assert {".json", ".xml", ".csv"} <= found
    for key, case in cases().items():
        data = json.loads((trapped / "api" / "v1" / "cas" / f"{key}.json").read_text(encoding="utf-8"))
        title = " ".join(case["titre"].split())
        assert {title, french(title)} & set(_texts(data)), title


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(item)



def test_no_payload_has_any_effect_in_the_browser(trapped: Path, navigateur: Browser) -> None:
    """Every page that carries one: no dialog, no error, no request outside, the title that was written, nothing set.

    The policy of the site is set aside, so that it hides nothing: the text alone must be harmless.
    """
    pages = [(name, html) for name, html in _files(trapped, ".html") if "__pwned" in html or "piege" in html]
    with served(trapped) as address:
        context = navigateur.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
        page = context.new_page()
        faults = watched(page, address)

        def on_dialog(dialog: Dialog) -> None:
            faults.append(f"{page.url} : boîte « {dialog.message} »")
            dialog.dismiss()

        page.on("dialog", on_dialog)
        page.on("popup", lambda popup: faults.append(f"{page.url} : fenêtre {popup.url}"))
        for name, html in pages:
            where = address + name.removesuffix("index.html")
            visit(page, where, html)
            title = re.sub("[ \\t\\n]+", " ", "".join(str(part) for part in read(html).all("title")[0].inside)).strip(" ")
            state = page.evaluate("() => [window.__pwned === undefined, document.title, location.href, !document.querySelector('[piege], piege, xss, marquee')]")
            if state != [True, title, where, True] and 'http-equiv="refresh"' not in html:
                faults.append(f"{name} : {state} au lieu de {title}")
        context.close()
    assert not faults, "\n".join(faults[:20])
    assert len(pages) >= 30

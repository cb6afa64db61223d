"""No private telephone number and no personal e-mail address is ever published."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros.checking import check
from macros.reader import read_bytes
from macros.rules_people import people_problems
from tests.conftest import PROJECT
from tests.hostiles import CASE

PRIVATE = ["06 12 34 56 78", "0712345678", "06.12.34.56.78", "06-12-34-56-78", "06\u202f12\u202f34\u202f56\u202f78", "+33 6 12 34 56 78", "+33612345678", "0033 7 12 34 56 78", "+33 (0)6 12 34 56 78",
           "jeanne@gmail.com", "j.d+a@orange.fr", "a@free.fr", "a@HOTMAIL.FR", "a@outlook.com", "a@yahoo.fr", "a@laposte.net", "a@wanadoo.fr", "a@sfr.fr", "a@live.fr", "a@icloud.com", "a@proton.me",
           "a (at) gmail.com", "a [arobase] orange.fr", "a at gmail point com", "a { chez } sfr.fr",
           "A (AT) GMAIL.COM", "A AT GMAIL DOT COM", "a Arobase free.fr", "a arobaſe free.fr", "a\u00a0at\u00a0free.fr"]
PUBLIC = ["04 12 34 56 78", "01 23 45 67 89", "08 00 00 00 00", "3230", "15 000 €", "200093201", "SIREN 612345678", "2006-07", "106123456789", "06 12 34 56", "accueil@mairie.example", 
          "contact@exemple.fr", "a@orange-crèche.fr", "a@libre-service.fr", "libre@freedom.fr", "l'opérateur Orange", "https://www.laposte.fr/", "entre 06 et 07", "0,6 12 34"]


def _case(text: str) -> str:
    return CASE.replace("Une phrase.", f"Écrire à {text} pour en parler.")


@pytest.mark.parametrize("text", PRIVATE)
def test_a_private_number_or_address_is_refused(text: str) -> None:
    """With its line, its field and what to write instead; it is not repeated in the message."""
    problems = people_problems(read_bytes(_case(text).encode(), "a.yml"))
    assert [(problem.line, problem.field) for problem in problems] == [(6, "en_bref[0].texte")]
    assert problems[0].remedy and text not in str(problems[0])


@pytest.mark.parametrize("text", PUBLIC)
def test_a_public_one_is_not(text: str) -> None:
    """A landline, a service address, an amount, a code."""
    assert people_problems(read_bytes(_case(text).encode(), "a.yml")) == []


@pytest.mark.parametrize(("written", "line"), [
    (CASE + "# à rappeler : 06 12 34 56 78\n", 11),
    (CASE.replace("leviers: []", "leviers: []  # demander à a@gmail.com"), 8),
    (CASE.replace("Le reste.", r"Écrire à a\x40gmail.com."), 10),
    (CASE.replace("Un cas d'essai", "Appelez le 0612345678"), 1),
    (CASE.replace("Le reste.", "Appelez le 06 12\n    34 56 78."), 10),
    (CASE.replace("Le reste.", "Écrire à a\n    at gmail.com."), 10),
])
def test_nowhere_to_hide(written: str, line: int, tmp_path: Path) -> None:
    """Comments, escapes, titles: the whole file is read, by the command that contributors use."""
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "essai.yml").write_text(written, encoding="utf-8")
    assert [problem.line for problem in check(tmp_path) if "écrit" in problem.message] == [line]


def test_references_are_read_too(tmp_path: Path) -> None:
    """The settings of the site and the lists of words are data like the others."""
    from tests.conftest import PROJECT

    for name in ("cases", "levers", "references"):
        (tmp_path / name).mkdir()
        for path in (PROJECT / name).glob("*.yml"):
            (tmp_path / name / path.name).write_bytes(path.read_bytes())
    settings = tmp_path / "references" / "site.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "# a@gmail.com\n", encoding="utf-8")
    words = tmp_path / "references" / "vocabulaires.yml"
    words.write_text("# +33 6 12 34 56 78\n" + words.read_text(encoding="utf-8"), encoding="utf-8")
    assert {problem.file for problem in check(tmp_path)} == {"references/site.yml", "references/vocabulaires.yml"}


@pytest.mark.parametrize(("example", "path", "before", "after"), [
    ("contact-sans-accord", "site.yml", "accueil@reseau-local.fr", 'accueil@reseau-local.fr\n  accord: "le 3 décembre 2026, par la direction"'),
    ("propos-sans-accord", "temoignages.yml", "  propos:", '  accord: "par courriel, le 3 décembre 2026"\n  propos:'),
])
def test_consent_opens_what_its_absence_closes(example: str, path: str, before: str, after: str, tmp_path: Path) -> None:
    """A service address, an unpublished word: refused without consent, accepted with it."""
    shutil.copytree(PROJECT / "tests" / "mauvais" / example, tmp_path, dirs_exist_ok=True)
    for folder in ("cases", "levers"):
        (tmp_path / folder).mkdir(exist_ok=True)
    assert any("accord" in problem.message for problem in check(tmp_path))
    file = tmp_path / "references" / path
    file.write_text(file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    assert check(tmp_path) == []

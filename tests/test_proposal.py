"""A proposal told in French: what changes, which pages, figures before and after, what became stale; fiches and code apart."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros.__main__ import main
from macros.proposal import is_mixed, summary
from tests.conftest import PROJECT


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Essai", "-c", "user.email=essai@exemple.fr", "-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null"]
    return subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    """A repository with the real data, on a branch that left `main`."""
    for name in ("cases", "levers", "references"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "start")
    git(tmp_path, "switch", "-q", "-c", "proposition")
    return tmp_path


def edit(depot: Path, name: str, *pairs: tuple[str, str]) -> None:
    path = depot / name
    text = path.read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after, 1)
    path.write_text(text, encoding="utf-8")


def test_nothing_changes(depot: Path) -> None:
    text, fine = summary("main", depot)
    assert fine and "Aucune fiche ne change." in text and "Les chiffres" not in text and "Rien n'est devenu douteux." in text


def test_a_changed_support_is_told_in_words_with_its_figure_and_its_pages(depot: Path) -> None:
    verified = '\nverifications:\n  - date: "2026-11-21"\n    par: Un réseau\n    aupres_de: La mairie\n\ninconnues:\n'
    edit(depot, "cases/anstaing.yml", ("montant: 25000", "montant: 26000"), ("\ninconnues:\n", verified))
    git(depot, "commit", "-qam", "change")
    text, fine = summary("main", depot)
    assert fine
    assert "### Anstaing\n" in text and "- soutien modifié : subvention annuelle" in text and "- vérification ajoutée : 21 novembre 2026, par Un réseau" in text
    assert "| Avant | Après |" in text and "25 000 €, rtes-2026 | 26 000 €, rtes-2026 |" in text
    assert "`/cas/anstaing/`" in text and "`/leviers/creation/`" in text and "`/modes/subvention/`" in text
    assert "« Subventions annuelles des deux communes réunies » en vient encore (2 × 25 000 €)" in text
    assert text.count("en vient encore") == 1  # the other calculation of this fiche does not use the number that changed


def test_what_became_stale_is_said(depot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verification of the former text, a date of validity gone by, advice on the file that changed and on no other."""
    edit(depot, "cases/anstaing.yml", ("\ninconnues:\n", "\nverifications:\n  - date: \"2026-11-22\"\n    par: Un réseau\n    aupres_de: La mairie\nvalable_jusqu_au: 2027\n\ninconnues:\n"))
    git(depot, "commit", "-qam", "verified")
    git(depot, "branch", "-f", "main")
    edit(depot, "cases/anstaing.yml", ("inconnues:\n", "inconnues:\n  - \"Ce que fait la DDZX.\"\n"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1861920000")  # 1 January 2029
    text, fine = summary("main", depot)
    assert fine
    assert "vérifié le 22 novembre 2026 par Un réseau, avant ce changement" in text and "valable que jusqu'à 2027" in text
    assert "conseil, ligne" in text and "« DDZX »" in text and "caylus" not in text


def test_a_new_a_removed_and_a_broken_file(depot: Path) -> None:
    """A new fiche and a retired one are named; data that cannot be read are told line by line, and refused."""
    (depot / "cases" / "bulles.yml").write_text((depot / "cases" / "caylus.yml").read_text(encoding="utf-8").replace("titre: \"Caylus", "titre: \"Bulles"), encoding="utf-8")
    edit(depot, "references/adresses.yml", ("", ""))
    text, fine = summary("main", depot)
    assert fine and "### Bulles" in text and "- fiche publiée" in text and "`/cas/bulles/`" in text and "| absent | " in text
    edit(depot, "cases/bulles.yml", ("source: rtes-2026", "source: rtes-2062"))
    text, fine = summary("main", depot)
    assert not fine and "## À corriger d'abord" in text and "cases/bulles.yml" in text and "rtes-2062" in text


def test_fiches_and_code_are_two_proposals(depot: Path) -> None:
    edit(depot, "cases/anstaing.yml", ("montant: 25000", "montant: 26000"))
    (depot / "hooks.py").write_text("x = 1\n", encoding="utf-8")
    text, fine = summary("main", depot)
    assert not fine and "À séparer." in text
    assert not is_mixed(["cases/a.yml", "references/sources-exterieures.yml", "docs/index.md", "CHANGELOG.md"])
    assert not is_mixed(["macros/rules.py", "references/vocabulaires.yml", "tests/test_rules.py"])
    assert all(is_mixed(["levers/a.yml", other]) for other in ("macros/rules.py", ".github/workflows/essais.yml", "Makefile", "schemas/cas.schema.json", "theme/base.html"))


def test_what_is_quoted_stays_text(depot: Path) -> None:
    """A proposal cannot put a link, an image, HTML or a call to somebody into the summary."""
    edit(depot, "cases/anstaing.yml", ("titre: \"Anstaing : l'ancienne école devient une crèche associative\"", 'titre: "Anstaing : <img src=x> ![a](https://a.exemple) @tous | `x`"'))
    text, _ = summary("main", depot)
    assert "\\<img src=x\\>" in text and "\\!\\[a\\](https:\u200b//a.exemple) @\u200btous \\| \\`x\\`" in text


def test_the_command_says_what_the_workflow_reads(depot: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """0 for a proposal that can be read, 1 when something must change first, 2 for a base that is none, no option among them."""
    monkeypatch.setenv("DATA_ROOT", str(depot))
    assert main(["proposition", "main"]) == 0
    assert capsys.readouterr().out.startswith("# Ce que change cette proposition")
    assert main(["proposition", "nulle-part"]) == 2
    assert "git merge-base" in capsys.readouterr().err
    done = subprocess.run([sys.executable, "-m", "macros", "proposition", "--", "--output=x"], cwd=PROJECT, env={**os.environ, "DATA_ROOT": str(depot)}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "") and "donnez un commit" in done.stderr and not (depot / "x").exists()
    edit(depot, "cases/anstaing.yml", ("montant: 25000", "montant: vingt"))
    assert main(["proposition", "main"]) == 1

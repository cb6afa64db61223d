"""From pydantic's faults to sentences: one slip, one message, one remedy."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from macros.messages import problems_of
from macros.model.case import Cas
from macros.model.references import Document as SourceDocument
from macros.problems import Problem, meant, nearest, slug
from macros.reader import read_bytes

BASE = '''titre: Bulles
type: portrait
accueils: [creche]
redige_le: "2026-11-21"
en_bref:
  - texte: "Une idée."
    source: rtes-2026
leviers: []
inconnues:
  - "Le coût."
'''


def _problems(*edits: tuple[str, str]) -> list[Problem]:
    text = BASE
    for before, after in edits:
        assert before in text
        text = text.replace(before, after, 1)
    document = read_bytes(text.encode(), "cases/bulles.yml")
    assert document.problems == []
    try:
        Cas.model_validate(document.content)
    except ValidationError as error:
        return problems_of(error, Cas, document)
    return []


def test_the_model_of_these_tests_is_good() -> None:
    """What follows is caused by the edit alone."""
    assert _problems() == []


FAULTS = [
    (("type: portrait\n", ""), "le champ obligatoire « type » manque", "écrivez par exemple « type: cas-de-collectivite »."),
    (("    source: rtes-2026\n", ""), "le champ obligatoire « source » manque", "écrivez par exemple « source: rtes-2026 »."),
    (("type:", "tipe:"), "le champ « tipe » n'existe pas ici", "vouliez-vous dire « type » ?"),
    (("titre: Bulles", "titre: Bulles\ncouleur: bleu"), "le champ « couleur » n'existe pas ici", "champs possibles : titre,"),
    (("[creche]", "creche"), "une liste est attendue", "écrivez une ligne par élément, qui commence par un tiret : « - creche »"),
    (("[creche]", "[[creche]]"), "un texte simple est attendu, pas une liste ni un groupe de champs", "Sortes de lieu"),
    (('  - texte: "Une idée."\n    source: rtes-2026', '  - "Une idée."'), "« Une idée. » seul ne suffit pas : des champs sont attendus", "écrivez au moins « source: … », « texte: … »"),
    (("titre: Bulles", "titre:"), "ce champ est vide, et il est obligatoire", "écrivez par exemple « titre: "),
    (('  - "Le coût."', '  - ""'), "il n'y a rien ici", "écrivez une valeur, ou supprimez la ligne"),
    (("[creche]", "[]"), "cette liste est vide", "donnez au moins 1 élément"),
    (("    source: rtes-2026", "    source: rtes-2026\n    statut: citée"), "« citée » n'est pas permis ici", "vouliez-vous dire « cite » ?"),
    (("titre: Bulles", f"titre: {'x' * 120}"), "ce texte est trop long (120 caractères, 110 au plus)", "raccourcissez-le"),
    (("titre: Bulles", "titre: Bulles\nlieux:\n  - insee: 1004\n    source: a"), "« 1004 » n'est pas un code INSEE de commune", "écrivez « insee: \"01004\" »"),
    (("titre: Bulles", "titre: Bulles\nlieux:\n  - departement: 1\n    source: a"), "« 1 » n'est pas un code de département", "écrivez « departement: \"01\" »"),
]


@pytest.mark.parametrize(("edit", "message", "remedy"), FAULTS, ids=[fault[1] for fault in FAULTS])
def test_a_fault_has_its_sentence_and_its_remedy(edit: tuple[str, str], message: str, remedy: str) -> None:
    """Each kind of fault is one problem, told in French, whose remedy can be copied."""
    problem, = _problems(edit)
    assert problem.message == message
    assert problem.remedy.startswith(remedy)


def test_a_wrong_element_does_not_make_its_list_too_short() -> None:
    """Pydantic then says the list is too short: that echo is not repeated."""
    assert [problem.field for problem in _problems(("    source: rtes-2026\n", ""))] == ["en_bref[0].source"]


def test_a_misspelt_field_is_not_also_missing() -> None:
    """`inconues` instead of `inconnues` is one slip."""
    assert [problem.field for problem in _problems(("inconnues:", "inconues:"))] == ["inconues"]


def test_an_address_is_told_from_an_identifier() -> None:
    """The message follows the kind of the value, not the name of its field."""
    document = read_bytes(b"archive: exemple.fr\n", "references/sources.yml")
    with pytest.raises(ValidationError) as error:
        SourceDocument.model_validate(document.content)
    said = {problem.field: problem.message for problem in problems_of(error.value, SourceDocument, document)}
    assert said["archive"] == "« exemple.fr » n'est pas une adresse web"


def test_problems_are_sorted_and_written_one_way() -> None:
    """By file, line and column; a line to read, a line to act."""
    late, early = Problem("b.yml", 1, 1, "", "b"), Problem("a.yml", 10, 2, "champ", "a", "faites ceci")
    assert sorted([late, Problem("a.yml", 9, 1, "", "c"), early]) == [Problem("a.yml", 9, 1, "", "c"), early, late]
    assert str(early) == "a.yml:10:2: champ : a\n    → faites ceci"
    assert str(Problem("a.yml", 1, 1, "", "a", level="alerte")) == "a.yml:1:1: (alerte) a"


def test_words_close_to_one_another_are_offered() -> None:
    """The nearest word, or nothing when none is close."""
    assert nearest("local", ["locaux", "creation"]) == "locaux"
    assert meant("zzz", ["locaux"]) == ""
    assert slug("Crèche d'Œuvre_N°2") == "creche-d-oeuvre-n-2"

"""The form without a browser: same verdict as the command line, faithful writing, files reopened without a scratch."""

from __future__ import annotations

import copy
import difflib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from macros import form_data, keeping
from macros.catalogue import Catalogue
from macros.checking import check
from macros.folders import PROJECT
from macros.form_data import drawer, drawers
from macros.form_model import ELEMENTS, LABELS, SECTIONS, form_model
from macros.model.case import Cas
from macros.model.fields import is_list, nested_model
from macros.problems import ERROR
from macros.reader import read_bytes
from macros.register import register
from tests.formulaire import asked, node, verdicts
from tests.hostiles import CASE
from tests.hostiles.juge import judged
from tests.hostiles.permis import PERMITTED
from tests.hostiles.refus import REFUSED
from tests.mauvais import examples

HARD = [
    "été, œuvre, Noël", 'dit "cela"', "l'école", "Anstaing : l'école", "# pas un commentaire", "prix #1", "no", "oui", "null", "~", "01", "2A", "12:30", "1e3", "- tiret",
    "? question", "@ici", "`code`", "{a}", "[b]", "& co", "* étoile", "! attention", "% part", "| barre", "> citation", "c:\\dossier\\neuf", "une fête 🎉 et un cœur ❤", "« guillemets »", "a" * 300,
]
PARAGRAPHS = ["Un.\n\nDeux.", "- un\n- deux\n\nfin: oui # reste", "Un\n  décalé\nTrois", "# titre\ntexte", "12:30\n\n\nno"]
FIRST: dict[str, Any] = {"titre": "T", "type": "portrait", "accueils": ["mam"], "redige_le": "2026-11-21", "leviers": [], "inconnues": ["Le coût."]}


def _classes(model: type[BaseModel]) -> set[type[BaseModel]]:
    """A class of the model and those of its fields."""
    inner = {found for info in model.model_fields.values() if (found := nested_model(info.annotation))}
    return {model}.union(*(_classes(found) for found in inner))


@pytest.mark.parametrize("model", sorted(_classes(Cas), key=str), ids=str)
def test_every_field_has_help_an_example_a_limit_and_a_name(model: type[BaseModel], catalogue: Catalogue) -> None:
    """Nothing in the form is bare: a sentence, an example, a bound, words for its label."""
    schema = form_model(catalogue)["schema"]
    known = schema if model is Cas else schema["$defs"][model.__name__]
    for name, info in model.model_fields.items():
        assert info.description and info.description.endswith((".", "…")), name
        assert info.examples, name
        assert LABELS.get(name), name
        body = known["properties"][name]
        assert any(bound in body for bound in ("maxItems", "maxLength", "enum", "pattern", "$ref")), f"{model.__name__}.{name} n'a pas de limite"
        if is_list(info.annotation) and nested_model(info.annotation):
            assert name in ELEMENTS, name


def test_every_field_of_a_case_stands_once_in_the_form() -> None:
    placed = [name for *_, fields in SECTIONS for name in fields]
    assert sorted(placed) == sorted(Cas.model_fields)


def test_the_browser_and_the_command_line_give_the_same_verdict(catalogue: Catalogue, tmp_path: Path) -> None:
    """On all the bad examples and the real cases: refused by both at the same places, or accepted by both."""
    bad = [path for example in examples() for path in sorted((example / "cases").glob("*.yml"))]
    good = sorted((PROJECT / "cases").glob("*.yml"))
    compared, advised = 0, 0
    for path, said in zip([*good, *bad], verdicts(catalogue, tmp_path, [*good, *bad]), strict=True):
        errors = {one["field"] for one in said if one["level"] == "erreur"}
        later = {one["field"] for one in said if one["level"] == "envoi"}
        if path in good:
            assert not errors, (path, said)
            continue
        problems = [problem for problem in check(path.parent.parent) if problem.file == f"cases/{path.name}"]
        expected = {problem.field for problem in problems if problem.level == ERROR}
        if not expected and not errors:
            advice = [(one["field"], one["message"]) for one in said if one["level"] == "alerte"]
            assert advice == [(problem.field, problem.message) for problem in problems], path
            advised += len(advice)
        if path.stem != path.stem.lower():
            continue  # the name of the file: the form asks for it apart
        assert bool(expected - later) == bool(errors), (path, expected, said)
        assert expected <= errors | later or errors == {""}, (path, expected, said)
        compared += bool(expected)
    assert compared >= 60 and advised >= 4


def test_hostile_files_get_the_same_verdict_too(catalogue: Catalogue, tmp_path: Path) -> None:
    """What somebody could send to harm: the form refuses what the command line refuses, and nothing else."""
    items = [item for item in (*REFUSED, *PERMITTED) if item.table == "cas"]
    paths = []
    for rank, item in enumerate(items):
        paths.append(tmp_path / f"{rank}.yml")
        paths[-1].write_bytes(item.raw)
    differing = []
    for item, said in zip(items, verdicts(catalogue, tmp_path / "listes", paths), strict=True):
        refused = any(one["level"] == "erreur" for one in said)
        later = any(one["level"] == "envoi" for one in said)
        if refused != bool(judged(item.raw, item.name).problems) and not later:
            differing.append((item.name, said[:1]))
    assert differing == [] and len(items) > 250


@pytest.mark.parametrize("text", ["Appelez le 06 12 34 56 78.", "Écrire à jeanne.dupont@gmail.com", "jeanne [at] orange.fr", "+33 (0)7 12 34 56 78"])
def test_a_private_number_or_address_is_refused_by_both(text: str, catalogue: Catalogue, tmp_path: Path) -> None:
    """In a field or in a comment: neither lets it through."""
    (tmp_path / "cases").mkdir()
    paths = [tmp_path / "cases" / f"{name}.yml" for name in ("champ", "note")]
    paths[0].write_text(CASE.replace("Le reste.", text), encoding="utf-8")
    paths[1].write_text(f"{CASE}# {text}\n", encoding="utf-8")
    told = {(problem.file, problem.field) for problem in check(tmp_path)}
    assert told == {("cases/champ.yml", "inconnues[0]"), ("cases/note.yml", "")}
    field, note = verdicts(catalogue, tmp_path / "listes", paths)
    assert [(one["field"], one["level"]) for one in (*field, *note)] == [("inconnues[0]", "erreur"), ("", "erreur")]


def test_without_the_lists_what_needs_the_collection_waits(catalogue: Catalogue, tmp_path: Path) -> None:
    """Offline, nothing is refused for want of the lists, and nothing is said to be right either."""
    path = PROJECT / "tests" / "mauvais" / "source-inconnue" / "cases" / "bulles.yml"
    [said] = node(catalogue, "--sans-listes", path)
    assert {one["level"] for one in said} == {"envoi"}
    assert {"lieux[0]", "leviers[0].levier", "en_bref[0].source"} <= {one["field"] for one in said}


@pytest.mark.parametrize("value", HARD)
def test_a_short_text_written_is_the_text_read(value: str, catalogue: Catalogue, tmp_path: Path) -> None:
    """Whatever one types, the reader of the site gives it back."""
    data = {**FIRST, "titre": value, "alias": [value, "x"], "en_bref": [{"texte": value, "source": "rtes-2026"}]}
    [text] = asked(catalogue, tmp_path, "--ecrire", [data])
    document = read_bytes(text.encode(), "x.yml")
    assert document.problems == []
    assert document.content == data


def test_paragraphs_written_are_the_paragraphs_read(catalogue: Catalogue, tmp_path: Path) -> None:
    data = [{**FIRST, "en_bref": [{"texte": value, "source": "rtes-2026"}]} for value in PARAGRAPHS]
    for wanted, text in zip(data, asked(catalogue, tmp_path, "--ecrire", data), strict=True):
        document = read_bytes(text.encode(), "x.yml")
        assert document.problems == [] and document.content == wanted
        assert "texte: |-" in text


def test_what_a_paste_brings_and_the_checks_refuse_is_removed(catalogue: Catalogue, tmp_path: Path) -> None:
    """Soft hyphens, zero-width spaces, tabs, strange margins, Windows line breaks."""
    got = asked(catalogue, tmp_path, "--nettoyer", ["co\u00adopérer\u200b", "a\tb", "\u00a0— dialogue\r\n\u202fsuite", "e\u0301te\u0301", "❤\ufe0f", "\ufeffx", "15\u202f000"])
    assert got == ["coopérer", "a b", "— dialogue\nsuite", "été", "❤", "x", "15\u202f000"]


@pytest.mark.parametrize("path", sorted((PROJECT / "cases").glob("*.yml")), ids=lambda path: path.stem)
def test_a_file_reopened_and_saved_is_the_same_to_the_byte(path: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    text = path.read_bytes().decode()
    [made] = asked(catalogue, tmp_path, "--reprendre", [{"text": text}])
    assert made["texte"] == text
    assert made["lu"] == read_bytes(text.encode(), "x").content


def _support(data: dict[str, Any]) -> None:
    data.setdefault("soutiens", []).append({"nature": "local", "financeur": "- Commune : X # 1", "montant": "15000", "source": "rtes-2026"})


def _everywhere(data: dict[str, Any]) -> None:
    data["inconnues"].insert(0, "un")
    data["inconnues"].append("z: 'y'")
    data.pop("nom", None)
    data["en_bref"][0] |= {"texte": "Un.\n\nDeux.", "reserve": "no"}
    data.get("jalons", []).reverse()
    data["accueils"].append("mam")


EDITS: dict[str, tuple[Callable[[dict[str, Any]], object], int]] = {
    "titre": (lambda data: data.update(titre='Un "titre" : no # 01 🎉'), 2),
    "soutien": (_support, 6),
    "alias": (lambda data: data.update(alias=["Un", "Deux"]), 2),
    "lacune retirée": (lambda data: data["inconnues"].pop(0), 1),
    "champ retiré": (lambda data: data.pop("acteurs", None), 80),
    "partout": (_everywhere, 60),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_change_touches_only_its_lines(name: str, catalogue: Catalogue, tmp_path: Path) -> None:
    """The data read back is exactly the data wanted, comments stay, and the difference is short to review."""
    edit, most = EDITS[name]
    paths = sorted((PROJECT / "cases").glob("*.yml"))
    wanted: list[dict[str, Any]] = []
    for path in paths:
        data: dict[str, Any] = copy.deepcopy(read_bytes(path.read_bytes(), "x").content)
        edit(data)
        wanted.append({"text": path.read_text(encoding="utf-8"), "data": data})
    for before, made in zip(wanted, asked(catalogue, tmp_path, "--reprendre", wanted), strict=True):
        document = read_bytes(made["texte"].encode(), "x.yml")
        assert document.problems == [] and document.content == before["data"]
        changed = [line for line in difflib.ndiff(before["text"].splitlines(), made["texte"].splitlines()) if line[:1] in "+-"]
        assert len(changed) <= most, changed
        for line in before["text"].splitlines():
            if "  # " in line and name != "partout":
                assert line in made["texte"]


def test_a_comment_survives_any_change_around_it(catalogue: Catalogue, tmp_path: Path) -> None:
    text = "# en tête\ntitre: Un  # le titre\n# avant\ninconnues:\n  # la première\n  - a b  # ici\n  - c d\n# fin\n"
    [made] = asked(catalogue, tmp_path, "--reprendre", [{"text": text, "data": {"titre": "Deux", "inconnues": ["a b", "e f", "c d"]}}])
    assert made["texte"] == '# en tête\ntitre: "Deux"  # le titre\n# avant\ninconnues:\n  # la première\n  - a b  # ici\n  - "e f"\n  - c d\n# fin\n'


def test_a_commune_is_in_the_drawer_its_name_opens() -> None:
    """A search reads one small file, and finds communes with an article or a saint."""
    assert [drawer(name) for name in ("Le Mans", "L'Île-d'Yeu", "Saint-Étienne", "Œuilly", "Anstaing", "Y")] == ["ma", "il", "saint-e", "oe", "an", "y"]
    kept = drawers(register())
    assert sum(len(rows) for rows in kept.values()) == len(register().communes)
    assert max(len(json.dumps(rows, ensure_ascii=False).encode()) for rows in kept.values()) < 160_000


def test_communes_are_put_in_drawers_once_for_each_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found again is what would be written, and another register forgets it."""
    monkeypatch.setattr(keeping, "FOLDER", tmp_path)
    files = form_data.from_the_register()
    assert {name: json.loads(content) for name, content in files.items()} == {
        "intercommunalites.json": register().epci, **{f"communes/{key}.json": rows for key, rows in _listed(drawers(register())).items()}}
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(form_data, "drawers", lambda official: pytest.fail("les communes ont été rangées deux fois"))
        assert form_data.from_the_register() == files
    monkeypatch.setattr(form_data, "register_version", lambda: "une autre")
    monkeypatch.setattr(form_data, "drawers", lambda official: {"zz": []})
    assert list(form_data.from_the_register()) == ["intercommunalites.json", "communes/zz.json"]


def _listed(found: Any) -> Any:
    return json.loads(json.dumps(found))

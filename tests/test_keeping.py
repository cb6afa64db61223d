"""What is kept from one run to the next saves time and changes nothing; what is not whole, or not of today, is never trusted."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from macros import cases, checking, keeping, loading, nodes, readings, records, sharing
from macros.advice import advice_on
from macros.catalogue import Catalogue
from macros.checking import check
from macros.folders import Folders
from macros.keeping import HEAD, Kept, contents, digest
from macros.loading import load
from macros.model.case import Cas
from macros.model.values import Entite
from macros.nodes import sources_of, walk
from macros.problems import WARNING, DataError, Problem
from macros.records import read_back, written
from macros.rules import REFERENCES
from tests.conftest import PROJECT
from tests.synthese import write
from tests.test_loading import good_case


class Forgotten(dict[bytes, Any]):
    """A memory that keeps nothing."""

    def update(self, *_: Any, **__: Any) -> None:
        """Nothing."""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache, and nothing kept in memory."""
    monkeypatch.setattr(keeping, "FOLDER", tmp_path / "cache")
    monkeypatch.setattr(cases, "_last", Forgotten())
    loading._load.cache_clear()
    yield tmp_path / "cache"
    loading._load.cache_clear()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A DATA_ROOT of two cases, with its own levers and references."""
    base = tmp_path / "donnees"
    for name in ("levers", "references"):
        shutil.copytree(PROJECT / name, base / name)
    (base / "references" / "adresses.yml").unlink()
    for name in ("temoignages.yml", "parcours.yml"):
        (base / "references" / name).write_text("{}\n", encoding="utf-8")
    (base / "cases").mkdir()
    for name in ("un", "deux"):
        (base / "cases" / f"{name}.yml").write_text(good_case(), encoding="utf-8")
    return base


def again(root: Path) -> object:
    """A new reading, as another process would do it."""
    loading._load.cache_clear()
    return load(root)


def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the cases really read from now on."""
    found: list[str] = []
    real = cases._checked

    def noted(known: Any, words: Any, acronyms: Any, where: Folders, paths: Iterable[Path]) -> Any:
        taken = list(paths)
        found.extend(path.stem for path in taken)
        return real(known, words, acronyms, where, taken)

    monkeypatch.setattr(cases, "_checked", noted)
    monkeypatch.setattr(sharing, "processors", lambda: 1)
    return found


def other(monkeypatch: pytest.MonkeyPatch, program: bytes) -> None:
    """From now on, another version of the program."""
    for module in (cases, checking):
        monkeypatch.setattr(module, "code", lambda: program)


def test_a_kept_catalogue_is_the_one_that_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every field of every record; the second time no case is read from its file."""
    write(70, tmp_path / "essai", real=True)
    first = load(tmp_path / "essai")
    names = reads(monkeypatch)
    second = again(tmp_path / "essai")
    assert second is not first and second == first and list(second.cas) == list(first.cas)
    assert names == []


def test_only_the_changed_case_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its date says."""
    load(root)
    names = reads(monkeypatch)
    (root / "cases" / "un.yml").write_text(good_case().replace("Bulles", "Boules"), encoding="utf-8")
    assert again(root).cas["un"].titre.startswith("Boules") and names == ["un"]  # type: ignore[attr-defined]


def test_the_file_of_a_record_says_all_of_it(root: Path) -> None:
    """The same file gives the same hash, read or found again; a record that is no longer as its file says has none."""
    first = load(root).cas["un"]
    known = readings.file_of(first)
    assert known
    assert readings.file_of(first.model_copy(update={"titre": "Un autre"})) is None
    loading._load.cache_clear()
    found = load(root).cas["un"]
    assert found is not first and readings.file_of(found) == known and readings.file_of(first) is None
    (root / "cases" / "un.yml").write_text(good_case().replace("Bulles", "Boules"), encoding="utf-8")
    changed = again(root).cas["un"]  # type: ignore[attr-defined]
    assert readings.file_of(changed) not in (None, known)


def test_a_file_saved_just_before_it_is_read_says_nothing_of_its_record(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record is not that of the text that was looked at first."""
    real = records.document_of

    def saved_meanwhile(path: Path, *others: Any) -> Any:
        path.write_text(path.read_text(encoding="utf-8") + "# relu\n", encoding="utf-8")
        return real(path, *others)

    monkeypatch.setattr(cases, "document_of", saved_meanwhile)
    assert readings.file_of(load(root).cas["un"]) is None


def test_a_live_site_reads_the_changed_case_only(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are in its memory, even if nothing is kept on disk; one that is to be warned of is read each time, and what they name is looked at."""
    monkeypatch.setattr(cases, "_last", {})
    first = load(root)
    shutil.rmtree(cache / "lectures")
    names = reads(monkeypatch)
    (root / "cases" / "un.yml").write_text(good_case().replace("Bulles", "Boules"), encoding="utf-8")
    second = again(root)
    assert names == ["un"] and second.cas["deux"] is first.cas["deux"] and second.cas["un"].titre.startswith("Boules")  # type: ignore[attr-defined]
    names.clear()
    real = advice_on
    monkeypatch.setattr("macros.cases.advice_on", lambda tables, places, acronyms: [*real(tables, places, acronyms), Problem("cases/un.yml", 1, 1, "", "à relire", level=WARNING)])
    for path in (root / "cases").glob("*.yml"):
        path.write_text(path.read_text(encoding="utf-8") + "# relu\n", encoding="utf-8")
    shutil.rmtree(cache / "lectures")
    for _ in range(2):
        again(root)
    assert sorted(names) == ["deux", "deux", "un", "un"]
    (root / "levers" / "locaux.yml").unlink()
    with pytest.raises(DataError, match=r"« locaux » n'est pas un levier connu"):
        again(root)


def test_all_cases_are_checked_again_when_what_they_name_changes(root: Path) -> None:
    """A lever that goes, a word that goes: the cases that name it did not change, and are at fault."""
    load(root)
    assert check(root) == []
    (root / "levers" / "locaux.yml").unlink()
    with pytest.raises(DataError, match=r"cases/un.yml:.* « locaux » n'est pas un levier connu"):
        again(root)
    assert {problem.file for problem in check(root) if "locaux" in problem.message} >= {"cases/un.yml", "cases/deux.yml"}


def test_a_case_names_no_other_case() -> None:
    """Else a case could be at fault because another went, and what was kept of it would not know."""
    fields = {name for model in {type(node) for case in load(PROJECT).cas.values() for _, node in walk(case)} for name in model.model_fields}
    assert not {name for name in fields if REFERENCES.get(name) == "cas"}


@pytest.mark.parametrize(("damage", "read"), [("cut", 1), ("changed", 1), ("empty", 2), ("swapped", 2), ("foreign", 1), ("nonsense", 2)])
def test_a_damaged_entry_is_not_trusted(damage: str, read: int, root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cases it held are read again, and kept again."""
    first = load(root)
    (pack,) = (cache / "lectures").iterdir()
    whole = pack.read_bytes()
    size = HEAD + int.from_bytes(whole[32:40], "big")
    harmful = pickle.dumps(shutil.rmtree)
    forged = whole[:32] + len(harmful).to_bytes(8, "big") + digest([whole[:32], harmful]) + harmful
    pack.write_bytes({"cut": whole[:-9], "changed": whole[:-9] + b"x" * 9, "empty": b"", "swapped": whole[size:size + 32] + whole[32:size] + whole[:32] + whole[size + 32:],
                      "foreign": forged + whole[size:], "nonsense": b"\xff" * len(whole)}[damage])
    names = reads(monkeypatch)
    assert again(root) == first and len(names) == read
    if damage != "foreign":
        names.clear()
        assert again(root) == first and names == []


def test_nothing_but_the_model_is_ever_made(root: Path) -> None:
    """A forged entry cannot run anything."""
    case = load(root).cas["un"]
    for harmful in (shutil.rmtree, Path("/"), {"a": "dictionary"}, case, (case,), ("case", ()), (case, "s"), (case, (1,)), (case, (shutil.rmtree,)), (case, (), ())):
        with pytest.raises(pickle.UnpicklingError):
            read_back(pickle.dumps(harmful))
    assert isinstance(read_back(written(case)), Cas) and read_back(written(case)) == case


def test_a_record_read_back_is_the_same_and_takes_little_memory(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand cases are held at once: what they have in common is there once, and their values lie in the records themselves."""
    case = max(catalogue.cas.values(), key=lambda case: len(written(case)))
    one, other = (read_back(written(case)) for _ in range(2))
    assert isinstance(one, Cas) and isinstance(other, Cas)
    assert one == case and one.model_dump(exclude_unset=True) == case.model_dump(exclude_unset=True) and one.model_copy(deep=True) == case
    assert one.model_fields_set is other.model_fields_set and one.type is other.type
    little = held(case)
    monkeypatch.delattr(Entite, "__getstate__")
    monkeypatch.delattr(Entite, "__setstate__")
    assert little < 0.75 * held(case)


def test_a_case_read_back_brings_its_sources(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked for once, by whoever read its file: not again by each copy of the process. What else is asked is looked for as before."""
    cases = list(catalogue.cas.values())
    kept = [(written(case), sources_of(case)) for case in cases]
    monkeypatch.setattr(nodes, "_cited", {})
    monkeypatch.setattr(nodes, "cited", None)
    records = [(read_back(content), sources) for content, sources in kept]
    assert all(sources_of(record) == sources != [] for record, sources in records)
    with pytest.raises(TypeError):
        sources_of(cases[0])


def test_what_is_known_of_sources_is_bounded(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound all is forgotten, and found again; ten thousand cases fit."""
    assert nodes.CITED > 2 * 10_000
    monkeypatch.setattr(nodes, "_cited", {})
    monkeypatch.setattr(nodes, "CITED", 3)
    for case in catalogue.cas.values():
        assert sources_of(read_back(written(case))) == sources_of(case) == list(nodes.cited(case)) and len(nodes._cited) <= 3


def held(case: Cas) -> int:
    """Bytes that a hundred readings of a kept case take in memory."""
    kept = written(case)
    read_back(kept)
    tracemalloc.start()
    cases = [read_back(kept) for _ in range(100)]
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(cases) == 100
    return size


def test_another_program_does_not_read_what_this_one_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that changed judge every case again."""
    load(root)
    assert check(root) == []
    names = reads(monkeypatch)
    other(monkeypatch, b"other")
    again(root)
    assert sorted(names) == ["deux", "un"]
    names.clear()
    assert check(root) == [] and names == []
    other(monkeypatch, b"yet another")
    assert check(root) == [] and sorted(names) == ["deux", "un"]


def test_a_check_that_was_clean_is_not_done_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until a file changes, comes or goes; a check that found an error is always done."""
    assert check(root) == []
    monkeypatch.setattr(loading, "read", lambda where: pytest.fail("vérifié deux fois"))
    assert check(root) == []
    monkeypatch.undo()
    (root / "cases" / "trois.yml").write_text(good_case().replace("montant: 15000", "montant: x"), encoding="utf-8")
    assert len(check(root)) == len(check(root)) == 1
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr(loading, "read", lambda where: 1 / 0)
        check(root)
    (root / "cases" / "trois.yml").unlink()
    (root / "cases" / "un.yml").unlink()
    (root / "cases" / "un.yml").symlink_to(root / "cases" / "deux.yml")
    assert [problem.message for problem in check(root)] == ["ce n'est pas un fichier ordinaire"]


def test_advice_is_told_again_without_reading_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same words on the same lines: data that wait for a better sentence are checked as fast as others."""
    (root / "cases" / "un.yml").write_text(good_case().replace("Bulles", "DDZX"), encoding="utf-8")
    first = check(root)
    assert {problem.level for problem in first} == {WARNING}
    monkeypatch.setattr(loading, "read", lambda where: pytest.fail("vérifié deux fois"))
    assert check(root) == first


def test_a_check_that_was_done_imports_nothing_heavy(root: Path, cache: Path) -> None:
    """What makes pages, models or PDFs takes longer to import than the answer to be found."""
    check(root)
    program = """
import sys
from pathlib import Path
from macros import keeping
keeping.FOLDER = Path(sys.argv[1])
from macros.__main__ import run_check
assert run_check([], "text") == 0
print(sorted({"pydantic", "jinja2", "yaml", "typst", "multiprocessing", "importlib.metadata"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program, str(cache)], cwd=PROJECT, env=os.environ | {"DATA_ROOT": str(root)}, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["Données vérifiées : aucun problème.", "[]"]


def test_contents_tell_names_apart(tmp_path: Path) -> None:
    """The same bytes under another name, or cut elsewhere, are something else."""
    (tmp_path / "a").write_bytes(b"xy")
    first = contents(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert contents(tmp_path) != first
    assert digest([b"ab", b"c"]) != digest([b"a", b"bc"])


def test_a_cache_that_cannot_be_written_stops_nothing(root: Path, cache: Path) -> None:
    """A full disk, a folder of another user."""
    cache.write_text("un fichier à la place du dossier")
    assert set(load(root).cas) == {"un", "deux"} and check(root) == []


def test_packs_are_put_together_and_the_oldest_forgotten(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many runs leave few files, and no more bytes than said."""
    keys = [digest([str(number).encode()]) for number in range(10)]

    def run(name: str, most: int) -> None:
        for key in keys:
            kept = Kept(name)
            kept.put(key, b"1" * 1000)
            kept.close()
            kept.tidy(most)

    run("bref", 4_000)
    assert sum(path.stat().st_size for path in (cache / "bref").iterdir()) <= 4_000
    assert [Kept("bref").get(key) is not None for key in keys] == [False] * 7 + [True] * 3
    monkeypatch.setattr(keeping, "MANY_PACKS", 3)
    run("long", 100_000)
    assert len(list((cache / "long").iterdir())) <= 4
    assert [Kept("long").get(key) for key in keys] == [b"1" * 1000] * 10


def test_a_pack_that_another_process_removes_meanwhile_stops_nothing(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A live site and a build tidy the same folder: what one lists, the other may have put elsewhere."""
    monkeypatch.setattr(keeping, "MANY_PACKS", 0)
    kept, key = Kept("bref"), digest([b"un"])
    kept.put(key, b"1")
    kept.close()
    there = kept._packs()
    monkeypatch.setattr(Kept, "_packs", lambda _: [*there, cache / "bref" / "9.paquet"])
    kept.tidy(1_000)
    monkeypatch.undo()
    monkeypatch.setattr(keeping, "FOLDER", cache)
    assert Kept("bref").get(key) == b"1"


def test_a_case_saved_while_it_is_read_is_not_kept_as_the_former_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was last saved is undone: the case is again what it was."""
    path, real = root / "cases" / "un.yml", cases._checked
    text = path.read_text(encoding="utf-8")
    first = load(root).cas["un"]
    shutil.rmtree(keeping.FOLDER)

    def saved_meanwhile(*given: Any) -> Any:
        path.write_text(text.replace(first.titre, "Tout autre chose"), encoding="utf-8")
        return real(*given)

    with monkeypatch.context() as during:
        during.setattr(cases, "_checked", saved_meanwhile)
        assert again(root).cas["un"].titre == "Tout autre chose"  # type: ignore[attr-defined]
    path.write_text(text, encoding="utf-8")
    assert again(root).cas["un"] == first  # type: ignore[attr-defined]

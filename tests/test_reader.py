"""The strict reader: text stays text, places are kept, nothing crashes."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml

from macros import reader
from macros.decoding import CHARACTERS, MAX_BYTES, UNUSUAL
from macros.reader import MAX_DEPTH, Document, read_bytes, read_file

CASES = Path(__file__).resolve().parent.parent / "cases"


def _messages(text: str | bytes) -> list[str]:
    raw = text.encode() if isinstance(text, str) else text
    return [problem.message for problem in read_bytes(raw, "x.yml").problems]


@pytest.mark.parametrize("written", ["no", "yes", "on", "01", "12:30", "null", "~", "0x1F", "1_000", "1e3", "2021-01-01", "true", ".inf", "2021", "-7"])
def test_a_scalar_stays_the_text_that_was_written(written: str) -> None:
    """`no` is not false, `01` is not 1, `12:30` is not 750."""
    assert read_bytes(f"champ: {written}\n".encode(), "x.yml").content == {"champ": written}


def test_values_are_text_lists_and_groups() -> None:
    """The content is made of plain text, lists and mappings only."""
    document = read_bytes(b'a: "x"\nb: [1, 2]\nc:\n  - d: e\n    f: {g: h}\ni:\n', "x.yml")
    assert document.content == {"a": "x", "b": ["1", "2"], "c": [{"d": "e", "f": {"g": "h"}}], "i": ""}


def test_the_place_of_a_value_is_its_key_or_its_item() -> None:
    """A position is the line and column of the key, of the element in a list, or of what holds a missing value."""
    document = read_bytes(b"a: x\nb:\n  - c: y\n  - d: z\n", "x.yml")
    assert document.at(("a",)) == (1, 1)
    assert document.at(("b", 1)) == (4, 5)
    assert document.at(("b", 1, "d")) == (4, 5)
    assert document.at(("b", 0, "absent")) == (3, 5)
    assert document.at(("absent",)) == (1, 1)


def test_text_is_brought_to_one_form_of_accents() -> None:
    """An é typed as two characters is the same é (NFC)."""
    assert read_bytes("école: de\u0301but\n".encode(), "x.yml").content == {"école": "début"}


@pytest.mark.parametrize("raw", [b"\xef\xbb\xbfa: b\n", b"a: b\r\n", b"a: b", b"--- \na: b\n", b"a: b\n...\n", b"# seul\na: b # fin\n"])
def test_ordinary_ways_to_save_a_file_are_accepted(raw: bytes) -> None:
    """A byte-order mark, Windows line ends, no final newline: none is a fault."""
    document = read_bytes(raw, "x.yml")
    assert (document.content, document.problems) == ({"a": "b"}, [])


def test_the_size_cap_is_exact() -> None:
    """The last accepted size, then one byte more."""
    at_cap = b"a: b\n#" + b"x" * (MAX_BYTES - 6)
    assert _messages(at_cap) == []
    assert _messages(at_cap + b"x") == ["fichier trop gros (200 ko)"]


def test_the_depth_cap_is_exact() -> None:
    """The last accepted depth, then one level more."""
    def nested(levels: int) -> str:
        return "a: " + "[" * (levels - 1) + "x" + "]" * (levels - 1)
    assert _messages(nested(MAX_DEPTH)) == []
    assert _messages(nested(MAX_DEPTH + 1)) == [f"plus de {MAX_DEPTH} niveaux emboîtés"]


@pytest.mark.parametrize("bomb", ["a: " + "[" * 50_000, "a: " + "{b: " * 20_000, "- " * 50_000, "? " * 50_000, "a: &x [*x, *x]"])
def test_deep_nesting_neither_crashes_nor_lasts(bomb: str) -> None:
    """What kills the composer of PyYAML gives one message here."""
    assert len(_messages(bomb)) == 1


FORBIDDEN = [0x00, 0x01, 0x08, 0x0B, 0x0C, 0x1B, 0x7F, 0x85, 0x9F, 0xAD, 0x034F, 0x061C, 0x115F, 0x180E, 0x200B, 0x200D, 0x200E, 0x2028, 0x2029, 0x202A,
             0x202E, 0x2060, 0x2066, 0x2069, 0x3164, 0xFE0F, 0xFFA0, 0xFFFD, 0xE000, 0xE0041, 0xF0000]


@pytest.mark.parametrize("code", FORBIDDEN, ids=lambda code: f"U+{code:04X}")
def test_an_invisible_character_is_refused_where_it_stands(code: int) -> None:
    """Control, invisible, bidirectional and private characters are named, with their place."""
    problem, = read_bytes(f"a: b\nc: mot{chr(code)}suite\n".encode(), "x.yml").problems
    assert (problem.line, problem.column) == (2, 7)
    assert problem.message == f"caractère invisible ou de contrôle (U+{code:04X}), juste après « c: mot »"


@pytest.mark.parametrize("char", ["é", "œ", "’", "«", "\u00a0", "\u202f", "–", "…", "€", "²", "𝄞", "中"])
def test_what_people_type_is_accepted(char: str) -> None:
    """Accents, quotes, no-break spaces inside a text, and other scripts."""
    assert read_bytes(f"a: x{char}y\n".encode(), "x.yml").content == {"a": f"x{char}y"}


def test_a_duplicate_key_is_said_with_both_lines_and_does_not_stop() -> None:
    """Every duplicate of a file is reported at once, at any depth."""
    problems = read_bytes(b"a: 1\nb:\n  c: 1\n  c: 2\na: 2\nd: 1\n", "x.yml").problems
    assert [(problem.line, problem.field, problem.message) for problem in problems] == [
        (4, "c", "le champ « c » est écrit deux fois (déjà ligne 3)"), (5, "a", "le champ « a » est écrit deux fois (déjà ligne 1)")]


def test_a_second_document_is_refused_even_at_the_very_end() -> None:
    """Nothing after `---` is silently ignored."""
    assert _messages("a: b\n---\nc: d\n") == ["le fichier contient plusieurs documents (« --- »)"]
    assert _messages("a: b\n---\n") == ["le fichier contient plusieurs documents (« --- »)"]


def test_damage_gives_a_message_never_a_crash() -> None:
    """A file cut or altered anywhere is either read or explained in one French sentence."""
    chance = random.Random(15)
    for path in sorted(CASES.glob("*.yml"))[:6]:
        raw = path.read_bytes()
        for _ in range(120):
            where = chance.randrange(len(raw))
            damaged = chance.choice([raw[:where], raw[:where] + chance.choice([b'"', b"'", b": ", b"\n- ", b"{", b"]", b"&", b"|", b"#", b"\xff", b"  "]) + raw[where:],
                                     raw[:where] + raw[where + 1:]])
            for problem in read_bytes(damaged, "x.yml").problems:
                assert problem.message
                assert problem.remedy
                assert problem.line <= damaged.count(b"\n") + 1


def test_a_usual_sign_is_never_refused() -> None:
    """Files made of them alone are not looked at any further."""
    assert [f"U+{code:04X}" for code in range(0x110000) for sign in [chr(code)] if not UNUSUAL.search(sign) and any(pattern.search(sign) for pattern, _, _ in CHARACTERS)] == []


def test_what_follows_a_repeated_field_stands_where_it_is_written() -> None:
    """The second writing, which is not kept, takes nobody's place."""
    document = read_bytes(b"a:\n  - b: 1\n    c: [x, y]\n    b: [{d: 2}, 3]\n    e: 4\na:\n  f: {g: 5}\nh: 6\n", "x.yml")
    assert document.content == {"a": [{"b": "1", "c": ["x", "y"], "e": "4"}], "h": "6"}
    assert [(problem.line, problem.message) for problem in document.problems] == [
        (4, "le champ « b » est écrit deux fois (déjà ligne 2)"), (6, "le champ « a » est écrit deux fois (déjà ligne 1)")]
    assert [document.at(path) for path in (("a", 0, "c", 1), ("a", 0, "e"), ("h",), ("a", 0, "b", 7))] == [(3, 12), (5, 5), (8, 1), (2, 5)]


def test_a_look_at_the_text_never_misses_a_value() -> None:
    """Unless the file can write what it does not show."""
    sign = re.compile("é")
    assert not read_bytes(b"a: e\n", "x.yml").may_hold(sign) and read_bytes("a: é\n".encode(), "x.yml").may_hold(sign)
    assert read_bytes("a: e\u0301\n".encode(), "x.yml").may_hold(sign)
    assert read_bytes(b'a: "\\xe9"\n', "x.yml").may_hold(sign) and Document("x.yml").may_hold(sign)


def test_reading_without_the_fast_parser_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML without its C part reads the same values, at the same places."""
    fast = {path.name: read_file(path, path.name) for path in sorted(CASES.glob("*.yml"))[:4]}
    monkeypatch.setattr(reader, "LOADER", yaml.SafeLoader)
    for name, document in fast.items():
        slow = read_file(CASES / name, name)
        assert (slow.content, slow.positions, slow.problems) == (document.content, document.positions, document.problems)
    assert _messages("a: 'l'école'\n") == ["une apostrophe ferme le texte ici"]


def test_a_link_or_a_folder_is_not_a_file(tmp_path: Path) -> None:
    """Only ordinary files are read."""
    (tmp_path / "vrai.yml").write_text("a: b\n")
    (tmp_path / "lien.yml").symlink_to(tmp_path / "vrai.yml")
    for name in ("lien.yml", ".", "absent.yml"):
        assert [problem.message for problem in read_file(tmp_path / name, name).problems] == ["ce n'est pas un fichier ordinaire"]

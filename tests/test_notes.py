"""Numbered notes: each source once, each mark with its way back."""

from __future__ import annotations

import pytest

from macros.catalogue import Catalogue
from macros.model.facts import Phrase
from macros.notes import Notes, anchor, joined
from tests.html_lu import read


def test_a_source_keeps_its_number_and_each_mark_its_anchor(catalogue: Catalogue) -> None:
    """First cited, first numbered; the second mark of a source is `note-1b`."""
    notes = Notes(catalogue)
    html = "".join(str(notes.mark(*sources)) for sources in (("rtes-2026",), ("rtes-2021", "rtes-2026"), ("rtes-2026",)))
    links = [(link.attributes["href"], link.attributes["id"]) for link in read(html).all("a")]
    assert links == [("#source-1", "note-1a"), ("#source-2", "note-2a"), ("#source-1", "note-1b"), ("#source-1", "note-1c")]
    assert notes.listed() == [(1, "rtes-2026", ["note-1a", "note-1b", "note-1c"]), (2, "rtes-2021", ["note-2a"])]


def test_the_same_source_twice_in_a_fact_is_one_mark(catalogue: Catalogue) -> None:
    """A repeated source is marked once."""
    assert len(read(str(Notes(catalogue).mark("rtes-2026", "rtes-2026"))).all("a")) == 1


def test_facts_told_together_share_their_marks(catalogue: Catalogue) -> None:
    """Each of their sources once, in order; nothing when there are none."""
    notes = Notes(catalogue)
    facts = [Phrase(texte="t", source="rtes-2021"), Phrase(texte="t", source="rtes-2026", aussi=("rtes-2021",))]
    assert [link.seen() for link in read(str(notes.marks(facts))).all("a")] == ["1", "2"]
    assert list(notes.numbers) == ["rtes-2021", "rtes-2026"] and notes.marks([]) == ""


@pytest.mark.parametrize(("use", "expected"), [(1, "note-3a"), (26, "note-3z"), (27, "note-3aa"), (52, "note-3az"), (53, "note-3ba")])
def test_anchors_go_on_after_z(use: int, expected: str) -> None:
    """Thirty citations of one source have thirty anchors."""
    assert anchor(3, use) == expected


def test_a_fact_says_its_caution_its_status_and_whether_it_is_from_outside(catalogue: Catalogue) -> None:
    """What is deduced, doubtful or from outside is said beside the fact, before its note."""
    outside = next(key for key, source in catalogue.sources.items() if source.fonds == "exterieur")
    html = str(Notes(catalogue).fact(Phrase(texte="t", source=outside, statut="deduit", reserve="un doute <b>")))
    assert read(html).seen() == "(déduit ; un doute <b>) hors des cinq documents"
    assert read(str(Notes(catalogue).fact(Phrase(texte="t", source="rtes-2026")))).seen() == ""


def test_a_screen_reader_hears_the_name_of_the_source(catalogue: Catalogue) -> None:
    """A mark is not announced as a bare number."""
    label = read(str(Notes(catalogue).mark("rtes-2026"))).all("a")[0].attributes["aria-label"]
    assert label == f"source 1 : {catalogue.sources['rtes-2026'].court}"


def test_a_list_is_joined_in_french() -> None:
    """« a », « a et b », « a, b et c », escaped."""
    assert [str(joined(parts)) for parts in ([], ["a"], ["a", "b"], ["a", "b", "<c>"])] == ["", "a", "a et b", "a, b et &lt;c&gt;"]

"""The official register: complete, cached, and said to be missing when it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from macros import register as module
from macros.register import Register, RegisterMissing, register


@pytest.fixture
def fresh() -> Iterator[None]:
    """Nothing kept in memory before or after."""
    register.cache_clear()
    yield
    register.cache_clear()


def test_the_register_is_that_of_france() -> None:
    """All communes, the 101 départements and more, 18 régions, about 1 250 groupings."""
    official = register()
    assert 34_000 < len(official.communes) < 36_000
    assert {"01", "2A", "2B", "75", "974", "976"} <= set(official.departements)
    assert len([code for code in official.regions if len(code) == 2]) == 18
    assert len(official.epci) > 1_200


def test_a_commune_has_its_attachments() -> None:
    """Name, département, région, grouping, population."""
    commune = register().commune("59013")
    assert commune is not None
    assert (commune.nom, commune.departement, commune.region, commune.epci) == ("Anstaing", "59", "32", "200093201")
    assert 1_000 < commune.population < 3_000
    assert register().commune("00000") is None


def test_homonyms_are_all_given() -> None:
    """« Saint-Denis » is several communes."""
    assert {"93066", "97411"} <= {commune.insee for commune in register().named("Saint-Denis")}
    assert register().named("Nulle-Part-sur-Rien") == []


def test_the_territories_of_greater_paris_are_known() -> None:
    """Plaine Commune is an établissement public territorial: not in the list of EPCI, yet a grouping."""
    assert register().epci["200057867"] == "Plaine Commune"


def test_it_is_kept_and_made_again_when_damaged(fresh: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The 13 MB are read once; a damaged copy is thrown away."""
    monkeypatch.setattr(module, "ROOT", tmp_path)
    first = register().commune("59013")
    copy, = (tmp_path / ".cache").iterdir()
    copy.write_text('{"communes": ', encoding="utf-8")
    register.cache_clear()
    assert register().commune("59013") == first
    register.cache_clear()
    monkeypatch.setattr(module, "_make", lambda version: pytest.fail("fait deux fois"))
    assert register().commune("59013") == first


def test_a_missing_register_is_said_in_words(fresh: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package, one sentence says which command brings it."""
    monkeypatch.setattr(module, "PACKAGE", tmp_path)
    with pytest.raises(RegisterMissing, match="make build"):
        register()


def test_the_register_can_be_written_and_read_back() -> None:
    """The copy in the cache is the same register."""
    assert isinstance(register(), Register)
    assert all(len(row) == 5 for row in list(register().communes.values())[:50])

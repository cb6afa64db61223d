"""Publication in one step: the old site, then the new one, never half of either."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros import swap
from macros.swap import aside, put_in_place


@pytest.fixture(params=["in one step", "in two"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the atomic exchange of Linux, and without it."""
    if request.param == "in two":
        monkeypatch.setattr(swap, "_exchanged", lambda one, other: False)


def _folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "index.html").write_text(text)
    return path


def test_the_new_site_takes_the_place_of_the_old_one(tmp_path: Path, way: None) -> None:
    """Nothing of the old site remains, and nothing lies aside."""
    final = _folder(tmp_path / "site", "ancien")
    (final / "vieux.html").write_text("x")
    put_in_place(_folder(aside(final), "nouveau"), final)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert {path.name: path.read_text() for path in final.iterdir()} == {"index.html": "nouveau"}


def test_the_first_site_is_simply_put_there(tmp_path: Path, way: None) -> None:
    """Without a former site, the new one takes its name."""
    final = tmp_path / "site"
    put_in_place(_folder(aside(final), "nouveau"), final)
    assert (final / "index.html").read_text() == "nouveau"


def test_a_former_failure_does_not_get_in_the_way(tmp_path: Path, way: None) -> None:
    """What an interrupted publication left behind is replaced."""
    final = _folder(tmp_path / "site", "ancien")
    _folder(tmp_path / "site.ancien", "reste")
    put_in_place(_folder(aside(final), "nouveau"), final)
    assert (final / "index.html").read_text() == "nouveau"


def test_the_new_site_is_prepared_beside_the_old_one(tmp_path: Path) -> None:
    """On the same disk, under a name that no page can have."""
    assert aside(tmp_path / "site") == tmp_path / "site.en-cours"

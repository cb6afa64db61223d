"""Publication in one step: the old site, then the new one, never half of either."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from macros import swap
from macros.sharing import Shared
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


class Copies(Shared[str]):
    """Copies that do their work, or are stopped in the middle of it."""

    stopped = False

    def results(self) -> list[None]:
        """Half of it, then the other, unless something happens."""
        half = len(self.items) // 2
        self.work(self.items[half:])
        if self.stopped:
            raise OSError("un processus de construction s'est arrêté")
        return [self.work(self.items[:half])]


@pytest.mark.parametrize("stopped", [False, True])
def test_nothing_remains_of_a_former_site_whoever_removes_it(stopped: bool, tmp_path: Path, way: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is anything touched that it leads to, by a link or as the same file under two names; a copy that is stopped is no failure: the new site is published."""
    final, elsewhere = _folder(tmp_path / "site", "ancien"), tmp_path / "ailleurs"
    elsewhere.mkdir()
    _folder(elsewhere / "dossier", "intact")
    for name in ("cas/un", "cas/deux", "cas/trois", "cas/vide", "pdf/cas"):
        (final / name).mkdir(parents=True)
        (final / name / "index.html").write_text("ancien")
    (final / "cas" / "vide" / "index.html").unlink()
    (final / "cas" / "lien").symlink_to(elsewhere)
    (final / "lien").symlink_to(elsewhere)
    new = _folder(aside(final), "nouveau")
    os.link(final / "cas" / "un" / "index.html", new / "un.html")
    monkeypatch.setattr(Copies, "stopped", stopped)
    monkeypatch.setattr(swap, "Shared", Copies)
    put_in_place(new, final)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ailleurs", "site"]
    assert {path.name: path.read_text() for path in final.iterdir()} == {"index.html": "nouveau", "un.html": "ancien"}
    assert (elsewhere / "dossier" / "index.html").read_text() == "intact"


def test_a_large_site_is_removed_by_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each folder inside a folder is the work of one: a thousand cases are not one piece of it."""
    final = _folder(tmp_path / "site", "ancien")
    given: list[str] = []
    for name in ("cas/un", "cas/deux", "pdf/cas"):
        (final / name).mkdir(parents=True)

    def seen(paths: Iterable[str]) -> None:
        given.extend("/".join(Path(path).parts[-2:]) for path in paths)

    monkeypatch.setattr(swap, "_emptied", seen)
    put_in_place(_folder(aside(final), "nouveau"), final)
    assert sorted(given) == ["cas/deux", "cas/un", "pdf/cas"]

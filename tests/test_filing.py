"""A file of the site that did not change is not written again; the published one is never touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from macros import swap
from macros.filing import put, put_again
from macros.keeping import digest


@pytest.fixture
def sites(tmp_path: Path) -> tuple[Path, Path]:
    """The published site, which holds one file, and the folder of the next."""
    final = tmp_path / "site"
    (final / "api").mkdir(parents=True)
    (final / "api" / "cas.json").write_bytes(b"[1]\n")
    return final, swap.aside(final)


def test_a_file_that_did_not_change_is_the_published_one(sites: tuple[Path, Path]) -> None:
    """With its date."""
    final, aside = sites
    os.utime(final / "api" / "cas.json", (1, 1))
    put(aside / "api" / "cas.json", b"[1]\n")
    assert os.path.samefile(aside / "api" / "cas.json", final / "api" / "cas.json")
    assert (aside / "api" / "cas.json").stat().st_mtime == 1


def test_what_is_published_is_put_again_by_its_hash_alone(sites: tuple[Path, Path]) -> None:
    """It is the same file, with its date; one that is absent, or no longer what it was, is not."""
    final, aside = sites
    os.utime(final / "api" / "cas.json", (1, 1))
    assert put_again(aside / "api" / "cas.json", digest([b"[1]\n"]))
    assert os.path.samefile(aside / "api" / "cas.json", final / "api" / "cas.json") and (aside / "api" / "cas.json").stat().st_mtime == 1
    for path, known in ((aside / "api" / "autre.json", digest([b"[1]\n"])), (aside / "api" / "cas.json", digest([b"[2]\n"])), (final / "api" / "cas.json", digest([b"[1]\n"]))):
        assert not put_again(path, known)
    assert not (aside / "api" / "autre.json").exists()


@pytest.mark.parametrize("content", [b"[2]\n", b"[1]\n\n", b""])
def test_one_that_changed_is_another(content: bytes, sites: tuple[Path, Path]) -> None:
    """As long as before, longer, or empty."""
    final, aside = sites
    put(aside / "api" / "cas.json", content)
    assert (aside / "api" / "cas.json").read_bytes() == content and (final / "api" / "cas.json").read_bytes() == b"[1]\n"


def test_a_file_written_twice_leaves_the_published_one_as_it_is(sites: tuple[Path, Path]) -> None:
    """Written in place, the second content would be published at once."""
    final, aside = sites
    put(aside / "api" / "cas.json", b"[1]\n")
    put(aside / "api" / "cas.json", b"[2]\n")
    assert (aside / "api" / "cas.json").read_bytes() == b"[2]\n" and (final / "api" / "cas.json").read_bytes() == b"[1]\n"
    put(aside / "api" / "cas.json", b"[1]\n")
    assert os.path.samefile(aside / "api" / "cas.json", final / "api" / "cas.json")


def test_without_a_published_site_files_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A first build, or a folder that stands alone; and a disk where a file has one name only."""
    for path in (swap.aside(tmp_path / "autre") / "un" / "deux.txt", tmp_path / "seul" / "deux.txt"):
        put(path, b"un")
        put(path, b"deux")
        assert path.read_bytes() == b"deux"

    def refused(*paths: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refused)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "un.txt").write_bytes(b"un")
    put(swap.aside(tmp_path / "site") / "un.txt", b"un")
    assert (swap.aside(tmp_path / "site") / "un.txt").read_bytes() == b"un"


def test_a_file_that_only_changed_its_address_is_the_published_one(sites: tuple[Path, Path]) -> None:
    """Where the content is the same; otherwise it is written."""
    final, aside = sites
    put(aside / "api" / "v2" / "cas.json", b"[1]\n", aside / "api" / "cas.json")
    put(aside / "api" / "v2" / "autre.json", b"[2]\n", aside / "api" / "cas.json")
    assert os.path.samefile(aside / "api" / "v2" / "cas.json", final / "api" / "cas.json")
    assert (aside / "api" / "v2" / "autre.json").read_bytes() == b"[2]\n" and (final / "api" / "cas.json").read_bytes() == b"[1]\n"

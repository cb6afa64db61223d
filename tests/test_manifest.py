"""The list of fingerprints: every file, in the order of the addresses, as it stands on the disk."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from macros import manifest as module
from macros.manifest import NAME, manifest, write_manifest
from macros.sharing import Shared


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Folders in folders, names that sort otherwise as paths than as addresses, an empty file, a former manifest."""
    for number, name in enumerate(("index.html", "cas/un/index.html", "cas/un.json", "cas-2/é.txt", "cas/un-deux/index.html", "vide", NAME, f"archives/{NAME}", ".nojekyll")):
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 1000 * number if name != "vide" else b"")
    (tmp_path / "site" / "dossier vide").mkdir()
    return tmp_path / "site"


class Halves(Shared[str]):
    """Two copies that took every other file, the second one first."""

    def results(self) -> list[Any]:
        """What they gave."""
        return [self.work(self.items[1::2]), self.work(self.items[::2])]


@pytest.mark.parametrize("shared", [Shared, Halves])
def test_every_file_is_there_once_in_order(shared: type[Shared[str]], site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever read it, this process or its copies."""
    monkeypatch.setattr(module, "Shared", shared)
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file() and path.name != NAME}
    assert manifest(site) == "".join(f"{hashlib.sha256(files[address].read_bytes()).hexdigest()}  {address}\n" for address in sorted(files))
    assert len(files) == 7


def test_a_file_changed_behind_its_date_is_read_again(site: Path) -> None:
    """As long as before, with the date it had and another name on the same disk: what `touch -d` and hard links can do."""
    write_manifest(site)
    path = site / "cas" / "un.json"
    before = path.stat()
    os.link(path, site.parent / "un autre nom")
    path.write_bytes(b"y" * before.st_size)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert f"{hashlib.sha256(b'y' * before.st_size).hexdigest()}  cas/un.json\n" in manifest(site) != (site / NAME).read_text(encoding="utf-8")

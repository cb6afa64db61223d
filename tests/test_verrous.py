"""What is installed is what was tried: pinned, hashed, and from no address written here."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import PROJECT

LOCKS = ["requirements.txt", "requirements-test.txt"]
BENCH = "requirements-bench.txt"
"""What `make bench` compares with: apart, so that neither the build nor the tests install it."""
NODE = [PROJECT, PROJECT / "tests" / "mesures" / "outils"]
"""Folders of a package.json."""


def _committed() -> list[Path]:
    """Files under version control or about to be; without git, every file that is not made by a command."""
    made = {".venv", "node_modules", ".cache", "site", ".git", ".mypy_cache", ".ruff_cache", ".pytest_cache", "__pycache__"}
    try:
        listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=PROJECT, capture_output=True, check=True).stdout
        names = [name for name in listed.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        names = [path.relative_to(PROJECT).as_posix() for path in PROJECT.rglob("*") if not made & set(path.relative_to(PROJECT).parts)]
    return [PROJECT / name for name in sorted(names) if (PROJECT / name).is_file()]


COMMITTED = _committed()
ADDRESS = re.compile(r"--(extra-)?index-url|--find-links|(?<!emit-)trusted-host|files\.pythonhosted\.org|pypi\.org/simple|registry\.npmjs\.org|registry\.yarnpkg\.com|^registry *=", re.M)
"""What would send an installation to one place."""
HOME = re.compile(r"(?<![\w.:/])/(?:home|root|Users|work|mnt|workspace|workspaces)/[\w.-]+")
"""The folder of a machine."""


@pytest.mark.parametrize("name", [*LOCKS, BENCH])
def test_every_package_is_pinned_with_hashes(name: str) -> None:
    """One exact version and at least one hash a package."""
    blocks = [block for block in re.split(r"\n(?=[A-Za-z0-9])", (PROJECT / name).read_text(encoding="utf-8")) if re.match(r"[A-Za-z0-9]", block)]
    assert len(blocks) > 10
    assert [block.splitlines()[0] for block in blocks if not re.match(r"[\w.\-\[\],]+==[\w.!+-]+", block) or "--hash=sha256:" not in block] == []


@pytest.mark.parametrize(("wanted", "lock"), [("requirements.in", "requirements.txt"), ("requirements-test.in", "requirements-test.txt"), ("requirements-bench.in", BENCH)])
def test_every_wanted_package_is_in_its_lock(wanted: str, lock: str) -> None:
    """Adding a line to a `.in` file without locking it is seen."""
    def plain(name: str) -> str:
        return re.sub(r"[-_.]+", "-", name).lower()
    names = {plain(found[1]) for line in (PROJECT / wanted).read_text(encoding="utf-8").splitlines() if (found := re.match(r"([A-Za-z0-9][\w.-]*)", line))}
    locked = {plain(name) for name in re.findall(r"^([A-Za-z0-9][\w.-]*)==", (PROJECT / lock).read_text(encoding="utf-8"), re.M)}
    assert sorted(names - locked) == [], "lancez : make verrous"


def test_the_tests_use_the_same_versions_as_the_build() -> None:
    """A package of both locks has one version."""
    def pins(name: str) -> dict[str, str]:
        return dict(re.findall(r"^([\w.-]+)==([\w.!+-]+)", (PROJECT / name).read_text(encoding="utf-8"), re.M))
    build, test = (pins(name) for name in LOCKS)
    assert {name: (version, test.get(name)) for name, version in build.items() if test.get(name) != version} == {}


@pytest.mark.parametrize("folder", NODE, ids=lambda folder: folder.name)
def test_node_packages_are_pinned_without_address(folder: Path) -> None:
    """Exact versions, integrity sums, no `resolved` address, and the lock is that of package.json."""
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    assert '"resolved"' not in (folder / "package-lock.json").read_text(encoding="utf-8")
    assert [name for name, package in lock["packages"].items() if name and not package.get("link") and "integrity" not in package] == []
    for group in ("dependencies", "devDependencies"):
        assert all(re.fullmatch(r"\d+\.\d+\.\d+[\w.-]*", version) for version in wanted.get(group, {}).values()), group
        assert wanted.get(group, {}) == lock["packages"][""].get(group, {}), "lancez : make verrous"


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_no_file_names_an_index_or_a_folder_of_a_machine(path: Path) -> None:
    """The project installs from wherever its user installs, and runs wherever it is put."""
    raw = path.read_bytes()
    if b"\0" in raw or path == Path(__file__):
        return
    text = raw.decode("utf-8", errors="replace")
    assert ADDRESS.search(text) is None, ADDRESS.search(text)
    assert HOME.search(text) is None, HOME.search(text)

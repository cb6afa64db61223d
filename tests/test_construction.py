"""A build that is killed, starved or forbidden changes nothing of the published site, and says why in one line; a good one is the same everywhere."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from macros import lock, swap
from macros.manifest import NAME, manifest, write_manifest
from tests.conftest import PROJECT, SETTINGS, build, seen

ENVIRONMENT = {key: value for key, value in os.environ.items() if key not in SETTINGS} | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}
COMMAND = [sys.executable, "-m", "mkdocs", "--quiet", "build"]


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A published site, with its manifest."""
    folder = tmp_path / "public"
    (folder / "cas").mkdir(parents=True)
    (folder / "index.html").write_text("accueil")
    (folder / "cas" / "index.html").write_text("cas")
    write_manifest(folder)
    return folder


def whole(site: Path) -> bool:
    """Whether a site is complete and unchanged, for its own manifest."""
    return (site / NAME).is_file() and manifest(site) == (site / NAME).read_text(encoding="utf-8")


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What a failed build said: one line, in French, that says the site in use is intact."""
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    assert done.returncode != 0 and len(lines) == 1, lines
    assert lines[0].startswith("Le site n'est pas publié : ") and lines[0].endswith("Le site précédent est intact."), lines
    return lines[0]


def stopped(group: int) -> None:
    """Stop the processes of a group, and wait until each one is: a system call under way is finished first, and may write."""
    os.killpg(group, signal.SIGSTOP)
    seen(lambda: all(state == "T" for state, its_group in processes() if its_group == group), seconds=60)


def processes() -> Iterator[tuple[str, int]]:
    """State and group of each process that runs."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # ended in between
            state, _, group, *_ = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if state not in "ZX":
                yield state, int(group)


LATE = "pdf/recueil.pdf"


@pytest.mark.parametrize("moment", ["", "assets", "cas/caylus/index.html", LATE, "assets/recherche", "api/v1", NAME])
def test_a_build_that_is_killed_leaves_the_site(moment: str, published: Path) -> None:
    """Killed when a file of the new site appears: the former site is there, whole, or the new one is; and the next build works."""
    aside = published.with_name("public.en-cours")
    running = subprocess.Popen(COMMAND, cwd=PROJECT, env=ENVIRONMENT | {"SITE_DIR": str(published)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while running.poll() is None and not (aside / moment).exists():
        time.sleep(0.005)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert whole(published)
    if moment != NAME:  # the last moment of all may come too late: the new site is then in place
        assert (published / "index.html").read_text() == "accueil" and lock.beside(published).exists()
    if moment in (LATE, NAME):
        done = build(published)
        assert done.returncode == 0 and whole(published) and not aside.exists() and not lock.beside(published).exists(), done.stderr


def test_two_builds_at_once_do_not_meet(published: Path) -> None:
    """The second says that the first is at work and touches nothing; the first ends as if it were alone."""
    aside = published.with_name("public.en-cours")
    first = subprocess.Popen(COMMAND, cwd=PROJECT, env=ENVIRONMENT | {"SITE_DIR": str(published)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
    seen(lambda: (aside / "cas").exists() or first.poll() is not None, seconds=120)
    stopped(first.pid)  # with those it shares its work with
    try:
        begun = manifest(aside)
        assert "une autre construction écrit déjà dans « public »" in one_line(build(published))
        assert manifest(aside) == begun and whole(published) and (published / "index.html").read_text() == "accueil"
    finally:
        os.killpg(first.pid, signal.SIGCONT)
    told, _ = first.communicate()
    assert (first.returncode, told) == (0, "") and whole(published) and (published / "cas" / "caylus" / "index.html").is_file()
    assert sorted(path.name for path in published.parent.iterdir()) == ["public"]


def test_a_lock_is_given_back(tmp_path: Path) -> None:
    """Once given back, it can be taken again; the file that a killed build left locks nothing; a removed file is not mistaken for the lock."""
    final = tmp_path / "public"
    lock.beside(final).touch()
    held = lock.taken(final)
    with pytest.raises(lock.BusyError):
        lock.taken(final)
    lock.released(held, final)
    assert list(tmp_path.iterdir()) == []
    lock.released(lock.taken(final), final)


def test_a_full_disk_leaves_the_site(published: Path) -> None:
    """A file that cannot be written in full stops everything."""
    def starve() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    done = subprocess.run(COMMAND, cwd=PROJECT, env=ENVIRONMENT | {"SITE_DIR": str(published)}, capture_output=True, text=True, check=False, preexec_fn=starve)
    assert "dépasse la taille permise" in one_line(done)
    assert whole(published) and (published / "index.html").read_text() == "accueil" and not published.with_name("public.en-cours").exists()


def test_a_disk_without_room_is_told() -> None:
    """The words for a full disk, which a test cannot fill everywhere."""
    assert swap.why(OSError(28, "No space left on device")) == "le disque est plein"
    assert "interdite" in swap.why(PermissionError(13, "Permission denied", "/site"))
    assert "(code EIO)" in swap.why(OSError(5, "Input/output error"))


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A folder where nobody may write, a file where a folder should be."""
    if os.geteuid():
        forbidden = tmp_path / "interdit"
        forbidden.mkdir(mode=0o555)
    else:
        forbidden = Path("/proc/self")  # nobody, root included, creates a folder there
    assert "écri" in one_line(build(forbidden / "site"))
    (tmp_path / "fichier").write_text("texte")
    assert "n'est pas un dossier" in one_line(build(tmp_path / "fichier" / "site"))
    assert (tmp_path / "fichier").read_text() == "texte"


def test_a_link_under_docs_is_refused(tmp_path: Path, published: Path) -> None:
    """It would publish a file taken from elsewhere."""
    project = copied(tmp_path / "projet")
    (project / "docs" / "assets").mkdir(exist_ok=True)
    (project / "docs" / "assets" / "secret.txt").symlink_to("/etc/hostname")
    done = build(published, project=project)
    assert done.returncode != 0 and "docs/assets/secret.txt est un lien" in done.stdout + done.stderr and "Traceback" not in done.stderr
    assert whole(published)


def test_an_interrupted_exchange_is_undone(published: Path) -> None:
    """Where the system cannot exchange two folders at once, a build killed between the two moves is repaired by the next."""
    published.rename(published.with_name("public.ancien"))
    swap.recover(published)
    assert whole(published)
    swap.recover(published)
    assert whole(published)


def copied(project: Path) -> Path:
    """A copy of the project, somewhere else."""
    project.mkdir(parents=True)
    for path in PROJECT.iterdir():
        if path.is_dir() and not path.name.startswith((".", "site")) and path.name not in ("node_modules", "tests"):
            shutil.copytree(path, project / path.name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in PROJECT.iterdir():
        if path.is_file():
            shutil.copy(path, project)
    (project / "node_modules").symlink_to(PROJECT / "node_modules")
    return project


def test_the_same_site_is_built_everywhere(tmp_path: Path) -> None:
    """Another folder, another time zone, another language, another hash seed, another order of files: the same bytes, listed in the manifest.

    The clock is that of 1970: no date of the site comes from it but the one it announces.
    """
    project = copied(tmp_path / "un dossier à espaces" / "projet")
    one, other = tmp_path / "un", tmp_path / "autre"
    first = build(one, SOURCE_DATE_EPOCH="0", TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    second = build(other, project=project, SOURCE_DATE_EPOCH="0", TZ="Pacific/Auckland", LC_ALL="C", LANG="tr_TR.UTF-8", PYTHONHASHSEED="2")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    differing = sorted({line[66:] for line in manifest(one).splitlines()} ^ {line[66:] for line in manifest(other).splitlines()})
    changed = sorted({line[66:] for line in set(manifest(one).splitlines()) ^ set(manifest(other).splitlines())})
    assert not differing and not changed, changed[:20]
    assert whole(one) and whole(other)
    if shutil.which("sha256sum"):
        assert subprocess.run(["sha256sum", "--check", "--quiet", NAME], cwd=one, capture_output=True, check=False).returncode == 0


def test_the_manifest_sees_a_changed_file(published: Path) -> None:
    """One byte more, one file more, one file less."""
    (published / "index.html").write_text("accueil !")
    assert not whole(published)
    write_manifest(published)
    assert whole(published) and re.fullmatch(r"([0-9a-f]{64}  [^\n]+\n){2}", (published / NAME).read_text())
    (published / "cas" / "index.html").unlink()
    assert not whole(published)

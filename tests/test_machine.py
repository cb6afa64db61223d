"""What the machine may refuse, at whatever moment: the site in use stays whole, one French line says why, the exit code is not zero.

A disk is really full here: a small one where the system lets us mount it, `/dev/full` in the place of one file everywhere else.
"""

from __future__ import annotations

import os
import signal
import subprocess
import textwrap
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import pytest

from macros.manifest import NAME, manifest
from tests.conftest import PROJECT, build
from tests.test_construction import COMMAND, ENVIRONMENT, copied, one_line, whole
from tests.test_construction import published as published


@lru_cache(maxsize=2)
def apart(kind: str) -> tuple[str, ...]:
    """The command that runs another with its own disks (`m`) or without any network (`n`); empty where the system refuses."""
    for flags in (f"-{kind}", f"-r{kind}"):
        try:
            if subprocess.run(["unshare", flags, "true"], capture_output=True, check=False).returncode == 0:
                return ("unshare", flags)
        except FileNotFoundError:
            break
    return ()


def started_without_room(name: str, published: Path) -> subprocess.Popen[str]:
    """A build for which one file has no room: it is stopped at its first step, with those it shares its work with, while the place of the file is taken."""
    aside = published.with_name("public.en-cours")
    for _ in range(5):  # on a busy machine the file may be there first
        running = subprocess.Popen(COMMAND, cwd=PROJECT, env=ENVIRONMENT | {"SITE_DIR": str(published)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
        while not aside.exists() and running.poll() is None:
            time.sleep(0.0005)
        os.killpg(running.pid, signal.SIGSTOP)
        try:
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            (aside / name).symlink_to("/dev/full")
            os.killpg(running.pid, signal.SIGCONT)
            return running
        except FileExistsError:
            os.killpg(running.pid, signal.SIGKILL)
            running.communicate()
    pytest.fail(f"{name} est toujours écrit avant qu'on ait pu lui prendre sa place")


def said(running: subprocess.Popen[str]) -> tuple[str, str]:
    """What it says until it ends; a copy made just when all were stopped may have missed that they go on."""
    while True:
        with suppress(subprocess.TimeoutExpired):
            return running.communicate(timeout=5)
        os.killpg(running.pid, signal.SIGCONT)


@pytest.mark.parametrize("name", ["index.html", "cas/caylus/index.html", "pdf/recueil.pdf", "assets/recherche/index.json", "api/v1/cas.csv", NAME])
def test_a_disk_that_fills_up_leaves_the_site(name: str, published: Path) -> None:
    """At the first page, at a fiche, while printing, indexing, exporting, at the very end: `/dev/full` has no room for that file."""
    running = started_without_room(name, published)
    output, errors = said(running)
    assert "le disque est plein" in one_line(subprocess.CompletedProcess(COMMAND, running.returncode, output, errors))
    assert whole(published) and (published / "index.html").read_text() == "accueil"
    assert [path.name for path in published.parent.iterdir()] == ["public"]


SMALL = """
mount -t tmpfs -o size=$3 tmpfs "$1" && cp -a "$2" "$1/public" || exit 99
SITE_DIR="$1/public" "$4" -m mkdocs --quiet build
code=$?
rm -rf "$2" && cp -a "$1/public" "$2" && ls "$1" > "$2.liste"
exit $code
"""


@pytest.mark.parametrize("part", [0.01, 0.3, 0.7, 0.97])
def test_a_small_disk_leaves_the_site(part: float, published: Path, site: Path, tmp_path: Path) -> None:
    """A disk with room for a part of the new site only."""
    blocks = sum(-(-path.stat().st_size // 4096) for path in site.rglob("*") if path.is_file())
    disk = tmp_path / "disque"
    disk.mkdir()
    if not apart("m"):
        pytest.skip("ce système ne laisse pas monter un disque : l'essai ci-dessus le remplace")
    command = [*apart("m"), "sh", "-c", SMALL, "sh", str(disk), str(published), f"{int(blocks * part) * 4 + 64}k", COMMAND[0]]
    done = subprocess.run(command, cwd=PROJECT, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert "le disque est plein" in one_line(done)
    assert whole(published) and (published / "index.html").read_text() == "accueil"
    assert published.with_name("public.liste").read_text().split() == ["public"]


def test_a_corrupt_case_leaves_the_site(published: Path, tmp_path: Path) -> None:
    """Bytes that are not text: the file and the line are named, nothing is published."""
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "abime.yml").write_bytes((PROJECT / "cases" / "caylus.yml").read_bytes()[:700] + b"\xff\xfe\x00")
    done = build(published, DATA_ROOT=str(tmp_path))
    told = done.stdout + done.stderr
    assert done.returncode != 0 and "cases/abime.yml:" in told and "UTF-8" in told and "Traceback" not in told
    assert whole(published) and (published / "index.html").read_text() == "accueil"


def test_without_its_fonts_nothing_is_published(published: Path, tmp_path: Path) -> None:
    """The packages of the fonts are not there: the line says what to run."""
    project = copied(tmp_path / "projet")
    (project / "node_modules").unlink()
    (project / "node_modules").mkdir()
    for path in (PROJECT / "node_modules").iterdir():
        if path.name != "@expo-google-fonts":
            (project / "node_modules" / path.name).symlink_to(path)
    told = one_line(build(published, project=project))
    assert "police" in told and "make build" in told
    assert whole(published) and (published / "index.html").read_text() == "accueil"


CLOCK = """\
    import datetime, time
    time.time, time.time_ns = lambda: 60.0, lambda: 60 * 10**9
    gm, local = time.gmtime, time.localtime
    time.gmtime, time.localtime = lambda s=60.0: gm(s), lambda s=60.0: local(s)
    class Date(datetime.date):
        @classmethod
        def today(cls): return cls(1970, 1, 1)
    class Moment(datetime.datetime):
        @classmethod
        def now(cls, tz=None): return cls(1970, 1, 1, 0, 1, tzinfo=tz)
        @classmethod
        def utcnow(cls): return cls(1970, 1, 1, 0, 1)
        @classmethod
        def today(cls): return cls(1970, 1, 1, 0, 1)
    datetime.date, datetime.datetime = Date, Moment
"""
NO_NETWORK = """\
    import socket
    def refused(*given, **named): raise OSError(101, "réseau interdit")
    socket.getaddrinfo = socket.socket.connect = socket.socket.connect_ex = refused
"""


def test_in_1970_and_without_network_the_site_is_the_same(site: Path, tmp_path: Path) -> None:
    """A copy that never built anything, on a machine whose clock was reset, cut from any network: the same bytes."""
    (tmp_path / "reglages").mkdir()
    guard = textwrap.dedent(CLOCK + NO_NETWORK)
    (tmp_path / "reglages" / "sitecustomize.py").write_text(guard, encoding="utf-8")
    environment = ENVIRONMENT | {"SITE_DIR": str(tmp_path / "site"), "PYTHONPATH": str(tmp_path / "reglages")}
    asked = [COMMAND[0], "-c", "import datetime, time, socket; print(datetime.datetime.now().year, time.gmtime().tm_year); socket.create_connection(('127.0.0.1', 9))"]
    proof = subprocess.run(asked, env=environment, capture_output=True, text=True, check=False)
    assert proof.stdout == "1970 1970\n" and "réseau interdit" in proof.stderr
    done = subprocess.run([*apart("n"), *COMMAND], cwd=copied(tmp_path / "projet"), env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert whole(tmp_path / "site")
    assert sorted(set(manifest(site).splitlines()) ^ set(manifest(tmp_path / "site").splitlines())) == []

"""Whole processes, timed and weighed; and what is going on meanwhile, on the terminal: all this takes long."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

BETWEEN, SHARE = 0.2, 0.03
"""Seconds between two looks at the memory of a process that lasts, and the share of one processor that looking may take."""


TOO_MUCH = 0.7
"""Share of the memory of the machine beyond which a watched process is stopped: the system would choose which one to stop."""
BEGUN = time.monotonic()


def say(text: str) -> None:
    """A line, with the minutes and seconds since the beginning."""
    minutes, seconds = divmod(int(time.monotonic() - BEGUN), 60)
    print(f"{minutes:3} min {seconds:02} s  {text}", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Run:
    """One process, with all those it started."""

    secondes: float
    """From start to end, on the clock."""
    processeur: float
    """Seconds of processor, all processes together."""
    memoire: float | None = None
    """Megabytes held at once by all of them, at the most, what they share being counted once; when watched, and where the system tells."""


def run(command: Sequence[str], folder: Path, settings: Mapping[str, str], watched: bool = False) -> Run:
    """Run a command to its end; what it says is shown only if it fails. Former work is first on the disk, not waiting to be written during this one."""
    os.sync()
    with tempfile.TemporaryFile() as said:
        begun, used = time.perf_counter(), os.times()
        process = subprocess.Popen(command, cwd=folder, env={**os.environ, **settings}, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            most = _most(process) if watched else None
            process.wait()
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)  # its own session: an interruption of this program does not reach it
            process.wait()
            raise
        seconds, after = time.perf_counter() - begun, os.times()
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"« {' '.join(command)} » a échoué :\n{said.read().decode(errors='replace')[-6000:]}")
    return Run(seconds, after.children_user + after.children_system - used.children_user - used.children_system, most)


def _most(process: subprocess.Popen[bytes]) -> float | None:
    """Follow a process to its end."""
    if not sys.platform.startswith("linux"):
        return None
    most, begun, limit = 0.0, time.perf_counter(), TOO_MUCH * os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e6
    while process.poll() is None:
        looking = time.perf_counter()
        most = max(most, sum(map(_held, _group(process.pid))))
        if most > limit:
            raise SystemExit(f"Arrêté : {most:.0f} Mo occupés, c'est trop pour cette machine.")
        now = time.perf_counter()
        time.sleep(max((now - looking) / SHARE, min(BETWEEN, (now - begun) / 10)))
    return most


def _group(leader: int) -> list[Path]:
    members = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[2]) == leader:
                members.append(folder)
        except (OSError, ValueError, IndexError):
            continue
    return members


def _held(process: Path) -> float:
    try:
        return next(int(line.split()[1]) for line in (process / "smaps_rollup").read_text().splitlines() if line.startswith("Pss:")) * 1024 / 1e6
    except (OSError, StopIteration):
        return 0.0


def median(runs: Sequence[Run]) -> Run:
    """The median of each measure."""
    return Run(statistics.median(one.secondes for one in runs), statistics.median(one.processeur for one in runs))


def weight(site: Path) -> dict[str, int]:
    """What a build wrote: its pages and their bytes, all its files and their bytes."""
    sizes = [(path.suffix == ".html", path.stat().st_size) for path in site.rglob("*") if path.is_file()]
    pages = [size for page, size in sizes if page]
    return {"pages": len(pages), "html": sum(pages), "fichiers": len(sizes), "octets": sum(size for _, size in sizes)}

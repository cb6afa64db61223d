"""Whole processes, timed and weighed."""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """One process, with all those it started."""

    secondes: float
    """From start to end, on the clock."""
    processeur: float
    """Seconds of processor, all processes together."""


def run(command: Sequence[str], folder: Path, settings: Mapping[str, str]) -> Run:
    """Run a command to its end; what it says is shown only if it fails."""
    begun, used = time.perf_counter(), os.times()
    done = subprocess.run(command, cwd=folder, env={**os.environ, **settings}, capture_output=True, text=True, check=False)
    after = os.times()
    if done.returncode:
        raise SystemExit(f"« {' '.join(command)} » a échoué :\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return Run(time.perf_counter() - begun, after.children_user + after.children_system - used.children_user - used.children_system)


def memory(command: Sequence[str], folder: Path, settings: Mapping[str, str]) -> float:
    """Megabytes held at once by a command and all it starts, at the most, what is shared being counted once; looked at ten times a second."""
    process = subprocess.Popen(command, cwd=folder, env={**os.environ, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    most = 0.0
    ended = threading.Event()

    def wait() -> None:
        process.wait()
        ended.set()

    threading.Thread(target=wait, daemon=True).start()
    while not ended.wait(0.1):
        most = max(most, sum(_held(member) for member in _group(process.pid)))
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
        return next(int(line.split()[1]) for line in (process / "smaps_rollup").read_text().splitlines() if line.startswith("Pss:")) / 1000
    except (OSError, StopIteration):
        return 0.0


def median(runs: Sequence[Run]) -> Run:
    """The median of each measure."""
    return Run(statistics.median(one.secondes for one in runs), statistics.median(one.processeur for one in runs))


def weight(site: Path) -> tuple[int, int]:
    """Pages and bytes of HTML of a built site."""
    sizes = [path.stat().st_size for path in site.rglob("*.html")]
    return len(sizes), sum(sizes)

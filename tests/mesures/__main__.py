"""`make bench`: measure, print, and write docs/projet/mesures.md.

    python -m tests.mesures                              everything: 1 000, 5 000 and 10 000 cases
    python -m tests.mesures --cas "1000 5000" pages      the pages alone, two sizes and the growth from one to the other
    python -m tests.mesures lecture impression           only these parts
"""

from __future__ import annotations

import argparse
import datetime
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tests.conftest import build
from tests.mesures import impression, lecture, phare, rapport
from tests.mesures.chrono import say
from tests.mesures.constructions import Builds

SIZES = "1000 5000 10000"
INVENTED: dict[str, Callable[[Sequence[int]], Sequence[int]]] = {
    "pages": lambda sizes: sizes, "tout": lambda sizes: sizes, "verification": lambda sizes: sizes[:1], "direct": lambda sizes: sizes[:1], "explorateur": lambda sizes: sizes[-1:]}
"""Part measured on invented cases → its sizes among those asked for, smallest first."""
REAL: dict[str, Callable[[Path], dict[str, Any]]] = {
    "impression": lambda folder: {"mesures": impression.measured(1000)}, "lecture": lambda folder: {"mesures": lecture.fetched(folder / "reel")},
    "phare": lambda folder: {"mesures": phare.compared(folder / "reel", lecture.VIEWS, folder / "a-la-main")}}
"""Part measured on the real site, or whatever the size."""
PARTS = (*INVENTED, *REAL)


def numbers(text: str) -> list[int]:
    """Sizes, smallest first: "5000 1000" → [1000, 5000]."""
    if not text.split() or not all(word.isdecimal() and int(word) for word in text.split()):
        raise argparse.ArgumentTypeError(f"« {text} » ne dit pas combien de cas : écrivez par exemple 1000, ou \"1000 5000\"")
    return sorted({int(word) for word in text.split()})


def measure(sizes: Sequence[int], rounds: int, parts: Sequence[str], folder: Path) -> None:
    """Measure these parts, and keep the figures of each as soon as they are known."""
    now = datetime.datetime.now().astimezone()
    about = {"passage": now.isoformat(timespec="seconds"), "date": now.date().isoformat(), "tours": rounds, "machine": f"{os.cpu_count()} processeurs, Python {sys.version.split()[0]}"}
    say("le vrai site")
    done = build(folder / "reel")
    if done.returncode:
        raise SystemExit(done.stderr)
    failed = []

    def kept(name: str, found: Callable[[], dict[str, Any]]) -> None:
        try:
            rapport.keep(name, about | found())
        except SystemExit as error:  # the rest took an hour, or will
            say(f"{name} : {error}")
            failed.append(name)

    for part in parts:
        if part in REAL:
            say(part)
            kept(part, partial(REAL[part], folder))
    for size in sizes:
        wanted = [part for part in parts if part in INVENTED and size in INVENTED[part](sizes)]
        if wanted:
            builds = Builds(size, rounds, folder / f"{size}-cas", folder / "reel")
            for part in wanted:
                kept(f"{part}-{size}", getattr(builds, part))
            shutil.rmtree(builds.folder)  # gigabytes
    if failed:
        raise SystemExit(f"Ce qui suit n'a pas pu être mesuré, et garde ses anciens chiffres : {', '.join(failed)}.")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Mesure la construction, la vérification et la lecture du site.")
    parser.add_argument("parties", nargs="*", choices=[*PARTS, []], default=[], help="toutes si on n'en nomme aucune")
    parser.add_argument("--cas", type=numbers, default=SIZES, help='combien de cas inventés, une ou plusieurs tailles : "1000 5000"')
    parser.add_argument("--tours", type=int, default=3)
    options = parser.parse_args()
    for name in ("DATA_ROOT", "SITE_DIR", "SITE_URL", "DEPOT", "SANS_MOULE", "SOURCE_DATE_EPOCH"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory() as temporary:
        measure(options.cas, options.tours, options.parties or PARTS, Path(temporary).resolve())
    print(rapport.PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()

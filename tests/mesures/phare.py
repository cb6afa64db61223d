"""What Lighthouse says of a page on a mid-range phone and a slow network: the median of several visits."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.conftest import PROJECT
from tests.mesures.a_la_main import handmade
from tests.mesures.hebergeur import hosted
from tests.navigateur import chromium

TOOL = PROJECT / "tests" / "mesures" / "outils" / "node_modules" / "lighthouse" / "cli" / "index.js"
SCORES = {"performance": "performance", "accessibility": "accessibilité", "best-practices": "bonnes pratiques", "seo": "référencement"}
"""Lighthouse's names of its categories → ours."""
SPEED = ["performance"]
VISITS = 5
TRIES = 3
"""How many times a visit is made that Lighthouse cannot record: its browser sometimes loses the beginning of one."""
BROWSER = "--headless=new --no-sandbox --disable-gpu"


def visited(address: str, categories: list[str]) -> dict[str, float]:
    """One visit, with a new profile: scores out of 100, seconds before the largest content shows."""
    command = [str(PROJECT / ".venv" / "bin" / "node"), str(TOOL), address, "--output=json", "--quiet", "--no-enable-error-reporting", f"--chrome-flags={BROWSER}",
               f"--only-categories={','.join(categories)}"]
    for _ in range(TRIES):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profiles:
            done = subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium() or "", "TMPDIR": profiles}, capture_output=True, text=True, check=False)
        if not done.returncode:
            return read(json.loads(done.stdout))
    raise SystemExit(f"Lighthouse a échoué sur {address} :\n{done.stderr[-3000:]}")


def read(report: Mapping[str, Any]) -> dict[str, float]:
    """What is kept of a report of Lighthouse. A page that it could not see, or a category that it could not judge, is not a good page: it is no measure."""
    if report.get("runtimeError") or any(one["score"] is None for one in report["categories"].values()):
        raise SystemExit(f"Lighthouse n'a pas pu juger {report.get('finalDisplayedUrl')} : {report.get('runtimeError') or 'il manque une note'}")
    scores = {SCORES[name]: round(100 * one["score"]) for name, one in report["categories"].items()}
    return scores | {"lcp": report["audits"]["largest-contentful-paint"]["numericValue"] / 1000}


def medians(visits: list[dict[str, float]]) -> dict[str, float]:
    """The median of each measure."""
    return {name: statistics.median(one[name] for one in visits) for name in visits[0]}


def compared(site: Path, views: Mapping[str, str], folder: Path) -> dict[str, dict[str, float]]:
    """View → medians of its visits, and under `main` the seconds of a handmade page of the same words (written in `folder`), visited in turn."""
    for address in views.values():
        handmade(site / address / "index.html", folder / address)
    with hosted(site) as ours, hosted(folder) as plain:
        visits: dict[str, list[dict[str, float]]] = {name: [] for name in views}
        for _ in range(VISITS):
            for name, address in views.items():
                other = visited(plain.adresse + address, SPEED)["lcp"]
                visits[name].append(visited(ours.adresse + address, list(SCORES)) | {"main": other})
    return {name: medians(found) for name, found in visits.items()}


def alone(site: Path, address: str) -> dict[str, float]:
    """The medians of a page."""
    with hosted(site) as host:
        return medians([visited(host.adresse + address, list(SCORES)) for _ in range(VISITS)])

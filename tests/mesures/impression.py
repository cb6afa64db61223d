"""How long a printed fiche takes: invented cases, from the catalogue to the finished PDF, on one core.

WeasyPrint sets the pages of the first ones from the site's own HTML and style sheet, to compare, where `make bench` installed it.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from macros import rendering
from macros.catalogue import Catalogue
from macros.folders import PROJECT
from macros.loading import load
from macros.model.case import Cas
from macros.print.sheets import case_ways
from macros.print.typesetting import Printed
from tests.synthese import invented

COMPARED = 10
OTHER = PROJECT / ".cache" / "banc"
PROGRAM = """
import json, logging, sys, time
import weasyprint
logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
pages, style = json.load(sys.stdin), weasyprint.CSS(filename=sys.argv[1])
begun = time.process_time()
for page in pages:
    weasyprint.HTML(string=page, base_url=sys.argv[2]).write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")
print(1000 * (time.process_time() - begun) / len(pages))
"""


def measured(count: int) -> dict[str, float]:
    """Milliseconds of processor, pages and weight of a printed fiche, on the average of `count`; then WeasyPrint's, on a few of them."""
    real = load(PROJECT)
    catalogue = dataclasses.replace(real, cas={key: Cas.model_validate(record) for key, record in invented(count, real)})
    cases = list(catalogue.cas)
    spent, pages, weight = 0.0, 0, 0
    with one_core():
        case_ways(catalogue, cases[0], 0)[1]()  # fonts and layouts are read once, whatever the count
        for key in cases:
            begun = time.process_time()
            printed = Printed(case_ways(catalogue, key, 0)[1]())
            spent += time.process_time() - begun
            pages, weight = pages + printed.pages, weight + len(printed.content)
    found = {"nombre": count, "ms": 1000 * spent / count, "pages": pages / count, "ko": weight / count / 1000}
    return found | ({"weasyprint": weasyprint(catalogue, cases[:COMPARED])} if OTHER.is_dir() else {})


@contextmanager
def one_core() -> Iterator[None]:
    """One processor alone, where the system lets one choose: Typst starts as many threads as it finds processors, the first time it works."""
    if not sys.platform.startswith("linux"):
        yield
        return
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(all_of_them)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_of_them)


def weasyprint(catalogue: Catalogue, cases: Iterable[str]) -> float:
    """Milliseconds of processor that WeasyPrint takes for one of the same fiches, tagged as ours are; it lives in an environment of its own."""
    pages = [f'<!doctype html><html lang="fr"><title>{key}</title><main class="contenu">{rendering.fiche(catalogue, "cas", key)}</main></html>' for key in cases]
    style = PROJECT / "theme" / "assets" / "css" / "site.css"
    done = subprocess.run([OTHER / "bin" / "python", "-c", PROGRAM, style, catalogue.adresse], input=json.dumps(pages), capture_output=True, text=True, check=True)
    return float(done.stdout)

"""How long a printed fiche takes: invented cases, from the catalogue to the finished PDF, on one core.

WeasyPrint sets the pages of the first ones from the site's own HTML and style sheet, to compare, where `make bench` installed it.
"""

from __future__ import annotations

import dataclasses
import json
import subprocess
import time
from collections.abc import Iterable

from macros import rendering
from macros.catalogue import Catalogue
from macros.loading import PROJECT, load
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
    case_ways(catalogue, cases[0], 0)[1]()  # fonts and layouts are read once, whatever the count
    begun = time.process_time()
    printed = [Printed(case_ways(catalogue, key, 0)[1]()) for key in cases]
    ours = 1000 * (time.process_time() - begun) / count
    found = {"nombre": count, "ms": ours, "pages": sum(one.pages for one in printed) / count, "ko": sum(len(one.content) for one in printed) / count / 1000}
    return found | ({"weasyprint": weasyprint(catalogue, cases[:COMPARED])} if OTHER.is_dir() else {})


def weasyprint(catalogue: Catalogue, cases: Iterable[str]) -> float:
    """Milliseconds of processor that WeasyPrint takes for one of the same fiches, tagged as ours are; it lives in an environment of its own."""
    pages = [f'<!doctype html><html lang="fr"><title>{key}</title><main class="contenu">{rendering.fiche(catalogue, "cas", key)}</main></html>' for key in cases]
    style = PROJECT / "theme" / "assets" / "css" / "site.css"
    done = subprocess.run([OTHER / "bin" / "python", "-c", PROGRAM, style, catalogue.adresse], input=json.dumps(pages), capture_output=True, text=True, check=True)
    return float(done.stdout)

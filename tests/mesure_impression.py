"""How long a printed fiche takes: invented cases, from the catalogue to the finished PDF, on one core.

    python -m tests.mesure_impression [1000]

WeasyPrint sets the pages of the first ones from the site's own HTML and style sheet, to compare, where it is installed
(`pip install weasyprint`): nothing else needs it.
"""

from __future__ import annotations

import dataclasses
import logging
import sys
import time
from collections.abc import Iterable
from importlib.util import find_spec

from macros import rendering
from macros.catalogue import Catalogue
from macros.loading import PROJECT, load
from macros.model.case import Cas
from macros.print.sheets import case_ways
from macros.print.typesetting import Printed
from tests.synthese import invented

COMPARED = 20


def main(count: int) -> None:
    """Print milliseconds, pages and weights."""
    real = load(PROJECT)
    catalogue = dataclasses.replace(real, cas={key: Cas.model_validate(record) for key, record in invented(count, real)})
    cases = list(catalogue.cas)
    case_ways(catalogue, cases[0], 0)[1]()  # fonts and layouts are read once, whatever the count
    begun = time.process_time()
    printed = [Printed(case_ways(catalogue, key, 0)[1]()) for key in cases]
    ours = 1000 * (time.process_time() - begun) / count
    weight = sum(len(one.content) for one in printed) / count / 1000
    print(f"PDF : {count} fiches inventées, {ours:.1f} ms chacune ({sum(one.pages for one in printed) / count:.1f} pages, {weight:.0f} ko)")
    if find_spec("weasyprint") is None:
        print("WeasyPrint n'est pas installé : pas de comparaison.")
        return
    theirs = weasyprint(catalogue, cases[:COMPARED])
    print(f"WeasyPrint, sur {COMPARED} d'entre elles : {theirs:.0f} ms chacune, soit {theirs / ours:.1f} fois plus")


def weasyprint(catalogue: Catalogue, cases: Iterable[str]) -> float:
    """Milliseconds that WeasyPrint takes for one of the same fiches, tagged as ours are."""
    import weasyprint as other

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    style = other.CSS(filename=str(PROJECT / "theme" / "assets" / "css" / "site.css"))
    pages = [f'<!doctype html><html lang="fr"><title>{key}</title><main class="contenu">{rendering.fiche(catalogue, "cas", key)}</main></html>' for key in cases]
    begun = time.process_time()
    for page in pages:
        other.HTML(string=page, base_url=catalogue.adresse).write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")
    return 1000 * (time.process_time() - begun) / len(pages)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)

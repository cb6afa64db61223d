"""Cases side by side: one small file per case, which the comparison page fetches once the case is chosen."""

from __future__ import annotations

import json
from pathlib import Path

from macros import pages
from macros.catalogue import Catalogue
from macros.explorer.attribution import SpokenNotes
from macros.explorer.facets import short_name
from macros.filing import put
from macros.finishing import finished
from macros.origin import each_case
from macros.rendering import environment, shared
from macros.typography import french

FOLDER = "comparer/cas"


def write_comparisons(catalogue: Catalogue, site: Path) -> None:
    """Write the file of every case: its short name, and its lines as HTML. That of a case that did not change is found again."""
    for key, content in each_case(catalogue, "comparaisons", lambda alone, key: json.dumps(comparison(alone, key), ensure_ascii=False)):
        put(f"{site}/{FOLDER}/{key}.json", content.encode())


def comparison(catalogue: Catalogue, key: str) -> dict[str, str]:
    """What the comparison says of a case; its links start from `/comparer/`."""
    html = environment().get_template("comparaison.html.j2").render(
        shared(), c=catalogue, id=key, r=catalogue.cas[key], notes=SpokenNotes(catalogue), racine="../", lien=lambda table, name: f"../{pages.address(table, name)}")
    return {"nom": french(short_name(catalogue.cas[key])), "lignes": finished(html.replace("\n", ""), {}, "")}

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
from macros.keeping import Kept
from macros.origin import alone, ground, origin
from macros.rendering import environment, shared
from macros.typography import french

FOLDER = "comparer/cas"


def write_comparisons(catalogue: Catalogue, site: Path) -> None:
    """Write the file of every case: its short name, and its lines as HTML. That of a case that did not change is found again."""
    kept, shared_by_all = Kept("comparaisons"), ground(catalogue)
    for key in catalogue.cas:
        known = origin(shared_by_all, catalogue, key)
        content = kept.get(known)
        if content is None:
            content = json.dumps(comparison(alone(catalogue, key), key), ensure_ascii=False).encode()
            kept.put(known, content)
        put(site / FOLDER / f"{key}.json", content)
    kept.close()
    kept.tidy(20_000_000 + 20_000 * len(catalogue.cas))


def comparison(catalogue: Catalogue, key: str) -> dict[str, str]:
    """What the comparison says of a case; its links start from `/comparer/`."""
    html = environment().get_template("comparaison.html.j2").render(
        shared(), c=catalogue, id=key, r=catalogue.cas[key], notes=SpokenNotes(catalogue), racine="../", lien=lambda table, name: f"../{pages.address(table, name)}")
    return {"nom": french(short_name(catalogue.cas[key])), "lignes": finished(html.replace("\n", ""), {}, "")}

"""The floor: what Python and Jinja take to read the same YAML and write the same pages with the same templates, with no check, no typography, no search.

    python -m tests.mesures.plancher <folder of cases> <references> <folder of templates> <site>
"""

from __future__ import annotations

import pickle
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import jinja2
import yaml

from macros import rendering
from macros.catalogue import Catalogue
from macros.model.case import Cas
from macros.pages import address

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def opened(cases: Path, references: Path) -> tuple[Catalogue, dict[str, Any]]:
    """The catalogue, its references as they were prepared; and the cases as they are written."""
    written = {path.stem: yaml.load(path.read_bytes(), Loader=LOADER) for path in sorted(cases.glob("*.yml"))}
    return replace(pickle.loads(references.read_bytes()), cas={key: Cas.model_validate(content) for key, content in written.items()}), written


def main(cases: Path, references: Path, templates: Path, site: Path) -> None:
    """Write the pages."""
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(templates), autoescape=True)
    page, list_page = env.get_template("cas.html"), env.get_template("liste.html")
    catalogue, written = opened(cases, references)
    for key, content in written.items():
        _write(site / address("cas", key), page.render(cle=key, fiche=content, corps=rendering.fiche(catalogue, "cas", key)))
    for key, place in catalogue.par_departement.items():
        _write(site / address("par_departement", key), list_page.render(titre=place.titre, corps=rendering.fiche(catalogue, "par_departement", key)))


def _write(folder: Path, html: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(html, encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

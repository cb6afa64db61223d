"""What every generator is given: the same invented cases, in the same files, and the lists that show them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros import keeping
from macros.catalogue import Catalogue
from macros.loading import load
from macros.pages import address
from tests.mesures.entete import opened
from tests.synthese import write


@dataclass(frozen=True)
class Contenu:
    """The content of a site to build."""

    donnees: Path
    """A DATA_ROOT."""
    cas: dict[str, str]
    """Identifier → the YAML of the case, as written."""
    catalogue: Catalogue
    """The same, read and checked."""
    listes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Address of a list of cases, the page of a département, → its title, its cases and what leads to its other pages."""
    haut: str = ""
    """What stands before the body of a page of the real site, with the places of `entete`."""
    bas: str = ""
    liste: str = ""
    """Address of a page of this project that lists the first case, among the last to be built: that of its département once there are many cases."""


def prepared(count: int, folder: Path, page: Path) -> Contenu:
    """Write `count` cases in `folder` and read from `page`, a built page of the site, the frame that every generator gives its pages."""
    if len(list((folder / "cases").glob("*.yml"))) != count:
        write(count, folder)
    with _cache(folder / "lectures"):
        catalogue = load(folder)
    lists = {address("par_departement", key).rstrip("/"): {name: getattr(place, name) for name in ("titre", "nom", "code", "page", "pages", "cas")}
             for key, place in catalogue.par_departement.items()}
    above, body, rest = page.read_text(encoding="utf-8").partition('<div class="page prose">')
    return Contenu(folder, {path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / "cases").glob("*.yml"))}, catalogue, lists,
                   opened(above, page.parent.name) + body, "</div>" + rest.partition("</main>")[1] + rest.partition("</main>")[2],
                   next((address("par_departement", code) for code in catalogue.departements(min(catalogue.cas)) if code in catalogue.par_departement), "cas/"))


@contextmanager
def _cache(folder: Path) -> Iterator[None]:
    """What is read meanwhile is kept there, not with what the project reads."""
    former, keeping.FOLDER = keeping.FOLDER, folder
    try:
        yield
    finally:
        keeping.FOLDER = former


def indented(text: str) -> str:
    """YAML two steps deeper, to stand under a key."""
    return "".join(f"  {line}" for line in text.splitlines(keepends=True))


def as_yaml(value: Any) -> str:
    """A value on one line: JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)

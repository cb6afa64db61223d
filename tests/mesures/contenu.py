"""What every generator is given: the same invented cases, in the same files, and the lists that show them."""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros.loading import load
from macros.pages import fiches
from tests.synthese import write

OWN = re.compile(r'<(?:meta property="og|meta name="(?:description|twitter)|link rel="(?:canonical|alternate))[^>]*>\s*|<script type="application/ld\+json">.*?</script>\s*', re.DOTALL)
"""What the head of a page says of that page alone."""


@dataclass(frozen=True)
class Contenu:
    """The content of a site to build."""

    donnees: Path
    """A DATA_ROOT."""
    cas: dict[str, str]
    """Identifier → the YAML of the case, as written."""
    listes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Address of a list → its title and its cards."""
    haut: str = ""
    """What stands before the body of a page of the real site, title and description put aside (`@@TITRE@@`)."""
    bas: str = ""


def prepared(count: int, folder: Path, page: Path) -> Contenu:
    """Write `count` cases in `folder` and read from `page`, a built page of the site, the frame that every generator gives its pages."""
    if len(list((folder / "cases").glob("*.yml"))) != count:
        write(count, folder)
    os.environ["DATA_ROOT"] = str(folder)
    catalogue = load()
    del os.environ["DATA_ROOT"]
    titles = {fiche.identifiant: fiche for fiche in fiches(catalogue) if fiche.table == "cas"}
    cards: dict[str, list[dict[str, str]]] = defaultdict(list)
    for key in catalogue.cas_en_ordre:
        card = {"id": key, "titre": titles[key].titre, "lieu": catalogue.lieu_court(key), "resume": titles[key].description}
        for where in ("cas", *(f"leviers/{shown.levier}" for shown in catalogue.cas[key].leviers), *(f"departements/{code.lower()}" for code in catalogue.departements(key))):
            cards[where].append(card)
    html = page.read_text(encoding="utf-8")
    title = re.search(r"<title>(.*?) – ", html)
    above, _, rest = html.partition('<div class="page prose">')
    head = OWN.sub("", above)
    return Contenu(folder, {path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / "cases").glob("*.yml"))},
                   {where: {"titre": where, "cartes": found} for where, found in cards.items()},
                   head.replace(title[1] if title else "", "@@TITRE@@"), "</div>" + rest.partition("</main>")[1] + rest.partition("</main>")[2])


def indented(text: str) -> str:
    """YAML two steps deeper, to stand under a key."""
    return "".join(f"  {line}" for line in text.splitlines(keepends=True))


def as_yaml(value: Any) -> str:
    """A value on one line: JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)

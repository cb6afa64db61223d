"""Views and fiches as the HTML of their pages: what `hooks.py` asks for, one part of the site at a time, whatever draws the frame."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from itertools import islice, takewhile
from pathlib import Path
from typing import Any

from macros import rendering, swap
from macros.casting import Foundry
from macros.catalogue import Catalogue
from macros.exports.anchors import kept_anchors
from macros.exports.head import head
from macros.filing import put, put_again
from macros.finishing import finished
from macros.keeping import Kept, digest
from macros.origin import inside, origin_of_page
from macros.pages import Fiche, fiches
from macros.print.cards import card_of
from macros.typography import french
from macros.weights import emptied

Values = dict[str, Any]
"""What the theme is given of one page."""


AT_A_TIME = 10
"""How many fiches are made together."""


@dataclass(frozen=True)
class Writer:
    """Writes the pages of one build. What went wrong comes back as sentences: a fault of a template prevents publication, and lets `make serve` live."""

    catalogue: Catalogue
    site: str
    """Folder of the site being built."""
    draw: Callable[[str, Values], str]
    """A folder of addresses and the values of a page → the whole page, as the theme makes it."""
    ground: bytes
    """The hash of all that the page of a case depends on, besides the case."""
    search: bool
    """Whether the site has a search page."""

    def fiches(self, asked: Iterable[Fiche]) -> list[str]:
        """Write the page of these fiches; where nothing that it comes from has changed, the published one, of which the hash was kept."""
        foundry, kept = Foundry(), Kept("pages")
        faults: list[str] = []
        left = iter(asked)
        while some := list(islice(left, AT_A_TIME)):
            places = [(f"{self.site}/{fiche.adresse}index.html", origin_of_page(self.ground, self.catalogue, fiche.table, fiche.identifiant)) for fiche in some]
            missing = [(fiche, path, key) for fiche, (path, key) in zip(some, places, strict=True)
                       if not (key and (known := kept.get(key)) and put_again(path, known, emptied))]
            for (_, path, key), (page, whole) in zip(missing, self._pages([fiche for fiche, _, _ in missing], foundry, faults), strict=True):
                if key and whole:
                    kept.put(key, digest([page]))
                put(path, page)
        kept.close()
        return faults

    def corrected(self, catalogue: Catalogue, cases: Collection[str]) -> bool:
        """Write the pages of these cases alone, now that the catalogue is another; say whether all could be. One alone that cannot, and none takes its place."""
        asked = [fiche for fiche in takewhile(lambda fiche: fiche.table == "cas", fiches(catalogue)) if fiche.identifiant in cases]
        aside = str(swap.aside(Path(self.site)))
        if len(asked) < len(cases) or replace(self, catalogue=catalogue, site=aside).fiches(asked):
            return False
        for fiche in asked:
            os.replace(f"{aside}/{fiche.adresse}index.html", f"{self.site}/{fiche.adresse}index.html")
        return True

    def _pages(self, some: Sequence[Fiche], foundry: Foundry, faults: list[str]) -> list[tuple[bytes, bool]]:
        """The pages of some fiches, and whether each is whole: each step for all of them, then the next one, as a processor goes faster at what it has just done."""
        catalogues = [inside(self.catalogue, fiche.identifiant) if fiche.table == "par_departement" else self.catalogue for fiche in some]
        bodies = [rendered(fiche.fichier, partial(rendering.fiche, catalogue, fiche.table, fiche.identifiant), faults) for fiche, catalogue in zip(some, catalogues, strict=True)]
        contents = [as_published(catalogue, fiche.adresse, body) for fiche, catalogue, body in zip(some, catalogues, bodies, strict=True)]
        values = [values_of(catalogue, fiche, self.search) | {"identifiant": fiche.identifiant, "contenu": content}
                  for fiche, catalogue, content in zip(some, catalogues, contents, strict=True)]
        kinds = [fiche.adresse.partition("/")[0] for fiche in some]
        return [(foundry.page(kind, given, partial(self.draw, kind)).encode(), bool(body)) for kind, given, body in zip(kinds, values, bodies, strict=True)]


def rendered(name: str, render: Callable[[], str], faults: list[str]) -> str:
    """HTML that Markdown would leave as it is."""
    try:
        html = rendering.block(render())
        return html.expandtabs(4) if "\t" in html else html
    except Exception as error:
        faults.append(f"{name} : la page n'a pas pu être écrite ({type(error).__name__} : {error})")
        return ""


def views(catalogue: Catalogue, names: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """Views as HTML, by name, and what went wrong."""
    faults: list[str] = []
    return {name: rendered(f"vue « {name} »", partial(rendering.view, catalogue, name), faults) for name in names}, faults


def as_published(catalogue: Catalogue, address: str, html: str) -> str:
    """The body of a page: typography, acronyms explained, and the anchors that it once had."""
    root = "../" * address.count("/") or "./"
    return finished(kept_anchors(catalogue, address, html), catalogue.sigles, f"{root}glossaire/")


def values_of(catalogue: Catalogue, fiche: Fiche, search: bool) -> Values:
    """All that the theme says of one fiche, but its body."""
    description, crumbs = french(fiche.description), [step | {"titre": french(step["titre"])} for step in fiche.fil]
    announced = head(catalogue, fiche.adresse, fiche.titre, description, fiche, crumbs, search=search)
    return {"titre": escape(french(fiche.titre)),  # the theme reads a title as HTML
            "description": description, "fil": crumbs, "modifier": f"{catalogue.depot}/edit/main/{fiche.fichier}", "annonce": announced,
            "carte": card_of(catalogue, fiche.adresse, announced.titre, fiche)}

"""Social cards: the picture shown where a page is shared, one per fiche and one per kind of page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

from macros.catalogue import Catalogue
from macros.filing import put
from macros.heads import APART, addresses_in, head_of
from macros.pages import FICHES, Fiche, fiches
from macros.print.store import Store
from macros.print.typesetting import set_png
from macros.typography import french

FOLDER = "assets/cartes"
ANNOUNCED = re.compile(rf'<meta property="og:image" content="[^"]*/({FOLDER}/[^"]+\.png)">')
TITLE = re.compile(r'<meta property="og:title" content="([^"]*)">')
KINDS = {"leviers": "Levier d'action", "modes": "Mode de soutien", "reseaux": "Réseau", "sources": "Document"}
"""What a fiche is, where the name of its list does not say it."""


@dataclass(frozen=True)
class Card:
    """Where the picture of a page stands, and what it shows, in words."""

    adresse: str
    texte: str


def card_of(catalogue: Catalogue, address: str, title: str, fiche: Fiche | None = None) -> Card:
    """The card of the page at `address`: its own for a fiche, else the one of its part of the site."""
    if fiche:
        shown = _content(catalogue, fiche)
        said = [shown["kind"], shown["title"], shown["said"], ", ".join(shown["chips"]), shown["site"]]
        return Card(f"{FOLDER}/{fiche.adresse.rstrip('/')}.png", french(". ".join(filter(None, said))))
    return Card(f"{FOLDER}/{address.split('/')[0] or 'accueil'}.png", french(f"{catalogue.reglages.nom}. {title}"))


def cards_of_fiches(catalogue: Catalogue) -> list[Callable[[Catalogue, Path], None]]:
    """What writes the card of each fiche."""
    return [partial(_write_card, fiche) for fiche in fiches(catalogue)]


def _write_card(fiche: Fiche, catalogue: Catalogue, site: Path) -> None:
    _write(f"{site}/{FOLDER}/{fiche.adresse.rstrip('/')}.png", _content(catalogue, fiche), fiche.fichier)


def write_other_cards(catalogue: Catalogue, site: Path) -> None:
    """Write the cards that the other pages announce, once those of the fiches are there."""
    for name, title in sorted(_announced(catalogue, site).items()):
        if not (site / name).is_file():
            _write(f"{site}/{name}", _content_of_kind(catalogue, title), name)


def _write(path: str, content: dict[str, Any], name: str) -> None:
    put(path, Store().get(".png", ("card", content), lambda: set_png("card", content, name)))


def _announced(catalogue: Catalogue, site: Path) -> dict[str, str]:
    """Card announced by a page that is not a fiche → title of the page, the one nearest to the root when several announce the same."""
    found: dict[str, str] = {}
    own = {fiche.adresse for fiche in fiches(catalogue)}
    for address in sorted((address for address in addresses_in(site, APART) if address not in own), key=lambda address: address.count("/")):
        head = head_of(f"{site}/{address}index.html").decode()
        card, title = ANNOUNCED.search(head), TITLE.search(head)
        if card and title:
            found.setdefault(card[1], unescape(title[1]))
    return found


def _content(catalogue: Catalogue, fiche: Fiche) -> dict[str, Any]:
    """Title, place and levers of a fiche."""
    if fiche.table == "cas":
        case = catalogue.cas[fiche.identifiant]
        kind = f"{catalogue.libelle('types', case.type)} · {catalogue.lieu_court(fiche.identifiant)}"
        return _shown(catalogue, kind, fiche.titre, "", [catalogue.leviers[shown.levier].titre_court for shown in case.leviers])
    said = catalogue.leviers[fiche.identifiant].accroche if fiche.table == "leviers" else ""
    return _shown(catalogue, KINDS.get(fiche.table, FICHES[fiche.table][1]), fiche.titre, f"{said[:1].upper()}{said[1:]}", [])


def _content_of_kind(catalogue: Catalogue, title: str) -> dict[str, Any]:
    name = catalogue.reglages.nom
    return _shown(catalogue, catalogue.reglages.devise, title, catalogue.reglages.description if title == french(name) else "", [])


def _shown(catalogue: Catalogue, kind: str, title: str, said: str, chips: list[str]) -> dict[str, Any]:
    host = catalogue.adresse.split("://", 1)[1].rstrip("/")
    return {"density": "normal", "kind": french(kind), "title": french(title), "said": french(said), "chips": [french(chip) for chip in chips],
            "site": french(catalogue.reglages.nom), "address": host}

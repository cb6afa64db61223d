"""What the head of a page announces to programs: structured data, feeds, card, data, title to share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from macros.catalogue import Catalogue
from macros.exports import embeds, feeds, jsonld
from macros.exports.derived import COLLECTIONS, json_of
from macros.pages import Fiche
from macros.typography import french


@dataclass(frozen=True)
class Link:
    """A `<link rel="alternate">`."""

    type: str
    address: str
    """From the site root, or a whole address."""
    title: str


@dataclass(frozen=True)
class Head:
    """Everything the theme prints, already typeset; the theme escapes what is not `jsonld`."""

    jsonld: str
    titre: str
    description: str
    adresse: str
    genre: str
    """Type of the page for Open Graph: `article` or `website`."""
    liens: list[Link] = field(default_factory=list)
    recherche: bool = False
    """Whether the site has a search page to announce."""


def head(catalogue: Catalogue, address: str, title: str, description: str, fiche: Fiche | None = None, crumbs: Iterable[Mapping[str, str]] = (),
         search: bool = False) -> Head:
    """What the page at `address` announces."""
    table, key = (fiche.table, fiche.identifiant) if fiche else (None, None)
    links = [Link(feeds.FEED, where, french(name)) for where, name in feeds.announced(catalogue, table, key)]
    if table in COLLECTIONS and key:
        links.append(Link("application/json", json_of(table, key), "Les données de cette page"))
    if table in embeds.CARDS and key:
        links.append(Link("application/json+oembed", f"{catalogue.adresse}{embeds.address(table, key)}oembed.json", french(title)))
    return Head(jsonld.escaped(jsonld.graph(catalogue, address, title, description, fiche, crumbs)), french(title), french(description), catalogue.adresse + address,
                "article" if table in embeds.CARDS else "website", links, search)

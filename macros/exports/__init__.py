"""What the site offers besides pages: data, feeds, cards, citations. One module per product, all made from the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from macros.catalogue import Catalogue


def data() -> tuple[Callable[[Catalogue, Path], None], ...]:
    """What is made from the catalogue alone, in any order.

    Imported late: modules outside this folder use some of these without needing all the others.
    """
    from macros.exports import api, citation, csv_tables, embeds, feeds, geojson, openapi, sbom, schemas

    return (api.write_api, csv_tables.write_csv, embeds.write_embeds, feeds.write_feeds, citation.write_citations, geojson.write_geojson, schemas.write_schemas, openapi.write_openapi,
            sbom.write_sbom)


def former() -> tuple[Callable[[Catalogue, Path], None], ...]:
    """What answers at former addresses: it copies what the others wrote."""
    from macros.exports import redirects

    return (redirects.write_redirects,)


def last() -> tuple[Callable[[Catalogue, Path], None], ...]:
    """What lists the pages, once all are there."""
    from macros.exports import hosting, sitemap

    return (sitemap.write_sitemap, hosting.write_hosting, sitemap.write_robots, sitemap.write_opensearch, sitemap.write_llms)

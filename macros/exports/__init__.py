"""What the site offers besides pages: data, feeds, cards, citations. One module per product, all made from the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from macros.catalogue import Catalogue


def exports() -> tuple[Callable[[Catalogue, Path], None], ...]:
    """Every product, in the order they are written. Redirections come after what they copy, the plan of the site after the pages.

    Imported late: modules outside this folder use some of these without needing all the others.
    """
    from macros.exports import api, citation, csv_tables, embeds, feeds, geojson, hosting, openapi, redirects, sbom, schemas, sitemap

    return (api.write_api, csv_tables.write_csv, geojson.write_geojson, schemas.write_schemas, openapi.write_openapi, feeds.write_feeds, embeds.write_embeds,
            citation.write_citations, redirects.write_redirects, sitemap.write_sitemap, sitemap.write_robots, sitemap.write_opensearch, sitemap.write_llms, sbom.write_sbom, hosting.write_hosting)


def write_exports(catalogue: Catalogue, site: Path) -> None:
    """Write all of them."""
    for write in exports():
        write(catalogue, site)

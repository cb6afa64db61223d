"""The plan of the site: the pages to find, and none of those that lead elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.exports.sitemap import listed
from macros.heads import END

HERE = "<head><title>Ici</title></head><body>"
ELSEWHERE = {"redirected": '<meta http-equiv="refresh" content="0; url=../">', "hidden": '<meta name="robots" content="noindex">'}


def _page(site: Path, address: str, html: str) -> None:
    (site / address).mkdir(parents=True, exist_ok=True)
    (site / address / "index.html").write_text(html, encoding="utf-8")


def test_pages_are_listed_in_order_but_those_of_other_folders(tmp_path: Path) -> None:
    """Cards, data and assets are not read for themselves; a folder called so elsewhere is another one."""
    for address in ("", "cas/", "cas/un/", "cas-2/", "zone/", "integrer/cas/un/", "api/v1/", "assets/", "donnees/api/"):
        _page(tmp_path, address, HERE)
    assert listed(tmp_path) == ["cas/", "cas/un/", "cas-2/", "donnees/api/", "", "zone/"]


@pytest.mark.parametrize("mark", ELSEWHERE)
@pytest.mark.parametrize("before", [0, 16_384 - 20, 16_384 * 2 - len(END) + 2, 50_000])
def test_a_page_that_leads_elsewhere_is_not_listed_however_long_its_head(before: int, mark: str, tmp_path: Path) -> None:
    """Only the head says so: a page may speak of it."""
    _page(tmp_path, "autre/", f"<head>{' ' * before}{ELSEWHERE[mark]}</head><body>")
    _page(tmp_path, "ici/", f"<head>{' ' * before}</head><body>{ELSEWHERE[mark]}")
    assert listed(tmp_path) == ["ici/"]

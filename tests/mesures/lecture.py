"""What a reader's browser fetches: the first view of some pages, then a first search. Counted by a host that compresses what it sends."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.mesures.hebergeur import Host, hosted
from tests.navigateur import chromium

VIEWS = {"accueil": "", "cas": "cas/anstaing/", "levier": "leviers/locaux/"}
SEARCH = "recherche/?q=cr%C3%A8che"


def fetched(site: Path, views: Mapping[str, str] = VIEWS, search: bool = True) -> dict[str, dict[str, int]]:
    """View → requests and bytes of a first visit; for the search, those that the home page had not already asked for."""
    with hosted(site) as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        found = {name: _visit(browser, host, address) for name, address in views.items()}
        if search:
            found["recherche"] = _visit(browser, host, SEARCH, after="")
        browser.close()
    return found


def _visit(browser: Browser, host: Host, address: str, after: str | None = None) -> dict[str, int]:
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    if after is not None:
        page.goto(host.adresse + after, wait_until="networkidle")
    host.forget()
    page.goto(host.adresse + address, wait_until="networkidle")
    found = host.sum()
    context.close()
    return found

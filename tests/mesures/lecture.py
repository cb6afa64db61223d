"""What a reader's browser fetches: the first view of three pages, then a first search. Counted by the server, compressed as a host does."""

from __future__ import annotations

import gzip
import http.server
import threading
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.navigateur import chromium

VIEWS = {"accueil": "", "cas": "cas/anstaing/", "levier": "leviers/locaux/"}
SEARCH = "recherche/?q=cr%C3%A8che"


def fetched(site: Path) -> dict[str, dict[str, int]]:
    """View → requests and bytes; for the search, those that the home page had not already asked for."""
    asked: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(site))

        def do_GET(self) -> None:
            asked.append(self.path.partition("?")[0])
            super().do_GET()

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "max-age=600")
            super().end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    found: dict[str, dict[str, int]] = {}
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        root = f"http://127.0.0.1:{server.server_address[1]}/"
        for name, address in VIEWS.items():
            page = browser.new_context(locale="fr-FR").new_page()
            asked.clear()
            page.goto(root + address, wait_until="networkidle")
            found[name] = _sum(site, asked)
        page = browser.new_context(locale="fr-FR").new_page()
        page.goto(root, wait_until="networkidle")
        asked.clear()
        page.goto(root + SEARCH, wait_until="networkidle")
        found["recherche"] = _sum(site, asked)
        browser.close()
        server.shutdown()
    return found


def _sum(site: Path, asked: list[str]) -> dict[str, int]:
    files = [site / path.lstrip("/") for path in asked]
    real = [path / "index.html" if path.is_dir() else path for path in files]
    return {"demandes": len(asked), "octets": sum(len(gzip.compress(path.read_bytes(), 9)) for path in real if path.is_file())}

"""What the tests share: the checked data, the built site, a server on it, a watched browser.

- `catalogue`: the real data, read and checked once.
- `site`: folder of the real site, built once by the real command, as a user would.
- `pages`: every page of that site as a tree, by address; see `html_lu.py`.
- `serveur`: address of that site on the loopback, `http://127.0.0.1:…/` (final slash).
- `navigateur`: one Chromium for the whole run.
- `ouvrir`: opens a watched page, with the options of a browser context: `ouvrir(java_script_enabled=False)`.
- `page`: the same with no option. A watched page FAILS its test at the end on a console error, a script error, a refusal
  of the security policy, or a request outside the loopback.
- `seen(condition)`: waits until something holds in the page.
- `axe(page)`: what axe-core reports on the page as it stands, one line per fault; an empty list is what one wants.
"""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, sync_playwright

from macros.catalogue import Catalogue
from macros.loading import load
from tests.hote import listening
from tests.html_lu import Element, read_file
from tests.navigateur import chromium

PROJECT = Path(__file__).resolve().parent.parent
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SETTINGS = ("DATA_ROOT", "SITE_DIR", "SITE_URL", "DEPOT", "SANS_MOULE")
"""Environment variables that change what is built: a test sets those it needs, never inherits them."""


def build(site: Path, project: Path = PROJECT, quiet: bool = True, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the real build command of `project` into `site`, with `settings` as environment variables."""
    environment = {key: value for key, value in os.environ.items() if key not in SETTINGS}
    environment |= {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1", "SITE_DIR": str(site), **settings}
    command = [sys.executable, "-m", "mkdocs", *(["--quiet"] if quiet else []), "build"]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(autouse=True)
def _no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of the person who runs the tests do not change what is tested."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The real data of the project."""
    return load(PROJECT)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once; a build that says anything at all is a failure."""
    folder = tmp_path_factory.mktemp("construction") / "site"
    done = build(folder)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", ""), f"la construction a échoué ou parlé :\n{done.stderr}{done.stdout}"
    return folder


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Element]:
    """Every HTML page of the built site, read: address from the root (`cas/anstaing/`, empty for the home page) → tree."""
    return {path.relative_to(site).as_posix().removesuffix("index.html"): read_file(path) for path in sorted(site.rglob("*.html"))}


class _Handler(http.server.SimpleHTTPRequestHandler):
    """A plain static host: any unknown address gets 404.html."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page rather than Python's."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the output of the tests clean."""


@pytest.fixture(scope="session")
def serveur(site: Path) -> Iterator[str]:
    """The built site on the loopback; any free port."""
    handler = type("Handler", (_Handler,), {"__init__": lambda self, *args: _Handler.__init__(self, *args, directory=str(site))})
    with listening(handler) as address:
        yield address


@pytest.fixture(scope="session")
def navigateur() -> Iterator[Browser]:
    """One Chromium for all the tests, which calls nobody by itself."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield browser
        browser.close()


Open = Callable[..., Page]


@pytest.fixture
def ouvrir(navigateur: Browser, serveur: str) -> Iterator[Open]:
    """A function that opens a watched page; see the top of this file.

    Addresses are given from the site root: `page.goto("cas/anstaing/")`.
    """
    faults: list[str] = []
    contexts = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"console : {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((serveur, "data:", "blob:")):
            faults.append(f"demande hors du site : {request.url}")

    def outside(route: Route) -> None:
        route.abort()

    def open_page(**options: Any) -> Page:
        context = navigateur.new_context(**{"base_url": serveur, "locale": "fr-FR", "viewport": {"width": 1280, "height": 800}} | options)
        context.set_default_timeout(10_000)
        context.route(lambda address: not address.startswith((serveur, "data:", "blob:")), outside)
        contexts.append(context)
        page = context.new_page()
        page.on("console", on_console)
        page.on("pageerror", lambda error: faults.append(f"erreur de script : {error}"))
        page.on("request", on_request)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(ouvrir: Open) -> Page:
    """A watched page, 1280 pixels wide."""
    return ouvrir()


def seen(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until `condition` holds. Playwright's own `wait_for_function` compiles text in the page, which the policy of the site forbids."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "la condition attendue ne s'est pas réalisée"
        time.sleep(0.02)


COLOURS = ["color-contrast", "link-in-text-block"]


def axe(page: Page, colours_only: bool = False) -> list[str]:
    """Faults found by axe-core on the page as it stands: WCAG 2.2 A and AA, and good practice; or only what colours may break.

    The strict policy of the site does not get in the way: the script comes through the browser's own debugging channel.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    only = {"type": "rule", "values": COLOURS} if colours_only else {"type": "tag", "values": RULES}
    result = page.evaluate("only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", only)
    return [f"{fault['id']} : {fault['help']} – {node['target']} {node['html'][:150]}" for fault in result["violations"] for node in fault["nodes"]]

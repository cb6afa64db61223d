"""What a page may do: run its own scripts, show its own styles, ask its own site. Nothing else, on any page."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.hote import sent, served
from tests.inoffensif import dangers

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
NEVER = ("'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "blob:")
VIOLATIONS = "document.addEventListener('securitypolicyviolation', event => console.error('politique : ' + event.violatedDirective + ' ' + event.blockedURI))"


def pages(site: Path) -> list[str]:
    """The address of every page, from the root of the site."""
    return sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("*.html"))


def _html(site: Path, page: str) -> str:
    return (site / page / "index.html" if not page.endswith(".html") else site / page).read_text(encoding="utf-8")


def _directives(policy: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for part in policy.split(";") if (words := part.split())}


def watched(page: Page, address: str) -> list[str]:
    """A list that fills with violations of the policy, errors of the console and of scripts, and requests outside `address`."""
    faults: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"{page.url} : {message.text} {message.location['url']}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            faults.append(f"{page.url} : demande {request.url}")

    page.add_init_script(VIOLATIONS)
    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(f"{page.url} : {error}"))
    page.on("request", on_request)
    return faults


def visit(page: Page, address: str, html: str) -> None:
    """Open a page; one that sends elsewhere at once is followed."""
    if 'http-equiv="refresh"' not in html:
        page.goto(address)
        return
    page.goto(address, wait_until="commit")
    page.wait_for_url(lambda url: url != address)


def strictness(policy: str) -> list[str]:
    """What is too loose in a policy."""
    wanted = _directives(policy)
    loose = [f"{name} {source}" for name, sources in wanted.items() for source in sources if source in NEVER and (name, source) != ("frame-ancestors", "*")]
    loose += [f"{name} data:" for name, sources in wanted.items() if "data:" in sources and name != "img-src"]
    missing = [f"{name} {value}" for name, value in (("default-src", "'none'"), ("base-uri", "'none'")) if wanted.get(name) != [value]]
    return loose + [f"manque {each}" for each in missing] + ([] if "form-action" in wanted else ["manque form-action"])


def test_every_page_states_a_strict_policy_before_anything_it_governs(site: Path) -> None:
    """The tag comes before any style or script, and lets nothing loose."""
    faults = []
    for page in pages(site):
        html = _html(site, page)
        found = META.search(html)
        if not found:
            faults.append(f"{page} : pas de politique")
            continue
        faults += [f"{page} : {each}" for each in strictness(found[1])]
        first = re.search(r"<(link|script|style|img)\b", html)
        if first and first.start() < found.start():
            faults.append(f"{page} : {first[0]} avant la politique")
        if "wasm-unsafe-eval" in found[1] and not page.startswith("recherche/"):
            faults.append(f"{page} : 'wasm-unsafe-eval' sans moteur de recherche")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("policy", ["default-src 'none'", "default-src 'none'; base-uri 'none'; form-action 'self'; script-src 'unsafe-inline'",
                                    "default-src 'self'; base-uri 'none'; form-action 'self'",
                                    "default-src 'none'; base-uri 'none'; form-action 'self'; img-src *", "default-src 'none'; base-uri 'none'; form-action 'self'; script-src data:"])
def test_a_loose_policy_is_seen(policy: str) -> None:
    """The test above can fail."""
    assert strictness(policy)


def test_no_page_has_a_script_a_style_or_a_handler_of_its_own(site: Path) -> None:
    """No inline script or style, no `on…` attribute, no frame, no address that runs."""
    faults = [f"{page} : {fault}" for page in pages(site) for fault in dangers(_html(site, page))]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("piece", ["<p onclick='a'>", "<p style='color:red'>", "<script>a</script>", "<script src='//a.fr/b.js'></script>", "<script src='https://a.fr/b.js'></script>",
                                   "<style>p{}</style>", "<a href='javascript:a'>", "<iframe src='a'></iframe>", "<a href=' java&#115;cript:a'>",
                                   "<svg><a xlink:href='data:text/html,a'/></svg>", "<base href='/'>"])
def test_a_danger_is_seen(piece: str) -> None:
    """The test above can fail."""
    assert dangers(f"<main>{piece}</main>")


def test_the_headers_say_as_much_as_the_pages_and_more(site: Path) -> None:
    """Same policy, plus what a tag cannot say: who may frame the page, no guessing of types, no leak of addresses, no sensors."""
    faults = []
    for page in pages(site):
        headers = sent(site, f"/{page}")
        values = dict(headers)
        policies = [value for name, value in headers if name == "Content-Security-Policy"]
        own = META.search(_html(site, page))
        if len(policies) != 1 or strictness(policies[0]) or own is None:
            faults.append(f"{page} : {policies}")
            continue
        header, meta = _directives(policies[0]), _directives(own[1])
        faults += [f"{page} : l'en-tête interdit {name} {source}, que la page demande" for name, sources in meta.items() for source in sources
                   if source != "'none'" and source not in header.get(name, header["default-src"])]
        framed = header.get("frame-ancestors")
        if framed != (["*"] if page.startswith("integrer/") else ["'none'"]):
            faults.append(f"{page} : frame-ancestors {framed}")
        if values.get("X-Content-Type-Options") != "nosniff" or "Referrer-Policy" not in values or "camera=()" not in values.get("Permissions-Policy", ""):
            faults.append(f"{page} : en-têtes manquants")
    assert not faults, "\n".join(faults)


def crawled(site: Path, navigateur: Browser) -> list[str]:
    """Open every page of a site under the policy of its tag and that of the headers: violations, errors, requests outside."""
    with served(site, headers=True) as address:
        context = navigateur.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        faults = watched(page, address)
        for here in pages(site):
            visit(page, address + here, _html(site, here))
            page.evaluate("() => new Promise(requestAnimationFrame)")
        context.close()
    return faults


def test_no_page_breaks_its_policy_or_asks_elsewhere(site: Path, navigateur: Browser) -> None:
    """Every page in Chromium: no violation, error, or request outside. `test_accessibilite.py` opens every page under the tag alone, and watches the same."""
    faults = crawled(site, navigateur)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("plant", "said"), [
    ("<script>window.piege = 1</script>", "politique : script-src"), ("<p style='color: red'>a</p>", "politique : style-src"), ("<img src='https://piege.example/a.png' alt=''>", "piege.example"),
    ("<iframe src='https://piege.example/' title='a'></iframe>", "politique : "), ("<link rel='stylesheet' href='https://piege.example/a.css'>", "piege.example"),
    ("<script src='../faute.js'></script>", "faute voulue"), ("<button onclick='window.piege = 1' autofocus>a</button>", "politique : script-src-attr"), ("<img src='absente.png' alt=''>", "404"),
])
def test_a_page_that_breaks_its_policy_is_seen(plant: str, said: str, site: Path, navigateur: Browser, tmp_path: Path) -> None:
    """The crawl above can fail: one page of the site, with a fault planted in it."""
    for name in ("assets", "a-propos"):
        shutil.copytree(site / name, tmp_path / name)
    shutil.copy(site / "_headers", tmp_path)
    (tmp_path / "faute.js").write_text("throw new Error('faute voulue')", encoding="utf-8")
    assert crawled(tmp_path, navigateur) == []
    page = tmp_path / "a-propos" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</main>", f"{plant}</main>", 1), encoding="utf-8")
    found = crawled(tmp_path, navigateur)
    assert any(said in fault for fault in found), found

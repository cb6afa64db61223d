"""Files that some hosts read: headers to send, true redirections. A host that does not read them still serves the whole site."""

from __future__ import annotations

import os
import re
from pathlib import Path

from macros.addresses import record_of
from macros.catalogue import Catalogue
from macros.dressing import FOLDER as FIXED
from macros.explorer.data import FOLDER as DATA_OF_CASES
from macros.exports.embeds import FOLDER
from macros.exports.envelope import write_text
from macros.exports.redirects import aliases, ended, files_of, is_moved
from macros.heads import addresses_in, head_of

OPEN = ("api", "schemas", "flux")
"""Folders that pages of other sites may read."""
COMMON = ("X-Content-Type-Options: nosniff", "Referrer-Policy: strict-origin-when-cross-origin", "Cross-Origin-Opener-Policy: same-origin",
          "Permissions-Policy: camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()")
META = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')


def headers(site: Path) -> str:
    """`_headers`: data open to all, only the cards may be framed.

    Folders are listed one by one: where two rules match, these hosts send both, and the stricter one wins.
    """
    free = "Access-Control-Allow-Origin: *"
    blocks: list[tuple[str, tuple[str, ...]]] = [("/*", COMMON)]
    blocks += [(f"/{folder}/*", (free,)) for folder in OPEN if folder != "flux"]
    blocks += [("/flux/*", (free, "Content-Type: application/atom+xml; charset=utf-8")), ("/api/v1/cas.geojson", ("Content-Type: application/geo+json; charset=utf-8",)),
               (f"/{FOLDER}*", (free, f"{policy(site / FOLDER)}; frame-ancestors *"))]
    blocks += [(f"/{folder}/*", ("Cache-Control: public, max-age=31536000, immutable",)) for folder in named_after_content(site)]
    folders = sorted(path.name for path in site.iterdir() if path.is_dir() and path.name not in (FOLDER.strip("/"), "assets", *OPEN))
    places = {"/": site / "index.html", "/404.html": site / "404.html"} | {f"/{folder}/*": site / folder for folder in folders}
    blocks += [(where, (f"{policy(place)}; frame-ancestors 'none'", "X-Frame-Options: DENY")) for where, place in places.items()]
    return "".join(f"{where}\n" + "".join(f"  {line}\n" for line in lines) for where, lines in blocks)


def named_after_content(site: Path) -> list[str]:
    """Folders whose files never change under the same address: their name, or that of each file, is a mark of what they hold."""
    parents = (site / "assets" / "recherche", site / DATA_OF_CASES)
    found = [FIXED.rstrip("/"), *(folder.relative_to(site).as_posix() for parent in parents if parent.is_dir() for folder in sorted(parent.iterdir()) if folder.is_dir())]
    return [name for name in found if (site / name).is_dir()]


def policy(place: Path) -> str:
    """The policy that the pages of a folder ask for themselves, as a header: what one of them may do, and nothing more.

    A page that asks for less keeps its own policy: both apply.
    """
    allowed: dict[str, dict[str, None]] = {"default-src": {"'none'": None}}
    for page in [str(place)] if place.suffix else [f"{place}/{address}index.html" for address in addresses_in(place)]:
        found = META.search(head_of(page)) if os.path.isfile(page) else None
        for directive in (found[1].decode() if found else "").split(";"):
            name, *sources = directive.split() or [""]
            if name:
                allowed.setdefault(name, {}).update(dict.fromkeys(sources))
    kept = {name: [source for source in sources if source != "'none'" or len(sources) == 1] for name, sources in allowed.items()}
    return "Content-Security-Policy: " + "; ".join(" ".join([name, *sources]) for name, sources in kept.items())


def redirections(catalogue: Catalogue) -> str:
    """`_redirects`: one line per former address, one hop."""
    lines = []
    for entry, record, targets in ended(catalogue):
        if not is_moved(entry, targets):
            continue
        heir = record_of(targets[0])
        if entry.adresse.endswith("/"):
            lines.append(f"/{entry.adresse} /{targets[0]} 301")
        if heir and heir.table == record.table:
            pairs = zip(files_of(record.table, record.key), files_of(heir.table, heir.key), strict=True)
            lines += [f"/{old.removesuffix('index.html')} /{new.removesuffix('index.html')} 301" for old, new in pairs]
    lines += [f"/{alias} /{target} 302" for alias, target, _, _ in aliases(catalogue)]
    return "".join(f"{line}\n" for line in lines)


def write_hosting(catalogue: Catalogue, site: Path) -> None:
    """Write `_headers`, `_redirects`, and the mark that stops GitHub Pages from hiding folders."""
    write_text(site / "_headers", headers(site))
    write_text(site / "_redirects", redirections(catalogue))
    write_text(site / ".nojekyll", "")

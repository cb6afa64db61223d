"""What a page weighs: its bytes once compressed and its requests, at any number of cases.

    python -m tests.poids SITE DOSSIER [CAS]     a copy of SITE with the lists of CAS invented cases, in DOSSIER; then what pages weigh

A whole site of ten thousand cases takes long to build, and most of its pages weigh what they do with fourteen. Only those that show
lists are made again here, by the same templates, in the frame that the built site gives to the same page.
"""

from __future__ import annotations

import argparse
import gzip
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from macros import pages, rendering
from macros.catalogue import Catalogue
from macros.explorer.data import write_cases
from macros.finishing import finished
from macros.loading import load
from tests.html_lu import read
from tests.synthese import write

LISTS = ("accueil", "leviers", "cas", "carte", "matrice", "combien", "modes", "reseaux", "chiffres", "donnees", "a-verifier", "comparer", "editions", "sources")
"""Views that name cases or count them."""
RELATIONS = {"stylesheet", "modulepreload", "icon", "preload"}
IMPORTS = re.compile(r'\b(?:from|import)\s*"(\.{1,2}/[^"]+)"')


@dataclass(frozen=True)
class Poids:
    """What a reader downloads to see a page for the first time."""

    octets: int
    demandes: int


def compressed(path: Path) -> int:
    """Bytes of a file as a host sends it."""
    content = path.read_bytes()
    return len(gzip.compress(content, 9, mtime=0)) if path.suffix in {".html", ".css", ".js", ".json", ".svg", ".xml"} else len(content)


def first_view(site: Path, address: str) -> Poids:
    """The page and what it asks for by itself: styles, scripts and what they import, pictures that do not wait."""
    page = site / address / "index.html"
    waiting = [(page, name) for name in _asked(page)]
    found = {page}
    while waiting:
        base, name = waiting.pop()
        path = (base.parent / urlsplit(name).path).resolve()
        if path not in found:
            found.add(path)
            if path.suffix == ".js":
                waiting += [(path, inner) for inner in IMPORTS.findall(path.read_text(encoding="utf-8"))]
    return Poids(sum(map(compressed, found)), len(found))


def _asked(page: Path) -> list[str]:
    tree = read(page.read_text(encoding="utf-8"))
    links = [link.attributes["href"] for link in tree.all("link") if RELATIONS & set(link.attributes.get("rel", "").split())]
    sources = [element.attributes["src"] for element in tree.all("script", "img", "iframe") if "src" in element.attributes and element.attributes.get("loading") != "lazy"]
    return [name for name in links + sources if not name.startswith("data:")]


def lists(catalogue: Catalogue, site: Path, folder: Path) -> list[str]:
    """In `folder`, a copy of the frame of `site` with the pages that list the cases of `catalogue`; returns their addresses."""
    shutil.copytree(site / "assets", folder / "assets", dirs_exist_ok=True)
    shutil.copyfile(site / "404.html", folder / "404.html")
    made = {pages.VIEWS[name]: str(rendering.view(catalogue, name)) for name in LISTS}
    made |= {pages.address(table, key): str(rendering.fiche(catalogue, table, key)) for table in ("leviers", "modes", "reseaux", "par_departement", "par_region")
             for key in getattr(catalogue, table)}
    made |= {pages.address("sources", key): str(rendering.fiche(catalogue, "sources", key)) for key in catalogue.documents}
    for address, html in made.items():
        model = site / address / "index.html"
        frame = model if model.is_file() else site / "modes" / "subvention" / "index.html"
        target = folder / address / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_framed(frame.read_text(encoding="utf-8"), finished(html, catalogue.sigles, "../" * address.count("/") + "glossaire/")), encoding="utf-8")
    shutil.copytree(site / "cas" / "anstaing", folder / "cas" / "anstaing", dirs_exist_ok=True)
    write_cases(catalogue, folder)
    return [*made, "cas/anstaing/"]


def _framed(page: str, html: str) -> str:
    """A page with another content in the same frame."""
    lines = "\n".join(line for line in html.splitlines() if line.strip())
    before, mark, rest = page.partition('<div class="donnees">\n')
    end = rest.rindex("</div>", 0, rest.index("</main>"))  # of .page; what the frame says after the view goes with it
    return f"{before}{mark}{lines}\n</div>\n{rest[end:]}"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Pèse les pages, avec autant de cas inventés qu'on veut.")
    parser.add_argument("site", type=Path)
    parser.add_argument("dossier", type=Path)
    parser.add_argument("cas", type=int, nargs="?", default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        write(options.cas, Path(data), real=True)
        made = lists(load(Path(data)), options.site, options.dossier)
    for address in made:
        weight = first_view(options.dossier, address)
        print(f"{weight.octets:8} octets  {weight.demandes:3} demandes  /{address}")


if __name__ == "__main__":
    main()

"""What search engines, browsers and language models look for at the root: plan of the site, rules, search, summary."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape
from pathlib import Path

from macros import pages
from macros.catalogue import Catalogue
from macros.exports.envelope import API, LICENCE, day, write_text
from macros.exports.feeds import changed_on
from macros.heads import APART, addresses_in, head_of
from macros.typography import french

MARKDOWN = re.compile(r"[\\`*_\[\]#]")
"""Signs that would mean something to a reader of Markdown, besides those of HTML."""
ELSEWHERE = (b'<meta http-equiv="refresh"', b'<meta name="robots" content="noindex"')
"""What the head of a page says when its content is elsewhere, or gone."""


def listed(site: Path, known: Collection[str] = ()) -> list[str]:
    """Address of every page to find: not those that only lead elsewhere. `known`: addresses that are sure to be found."""
    return [address for address in addresses_in(site, APART) if address in known or not any(mark in head_of(f"{site}/{address}index.html") for mark in ELSEWHERE)]


def modified(catalogue: Catalogue) -> dict[str, str]:
    """Address → day its content last changed, for the pages where the data say it; a date nobody knows is not given."""
    found = {pages.address(table, key): changed_on(catalogue, table, key) for table in ("cas", "leviers") for key in getattr(catalogue, table)}
    newest = max(found.values(), default=day(catalogue))
    return found | {address: newest for name, address in pages.VIEWS.items() if name in ("accueil", "cas", "leviers", "combien")}


def write_sitemap(catalogue: Catalogue, site: Path) -> None:
    """Write `sitemap.xml`, in place of the one MkDocs dates from the day of the build."""
    known = modified(catalogue)
    lines = []
    for address in listed(site, {fiche.adresse for fiche in pages.fiches(catalogue)}):
        date = f"<lastmod>{known[address]}</lastmod>" if address in known else ""
        lines.append(f"<url><loc>{escape(catalogue.adresse + address)}</loc>{date}</url>")
    write_text(site / "sitemap.xml", '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' + "\n".join(lines) + "\n</urlset>\n")
    (site / "sitemap.xml.gz").unlink(missing_ok=True)


def write_robots(catalogue: Catalogue, site: Path) -> None:
    """Write `robots.txt`: everything may be read."""
    write_text(site / "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {catalogue.adresse}sitemap.xml\n")


def write_opensearch(catalogue: Catalogue, site: Path) -> None:
    """Write the description that lets a browser search the site from its address bar; only when there is a search page."""
    if not (site / "recherche" / "index.html").is_file():
        return
    write_text(site / "opensearch.xml", f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{escape(catalogue.reglages.nom[:16].strip())}</ShortName>
<LongName>{escape(catalogue.reglages.nom[:48])}</LongName>
<Description>{escape(french(f"Chercher dans « {catalogue.reglages.nom} »"))}</Description>
<Language>fr</Language>
<InputEncoding>UTF-8</InputEncoding>
<Image width="16" height="16" type="image/svg+xml">{escape(catalogue.adresse)}assets/favicon.svg</Image>
<Url type="text/html" template="{escape(catalogue.adresse)}recherche/?q={{searchTerms}}"/>
</OpenSearchDescription>
""")


def plain(text: str) -> str:
    """A text on one line of Markdown, as the text it is."""
    return MARKDOWN.sub(r"\\\g<0>", re.sub(r"&(?=#?\w+;)", "&amp;", " ".join(text.split()))).replace("<", "&lt;")


def write_llms(catalogue: Catalogue, site: Path) -> None:
    """Write `llms.txt`: what the site holds and how to cite it, for language models."""
    root = catalogue.adresse

    def line(address: str, name: str, said: str) -> str:
        return f"- [{plain(name)}]({root}{address}) : {plain(said)}"

    parts = [
        f"# {plain(catalogue.reglages.nom)}", "", f"> {plain(catalogue.reglages.description)}", "",
        "Chaque fait porte sa source. Ce que les sources ne disent pas est écrit « non précisé par les sources ». Quand les sources divergent, toutes les valeurs sont données.",
        f"Contenus sous {LICENCE}. Citez l'adresse de la fiche et dites si elle a été vérifiée.", "", "## Leviers", "",
        *(line(pages.address("leviers", key), catalogue.leviers[key].titre, catalogue.leviers[key].en_une_phrase.texte) for key in catalogue.leviers_en_ordre), "", "## Cas", "",
        *(line(pages.address("cas", key), catalogue.cas[key].titre, f"{catalogue.lieu_court(key)}. {catalogue.etat(key)}.") for key in catalogue.cas_en_ordre), "", "## Repères", "",
        line("combien/", "Combien ça coûte", "tous les montants connus"), line("modes/", "Modes de soutien", "les façons d'aider, comparées"),
        line("glossaire/", "Glossaire", "les mots et les sigles"), line("sources/", "Sources", "les documents d'où viennent les faits"), "", "## Données", "",
        line("donnees/", "Données ouvertes", "documentation"), line(f"{API}openapi.json", "OpenAPI", "toutes les adresses des données"),
        line(f"{API}cas.json", "Les cas en JSON", "tous les champs, avec leurs sources"), ""]
    write_text(site / "llms.txt", "\n".join(parts))

"""Cards that another site shows in a frame: no script, a style sheet of their own, a few kB; and what oEmbed asks for."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from macros import pages
from macros.catalogue import Catalogue
from macros.exports.envelope import json_bytes, write_text
from macros.finishing import finished
from macros.markup import rich
from macros.origin import each_case
from macros.typography import french

FOLDER = "integrer/"
CARDS = ("cas", "leviers")
WIDTH, HEIGHT = 480, 360
"""What a frame takes when the host page does not say; a card fits any width."""
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


def address(table: str, key: str) -> str:
    """Address of a card, from the site root."""
    return f"{FOLDER}{table}/{key}/"


def _title(catalogue: Catalogue, table: str, key: str) -> str:
    return str(getattr(catalogue, table)[key].titre)


def frame(catalogue: Catalogue, table: str, key: str) -> str:
    """The HTML to paste on another site."""
    title = escape(french(f"{_title(catalogue, table, key)} – {catalogue.reglages.nom}"))
    return f'<iframe src="{catalogue.adresse}{address(table, key)}" title="{title}" width="100%" height="{HEIGHT}" loading="lazy" style="border:0;max-width:{WIDTH}px"></iframe>'


def oembed(catalogue: Catalogue, table: str, key: str) -> dict[str, Any]:
    """The oEmbed answer of a fiche."""
    return {"version": "1.0", "type": "rich", "title": french(_title(catalogue, table, key)), "provider_name": catalogue.reglages.nom, "provider_url": catalogue.adresse,
            "author_name": catalogue.reglages.editeur.nom or catalogue.reglages.nom, "cache_age": 86400, "html": frame(catalogue, table, key), "width": WIDTH, "height": HEIGHT}


def card(catalogue: Catalogue, table: str, key: str) -> str:
    """The card of a case or a lever."""
    record = getattr(catalogue, table)[key]
    if table == "cas":
        above = catalogue.lieu_court(key)
        summary = record.en_bref[0].texte
        notes = [catalogue.libelle("accueils", record.accueils[0]), catalogue.etat(key)]
    else:
        above = "Levier d'action"
        summary = record.en_une_phrase.texte
        count = len(catalogue.cas_par_levier[key])
        notes = [f"{count} cas le montrent" if count > 1 else f"{count} cas le montre"]
    return page(catalogue, pages.address(table, key), above, record.titre, [summary], notes)


def page(catalogue: Catalogue, target: str, above: str, title: str, paragraphs: list[str], notes: list[str], links: list[tuple[str, str]] | None = None) -> str:
    """A card as a whole HTML page. `target`: the page it stands for; `links`: other pages to go to."""
    root = "../../../"
    site = escape(french(catalogue.reglages.nom))
    heading = escape(french(title))
    body = [f'<p class="lieu">{escape(french(above))}</p>',
            f'<h1><a href="{root}{target}" target="_blank" rel="noopener">{heading}<span class="hors-vue"> (nouvelle fenêtre)</span></a></h1>']
    body += [finished(str(rich(text)), {}, "") for text in paragraphs]
    if links:
        body.append("<ul>" + "".join(f'<li><a href="{root}{where}" target="_blank" rel="noopener">{escape(french(name))}</a></li>' for where, name in links) + "</ul>")
    body.append('<p class="pied">' + " · ".join([*(escape(french(note)) for note in notes), f"<strong>{site}</strong>"]) + "</p>")
    return f"""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{heading} – {site}</title>
<link rel="canonical" href="{escape(catalogue.adresse + target)}">
<link rel="icon" type="image/svg+xml" href="{root}assets/favicon.svg">
<link rel="stylesheet" href="{root}assets/css/integrer.css">
</head>
<body>
<main class="carte">
{chr(10).join(body)}
</main>
</body>
</html>
"""


def _both(catalogue: Catalogue, table: str, key: str) -> tuple[str, str]:
    return card(catalogue, table, key), json_bytes(oembed(catalogue, table, key)).decode()


def write_embeds(catalogue: Catalogue, site: Path) -> None:
    """Write `/integrer/`: a card and its oEmbed answer per case and lever."""
    for table in CARDS:
        made = each_case(catalogue, "integrer", lambda alone, key: _both(alone, "cas", key)) if table == "cas" else ((key, _both(catalogue, table, key)) for key in getattr(catalogue, table))
        for key, (html, answer) in made:
            write_text(f"{site}/{address(table, key)}index.html", html)
            write_text(f"{site}/{address(table, key)}oembed.json", f"{answer}\n")

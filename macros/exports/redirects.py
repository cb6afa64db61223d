"""What answers at an address whose record moved, merged, was split or withdrawn: page, data, PDF, feed and card alike.

Everything is a plain file, so that any static host serves it; `hosting.py` adds true redirections for hosts that know them.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path

from macros.addresses import Record, destinations, record_of, told
from macros.catalogue import Catalogue
from macros.exports import embeds, feeds, notices
from macros.exports.derived import COLLECTIONS
from macros.exports.envelope import API, day, wrapped, write_json, write_text
from macros.model.ledger import Adresse
from macros.model.values import DateTexte
from macros.typography import french


def files_of(table: str, key: str) -> list[str]:
    """Every file published under the identifier of a record, beside its page or anchor."""
    found = [f"{API}{COLLECTIONS[table]}/{key}.json"]
    if table in ("cas", "leviers"):
        found += [f"{API}{table}/{key}.{kind}" for kind in ("yml", "bib", "csl.json")]
        found += [f"pdf/{table}/{key}.pdf", f"{embeds.address(table, key)}index.html", f"{embeds.address(table, key)}oembed.json"]
    if table == "leviers":
        found.append(f"{feeds.FOLDER}leviers/{key}.xml")
    return found


def name_of(catalogue: Catalogue, address: str) -> str:
    """What the record at an address is called."""
    record = record_of(address)
    found = getattr(catalogue, record.table).get(record.key) if record else None
    return str(next((value for name in ("titre", "nom", "terme", "libelle") if (value := getattr(found, name, None))), address)) if found else address


def ended(catalogue: Catalogue) -> Iterator[tuple[Adresse, Record, list[str]]]:
    """Each ended address with its record and the living addresses it leads to."""
    for address, entry in catalogue.adresses.items():
        if entry.finie and (record := record_of(address)):
            yield entry, record, destinations(catalogue.adresses, address)


def is_moved(entry: Adresse, targets: list[str]) -> bool:
    """Whether one living record now answers for the address."""
    return bool(entry.deplace_vers or entry.fusionne_dans) and len(targets) == 1


def page(catalogue: Catalogue, address: str, title: str, said: str, targets: list[str], anchors: tuple[str, ...] = (), refresh: bool = False) -> str:
    """The page at an ended address. Every anchor it had still answers."""
    root = "../" * address.count("/")
    site = escape(french(catalogue.reglages.nom))
    hidden = "" if refresh else '\n<meta name="robots" content="noindex">'
    canonical = f'<link rel="canonical" href="{escape(catalogue.adresse + targets[0])}" data-chemin="{root}{targets[0]}">' if refresh else (
        f'<link rel="canonical" href="{escape(catalogue.adresse + address)}">')
    go = f'\n<meta http-equiv="refresh" content="0; url={root}{targets[0]}">\n<script src="{root}assets/js/renvoi.js"></script>' if refresh else ""
    label = "Ce qui peut servir à la place" if "retirée" in title else "La suite"
    links = "".join(f'<li><a href="{root}{target}">{escape(french(name_of(catalogue, target)))}</a></li>' for target in targets)
    spots = "".join(f'<span id="{escape(anchor)}"></span>' for anchor in anchors)
    return f"""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">{hidden}
<meta name="color-scheme" content="light dark">
<title>{escape(french(title))} – {site}</title>
{canonical}{go}
<link rel="icon" type="image/svg+xml" href="{root}assets/favicon.svg">
<link rel="stylesheet" href="{root}assets/css/site.css">
</head>
<body>
<main class="contenu" id="contenu"><div class="page prose">
<h1>{escape(french(title))}</h1>
<p class="chapo">{escape(french(said))}{spots}</p>
{f"<h2>{label}</h2><ul>{links}</ul>" if links else ""}
<p><a href="{root or "./"}">{site}{french(" : ")}accueil</a></p>
</div></main>
</body>
</html>
"""


def _end_of(entry: Adresse) -> dict[str, object]:
    """What became of a record, for programs."""
    return {name: value.texte if isinstance(value, DateTexte) else list(value) if isinstance(value, tuple) else value
            for name in ("deplace_vers", "fusionne_dans", "partage_en", "retire_le", "remplace_par", "pourquoi", "le") if (value := getattr(entry, name))}


def write_redirects(catalogue: Catalogue, site: Path) -> None:
    """Write what answers at ended addresses, and the aliases by number of the source brief. Runs last: it copies what the others wrote."""
    for entry, record, targets in ended(catalogue):
        title, said = told(entry)
        heir = record_of(targets[0]) if is_moved(entry, targets) else None
        if entry.adresse.endswith("/"):
            write_text(site / entry.adresse / "index.html", page(catalogue, entry.adresse, title, said, targets, entry.ancres, refresh=heir is not None))
        for index, name in enumerate(files_of(record.table, record.key)):
            if heir and heir.table == record.table:
                _answer_as(site, name, files_of(heir.table, heir.key)[index], entry)
            else:
                _say(catalogue, site, name, entry, record, targets)
    for alias, target, title, said in aliases(catalogue):
        write_text(site / alias / "index.html", page(catalogue, alias, title, said, [target], refresh=True))


def aliases(catalogue: Catalogue) -> Iterator[tuple[str, str, str, str]]:
    """The number a brief bears (« fiche n°15 ») leads to its edition, whatever way it is typed."""
    for key, edition in catalogue.editions.items():
        if edition.numero and edition.numero.isdigit():
            for form in (f"fiche-{edition.numero}/", f"fiche-n{edition.numero}/", f"fiches/{edition.numero}/"):
                yield form, f"editions/#edition-{key}", f"La fiche n° {edition.numero}", f"C'est le numéro de l'{edition.titre[:1].lower()}{edition.titre[1:]}."


def _answer_as(site: Path, name: str, heir: str, entry: Adresse) -> None:
    """The former file answers with the content of the present one."""
    source, target = site / heir, site / name
    if not source.is_file():
        return
    if name.endswith(".json") and name.startswith(API) and not name.endswith(".csl.json"):
        content = json.loads(source.read_text(encoding="utf-8"))
        write_json(target, {**{key: value for key, value in content.items() if key != "donnees"}, **_end_of(entry), "donnees": content["donnees"]})
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _say(catalogue: Catalogue, site: Path, name: str, entry: Adresse, record: Record, targets: list[str]) -> None:
    """The former file says what became of its record."""
    title, said = told(entry)
    where = site / name
    links = [(target, name_of(catalogue, target)) for target in targets]
    full = " ".join([said, *(f"{text} : {catalogue.adresse}{target}" for target, text in links)])
    if name.endswith("index.html"):
        write_text(where, embeds.page(catalogue, entry.adresse, "Fiche retirée" if entry.retire_le else "Fiche partagée", title, [said], [], links))
    elif name.endswith("oembed.json"):
        write_json(where, {"version": "1.0", "type": "link", "title": french(title), "provider_name": catalogue.reglages.nom, "provider_url": catalogue.adresse, "cache_age": 86400})
    elif name.endswith(".csl.json"):
        write_json(where, [])
    elif name.endswith(".json"):
        write_json(where, wrapped(catalogue, entry.adresse, None, **_end_of(entry)))
    elif name.endswith(".xml"):
        date = (entry.retire_le or entry.le or entry.depuis).cle
        write_text(where, feeds.notice(catalogue, name, title, said, entry.adresse, (record.table, record.key), max(date, day(catalogue)) if not entry.retire_le else date))
    elif name.endswith((".yml", ".bib")):
        mark = "#" if name.endswith(".yml") else "%"
        write_text(where, f"{mark} {title}. {full}\n")
    elif name.endswith(".pdf"):
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_bytes(notices.pdf(french(title), french(said), [(catalogue.adresse + target, french(text)) for target, text in links], day(catalogue)))

"""What search engines and programs read in a page: the same facts as its text, in the words of schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from macros import pages
from macros.catalogue import Catalogue
from macros.exports.csv_tables import TABLES as CSV_TABLES
from macros.exports.derived import page_of
from macros.exports.envelope import API, LICENCE_URL, VERSION, day
from macros.exports.feeds import changed_on
from macros.kept import kept
from macros.nodes import dates, sources_of
from macros.pages import Fiche
from macros.register import register
from macros.typography import french

Node = dict[str, Any]


def escaped(content: Any) -> str:
    """JSON that no HTML can be read in."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def graph(catalogue: Catalogue, address: str, title: str, description: str, fiche: Fiche | None, crumbs: Iterable[Mapping[str, str]] = ()) -> Node:
    """Everything said of one page."""
    url = catalogue.adresse + address
    nodes: list[Node] = []
    if fiche:
        nodes.append(_record(catalogue, fiche, url))
    elif address == pages.VIEWS["glossaire"]:
        nodes.append(glossary(catalogue))
    elif address == "donnees/":
        nodes.append(dataset(catalogue))
    elif address == "":
        nodes.append({"@type": "WebSite", "@id": f"{catalogue.adresse}#site", "name": catalogue.reglages.nom, "url": catalogue.adresse, "inLanguage": "fr",
                      "description": french(catalogue.reglages.description), "license": LICENCE_URL, "publisher": publisher(catalogue)})
    else:
        nodes.append({"@type": "WebPage", "@id": url, "url": url, "name": french(title), "description": french(description), "inLanguage": "fr", "isPartOf": _site(catalogue)})
    trail = breadcrumb(catalogue, url, title, list(crumbs))
    return {"@context": "https://schema.org", "@graph": [*nodes, *([trail] if trail else [])]}


def publisher(catalogue: Catalogue) -> Node:
    """Who publishes the site."""
    return {"@type": "Organization", "name": catalogue.reglages.editeur.nom or catalogue.reglages.nom, "url": catalogue.adresse}


def _site(catalogue: Catalogue) -> Node:
    return {"@type": "WebSite", "@id": f"{catalogue.adresse}#site", "name": catalogue.reglages.nom, "url": catalogue.adresse}


def _record(catalogue: Catalogue, fiche: Fiche, url: str) -> Node:
    record = getattr(catalogue, fiche.table)[fiche.identifiant]
    common: Node = {"@id": url, "url": url, "name": french(fiche.titre), "description": french(fiche.description), "inLanguage": "fr", "license": LICENCE_URL}
    if fiche.table in ("cas", "leviers"):
        written = list(dates(record))
        found: Node = {
            "@type": "Article", **common, "headline": french(fiche.titre), "isPartOf": _site(catalogue), "isAccessibleForFree": True,
            "author": publisher(catalogue), "publisher": publisher(catalogue), "datePublished": written[0],
            "dateModified": changed_on(catalogue, fiche.table, fiche.identifiant), "citation": citations(catalogue, sources_of(record))}
        if fiche.table == "cas":
            found["about"] = [{"@type": "DefinedTerm", "name": french(catalogue.leviers[shown.levier].titre_court), "url": catalogue.adresse + pages.address("leviers", shown.levier)}
                              for shown in record.leviers]
            found["contentLocation"] = places(catalogue, fiche.identifiant)
        return found
    if fiche.table == "modes":
        return {"@type": "DefinedTerm", **{key: value for key, value in common.items() if key not in ("inLanguage", "license")}, "termCode": fiche.identifiant,
                "inDefinedTermSet": catalogue.adresse + "modes/"}
    if fiche.table == "reseaux":
        known: Node = {"@type": "Organization", "name": french(fiche.titre), "description": french(fiche.description)}
        return {"@type": "WebPage", **common, "isPartOf": _site(catalogue), "mainEntity": known | ({"alternateName": record.sigle} if record.sigle else {})}
    if fiche.table == "sources":
        return {"@type": "WebPage", **common, "isPartOf": _site(catalogue), "mainEntity": citations(catalogue, [fiche.identifiant])[0]}
    return {"@type": "WebPage", **common, "isPartOf": _site(catalogue)}


def citations(catalogue: Catalogue, keys: Iterable[str]) -> list[Node]:
    """Sources as works; a lost link is not invented: the address given is that of the source's page here."""
    known, site = _works(catalogue), catalogue.adresse
    return [known.get((site, key)) or known.setdefault((site, key), _work(catalogue, key)) for key in keys]


@kept
def _works(catalogue: Catalogue) -> dict[tuple[str, str], Node]:
    """Address of the site and source → the work, once it was told: the same few are cited by all the cases."""
    return {}


def _work(catalogue: Catalogue, key: str) -> Node:
    source = catalogue.sources[key]
    work: Node = {"@type": "CreativeWork", "name": french(source.titre), "publisher": {"@type": "Organization", "name": source.editeur},
                  "url": source.url or catalogue.adresse + page_of(catalogue, "sources", key)}
    if source.date and re.fullmatch(r"\d{4}(-\d{2}){0,2}", source.date.texte):
        work["datePublished"] = source.date.texte
    if source.archive:
        work["archivedAt"] = source.archive
    return work


def places(catalogue: Catalogue, key: str) -> list[Node]:
    """Places of a case, by official code."""
    official = register()
    found: list[Node] = []
    for place in catalogue.cas[key].lieux:
        node: Node = {"@type": "AdministrativeArea" if not place.insee else "City", "name": place.commune or catalogue.nom_du_lieu(place)}
        code = place.insee or place.departement or place.epci or place.region
        name = "Code INSEE" if place.insee else "Code du département" if place.departement else "SIREN" if place.epci else "Code de la région"
        node["identifier"] = {"@type": "PropertyValue", "propertyID": name, "value": code}
        if place.insee and place.departement:
            node["containedInPlace"] = {"@type": "AdministrativeArea", "name": official.departements[place.departement][0],
                                        "identifier": {"@type": "PropertyValue", "propertyID": "Code du département", "value": place.departement}}
        found.append(node)
    return found


def glossary(catalogue: Catalogue) -> Node:
    """The words of the glossary."""
    url = f"{catalogue.adresse}glossaire/"
    terms = []
    for key, term in catalogue.termes_en_ordre:
        node: Node = {"@type": "DefinedTerm", "@id": f"{url}#{key}", "url": f"{url}#{key}", "name": french(term.terme), "termCode": term.sigle or key,
                      "description": french(" ".join(phrase.texte for phrase in term.definition))}
        terms.append(node | ({"alternateName": [french(word) for word in term.synonymes]} if term.synonymes else {}))
    return {"@type": "DefinedTermSet", "@id": url, "url": url, "name": "Glossaire", "inLanguage": "fr", "license": LICENCE_URL, "hasDefinedTerm": terms}


def dataset(catalogue: Catalogue) -> Node:
    """The open data, as a catalogue of data sets reads them."""
    root = catalogue.adresse + API
    files = [("cas.json", "application/json"), ("leviers.json", "application/json"), *((f"{table.name}.csv", "text/csv") for table in CSV_TABLES), ("cas.geojson", "application/geo+json")]
    return {
        "@type": "Dataset", "@id": f"{catalogue.adresse}donnees/", "url": f"{catalogue.adresse}donnees/", "name": french(f"{catalogue.reglages.nom} : données ouvertes"),
        "description": french(catalogue.reglages.description), "license": LICENCE_URL, "inLanguage": "fr", "version": VERSION, "dateModified": day(catalogue),
        "isAccessibleForFree": True, "creator": publisher(catalogue), "publisher": publisher(catalogue), "keywords": ["petite enfance", "économie sociale et solidaire", "communes"],
        "spatialCoverage": {"@type": "Country", "name": "France"},
        "distribution": [{"@type": "DataDownload", "contentUrl": root + name, "encodingFormat": kind, "name": name} for name, kind in files]}


def breadcrumb(catalogue: Catalogue, url: str, title: str, crumbs: list[Mapping[str, str]]) -> Node | None:
    """The way from the home page; none on the home page itself."""
    if url == catalogue.adresse:
        return None
    steps = [("Accueil", catalogue.adresse), *((step["titre"], catalogue.adresse + step["url"]) for step in crumbs[:-1] if step.get("url"))]
    last = crumbs[-1]["titre"] if crumbs else title
    return {"@type": "BreadcrumbList", "itemListElement": [
        {"@type": "ListItem", "position": rank, "name": french(name), "item": where} for rank, (name, where) in enumerate([*steps, (last, url)], 1)]}

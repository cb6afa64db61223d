"""« Citer cette fiche »: the reference of a case or a lever as text, BibTeX and CSL-JSON."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from macros import pages
from macros.catalogue import Catalogue
from macros.exports.envelope import API, write_json, write_text
from macros.model.values import DateTexte
from macros.typography import french

SPECIAL = str.maketrans({"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"})
CITED = ("cas", "leviers")


def author(catalogue: Catalogue) -> str:
    """Who publishes: the publisher once named, else the site itself."""
    return catalogue.reglages.editeur.nom or catalogue.reglages.nom


def verified(catalogue: Catalogue, table: str, key: str) -> str:
    """Whether the content was verified, and when: part of a citation, as a reader of it cannot guess."""
    record = getattr(catalogue, table)[key]
    checks = getattr(record, "verifications", ())
    if checks:
        last = max(checks, key=lambda item: item.date.cle)
        return f"vérifiée : {last.date.lisible}"
    return "pas encore vérifiée auprès des personnes concernées" if table == "cas" else "établie d'après ses sources"


def as_text(catalogue: Catalogue, table: str, key: str) -> str:
    """The reference in one sentence."""
    record = getattr(catalogue, table)[key]
    site = f", {catalogue.reglages.nom}" if author(catalogue) != catalogue.reglages.nom else ""
    return french(f"{author(catalogue)}, « {record.titre} »{site}, fiche écrite le {record.redige_le.lisible}, {verified(catalogue, table, key)}.") + (
        f" {catalogue.adresse}{pages.address(table, key)}")


def as_bibtex(catalogue: Catalogue, table: str, key: str) -> str:
    """The reference for LaTeX and reference managers."""
    record = getattr(catalogue, table)[key]
    fields = {
        "title": f"{{{_tex(record.titre)}}}", "author": f"{{{_tex(author(catalogue))}}}", "year": str(record.redige_le.annee),
        "howpublished": _tex(f"Site « {catalogue.reglages.nom} »"), "url": f"{catalogue.adresse}{pages.address(table, key)}", "language": "french",
        "note": _tex(f"Fiche {verified(catalogue, table, key)}"),
    }
    month = re.fullmatch(r"\d{4}-(\d{2})(-\d{2})?", record.redige_le.texte)
    if month:
        fields["month"] = str(int(month[1]))
    return f"@misc{{{table}-{key},\n" + ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items()) + "\n}\n"


def _tex(text: str) -> str:
    return text.translate(SPECIAL)


def as_csl(catalogue: Catalogue, table: str, key: str) -> list[dict[str, Any]]:
    """The reference for Zotero and other managers."""
    record = getattr(catalogue, table)[key]
    return [{
        "id": f"{table}-{key}", "type": "webpage", "title": record.titre, "container-title": catalogue.reglages.nom, "author": [{"literal": author(catalogue)}],
        "issued": {"date-parts": [_parts(record.redige_le)]}, "URL": catalogue.adresse + pages.address(table, key), "language": "fr-FR",
        "note": f"Fiche {verified(catalogue, table, key)}",
    }]


def _parts(date: DateTexte) -> list[int]:
    return [int(part) for part in date.texte.split("-")] if re.fullmatch(r"\d{4}(-\d{2}){0,2}", date.texte) else [date.annee]


def write_citations(catalogue: Catalogue, site: Path) -> None:
    """Write a `.bib` and a `.csl.json` beside the data of each case and lever."""
    for table in CITED:
        for key in getattr(catalogue, table):
            write_text(f"{site}/{API}{table}/{key}.bib", as_bibtex(catalogue, table, key))
            write_json(f"{site}/{API}{table}/{key}.csl.json", as_csl(catalogue, table, key))

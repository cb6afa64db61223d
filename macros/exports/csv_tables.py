"""The same facts for spreadsheets: one row per case, long tables for supports and figures, and what each column means."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from macros import coordinates, pages
from macros.catalogue import Catalogue
from macros.exports.derived import regions
from macros.exports.envelope import API, LICENCE_CODE, LICENCE_URL, VERSION, day, fields_of, instant, plain, write_json, write_text
from macros.model.case import Cas, Soutien
from macros.model.facts import Chiffre, Phrase, Source

DANGEROUS = re.compile(r"^[\s'\"]*[=+\-@＝＋－＠|%\t\r]")
"""What a spreadsheet may take for a formula."""
BETWEEN = " | "
Row = dict[str, Any]


class Column(NamedTuple):
    """A column: its name, its type in a Table Schema, what it holds."""

    name: str
    type: str
    said: str


class Table(NamedTuple):
    """A CSV file."""

    name: str
    title: str
    columns: list[Column]
    rows: Callable[[Catalogue], list[Row]]
    key: str | None = None


def neutral(text: str) -> str:
    """A text that no spreadsheet executes: an apostrophe comes before what would start a formula."""
    return f"'{text}" if DANGEROUS.match(text) else text


def flat(value: Any) -> Any:
    """A value of the model in one cell; facts keep their sources, between square brackets."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return BETWEEN.join(str(flat(item)) for item in value)
    if isinstance(value, BaseModel):
        return _record(value)
    return plain(value)


def _record(record: BaseModel) -> str:
    marks = f" [{', '.join(record.sources)}]" if isinstance(record, Source) else ""
    if type(record) is Phrase:
        return f"{record.texte}{marks}"
    said = {name: flat(value) for name in fields_of(type(record)) if name not in ("source", "aussi") and (value := getattr(record, name)) not in (None, (), "cite", "exact")}
    if list(said) == ["valeur"]:
        return f"{said['valeur']}{marks}"
    return "; ".join(f"{name} : {value}" for name, value in said.items()) + marks


_KEY = [Column("identifiant", "string", "Identifiant du cas, qui est aussi son adresse."), Column("adresse", "string", "Adresse permanente de la page.")]
_PLACE = [
    Column("lieu", "string", "Où cela se passe, en quelques mots."), Column("code_insee", "string", "Code INSEE de la première commune."),
    Column("commune", "string", "Nom de la première commune."), Column("codes_departements", "string", "Codes des départements, séparés par « | »."),
    Column("codes_regions", "string", "Codes des régions, séparés par « | »."), Column("epci", "string", "SIREN de l'intercommunalité de la première commune."),
    Column("population", "integer", "Habitants de la première commune, selon le registre officiel."),
    Column("longitude", "number", "Longitude du centre de la première commune (GeoNames)."), Column("latitude", "number", "Latitude du centre de la première commune (GeoNames)."),
    Column("etat", "string", "Si le cas a été vérifié, et quand."),
]


def _case_columns() -> list[Column]:
    own = [Column(name, "string", info.description or "") for name, info in Cas.model_fields.items()]
    return [*_KEY, *_PLACE, *own]


def _cases(catalogue: Catalogue) -> list[Row]:
    rows = []
    for key in catalogue.cas_en_ordre:
        case, communes = catalogue.cas[key], catalogue.communes(key)
        first = communes[0] if communes else None
        point = coordinates.point(first.insee) if first else None
        rows.append({
            "identifiant": key, "adresse": catalogue.adresse + pages.address("cas", key), "lieu": catalogue.lieu_court(key),
            "code_insee": first.insee if first else None, "commune": first.nom if first else None, "codes_departements": BETWEEN.join(catalogue.departements(key)),
            "codes_regions": BETWEEN.join(region["code"] for region in regions(catalogue, key)), "epci": first.epci if first else None,
            "population": first.population if first else None, "longitude": point[0] if point else None, "latitude": point[1] if point else None,
            "etat": catalogue.etat(key), **{name: flat(getattr(case, name)) for name in fields_of(Cas)}})
    return rows


def _columns_of(model: type[BaseModel], numbers: Sequence[str]) -> list[Column]:
    return [Column(name, "number" if name in numbers else "string", info.description or "") for name, info in model.model_fields.items()]


def _supports(catalogue: Catalogue) -> list[Row]:
    return [{"cas": key, "adresse": f"{catalogue.adresse}{pages.address('cas', key)}#soutiens", **{name: flat(getattr(item, name)) for name in fields_of(Soutien)}}
            for key, item in catalogue.soutiens()]


def _figures(catalogue: Catalogue) -> list[Row]:
    owners: list[tuple[str, str, str, Chiffre]] = [("chiffres", key, f"chiffres/#{key}", figure) for key, figure in catalogue.chiffres.items()]
    owners += [("cas", key, f"{pages.address('cas', key)}#chiffres", figure) for key in catalogue.cas_en_ordre for figure in catalogue.cas[key].chiffres]
    owners += [("reseaux", key, pages.address("reseaux", key), figure) for key, network in catalogue.reseaux.items() for figure in network.chiffres]
    return [{"collection": table, "identifiant": key, "adresse": catalogue.adresse + where, **{name: flat(getattr(figure, name)) for name in fields_of(Chiffre)}}
            for table, key, where, figure in owners]


TABLES = (
    Table("cas", "Les cas, un par ligne", _case_columns(), _cases, "identifiant"),
    Table("soutiens", "Les soutiens publics, un par ligne", [
        Column("cas", "string", "Identifiant du cas."), Column("adresse", "string", "Où le soutien se lit."), *_columns_of(Soutien, ("montant", "places"))], _supports),
    Table("chiffres", "Les chiffres, un par ligne : chiffres clés, chiffres des cas et des réseaux", [
        Column("collection", "string", "Où le chiffre est rangé : chiffres, cas ou reseaux."),
        Column("identifiant", "string", "Identifiant du chiffre clé, du cas ou du réseau."), Column("adresse", "string", "Où le chiffre se lit."),
        *_columns_of(Chiffre, ("valeur",))], _figures),
)


def text_of(table: Table, catalogue: Catalogue) -> str:
    """A table as CSV: commas, double quotes, UTF-8, one header line."""
    out = io.StringIO()
    names, writer = [column.name for column in table.columns], csv.writer(out)
    writer.writerow(names)
    for row in table.rows(catalogue):
        writer.writerow([neutral(value) if isinstance(value := row[name], str) else value for name in names])
    return out.getvalue()


def schema_of(table: Table) -> dict[str, Any]:
    """The Table Schema of a CSV file."""
    schema: dict[str, Any] = {"fields": [{"name": column.name, "type": column.type, "description": column.said} for column in table.columns], "missingValues": [""]}
    return schema | ({"primaryKey": table.key} if table.key else {})


def write_csv(catalogue: Catalogue, site: Path) -> None:
    """Write the tables, the schema of each, and a Data Package that describes them together."""
    root = site / API
    for table in TABLES:
        write_text(root / f"{table.name}.csv", text_of(table, catalogue))
        write_json(root / f"{table.name}.tableschema.json", schema_of(table))
    write_json(root / "datapackage.json", {
        "name": "petite-enfance-ess", "title": catalogue.reglages.nom, "description": catalogue.reglages.description, "homepage": f"{catalogue.adresse}donnees/",
        "version": VERSION, "created": instant(day(catalogue)), "licenses": [{"name": LICENCE_CODE, "title": "Licence Ouverte 2.0", "path": LICENCE_URL}],
        "resources": [{"name": table.name, "title": table.title, "path": f"{table.name}.csv", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
                       "schema": schema_of(table)} for table in TABLES]})

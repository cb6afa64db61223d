"""The same facts for spreadsheets: one row per case, long tables for supports and figures, and what each column means."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from macros import coordinates, pages
from macros.catalogue import Catalogue
from macros.exports.derived import regions
from macros.exports.envelope import API, LICENCE_CODE, LICENCE_URL, VERSION, day, fields_of, instant, plain, write_json, write_text
from macros.model.case import Cas, Soutien
from macros.model.facts import Chiffre, Phrase, Source
from macros.origin import each_case

DANGEROUS = re.compile(r"^[\s'\"]*[=+\-@＝＋－＠|%\t\r]")
"""What a spreadsheet may take for a formula."""
BETWEEN = " | "
Row = dict[str, Any]
Lines = dict[str, dict[str, list[str]]]
"""Case → table → its lines."""


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
    lines: Callable[[Catalogue, Lines], Iterable[str]]
    """What follows the header, from the lines of each case."""
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


def _columns_of(model: type[BaseModel], numbers: Sequence[str]) -> list[Column]:
    return [Column(name, "number" if name in numbers else "string", info.description or "") for name, info in model.model_fields.items()]


COLUMNS = {
    "cas": _case_columns(),
    "soutiens": [Column("cas", "string", "Identifiant du cas."), Column("adresse", "string", "Où le soutien se lit."), *_columns_of(Soutien, ("montant", "places"))],
    "chiffres": [Column("collection", "string", "Où le chiffre est rangé : chiffres, cas ou reseaux."), Column("identifiant", "string", "Identifiant du chiffre clé, du cas ou du réseau."),
                 Column("adresse", "string", "Où le chiffre se lit."), *_columns_of(Chiffre, ("valeur",))],
}
"""Table → its columns."""


def _case(catalogue: Catalogue, key: str) -> Row:
    case, communes = catalogue.cas[key], catalogue.communes(key)
    first = communes[0] if communes else None
    point = coordinates.point(first.insee) if first else None
    return {
        "identifiant": key, "adresse": catalogue.adresse + pages.address("cas", key), "lieu": catalogue.lieu_court(key),
        "code_insee": first.insee if first else None, "commune": first.nom if first else None, "codes_departements": BETWEEN.join(catalogue.departements(key)),
        "codes_regions": BETWEEN.join(region["code"] for region in regions(catalogue, key)), "epci": first.epci if first else None,
        "population": first.population if first else None, "longitude": point[0] if point else None, "latitude": point[1] if point else None,
        "etat": catalogue.etat(key), **{name: flat(getattr(case, name)) for name in fields_of(Cas)}}


def _support(catalogue: Catalogue, key: str, item: Soutien) -> Row:
    return {"cas": key, "adresse": f"{catalogue.adresse}{pages.address('cas', key)}#soutiens", **{name: flat(getattr(item, name)) for name in fields_of(Soutien)}}


def _figure(catalogue: Catalogue, table: str, key: str, where: str, figure: Chiffre) -> Row:
    return {"collection": table, "identifiant": key, "adresse": catalogue.adresse + where, **{name: flat(getattr(figure, name)) for name in fields_of(Chiffre)}}


def _line(table: str, row: Row) -> str:
    """Commas, double quotes, and no formula."""
    out = io.StringIO()
    csv.writer(out).writerow([neutral(value) if isinstance(value := row[column.name], str) else value for column in COLUMNS[table]])
    return out.getvalue()


def _of_case(catalogue: Catalogue, key: str) -> dict[str, list[str]]:
    """Table → what a case gives it."""
    case = catalogue.cas[key]
    return {"cas": [_line("cas", _case(catalogue, key))],
            "soutiens": [_line("soutiens", _support(catalogue, key, item)) for item in case.soutiens],
            "chiffres": [_line("chiffres", _figure(catalogue, "cas", key, f"{pages.address('cas', key)}#chiffres", figure)) for figure in case.chiffres]}


def _cases(catalogue: Catalogue, made: Lines) -> Iterator[str]:
    for key in catalogue.cas_en_ordre:
        yield from made[key]["cas"]


def _supports(catalogue: Catalogue, made: Lines) -> Iterator[str]:
    known = {id(item): line for key, case in catalogue.cas.items() for item, line in zip(case.soutiens, made[key]["soutiens"], strict=True)}
    return (known[id(item)] for _, item in catalogue.soutiens())


def _figures(catalogue: Catalogue, made: Lines) -> Iterator[str]:
    """Key figures, those of the cases, those of the networks."""
    for key, known in catalogue.chiffres.items():
        yield _line("chiffres", _figure(catalogue, "chiffres", key, f"chiffres/#{key}", known))
    for key in catalogue.cas_en_ordre:
        yield from made[key]["chiffres"]
    for key, network in catalogue.reseaux.items():
        for figure in network.chiffres:
            yield _line("chiffres", _figure(catalogue, "reseaux", key, pages.address("reseaux", key), figure))


TABLES = (
    Table("cas", "Les cas, un par ligne", COLUMNS["cas"], _cases, "identifiant"),
    Table("soutiens", "Les soutiens publics, un par ligne", COLUMNS["soutiens"], _supports),
    Table("chiffres", "Les chiffres, un par ligne : chiffres clés, chiffres des cas et des réseaux", COLUMNS["chiffres"], _figures),
)


def schema_of(table: Table) -> dict[str, Any]:
    """The Table Schema of a CSV file."""
    schema: dict[str, Any] = {"fields": [{"name": column.name, "type": column.type, "description": column.said} for column in table.columns], "missingValues": [""]}
    return schema | ({"primaryKey": table.key} if table.key else {})


def write_csv(catalogue: Catalogue, site: Path) -> None:
    """Write the tables, the schema of each, and a Data Package that describes them together."""
    root = site / API
    made = dict(each_case(catalogue, "tableaux", _of_case))
    for table in TABLES:
        write_text(root / f"{table.name}.csv", "".join([_line(table.name, {column.name: column.name for column in table.columns}), *table.lines(catalogue, made)]))
        write_json(root / f"{table.name}.tableschema.json", schema_of(table))
    write_json(root / "datapackage.json", {
        "name": "petite-enfance-ess", "title": catalogue.reglages.nom, "description": catalogue.reglages.description, "homepage": f"{catalogue.adresse}donnees/",
        "version": VERSION, "created": instant(day(catalogue)), "licenses": [{"name": LICENCE_CODE, "title": "Licence Ouverte 2.0", "path": LICENCE_URL}],
        "resources": [{"name": table.name, "title": table.title, "path": f"{table.name}.csv", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
                       "schema": schema_of(table)} for table in TABLES]})

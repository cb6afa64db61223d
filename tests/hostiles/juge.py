"""One file → what is said of it, and its page when it is accepted: the same steps as a build, without the folder."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError

from macros.catalogue import Catalogue
from macros.finishing import finished
from macros.folders import PROJECT, folders
from macros.loading import catalogue_of, read
from macros.messages import problems_of
from macros.model.case import Cas
from macros.model.lever import Levier
from macros.pages import FICHES
from macros.problems import Problem
from macros.reader import Document, Value, read_bytes
from macros.records import TABLES, Data
from macros.rendering import fiche, view
from macros.rules import known_of, problems_across
from macros.rules_drafts import draft_problems
from macros.rules_path import path_problems

FILES: dict[str, tuple[str, type[BaseModel]]] = {"cas": ("cases", Cas), "leviers": ("levers", Levier)}
VIEWS = {"termes": "glossaire", "chiffres": "chiffres", "ressources": "ressources", "reperes": "reperes", "editions": "editions", "corrections": "corrections",
         "temoignages": "cas", "synonymes": "glossaire"}
"""Table without pages of its own → the view that shows it."""


@dataclass
class Verdict:
    """What became of a file."""

    problems: list[Problem] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    """HTML of its pages, when there is no problem."""


@lru_cache(maxsize=1)
def project() -> tuple[Data, Catalogue]:
    """The real data, read once."""
    data = read(folders(PROJECT))
    return data, catalogue_of(data)


def judged(raw: bytes, name: str, where: str = "cas") -> Verdict:
    """Read, check and render one file. `where`: `cas`, `leviers`, or the name of a file of references/."""
    data, catalogue = project()
    model: type[BaseModel]
    wanted: dict[str, Value]
    if where in FILES:
        folder, model = FILES[where]
        document = read_bytes(raw, f"{folder}/{name}.yml")
        table, wanted = where, {name: dict(document.content)}
        prefix: tuple[str, ...] = ()
    else:
        table, model = TABLES[where]
        document = read_bytes(raw, f"references/{where}")
        wanted = document.content
        prefix = ("",)
    verdict = Verdict(list(document.problems))
    if where in FILES and document.problems:
        return verdict
    records = _records(model, wanted, document, bool(prefix), verdict)
    places = data.places | {(table, key): (document, (key,) if prefix else ()) for key in wanted}
    verdict.problems += problems_across({table: records}, data.words, places)
    verdict.problems += draft_problems({**data.tables, table: records}, data.words, places, {table: model}, known_of(places))
    if table == "parcours":
        kept = {place: found for place, found in places.items() if place[0] != table or place[1] in wanted}
        verdict.problems += path_problems({**data.tables, table: records}, kept)
    if not verdict.problems:
        tables: dict[str, Any] = {table: {**getattr(catalogue, table), **records}}
        changed = replace(catalogue, **tables)
        verdict.pages = [finished(str(page), changed.sigles, "../glossaire/") for page in _pages(changed, table, records)]
    return verdict


def _records(model: type[BaseModel], wanted: dict[str, Value], document: Document, nested: bool, verdict: Verdict) -> dict[str, BaseModel]:
    records = {}
    for key, content in wanted.items():
        try:
            records[key] = model.model_validate(content)
        except ValidationError as error:
            verdict.problems += problems_of(error, model, document, (key,) if nested else ())
    return records


def _pages(catalogue: Catalogue, table: str, records: dict[str, BaseModel]) -> list[str]:
    if table in FICHES:
        return [fiche(catalogue, table, key) for key in list(records)[:3]]
    return [view(catalogue, VIEWS[table])]

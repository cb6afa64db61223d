"""What the list of cases gives its script: for each filter, what each case answers; the orders; the cases that the page does not hold.

A page that shows every case carries the answers and the orders itself. Otherwise they are files, fetched when the reader first
filters or sorts; the cases themselves come by small groups, as they are shown. Files stand in a folder named after their content.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from macros.catalogue import Catalogue, sort_key
from macros.explorer import facets
from macros.explorer.lists import is_split
from macros.kept import kept
from macros.markup import inline
from macros.notes import joined
from macros.typography import french

FOLDER = "assets/cas/"
GROUP = 16
"""Cases in a file: a step of the list needs a few of these files when nothing is filtered, at most one per case shown when much is."""
CODES = [chr(code) for code in range(0x23, 0xD800) if code != 0x5C and not 0x7F <= code < 0xA1]
"""Characters that stand for an answer, shorter first; JSON writes them as they are."""
MARKED = re.compile(r"[*_\[\]\\\n&<>]|^\s*(?:[-+]|\d+\.)\s")
"""What a text with emphasis, links or lists holds."""


@dataclass(frozen=True)
class Files:
    """The data as files: the folder named after them, and what each holds."""

    dossier: str
    contenu: dict[str, str]


def columns(catalogue: Catalogue) -> dict[str, Any]:
    """Filter → its values, its answers (places of their values, the most frequent first), the characters that stand for them, one per case."""
    given = list(facets.all_answers(catalogue).values())
    found = {}
    for facet in facets.facets(catalogue):
        values = [value.identifiant for value in facet.valeurs]
        place = {value: index for index, value in enumerate(values)}
        answers = [tuple(sorted(place[value] for value in case[facet.identifiant])) for case in given]
        ranked = [answer for answer, _ in sorted(Counter(answers).items(), key=lambda item: (-item[1], item[0]))]
        code = dict(zip(ranked, CODES, strict=False))
        found[facet.identifiant] = {"valeurs": values, "reponses": ranked, "codes": "".join(code.values()), "cas": "".join(code[answer] for answer in answers)}
    return found


def orders(catalogue: Catalogue) -> dict[str, list[int]]:
    """Order → places of the cases in the list as it comes, by the most recent source. Cases without date come last."""
    keys = list(facets.all_answers(catalogue))
    place = {key: index for index, key in enumerate(keys)}
    dated = {key: (when.cle if when else "") for key in keys for _, when in [facets.event(catalogue, key)]}
    return {
        "date": [place[key] for key in sorted(keys, key=lambda key: dated[key], reverse=True)],
        "lieu": [place[key] for key in sorted(keys, key=lambda key: _letters(catalogue.lieu_court(key)))],
        "nom": [place[key] for key in catalogue.cas_en_ordre],
    }


def _letters(text: str) -> tuple[tuple[int, str], ...]:
    """Order of a telephone book: letters alone count, and « Lyon 9 » comes before « Lyon 10 »."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.findall("[0-9]+|[a-z]+", sort_key(text)))


def shown(catalogue: Catalogue, key: str) -> list[Any]:
    """What the card and the line of a case say, as the templates write them (`_listes.html.j2`)."""
    case = catalogue.cas[key]
    former = catalogue.hors_edition_courante(key)
    chips = [["puce puce--accueil", catalogue.libelle("accueils", case.accueils[0])]]
    if case.type != "cas-de-collectivite":
        chips.append(["puce", catalogue.libelle("types", case.type)])
    if former:
        chips.append(["puce puce--edition", f"Édition {former}"])
    what, when = facets.event(catalogue, key)
    form = "sans objet" if "forme" in case.sans_objet else " ; ".join(catalogue.libelle("formes", form.valeur) for form in case.forme)
    return [key, case.titre, catalogue.lieu_court(key), plain(case.en_bref[0].texte), facets.short_name(case), chips, when.lisible if when else "", what == "création",
            form, [shown.levier for shown in case.leviers], str(joined(sorted(case.editions, reverse=True)))]


def plain(text: str) -> str:
    """A text without its emphasis."""
    return unescape(re.sub("<[^>]*>", "", str(inline(text)))) if MARKED.search(text) else text


@kept
def files(catalogue: Catalogue) -> Files:
    """The data of a list too long for its page, by name of file."""
    keys = list(facets.all_answers(catalogue))
    content = {"filtres.json": written(columns(catalogue))} | {f"tri-{name}.json": written(order) for name, order in orders(catalogue).items()}
    for start in range(0, len(keys), GROUP):
        content[f"{start // GROUP}.json"] = written(set_in_french([shown(catalogue, key) for key in keys[start:start + GROUP]]))
    mark = hashlib.sha256("\0".join(f"{name}\0{content[name]}" for name in sorted(content)).encode()).hexdigest()[:12]
    return Files(f"{FOLDER}{mark}/", content)


def set_in_french(rows: list[list[Any]]) -> list[list[Any]]:
    """The same, with French typography: all the texts at once, the rules being many."""
    texts: list[str] = []

    def gather(value: Any) -> None:
        if isinstance(value, str):
            texts.append(value.replace("\n", " "))
        elif isinstance(value, list):
            for item in value:
                gather(item)

    def rebuilt(value: Any) -> Any:
        return next(typeset) if isinstance(value, str) else [rebuilt(item) for item in value] if isinstance(value, list) else value

    gather(rows)
    typeset = iter(french("\n".join(texts)).split("\n"))
    return [rebuilt(row) for row in rows]


def inside(catalogue: Catalogue) -> str:
    """The answers and the orders, for the page that shows every case; harmless inside a `script` element."""
    return written({"filtres": columns(catalogue), "tris": orders(catalogue)}).replace("<", "\\u003c")


def written(value: Any) -> str:
    """Compact JSON, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write_cases(catalogue: Catalogue, site: Path) -> None:
    """Write these files, when the page does not hold every case."""
    if not is_split(catalogue):
        return
    made = files(catalogue)
    (site / made.dossier).mkdir(parents=True, exist_ok=True)
    for name, content in made.contenu.items():
        (site / made.dossier / name).write_text(content, encoding="utf-8")

"""The lists the web form offers: words, levers, documents, and the communes, cut so that a search reads a few kilobytes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from macros.advice import known_acronyms
from macros.catalogue import Catalogue
from macros.filing import put
from macros.keeping import Kept, code, digest
from macros.model.values import plain
from macros.register import Register, register, register_version

FOLDER = "contribuer/formulaire/"


def lists(catalogue: Catalogue) -> dict[str, Any]:
    """What the form proposes to choose from: identifier → what the reader sees."""
    official = register()
    return {
        "vocabulaires": {group: {key: {"nom": word.nom, "aide": word.aide or ""} for key, word in words.items()} for group, words in catalogue.vocabulaires.items()},
        "tables": {
            "leviers": {key: catalogue.leviers[key].titre for key in catalogue.leviers_en_ordre},
            "modes": {key: mode.nom for key, mode in catalogue.modes.items()},
            "reseaux": {key: network.nom for key, network in catalogue.reseaux.items()},
            "editions": {key: f"Édition {key}" for key in sorted(catalogue.editions, reverse=True)},
            "ressources": {key: resource.titre for key, resource in catalogue.ressources.items()},
            "sources": {key: f"{catalogue.sources[key].court} : {catalogue.sources[key].titre}"
                        for key in [*catalogue.documents, *(key for key in catalogue.sources if key not in catalogue.documents)]},
            "cas": {key: catalogue.cas[key].titre for key in catalogue.cas_en_ordre},
        },
        "documents": catalogue.documents,
        "sigles": sorted(known_acronyms({"termes": catalogue.termes, "reseaux": catalogue.reseaux, "modes": catalogue.modes})),
        "departements": {code: [name, region] for code, (name, region) in sorted(official.departements.items())},
        "regions": official.regions,
        "depot": catalogue.depot,
        "courriel": catalogue.reglages.contact.courriel or "",
    }


def drawer(name: str) -> str:
    """The file where a commune is kept: its first two letters, three after « Saint ». The browser computes the same."""
    letters = re.sub("[^a-z]+", "-", plain(name).replace("œ", "oe").replace("æ", "ae")).strip("-")
    letters = re.sub("^(le|la|les|l)-", "", letters)
    saint = re.match("(saint|sainte|st|ste)-([a-z])", letters)
    return f"saint-{saint[2]}" if saint else letters[:2]


def drawers(official: Register) -> dict[str, list[list[str]]]:
    """Drawer → its communes: name, INSEE code, département, région, SIREN and name of the grouping."""
    found: dict[str, list[list[str]]] = {}
    for insee, (name, county, region, grouping, _) in sorted(official.communes.items(), key=lambda item: (-item[1][4], item[0])):
        found.setdefault(drawer(name), []).append([name, insee, county, region, grouping, official.epci.get(grouping, "")])
    return found


def write_lists(catalogue: Catalogue, site: Path) -> None:
    """Write what the form reads: its lists, the communes by drawer, the groupings for places wider than a commune."""
    put(site / FOLDER / "listes.json", _compact(lists(catalogue)).encode())
    for name, content in from_the_register().items():
        put(site / FOLDER / name, content.encode())


def from_the_register() -> dict[str, str]:
    """Name → content of the files that say nothing of the catalogue: thirty-five thousand communes, found again while they and this program are the same."""
    kept, known = Kept("communes"), digest([code(), register_version().encode()])
    content = kept.get(known)
    if content is None:
        official = register()
        files = {"intercommunalites.json": official.epci, **{f"communes/{key}.json": communes for key, communes in drawers(official).items()}}
        content = _compact({name: _compact(listed) for name, listed in files.items()}).encode()
        kept.put(known, content)
        kept.close()
        kept.tidy(20_000_000)
    files_again: dict[str, str] = from_json(content)
    return files_again


def _compact(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

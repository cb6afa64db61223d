"""Checking the outside links of sources and resources: a command of its own, never part of a build."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import NamedTuple

from macros.catalogue import Catalogue

AGENT = "Verification-des-liens/1.0"
PAUSE = 1.0
"""Seconds between two requests: nobody is hurried."""


class Outside(NamedTuple):
    """A link of the data that leads outside."""

    table: str
    key: str
    state: str
    """As written: en-ligne, non-verifie, lien-a-retrouver, disparue."""
    url: str
    archive: str | None


def outside(catalogue: Catalogue) -> Iterator[Outside]:
    """Every outside link, each address once."""
    seen: set[str] = set()
    for table in ("sources", "ressources"):
        for key, record in getattr(catalogue, table).items():
            if record.url and record.url not in seen:
                seen.add(record.url)
                yield Outside(table, key, record.lien, record.url, record.archive)


def answer(url: str) -> str:
    """« répond », or why not."""
    request = urllib.request.Request(url, headers={"User-Agent": AGENT})
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            response.read(1)
            return "répond"
    except urllib.error.HTTPError as error:
        return f"erreur {error.code}"
    except (urllib.error.URLError, OSError, ValueError) as error:
        return f"injoignable ({getattr(error, 'reason', error)})"


def report(catalogue: Catalogue, ask: Callable[[str], str] = answer, pause: float = PAUSE) -> tuple[str, int]:
    """The report as Markdown, and how many links contradict what the data say of them."""
    lines, wrong = [], 0
    for index, link in enumerate(outside(catalogue)):
        if index:
            time.sleep(pause)
        said = ask(link.url)
        dead = said != "répond"
        advice = ""
        if dead and link.state in ("en-ligne", "non-verifie"):
            wrong += 1
            advice = "écrire « lien: disparue »" + ("" if link.archive else " et chercher une copie conservée")
        elif not dead and link.state == "disparue":
            wrong += 1
            advice = "écrire « lien: en-ligne »"
        lines.append(f"| {link.table} / {link.key} | {link.url} | {said} | {link.state} | {advice} |")
    lost = sum(record.lien == "lien-a-retrouver" for table in ("sources", "ressources") for record in getattr(catalogue, table).values())
    head = [f"# Liens extérieurs : {len(lines)} vérifiés, {wrong} à corriger, {lost} à retrouver", "", "| Où | Adresse | Réponse | Écrit dans les données | À faire |", "|---|---|---|---|---|"]
    return "\n".join([*head, *lines]) + "\n", wrong

"""What pages say of their own reuse: citing, framing, history, open data. Names the templates use."""

from __future__ import annotations

from typing import Any

from macros.catalogue import Catalogue
from macros.exports import citation, csv_tables, dictionary, embeds
from macros.exports.api import SAID
from macros.exports.dictionary import gaps, support_gaps
from macros.exports.envelope import LICENCE, VERSION, day
from macros.exports.feeds import regions_with_feed
from macros.model.values import DateTexte
from macros.pages import address
from macros.releases import history, journal, pending


def cite(catalogue: Catalogue, table: str, key: str) -> dict[str, str]:
    """The three forms of a reference."""
    return {"texte": citation.as_text(catalogue, table, key), "bibtex": citation.as_bibtex(catalogue, table, key), "dossier": f"api/v1/{table}/{key}"}


def frame(catalogue: Catalogue, table: str, key: str) -> dict[str, str]:
    """The code to paste, and the address of the card."""
    return {"code": embeds.frame(catalogue, table, key), "adresse": embeds.address(table, key)}


def past(catalogue: Catalogue, table: str, key: str) -> list[tuple[DateTexte, list[str]]]:
    """What each release changed in a fiche."""
    return [(DateTexte.parse(date), said) for date, said in history(catalogue, table, key)]


def releases(catalogue: Catalogue) -> list[dict[str, Any]]:
    """What changed, release by release, the newest first; before them, what no release holds yet."""
    waiting = pending(catalogue)
    shown = [{"titre": "Depuis la dernière version", "date": None, "changements": _linked(catalogue, waiting)}] if waiting else []
    return [*shown, *({"titre": release["titre"], "date": DateTexte.parse(release["date"]), "changements": _linked(catalogue, release["changements"])} for release in journal())]


def _linked(catalogue: Catalogue, changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Changes with the address of their fiche: it answers for ever, whatever became of it."""
    return [{**change, "adresse": address(change["table"], change["identifiant"])} for change in changes]


NAMES: dict[str, Any] = {
    "citer": cite, "cadre_a_coller": frame, "historique": past, "versions_publiees": releases, "dictionnaire": dictionary.dictionary, "lacunes": gaps,
    "lacunes_des_soutiens": support_gaps, "regions_suivies": regions_with_feed, "collections": SAID, "tableaux_csv": csv_tables.TABLES, "licence_des_donnees": LICENCE, "version_des_donnees": VERSION,
    "date_des_donnees": lambda catalogue: DateTexte.parse(day(catalogue)),
}
"""Name in the templates → what it calls."""

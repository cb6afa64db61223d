"""Care over time: which fiches wait for somebody to confirm them, and who could."""

from __future__ import annotations

from collections.abc import Iterable

from macros.catalogue import Catalogue
from macros.model.case import Acteur, Cas

FIRST = ("gestionnaire", "porteur", "pilote", "initiateur", "fondateur", "accompagnateur", "financeur")
"""Roles of those who know best what became of a case, the closest to it first."""
NOT_ASKED = ("habitants", "personne")
"""Kinds of actors that nobody can write to."""


def confirmers(case: Cas) -> list[str]:
    """Names of at most three actors of a case who may confirm it, those who run it first; they differ from one another."""
    asked = [actor for actor in case.acteurs if not actor.anonyme and actor.type not in NOT_ASKED and _rank(actor) < len(FIRST)]
    return list(dict.fromkeys(actor.nom for actor in sorted(asked, key=_rank)))[:3]


def _rank(actor: Acteur) -> int:
    return min((FIRST.index(role) for role in actor.roles if role in FIRST), default=len(FIRST))


def by_age(catalogue: Catalogue, cases: Iterable[str] | None = None) -> list[str]:
    """Identifiers of the cases, or of some of them, never verified first and those of the oldest sources before; then by date of verification."""
    def key(identifier: str) -> tuple[str, str, str]:
        case = catalogue.cas[identifier]
        last = max((check.date.cle for check in case.verifications), default="")
        return last, catalogue.date_des_sources(identifier), identifier

    return sorted(catalogue.cas if cases is None else cases, key=key)


def by_network(catalogue: Catalogue) -> dict[str, list[str]]:
    """Network → its cases that nobody has verified yet, in the order of the site."""
    waiting = {key: [case for case in cases if not catalogue.cas[case].verifications] for key, cases in catalogue.cas_par_reseau.items()}
    return {key: cases for key, cases in waiting.items() if cases}

"""The two matrices: what each case shows of each lever, what each source says of each mode."""

from __future__ import annotations

from macros.catalogue import Catalogue
from macros.model.case import Cas, LevierMontre
from macros.model.facts import Phrase
from macros.model.references import Mode


def shown(case: Cas, lever: str) -> LevierMontre | None:
    """What a case shows of a lever, or None."""
    return next((item for item in case.leviers if item.levier == lever), None)


def verbs(lever: LevierMontre) -> str:
    """What was done for a lever, in a few verbs."""
    return ", ".join(action.verbe for action in lever.actions)


def deduced(lever: LevierMontre) -> bool:
    """Whether no source says outright any of what was done."""
    return all(action.statut == "deduit" for action in lever.actions)


def said(mode: Mode, source: str) -> list[Phrase]:
    """What a source says of a mode. A deduced entry is not among them: it tells that the source is silent (`unsaid`)."""
    return [phrase for phrase in mode.recit if source in phrase.sources and phrase.statut != "deduit"]


def unsaid(mode: Mode, source: str) -> list[Phrase]:
    """What one notices of a source that does not speak of a mode: « l'édition 2026 ne cite plus la DSP »."""
    return [phrase for phrase in mode.recit if source in phrase.sources and phrase.statut == "deduit"]


def citing(catalogue: Catalogue, mode: Mode) -> list[str]:
    """The starting documents that speak of a mode, the most recent first."""
    return [source for source in catalogue.documents if said(mode, source)]


def outside(catalogue: Catalogue, mode: Mode) -> list[Phrase]:
    """What documents from outside say of a mode."""
    return [phrase for phrase in mode.recit if all(catalogue.sources[key].fonds == "exterieur" for key in phrase.sources)]

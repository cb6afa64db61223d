"""What the site promises on its speed and its weight, beside what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.mesures.constructions import US
from tests.mesures.nombres import count, number
from tests.mesures.phare import SCORES
from tests.mesures.rivaux import MATERIAL

NOT = number(None)
KB = 1000
VIEWS = ("accueil", "cas", "levier")
HUGOS = ("Hugo", "Hugo, avec la typographie")
"""The same pages but for their typography; the same pages, to the sign."""

Known = dict[str, Any]
"""Part, with its size if it has one → its figures, as kept."""


@dataclass(frozen=True)
class Goal:
    """One promise."""

    dit: str
    mesure: str
    """As it is shown; `NOT` when a part of it has not been run."""
    vise: str
    atteint: bool | None
    """Nothing when it was not measured."""


def goals(known: Known) -> Iterator[Goal]:
    """Every promise, kept or not, measured or not."""
    yield from _pages(known)
    yield from _whole(known)
    check = known.get("verification-1000", {})
    yield _most(f"`make check`, {count(1000)} cas, à froid (s)", check.get("froid"), 2)
    yield _most(f"`make check`, {count(1000)} cas, rien de changé (s)", check.get("cache"), 0.5)
    yield Goal("une entrée de cache abîmée n'est jamais crue", "par un essai", "toujours", None)
    yield from _reading(known)


def _pages(known: Known) -> Iterator[Goal]:
    for size, other, limit in (*((size, hugo, limit) for hugo in HUGOS for size, limit in ((1000, 2), (5000, 1), (10000, 1))), (5000, "plancher", 1.5)):
        yield _most(f"pages seules, {count(size)} cas : {US} / {other}", ratio(known, (f"pages-{size}", US), (f"pages-{size}", other)), limit)
    plain = ratio(known, ("pages-1000", MATERIAL), ("pages-1000", US))
    yield Goal(f"pages seules, {count(1000)} cas : {MATERIAL} / {US}", number(plain), "≥ 5", None if plain is None else plain >= 5)
    yield _most(f"pages seules : {count(5000)} cas / {count(1000)} cas", ratio(known, ("pages-5000", US), ("pages-1000", US)), 5)


def _whole(known: Known) -> Iterator[Goal]:
    growth = ratio(known, ("tout-10000", "à froid"), ("tout-1000", "à froid"))
    yield _most(f"tout le site, temps par cas : {count(10000)} cas / {count(1000)} cas", None if growth is None else growth / 10, 1.3)
    memory = known.get("tout-10000", {}).get("memoire")
    yield Goal(f"tout le site, {count(10000)} cas : mémoire (Mo)", number(memory), "< 2 000", None if memory is None else memory < 2000)
    for size in (1000, 5000):
        yield _most(f"un cas changé, tout le site à jour, {count(size)} cas / Hugo, pages de {count(5000)} cas", ratio(known, (f"tout-{size}", "un cas changé"), ("pages-5000", "Hugo")), 1)
    yield _most(f"`make serve`, {count(1000)} cas : la page montre la correction après (s)", known.get("direct-1000", {}).get("secondes"), 1)


def _reading(known: Known) -> Iterator[Goal]:
    real, large = known.get("lecture", {}).get("mesures", {}), known.get("explorateur-10000", {})
    many = large.get("vues", {})
    for where, views in (("", real), (f", {count(10000)} cas", many)):
        for name in VIEWS:
            yield _most(f"première vue{where}, {name} (ko)", _kb(views, name), 40)
    judged = known.get("phare", {}).get("mesures", {})
    for name in VIEWS:
        scores = [judged[name][score] for score in SCORES.values()] if name in judged else None
        yield Goal(f"Lighthouse, {name} : les quatre notes", " / ".join(map(number, scores)) if scores else NOT, "100", min(scores) == 100 if scores else None)
    for name in VIEWS:
        yield _most(f"Lighthouse, {name} : affichage / celui d'une page écrite à la main", judged[name]["lcp"] / judged[name]["main"] if name in judged else None, 1.3)
    speed = large.get("lighthouse", {}).get(SCORES["performance"])
    yield Goal(f"explorateur, {count(10000)} cas : performance selon Lighthouse", number(speed), "≥ 95", None if speed is None else speed >= 95)
    yield _most(f"explorateur, {count(10000)} cas : première vue (ko)", _kb(many, "explorateur"), 100)


def ratio(known: Known, one: tuple[str, str], other: tuple[str, str]) -> float | None:
    """Seconds of one (part, measure) / those of another; only if one and the same command measured both."""
    parts = [known.get(part, {}) for part, _ in (one, other)]
    first, second = (part.get("mesures", {}).get(name, {}).get("secondes") for part, (_, name) in zip(parts, (one, other), strict=True))
    if first is None or second is None or parts[0].get("passage") != parts[1].get("passage"):
        return None
    return float(first / second)


def _most(said: str, value: float | None, limit: float) -> Goal:
    return Goal(said, number(value), "≤ " + f"{limit:g}".replace(".", ","), None if value is None else value <= limit)


def _kb(views: Known, name: str) -> float | None:
    return views[name]["octets"] / KB if name in views else None

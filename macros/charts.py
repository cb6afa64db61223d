"""Which key figures may be drawn side by side, and which must be kept apart.

Two shares stand on one chart only when they are parts of the same whole, at the same date, in the same document, and nobody
wrote that they must not be compared. The drawing itself is in the template.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from macros.model.references import ChiffreCle

Figures = Mapping[str, ChiffreCle]
Group = tuple[str, ...]


def apart(figures: Figures, one: str, other: str) -> bool:
    """Whether either figure says that it must not be compared with the other."""
    return other in figures[one].ne_pas_comparer or one in figures[other].ne_pas_comparer


def comparable(figures: Figures, one: str, other: str) -> bool:
    """Whether two shares may stand on the same chart."""
    def base(key: str) -> tuple[object, ...]:
        figure = figures[key]
        return figure.unite, figure.de, str(figure.annee), figure.source

    return is_share(figures[one]) and base(one) == base(other) and not apart(figures, one, other)


def is_share(figure: ChiffreCle) -> bool:
    """Whether a figure is a part of a whole, that a bar can show."""
    return figure.unite == "%" and figure.de is not None and figure.valeur <= 100


def charts(figures: Figures, keys: Iterable[str]) -> list[Group]:
    """Among `keys`, the groups of two shares or more that one chart may show."""
    groups: list[list[str]] = []
    for key in keys:
        home = next((group for group in groups if all(comparable(figures, key, other) for other in group)), None)
        if home is None:
            groups.append([key])
        else:
            home.append(key)
    return [tuple(group) for group in groups if len(group) > 1]


def kept_apart(figures: Figures) -> list[tuple[Group, str]]:
    """Figures that look alike but must not be compared, together with the most precise reason why."""
    groups: list[list[str]] = []
    for one, figure in figures.items():
        for other in figure.ne_pas_comparer:
            if any({one, other} <= set(group) for group in groups):
                continue
            group = [one, other]
            group += [third for third in figures if third not in group and all(apart(figures, third, member) for member in group)]
            groups.append(group)
    return [(tuple(group), _reason(figures, group)) for group in groups]


def _reason(figures: Figures, group: list[str]) -> str:
    """The figure with fewest others to be kept from speaks of these ones, and of them only."""
    said = [figures[key] for key in sorted(group, key=lambda key: len(figures[key].ne_pas_comparer)) if figures[key].pourquoi_pas]
    return said[0].pourquoi_pas or "" if said else ""

"""The numbered notes of a page: each source gets its number where it is first cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from markupsafe import Markup, escape

from macros.catalogue import Catalogue
from macros.model.facts import Source

STATUS = {"deduit": "déduit", "calcule": "calculé", "redaction": "choix de la rédaction"}
"""How a fact that is not said outright is marked."""


OUTSIDE = ' <span class="ext">hors des cinq documents</span>'


@lru_cache(maxsize=2_000)
def anchor(number: int, use: int) -> str:
    """Identifier of a mark: `note-1a`, `note-1b`…"""
    letters = ""
    while use:
        use, rest = divmod(use - 1, 26)
        letters = chr(97 + rest) + letters
    return f"note-{number}{letters}"


@lru_cache(maxsize=20_000)
def _mark(number: int, use: int, source: str) -> str:
    """One small number; `source`: its name in short."""
    label = escape(f"source {number} : {source}")
    return f'<sup class="note"><a href="#source-{number}" id="{anchor(number, use)}" aria-label="{label}">{number}</a></sup>'


@dataclass
class Notes:
    """Collects the sources cited while one page is rendered."""

    catalogue: Catalogue
    numbers: dict[str, int] = field(default_factory=dict)
    uses: dict[str, int] = field(default_factory=dict)

    def mark(self, *sources: str) -> Markup:
        """The small numbers after a fact, real links to the list of sources."""
        return Markup("".join(map(self._mark, dict.fromkeys(sources))))

    def marks(self, items: Iterable[Source]) -> Markup:
        """The same after several facts told together."""
        return self.mark(*(source for item in items for source in item.sources))

    def _mark(self, source: str) -> str:
        number = self.numbers.setdefault(source, len(self.numbers) + 1)
        use = self.uses[source] = self.uses.get(source, 0) + 1
        return _mark(number, use, self.catalogue.sources[source].court)

    def fact(self, item: Source) -> Markup:
        """What follows a fact: its caution, whether it is deduced, whether it comes from outside, its notes."""
        said = [text for text in (STATUS.get(item.statut), item.reserve) if text]
        text = f' <span class="discret">({escape(" ; ".join(said))})</span>' if said else ""
        marks = "".join(map(self._mark, dict.fromkeys(item.sources)))
        return Markup(f"{text}{OUTSIDE}{marks}" if any(self.catalogue.sources[key].fonds == "exterieur" for key in item.sources) else text + marks)

    def listed(self) -> list[tuple[int, str, list[str]]]:
        """The sources in order: number, identifier, anchors that cite it."""
        return [(number, source, [anchor(number, use) for use in range(1, self.uses[source] + 1)])
                for source, number in self.numbers.items()]


def joined(parts: list[str]) -> Markup:
    """« a, b et c »."""
    safe = [escape(part) for part in parts]
    if len(safe) < 2:
        return Markup("").join(safe)
    return Markup(", ").join(safe[:-1]) + Markup(" et ") + safe[-1]

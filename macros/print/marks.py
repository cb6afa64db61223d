"""The numbered notes of a printed document: each source gets its number where it is first cited."""

from __future__ import annotations

from collections.abc import Iterable

from macros.catalogue import Catalogue
from macros.model.facts import Phrase, Source
from macros.notes import STATUS
from macros.print.text import Block, Run, blocks, followed, paragraph, quiet, run

OUTSIDE = "hors des cinq documents"


class Marks:
    """Collects the sources cited while one document is written."""

    def __init__(self, catalogue: Catalogue, address: str, collected: bool = False) -> None:
        self.catalogue = catalogue
        self.address = address
        """Of the page the document comes from."""
        self.collected = collected
        """Whether the document is the collection, which holds everything."""
        self.numbers: dict[str, int] = {}
        self.cautioned = False
        """Whether the document already said how far legal landmarks can be trusted."""

    def mark(self, *sources: str) -> list[Run]:
        """The small numbers after a fact."""
        numbers = [self.numbers.setdefault(source, len(self.numbers) + 1) for source in dict.fromkeys(sources)]
        return [{"n": sorted(numbers)}] if numbers else []

    def is_outside(self, item: Source) -> bool:
        """Whether a fact comes from elsewhere than the starting documents."""
        return any(self.catalogue.sources[key].fonds == "exterieur" for key in item.sources)

    def fact(self, item: Source, outside: bool = True) -> list[Run]:
        """What follows a fact: its caution, whether it is deduced, whether it comes from outside, its notes.

        `outside` false: the title of the section says so once for all its facts.
        """
        said = [STATUS[item.statut]] if item.statut in STATUS else []
        said += [item.reserve] if item.reserve else []
        if outside and self.is_outside(item):
            said.append(OUTSIDE)
        return [*([quiet(f" ({' ; '.join(said)})")] if said else []), *self.mark(*item.sources)]

    def said(self, item: Phrase, outside: bool = True) -> list[Block]:
        """A sentence or paragraph of the data with what follows it."""
        return followed(blocks(item.texte), self.fact(item, outside))

    def flowing(self, items: Iterable[Phrase]) -> list[Block]:
        """Several sentences one after the other, in a single paragraph where each of them is one."""
        content: list[Block] = []
        for item in items:
            said = self.said(item)
            if content and content[-1]["k"] == said[0]["k"] == "p":
                content[-1] = paragraph(*content[-1]["r"], run(" "), *said[0]["r"])
                said = said[1:]
            content += said
        return content

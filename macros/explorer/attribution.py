"""Notes that name their source in words, for comparisons: side by side, « RTES, 2021 » is read where a number is looked up."""

from __future__ import annotations

from markupsafe import Markup

from macros.notes import Notes, anchor


class NamedNotes(Notes):
    """Notes of a page whose marks say the source and its date, and lead to the list of sources of that page."""

    def _mark(self, source: str) -> Markup:
        number = self.numbers.setdefault(source, len(self.numbers) + 1)
        self.uses[source] = self.uses.get(source, 0) + 1
        return Markup(' <a class="dit" href="#source-{0}" id="{1}" aria-label="{2}, source {0}">{2}</a>').format(
            number, anchor(number, self.uses[source]), self.catalogue.sources[source].court)


class SpokenNotes(Notes):
    """Notes of a fragment that will stand in another page: the same words, without link."""

    def _mark(self, source: str) -> Markup:
        self.numbers.setdefault(source, len(self.numbers) + 1)
        return Markup(' <span class="dit">{}</span>').format(self.catalogue.sources[source].court)

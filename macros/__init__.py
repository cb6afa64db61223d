"""Petite enfance & ESS: the data, the checks and the pages.

`define_env` is what mkdocs-macros-plugin calls; nothing else in this package knows MkDocs. Long HTML does not pass through Markdown,
which would leave it as it is after reading it all: hooks.py puts it in its place afterwards, and says so by `a_couler`.
"""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Offer two macros to the pages: one record, or one view of the catalogue."""
    from macros import rendering
    from macros.loading import load

    catalogue = load()
    later = bool(env.conf["extra"].get("a_couler"))

    @env.macro  # type: ignore[untyped-decorator]
    def fiche(table: str, identifiant: str) -> str:
        """The page of one record: `fiche("cas", "anstaing")`."""
        return rendering.block(rendering.fiche(catalogue, table, identifiant))

    @env.macro  # type: ignore[untyped-decorator]
    def vue(nom: str) -> str:
        """A list or a comparison: `vue("combien")`."""
        return f'<div class="donnees" data-vue="{nom}"></div>' if later else rendering.block(rendering.view(catalogue, nom))

"""Petite enfance & ESS: the data, the checks and the pages.

`define_env` is what mkdocs-macros-plugin calls; nothing else in this package knows MkDocs.
"""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Offer two macros to the pages: one record, or one view of the catalogue."""
    from macros import rendering
    from macros.loading import load

    catalogue = load()

    @env.macro  # type: ignore[untyped-decorator]
    def fiche(table: str, identifiant: str) -> str:
        """The page of one record: `fiche("cas", "anstaing")`."""
        return _block(rendering.fiche(catalogue, table, identifiant))

    @env.macro  # type: ignore[untyped-decorator]
    def vue(nom: str) -> str:
        """A list or a comparison: `vue("combien")`."""
        return _block(rendering.view(catalogue, nom))


def _block(html: str) -> str:
    """HTML that Markdown leaves alone: one block, without blank lines."""
    lines = (line for line in str(html).splitlines() if line.strip())
    return '<div class="donnees">\n' + "\n".join(lines) + "\n</div>"

"""What the fonts of the PDFs can draw is known before anything is set."""

from __future__ import annotations

import pytest

from macros.outputs import OutputError
from macros.print.letters import missing
from macros.print.typesetting import set_pdf

CARD = {"density": "normal", "kind": "", "title": "", "said": "", "chips": [], "site": "", "address": ""}


@pytest.mark.parametrize("sign", ["２", "日", "ع", "\u0967"])
def test_a_letter_said_to_be_missing_cannot_be_set(sign: str) -> None:
    """The rule and Typst agree on what is refused."""
    assert missing(f"Une crèche {sign}{sign}") == sign
    with pytest.raises(OutputError, match="manque dans les polices"):
        set_pdf("card", CARD | {"title": f"Une crèche {sign}"}, "essai", 0)


@pytest.mark.parametrize("sign", ["é", "œ", "ÿ", "Ł", "ș", "Ε", "Ж", "€", "²", "½", "→", "−", "🏠", "🧒", "…", "\u202f", "\u2011"])
def test_a_letter_that_is_not_can_be_set(sign: str) -> None:
    """And on what is accepted."""
    assert missing(f"Une crèche {sign}") == ""
    set_pdf("card", CARD | {"title": f"Une crèche {sign}a"}, "essai", 0)

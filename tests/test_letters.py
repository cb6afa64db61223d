"""What the fonts of the PDFs can draw is known before anything is set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.outputs import OutputError
from macros.print import typesetting
from macros.print.letters import drawn, missing, missing_for_browsers
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


def test_without_the_fonts_a_browser_refuses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `missing` does: what cannot be known is not held against anybody."""
    monkeypatch.setattr(typesetting, "FONTS", tmp_path)
    drawn.cache_clear()
    try:
        assert missing("Une crèche 日") == ""
        assert not re.search(missing_for_browsers(), "Une crèche 日")
    finally:
        monkeypatch.undo()
        drawn.cache_clear()

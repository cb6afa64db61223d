"""French typography, applied once, in one place."""

from __future__ import annotations

import pytest

from macros.typography import french

N, T = "\u00a0", "\u202f"
RULES = [
    ("l'école d'Anstaing", "l’école d’Anstaing"),
    ("« mot »", f"«{T}mot{T}»"),
    ("«mot»", f"«{T}mot{T}»"),
    ("Quoi ? Oui ! Et puis ; fin", f"Quoi{T}? Oui{T}! Et puis{T}; fin"),
    ("Quoi? Oui!", f"Quoi{T}? Oui{T}!"),
    ("Lieu : Lille", f"Lieu{T}: Lille"),
    ("30 % et 4,7%", f"30{T}% et 4,7{T}%"),
    ("15 000 € et 1 234 567", f"15{T}000{N}€ et 1{T}234{T}567"),
    ("4,5 M€ par an", f"4,5{N}M€ par an"),
    ("870 m², 10 places, 95 ETP", f"870{N}m², 10{N}places, 95{N}ETP"),
    (" : suite", f"{T}: suite"),
    (" ; suite", f"{T}; suite"),
    ("15 € ; 3 m² : a", f"15{N}€{T}; 3{N}m²{T}: a"),
    ("attendez...", "attendez…"),
    ("art. 10, n° 15, vers 2015, page 12", f"art.{N}10, n°{N}15, vers{N}2015, page{N}12"),
    ("le 1er janvier 2025, du 3 mai au 31 décembre", f"le 1er{N}janvier 2025, du 3{N}mai au 31{N}décembre"),
    ("art. L. 214-1-3, page D", f"art.{N}L.{N}214-1-3, page D"),
    ("L. 214-1 du code, D.214-9", f"L.{N}214-1 du code, D.{N}214-9"),
    ("à 12:30, https://exemple.fr/?a=b;c", "à 12:30, https://exemple.fr/?a=b;c"),
    ("en 2021 200 enfants", None),
]


@pytest.mark.parametrize(("typed", "printed"), [rule for rule in RULES if rule[1]])
def test_a_text_is_set_as_a_printer_would(typed: str, printed: str) -> None:
    """Each rule of the site, on what people type."""
    assert french(typed) == printed


@pytest.mark.parametrize("typed", [rule[0] for rule in RULES])
def test_setting_a_text_twice_changes_nothing_more(typed: str) -> None:
    """The rules can be applied again without harm."""
    assert french(french(typed)) == french(typed)

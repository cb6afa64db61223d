"""Numbers as one reads them in French."""

from __future__ import annotations


def number(value: float | None) -> str:
    """Two figures after the comma, one from ten on, none from a thousand on or for a whole number; what is not known is said."""
    if value is None:
        return "pas mesuré"
    if value == round(value) or value >= 1000:
        return count(round(value))
    return f"{value:.{1 if value >= 10 else 2}f}".replace(".", ",")


def count(value: int) -> str:
    """Thousands apart."""
    return f"{value:,}".replace(",", "\u202f")

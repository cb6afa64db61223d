"""Syntax errors in words: the place of the slip, not the place where the parser gave up."""

from __future__ import annotations

import pytest

from macros.reader import read_bytes

SLIPS = [
    ('a: "non refermé\nb: c\nd: "e"\n', 1, 4, "ce guillemet n'est refermé que ligne 3"),
    ('a: b\nc: "jamais\n', 2, 4, "ce guillemet n'est pas refermé"),
    ("a: 'l'école'\n", 1, 7, "une apostrophe ferme le texte ici"),
    ('a: "dite "des Bulles""\n', 1, 11, "un guillemet droit ferme le texte ici"),
    ("a: b : c\n", 1, 6, "un « : » est mal placé"),
    ("a: b\n  c: d\n", 2, 3, "ce champ est trop à droite, ou la ligne d'avant n'est pas finie"),
    ("a: b\nsans deux points\nc: d\n", 2, 1, "il manque « : » après le nom du champ"),
    ("a: [b, c\nd: e\n", 1, 4, "une accolade ou un crochet n'est pas refermé"),
    ("a: {b: c\nd: e\n", 1, 4, "une accolade ou un crochet n'est pas refermé"),
    ("a: @b\n", 1, 4, "« @ » ne peut pas commencer une valeur"),
    ("a: `b`\n", 1, 4, "« ` » ne peut pas commencer une valeur"),
    ("a: %b\n", 1, 4, "« % » ne peut pas commencer une valeur"),
    ("a: & b\n", 1, 4, "« & » ou « * » ne peut pas commencer une valeur"),
    ("a: * b\n", 1, 4, "« & » ou « * » ne peut pas commencer une valeur"),
    ('a: "b\\q"\n', 1, 6, "une barre oblique inverse « \\ » est mal placée"),
    ("a:\n   b: c\n  d: e\n", 3, 3, "l'alignement n'est pas régulier"),
    ("a: b\n]\n", 2, 1, None),
    ("a: |x\n", 1, 4, None),
    ("a: !<x\n", 1, 4, None),
]


@pytest.mark.parametrize(("text", "line", "column", "message"), SLIPS, ids=[repr(slip[0]) for slip in SLIPS])
def test_a_slip_is_placed_and_explained(text: str, line: int, column: int, message: str | None) -> None:
    """Each frequent slip is placed where the hand slipped and named in French, with its remedy."""
    problem, = read_bytes(text.encode(), "x.yml").problems
    assert (problem.line, problem.column) == (line, column), problem
    assert message is None or problem.message == message
    assert problem.remedy

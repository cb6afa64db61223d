"""What PyYAML could not read, told to a contributor: where to look, what was found, what to write instead.

PyYAML points at the place where it gave up, which is often far from the slip: an unclosed quote is noticed at the next quote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Place = tuple[int, int]
"""1-based line and column."""


@dataclass(frozen=True)
class Quoted:
    """A text in quotes."""

    start: Place
    end: Place
    mark: str
    """The quote itself, straight or apostrophe."""


@dataclass(frozen=True)
class Before:
    """What was read just before the fault."""

    quoted: Quoted | None = None
    """The last text in quotes."""
    opened: Place | None = None
    """The last bracket or brace still open."""


WORDS = (
    ("could not find expected ':'", "start", "il manque « : » après le nom du champ", "écrivez « champ: valeur », avec une espace après les deux-points"),
    ("mapping values are not allowed", "here", "un « : » est mal placé", "si le texte contient « : », entourez-le de guillemets droits : \"…\""),
    ("found unknown escape", "here", "une barre oblique inverse « \\ » est mal placée", "remplacez-la par « / », ou retirez-la"),
    ("scanning an? (anchor|alias)|undefined alias", "start", "« & » ou « * » ne peut pas commencer une valeur", "entourez le texte de guillemets droits : \"…\""),
    ("(scanning|parsing) a tag|undefined tag handle", "start", "« ! » ne peut pas commencer une valeur", "entourez le texte de guillemets droits : \"…\""),
    ("scanning a (block scalar|directive)|version|directive", "start", "ce signe ne peut pas commencer une ligne ou une valeur", "entourez le texte de guillemets droits : \"…\""),
    ("flow (mapping|sequence|node)", "opened", "une accolade ou un crochet n'est pas refermé", "ajoutez « } » ou « ] » au bout de la ligne, ou écrivez un élément par ligne"),
    ("expected <block end>|block (mapping|collection|sequence)", "here", "l'alignement n'est pas régulier",
     "alignez les champs d'un même groupe sur la même colonne, avec des espaces"),
)
"""What PyYAML says → where to point (where it gave up, where the piece began, the open bracket), message, remedy."""


def explained(said: str, here: Place, start: Place, text: str, before: Before) -> tuple[Place, str, str]:
    """Place, message and remedy for what PyYAML said. `here`: where it gave up; `start`: where the unfinished piece began."""
    quoted = before.quoted
    line = text.splitlines()[here[0] - 1] if here[0] <= len(text.splitlines()) else ""
    if re.search("quoted scalar", said) and "escape" not in said:
        return start, "ce guillemet n'est pas refermé", "ajoutez le même guillemet à la fin du texte"
    if quoted and quoted.end[0] == here[0] and not line[quoted.end[1] - 1: here[1] - 1].strip():
        return _after_quote(quoted)
    if "cannot start any token" in said:
        return here, f"« {line[here[1] - 1:here[1]]} » ne peut pas commencer une valeur", "entourez le texte de guillemets droits : \"…\""
    if "mapping values are not allowed" in said and re.fullmatch(r"\s*(- +)?[\w-]+\s*", line[: here[1] - 1]):
        column = len(line) - len(line.lstrip()) + 1
        return (here[0], column), "ce champ est trop à droite, ou la ligne d'avant n'est pas finie", "alignez-le sur les autres champs du même groupe"
    for pattern, where, message, remedy in WORDS:
        if re.search(pattern, said):
            return {"here": here, "start": start, "opened": before.opened or start}[where], message, remedy
    return here, "cette ligne n'est pas comprise", "comparez-la à une autre fiche : « champ: valeur », ou « - valeur » dans une liste"


def _after_quote(quoted: Quoted) -> tuple[Place, str, str]:
    """Something follows a closing quote: it closes too early, or the opening one was never closed where it should."""
    if quoted.start[0] < quoted.end[0]:
        return quoted.start, f"ce guillemet n'est refermé que ligne {quoted.end[0]}", "ajoutez le même guillemet à la fin du texte"
    if quoted.mark == "'":
        return quoted.end, "une apostrophe ferme le texte ici", "entourez le texte de guillemets droits \" plutôt que d'apostrophes"
    return quoted.end, "un guillemet droit ferme le texte ici", "à l'intérieur du texte, écrivez « … » à la place des guillemets droits"

"""What is wrong with the data: values to collect and sort, and the one exception that carries them."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

ERROR = "erreur"
WARNING = "alerte"


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in one file: where it is, what was read, what to write instead."""

    file: str
    """Path from the project root, with forward slashes."""
    line: int
    """1-based line."""
    column: int
    """1-based column."""
    field: str
    """Dotted path of the field, such as `soutiens[0].montant`; empty for the file as a whole."""
    message: str
    """What was found, in French."""
    remedy: str = ""
    """What to write, in French."""
    level: str = ERROR
    """`erreur` stops the build, `alerte` does not."""

    def __post_init__(self) -> None:
        """A value of 100 kB is not repeated in full: the beginning and the end of a sentence are enough."""
        for name, limit in (("field", 150), ("message", 400), ("remedy", 900)):
            text = getattr(self, name)
            if len(text) > limit:
                object.__setattr__(self, name, f"{text[:limit - 100]}…{text[-99:]}")

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}: "
        name = f"{self.field} : " if self.field else ""
        mark = "(alerte) " if self.level == WARNING else ""
        remedy = f"\n    → {self.remedy}" if self.remedy else ""
        return f"{where}{mark}{name}{self.message}{remedy}"


class DataError(Exception):
    """Raised once, with every problem of every file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, words: Iterable[str]) -> str:
    """The closest of `words`, or an empty string."""
    close = difflib.get_close_matches(word, sorted(words), n=1, cutoff=0.7)
    return close[0] if close else ""


def meant(word: str, words: Iterable[str]) -> str:
    """« vouliez-vous dire « locaux » ? » for the closest of `words`, or an empty string."""
    close = nearest(word, words)
    return f"vouliez-vous dire « {close} » ?" if close else ""


def slug(text: str) -> str:
    """What a name becomes as an identifier: `Crèche des Bulles` → `creche-des-bulles`."""
    bare = "".join(mark for mark in unicodedata.normalize("NFD", text.lower().replace("œ", "oe").replace("æ", "ae")) if not unicodedata.combining(mark))
    return "-".join(re.findall("[a-z0-9]+", bare))


def dotted(path: Iterable[str | int]) -> str:
    """`("soutiens", 0, "montant")` → `soutiens[0].montant`."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text

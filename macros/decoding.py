"""Bytes of a file → its text, or why it cannot be read: the size cap, the encoding and the characters come before any parsing."""

from __future__ import annotations

import re
import unicodedata

from macros.problems import Problem

MAX_BYTES = 200_000
"""A case is 3 to 20 kB; the largest reference file is under 150 kB."""

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffd\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
"""Control, invisible, bidirectional, private-use and replacement characters: none has a place in a fiche."""
ESCAPED = re.compile(FORBIDDEN.pattern + "|[\r\ud800-\udfff]")
"""The same, and what only an escape can write."""

TAB = re.compile("\t")
STRANGE_MARGIN = re.compile("^[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*?([\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])", re.MULTILINE)
"""A space that is not the ordinary one, before the first word of a line: it looks aligned and is not."""
CHARACTERS = (
    (FORBIDDEN, "caractère invisible ou de contrôle ({code}){before}", "effacez-le en retapant le mot : il vient souvent d'un copier-coller"),
    (TAB, "une tabulation{before}", "remplacez-la par des espaces : deux par niveau en début de ligne"),
    (STRANGE_MARGIN, "une espace insécable sert d'alignement", "remplacez-la par des espaces ordinaires : deux par niveau"),
)
"""Refused before any reading: pattern, message, remedy."""
UNUSUAL = re.compile("[^\n\r -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]")
"""A sign outside those that make up nearly every file, none of which is refused: one look at the whole text, and the patterns are tried only where it finds one."""


class Unreadable(Exception):
    """Reading cannot go on; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def decoded(raw: bytes, shown: str) -> str:
    """The text of a file, in NFC; `Unreadable` carries the problem."""
    if len(raw) > MAX_BYTES:
        raise Unreadable(Problem(shown, 1, 1, "", f"fichier trop gros ({len(raw) // 1000} ko)",
                                 f"restez sous {MAX_BYTES // 1000} ko : une fiche raconte un seul cas"))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise Unreadable(Problem(shown, line, column, "", "le fichier n'est pas en UTF-8 : un caractère accentué est illisible",
                                 "enregistrez-le de nouveau en choisissant l'encodage « UTF-8 »")) from None
    text = text.removeprefix("\ufeff")
    for pattern, message, remedy in CHARACTERS if UNUSUAL.search(text) else ():
        found = pattern.search(text)
        if found:
            index = found.end() - 1
            line, column = _line_column(text, index)
            raise Unreadable(Problem(shown, line, column, "", message.format(code=f"U+{ord(text[index]):04X}", before=_before(text, index)), remedy))
    return unicodedata.normalize("NFC", text)


def _before(text: str, index: int) -> str:
    """Where an invisible character hides: the words just before it on its line."""
    words = text[text.rfind("\n", 0, index) + 1: index].split()[-2:]
    return f", juste après « {' '.join(words)} »" if words else ", en début de ligne"


def _line_column(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)

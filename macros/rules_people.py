"""What must never be published about a person: a mobile telephone, a personal e-mail address.

Looked for in every text of the data, and in the comments of the files, which are published as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.problems import Problem, dotted
from macros.reader import Document, Path, Value

GAP = "[ .\u00a0\u202f/-]?"
MOBILE = re.compile(rf"(?<![0-9])(?:(?:\+|00){GAP}33{GAP}(?:\(0\){GAP})?|0)[67](?:{GAP}[0-9]{{2}}){{4}}(?![0-9])")
"""06 12 34 56 78, 07.12.34.56.78, +33 6 12 34 56 78, 0033612345678, +33 (0)6…"""
WEBMAIL = (
    "9online", "aliceadsl", "aol", "bbox", "cegetel", "club-internet", "duck", "free", "gmail", "gmx", "googlemail", "hotmail", "icloud", "laposte", "libertysurf", "live", "mac", "mail", "mailo",
    "me", "msn", "neuf", "netcourrier", "noos", "numericable", "orange", "outlook", "proton", "protonmail", "sfr", "tutanota", "voila", "wanadoo", "yahoo", "ymail", "yopmail", "zoho",
)
"""Where people have an address of their own, by the name that stands before the last dot."""
AT = r"(?:@|\s*[\[({]\s*(?:at|arobase|chez)\s*[\])}]\s*|\s+(?:at|arobase)\s+)"
PERSONAL = re.compile(rf"[\w.+-]+{AT}(?:{'|'.join(WEBMAIL)})\s?(?:\.|\s(?:point|dot)\s|[\[({{](?:point|dot)[\])}}])\s?[a-z]{{2,6}}(?![\w-])", re.IGNORECASE)
DIGITS = re.compile(r"[67](?:(?:\s+|[./-])?[0-9]{2}){4}")
"""What a mobile telephone cannot do without, wherever its lines are cut: the long patterns are tried only on files where this is found…"""
SEPARATOR = re.compile(r"at(?<=\sat)\s")
"""…or, in lower case, what an address cannot do without…"""
BRACKET = re.compile(r"[\[({]\s*(?:at|chez)")
"""…or this."""
COMMENT = re.compile(r"(?:^|\s)#(.*)$", re.MULTILINE)

RULES = (
    (MOBILE, "un numéro de téléphone mobile est écrit ici : il peut être celui d'une personne", "retirez-le ; donnez le numéro fixe de la mairie ou de la structure, ou l'adresse de son site"),
    (PERSONAL, "une adresse électronique personnelle est écrite ici", "retirez-la ; donnez une adresse de service, comme accueil@… au nom de la structure"),
)
"""Pattern, message, remedy. The message does not repeat what was found: messages are public too."""


def people_problems(document: Document) -> list[Problem]:
    """Every private number or address of one file, in its values and in its comments."""
    text = document.raw.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    if not document.escapes and not _possible(text):
        return []
    problems = [Problem(document.file, *document.at(path), dotted(path), message, remedy)
                for path, value in _texts(document.content, ()) for pattern, message, remedy in RULES if pattern.search(value)]
    told = {problem.line for problem in problems}
    for comment in COMMENT.finditer(text):
        line, column = text.count("\n", 0, comment.start(1)) + 1, comment.start(1) - text.rfind("\n", 0, comment.start(1))
        problems += [Problem(document.file, line, column, "", message, remedy) for pattern, message, remedy in RULES if line not in told and pattern.search(comment[1])]
    return problems


def _possible(text: str) -> bool:
    """Whether a file, its lines put end to end, may hold such a thing: nearly none does, and to look at it at once is quick."""
    lower = text.lower()
    if not (DIGITS.search(text) or "@" in lower or "aroba" in lower or SEPARATOR.search(lower) or BRACKET.search(lower)):
        return False
    whole = " ".join(text.split())
    return bool(MOBILE.search(whole) or PERSONAL.search(whole))


def _texts(value: Value, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text of a file, and the names of its fields."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key), key
            yield from _texts(item, (*path, key))
    else:
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))

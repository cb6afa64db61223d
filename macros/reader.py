"""Bytes of one YAML file → plain text values and their positions, or the problems met.

Only PyYAML's event stream is used, never its composer (which crashes on deep nesting) nor its constructors
(which turn `no` into false and `01` into 1): every scalar stays the text that was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml

from macros.problems import Problem

MAX_BYTES = 200_000
"""A case is 3 to 20 kB; the largest reference file is under 150 kB."""
MAX_DEPTH = 8

Path = tuple[str | int, ...]
Value = str | list["Value"] | dict[str, "Value"]

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffd\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
"""Control, invisible, bidirectional, private-use and replacement characters: none has a place in a fiche."""

YAML_WORDS = (
    (re.compile("could not find expected ':'"), "il manque « : » après le nom du champ",
     "écrivez « champ: valeur », avec une espace après les deux-points"),
    (re.compile("mapping values are not allowed"), "un « : » est mal placé",
     "si le texte contient « : », entourez-le de guillemets droits : \"…\""),
    (re.compile("found character .*that cannot start any token"), "ce caractère ne peut pas commencer une valeur",
     "entourez le texte de guillemets droits : \"…\""),
    (re.compile("found unexpected end of stream|while scanning a quoted scalar"), "un guillemet n'est pas refermé",
     "ajoutez le guillemet droit qui manque à la fin du texte"),
    (re.compile("found unknown escape"), "une barre oblique inversée « \\ » est mal placée",
     "remplacez les guillemets \" par des apostrophes ' autour du texte"),
    (re.compile("expected <block end>|block (mapping|collection|sequence)"), "l'alignement n'est pas régulier",
     "alignez les champs d'un même groupe sur la même colonne, avec des espaces"),
    (re.compile("flow (mapping|sequence)|flow node"), "une accolade ou un crochet n'est pas refermé",
     "ajoutez « } » ou « ] », ou écrivez un élément par ligne"),
    (re.compile("undefined alias"), "« * » en début de valeur appelle un alias, qui est refusé",
     "entourez le texte de guillemets droits : \"…\""),
)


@dataclass
class Document:
    """One file once read."""

    file: str
    """Path shown to people."""
    content: dict[str, Value] = field(default_factory=dict)
    positions: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """Line and column of each value, 1-based; that of the key for the entry of a mapping."""
    problems: list[Problem] = field(default_factory=list)

    def at(self, path: Path) -> tuple[int, int]:
        """Position of a path, or of the nearest enclosing value."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, (1, 1))


class _Stop(Exception):
    """Reading cannot go on; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def read_file(path: FilePath, shown: str) -> Document:
    """Read one file; a fault becomes a problem of the document, never an exception."""
    if path.is_symlink() or not path.is_file():
        problem = Problem(shown, 1, 1, "", "ce n'est pas un fichier ordinaire",
                          "remplacez le lien ou le dossier par un vrai fichier")
        return Document(shown, problems=[problem])
    return read_bytes(path.read_bytes(), shown)


def read_bytes(raw: bytes, shown: str) -> Document:
    """Bytes → Document. The size cap and the encoding come before any parsing."""
    try:
        text = _decode(raw, shown)
        return _parse(text, shown)
    except _Stop as stop:
        return Document(shown, problems=[stop.problem])


def _decode(raw: bytes, shown: str) -> str:
    if len(raw) > MAX_BYTES:
        raise _Stop(Problem(shown, 1, 1, "", f"fichier trop gros ({len(raw)} octets)",
                            f"restez sous {MAX_BYTES} octets : une fiche raconte un seul cas"))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise _Stop(Problem(shown, line, column, "", "le fichier n'est pas en UTF-8 : un caractère accentué est illisible",
                            "enregistrez-le de nouveau en choisissant l'encodage « UTF-8 »")) from None
    text = text.removeprefix("\ufeff")
    found = FORBIDDEN.search(text)
    if found:
        line, column = _line_column(text, found.start())
        code = f"U+{ord(found.group()):04X}"
        raise _Stop(Problem(shown, line, column, "", f"caractère invisible ou de contrôle ({code})",
                            "effacez ce caractère et retapez le mot : il vient souvent d'un copier-coller"))
    tab = re.search(r"^[ ]*\t", text, re.MULTILINE)
    if tab:
        line, column = _line_column(text, tab.end() - 1)
        raise _Stop(Problem(shown, line, column, "", "une tabulation sert d'alignement",
                            "remplacez-la par des espaces (deux par niveau)"))
    return unicodedata.normalize("NFC", text)


def _line_column(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _parse(text: str, shown: str) -> Document:
    document = Document(shown)
    try:
        events = iter(_checked(yaml.parse(text, Loader=LOADER), shown))
        first = next(events, None)
        if first is None:
            raise _Stop(Problem(shown, 1, 1, "", "le fichier est vide", "recopiez le modèle donné par « python -m macros new cas mon-cas »"))
        if not isinstance(first, yaml.MappingStartEvent):
            raise _Stop(Problem(shown, 1, 1, "", "le fichier ne commence pas par des champs « nom: valeur »",
                                "commencez par « titre: … » en première colonne"))
        document.positions[()] = (1, 1)
        value = _mapping(events, (), document)
        document.content = value
    except yaml.YAMLError as error:
        document.problems.append(_syntax(error, shown))
    return document


def _checked(events: Iterable[Any], shown: str) -> Iterator[Any]:
    """Let through the events of one plain document; refuse anchors, aliases, tags, directives and depth."""
    depth = 0
    documents = 0
    for event in events:
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _Stop(Problem(shown, line, column, "", "le fichier contient plusieurs documents (« --- »)",
                                    "supprimez la ligne « --- » : un fichier par fiche"))
            if event.version or event.tags:
                raise _Stop(Problem(shown, line, column, "", "une directive (« % » en début de ligne) est refusée", "supprimez cette ligne"))
            continue
        if isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
            continue
        if isinstance(event, yaml.AliasEvent):
            raise _Stop(Problem(shown, line, column, "", f"l'alias « *{event.anchor} » est refusé",
                                "recopiez la valeur, ou entourez-la de guillemets si « * » fait partie du texte"))
        if getattr(event, "anchor", None):
            raise _Stop(Problem(shown, line, column, "", f"l'ancre « &{event.anchor} » est refusée",
                                "recopiez la valeur, ou entourez-la de guillemets si « & » fait partie du texte"))
        if getattr(event, "tag", None):
            raise _Stop(Problem(shown, line, column, "", f"l'étiquette « {event.tag} » est refusée",
                                "supprimez le mot qui commence par « ! », ou entourez le texte de guillemets"))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _Stop(Problem(shown, line, column, "", f"plus de {MAX_DEPTH} niveaux emboîtés", "suivez les champs du modèle"))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        yield event


def _value(event: Any, events: Iterator[Any], path: Path, document: Document) -> Value:
    mark = event.start_mark
    document.positions.setdefault(path, (mark.line + 1, mark.column + 1))
    if isinstance(event, yaml.ScalarEvent):
        return str(event.value)
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(events, path, document)
    items: list[Value] = []
    for item in events:
        if isinstance(item, yaml.SequenceEndEvent):
            break
        items.append(_value(item, events, (*path, len(items)), document))
    return items


def _mapping(events: Iterator[Any], path: Path, document: Document) -> dict[str, Value]:
    result: dict[str, Value] = {}
    for key in events:
        if isinstance(key, yaml.MappingEndEvent):
            break
        mark = key.start_mark
        line, column = mark.line + 1, mark.column + 1
        if not isinstance(key, yaml.ScalarEvent):
            raise _Stop(Problem(document.file, line, column, "", "le nom d'un champ doit être un mot simple", "écrivez « champ: valeur »"))
        name = str(key.value)
        here = (*path, name)
        if name in result:
            first = document.at(here)[0]
            document.problems.append(Problem(
                document.file, line, column, name, f"le champ « {name} » est écrit deux fois (déjà ligne {first})",
                "gardez une seule des deux lignes"))
            _value(next(events), events, (*here, "doublon"), document)
            continue
        document.positions[here] = (line, column)
        result[name] = _value(next(events), events, here, document)
    return result


def _syntax(error: yaml.YAMLError, shown: str) -> Problem:
    """A YAML syntax error in words that say what to do."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}"
    for pattern, message, remedy in YAML_WORDS:
        if pattern.search(said):
            return Problem(shown, line, column, "", message, remedy)
    return Problem(shown, line, column, "", "cette ligne n'est pas du YAML valable",
                   "comparez-la au modèle : « champ: valeur », ou « - valeur » dans une liste")

"""Bytes of one YAML file → plain text values and their positions, or the problems met.

Only PyYAML's event stream is used, never its composer (which crashes on deep nesting) nor its constructors
(which turn `no` into false and `01` into 1): every scalar stays the text that was written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml

from macros.decoding import ESCAPED, Unreadable, decoded
from macros.problems import Problem
from macros.syntax import Before, Place, Quoted, explained

MAX_DEPTH = 8
MAX_REPEATS = 50

Path = tuple[str | int, ...]
Value = str | list["Value"] | dict[str, "Value"]

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

@dataclass
class Document:
    """One file once read."""

    file: str
    """Path shown to people."""
    content: dict[str, Value] = field(default_factory=dict)
    positions: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """Line and column of each value, 1-based; that of the key for the entry of a mapping."""
    problems: list[Problem] = field(default_factory=list)
    escapes: bool = False
    """Whether some text may hold a character written with « \\ », which the bytes of the file do not show."""

    def at(self, path: Path) -> tuple[int, int]:
        """Position of a path, or of the nearest enclosing value."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, (1, 1))


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
        text = decoded(raw, shown)
        return _parse(text, shown)
    except Unreadable as stop:
        return Document(shown, problems=[stop.problem])


def _parse(text: str, shown: str) -> Document:
    document = Document(shown, escapes="\\" in text)
    try:
        events = iter(_checked(yaml.parse(text, Loader=LOADER), shown))
        first = next(events, None)
        if first is None:
            raise Unreadable(Problem(shown, 1, 1, "", "le fichier est vide", "recopiez une fiche semblable et remplacez ses valeurs, ou supprimez le fichier"))
        if not isinstance(first, yaml.MappingStartEvent):
            raise Unreadable(Problem(shown, 1, 1, "", "le fichier ne commence pas par des champs « nom: valeur »",
                                     "commencez chaque ligne par le nom d'un champ et deux-points, en première colonne : « titre: … »"))
        document.positions[()] = (1, 1)
        document.content = _mapping(events, (), document)
        for _ in events:  # a second document would be refused here
            pass
    except yaml.YAMLError as error:
        document.problems.append(_syntax(error, text, shown))
    return document


def _checked(events: Iterable[Any], shown: str) -> Iterator[Any]:
    """Let through the events of one plain document; refuse anchors, aliases, tags, directives and depth."""
    depth = 0
    documents = 0
    for event in events:
        if event.__class__ is yaml.ScalarEvent and event.anchor is None and event.tag is None:
            yield event  # nearly all of a file
            continue
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise Unreadable(Problem(shown, line, column, "", "le fichier contient plusieurs documents (« --- »)",
                                         "supprimez la ligne « --- » : un fichier par fiche"))
            if event.version or event.tags:
                raise Unreadable(Problem(shown, line, column, "", "une directive (« % » en début de ligne) est refusée", "supprimez cette ligne"))
            continue
        if isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
            continue
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable(Problem(shown, line, column, "", f"l'alias « *{event.anchor} » est refusé",
                                     "recopiez la valeur, ou entourez-la de guillemets si « * » fait partie du texte"))
        if getattr(event, "anchor", None):
            raise Unreadable(Problem(shown, line, column, "", f"l'ancre « &{event.anchor} » est refusée",
                                     "recopiez la valeur, ou entourez-la de guillemets si « & » fait partie du texte"))
        if getattr(event, "tag", None):
            raise Unreadable(Problem(shown, line, column, "", f"l'étiquette « {event.tag.replace('tag:yaml.org,2002:', '!!')} » est refusée",
                                     "supprimez le mot qui commence par « ! », ou entourez le texte de guillemets"))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise Unreadable(Problem(shown, line, column, "", f"plus de {MAX_DEPTH} niveaux emboîtés", "retirez des crochets ou des retraits : aucune fiche n'en demande autant"))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        yield event


def _scalar(event: Any, document: Document) -> str:
    """The text of a scalar. Between double quotes, `\\u202e` writes a character that the bytes of the file do not show."""
    if not document.escapes:
        return event.value  # type: ignore[no-any-return]
    text = unicodedata.normalize("NFC", str(event.value))
    hidden = ESCAPED.search(text)
    if hidden:
        mark = event.start_mark
        raise Unreadable(Problem(document.file, mark.line + 1, mark.column + 1, "", f"caractère invisible ou de contrôle (U+{ord(hidden[0]):04X}), écrit avec « \\ »",
                                 "effacez la barre oblique inverse et les signes qui la suivent"))
    return text


def _value(event: Any, events: Iterator[Any], path: Path, document: Document) -> Value:
    if path not in document.positions:
        mark = event.start_mark
        document.positions[path] = (mark.line + 1, mark.column + 1)
    if event.__class__ is yaml.ScalarEvent:
        return _scalar(event, document)
    if event.__class__ is yaml.MappingStartEvent:
        return _mapping(events, path, document)
    items: list[Value] = []
    for item in events:
        if item.__class__ is yaml.SequenceEndEvent:
            break
        items.append(_value(item, events, (*path, len(items)), document))
    return items


def _mapping(events: Iterator[Any], path: Path, document: Document) -> dict[str, Value]:
    result: dict[str, Value] = {}
    for key in events:
        if key.__class__ is yaml.MappingEndEvent:
            break
        mark = key.start_mark
        line, column = mark.line + 1, mark.column + 1
        if key.__class__ is not yaml.ScalarEvent:
            raise Unreadable(Problem(document.file, line, column, "", "le nom d'un champ doit être un mot simple", "écrivez « champ: valeur »"))
        name = _scalar(key, document)
        here = (*path, name)
        if name in result:
            first = document.at(here)[0]
            document.problems.append(Problem(
                document.file, line, column, name, f"le champ « {name} » est écrit deux fois (déjà ligne {first})",
                "gardez une seule des deux lignes"))
            if len(document.problems) >= MAX_REPEATS:
                raise Unreadable(Problem(document.file, line, column, "", f"plus de {MAX_REPEATS} champs sont écrits deux fois", "recopiez une fiche semblable et remplacez ses valeurs"))
            _value(next(events), events, (*here, "doublon"), document)
            continue
        document.positions[here] = (line, column)
        result[name] = _value(next(events), events, here, document)
    return result


def _syntax(error: yaml.YAMLError, text: str, shown: str) -> Problem:
    """A YAML syntax error in words that say what to do."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    here = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    mark = getattr(error, "context_mark", None) or mark
    start = (mark.line + 1, mark.column + 1) if mark else here
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}"
    (line, column), message, remedy = explained(said, here, start, text, _read_before(text, here))
    return Problem(shown, line, column, "", message, remedy)


def _read_before(text: str, here: Place) -> Before:
    """What stands just before the place of a syntax error."""
    quoted = None
    opened: list[Place] = []
    try:
        for token in yaml.scan(text, Loader=LOADER):
            start, end = ((mark.line + 1, mark.column + 1) for mark in (token.start_mark, token.end_mark))
            if end > here:
                break
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                quoted = Quoted(start, end, token.style)
            elif isinstance(token, (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)):
                opened.append(start)
            elif isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)) and opened:
                opened.pop()
    except yaml.YAMLError:
        pass
    return Before(quoted, opened[-1] if opened else None)

"""Bytes of one YAML file → plain text values and their positions, or the problems met.

Only PyYAML's event stream is used, never its composer (which crashes on deep nesting) nor its constructors
(which turn `no` into false and `01` into 1): every scalar stays the text that was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
    StreamStartEvent,
)

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
    problems: list[Problem] = field(default_factory=list)
    escapes: bool = False
    """Whether some text may hold a character written with « \\ », which the bytes of the file do not show."""
    marks: list[Any] = field(default_factory=list, repr=False)
    """Where each value begins, in the order of the file; for the entry of a mapping, where its key does."""
    raw: bytes = field(default=b"", repr=False)
    """The file as it is."""
    text: str | None = field(default=None, repr=False)
    """The same, decoded."""
    looks: dict[str, bool] = field(default_factory=dict, repr=False)

    @cached_property
    def positions(self) -> dict[Path, tuple[int, int]]:
        """Line and column of each value, 1-based: worked out for the first problem to place, which most files never have."""
        return {(): (1, 1)} | {path: (mark.line + 1, mark.column + 1) for path, mark in zip(_paths(self.content), self.marks, strict=False)}

    def may_hold(self, pattern: re.Pattern[str]) -> bool:
        """Whether some value may match a pattern of one sign or two: no value holds what the text of the whole file does not show, and one look at it is quick."""
        if self.text is None or self.escapes:
            return True
        if pattern.pattern not in self.looks:
            self.looks[pattern.pattern] = pattern.search(self.text) is not None
        return self.looks[pattern.pattern]

    def at(self, path: Path) -> tuple[int, int]:
        """Position of a path, or of the nearest enclosing value."""
        while path not in self.positions:
            path = path[:-1]
        return self.positions[path]


def _paths(value: dict[str, Value] | list[Value], path: Path = ()) -> Iterator[Path]:
    """The path of every value inside a value, in the order of the file."""
    for step, item in value.items() if isinstance(value, dict) else enumerate(value):
        here = (*path, step)
        yield here
        if not isinstance(item, str):
            yield from _paths(item, here)


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
        return _parse(raw, decoded(raw, shown), shown)
    except Unreadable as stop:
        return Document(shown, problems=[stop.problem])


def _parse(raw: bytes, text: str, shown: str) -> Document:
    document = Document(shown, escapes="\\" in text, raw=raw, text=text)
    try:
        events: Iterator[Any] = iter(LOADER(text).get_event, None)
        first = _opening(events, shown)
        if first is None:
            raise Unreadable(Problem(shown, 1, 1, "", "le fichier est vide", "recopiez une fiche semblable et remplacez ses valeurs, ou supprimez le fichier"))
        _permitted(first, shown, 0)
        if not isinstance(first, MappingStartEvent):
            raise Unreadable(Problem(shown, 1, 1, "", "le fichier ne commence pas par des champs « nom: valeur »",
                                     "commencez chaque ligne par le nom d'un champ et deux-points, en première colonne : « titre: … »"))
        document.content = _mapping(events, document, 1)
        for event in events:
            if isinstance(event, DocumentStartEvent):
                raise Unreadable(_problem(event, shown, "le fichier contient plusieurs documents (« --- »)", "supprimez la ligne « --- » : un fichier par fiche"))
    except yaml.YAMLError as error:
        document.problems.append(_syntax(error, text, shown))
    return document


def _problem(event: Any, shown: str, message: str, remedy: str) -> Problem:
    return Problem(shown, event.start_mark.line + 1, event.start_mark.column + 1, "", message, remedy)


def _opening(events: Iterator[Any], shown: str) -> Any:
    """The first event that is a value; nothing when the file has none."""
    for event in events:
        if isinstance(event, DocumentStartEvent):
            if event.version or event.tags:
                raise Unreadable(_problem(event, shown, "une directive (« % » en début de ligne) est refusée", "supprimez cette ligne"))
        elif not isinstance(event, (StreamStartEvent, StreamEndEvent)):
            return event
    return None


def _permitted(event: Any, shown: str, depth: int) -> None:
    """Refuse what no fiche needs: anchors, aliases, tags, depth."""
    if isinstance(event, AliasEvent):
        raise Unreadable(_problem(event, shown, f"l'alias « *{event.anchor} » est refusé", "recopiez la valeur, ou entourez-la de guillemets si « * » fait partie du texte"))
    if event.anchor:
        raise Unreadable(_problem(event, shown, f"l'ancre « &{event.anchor} » est refusée", "recopiez la valeur, ou entourez-la de guillemets si « & » fait partie du texte"))
    if event.tag:
        raise Unreadable(_problem(event, shown, f"l'étiquette « {event.tag.replace('tag:yaml.org,2002:', '!!')} » est refusée",
                                  "supprimez le mot qui commence par « ! », ou entourez le texte de guillemets"))
    if depth >= MAX_DEPTH and isinstance(event, CollectionStartEvent):
        raise Unreadable(_problem(event, shown, f"plus de {MAX_DEPTH} niveaux emboîtés", "retirez des crochets ou des retraits : aucune fiche n'en demande autant"))


def _scalar(event: Any, document: Document) -> str:
    """The text of a scalar. Between double quotes, `\\u202e` writes a character that the bytes of the file do not show."""
    if event.anchor is not None or event.tag is not None:
        _permitted(event, document.file, 0)
    if not document.escapes:
        return event.value  # type: ignore[no-any-return]
    text = unicodedata.normalize("NFC", str(event.value))
    hidden = ESCAPED.search(text)
    if hidden:
        raise Unreadable(_problem(event, document.file, f"caractère invisible ou de contrôle (U+{ord(hidden[0]):04X}), écrit avec « \\ »",
                                  "effacez la barre oblique inverse et les signes qui la suivent"))
    return text


def _value(event: Any, events: Iterator[Any], document: Document, depth: int) -> Value:
    """The value that an event begins; `depth` counts the lists and mappings around it."""
    if event.__class__ is ScalarEvent:
        return _scalar(event, document)
    _permitted(event, document.file, depth)
    if event.__class__ is MappingStartEvent:
        return _mapping(events, document, depth + 1)
    items: list[Value] = []
    for item in events:
        if item.__class__ is SequenceEndEvent:
            break
        document.marks.append(item.start_mark)
        items.append(_value(item, events, document, depth + 1))
    return items


def _mapping(events: Iterator[Any], document: Document, depth: int) -> dict[str, Value]:
    result: dict[str, Value] = {}
    marks, plain = document.marks, not document.escapes
    start = len(marks)
    for key in events:
        if key.__class__ is MappingEndEvent:
            break
        if key.__class__ is not ScalarEvent:
            _permitted(key, document.file, depth)
            raise Unreadable(_problem(key, document.file, "le nom d'un champ doit être un mot simple", "écrivez « champ: valeur »"))
        name = key.value if plain and key.anchor is key.tag is None else _scalar(key, document)
        if name in result:
            first = marks[start + list(_paths(result)).index((name,))]
            _repeated(key, name, first.line + 1, document)
            end = len(marks)
            _value(next(events), events, document, depth)
            del marks[end:]
        else:
            marks.append(key.start_mark)
            value = next(events)
            result[name] = value.value if plain and value.__class__ is ScalarEvent and value.anchor is value.tag is None else _value(value, events, document, depth)
    return result


def _repeated(key: Any, name: str, first: int, document: Document) -> None:
    """A field written twice; a file where many are is not worth reading on."""
    document.problems.append(replace(
        _problem(key, document.file, f"le champ « {name} » est écrit deux fois (déjà ligne {first})", "gardez une seule des deux lignes"), field=name))
    if len(document.problems) >= MAX_REPEATS:
        raise Unreadable(_problem(key, document.file, f"plus de {MAX_REPEATS} champs sont écrits deux fois", "recopiez une fiche semblable et remplacez ses valeurs"))


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

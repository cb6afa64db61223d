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
from macros.syntax import Before, Place, Quoted, explained

MAX_BYTES = 200_000
"""A case is 3 to 20 kB; the largest reference file is under 150 kB."""
MAX_DEPTH = 8
MAX_REPEATS = 50

Path = tuple[str | int, ...]
Value = str | list["Value"] | dict[str, "Value"]

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

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
        raise _Stop(Problem(shown, 1, 1, "", f"fichier trop gros ({len(raw) // 1000} ko)",
                            f"restez sous {MAX_BYTES // 1000} ko : une fiche raconte un seul cas"))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise _Stop(Problem(shown, line, column, "", "le fichier n'est pas en UTF-8 : un caractère accentué est illisible",
                            "enregistrez-le de nouveau en choisissant l'encodage « UTF-8 »")) from None
    text = text.removeprefix("\ufeff")
    for pattern, message, remedy in CHARACTERS:
        found = pattern.search(text)
        if found:
            index = found.end() - 1
            line, column = _line_column(text, index)
            raise _Stop(Problem(shown, line, column, "", message.format(code=f"U+{ord(text[index]):04X}", before=_before(text, index)), remedy))
    return unicodedata.normalize("NFC", text)


def _before(text: str, index: int) -> str:
    """Where an invisible character hides: the words just before it on its line."""
    words = text[text.rfind("\n", 0, index) + 1: index].split()[-2:]
    return f", juste après « {' '.join(words)} »" if words else ", en début de ligne"


def _line_column(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _parse(text: str, shown: str) -> Document:
    document = Document(shown, escapes="\\" in text)
    try:
        events = iter(_checked(yaml.parse(text, Loader=LOADER), shown))
        first = next(events, None)
        if first is None:
            raise _Stop(Problem(shown, 1, 1, "", "le fichier est vide", "recopiez une fiche semblable et remplacez ses valeurs, ou supprimez le fichier"))
        if not isinstance(first, yaml.MappingStartEvent):
            raise _Stop(Problem(shown, 1, 1, "", "le fichier ne commence pas par des champs « nom: valeur »",
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
            raise _Stop(Problem(shown, line, column, "", f"l'étiquette « {event.tag.replace('tag:yaml.org,2002:', '!!')} » est refusée",
                                "supprimez le mot qui commence par « ! », ou entourez le texte de guillemets"))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _Stop(Problem(shown, line, column, "", f"plus de {MAX_DEPTH} niveaux emboîtés", "retirez des crochets ou des retraits : aucune fiche n'en demande autant"))
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
        raise _Stop(Problem(document.file, mark.line + 1, mark.column + 1, "", f"caractère invisible ou de contrôle (U+{ord(hidden[0]):04X}), écrit avec « \\ »",
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
            raise _Stop(Problem(document.file, line, column, "", "le nom d'un champ doit être un mot simple", "écrivez « champ: valeur »"))
        name = _scalar(key, document)
        here = (*path, name)
        if name in result:
            first = document.at(here)[0]
            document.problems.append(Problem(
                document.file, line, column, name, f"le champ « {name} » est écrit deux fois (déjà ligne {first})",
                "gardez une seule des deux lignes"))
            if len(document.problems) >= MAX_REPEATS:
                raise _Stop(Problem(document.file, line, column, "", f"plus de {MAX_REPEATS} champs sont écrits deux fois", "recopiez une fiche semblable et remplacez ses valeurs"))
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

"""Pages made from a mould: one page of a kind is drawn by the theme, the others are cast from it.

To draw a mould, the theme is given texts to come (`Coming`) in place of those of one page. It prints them, passes them through its
filters, asks whether they hold something: every text to come is remembered with how it is made, every question with its answer. A
page is cast by making these texts from its own values; it fits a mould only if it answers every question alike. So a page is the one
that the theme would have drawn, whatever the theme is, but for some hundredth of the time.
"""

from __future__ import annotations

import dataclasses
import operator
import re
from collections.abc import Callable, Hashable, Mapping
from functools import wraps
from typing import Any, NoReturn

OPENS, CLOSES = "\ue000", "\ue001"
"""Private signs around the number of a text to come: the data may not hold any."""
MARK = re.compile(f"{OPENS}([0-9]+){CLOSES}")

Texts = list[str]
Make = Callable[["Cast"], str]


class Unforeseen(Exception):
    """The theme does something with a text that cannot be put off."""


class Coming(str):
    """A text to come. It is its own mark, so that it can be printed anywhere."""

    drawing: Drawing
    number: int

    def __contains__(self, sign: object) -> bool:
        return self.drawing.ask(self.number, operator.contains, str(sign))

    def __bool__(self) -> bool:
        return self.drawing.ask(self.number, operator.truth)

    def __eq__(self, other: object) -> bool:
        return self.drawing.ask(self.number, operator.eq, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return str.__hash__(self)

    def __str__(self) -> str:
        return str.__str__(self)


def _unforeseen(name: str) -> Callable[..., NoReturn]:
    def refused(self: Coming, *args: object, **kwargs: object) -> NoReturn:
        raise Unforeseen(f"le thème demande « {name} » à un texte")

    return refused


for _name in (*(name for name in dir(str) if not name.startswith("_")), "__len__", "__iter__", "__getitem__", "__lt__", "__gt__", "__le__", "__ge__", "__mod__", "__mul__"):
    setattr(Coming, _name, _unforeseen(_name))


@dataclasses.dataclass
class Drawing:
    """A mould while the theme draws it, from the texts of one page."""

    sample: Texts
    makes: dict[int, Make] = dataclasses.field(default_factory=dict)
    """How each text to come is made, by its number; the first numbers are those of the values of the page."""
    questions: dict[tuple[int, Callable[..., bool], tuple[Any, ...]], bool] = dataclasses.field(default_factory=dict)
    """Text asked about, question, what else it is asked with → answer of the page that is drawn."""

    def __post_init__(self) -> None:
        self.cast = Cast(self.sample, self.makes)

    def coming(self, number: int) -> Coming:
        """The text of that number."""
        text = Coming(f"{OPENS}{number}{CLOSES}")
        text.drawing, text.number = self, number
        return text

    def later(self, make: Make) -> Coming:
        """A text that `make` makes from the others."""
        number = len(self.sample) + len(self.makes)
        self.makes[number] = make
        return self.coming(number)

    def ask(self, number: int, question: Callable[..., bool], *others: Any) -> bool:
        """The answer of the page that is drawn, kept as a condition."""
        answer = self.questions[number, question, others] = bool(question(self.cast.text(number), *others))
        return answer


class Cast:
    """The texts of one page, each made at most once."""

    def __init__(self, values: Texts, makes: Mapping[int, Make]) -> None:
        self.makes = makes
        self.made: dict[int, str] = dict(enumerate(values))

    def text(self, number: int) -> str:
        """A text to come, come."""
        found = self.made.get(number)
        if found is None:
            found = self.made[number] = self.makes[number](self)
        return found


def _filled(template: str) -> Make:
    """How a text that holds marks is made from what they stand for."""
    alone = MARK.fullmatch(template)
    if alone:
        number = int(alone[1])
        return lambda cast: cast.text(number)
    return lambda cast: MARK.sub(lambda mark: cast.text(int(mark[1])), template)


@dataclasses.dataclass(frozen=True)
class Mould:
    """What the theme drew, cut at each text to come."""

    pieces: list[str]
    """Text of the theme, place of a text to come, text of the theme…"""
    holes: list[tuple[int, int]]
    """Rank among the pieces, and number, of each text to come."""
    drawing: Drawing

    @classmethod
    def of(cls, html: str, drawing: Drawing) -> Mould:
        """What the theme printed, marks included → the mould."""
        pieces = MARK.split(html)
        return cls(pieces, [(rank, int(pieces[rank])) for rank in range(1, len(pieces), 2)], drawing)

    def cast(self, values: Texts) -> str | None:
        """The page that has these values, or nothing if it does not fit."""
        cast = Cast(values, self.drawing.makes)
        for (number, question, others), answer in self.drawing.questions.items():
            if question(cast.text(number), *others) is not answer:
                return None
        whole = self.pieces.copy()
        for rank, number in self.holes:
            whole[rank] = cast.text(number)
        return "".join(whole)


_drawn: list[Drawing] = []
"""The mould being drawn, if any."""


def listening(filters: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """The filters of a theme, which put off their work on texts to come."""
    return {name: _listening(made) for name, made in filters.items()}


def _listening(filter_: Callable[..., Any]) -> Callable[..., Any]:
    rank = 1 if hasattr(filter_, "jinja_pass_arg") else 0

    @wraps(filter_)
    def listening_filter(*args: Any, **kwargs: Any) -> Any:
        if not _drawn or len(args) <= rank or not isinstance(args[rank], str) or OPENS not in str.__str__(args[rank]):
            return filter_(*args, **kwargs)
        filled = _filled(str.__str__(args[rank]))
        return _drawn[-1].later(lambda cast: str(filter_(*args[:rank], filled(cast), *args[rank + 1:], **kwargs)))

    return listening_filter


def flat(value: Any) -> tuple[Texts, Hashable]:
    """The texts of a page, in order, and the shape they are in: pages of another shape want another mould."""
    texts: Texts = []
    return texts, _flat(value, texts)


def _flat(value: Any, texts: Texts) -> Hashable:
    if isinstance(value, str):
        texts.append(str(value))
        return str
    if isinstance(value, Mapping):
        return tuple((key, _flat(item, texts)) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return tuple([_flat(item, texts) for item in value])
    if dataclasses.is_dataclass(value):
        return tuple([_flat(getattr(value, field.name), texts) for field in dataclasses.fields(value)])
    return value  # type: ignore[no-any-return]


def draw(value: Any, theme: Callable[[Any], str]) -> Mould:
    """The mould for pages like this one: `theme` makes a whole page from its values."""
    drawing = Drawing(flat(value)[0])
    ranks = iter(range(len(drawing.sample)))
    _drawn.append(drawing)
    try:
        html = theme(_to_come(value, drawing, ranks))
    finally:
        _drawn.pop()
    return Mould.of(html, drawing)


def _to_come(value: Any, drawing: Drawing, ranks: Any) -> Any:
    if isinstance(value, str):
        return drawing.coming(next(ranks))
    if isinstance(value, Mapping):
        return {key: _to_come(item, drawing, ranks) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_to_come(item, drawing, ranks) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **{field.name: _to_come(getattr(value, field.name), drawing, ranks) for field in dataclasses.fields(value)})
    return value


class Foundry:
    """The moulds of a site, drawn as pages want them."""

    def __init__(self) -> None:
        self.moulds: dict[Hashable, list[Mould]] = {}
        self.refused: set[Hashable] = set()
        """Kinds of pages that the theme must draw one by one."""

    def page(self, kind: str, value: Any, theme: Callable[[Any], str]) -> str:
        """The page of that kind that has these values."""
        texts, shape = flat(value)
        known = self.moulds.setdefault((kind, shape), [])
        for mould in known:
            html = mould.cast(texts)
            if html is not None:
                return html
        if (kind, shape) not in self.refused:
            try:
                known.append(draw(value, theme))
                return known[-1].cast(texts) or theme(value)
            except Unforeseen:
                self.refused.add((kind, shape))
        return theme(value)

"""Typed values: text in, one small immutable value out, or a French sentence saying what is wrong.

YAML gives nothing but text (see `macros.reader`); these types give it a meaning.
"""

from __future__ import annotations

import datetime
import re
import sys
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


def refused(message: str, remedy: str) -> PydanticCustomError:
    """A refusal whose French message and remedy reach the contributor untouched."""
    return PydanticCustomError("refus", "{message}", {"message": message, "remede": remedy})


class Entite(BaseModel):
    """Base of every record: immutable, and closed to fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __getstate__(self) -> Any:
        """What is kept of a record: its fields, their values, and which of them were given."""
        return tuple(self.__dict__), tuple(self.__dict__.values()), _same(self.__pydantic_fields_set__)

    def __setstate__(self, state: Any) -> None:
        """A record read back, in two fifths of the memory that Pydantic would take: there are hundreds of thousands.

        Short texts and « which were given » are the same objects in all records; values added to the dictionary that each has already share its names.
        """
        names, values, given = state
        self.__dict__.update(zip(names, [sys.intern(value) if type(value) is str and len(value) < SHORT else value for value in values], strict=True))
        object.__setattr__(self, "__pydantic_fields_set__", _same(given))
        object.__setattr__(self, "__pydantic_extra__", None)
        object.__setattr__(self, "__pydantic_private__", None)


SHORT = 60
"""Below how many characters a text is likely to be met again: a date, a word of a list, an identifier."""
_seen: dict[frozenset[str], set[str]] = {}


def _same(names: set[str]) -> set[str]:
    """The set equal to this one that all records share: nobody changes it."""
    return _seen.setdefault(frozenset(names), names)


def _one_line(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    line = " ".join(value.split())
    if not line:
        raise refused("ce champ est vide", "écrivez une valeur, ou supprimez la ligne : la page dira « non précisé par les sources »")
    if line != value and "\n" in value.strip():
        raise refused("ce champ tient sur une seule ligne", "supprimez les retours à la ligne")
    return line


def _paragraphs(value: Any) -> Any:
    if isinstance(value, str):
        if not value.strip():
            raise refused("ce champ est vide", "écrivez une valeur, ou supprimez la ligne : la page dira « non précisé par les sources »")
        return value.strip()
    return value


Identifiant = Annotated[str, BeforeValidator(_one_line), StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""Lower-case words joined by hyphens: `plateforme-petite-enfance-35`."""
Court = Annotated[str, BeforeValidator(_one_line), StringConstraints(max_length=200)]
"""One line of plain text."""
Phrase200 = Annotated[str, BeforeValidator(_one_line), StringConstraints(max_length=400)]
"""One or two sentences of plain text."""
Long = Annotated[str, BeforeValidator(_paragraphs), StringConstraints(max_length=3000)]
"""Paragraphs, emphasis, lists and links."""
Adresse = Annotated[str, BeforeValidator(_one_line), StringConstraints(pattern=r"^https?://[^\s<>\"{}|\\^`]+$", max_length=500)]
"""A web address."""
CodeInsee = Annotated[str, BeforeValidator(_one_line), StringConstraints(pattern=r"^([0-9]{2}|2[AB])[0-9]{3}$")]
"""INSEE code of a commune, five characters: `01004`, `2A004`."""
CodeDepartement = Annotated[str, BeforeValidator(_one_line), StringConstraints(pattern=r"^(0[1-9]|[1-8][0-9]|9[0-5]|2[AB]|97[1-6])$")]
"""Code of a département: `01`, `2A`, `974`."""
CodeRegion = Annotated[str, BeforeValidator(_one_line), StringConstraints(pattern=r"^[0-9]{2}$")]
"""INSEE code of a région: `32`."""
Siren = Annotated[str, BeforeValidator(_one_line), StringConstraints(pattern=r"^[0-9]{9}$")]
"""SIREN of a grouping of communes, nine digits."""


def _boolean(value: Any) -> Any:
    if value in ("oui", "non"):
        return value == "oui"
    if isinstance(value, str):
        raise refused(f"« {value} » n'est ni « oui » ni « non »", "écrivez oui ou non")
    return value


Ouinon = Annotated[bool, BeforeValidator(_boolean)]
"""`oui` or `non`."""

NUMBER = re.compile(r"^(0|[1-9][0-9]{0,11})([.,][0-9]{1,4})?$")


def _number(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = value.strip()
    match = NUMBER.fullmatch(text)
    if match:
        return Decimal(text.replace(",", "."))
    digits = "".join(re.findall(r"[0-9]", text))
    remedy = "écrivez un nombre seul, en chiffres"
    if digits and re.fullmatch(r"[0-9]{1,3}([ \u00a0\u202f.][0-9]{3})+( ?(€|euros?))?|[0-9]+ ?(€|euros?)", text):
        remedy = f"écrivez un nombre seul : {digits.lstrip('0') or '0'} (l'unité est dite par le champ)"
    raise refused(f"« {value} » n'est pas un nombre", remedy)


Nombre = Annotated[Decimal, BeforeValidator(_number), Field(ge=0)]
"""A number in ASCII digits, with a decimal point or comma: `15000`, `4,7`."""


def _amount(value: Any) -> Any:
    try:
        return _number(value)
    except PydanticCustomError as error:
        context = error.context or {}
        remedy = str(context.get("remede", "")).replace("(l'unité est dite par le champ)", "(l'unité est l'euro)")
        raise refused(f"« {value} » n'est pas un montant", remedy.replace("en chiffres", "en euros, sans espace ni symbole")) from None


Montant = Annotated[Decimal, BeforeValidator(_amount), Field(ge=0)]
"""An amount in euros."""

MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
SEASONS = {"hiver": 1, "printemps": 4, "été": 7, "automne": 10}
DATES = "2024, 2024-05, 2024-05-13, 2021-T1, 2013-2016, « début 2021 », « printemps 2024 » ou « vers 2015 »"
"""Dates as one may write them."""
QUARTERS = ("premier", "deuxième", "troisième", "quatrième")
VAGUE = {"debut": 2, "fin": 11, "mi": 6, "vers": 6, "avant": 1, "apres": 12}
YEAR = r"(?:19|20)[0-9]{2}"

ACCENTS = re.compile("[\u0300-\u036f]+")


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Lower case without accents, for comparisons; those who give support are compared again and again."""
    lower = text.lower()
    return lower if lower.isascii() else ACCENTS.sub("", unicodedata.normalize("NFD", lower))


def _date_meant(text: str) -> str:
    """`21/11/2026`, « 21 novembre 2026 », « mai 2025 » as this site writes them, or an empty string."""
    numbers = re.fullmatch(rf"([0-3]?[0-9])[/.-]([01]?[0-9])[/.-]({YEAR})", text)
    words = re.fullmatch(rf"(?:([0-3]?[0-9])(?:er)? )?({'|'.join(MONTHS)}) ({YEAR})", text.lower())
    if numbers:
        return f"{numbers[3]}-{int(numbers[2]):02d}-{int(numbers[1]):02d}"
    if words:
        return f"{words[3]}-{MONTHS.index(words[2]) + 1:02d}" + (f"-{int(words[1]):02d}" if words[1] else "")
    years = set(re.findall(rf"(?<![0-9]){YEAR}(?![0-9])", text))
    if len(years) == 1:
        year = years.pop()
        return f"{year}, {year}-05, « début {year} » ou « vers {year} »"
    return ""


def _exists(day: str) -> bool:
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class DateTexte:
    """A date as precise as its source: `2009`, `2018-12`, `2025-10-22`, `2021-T1`, « début 2021 », « vers 2012-2013 »."""

    texte: str
    """As written in the YAML."""
    cle: str
    """Sort key, `YYYY-MM-DD`; the middle of the period when the date is vague."""

    PATTERN: ClassVar[str] = (
        rf"^({YEAR}|{YEAR}-(0[1-9]|1[0-2])|{YEAR}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])|{YEAR}-T[1-4]|{YEAR}-{YEAR}"
        rf"|(vers|début|fin|mi|avant|après|printemps|été|automne|hiver) {YEAR}(-{YEAR})?)$"
    )

    @classmethod
    def parse(cls, value: Any) -> DateTexte:
        """Text → date; refuses what it cannot place in time."""
        if isinstance(value, DateTexte):
            return value
        if not isinstance(value, str):
            raise refused("une date est attendue", "écrivez par exemple 2024, 2024-05, 2021-T1 ou « début 2021 »")
        return cls._of(" ".join(value.split()))

    @classmethod
    @lru_cache(maxsize=10_000)
    def _of(cls, text: str) -> DateTexte:
        """The date that a text writes: the same few hundred come again and again."""
        if not re.fullmatch(cls.PATTERN, text):
            meant = _date_meant(text) or DATES
            raise refused(f"« {text} » n'est pas une date", f"écrivez {meant}")
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and not _exists(text):
            raise refused(f"le jour « {text} » n'existe pas", "vérifiez le jour et le mois : année-mois-jour")
        return cls(text, cls._key(text))

    @staticmethod
    def _key(text: str) -> str:
        year = re.findall(YEAR, text)[0]
        exact = re.fullmatch(rf"{YEAR}-([0-9]{{2}})(?:-([0-9]{{2}}))?", text)
        if exact:
            return f"{year}-{exact[1]}-{exact[2] or '01'}"
        quarter = re.fullmatch(rf"{YEAR}-T([1-4])", text)
        if quarter:
            return f"{year}-{int(quarter[1]) * 3 - 2:02d}-01"
        if re.fullmatch(YEAR, text):
            return f"{year}-06-15"
        word = plain(text.split(" ")[0])
        month = VAGUE.get(word) or SEASONS.get(text.split(" ")[0], 1)
        return f"{year}-{month:02d}-01"

    @property
    def annee(self) -> int:
        """The (first) year."""
        return int(re.findall(YEAR, self.texte)[0])

    @property
    def lisible(self) -> str:
        """In words: « mai 2024 », « premier trimestre 2021 »."""
        exact = re.fullmatch(rf"({YEAR})-([0-9]{{2}})(?:-([0-9]{{2}}))?", self.texte)
        if exact:
            day = f"{'1er' if int(exact[3]) == 1 else int(exact[3])} " if exact[3] else ""
            return f"{day}{MONTHS[int(exact[2]) - 1]} {exact[1]}"
        quarter = re.fullmatch(rf"({YEAR})-T([1-4])", self.texte)
        if quarter:
            return f"{QUARTERS[int(quarter[2]) - 1]} trimestre {quarter[1]}"
        return re.sub(rf"({YEAR})-({YEAR})", r"\1 à \2" if self.texte[0].isdigit() else r"\1-\2", self.texte).replace("mi ", "mi-")

    def __str__(self) -> str:
        return self.texte

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.parse, serialization=core_schema.to_string_ser_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "pattern": cls.PATTERN}

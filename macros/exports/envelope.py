"""What wraps every file of data: version, licence, date, permanent address. And how records become plain JSON values."""

from __future__ import annotations

import datetime
import os
from collections.abc import Collection
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_json

from macros.catalogue import Catalogue
from macros.filing import put
from macros.model.values import DateTexte

VERSION = "1.0.0"
"""Version of the shape of the data: the first number changes when a program that reads them could break."""
LICENCE = "Licence Ouverte 2.0 (etalab-2.0)"
LICENCE_URL = "https://spdx.org/licenses/etalab-2.0.html"
LICENCE_CODE = "etalab-2.0"
API = "api/v1/"


def day(catalogue: Catalogue) -> str:
    """Date of the data, `YYYY-MM-DD`: `SOURCE_DATE_EPOCH` when it is set, else the newest date written in the fiches or the ledger.

    Never the clock: the same data give the same files, byte for byte.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat()
    return catalogue.dernier_jour


def instant(date: str) -> str:
    """A day as Atom and JSON write an instant."""
    return f"{date}T00:00:00Z"


def wrapped(catalogue: Catalogue, address: str, content: Any, **more: Any) -> dict[str, Any]:
    """`donnees` with what a reuser must know. `address` is the permanent page, relative to the site root."""
    return {"version": VERSION, "licence": LICENCE, "genere_le": instant(day(catalogue)), "adresse": catalogue.adresse + address, **more, "donnees": content}


def plain(value: Any) -> Any:
    """A value of the model as JSON: every field, the empty ones too; numbers as numbers, dates as they are written."""
    if isinstance(value, BaseModel):  # whose fields are nearly all texts, or empty: one call each would take half the time
        return {name: inner if (inner := getattr(value, name)) is None or isinstance(inner, str) else plain(inner) for name in fields_of(type(value))}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, DateTexte):
        return value.texte
    return value


@cache
def fields_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The names of the fields of a class, in their order."""
    return tuple(model.model_fields)


def write_text(path: Path | str, text: str) -> None:
    """Write a file and the folders it needs."""
    put(path, text.encode())


def json_bytes(content: Any) -> bytes:
    """Readable JSON, always the same for the same content."""
    return to_json(content, indent=1)


def wrapped_bytes(catalogue: Catalogue, address: str, content: bytes | Collection[bytes], **more: Any) -> bytes:
    """What `wrapped` says, as `json_bytes` writes it, of a content that is already so, or a list of them. A list may weigh hundreds of megabytes: it is copied once."""
    around = json_bytes(wrapped(catalogue, address, None, **more)).removesuffix(b"null\n}")
    if isinstance(content, bytes):
        return b"".join([around, content.replace(b"\n", b"\n "), b"\n}\n"])
    items = b",\n  ".join(item.replace(b"\n", b"\n  ") for item in content)
    return b"".join([around, b"[\n  ", items, b"\n ]\n}\n"]) if content else around + b"[]\n}\n"


def write_json(path: Path | str, content: Any) -> None:
    """Write readable JSON."""
    put(path, json_bytes(content) + b"\n")

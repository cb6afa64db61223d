"""Plain data and a layout → PDF or PNG, by Typst. What cannot be set well is not set at all.

The only fonts are those of three npm packages, one of them for the pictures that people type (🏠); PDF/UA-1 makes Typst itself refuse a document that is not accessible, or that
holds a character without glyph. A warning is a refusal too: a missing font is one.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent.parent / "node_modules" / "@expo-google-fonts"
FACES = {"source-sans-3": ("400Regular", "400Regular_Italic", "600SemiBold", "600SemiBold_Italic"), "source-serif-4": ("600SemiBold",), "noto-emoji": ("400Regular",)}
"""Package → folders of the styles in use."""


@dataclass(frozen=True)
class Printed:
    """A finished PDF."""

    content: bytes

    @property
    def pages(self) -> int:
        """How many pages it has."""
        found = re.search(rb"/Type/Pages/Count (\d+)", self.content)
        return int(found[1]) if found else 0


def set_pdf(layout: str, data: dict[str, Any], name: str, timestamp: int) -> Printed:
    """An accessible PDF dated `timestamp`; `name` is the file to blame if it cannot be set."""
    return Printed(_set(layout, data, name, format="pdf", pdf_standards=["ua-1"], timestamp=timestamp))


def set_png(layout: str, data: dict[str, Any], name: str) -> bytes:
    """A picture, one pixel per point, once its text is known to have all its glyphs."""
    set_pdf(layout, data, name, 0)
    return _set(layout, data, name, format="png", ppi=72)


def _set(layout: str, data: dict[str, Any], name: str, **options: Any) -> bytes:
    try:
        compiler, file = _compiler(layout, os.getpid())
        try:
            with open(file, "x", encoding="utf-8") as written:
                written.write(json.dumps(data, ensure_ascii=False))  # three times as fast as `json.dump`, which encodes in Python
            made, warnings = compiler.compile_with_warnings(**options)
        finally:
            file.unlink(missing_ok=True)
    except typst.TypstError as error:
        raise _refused(name, error.message) from None
    if warnings:
        raise _refused(name, warnings[0].message)
    if isinstance(made, list):  # a card whose text runs over: its first page is the card
        made = made[0]
    assert isinstance(made, bytes)
    return made


def _refused(name: str, message: str) -> Exception:
    from macros.outputs import OutputError  # outputs.py imports this package

    glyph = re.search(r'the text `"(.+?)"` could not be displayed', message)
    font = re.search(r"unknown font family: (.+)", message)
    if glyph:
        return OutputError(f"{name} : « {glyph[1]} » manque dans les polices du PDF ; écrivez-le autrement.")
    if font:
        return OutputError(f"{name} : le PDF demande la police « {font[1]} », qui n'est pas installée ; lancez « make build ».")
    return OutputError(f"{name} : le PDF n'a pas pu être composé ({message}).")


def font_files() -> list[Path]:
    """The files of the fonts, in a stable order; none where they are not installed."""
    return sorted(path for family, faces in FACES.items() for face in faces for path in (FONTS / family / face).glob("*.ttf"))


@lru_cache(maxsize=8)
def _compiler(layout: str, process: int) -> tuple[typst.Compiler, Path]:
    """What sets a layout, and the file it reads its data from.

    A file of this process alone, there for the time of a compilation, rather than an input of it: Typst makes its whole library anew whenever an input changes.
    """
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=sorted({path.parent for path in font_files()}))
    file = Path(tempfile.gettempdir()).resolve() / f"pdf-{process}-{secrets.token_hex(8)}.json"
    return typst.Compiler(HERE / f"{layout}.typ", root=HERE.anchor, font_paths=fonts, ignore_system_fonts=True, sys_inputs={"data": file.as_posix()}), file

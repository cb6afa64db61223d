"""The PDF that stands where the PDF of a fiche was, once the fiche is withdrawn or split."""

from __future__ import annotations

import datetime
import json
from functools import lru_cache
from pathlib import Path

import typst

LAYOUT = Path(__file__).resolve().parent / "avis.typ"


def pdf(title: str, said: str, links: list[tuple[str, str]], date: str) -> bytes:
    """An accessible page of A4. `links`: addresses and names; `date` stands in the file, so that it never depends on the clock."""
    data = {"titre": title, "texte": said, "suites": [{"adresse": address, "nom": name} for address, name in links]}
    made = _compiler().compile(
        format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, pdf_standards=["ua-1"],
        timestamp=int(datetime.datetime.fromisoformat(f"{date}T00:00:00+00:00").timestamp()))
    assert isinstance(made, bytes)  # one document, one file
    return made


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    return typst.Compiler(LAYOUT, root=LAYOUT.parent, font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True), ignore_system_fonts=True)

"""The whole site in one document: levers with their cases, modes compared, landmarks, words, sources."""

from __future__ import annotations

import math
import re
from typing import Any

from macros.catalogue import Catalogue
from macros.explorer.lists import beginning, is_split
from macros.model.references import Mode
from macros.print import parts
from macros.print.balance import Sheet, height, measured, spread
from macros.print.case import case_content
from macros.print.lever import lever_content
from macros.print.marks import Marks
from macros.print.qr import vector
from macros.print.text import Block, bullets, paragraph, run, unknown
from macros.rendering import number, plural
from macros.typography import french

MODE_LINES = (("definition", "Ce que c'est"), ("initiative", "Qui est à l'origine"), ("securise", "Ce qu'il sécurise"), ("temps", "Temps et procédure"),
              ("vigilance", "À surveiller"))
"""Field of a mode → the column it fills."""

Row = list[list[Block]]
"""The cells of a line of the table of modes."""
ACROSS = 150
"""Letters on a line over the whole width of a sheet on its side, the white of its columns taken off."""
SHORT = 46
"""Lines, counted largely, under which a row is kept on one page: cut, its end would stand beside no name."""
APART = "Les cas sont trop nombreux pour un seul document : chacun a sa fiche à imprimer, sur sa page du site."
"""What the cover says when the collection holds no case."""


def collection(catalogue: Catalogue) -> dict[str, Any]:
    """Everything the layout of the collection needs. Notes are numbered once for the whole document."""
    marks = Marks(catalogue, catalogue.adresse, collected=True)
    settings = catalogue.reglages
    written = max((case.redige_le for case in catalogue.cas.values()), key=lambda date: date.cle, default=None)
    found = {
        "density": "dense", "title": french(f"{settings.nom} : le recueil"), "name": french(settings.nom), "motto": french(settings.devise),
        "summary": french(settings.description), "written": french(f"Recueil du {written.lisible}") if written else "", "licence": parts.LICENCE,
        "counts": french(f"{plural(len(catalogue.leviers), 'levier')}, {plural(len(catalogue.cas), 'cas', 'cas')}, {plural(len(catalogue.modes), 'mode')} de soutien comparés"),
        "apart": french(APART) if is_split(catalogue) else "", "address": catalogue.adresse, "qr": vector(catalogue.adresse),
        "chapters": chapters(marks), "modes": modes(marks), "caution": parts.caution(catalogue), "landmarks": landmarks(marks), "words": words(marks),
    }
    found["sources"] = parts.sources(marks, addresses=True)
    return found


def chapters(marks: Marks) -> list[dict[str, Any]]:
    """Each lever with the cases first attached to it, then the cases attached to none. Beyond what one document can hold, each case has its own and nothing more."""
    catalogue = marks.catalogue
    rest = [] if is_split(catalogue) else list(catalogue.cas_en_ordre)
    found: list[dict[str, Any]] = []
    for key in catalogue.leviers_en_ordre:
        own = [case for case in catalogue.cas_par_levier[key] if case in rest and catalogue.cas[case].leviers[0].levier == key]
        rest = [case for case in rest if case not in own]
        found.append({"title": "", "lever": _placed(lever_content(marks, key, parts.RULE)), "cases": [_placed(case_content(marks, case)) for case in own]})
    if rest:
        found.append({"title": "Cas rattachés à aucun levier", "lever": None, "cases": [_placed(case_content(marks, case)) for case in rest]})
    return found


def _placed(sheet: Sheet) -> Sheet:
    return {**sheet, "sections": spread(sheet, measured(sheet))[0]}


def modes(marks: Marks) -> dict[str, Any]:
    """The modes, on the same lines."""
    catalogue = marks.catalogue
    rows = []
    for key, mode in sorted(catalogue.modes.items(), key=lambda item: item[1].rang):
        every = catalogue.cas_par_mode[key]
        cases = [run(catalogue.cas[case].nom or catalogue.lieu_court(case), u=parts.link(catalogue, "cas", case)) for case in beginning(every)]
        if len(cases) < len(every):
            cases.append(run(f"Les {number(len(every))} cas sur le site", u=f"{catalogue.adresse}cas/?mode={key}"))
        rows.append([[paragraph(run(mode.nom, b=True, u=parts.link(catalogue, "modes", key)))], *(_said(marks, mode, name) for name, _ in MODE_LINES),
                     [paragraph(case) for case in cases] or [paragraph(unknown("aucun cas"))]])
    head = ["Mode", *(french(title) for _, title in MODE_LINES), french("Qui l'a fait")]
    widths = _widths(rows)
    return {"head": head, "widths": widths, "rows": [{"cells": row, "whole": _lines(row, widths) < SHORT} for row in rows]}


def _widths(rows: list[Row]) -> list[int]:
    """The part of the width that each column deserves by the length of its text; the square root keeps the short ones readable.

    None is narrower than its longest word.
    """
    texts = [[_text(block) for row in rows for block in row[column]] for column in range(len(rows[0]))]
    roots = [sum(map(len, column)) ** 0.5 for column in texts]
    longest = [max(len(word) for text in column for word in re.split(r"[\s-]", text)) for column in texts]
    return [max(math.ceil(0.8 * letters), round(100 * root / sum(roots))) for letters, root in zip(longest, roots, strict=True)]


def _lines(row: Row, widths: list[int]) -> float:
    """About how many lines a row takes, its longest cell counted largely."""
    return max(height({"title": "", "style": "plain", "blocks": cell}, ACROSS * width // sum(widths)) for cell, width in zip(row, widths, strict=True))


def _text(block: Block) -> str:
    return "".join(part.get("t", "") for part in block.get("r", ()))


def _said(marks: Marks, mode: Mode, name: str) -> list[Block]:
    return parts.phrases(marks, getattr(mode, name)) or [paragraph(unknown("non documenté par les sources"))]


def landmarks(marks: Marks) -> list[dict[str, Any]]:
    """Every legal landmark in full, by theme."""
    catalogue = marks.catalogue
    found = []
    for theme, word in catalogue.vocabulaires["themes_de_reperes"].items():
        items = [[parts.landmark(marks, mark)] for mark in catalogue.reperes.values() if mark.theme == theme]
        if items:
            found.append({"title": french(word.nom), "blocks": [bullets(items)]})
    return found


def words(marks: Marks) -> list[dict[str, Any]]:
    """The glossary."""
    return [{"word": french(f"{word.sigle} – {word.terme}" if word.sigle else word.terme), "blocks": parts.phrases(marks, word.definition)}
            for _, word in marks.catalogue.termes_en_ordre]


"""How a fiche fills its sheets: which parts stand in the narrow column, how tightly it is set.

Worked out from the length of the text, not measured in the layout, which would double its time. The constants were fitted on
the heights Typst gives to the parts of all the fiches; a document that still runs over its sheets is tried again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

from macros.print.text import Block, Run

Sheet = dict[str, Any]
"""What a layout of fiche receives: see `case.case_sheet` and `lever.lever_sheet`."""

Heights = tuple[list[tuple[float, float]], float]
"""See `measured`."""

WIDE, NARROW = 86, 38
"""Characters on a line of each column, at body size."""
TITLE, HEADING, GAP = 1.8, 1.6, 0.2
"""Height of a title with its white, of a smaller one, of the white between paragraphs, in lines."""
FRAME = (3, 1.2)
"""What a frame takes: characters on each line, lines."""
HEAD, END, PAGE = 11.5, 0.7, 63
"""Height of the head of a fiche, of a line of its sources, of a page, in lines."""
STRETCHES = {"airy": 1.32, "normal": 1.07, "dense": 0.92, "tight": 0.89}
"""What each way of setting makes of a height, the most at ease first."""
NUDGES = (8, -8)
"""Lines by which the columns are divided otherwise when a first division runs over."""


def arrangements(sheet: Sheet, hope: float) -> Iterator[tuple[int, Sheet]]:
    """Ways of setting a fiche, each with the pages it should take, the best first.

    `hope`: lines that it may take less than expected, when one page fewer is at stake; if negative, lines that it may take more.
    """
    heights = measured(sheet)
    parts, lines = spread(sheet, heights)
    end = END * sum(1 + 0.45 * sum(_lines(item["r"], 66) for item in group["items"]) for group in sheet["sources"])
    expected = {name: HEAD + lines * stretch + end - min(hope, 0) for name, stretch in STRETCHES.items()}
    tightest = list(STRETCHES)[-1]
    pages = math.ceil(expected[tightest] / PAGE)
    for nudge in (0, *NUDGES):
        otherwise, longest = spread(sheet, heights, nudge) if nudge else (parts, lines)
        if HEAD + longest * STRETCHES[tightest] + end - hope <= PAGE * (pages - 1):
            yield pages - 1, {**sheet, "sections": otherwise, "density": tightest}
    for more in (0, 1):  # one that runs over after all has room to be at ease
        for name in STRETCHES:
            if expected[name] <= PAGE * (pages + more):
                yield pages + more, {**sheet, "sections": parts, "density": name}


def measured(sheet: Sheet) -> Heights:
    """The height of each part in the wide column and in the narrow one, then of what opens the narrow one."""
    return [(height(part, WIDE), height(part, NARROW)) for part in sheet["sections"]], _opening(sheet)


def spread(sheet: Sheet, heights: Heights, nudge: int = 0) -> tuple[list[dict[str, Any]], float]:
    """Each `free` part turned into `main` or `side`, so that both columns end as soon as they can.

    `nudge`: lines by which the narrow column is deemed longer. Also gives the height of the longer column, in lines.
    """
    parts, opening = [(part, *known) for part, known in zip(sheet["sections"], heights[0], strict=True)], heights[1]
    main = sum(wide for part, wide, _ in parts if part["place"] != "side")
    side = nudge + opening + sum(narrow for part, _, narrow in parts if part["place"] == "side")
    choices: list[tuple[float, float, frozenset[str]]] = [(main, side, frozenset())]
    for part, saved, added in parts:
        if part["place"] == "free":
            choices += [(main - saved, side + added, moved | {part["id"]}) for main, side, moved in choices]
    main, side, moved = min(choices, key=lambda choice: (max(choice[:2]), sorted(choice[2])))
    placed = [{**part, "place": "side" if part["place"] == "side" or part["id"] in moved else "main"} for part, _, _ in parts]
    return placed, max(main, side - nudge)


def height(part: dict[str, Any], width: int) -> float:
    """Lines that a titled part takes in a column of `width` characters."""
    inner, frame = (width, 0.0) if part["style"] == "plain" else (width - FRAME[0], FRAME[1])
    return frame + TITLE * _lines([{"t": part["title"]}], int(inner * 0.75)) + sum(_block(block, inner) for block in part["blocks"])


def _opening(sheet: Sheet) -> float:
    """What the identity card and the steps take at the head of the narrow column."""
    card = [{"k": "p", "r": [{"t": label}, *value]} for label, values in sheet.get("identity", ()) for value in values]
    steps = [{"k": "p", "r": [{"t": f"{step['date']} "}, *step["said"]]} for step in sheet.get("steps", ())]
    return sum(height({"title": "", "style": "framed", "blocks": content}, NARROW) for content in (card, steps) if content)


def _block(block: Block, width: int) -> float:
    kind = block["k"]
    if kind in ("ul", "ol"):
        return sum(sum(_block(inner, width - 3) for inner in item) for item in block["i"])
    if kind == "facts":
        return sum(max(_lines([row["verb"]], 17), sum(_block(inner, width - 20) for inner in row["said"])) for row in block["rows"])
    if kind == "table":
        total = sum(block["widths"])
        return 1.5 + sum(0.4 + max(sum(_block(inner, int(width * share / total) - 2) for inner in cell) for cell, share in zip(row, block["widths"], strict=True))
                         for row in block["rows"])
    if kind == "values":
        return sum(3 + _lines(value["said"], width // 2 - 6) for value in block["v"][::2])
    if kind == "quote":
        return sum(_block(inner, width - 3) for inner in block["b"]) + _lines(block["by"], width - 3)
    if kind == "figure":
        return _lines([{"t": block["value"] + " "}, *block["r"]], width) + GAP
    return HEADING if kind == "h" else _lines(block["r"], width) + GAP


def _lines(runs: Iterable[Run], width: int) -> int:
    length = sum(len(run.get("t", "")) + 2 * ("n" in run) for run in runs)
    return max(1, -(-length // width))

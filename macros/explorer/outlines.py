"""From the outlines of the drawing to short SVG paths, and to the point where a number is best read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import hypot, inf

Point = tuple[float, float]
Ring = list[Point]

TOLERANCE = 1.0
"""How far from the true line a simplified one may pass, in units of the drawing: about a pixel on a wide screen."""
GRID = 16
"""Points tried on each side when looking for where to write."""


@dataclass(frozen=True)
class Contour:
    """The outline of a département."""

    trace: str
    """Attribute `d` of a path."""
    bord: tuple[Point, ...]
    """Its largest ring."""

    @cached_property
    def milieu(self) -> Point:
        """Where to write on it."""
        x, y = _middle(list(self.bord))
        return round(x, 1), round(y, 1)


def rings(path: str) -> list[list[Ring]]:
    """The rings of a path that only holds relative moves and lines; each ring as the arcs between its junctions.

    The drawing marks with a null step each point where three départements meet: simplified arc by arc, neighbours keep the same border.
    """
    found: list[list[Ring]] = []
    x = y = 0.0
    for part in re.findall(r"m([^mz]+)z", path):
        start: Point | None = None
        arcs: list[Ring] = []
        for dx, dy in re.findall(r"(-?[\d.]+(?:e-?\d+)?),(-?[\d.]+(?:e-?\d+)?)", part):
            step = (float(dx), float(dy))
            x, y = x + step[0], y + step[1]
            if start is None:
                start = (x, y)
                arcs.append([start])
            elif step == (0.0, 0.0):
                arcs.append([(x, y)])
            else:
                arcs[-1].append((x, y))
        if start:
            arcs[-1].append(start)
            x, y = start
        found.append(arcs)
    return found


def outline(arcs_of_rings: list[list[Ring]]) -> Contour:
    """Rings cut in arcs → the outline, simplified."""
    lines = [[point for arc in arcs for point in _simplified(arc)] for arcs in arcs_of_rings]
    largest = max(lines, key=lambda line: abs(_area(line)))
    return Contour("".join(map(_trace, lines)), tuple(largest))


def _simplified(line: Ring) -> Ring:
    """The line with the points that matter: Douglas and Peucker's method."""
    if len(line) < 3:
        return line
    far = max(range(1, len(line) - 1), key=lambda index: _gap(line[index], line[0], line[-1]))
    if _gap(line[far], line[0], line[-1]) <= TOLERANCE:
        return [line[0], line[-1]]
    return _simplified(line[: far + 1])[:-1] + _simplified(line[far:])


def _trace(line: Ring) -> str:
    """A closed path, in steps of a tenth."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in line]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(tenths) if (ax, ay) != (bx, by)]
    if len(steps) < 3:  # an islet smaller than the tolerance
        return ""
    written = " ".join(f"{dx / 10:g} {dy / 10:g}" for dx, dy in steps)
    return f"M{tenths[0][0] / 10:g} {tenths[0][1] / 10:g}l{written}z".replace(" -", "-")


def _area(line: Ring) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in _sides(line)) / 2


def _middle(line: Ring) -> Point:
    """The point of a ring farthest from its border, among a grid: where a number is best read."""
    xs, ys = [x for x, _ in line], [y for _, y in line]
    across, down = (max(xs) - min(xs)) / GRID, (max(ys) - min(ys)) / GRID
    grid = [(min(xs) + across * (column + 0.5), min(ys) + down * (row + 0.5)) for row in range(GRID) for column in range(GRID)]
    heart = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    grid.sort(key=lambda point: (point[0] - heart[0]) ** 2 + (point[1] - heart[1]) ** 2)  # the best is seldom far from the heart: found early, it spares most of the others
    sides = [(ax, ay, bx - ax, by - ay, (bx - ax) ** 2 + (by - ay) ** 2) for (ax, ay), (bx, by) in _sides(line) if (ax, ay) != (bx, by)]
    best, farthest = grid[0], -1.0
    for point in grid:
        if (room := _room(point, sides, farthest)) > farthest and _inside(point, line):
            best, farthest = point, room
    return best


Side = tuple[float, float, float, float, float]
"""Where a side begins, what it adds to reach its end, the square of its length."""


def _room(point: Point, sides: list[Side], enough: float) -> float:
    """Square of the distance to the nearest side, or to the first one found nearer than `enough`; that one is put first: it is likely to be too near of the next point."""
    px, py = point
    least = inf
    for rank, (ax, ay, dx, dy, length) in enumerate(sides):
        x, y = px - ax, py - ay
        along = (x * dx + y * dy) / length
        if along > 0.0:
            if along > 1.0:
                along = 1.0
            x, y = x - along * dx, y - along * dy
        gap = x * x + y * y
        if gap < least:
            if gap <= enough:
                sides.insert(0, sides.pop(rank))
                return gap
            least = gap
    return least


def _sides(line: Ring) -> list[tuple[Point, Point]]:
    return list(zip(line, [*line[1:], line[0]], strict=True))


def _inside(point: Point, line: Ring) -> bool:
    """Whether a half-line from the point crosses the border an odd number of times."""
    x, y = point
    return sum((ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay) for (ax, ay), (bx, by) in _sides(line)) % 2 == 1


def _gap(point: Point, a: Point, b: Point) -> float:
    """Distance from a point to a segment."""
    length = (b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2
    along = max(0.0, min(1.0, ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length)) if length else 0.0
    return hypot(point[0] - a[0] - along * (b[0] - a[0]), point[1] - a[1] - along * (b[1] - a[1]))

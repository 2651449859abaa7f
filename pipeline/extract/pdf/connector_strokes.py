"""The strokes that connectors and rulings are drawn with, and how they meet."""

from itertools import pairwise

import numpy as np
from msgspec import Struct

from pipeline.extract.pdf.content.display_list import Color, Point
from pipeline.extract.pdf.glyphs import Floats

# In points.
MEET = 1.5  # judgement: pens are up to 1.5 wide
LONG = 20.0  # judgement: rulings and borders are longer than brackets around a word
DASH = 6.0  # judgement: dashes and the gaps between them are shorter

Piece = tuple[Point, Point]
"""A straight piece of a stroke, or the side of a box."""


class Stroke(Struct, frozen=True):
    """A drawn line, or several that follow each other."""

    shape: int
    points: tuple[Point, ...]
    color: Color

    @property
    def ends(self) -> tuple[Point, Point]:
        """Where it begins and ends."""
        return self.points[0], self.points[-1]

    @property
    def length(self) -> float:
        """From end to end along it, in points."""
        return sum(_distance(a, b) for a, b in pairwise(self.points))


def measure_gaps(points: Floats, lines: Floats) -> Floats:
    """The distance of each point (rows) from each line between two points (columns)."""
    starts, steps = lines[:, :2], lines[:, 2:] - lines[:, :2]
    lengths = np.maximum((steps**2).sum(axis=1), MEET**2)
    away = points[:, None, :] - starts
    shares = np.clip((away * steps).sum(axis=2) / lengths, 0.0, 1.0)
    found: Floats = np.hypot(*np.moveaxis(away - shares[..., None] * steps, 2, 0))
    return found


def is_stopped(end: Point, stroke: Stroke, borders: Floats) -> bool:
    """Whether a border crosses a stroke at its end; one along the words runs beside it."""
    (a, b), (c, d) = min(pairwise(stroke.points), key=lambda piece: _nearest(end, piece))
    steps = borders[:, 2:] - borders[:, :2]
    across = np.abs(steps[:, 0] * (d - b) - steps[:, 1] * (c - a))
    stops = borders[across > MEET * np.hypot(c - a, d - b)]
    return bool(measure_gaps(np.array([end]), stops).min(initial=LONG) <= MEET)


def _nearest(point: Point, piece: Piece) -> float:
    return min(_distance(point, end) for end in piece)


def goes_on(end: Point, one: Stroke, other: Stroke) -> bool:
    """Whether another stroke of one pen goes on where one ends; dashes have gaps between them."""
    gap = _nearest(end, other.ends)
    if one.color != other.color:
        return False  # a ruling may end where a connector passes
    if gap > _nearest(max(one.ends, key=lambda own: _distance(own, end)), other.ends):
        return False  # it joins the stroke at its other end
    is_dash = gap <= DASH and max(one.length, other.length) <= DASH
    return gap <= MEET or (is_dash and _is_in_line(one, other))


def are_column_sides(one: Stroke, other: Stroke) -> bool:
    """Whether two strokes stand side by side, as long as each other, as the sides of columns do."""
    (x, _), (a, _) = one.ends
    first, last = np.array(sorted(other.ends)) - np.array(sorted(one.ends))
    alike = abs(a - x) <= MEET and bool(np.abs(first - last).max() <= MEET)
    return alike and min(one.length, other.length) >= LONG


def _is_in_line(one: Stroke, other: Stroke) -> bool:
    """Whether a dash lies in the direction of another."""
    (a, b), (c, d) = one.ends
    length = one.length or 1.0
    offs = [abs((c - a) * (y - b) - (d - b) * (x - a)) / length for x, y in other.ends]
    return max(offs) <= MEET


def _distance(one: Point, other: Point) -> float:
    return float(np.hypot(one[0] - other[0], one[1] - other[1]))

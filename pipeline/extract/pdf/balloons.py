"""Reviewers' comments that a word processor prints in the margin, and their connectors.

A balloon is a box with text; a connector leads from it over the table's side to the words that the
comment is about, where it just ends. Both look like rulings, and would draw columns of their own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from pipeline.extract.pdf.content import PaintedGlyphs, Painting, Rect
from pipeline.extract.pdf.content.display_list import Point
from pipeline.extract.pdf.content.graphics_state import bounding_rect
from pipeline.extract.pdf.glyphs import Flags

# Points. All are judgement.
_WIDE, _HIGH = 30.0, 8.0  # judgement: a balloon holds a few characters
_TOUCH = 3.0  # judgement: a dashed connector may end with a gap
_MEET = 1.5  # judgement: pens are up to 1.5 wide
_LONG = 20.0  # judgement: rulings and borders are longer than brackets around a word
_DASH = 6.0  # judgement: dashes and the gaps between them are shorter
_LEAST_GLYPHS = 2  # judgement: a box around one character is a mark

_Line = tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class _Area:
    """A closed shape that is as large as a balloon."""

    shape: int
    box: Rect
    outlined: bool

    @property
    def sides(self) -> Iterator[_Line]:
        x0, y0, x1, y1 = self.box
        yield from pairwise(((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)))


@dataclass(frozen=True, slots=True)
class _Stroke:
    """A drawn line, or several that follow each other."""

    shape: int
    points: tuple[Point, ...]

    @property
    def ends(self) -> tuple[Point, Point]:
        return self.points[0], self.points[-1]

    @property
    def length(self) -> float:
        return sum(_distance(a, b) for a, b in pairwise(self.points))


def find_balloons(painted: PaintedGlyphs, painting: Painting) -> tuple[frozenset[int], Flags]:
    """Find the balloons of a page.

    Args:
        painted: The glyphs of the page.
        painting: The page.

    Returns:
        The indices of the shapes that balloons and connectors are drawn with, and for each glyph
        whether it stands in a balloon.
    """
    inside = np.zeros(len(painted.texts), np.bool_)
    areas = list(_find_areas(painting))
    strokes = list(_find_strokes(painting)) if areas else []
    touching = list(_find_touching(areas, strokes))
    if not touching:  # true on nearly every page
        return frozenset(), inside
    page = _Lines(areas, strokes)
    found: dict[int, list[int]] = {}
    for area, stroke in touching:
        if _count_inside(painted, area.box) >= _LEAST_GLYPHS:
            connector = page.follow(stroke, area)
            if page.is_connector(connector, area):
                found.setdefault(area.shape, []).extend(part.shape for part in connector)
    balloons = [area for area in areas if area.shape in found]
    margin = [area for area in areas if any(_is_beside(area, other) for other in balloons)]
    connectors = {shape for own in found.values() for shape in own}
    for area in (*balloons, *margin):
        inside |= _flag_inside(painted, area.box)
    own = {a.shape for a in areas if any(_holds(b.box, a.box) for b in (*balloons, *margin))}
    return frozenset(connectors | own), inside


def _find_areas(painting: Painting) -> Iterator[_Area]:
    for index, shape in enumerate(painting.shapes):
        points = shape.points
        if shape.kind == "rect" or (shape.kind == "curve" and points[0] == points[-1]):
            x0, y0, x1, y1 = bounding_rect(points)
            if x1 - x0 >= _WIDE and y1 - y0 >= _HIGH:
                yield _Area(index, (x0, y0, x1, y1), bool(shape.stroke))


def _find_strokes(painting: Painting) -> Iterator[_Stroke]:
    for index, shape in enumerate(painting.shapes):
        is_open = shape.kind == "line" or shape.points[0] != shape.points[-1]
        if shape.stroke and shape.kind in ("line", "curve") and is_open:
            yield _Stroke(index, shape.points)


def _find_touching(
    areas: Sequence[_Area], strokes: Sequence[_Stroke]
) -> Iterator[tuple[_Area, _Stroke]]:
    """Yield each stroke that ends at a side of an area and comes from outside of it."""
    if not areas or not strokes:
        return
    ends = np.array([stroke.ends for stroke in strokes])
    for area in areas:
        x0, y0, x1, y1 = area.box
        x, y = ends[..., 0], ends[..., 1]
        outside = np.maximum(np.maximum(x0 - x, x - x1), np.maximum(y0 - y, y - y1))
        # Distance from the box: negative inside. One end at a side, the other one away from it.
        touches = (np.abs(outside) <= _TOUCH).sum(axis=1) == 1
        for place in np.flatnonzero(touches & (outside.max(axis=1) > _TOUCH)).tolist():
            yield area, strokes[place]


class _Lines:
    """The lines of a page, for asking what meets what."""

    def __init__(self, areas: Sequence[_Area], strokes: Sequence[_Stroke]) -> None:
        self._areas, self._strokes = areas, strokes

    def follow(self, first: _Stroke, area: _Area) -> list[_Stroke]:
        """The strokes that go on from end to end, away from an area."""
        connector, place = [first], _far_end(first, area)
        while (after := self._next(connector, place)) is not None:
            near, far = sorted(after.ends, key=lambda end: _distance(end, place))
            connector.append(after)
            place = far
        return connector

    def _next(self, connector: Sequence[_Stroke], place: Point) -> _Stroke | None:
        last = connector[-1]
        for stroke in self._strokes:
            if stroke in connector:
                continue
            gap = min(_distance(end, place) for end in stroke.ends)
            dashed = max(stroke.length, last.length) <= _DASH and _in_line(last, stroke)
            if gap <= (_DASH if dashed else _MEET):
                return stroke
        return None

    def is_connector(self, connector: Sequence[_Stroke], area: _Area) -> bool:
        """Whether strokes lead from a balloon over a border to a place where they just end.

        A balloon stands apart: the corners of a cell are those of its neighbours too.
        """
        start, end = _reach(connector, area)
        others = list(self._borders(connector, area))
        corners = [corner for corner, _ in area.sides]
        meets = any(_gap(place, line) <= _MEET for place in (*corners, end) for line in others)
        pieces = [piece for part in connector for piece in pairwise(part.points)]
        crosses = any(_cross(piece, line) for piece, line in product(pieces, others))
        return crosses and not meets and _distance(start, end) > _LONG

    def _borders(self, connector: Sequence[_Stroke], area: _Area) -> Iterator[_Line]:
        """The long lines that are none of a balloon's and of its connector's."""
        for stroke in self._strokes:
            if stroke not in connector and stroke.length >= _LONG:
                yield from pairwise(stroke.points)
        for other in self._areas:
            if other.outlined and not _holds(area.box, other.box) and not _is_beside(other, area):
                yield from other.sides


def _reach(connector: Sequence[_Stroke], area: _Area) -> tuple[Point, Point]:
    """Where a connector begins, at its balloon, and where it ends."""
    start = min(connector[0].ends, key=lambda end: _gap_to_box(end, area.box))
    return start, max(connector[-1].ends, key=lambda end: _distance(end, start))


def _far_end(stroke: _Stroke, area: _Area) -> Point:
    return max(stroke.ends, key=lambda end: _gap_to_box(end, area.box))


def _gap_to_box(point: Point, box: Rect) -> float:
    (x, y), (x0, y0, x1, y1) = point, box
    return max(x0 - x, x - x1, y0 - y, y - y1)


def _is_beside(area: _Area, balloon: _Area) -> bool:
    """Whether an area is in one column with a balloon: as wide, and above or below it."""
    (a, _, b, _), (c, _, d, _) = area.box, balloon.box
    return abs(a - c) <= _MEET and abs(b - d) <= _MEET and area.outlined == balloon.outlined


def _holds(box: Rect, other: Rect) -> bool:
    """Whether a box holds another, but for a shadow's breadth."""
    (x0, y0, x1, y1), (a, b, c, d) = box, other
    return x0 - _DASH <= a and y0 - _DASH <= b and c <= x1 + _DASH and d <= y1 + _DASH


def _flag_inside(painted: PaintedGlyphs, box: Rect) -> Flags:
    x, y = (painted.x0 + painted.x1) / 2, (painted.y0 + painted.y1) / 2
    x0, y0, x1, y1 = box
    return (x0 <= x) & (x <= x1) & (y0 <= y) & (y <= y1)


def _count_inside(painted: PaintedGlyphs, box: Rect) -> int:
    places: Iterable[int] = np.flatnonzero(_flag_inside(painted, box)).tolist()
    return sum(not painted.texts[place].isspace() for place in places)


def _distance(one: Point, other: Point) -> float:
    return float(np.hypot(one[0] - other[0], one[1] - other[1]))


def _gap(point: Point, line: _Line) -> float:
    """The distance of a point from a line between two points."""
    (a, b), (c, d) = line
    across, along = c - a, d - b
    length = across * across + along * along
    share = ((point[0] - a) * across + (point[1] - b) * along) / length if length else 0.0
    share = min(max(share, 0.0), 1.0)
    return _distance(point, (a + share * across, b + share * along))


def _in_line(one: _Stroke, other: _Stroke) -> bool:
    """Whether a dash lies in the direction of another."""
    return all(_gap(end, _prolong(one)) <= _MEET for end in other.ends)


def _prolong(stroke: _Stroke) -> _Line:
    (a, b), (c, d) = stroke.ends
    length = stroke.length or 1.0
    right, up = (c - a) / length * 2 * _DASH, (d - b) / length * 2 * _DASH
    return (a - right, b - up), (c + right, d + up)


def _cross(one: _Line, other: _Line) -> bool:
    """Whether two lines cross each other, not only touch."""

    def side(line: _Line, point: Point) -> float:
        (a, b), (c, d) = line
        return (c - a) * (point[1] - b) - (d - b) * (point[0] - a)

    first, second = (side(one, end) for end in other), (side(other, end) for end in one)
    (a, b), (c, d) = tuple(first), tuple(second)
    return a * b < 0 and c * d < 0

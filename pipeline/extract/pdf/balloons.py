"""Reviewers' comments that a word processor prints in the margin, and their connectors.

A balloon is a box with text; a connector leads from it over the table's side to the words that the
comment is about, where it just ends. Both look like rulings, and would draw columns of their own.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, product

import numpy as np
from msgspec import Struct

from pipeline.extract.pdf.connector_strokes import (
    DASH,
    LONG,
    MEET,
    Piece,
    Stroke,
    are_column_sides,
    goes_on,
    is_stopped,
    measure_gaps,
)
from pipeline.extract.pdf.content import PaintedGlyphs, Painting, Rect
from pipeline.extract.pdf.content.display_list import Point
from pipeline.extract.pdf.content.graphics_state import bounding_rect
from pipeline.extract.pdf.glyphs import Flags, Floats

# In points.
_WIDE, _HIGH = 30.0, 8.0  # judgement: a balloon holds a few characters
_TOUCH = 3.0  # judgement: a dashed connector may end with a gap
# judgement: coordinates are rounded; a connector may end close to a balloon's corner.
_EXACT = 0.25
_LEAST_GLYPHS = 2  # judgement: a box around one character is a mark


class _Area(Struct, frozen=True):
    """A closed shape that is as large as a balloon."""

    shape: int
    box: Rect
    outlined: bool

    @property
    def sides(self) -> Iterator[Piece]:
        x0, y0, x1, y1 = self.box
        yield from pairwise(((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)))


def find_balloons(painted: PaintedGlyphs, painting: Painting) -> tuple[frozenset[int], Flags]:
    """Find the balloons of a page.

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
    page = _Page(painted, areas, strokes, list(_find_bars(painting)))
    apart = [
        (area, starts)
        for area, starts in touching
        if page.stands_apart(area, starts) and page.is_in_margin(area, starts)
    ]
    candidates = [area for area, _ in apart]
    found: list[_Area] = []
    drawn: set[int] = set()
    for area, starts in apart:
        connectors = map(page.follow, starts)
        free = [own for own in connectors if page.just_ends(own, candidates)]
        drawn.update(part.shape for own in free for part in own)
        found += [area] * bool(free)
    balloons = [area for area in areas if any(_is_beside(area, other) for other in found)]
    for area in balloons:
        inside |= page.flag_inside(area.box)
    # A connector may end at a ruling by chance: what leads away from balloons is none.
    drawn.update(one.shape for area, starts in touching if area in balloons for one in starts)
    drawn.update(a.shape for a in areas if any(_holds(b.box, a.box) for b in balloons))
    return frozenset(drawn), inside


def _find_areas(painting: Painting) -> Iterator[_Area]:
    for index, shape in enumerate(painting.shapes):
        points = shape.points
        if shape.kind == "rect":  # most are bars: opposite corners tell it
            (a, b), _, (c, d), _ = points
            is_large = abs(c - a) >= _WIDE and abs(d - b) >= _HIGH
        else:
            is_large = shape.kind == "curve" and points[0] == points[-1]
        if is_large:
            x0, y0, x1, y1 = bounding_rect(points)
            if x1 - x0 >= _WIDE and y1 - y0 >= _HIGH:
                yield _Area(index, (x0, y0, x1, y1), bool(shape.stroke))


def _find_bars(painting: Painting) -> Iterator[tuple[int, Piece]]:
    """The rulings that are painted as thin areas, with the indices of their shapes."""
    for index, shape in enumerate(painting.shapes):
        if shape.kind == "rect":
            x0, y0, x1, y1 = bounding_rect(shape.points)
            x, y = (x0 + x1) / 2, (y0 + y1) / 2
            if x1 - x0 <= MEET and y1 - y0 >= LONG:
                yield index, ((x, y0), (x, y1))
            elif y1 - y0 <= MEET and x1 - x0 >= LONG:
                yield index, ((x0, y), (x1, y))


def _find_strokes(painting: Painting) -> Iterator[Stroke]:
    for index, shape in enumerate(painting.shapes):
        is_open = shape.kind == "line" or shape.points[0] != shape.points[-1]
        if shape.stroke and shape.kind in ("line", "curve") and is_open:
            yield Stroke(index, shape.points, shape.stroke)


def _find_touching(
    areas: Sequence[_Area], strokes: Sequence[Stroke]
) -> Iterator[tuple[_Area, list[Stroke]]]:
    """Yield the areas at whose sides strokes end that come from outside.

    A ruling that runs along a shaded cell to its far side, or goes on with one of its sides, is the
    table's.
    """
    if not areas or not strokes:
        return
    ends = np.array([stroke.ends for stroke in strokes])
    x, y = ends[..., 0], ends[..., 1]
    for area in areas:
        x0, y0, x1, y1 = area.box
        gaps = np.maximum(np.maximum(x0 - x, x - x1), np.maximum(y0 - y, y - y1))
        touches = (np.abs(gaps) <= _TOUCH).sum(axis=1) == 1  # inside, the gap is negative
        low, high = ends.min(axis=1), ends.max(axis=1)
        near, far = np.array([x0, y0]), np.array([x1, y1])
        over = (low < near + _TOUCH) & (high > far - _TOUCH)
        along = (low >= near - _TOUCH) & (high <= far + _TOUCH)
        ruled = np.any(over & along[:, ::-1], axis=1)
        for side in (near, far):
            reach = np.maximum(np.abs(low - side), np.abs(high - side))
            ruled |= np.any(reach <= (_EXACT if area.outlined else MEET), axis=1)
        places = np.flatnonzero(touches & ~ruled & (gaps.max(axis=1) > _TOUCH)).tolist()
        if places:
            yield area, [strokes[place] for place in places]


class _Page:
    """What is painted on a page, for asking what meets what."""

    def __init__(
        self,
        painted: PaintedGlyphs,
        areas: Sequence[_Area],
        strokes: Sequence[Stroke],
        bars: Sequence[tuple[int, Piece]],
    ) -> None:
        self._areas, self._strokes, self._texts = areas, strokes, painted.texts
        self._ends: dict[tuple[int, int], list[Stroke]] = defaultdict(list)
        self._x = (painted.x0 + painted.x1) / 2
        self._y = (painted.y0 + painted.y1) / 2
        long = [(s.shape, p) for s in strokes if s.length >= LONG for p in pairwise(s.points)]
        sides = [(area.shape, side) for area in areas if area.outlined for side in area.sides]
        lines = (*long, *sides, *bars)
        self._owners = np.array([shape for shape, _ in lines], np.int64)
        self._borders = np.array([line for _, line in lines]).reshape(-1, 4)

    def flag_inside(self, box: Rect) -> Flags:
        """Flag the glyphs that have their middle in a box."""
        x0, y0, x1, y1 = box
        return (x0 <= self._x) & (self._x <= x1) & (y0 <= self._y) & (self._y <= y1)

    def stands_apart(self, area: _Area, starts: Sequence[Stroke]) -> bool:
        """Whether an area is no cell: the corners of a cell are those of its neighbours too.

        Of the strokes that end at a shaded row, two end at its corners, the sides of the row above,
        or two are alike: the sides of columns.
        """
        corners = np.array([corner for corner, _ in area.sides])
        ends = np.array([stroke.ends for stroke in starts]).reshape(-1, 2)
        met = np.hypot(*(corners[:, None] - ends).T).min(axis=0) <= MEET
        away = measure_gaps(corners, self._find_borders(area, starts)).min(initial=LONG)
        if away <= MEET or np.count_nonzero(met) >= 2:
            return False
        return not any(are_column_sides(one, other) for one, other in combinations(starts, 2))

    def _find_borders(self, area: _Area, strokes: Sequence[Stroke]) -> Floats:
        """The long lines that are none of an area's, of others like it, and of some strokes."""
        own = [a.shape for a in self._areas if _holds(area.box, a.box) or _is_beside(a, area)]
        own += [stroke.shape for stroke in strokes]
        return self._borders[~np.isin(self._owners, own)]

    def is_in_margin(self, area: _Area, starts: Sequence[Stroke]) -> bool:
        """Whether an area holds text, nothing but its like stands there, and no border beyond."""
        inked = np.array([not text.isspace() for text in self._texts], np.bool_)
        if np.count_nonzero(self.flag_inside(area.box) & inked) < _LEAST_GLYPHS:
            return False
        borders = self._find_borders(area, starts)
        place = min(starts[0].ends, key=lambda end: abs(_gap_to_box(end, area.box)))
        x0, y0, x1, y1 = area.box
        axis = int(min(abs(place[0] - x0), abs(place[0] - x1)) > _TOUCH)
        across, along = (self._y, self._x) if axis else (self._x, self._y)
        (low, high), (near, far) = ((y0, y1), (x0, x1)) if axis else ((x0, x1), (y0, y1))
        lows, highs = np.sort(borders.reshape(-1, 2, 2), axis=1).transpose(1, 2, 0)
        beside = (lows[1 - axis] < far) & (highs[1 - axis] > near)
        at_low = abs(place[axis] - low) <= _TOUCH
        beyond = (highs[axis] > high) if at_low else (lows[axis] < low)
        body = (lows[1 - axis].min(initial=np.inf) <= along) & inked
        body &= along <= highs[1 - axis].max(initial=-np.inf)
        for other in self._areas:
            if _is_beside(other, area):
                body &= ~self.flag_inside(other.box)
        return not np.any(beside & beyond) and not np.any(body & (low <= across) & (across <= high))

    def follow(self, first: Stroke) -> list[Stroke]:
        """A stroke and all that go on from end to end: connectors may share their last part."""
        connector, seen = [first], {first.shape}
        for one in connector:  # grows
            for end in one.ends:
                for other in self._find_near(end):
                    if other.shape not in seen and goes_on(end, one, other):
                        seen.add(other.shape)
                        connector.append(other)
        return connector

    def _find_near(self, end: Point) -> Iterator[Stroke]:
        """The strokes that end within a dash's reach, and some more."""
        if not self._ends:
            for stroke in self._strokes:
                for x, y in stroke.ends:
                    self._ends[int(x // DASH), int(y // DASH)].append(stroke)
        column, row = int(end[0] // DASH), int(end[1] // DASH)
        for square in product((column - 1, column, column + 1), (row - 1, row, row + 1)):
            yield from self._ends.get(square, ())

    def just_ends(self, connector: Sequence[Stroke], balloons: Sequence[_Area]) -> bool:
        """Whether strokes lead away from balloons to places where nothing stops them.

        Args:
            connector: All strokes that hang together.
            balloons: All areas that may be balloons.
        """
        own = [one.shape for one in connector]
        borders = self._borders[~np.isin(self._owners, own)]
        free = [
            (end, one)
            for one in connector
            for end in one.ends
            if not any(o is not one and goes_on(end, one, o) for o in self._find_near(end))
            and not any(abs(_gap_to_box(end, area.box)) <= _TOUCH for area in balloons)
        ]
        stopped = any(is_stopped(end, one, borders) for end, one in free)
        return bool(free) and not stopped and sum(one.length for one in connector) > LONG


def _gap_to_box(point: Point, box: Rect) -> float:
    """The distance of a point from a box; negative inside."""
    (x, y), (x0, y0, x1, y1) = point, box
    return max(x0 - x, x - x1, y0 - y, y - y1)


def _is_beside(area: _Area, balloon: _Area) -> bool:
    """Whether an area is in one column with a balloon: as wide, and above or below it."""
    (a, _, b, _), (c, _, d, _) = area.box, balloon.box
    return abs(a - c) <= MEET and abs(b - d) <= MEET and area.outlined == balloon.outlined


def _holds(box: Rect, other: Rect) -> bool:
    """Whether a box holds another, but for a shadow's breadth."""
    (x0, y0, x1, y1), (a, b, c, d) = box, other
    return x0 - DASH <= a and y0 - DASH <= b and c <= x1 + DASH and d <= y1 + DASH

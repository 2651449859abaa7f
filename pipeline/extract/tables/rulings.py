"""Merge the strokes of a page into rulings, whatever they were drawn with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

import numpy as np
from msgspec import Struct

from pipeline.model import Box

Sides = np.ndarray[tuple[int, int], np.dtype[np.float64]]
"""The position, the start and the end of a segment in each row, in points."""

# Shares of the page's font size. A row of text is at least one font size high, a column one wide.
RULING = 0.3  # judgement: the most that a ruling is thick, or its strokes and pieces are apart
CELL_GAP = 0.6  # judgement: the most between neighbouring cells that have a border each
_MAX_DOT_ASPECT = 1.5  # longer side over the shorter; judgement: dots are square or round
_MAX_DOT_LENGTH = 1.6  # points; judgement: dots are as long as the pen is wide, here up to 1.5
_MIN_DOTTED_LENGTH = 4.0  # tolerances; judgement: about the height of a row of text
_LONGEST_DASH = 6.0  # points of a dash; judgement: those of borders are shorter than type is high
_LEAST_DASHES = 8  # dashes; judgement: fewer may be the sides of small things in a row
_LEAST_OF_CELL = 4  # dashes; judgement: three that are even may be so by chance
_WIDEST_GAP = 2.0  # times its dash; judgement: a wider gap parts two things
_EVEN = 0.1  # points; judgement: the dashes of one line differ by rounding only


class Segment(Struct, frozen=True):
    """A piece of a line along one axis, in points."""

    position: float
    """The x of a vertical line, the y of a horizontal one."""
    start: float
    end: float

    def spans(self, extent: tuple[float, float], within: float) -> bool:
        """Whether it begins and ends where an extent does, but for so many points."""
        return max(abs(self.start - extent[0]), abs(self.end - extent[1])) <= within


def to_array(segments: Iterable[Segment]) -> Sides:
    """Put segments into an array, one a row."""
    sides = [(segment.position, segment.start, segment.end) for segment in segments]
    return np.array(sides, np.float64).reshape(-1, 3)


class Rulings(Struct, frozen=True):
    """The rulings of a page or of one table, sorted by position."""

    horizontal: tuple[Segment, ...]
    vertical: tuple[Segment, ...]

    @staticmethod
    def sort(horizontal: Iterable[Segment], vertical: Iterable[Segment]) -> "Rulings":
        """Sort some rulings."""
        return Rulings(*(tuple(sorted(own, key=_position)) for own in (horizontal, vertical)))


_position = attrgetter("position")
NO_RULINGS = Rulings((), ())


def split_strokes(strokes: Iterable[Box], thickness: float) -> Rulings:
    """Sort drawn strokes into horizontal and vertical segments.

    Args:
        strokes: Rectangles as thin as a pen draws them.
        thickness: In points; a rectangle that is wider in both directions is a shape, no ruling.
    """
    horizontal, vertical = [], []
    for box in strokes:
        x, y = box.center
        # A dot may belong to a dotted line of either direction. Alone it is too short for a ruling.
        if box.height <= thickness and box.width >= box.height / _MAX_DOT_ASPECT:
            horizontal.append(Segment(y, box.x0, box.x1))
        if box.width <= thickness and box.height >= box.width / _MAX_DOT_ASPECT:
            vertical.append(Segment(x, box.top, box.bottom))
    return Rulings(tuple(horizontal), tuple(vertical))


def merge_rulings(rulings: Rulings, tolerance: float) -> Rulings:
    """Merge the segments that a reader sees as one line.

    Programs draw a border once for each cell beside it, doubled, or in pieces. Unmerged, every such
    border would open rows and columns of its own.

    Args:
        rulings: Segments as drawn.
        tolerance: In points; less than the height of a row of text.
    """
    return Rulings(
        tuple(_merge(rulings.horizontal, tolerance)), tuple(_merge(rulings.vertical, tolerance))
    )


def _merge(segments: Sequence[Segment], tolerance: float) -> list[Segment]:
    merged: list[Segment] = []
    for bundle in bundle_segments(segments, tolerance, tolerance):
        length = sum(s.end - s.start for s in bundle.segments) or 1.0
        position = sum(s.position * (s.end - s.start) for s in bundle.segments) / length
        start = min(s.start for s in bundle.segments)
        # A line shorter than the tolerance is a dot, the tip of an arrow or a piece of an outline.
        # Dots of neighbouring dotted lines stand side by side too: a few of them make no line.
        least = (
            tolerance if not all(map(is_dot, bundle.segments)) else _MIN_DOTTED_LENGTH * tolerance
        )
        if bundle.end - start > least:
            merged.append(Segment(position, start, bundle.end))
    return sorted(merged, key=_position)


def is_dot(segment: Segment) -> bool:
    """Whether a segment is no more than a dot of a thin pen."""
    return segment.end - segment.start <= _MAX_DOT_LENGTH


class Bundle(Struct):
    """Segments of one line: they touch along its axis and lie close together across it."""

    segments: list[Segment]
    low: float
    high: float
    end: float

    def try_add(self, segment: Segment, tolerance: float) -> bool:
        """Add a segment if it belongs here; segments come in the order of their starts."""
        low, high = min(self.low, segment.position), max(self.high, segment.position)
        if high - low > tolerance:
            return False
        self.segments.append(segment)
        self.low, self.high, self.end = low, high, max(self.end, segment.end)
        return True


def bundle_segments(segments: Sequence[Segment], along: float, across: float) -> list[Bundle]:
    """Bundle the segments that touch and lie close together.

    If they did not have to touch, a hatch or a barcode beside a table would join its rulings.

    Args:
        segments: Of one direction.
        along: In points; segments with a wider gap between their ends do not touch.
        across: In points; those of a bundle lie within this distance.
    """
    bundles: list[Bundle] = []
    # A page of dotted lines has thousands of segments: each is held against those of the bundles
    # that begin at its height. By stripe of the page: the places of these bundles in `bundles`.
    stripes: dict[float, list[int]] = {}
    width = 2 * across or 1.0
    for segment in sorted(segments, key=lambda s: s.start):
        stripe = segment.position // width
        near: list[int] = []
        for key in (stripe - 1, stripe, stripe + 1):
            if key in stripes:
                stripes[key] = [i for i in stripes[key] if bundles[i].end + along >= segment.start]
                near += stripes[key]
        if not any(bundles[index].try_add(segment, across) for index in sorted(near)):
            at = segment.position
            stripes.setdefault(stripe, []).append(len(bundles))
            bundles.append(Bundle([segment], at, at, segment.end))
    return bundles


def join_dashes(strokes: Rulings) -> Rulings:
    """The strokes as drawn, with one in the place of the dashes of each line.

    Their gaps are wider than those between the pieces of one ruling.
    """
    return Rulings(*(tuple(_join_dashes(own)) for own in (strokes.horizontal, strokes.vertical)))


def _join_dashes(segments: Sequence[Segment]) -> Iterator[Segment]:
    series: dict[tuple[int, int], list[Segment]] = defaultdict(list)
    for segment in segments:
        length = segment.end - segment.start
        if is_dot(segment) or length > _LONGEST_DASH:
            yield segment
        else:
            series[round(segment.position / _EVEN), round(length / _EVEN)].append(segment)
    for members in series.values():
        for run in _chain(_find_runs(sorted(members, key=lambda s: s.start))):
            if len(run) >= _LEAST_DASHES:
                yield Segment(run[0].position, run[0].start, run[-1].end)
            else:
                yield from run


def _chain(runs: Sequence[list[Segment]]) -> list[list[Segment]]:
    """Join the runs that follow each other: a browser fits the gaps to the side of each cell."""
    chained: list[list[Segment]] = []
    for run in runs:
        last = chained[-1] if chained else []
        near = last and run[0].start - last[-1].end <= _WIDEST_GAP * (run[0].end - run[0].start)
        if near and min(len(run), len(last)) >= _LEAST_OF_CELL:
            last += run
        else:
            chained.append(list(run))
    return chained


def _find_runs(dashes: Sequence[Segment]) -> list[list[Segment]]:
    """The even runs among dashes of one length at one height; cells below draw theirs again."""
    runs, step = [[dashes[0]]], 0.0
    for dash in dashes[1:]:
        last = runs[-1][-1]
        length, own = dash.end - dash.start, dash.start - last.start
        if own <= _EVEN:
            continue
        even = len(runs[-1]) == 1 or abs(own - step) <= _EVEN
        if even and length < own <= (1 + _WIDEST_GAP) * length:
            runs[-1].append(dash)
        else:
            runs.append([dash])
        step = own
    return runs

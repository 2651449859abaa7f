"""Rulings: the drawn lines of a page, whatever they were drawn with, as merged segments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model import Box


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line along one axis, in points."""

    position: float
    """Where it stands across its axis: x of a vertical, y of a horizontal."""
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rulings:
    """The rulings of a page or of one table, sorted by position."""

    horizontal: tuple[Segment, ...]
    vertical: tuple[Segment, ...]


def split_strokes(strokes: Iterable[Box], thickness: float) -> Rulings:
    """Sort drawn strokes into horizontal and vertical segments.

    Args:
        strokes: Rectangles as thin as a pen draws them.
        thickness: In points; what is wider than this both ways is a shape, not a ruling.
    """
    horizontal, vertical = [], []
    for box in strokes:
        x, y = box.center
        if box.height <= thickness and box.width > box.height:
            horizontal.append(Segment(y, box.x0, box.x1))
        elif box.width <= thickness:
            vertical.append(Segment(x, box.top, box.bottom))
    return Rulings(tuple(horizontal), tuple(vertical))


def merge_rulings(rulings: Rulings, tolerance: float) -> Rulings:
    """Make one segment of those that a reader sees as one line.

    Programs draw a border once for each cell beside it, double, or in pieces; without this every
    such border would open rows and columns of its own.

    Args:
        rulings: Segments as drawn.
        tolerance: In points; less than the height of a row of text.
    """
    return Rulings(
        tuple(_merge(rulings.horizontal, tolerance)), tuple(_merge(rulings.vertical, tolerance))
    )


def _merge(segments: Sequence[Segment], tolerance: float) -> list[Segment]:
    merged: list[Segment] = []
    for cluster in _cluster(sorted(segments, key=lambda s: s.position), tolerance):
        length = sum(s.end - s.start for s in cluster) or 1.0
        position = sum(s.position * (s.end - s.start) for s in cluster) / length
        runs: list[list[float]] = []
        for segment in sorted(cluster, key=lambda s: s.start):
            if runs and segment.start <= runs[-1][1] + tolerance:
                runs[-1][1] = max(runs[-1][1], segment.end)
            else:
                runs.append([segment.start, segment.end])
        # What is shorter than the tolerance is a dot, an arrow's tip or a piece of an outline.
        merged += [Segment(position, a, b) for a, b in runs if b - a > tolerance]
    return merged


def _cluster(segments: Sequence[Segment], tolerance: float) -> list[list[Segment]]:
    if not segments:
        return []
    clusters = [[segments[0]]]
    for before, segment in pairwise(segments):
        if segment.position - before.position <= tolerance:
            clusters[-1].append(segment)
        else:
            clusters.append([segment])
    return clusters

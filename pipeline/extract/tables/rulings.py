"""Rulings: the drawn lines of a page, whatever they were drawn with, as merged segments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model import Box

_DOT = 1.5  # longer side of a dot over the shorter
_DOT_LENGTH = 1.6  # points; dots are as long as the pen is wide, table pens up to 1.5
_DOTTED = 4.0  # shortest dotted ruling, in tolerances: about a row of text


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
        # A dot of a dotted line may belong to either; alone it is too short to be a ruling.
        if box.height <= thickness and box.width >= box.height / _DOT:
            horizontal.append(Segment(y, box.x0, box.x1))
        if box.width <= thickness and box.height >= box.width / _DOT:
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
    for bundle in _bundles(segments, tolerance):
        length = sum(s.end - s.start for s in bundle.segments) or 1.0
        position = sum(s.position * (s.end - s.start) for s in bundle.segments) / length
        start = min(s.start for s in bundle.segments)
        # What is shorter than the tolerance is a dot, an arrow's tip or a piece of an outline.
        # Dots of neighbouring dotted lines stand side by side too: a few make no line of their own.
        least = tolerance if any(map(_is_long, bundle.segments)) else _DOTTED * tolerance
        if bundle.end - start > least:
            merged.append(Segment(position, start, bundle.end))
    return sorted(merged, key=lambda s: s.position)


def _is_long(segment: Segment) -> bool:
    """Whether a segment is more than a dot of a thin pen."""
    return segment.end - segment.start > _DOT_LENGTH


@dataclass(slots=True)
class _Bundle:
    """Segments that make one line: they touch along their axis and lie close across it."""

    segments: list[Segment]
    low: float
    high: float
    end: float

    def takes(self, segment: Segment, tolerance: float) -> bool:
        """Add a segment that starts no earlier than those before it, if it belongs here."""
        low, high = min(self.low, segment.position), max(self.high, segment.position)
        if high - low > tolerance:
            return False
        self.segments.append(segment)
        self.low, self.high, self.end = low, high, max(self.end, segment.end)
        return True


def _bundles(segments: Sequence[Segment], tolerance: float) -> list[_Bundle]:
    """Without the touch, a hatch or a barcode beside a table would melt into its rulings."""
    bundles: list[_Bundle] = []
    within_reach: list[_Bundle] = []
    for segment in sorted(segments, key=lambda s: s.start):
        within_reach = [b for b in within_reach if b.end + tolerance >= segment.start]
        if not any(bundle.takes(segment, tolerance) for bundle in within_reach):
            at = segment.position
            within_reach.append(_Bundle([segment], at, at, segment.end))
            bundles.append(within_reach[-1])
    return bundles

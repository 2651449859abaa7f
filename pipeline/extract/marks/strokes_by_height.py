"""Horizontal strokes by height: a drawn plan has thousands, and few at the height of a line."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from pipeline.extract.tables.rulings import Segment


class StrokesByHeight:
    """Strokes, sorted once to be looked up many times."""

    def __init__(self, strokes: Iterable[Segment]) -> None:
        self._strokes = sorted(strokes, key=lambda stroke: stroke.position)
        self._heights = [stroke.position for stroke in self._strokes]

    def near(self, y: float, within: float) -> Sequence[Segment]:
        """The strokes at a height, from top to bottom.

        Args:
            within: Points above and below it.
        """
        first = bisect_left(self._heights, y - 2 * within)  # more, so that no rounding decides
        last = bisect_right(self._heights, y + 2 * within)
        return [s for s in self._strokes[first:last] if abs(s.position - y) <= within]

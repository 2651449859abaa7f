"""Find frames around paragraphs inside cells: they part no rows."""

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec.structs import replace

from pipeline.extract.marks.word_frames import CORNER, NEXT_CELL
from pipeline.extract.tables.rulings import Rulings, Segment, Sides, to_array

# em from a side to a ruling that it stands on; judgement: half a pen, and less than any padding.
_ON = 0.06


def find_paragraph_frames(strokes: Rulings, rulings: Rulings, size: float) -> set[Segment]:
    """Find the strokes of closed frames that stand free inside a cell.

    Sides of cells go on in the next cell, or meet its sides. Cells with borders of their own stand
    beside others as high as they are, a cell around a frame is higher. Where one is merged over
    several rows, the others stand level with its ends.

    Args:
        strokes: As drawn.
        rulings: The same, merged.
    """
    if len(rulings.vertical) < 2:
        return set()
    left, right = rulings.vertical[0].position, rulings.vertical[-1].position
    reach = CORNER * size
    short = [h for h in rulings.horizontal if h.start > left + reach or h.end < right - reach]
    if not short:  # as on many pages
        return set()
    return _Frames(strokes, size).find(short)


class _Frames:
    def __init__(self, strokes: Rulings, size: float) -> None:
        self._levels, self._sides = strokes.horizontal, strokes.vertical
        self._level, self._side = to_array(strokes.horizontal), to_array(strokes.vertical)
        self._on, self._reach, self._next = _ON * size, CORNER * size, NEXT_CELL * size

    def find(self, short: Sequence[Segment]) -> set[Segment]:
        """Find the strokes of the frames that have one of some horizontal rulings."""
        found: set[Segment] = set()
        for line in short:
            for left, right in self._pair_sides(line):
                own = self._close(line, left, right)
                if own and self._is_in_a_cell(line, left) and self._is_single(left, right):
                    found |= own
        return found

    def _pair_sides(self, line: Segment) -> Iterator[tuple[Segment, Segment]]:
        """Yield the two strokes of the same height that begin or end at the ends of a line."""
        x, top, bottom = self._side.T
        at_line = np.minimum(abs(top - line.position), abs(bottom - line.position)) <= self._reach
        lefts = np.flatnonzero(at_line & (abs(x - line.start) <= self._reach))
        rights = np.flatnonzero(at_line & (abs(x - line.end) <= self._reach))
        for i in lefts.tolist():
            for j in rights.tolist():
                if np.all(abs(self._side[i, 1:] - self._side[j, 1:]) <= self._on):
                    yield self._sides[i], self._sides[j]

    def _close(self, line: Segment, left: Segment, right: Segment) -> set[Segment]:
        """The strokes of a frame with these sides; none where it is open, or others meet it."""
        own: set[Segment] = set()
        y, start, end = self._level.T
        ends = np.maximum(abs(start - line.start), abs(end - line.end)) <= self._on
        meets = (start <= line.end + self._on) & (end >= line.start - self._on)
        for height in (left.start, left.end):
            away = np.where(ends, abs(y - height), np.inf)
            if away.min() > self._reach:
                return set()
            near = abs(y - y[np.argmin(away)]) <= self._on
            if np.any(near & meets & ~ends):
                return set()
            own |= {self._levels[i] for i in np.flatnonzero(near & ends).tolist()}
        x, top, bottom = self._side.T
        same = np.maximum(abs(top - left.start), abs(bottom - left.end)) <= self._reach
        beside = (top <= left.end + self._on) & (bottom >= left.start - self._on)
        for side in (left, right):
            on = abs(x - side.position) <= self._on
            if np.any(on & beside & ~same):
                return set()
            own |= {self._sides[i] for i in np.flatnonzero(on & same).tolist()}
        return own

    def _is_single(self, left: Segment, right: Segment) -> bool:
        """Whether a frame neither holds cells nor is one among others."""
        top = Segment(left.start, left.position, right.position)
        bottom = replace(top, position=left.end)
        return not (
            self._holds_cells(left, right)
            or any(self._goes_on(side, self._side, self._level) for side in (left, right))
            or any(self._goes_on(side, self._level, self._side) for side in (top, bottom))
        )

    def _goes_on(self, side: Segment, along: Sides, across: Sides) -> bool:
        """Whether a side of another frame begins in line behind a side, and no ruling is between.

        Args:
            along: The strokes in its direction.
            across: Those in the other one.
        """
        in_line = along[abs(along[:, 0] - side.position) <= self._on]
        crossing = across[(across[:, 1] < side.position) & (side.position < across[:, 2]), 0]
        behind = in_line[:, 1] - side.end, side.start - in_line[:, 2]
        for end, sign, gaps in zip((side.end, side.start), (1, -1), behind, strict=True):
            near = gaps[(self._on < gaps) & (gaps <= self._next)]
            between = sign * (crossing - end)
            if len(near) and not np.any((self._on < between) & (between < near.min())):
                return True
        return False

    def _holds_cells(self, left: Segment, right: Segment) -> bool:
        """Whether strokes inside a frame run to its sides: it is a small table."""
        for strokes, low, high, first, last in (
            (self._side.T, left.position, right.position, left.start, left.end),
            (self._level.T, left.start, left.end, left.position, right.position),
        ):
            place, start, end = strokes
            inside = (low + self._reach < place) & (place < high - self._reach)
            runs = (start <= first + self._reach) | (end >= last - self._reach)
            overlaps = (start < last - self._reach) & (end > first + self._reach)
            if np.any(inside & runs & overlaps):
                return True
        return False

    def _is_in_a_cell(self, line: Segment, side: Segment) -> bool:
        """Whether the nearest strokes on both sides, or on the only one with any, are higher."""
        x, top, bottom = self._side.T
        around = (top <= side.start + self._reach) & (bottom >= side.end - self._reach)
        higher = np.maximum(side.start - top, bottom - side.end) > self._reach
        outside = (line.start - self._on - x, x - line.end - self._on)
        nearest = []
        for away in outside:
            beyond = np.flatnonzero(around & (away > 0))
            if len(beyond):
                nearest.append(bool(higher[beyond[np.argmin(away[beyond])]]))
        return bool(nearest) and all(nearest)

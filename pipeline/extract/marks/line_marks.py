"""Find underlines and strike-throughs among the horizontal strokes of a page."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from statistics import median

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.marks.placed import PlacedMark
from pipeline.extract.marks.strokes_by_height import StrokesByHeight
from pipeline.extract.marks.type_rows import EDGE_REACH, TypeRows
from pipeline.extract.pdf.glyphs import Flags, Floats, Integers
from pipeline.extract.tables.rulings import Segment, Sides, bundle_segments, is_dot, to_array
from pipeline.model import Box, MarkKind

# em between a ruling's end and the ruling that it meets; judgement: half a pen, and less than
# the margin of any cell.
_MEETING = 0.06
# em from the end of a line to the next ruling; judgement: wider than margins, it ends in a cell
_ROOM = 1.0
_ALONG = 0.3  # em between the dots or dashes of one line; judgement: as between those of a ruling
# em that the pieces of one line differ in height; judgement: the waves of a wavy line do, the lines
# of a double one are further apart.
_ACROSS = 0.15
_DOUBLE = 0.3  # em between the two lines of a double one; judgement: one may be below _STRIKE
_MIN_LENGTH = 0.3  # em; judgement: a narrow letter is longer
# em from the middle of the type to a line through it; judgement: a strike-through stands at the
# middle of small or of large letters, an underline below the baseline.
_STRIKE = 0.28
# em that a line through type may reach beyond it; judgement: some programs draw it to the column's
# side, and no ruling runs through type.
_STRIKE_REACH = 1.0
_WAVE_REACH = 0.6  # em; judgement: a wavy line ends with a whole wave, type before it
# em from the middle of the type, below it or above it; judgement: the next line's type begins there
_UNDERLINE = 0.95
# em that a line may go on behind its type where its mark runs on over the line end; judgement:
# some programs draw it as far as type could have stood, and less than one character did not fit.
_RUN_ON = 1.0
# em from the middle of one line of type to the next one's; judgement: the widest pitch of one text
_PITCH = 3.0
# em between two ends that stand below each other; judgement: half a thick pen, and a rounding
_BELOW = 0.15
_SAME = 0.4  # em between the lines of one mark; judgement: those of a double line, and their pens


class LineMark(Struct, frozen=True):
    """A line that marks type, and the strokes that it was drawn with."""

    mark: PlacedMark
    line: Segment
    strokes: tuple[Segment, ...]


class _Type(Struct, frozen=True):
    """The type of a page, and where its lines stand."""

    rows: TypeRows
    size: float
    above: bool
    wavy: bool


def find_line_marks(
    strokes: Sequence[Segment],
    verticals: Sequence[Segment],
    rows: TypeRows,
    size: float,
    above: bool = False,
    wavy: bool = False,
) -> list[LineMark]:
    """Find the lines that begin and end with type, and do not run from one ruling to another.

    Args:
        strokes: The horizontal strokes as drawn.
        verticals: The vertical rulings, merged.
        above: The lines stand above their type first of all, as those of vertical type do.
        wavy: They are waves painted as one area, which strike nothing.
    """
    if not strokes:
        return []
    meetings, _ = _look_at_ends(strokes, verticals, size)
    if np.all(meetings == 2):  # as on nearly every page
        return []
    bundles = _bundle_pieces(strokes, meetings.tolist(), size)
    lines = [_join(bundle) for bundle in bundles]
    meetings, inside = _look_at_ends(lines, verticals, size)
    found: list[LineMark] = []
    unsure: list[int] = []
    page, drawn = _Type(rows, size, above, wavy), StrokesByHeight(strokes)
    for place in np.flatnonzero(meetings < 2).tolist():
        line = lines[place]
        if line.end - line.start >= _MIN_LENGTH * size and not _goes_on(line, drawn, size):
            mark = _find_exact(line, bundles[place], page, found) if inside[place] else None
            short = cut_overdrawn(line, strokes, verticals, size) if mark is None else None
            if short is not None:
                mark = _find_mark(short, page, _RUN_ON, spread=True)
            if mark is None:
                unsure.append(place)
            else:
                found.append(LineMark(mark, line, bundles[place]))
    for place in reversed(unsure):  # upwards: one line tells that the mark above it runs on
        mark = _find_mark(lines[place], page, _RUN_ON)
        if mark is not None and any(_runs_on(mark, lines[place], x, size) for x in found):
            found.append(LineMark(mark, lines[place], bundles[place]))
    return found


def _bundle_pieces(
    strokes: Sequence[Segment], meetings: Sequence[int], size: float
) -> list[tuple[Segment, ...]]:
    """Bundle the strokes that are pieces of one line, the lines from top to bottom."""
    pieces = list(_list_pieces(strokes, meetings, size))
    bundles = [tuple(b.segments) for b in bundle_segments(pieces, _ALONG * size, _ACROSS * size)]
    return sorted(bundles, key=lambda bundle: _join(bundle).position)


def _list_pieces(
    strokes: Sequence[Segment], meetings: Sequence[int], size: float
) -> Iterator[Segment]:
    """Yield the strokes that may be pieces of marks.

    A ruling may have pieces that meet one vertical only: the table's own side is not drawn. They
    would join a mark that stands close to them in the next cell.
    """
    rulings = StrokesByHeight([s for s, met in zip(strokes, meetings, strict=True) if met])
    for stroke, met in zip(strokes, meetings, strict=True):
        # The last dots of a dotted ruling are free of the vertical that the ruling meets.
        free = met == 0 or (met == 1 and not _goes_on(stroke, rulings, size))
        if free or is_dot(stroke):
            yield stroke


def _find_exact(
    line: Segment, pieces: Sequence[Segment], page: _Type, found: Sequence[LineMark]
) -> PlacedMark | None:
    """Find the type that a line marks from end to end; None: it marks none.

    Args:
        found: What was found above it, from top to bottom.
    """
    mark = _find_mark(line, page)
    if mark is None and len(pieces) > 1:
        mark = _find_mark(replace(line, end=line.end + _find_period(pieces)), page)
    close = takewhile(lambda other: _is_close(line, other.line, page.size), reversed(found))
    struck = (other.line for other in close if other.mark.kind == MarkKind.STRIKE)
    if mark is not None and any(_is_double(line, other, page.size) for other in struck):
        mark = replace(mark, kind=MarkKind.STRIKE)
    return mark


def _runs_on(mark: PlacedMark, line: Segment, after: LineMark, size: float) -> bool:
    """Whether a mark goes on in the next line as another one, in the same place of its type."""
    below = after.mark
    is_next = 0 < below.y - mark.y < _PITCH * size and below.kind == mark.kind
    lower = abs((line.position - mark.y) - (after.line.position - below.y))
    begins = below.x0 <= mark.x0 + EDGE_REACH * size < mark.x1
    return is_next and begins and lower <= _MEETING * size


def _goes_on(line: Segment, strokes: StrokesByHeight, size: float) -> bool:
    """Whether other strokes go on where a line ends: each cell may draw its piece of a ruling."""
    reach = _ALONG * size
    return any(
        0 <= line.start - stroke.end <= reach or 0 <= stroke.start - line.end <= reach
        for stroke in strokes.near(line.position, _MEETING * size)
    )


def _is_double(line: Segment, above: Segment, size: float) -> bool:
    """Whether a line is the lower one of two close ones that strike the same type."""
    return abs(line.start - above.start) + abs(line.end - above.end) < _ACROSS * size


def _is_close(line: Segment, above: Segment, size: float) -> bool:
    """Whether a line stands as close to one above it as the lines of a double one."""
    return line.position - above.position < _DOUBLE * size


def find_free(lines: Sequence[Segment], verticals: Sequence[Segment], size: float) -> Flags:
    """Flag the horizontal lines that meet no vertical ruling with either end."""
    free: Flags = _look_at_ends(lines, verticals, size)[0] == 0
    return free


def _look_at_ends(
    lines: Sequence[Segment], verticals: Sequence[Segment], size: float
) -> tuple[Integers, Flags]:
    """Look where the horizontal lines begin and end.

    Returns:
        With how many of its ends each line meets a vertical ruling, and whether it ends inside a
        cell or where no table is: no ruling begins at the side of a cell and ends in its middle.
    """
    y, start, end = to_array(lines).T
    sides = to_array(sorted(verticals, key=lambda vertical: vertical.position))
    x, top, bottom = sides.T
    reach = _MEETING * size
    begins, ends = (_meet(y, at, sides, reach) for at in (start, end))
    meetings = begins.astype(np.int64) + ends
    inside = meetings == 0
    for place in np.flatnonzero(meetings == 1).tolist():
        beside = (top - reach <= y[place]) & (y[place] <= bottom + reach)
        near, left, right = x[beside], float(start[place]), float(end[place])
        crosses = np.any((left + reach < near) & (near < right - reach))
        away = near - right if begins[place] else left - near
        inside[place] = not crosses and min(away[away > reach], default=0.0) > _ROOM * size
    return meetings, inside


def _meet(y: Floats, x: Floats, sides: Sides, reach: float) -> Flags:
    """Flag the points that a vertical ruling meets; only those close to its x are compared.

    Args:
        sides: The rulings, from left to right.
    """
    position, top, bottom = sides.T
    # A little more is looked through, so that no rounding decides.
    first = np.searchsorted(position, x - 2 * reach)
    counts = np.searchsorted(position, x + 2 * reach) - first
    point = np.repeat(np.arange(len(x)), counts)
    ruling = np.arange(len(point)) + np.repeat(first - (np.cumsum(counts) - counts), counts)
    beside = (top[ruling] - reach <= y[point]) & (y[point] <= bottom[ruling] + reach)
    met = beside & (abs(x[point] - position[ruling]) <= reach)
    return np.bincount(point[met], minlength=len(x)) > 0


def _join(pieces: Sequence[Segment]) -> Segment:
    lowest = max(piece.position for piece in pieces)
    highest = min(piece.position for piece in pieces)
    start, end = min(piece.start for piece in pieces), max(piece.end for piece in pieces)
    return Segment((lowest + highest) / 2, start, end)


def _find_period(pieces: Sequence[Segment]) -> float:
    """Find how far the dots of a line are apart: where another one would not fit, none stands."""
    return median(after.start - before.start for before, after in pairwise(pieces))


def _find_mark(
    line: Segment, page: _Type, run_on: float = 0.0, spread: bool = False
) -> PlacedMark | None:
    """Find the type that a line marks; None: it marks none."""
    reach = _WAVE_REACH if page.wavy else EDGE_REACH
    zones = [(MarkKind.UNDERLINE, _STRIKE, _UNDERLINE, reach)]
    if page.above:
        zones.insert(0, (MarkKind.UNDERLINE, -_UNDERLINE, -_STRIKE, reach))
    if not page.wavy:
        zones.insert(0, (MarkKind.STRIKE, -_STRIKE, _STRIKE, _STRIKE_REACH))
    y, away = line.position, 2 * _UNDERLINE * page.size
    box = Box(line.start, y - away, line.end, y + away)
    for kind, least, most, ends in zones:
        # No ruling runs through type, however far apart it is.
        even = spread or kind == MarkKind.STRIKE
        for row in reversed(page.rows.find_between(box, ends, run_on, even)):
            if row.size > 0 and least <= (y - row.y) / row.size < most:
                return PlacedMark(kind, line.start, line.end, row.y)
    return None


def cut_overdrawn(
    line: Segment, strokes: Sequence[Segment], verticals: Sequence[Segment], size: float
) -> Segment | None:
    """Cut a line off at the side of the cell in which it begins, if it is no ruling.

    Where a justified line ends with a break, LibreOffice draws its underline past the type by the
    width of the gaps once more: over the next cells, or beyond the table and the page. A ruling
    that crosses a vertical one ends at another, or where the others of its table end, of which the
    first and the last end the vertical one too. Where no other tells how wide the table is, the
    line stays a ruling.

    Args:
        line: The line, its pieces joined.
        strokes: The horizontal strokes as drawn.
        verticals: The vertical rulings, merged.

    Returns:
        The line within its cell; None: it crosses no vertical ruling, or may be a ruling.
    """
    reach, y = _BELOW * size, line.position
    beside = [v for v in verticals if v.start <= y <= v.end]
    crossed = [v for v in beside if line.start + size < v.position < line.end - reach]
    if not crossed or any(abs(v.position - line.end) <= reach for v in beside):
        return None
    side = min(crossed, key=lambda v: v.position)
    last = max(v.position for v in beside)
    others = [s for s in strokes if abs(s.position - y) > _SAME * size]
    below = [s.position for s in others if abs(s.end - line.end) <= reach]  # or above
    if side.start > min([y, *below]) - reach or side.end < max([y, *below]) + reach:
        return None
    goes_through = any(s.start < side.position and line.end + size < s.end for s in others)
    if goes_through or (not below and any(s.end > last - reach for s in others)):
        return Segment(y, line.start, side.position)
    return None

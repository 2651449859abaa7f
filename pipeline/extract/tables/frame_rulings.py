"""Which rulings are those of a frame: connected ones, no marks of its text, those above its sides.

The verticals end at its first or last ruling where only some reach beyond it. A style sheet may
draw the sides of a merged cell for its first row only.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import inf

from msgspec.structs import replace

from pipeline.extract.tables.rulings import Rulings, Segment
from pipeline.model import group_linked

# Tolerances that a row of one line is high at most; judgement: a line and as much white around it.
_HIGHEST_ROW = 5.0
# Tolerances between two lines that touch; judgement: a pen is thinner, the margin beside a cell's
# text or small table wider.
_TOUCH = 0.25
# Tolerances of a frame; judgement: one em, which a line of text needs, and half of its leading.
_LESS_THAN_A_LINE = 2.0


def add_rulings_above(part: Rulings, alone: Sequence[Segment], tolerance: float) -> Rulings:
    """Add the rulings above a table without sides that part a word over all columns from it.

    No vertical goes past 新旧対照 over 旧 | 新.

    Args:
        alone: Rulings that no vertical meets, from top to bottom.
    """
    top = min(part.horizontal, key=lambda line: line.position, default=None)
    if (
        not alone
        or top is None
        or any(
            min(abs(side.position - top.start), abs(side.position - top.end)) <= tolerance
            for side in part.vertical
            if side.start <= top.position + tolerance
        )
    ):
        return part
    added: list[Segment] = []
    for line in reversed([line for line in alone if line.position < top.position]):
        alike = abs(line.start - top.start) + abs(line.end - top.end) <= tolerance
        if not alike or top.position - line.position > _HIGHEST_ROW * tolerance:
            break
        added.insert(0, line)
        top = line
    return replace(part, horizontal=(*added, *part.horizontal)) if added else part


def drop_marks(rulings: Rulings, tolerance: float) -> Rulings:
    """Drop the horizontal rulings that do not reach from one vertical ruling to another.

    They underline text or strike it out. At a page break they would look like the frame's edge.
    A table's own rulings may meet one vertical only: they are as wide as it, go from its side to a
    column's, beside a merged cell, or from a corner into it, where the page's end cuts that cell.
    """
    columns = [line.position for line in rulings.vertical]
    left = min((line.start for line in rulings.horizontal), default=0.0)
    right = max((line.end for line in rulings.horizontal), default=0.0)

    def near(one: float, other: float) -> bool:
        return abs(one - other) <= _TOUCH * tolerance

    def is_corner(x: float, y: float) -> bool:
        ends = ((v.position, end) for v in rulings.vertical for end in (v.start, v.end))
        return any(max(abs(x - own), abs(y - end)) <= tolerance for own, end in ends)

    def is_mark(line: Segment) -> bool:
        if line.start <= left + tolerance and line.end >= right - tolerance:
            return False
        ends = ((line.start, left, line.end), (line.end, right, line.start))
        # The end at a side and the other one, of a ruling that begins or ends where others do.
        touching = [(end, inner) for end, side, inner in ends if near(end, side)]
        if any(near(x, inner) for x in columns for _, inner in touching):
            return False
        if any(is_corner(end, line.position) for end, _ in touching):
            return False
        inside = columns[0] - tolerance <= line.start and line.end <= columns[-1] + tolerance
        return inside and sum(meet(line, other, tolerance) for other in rulings.vertical) < 2

    return replace(rulings, horizontal=tuple(h for h in rulings.horizontal if not is_mark(h)))


def meet(horizontal: Segment, vertical: Segment, tolerance: float) -> bool:
    """Whether two rulings cross or touch, but for so many points."""
    return (
        horizontal.start - tolerance <= vertical.position <= horizontal.end + tolerance
        and vertical.start - tolerance <= horizontal.position <= vertical.end + tolerance
    )


def cut_overhanging_sides(rulings: Rulings, tolerance: float) -> Rulings:
    """End the verticals of a table at its first or last ruling, where its sides or the others end.

    A browser that spaces the cells of a table keeps the space at a page's end, between its sides.
    It holds no text, and the row above it is not cut. And on a scan, a stroke of the title above a
    table joins the vertical below it.

    Args:
        tolerance: In points, six tenths of an em; lines that meet may miss each other by this much.
    """
    if not rulings.vertical or not rulings.horizontal:
        return rulings
    width = left, right = rulings.vertical[0].position, rulings.vertical[-1].position
    inner = [v for v in rulings.vertical if left + tolerance < v.position < right - tolerance]
    if not inner:
        return rulings
    outer = [v for v in rulings.vertical if v not in inner]
    first, last = rulings.horizontal[0], rulings.horizontal[-1]
    above = [first.position - min(v.start for v in own) for own in (outer, inner)]
    below = [max(v.end for v in own) - last.position for own in (outer, inner)]
    cuts_top = _overhang(above[0], above[1], first.spans(width, tolerance), tolerance)
    cuts_bottom = _overhang(below[0], below[1], last.spans(width, tolerance), tolerance)
    top, bottom = first.position if cuts_top else -inf, last.position if cuts_bottom else inf
    cut = (replace(v, start=max(v.start, top), end=min(v.end, bottom)) for v in rulings.vertical)
    return replace(rulings, vertical=tuple(cut))


def _overhang(sides: float, columns: float, has_sides: bool, tolerance: float) -> bool:
    """Whether only the sides reach beyond a ruling, by less than a line, or only inner verticals.

    Args:
        sides: By how much a side reaches beyond it, in points.
        columns: The same of the inner verticals.
        has_sides: The ruling goes from one outer vertical to the other.
    """
    if columns <= tolerance < sides:
        return sides < _LESS_THAN_A_LINE * tolerance
    return has_sides and abs(sides) <= tolerance < columns


def add_missing_sides(part: Rulings, tolerance: float) -> Rulings:
    """Add the verticals above and below the end of a horizontal ruling at the edge of a column.

    `td + td {border-left}` finds no cell before the second one in the lower rows of a cell that is
    merged over them. The ruling between two such rows still ends at its side. Without that side the
    merged cell and those beside it are one.
    """
    left = min((line.start for line in part.horizontal), default=0.0) + tolerance
    right = max((line.end for line in part.horizontal), default=0.0) - tolerance
    ends = [
        (x, line) for line in part.horizontal for x in (line.start, line.end) if left < x < right
    ]
    if not ends:
        return part
    edges = _find_column_edges(part, tolerance)
    added: set[Segment] = set()
    for x, line in sorted(ends, key=lambda end: end[1].position):
        edge = next((e for e in edges if abs(e - x) <= tolerance), None)
        if edge is not None:
            own = [v for v in (*part.vertical, *added) if abs(v.position - edge) <= tolerance]
            added.update(_find_sides(edge, line, part, own, tolerance))
    return Rulings.sort(part.horizontal, (*part.vertical, *added)) if added else part


def _find_column_edges(part: Rulings, tolerance: float) -> list[float]:
    """Find the verticals that a ruling over both of its columns begins or ends.

    The sides of a small table that stands against the side of its cell are none.
    """
    return [
        v.position
        for v in part.vertical
        if any(
            min(abs(v.start - h.position), abs(v.end - h.position)) <= _TOUCH * tolerance
            and h.start < v.position - tolerance
            and h.end > v.position + tolerance
            for h in part.horizontal
        )
    ]


def _find_sides(
    edge: float, line: Segment, part: Rulings, own: Sequence[Segment], tolerance: float
) -> list[Segment]:
    """Find what is missing of a side between a ruling and the nearest ones that reach it.

    It goes on below the side of the cell's first row, or at the top of a page. A small table at the
    foot of a cell has no such side above it.
    """
    meeting = [
        h.position for h in part.horizontal if h.start - tolerance <= edge <= h.end + tolerance
    ]
    top, foot = min(v.start for v in part.vertical), max(v.end for v in part.vertical)
    above = max((y for y in meeting if y < line.position), default=top)
    below = min((y for y in meeting if y > line.position), default=foot)
    found: list[Segment] = []
    for start, end in ((above, line.position), (line.position, below)):
        side = Segment(edge, start, end)
        goes_on = start == top or any(abs(v.end - start) <= tolerance for v in (*own, *found))
        if goes_on and _is_free(side, own, tolerance):
            found.append(side)
    return found


def _is_free(side: Segment, own: Sequence[Segment], tolerance: float) -> bool:
    """Whether no vertical at its place stands between the ends of a side."""
    return side.end - side.start > tolerance and not any(
        min(v.end, side.end) - max(v.start, side.start) > tolerance for v in own
    )


def split_components(rulings: Rulings, tolerance: float) -> list[Rulings]:
    """Split the rulings of a page into connected sets.

    Verticals over the same height are connected even if no horizontal meets them: a row that fills
    its page has no other rulings, and a page break leaves a merged cell open beside closed ones.
    """
    lines = [*rulings.horizontal, *rulings.vertical]
    found = (
        Rulings(
            tuple(lines[i] for i in part if i < len(rulings.horizontal)),
            tuple(lines[i] for i in part if i >= len(rulings.horizontal)),
        )
        for part in group_linked(_link_lines(rulings, tolerance))
    )
    # A set with a vertical may still be no table: a line in the margin is none.
    return [part for part in found if part.vertical]


def _link_lines(rulings: Rulings, tolerance: float) -> Iterator[tuple[int, int]]:
    """Yield the places of the rulings that are connected: levels first, uprights behind them."""
    first = len(rulings.horizontal)
    yield from ((place, place) for place in range(first + len(rulings.vertical)))
    columns = [line.position for line in rulings.vertical]
    for place, line in enumerate(rulings.horizontal):
        nearest = bisect_left(columns, line.start - tolerance)
        farthest = bisect_right(columns, line.end + tolerance)
        for column in range(nearest, farthest):
            if meet(line, rulings.vertical[column], tolerance):
                yield place, first + column
    for one, other in _pair_same_spans(rulings.vertical, tolerance):
        yield first + one, first + other


def _pair_same_spans(verticals: Sequence[Segment], tolerance: float) -> Iterator[tuple[int, int]]:
    """Yield pairs of verticals over the same height: each with an earlier one."""
    seen: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, line in enumerate(verticals):
        start, end = int(line.start // tolerance), int(line.end // tolerance)
        near = (
            other
            for a in (start - 1, start, start + 1)
            for b in (end - 1, end, end + 1)
            for other in seen.get((a, b), ())
            if abs(verticals[other].start - line.start) <= tolerance
            and abs(verticals[other].end - line.end) <= tolerance
        )
        other = next(near, None)
        if other is None:
            seen[start, end].append(index)
        else:
            yield index, other

"""Find the sides of merged cells that a style sheet draws for their first row only."""

from collections.abc import Sequence

from pipeline.extract.tables.frame_rulings import TOUCH
from pipeline.extract.tables.rulings import Rulings, Segment


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
            min(abs(v.start - h.position), abs(v.end - h.position)) <= TOUCH * tolerance
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

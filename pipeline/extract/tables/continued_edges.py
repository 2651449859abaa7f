"""Find the column edges of a frame that may go on with the table of the page before."""

from collections.abc import Sequence

from pipeline.extract.tables.rulings import Rulings, Segment
from pipeline.model import find_nearest

_LEAST_RULED = 2  # verticals; judgement: one may be the side of another table
# Tolerances; judgement: the rulings of two pages differ by rounding only, those of two tables more.
_SAME = 0.05


def continue_edges(
    open_top: bool,
    own: tuple[float, ...],
    rows: Sequence[float],
    rulings: Rulings,
    previous: Sequence[float],
    tolerance: float,
) -> tuple[float, ...]:
    """Add the outer columns that a continued frame has no ruling for.

    A table without sides shows its first and last columns only by the ends of the rulings between
    rows. They are missing where a cell is merged over all rows of the page, or where there is only
    one row. A small table in a cell has columns of its own.

    Args:
        open_top: Whether no ruling closes the frame at its top.
        own: The x of the frame's column edges, in points.
        rows: The y of its row edges.
        previous: The x of the column edges on the page before.
        tolerance: In points, between two edges that are one.

    Returns:
        The edges of all its columns.
    """
    ruled = [v.position for v in rulings.vertical if runs_through(v, rows, tolerance)]
    held = [x for x in own if _find_near(x, previous, tolerance) is None]
    places = [_find_near(x, previous, tolerance) for x in own if x not in held]
    is_one = len(set(places)) == len(places)
    if (
        open_top
        and is_one
        and len(places) < len(previous)
        and (not held or _is_in_a_cell(own, held, ruled, previous, tolerance))
    ):
        return tuple(sorted((*previous, *held)))
    drawn = [v.position for v in rulings.vertical]
    return _snap_edges(own, previous, ruled, drawn, tolerance)


def _find_near(x: float, edges: Sequence[float], tolerance: float) -> int | None:
    return next((i for i, edge in enumerate(edges) if abs(edge - x) <= tolerance), None)


def _is_in_a_cell(
    own: Sequence[float],
    held: Sequence[float],
    ruled: Sequence[float],
    previous: Sequence[float],
    tolerance: float,
) -> bool:
    """Whether edges belong to a small table in one cell of a table that others rule throughout."""
    through = [x for x in own if x in ruled]
    known = all(_find_near(x, previous, tolerance) is not None for x in through)
    cells = {sum(edge < x for edge in previous) for x in held}
    return known and len(through) >= _LEAST_RULED and len(cells) == 1


def _snap_edges(
    own: tuple[float, ...],
    previous: Sequence[float],
    ruled: Sequence[float],
    drawn: Sequence[float],
    tolerance: float,
) -> tuple[float, ...]:
    """Move the edges of a frame to those of the page before if it has all of them.

    Where a table has no sides, a small table in a cell may reach nearly as far as its rulings, and
    would be taken for its side. An edge inside the frame, or ruled through all of it, stays: the
    columns of another table may be a little wider, and the text beside the ruling would change its
    cell. But where cells have borders of their own, both pages draw the borders of both neighbours.
    """
    nearest = [find_nearest(own, x) for x in previous]
    has_all = all(abs(own[i] - x) <= tolerance for i, x in zip(nearest, previous, strict=True))
    if not has_all or len(set(nearest)) < len(previous):
        return own
    moved = dict(zip(nearest, previous, strict=True))
    near = _SAME * tolerance
    moved = {
        i: x
        for i, x in moved.items()
        if (own[i] not in ruled and i in (0, len(own) - 1))
        or (abs(own[i] - x) > near and _find_near(x, drawn, near) is not None)
    }
    return tuple(moved.get(i, x) for i, x in enumerate(own))


def runs_through(line: Segment, edges: Sequence[float], tolerance: float) -> bool:
    """Whether a line runs from the first edge across it to the last."""
    return line.start <= edges[0] + tolerance and line.end >= edges[-1] - tolerance

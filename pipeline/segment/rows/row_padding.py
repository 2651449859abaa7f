"""Weigh the white space that a program keeps above and below the texts of a row.

A row that a page's end cuts often lacks it on one side, or has what was left of the page.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import inf, log

from pipeline.model import FieldPart, TableRow

_SAME = 0.15  # em between two paddings; measured: it parts cut rows from whole ones best
_LEAST = 3  # rows; judgement: fewer do not show what is usual
# Share of cut rows whose padding no whole row has; measured: 0.5 below the page's end, 0.3 after it
# (394 page ends of five generators; the programs that pad every piece alike are among them).
_UNLIKE = 0.4
_ROWS_BEFORE = 2.0  # pseudo-count of whole rows; judgement: a few rows outweigh it
_ALONE_BEFORE = 0.2  # pseudo-count of whole rows unlike all others; judgement: one in ten is


def weigh_padding(
    rows: Sequence[TableRow], below: TableRow, open_edges: tuple[bool, bool]
) -> float:
    """Weigh whether a page's end cuts the last row: the log-odds by its padding and the next's.

    Equal paddings say nothing, as some programs pad the pieces of a row like rows.

    Args:
        rows: The table's rows so far.
        below: The first row after the page's end.
        open_edges: Whether a ruling is missing below the last row, and above the next: then there
            is no padding, and a row whose ruling stands on the other page lacks it too.
    """
    whole = [row for row in rows[:-1] if all(len(field.parts) < 2 for field in row.fields)]
    if len(whole) < _LEAST:
        return 0.0
    last, first = open_edges
    odds = 0.0 if last else _weigh_side(whole, rows[-1], -1)
    return odds + (0.0 if first else _weigh_side(whole, below, 0))


def _weigh_side(whole: Sequence[TableRow], row: TableRow, side: int) -> float:
    """Weigh one padding: log-odds that no whole row has it.

    Args:
        side: 0: above its first part; -1: below its last one.
    """
    own = _measure(row, side)
    usual = sorted(p for p in (_measure(other, side) for other in whole) if p is not None)
    if own is None or any(abs(other - own) <= _SAME for other in usual):
        return 0.0
    gaps = [inf, *(after - before for before, after in pairwise(usual)), inf]
    alone = sum(min(sides) > _SAME for sides in pairwise(gaps))
    return max(0.0, log(_UNLIKE * (len(usual) + _ROWS_BEFORE) / (alone + _ALONE_BEFORE)))


def _measure(row: TableRow, side: int) -> float | None:
    """Measure the white space beside the text that fills most of a row, in em."""
    parts = [field.parts[side] for field in row.fields if field.parts]
    return min((_measure_part(part, side) for part in parts if part.lines), default=None)


def _measure_part(part: FieldPart, side: int) -> float:
    line = part.lines[side]
    space = line.top - part.box.top if side == 0 else part.box.bottom - line.bottom
    return space / line.size

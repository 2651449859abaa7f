"""Weigh the white space around the texts of a row at a page's end.

A row that a page's end cuts often lacks padding on one side, or has what was left of the page. A
text that goes on behind the end leaves no more room than the one beside it.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from math import inf, log
from statistics import median

from pipeline.model import FieldPart, Line, TableRow

_SAME = 0.15  # em between two paddings; measured: it parts cut rows from whole ones best
_LEAST = 3  # rows; judgement: fewer do not show what is usual
# Share of cut rows whose padding no whole row has; measured: 0.5 below the page's end, 0.3 after it
# (394 page ends of five generators; the programs that pad every piece alike are among them).
_UNLIKE = 0.4
_ROWS_BEFORE = 2.0  # pseudo-count of whole rows; judgement: a few rows outweigh it
_ALONE_BEFORE = 0.2  # pseudo-count of whole rows unlike all others; judgement: one in ten is
# Log-odds (natural logarithm) that one record goes on, by the lines left free beside it: many, some
# (programs keep a line or two together with those on the next page), or none beside a second text.
# measured: at 76 cut rows and 113 whole ones of made annexes; half of what none told, as texts may
# be alike.
_MANY_FREE, _SOME_FREE, _NONE_FREE = -3.5, -0.7, 1.0
# Line pitches that a text in the middle of its cell has less below it than a higher one beside it.
# measured: at 327 ends of pages of made annexes a text stands in the middle of its cell. 8 of them
# cut a row, and there none of its texts has more white below it than another.
_CENTRED = 0.4
# Line pitches; judgement: more than two lines, and a line where two sizes of type stand together.
_MANY, _SOME = 2.5, 0.75
_HIGH = 3  # lines; judgement: lower texts often have one height
ALIKE = 6  # characters of two texts; judgement: so many are not equal by chance


def weigh_padding(
    rows: Sequence[TableRow], below: TableRow, open_edges: tuple[bool, bool]
) -> float:
    """Weigh whether a page's end cuts the last row: the log-odds by its padding and the next's.

    Equal paddings say nothing, as some programs pad the pieces of a row like rows.

    Args:
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


def weigh_room_beside(above: TableRow, below: TableRow, labels: Collection[int]) -> float:
    """Weigh the room below each text that would go on: a text has no reason to stop before."""
    lowest = [field.parts[-1] for field in above.fields if field.parts and field.parts[-1].lines]
    page = max((part.page for part in lowest), default=0)
    filled = [part for part in lowest if part.page == page]
    parts = [part for part in _find_going_on(above, below, labels) if part.page == page]
    if not parts:
        return 0.0
    foot = max(part.lines[-1].bottom for part in filled)
    pitch = find_pitch([part.lines for part in filled])
    if any(foot - part.lines[-1].bottom > _CENTRED * pitch for part in parts if _is_centred(part)):
        return _MANY_FREE
    at_top = [part for part in parts if _room_above(part) < part.lines[0].size]
    room = max((foot - part.lines[-1].bottom for part in at_top), default=0.0) / pitch
    if room > _SOME:
        return _MANY_FREE if room > _MANY else _SOME_FREE
    high = [part for part in at_top if len(part.lines) >= _HIGH]
    return _NONE_FREE if len(high) > 1 else 0.0


def _find_going_on(
    above: TableRow, below: TableRow, labels: Collection[int]
) -> Iterator[FieldPart]:
    """Find what stands before the page's end of each text that would go on behind it.

    Of texts that are alike one tells all: an original and its revision have one height.
    """
    seen: set[str] = set()
    for column, (upper, lower) in enumerate(zip(above.fields, below.fields, strict=True)):
        if column in labels or not (upper.parts and upper.parts[-1].lines and lower.lines):
            continue
        last = upper.parts[-1].lines[-1].text[-ALIKE:]
        if last not in seen:
            yield upper.parts[-1]
        seen.add(last)


def find_pitch(texts: Sequence[Sequence[Line]]) -> float:
    """From line to line of some texts, in points; the height of a line, where each is one."""
    steps = [b.bottom - a.bottom for lines in texts for a, b in pairwise(lines)]
    heights = [line.bottom - line.top for lines in texts for line in lines]
    return median([step for step in steps if step > 0] or heights or [1.0])


def _room_above(part: FieldPart) -> float:
    return part.lines[0].top - part.box.top


def _is_centred(part: FieldPart) -> bool:
    """Whether a text stands in the middle of its cell: one that goes on would reach its foot."""
    below = part.box.bottom - part.lines[-1].bottom
    return abs(_room_above(part) - below) <= 2 * _SAME * part.lines[0].size

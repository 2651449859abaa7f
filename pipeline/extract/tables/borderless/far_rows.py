"""Tell the next record of a table from other text far below.

Rows that are higher than their texts leave much white between records.
"""

from bisect import bisect_right
from collections.abc import Sequence

from pipeline.extract.tables.borderless.bare_numbers import begins_next_record
from pipeline.extract.tables.borderless.gutters import MAX_OVERLAP, Gutter
from pipeline.extract.tables.borderless.words import TextLine


def begins_far_row(
    below: Sequence[TextLine],
    above: Sequence[TextLine],
    gutters: Sequence[Gutter],
    farthest: float,
    size: float,
) -> bool:
    """Whether lines far below a table begin with its next record.

    Its number tells, or else where its texts begin.

    Args:
        below: The lines, from top to bottom.
        above: Those of the table so far.
        gutters: Between its columns, from left to right.
        farthest: Points of white space between lines that end a record.
    """
    counts_on = begins_next_record(below, above, farthest)
    return _begins_at_columns(below[0], above, gutters, size) if counts_on is None else counts_on


def _begins_at_columns(
    line: TextLine, above: Sequence[TextLine], gutters: Sequence[Gutter], size: float
) -> bool:
    """Whether a line has texts in two columns at least, all of them where the columns begin.

    A column begins where texts above do, or where its gutter ends; a paragraph may be indented.
    """
    middles = [gutter.middle for gutter in gutters]
    own = _find_starts(line, middles)
    known = [_find_starts(other, middles) for other in above]
    known.append({column: gutter.widest[1] for column, gutter in enumerate(gutters, 1)})
    return len(own) > 1 and all(
        any(
            abs(x - indent - starts[column]) < 2 * MAX_OVERLAP * size
            for starts in known
            if column in starts
            for indent in (0.0, size)
        )
        for column, x in own.items()
    )


def _find_starts(line: TextLine, middles: Sequence[float]) -> dict[int, float]:
    """The x where a line begins in each column, in points."""
    starts: dict[int, float] = {}
    for word in line.words:
        starts.setdefault(bisect_right(middles, word.box.center[0]), word.box.x0)
    return starts

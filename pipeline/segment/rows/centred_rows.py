"""Cut rows that no ruling separates where each number stands at half the height of its record."""

import math
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from pipeline.model import Line, TableRow
from pipeline.segment.rows.vertical_gaps import Gap, find_gaps

LEVEL = 0.35  # em; judgement: less than half a line, by which a text of one line more is off
OVERLAP = 0.05  # em; judgement: boxes of glyphs reach into each other by rounding
NARROWER = 0.1  # em; judgement: gaps that a program sets alike differ by less
_LEAST_TALL = 2  # records; judgement: one may have its number in the middle by chance


class _Path(Struct, frozen=True):
    """The gaps above and below the records down to some height."""

    gaps: tuple[Gap, ...]
    error: float
    """How far the texts' middles are from their numbers, in points."""
    tall: int = 0
    """Records whose number does not stand at the first lines of all their texts; one between the
    lines of a text, level with none, counts for as many as are needed."""


_TOP, _FOOT = Gap(-math.inf, -math.inf), Gap(math.inf, math.inf)


def find_centred_cuts(
    row: TableRow, number: int, lines: Sequence[Line], opens: bool
) -> list[float] | None:
    """Find the cuts that put each number in the middle of its record, in every column.

    Args:
        row: Everything between two rulings.
        number: The column that numbers the records.
        lines: The lines that number them.
        opens: No text of a record before stands above them.

    Returns:
        The y of each cut, from top to bottom in points; None where no cuts do, or where numbers at
        the first lines of their records explain the page as well.
    """
    columns = [own.lines for index, own in enumerate(row.fields) if index != number and own.lines]
    if not columns:
        return None
    gaps = find_gaps([line for own in columns for line in own], overlap=OVERLAP)
    middles, size = find_middles(row.fields[number].lines, lines), lines[0].size
    first = middles[0]
    starts = [_TOP] + [gap for gap in gaps if gap.middle < first and not opens]
    paths = [_Path((start,), 0.0) for start in starts]
    for y, following in pairwise(middles):
        cuts = [gap for gap in gaps if y < gap.middle < following]
        paths = [p for cut in cuts if (p := _extend(paths, y, size, cut, columns)) is not None]
    last = _extend(paths, middles[-1], size, _FOOT, columns) or _choose(paths)  # a page may cut it
    # Above the number of a table's first record only its own text stands.
    above = opens and min(own[0].middle for own in columns) < first - LEVEL * size
    if last is None or last.tall < (1 if above else _LEAST_TALL):
        return None
    kept = [gap for gap in last.gaps if gap not in (_TOP, _FOOT)]
    widest = max((gap.height for gap in gaps if gap not in kept), default=0.0)
    if min((gap.height for gap in kept), default=widest) < widest - NARROWER * size:
        return None
    return [gap.middle for gap in kept]


def find_middles(own: Sequence[Line], numbers: Sequence[Line]) -> list[float]:
    """The y of the middle of each number, which may be wrapped: 意見１ over ０."""
    tops = [*(line.top for line in numbers[1:]), math.inf]
    ends = [
        max(line.bottom for line in own if number.top <= line.top < top)
        for number, top in zip(numbers, tops, strict=True)
    ]
    return [(number.top + end) / 2 for number, end in zip(numbers, ends, strict=True)]


def _extend(
    paths: Sequence[_Path], y: float, size: float, cut: Gap, columns: Sequence[Sequence[Line]]
) -> _Path | None:
    """Find the best way to end the record of a number at a gap; None: it is in no middle.

    Args:
        paths: The ways to end the records above.
        y: The middle of the number, in points.
        size: Its font size, in points.
        columns: The lines of each other column.
    """
    found: list[_Path] = []
    near = LEVEL * size
    for path in paths:
        top = path.gaps[-1].middle
        texts = [[line for line in own if top < line.middle < cut.middle] for own in columns]
        texts = [own for own in texts if own]
        errors = [abs((own[0].top + own[-1].bottom) / 2 - y) for own in texts]
        if errors and max(errors) < near:
            error, tall = path.error + sum(errors), path.tall + _count_tall(texts, y, near)
            found.append(_Path((*path.gaps, cut), error, tall))
    return _choose(found)


def _count_tall(texts: Sequence[Sequence[Line]], y: float, near: float) -> int:
    """For how many tall records one counts whose number stands at a height, in points."""
    away = [[abs(line.middle - y) > near for line in own] for own in texts]
    return _LEAST_TALL if any(map(all, away)) else int(any(own[0] for own in away))


def _choose(paths: Sequence[_Path]) -> _Path | None:
    return min(paths, key=lambda path: path.error, default=None)

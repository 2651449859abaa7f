"""Cut rows without numbers or rulings whose texts all begin, or are all centred, at one height.

Such rows stand hardly farther apart than the lines of a text, or even closer.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise, starmap

from msgspec import Struct

from pipeline.model import Field, Line, TableRow
from pipeline.segment.rows.cut_texts import run_on
from pipeline.segment.rows.shared_cells import SAME_LINE
from pipeline.segment.rows.vertical_gaps import (
    CENTRED,
    LEAST_EVEN,
    OVERLAP,
    cut_row,
    find_gaps,
)

_STEP = 0.1  # em; judgement: the lines of one text are set more evenly, but for a browser's pixels
_LEAST_LEVEL = 2  # rows; judgement: one may be so by chance, and a page may cut the others


class _Usual(Struct, frozen=True):
    """The space between two lines of a text, in points."""

    least: float
    most: float

    def holds(self, high: Line, low: Line) -> bool:
        """Whether two lines of a column are as far apart as those of a text."""
        return self.least < low.top - high.bottom < self.most


def find_level_cuts(row: TableRow, texts: Sequence[int], opens: bool) -> list[float]:
    """Find the cuts between rows that each have all texts, level with each other.

    Args:
        texts: The columns that every row fills.
        opens: The row opens its table: no text of a record before stands above its first line.

    Returns:
        The y of each cut, from top to bottom in points; []: there are none.
    """
    if len(texts) < 2:
        return []
    gaps = find_gaps(row.lines, overlap=OVERLAP)
    for usual in _find_usual(row):
        cuts = [gap.middle for gap in gaps if _parts_all(row, gap.middle, usual)]
        pieces = cut_row(row, cuts)
        if cuts and _are_level(pieces, texts, usual, opens):
            return cuts
    return []


def _find_usual(row: TableRow) -> Iterator[_Usual]:
    """Yield how far apart the lines of a text may be, from the closest on.

    Rows that a program sets without padding are closer than lines with leading between them: these
    are the most.
    """
    gaps = sorted(
        (low.top - high.bottom, low.size)
        for field in row.fields
        for high, low in pairwise(field.lines)
    )
    groups: list[list[float]] = []
    for height, size in gaps:
        group = groups[-1] if groups else []
        if group and height - group[-1] <= max(_STEP * size, group[-1] - group[0]):
            group.append(height)
        else:
            if sum(map(len, groups)) >= LEAST_EVEN:
                yield _Usual(-math.inf, (group[-1] + height) / 2)
            groups.append([height])
    largest = max(groups, key=len, default=[])
    if len(largest) >= LEAST_EVEN:
        room = _STEP * gaps[0][1] / 2
        yield _Usual(largest[0] - room, largest[-1] + room)


def _parts_all(row: TableRow, y: float, usual: _Usual) -> bool:
    """Whether the lines above and below a height are no lines of one text, in any column."""
    around = [
        (high, low)
        for field in row.fields
        for high, low in pairwise(field.lines)
        if high.middle < y < low.middle
    ]
    return bool(around) and not any(starmap(usual.holds, around))


def _are_level(
    pieces: Sequence[TableRow], texts: Sequence[int], usual: _Usual, opens: bool
) -> bool:
    """Whether the pieces of a row begin level, or are centred, but for those that a page cuts."""
    if not all(_is_even(field, usual) for piece in pieces for field in piece.fields):
        return False
    if any(
        run_on(*([own.fields[at] for at in texts] for own in pair)) for pair in pairwise(pieces)
    ):
        return False
    inner = pieces[0 if opens else 1 : -1]
    for is_level in (_begins_level, _is_centred):
        level = [is_level(piece, texts) for piece in pieces]
        if sum(level) >= _LEAST_LEVEL and all(is_level(piece, texts) for piece in inner):
            return True
    return False


def _is_even(field: Field, usual: _Usual) -> bool:
    return all(starmap(usual.holds, pairwise(field.lines)))


def _begins_level(piece: TableRow, texts: Sequence[int]) -> bool:
    tops = [field.lines[0].top for field in piece.fields if field.lines]
    return _is_filled(piece, texts) and max(tops) - min(tops) < SAME_LINE * piece.lines[0].size


def _is_centred(piece: TableRow, texts: Sequence[int]) -> bool:
    cells = [field.lines for field in piece.fields if field.lines]
    middles = [(lines[0].top + lines[-1].bottom) / 2 for lines in cells]
    return _is_filled(piece, texts) and max(middles) - min(middles) < CENTRED * piece.lines[0].size


def _is_filled(piece: TableRow, texts: Sequence[int]) -> bool:
    return all(piece.fields[text].lines for text in texts)

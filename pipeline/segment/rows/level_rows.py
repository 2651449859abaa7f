"""Cut rows without numbers or rulings whose texts all begin, or are all centred, at one height.

Such rows stand hardly farther apart than the lines of a text.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.model import Field, TableRow
from pipeline.segment.rows.shared_cells import SAME_LINE
from pipeline.segment.rows.vertical_gaps import LEAST_EVEN, cut_row, find_gaps

_LEVEL = 0.35  # em; judgement: less than half a line, by which a text of one line more is off
_OVERLAP = 0.05  # em; judgement: boxes of glyphs reach into each other by rounding
_STEP = 0.1  # em; judgement: the lines of one text are set more evenly, but for a browser's pixels
_LEAST_LEVEL = 2  # rows; judgement: one may be so by chance, and a page may cut the others


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
    gaps = find_gaps(row.lines, overlap=_OVERLAP)
    for most in _find_steps(row):
        cuts = [gap.middle for gap in gaps if gap.height > most]
        pieces = cut_row(row, cuts)
        if cuts and _are_level(pieces, texts, most, opens):
            return cuts
    return []


def _find_steps(row: TableRow) -> Iterator[float]:
    """Yield the spaces, in points, that may be the widest between two lines of a text."""
    gaps = sorted(
        (low.top - high.bottom, low.size)
        for field in row.fields
        for high, low in pairwise(field.lines)
    )
    for place, ((upper, size), (lower, _)) in enumerate(pairwise(gaps), start=1):
        step = max(_STEP * size, upper - gaps[0][0])
        if place >= LEAST_EVEN and lower - upper > step:
            yield upper + step / 2


def _are_level(pieces: Sequence[TableRow], texts: Sequence[int], most: float, opens: bool) -> bool:
    """Whether the pieces of a row begin level, or are centred, but for those that a page cuts."""
    inner = pieces[0 if opens else 1 : -1]
    if any(_leaves_room(field, most) for piece in pieces for field in piece.fields):
        return False
    for is_level in (_begins_level, _is_centred):
        level = [is_level(piece, texts) for piece in pieces]
        if sum(level) >= _LEAST_LEVEL and all(is_level(piece, texts) for piece in inner):
            return True
    return False


def _leaves_room(field: Field, most: float) -> bool:
    return any(low.top - high.bottom > most for high, low in pairwise(field.lines))


def _begins_level(piece: TableRow, texts: Sequence[int]) -> bool:
    tops = [field.lines[0].top for field in piece.fields if field.lines]
    return _is_filled(piece, texts) and max(tops) - min(tops) < SAME_LINE * piece.lines[0].size


def _is_centred(piece: TableRow, texts: Sequence[int]) -> bool:
    cells = [field.lines for field in piece.fields if field.lines]
    middles = [(lines[0].top + lines[-1].bottom) / 2 for lines in cells]
    return _is_filled(piece, texts) and max(middles) - min(middles) < _LEVEL * piece.lines[0].size


def _is_filled(piece: TableRow, texts: Sequence[int]) -> bool:
    return all(piece.fields[text].lines for text in texts)

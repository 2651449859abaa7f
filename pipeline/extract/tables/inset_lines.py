"""Find horizontal lines that belong to a paragraph of a cell, and part no rows."""

from collections.abc import Sequence

import numpy as np

from pipeline.extract.tables.rulings import Segment, to_array

# em between a line's end and the ruling that it meets; judgement: wider than a pen or the last gap
# of a dotted ruling, narrower than the margins of a cell.
_MEETING = 0.15
_LEVEL = 0.3  # em between the heights of lines that are one; judgement: as rulings are merged


def drop_inset(
    lines: Sequence[Segment], verticals: Sequence[Segment], size: float
) -> list[Segment]:
    """Drop the lines that end before both sides of their cell and stand alone at their height.

    They are the borders of a paragraph, or the edges of its ground. A table's own rulings meet its
    vertical ones. Where a design leaves gaps there, it does so in several columns. A ruling below a
    header word over other header words may meet no vertical one. But it begins or ends at the x of
    a ruling of the table, and so it stays.

    Args:
        lines: Horizontal rulings and edges of shades.
        verticals: The vertical rulings, merged and as drawn.
    """
    if not lines or not verticals:
        return list(lines)
    y, start, end = to_array(lines).T[:, :, None]
    x, top, bottom = to_array(verticals).T
    reach = _MEETING * size
    beside = (top - reach <= y) & (y <= bottom + reach)
    met = np.any(beside & (start - reach <= x) & (x <= end + reach), axis=1)
    inside = np.any(beside & (x < start), axis=1) & np.any(beside & (x > end), axis=1)
    bordered = inside & ~met
    level = (abs(start - start.T) <= reach) | (abs(end - end.T) <= reach)
    bordered &= ~np.any(level & ~bordered, axis=1)
    inset = [line for line, is_inset in zip(lines, bordered, strict=True) if is_inset]
    alone = {line for line in inset if not any(_is_beside(line, o, size) for o in lines)}
    return [line for line in lines if line not in alone]


def _is_beside(line: Segment, other: Segment, size: float) -> bool:
    """Whether another line stands at the same height in another column."""
    level = abs(line.position - other.position) <= _LEVEL * size
    return level and (other.end <= line.start or other.start >= line.end)

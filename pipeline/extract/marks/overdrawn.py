"""Find lines that are drawn past their type, over the side of its cell."""

from collections.abc import Sequence

from pipeline.extract.tables.rulings import Segment

# em between two ends that stand below each other; judgement: half a thick pen, and a rounding
_BELOW = 0.15
_SAME = 0.4  # em between the lines of one mark; judgement: those of a double line, and their pens


def cut_overdrawn(
    line: Segment, strokes: Sequence[Segment], verticals: Sequence[Segment], size: float
) -> Segment | None:
    """Cut a line off at the side of the cell in which it begins, if it is no ruling.

    Where a justified line ends with a break, LibreOffice draws its underline past the type by the
    width of the gaps once more: over the next cells, or beyond the table and the page. A ruling
    that crosses a vertical one ends at another, or where the others of its table end, of which the
    first and the last end the vertical one too. Where no other tells how wide the table is, the
    line stays a ruling.

    Args:
        line: The line, its pieces joined.
        strokes: The horizontal strokes as drawn.
        verticals: The vertical rulings, merged.
        size: The font size of the page's smaller text, in points.

    Returns:
        The line within its cell; None: it crosses no vertical ruling, or may be a ruling.
    """
    reach, y = _BELOW * size, line.position
    beside = [v for v in verticals if v.start <= y <= v.end]
    crossed = [v for v in beside if line.start + size < v.position < line.end - reach]
    if not crossed or any(abs(v.position - line.end) <= reach for v in beside):
        return None
    side = min(crossed, key=lambda v: v.position)
    last = max(v.position for v in beside)
    others = [s for s in strokes if abs(s.position - y) > _SAME * size]
    below = [s.position for s in others if abs(s.end - line.end) <= reach]  # or above
    if side.start > min([y, *below]) - reach or side.end < max([y, *below]) + reach:
        return None
    goes_through = any(s.start < side.position and line.end + size < s.end for s in others)
    if goes_through or (not below and any(s.end > last - reach for s in others)):
        return Segment(y, line.start, side.position)
    return None

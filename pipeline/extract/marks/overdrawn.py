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
    that crosses a vertical one ends at another, or where the other rulings end. Where no side and
    no other ruling tells how wide the table is, the line stays a ruling.

    Args:
        line: The line, its pieces joined.
        strokes: The horizontal strokes as drawn.
        verticals: The vertical rulings, merged.
        size: The font size of the page's smaller text, in points.

    Returns:
        The line within its cell; None: it crosses no vertical ruling, or may be a ruling.
    """
    reach = _BELOW * size
    beside = [v.position for v in verticals if v.start <= line.position <= v.end]
    sides = [x for x in beside if line.start + size < x < line.end - reach]
    if not sides or any(abs(x - line.end) <= reach for x in beside):
        return None
    ends = [s.end for s in strokes if abs(s.position - line.position) > _SAME * size]
    is_in_table = max(beside) > line.end or any(end > max(beside) - reach for end in ends)
    if not is_in_table or any(abs(end - line.end) <= reach for end in ends):
        return None
    return Segment(line.position, line.start, min(sides))

"""Cut the verticals of a table where only some reach beyond its first or its last ruling."""

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.extract.tables.rulings import Rulings, Segment

# Tolerances of a frame; judgement: one em, which a line of text needs, and half of its leading.
_LESS_THAN_A_LINE = 2.0


def cut_overhanging_sides(rulings: Rulings, tolerance: float) -> Rulings:
    """End the verticals of a table at its first or last ruling, where its sides or the others end.

    A browser that spaces the cells of a table keeps the space at a page's end, between its sides.
    It holds no text, and the row above it is not cut. And on a scan, a stroke of the title above a
    table joins the vertical below it.

    Args:
        rulings: Those of one frame.
        tolerance: In points, six tenths of an em; lines that meet may miss each other by this much.
    """
    if not rulings.vertical or not rulings.horizontal:
        return rulings
    left, right = rulings.vertical[0].position, rulings.vertical[-1].position
    inner = [v for v in rulings.vertical if left + tolerance < v.position < right - tolerance]
    if not inner:
        return rulings
    outer = [v for v in rulings.vertical if v not in inner]
    first, last = rulings.horizontal[0], rulings.horizontal[-1]
    top, bottom = first.position, last.position
    cuts_top = _overhang(
        [top - v.start for v in outer],
        [top - v.start for v in inner],
        first.spans((left, right), tolerance),
        tolerance,
    )
    cuts_bottom = _overhang(
        [v.end - bottom for v in outer],
        [v.end - bottom for v in inner],
        last.spans((left, right), tolerance),
        tolerance,
    )
    if not (cuts_top or cuts_bottom):
        return rulings

    def cut(side: Segment) -> Segment:
        start = max(side.start, top) if cuts_top else side.start
        return replace(side, start=start, end=min(side.end, bottom) if cuts_bottom else side.end)

    return replace(rulings, vertical=tuple(map(cut, rulings.vertical)))


def _overhang(
    outer: Sequence[float], inner: Sequence[float], has_sides: bool, tolerance: float
) -> bool:
    """Whether only the sides reach beyond a ruling, by less than a line, or only inner verticals.

    Args:
        outer: By how much each piece of a side reaches beyond it, in points.
        inner: The same of the inner verticals.
        has_sides: The ruling goes from one outer vertical to the other.
        tolerance: In points.
    """
    sides, columns = max(outer), max(inner)
    if columns <= tolerance < sides:
        return sides < _LESS_THAN_A_LINE * tolerance
    return has_sides and abs(sides) <= tolerance < columns

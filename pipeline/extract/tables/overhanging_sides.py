"""Cut the verticals of a table where only some reach beyond its first or its last ruling."""

from math import inf

from msgspec.structs import replace

from pipeline.extract.tables.rulings import Rulings

# Tolerances of a frame; judgement: one em, which a line of text needs, and half of its leading.
_LESS_THAN_A_LINE = 2.0


def cut_overhanging_sides(rulings: Rulings, tolerance: float) -> Rulings:
    """End the verticals of a table at its first or last ruling, where its sides or the others end.

    A browser that spaces the cells of a table keeps the space at a page's end, between its sides.
    It holds no text, and the row above it is not cut. And on a scan, a stroke of the title above a
    table joins the vertical below it.

    Args:
        tolerance: In points, six tenths of an em; lines that meet may miss each other by this much.
    """
    if not rulings.vertical or not rulings.horizontal:
        return rulings
    width = left, right = rulings.vertical[0].position, rulings.vertical[-1].position
    inner = [v for v in rulings.vertical if left + tolerance < v.position < right - tolerance]
    if not inner:
        return rulings
    outer = [v for v in rulings.vertical if v not in inner]
    first, last = rulings.horizontal[0], rulings.horizontal[-1]
    above = [first.position - min(v.start for v in own) for own in (outer, inner)]
    below = [max(v.end for v in own) - last.position for own in (outer, inner)]
    cuts_top = _overhang(above[0], above[1], first.spans(width, tolerance), tolerance)
    cuts_bottom = _overhang(below[0], below[1], last.spans(width, tolerance), tolerance)
    top, bottom = first.position if cuts_top else -inf, last.position if cuts_bottom else inf
    cut = (replace(v, start=max(v.start, top), end=min(v.end, bottom)) for v in rulings.vertical)
    return replace(rulings, vertical=tuple(cut))


def _overhang(sides: float, columns: float, has_sides: bool, tolerance: float) -> bool:
    """Whether only the sides reach beyond a ruling, by less than a line, or only inner verticals.

    Args:
        sides: By how much a side reaches beyond it, in points.
        columns: The same of the inner verticals.
        has_sides: The ruling goes from one outer vertical to the other.
    """
    if columns <= tolerance < sides:
        return sides < _LESS_THAN_A_LINE * tolerance
    return has_sides and abs(sides) <= tolerance < columns

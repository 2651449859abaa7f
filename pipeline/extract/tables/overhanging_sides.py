"""Cut the sides of a table where they reach beyond its rulings by less than a line of text."""

from msgspec.structs import replace

from pipeline.extract.tables.rulings import Rulings, Segment

# Tolerances of a frame; judgement: one em, which a line of text needs, and half of its leading.
_LESS_THAN_A_LINE = 2.0


def cut_overhanging_sides(rulings: Rulings, tolerance: float) -> Rulings:
    """End the sides of a table where its first or last ruling is, and its inner verticals end.

    A browser that spaces the cells of a table keeps the space at a page's end, between its sides.
    It holds no text, and the row above it is not cut.

    Args:
        rulings: Those of one frame.
        tolerance: In points, six tenths of an em; lines that meet may miss each other by this much.
    """
    if not rulings.vertical or not rulings.horizontal:
        return rulings
    left, right = rulings.vertical[0].position, rulings.vertical[-1].position
    inner = [v for v in rulings.vertical if left + tolerance < v.position < right - tolerance]
    top, bottom = rulings.horizontal[0].position, rulings.horizontal[-1].position
    if not inner:
        return rulings
    most = _LESS_THAN_A_LINE * tolerance
    above = min(v.start for v in rulings.vertical)
    below = max(v.end for v in rulings.vertical)
    cuts_top = top - most < above < top - tolerance <= min(v.start for v in inner)
    cuts_bottom = max(v.end for v in inner) <= bottom + tolerance < below < bottom + most
    if not (cuts_top or cuts_bottom):
        return rulings

    def cut(side: Segment) -> Segment:
        start = max(side.start, top) if cuts_top else side.start
        return replace(side, start=start, end=min(side.end, bottom) if cuts_bottom else side.end)

    return replace(rulings, vertical=tuple(map(cut, rulings.vertical)))

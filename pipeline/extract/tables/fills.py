"""Find stripes and coloured headers: their edges separate rows as rulings do.

Those of a paragraph's ground, like a line inside a cell, part no rows.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec.structs import replace

from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.extract.pdf.upright_view import Shade
from pipeline.extract.tables.rulings import Segment, to_array
from pipeline.model import Box

MIN_WIDTH = 12.0  # em; judgement: a narrower shade marks words or one cell
_MIN_HEIGHT = 0.9  # em; judgement: a row of text is at least one em high
_MIN_FILLED = 0.9  # share of an area; judgement: rulings between its shades take the rest
SEAM = 0.1  # points; judgement: a thinner line of the paper shows on no screen and in no print
_MAX_GAP = 0.3  # em; judgement: between the shades of two cells side by side is a ruling at most
# Em between a line's end and the ruling that it meets; judgement: wider than a pen or the last gap
# of a dotted ruling, narrower than the margins of a cell.
_MEETING = 0.15
_LEVEL = 0.3  # em between the heights of lines that are one; judgement: as rulings are merged


def cut_overhanging(
    shades: Sequence[Shade], verticals: Sequence[Segment], text: Glyphs, size: float
) -> list[Shade]:
    """End the shades at the right side of their table, where nothing stands behind it.

    LibreOffice Calc paints the whole ground of a merged cell, though the page ends before it: the
    other columns are on another page. Its edges would make a column there.
    """
    return [_cut_overhanging(shade, verticals, text, size) for shade in shades]


def _cut_overhanging(
    shade: Shade, verticals: Sequence[Segment], text: Glyphs, size: float
) -> Shade:
    box, reach = shade.box, _MEETING * size
    met = [v for v in verticals if v.start <= box.bottom + reach and v.end >= box.top - reach]
    side = max((v.position for v in met), default=box.x1)
    if not box.x0 < side < box.x1 - _MIN_HEIGHT * size:
        return shade
    beside = [v for v in verticals if abs(v.position - side) <= reach]
    top, bottom = min(v.start for v in beside), max(v.end for v in beside)
    behind = (text.x > side) & (text.y > top) & (text.y < bottom)
    alone = not behind.any() and not any(v.position > side + reach for v in verticals)
    return replace(shade, box=replace(box, x1=side)) if alone else shade


def find_shade_edges(shades: Sequence[Shade], size: float) -> Iterator[Segment]:
    """Find the upper and lower edges of shades that run through whole rows.

    Args:
        shades: As drawn; the cells of one row may have a shade each.
    """
    edges = [
        Segment(y, box.x0, box.x1)
        for box in (*_find_rows(shades, size), *_find_areas(shades, size))
        if box.width > MIN_WIDTH * size
        for y in (box.top, box.bottom)
    ]
    visible = [[*_leave_out_seams(edge, shades)] for edge in edges]
    shown = [part.position for parts in visible for part in parts]
    for edge, parts in zip(edges, visible, strict=True):
        yield from parts
        # Where nothing but seams is at a height, the grounds of whole rows meet.
        if not any(abs(y - edge.position) < SEAM for y in shown):
            yield edge


def _leave_out_seams(edge: Segment, shades: Sequence[Shade]) -> Iterator[Segment]:
    """Leave out where shades of one colour meet at an edge: the eye sees none there."""
    near = [s for s in shades if s.box.x0 < edge.end and edge.start < s.box.x1]
    above = [s for s in near if abs(s.box.bottom - edge.position) < SEAM]
    below = [s for s in near if abs(s.box.top - edge.position) < SEAM]
    start = edge.start
    for x0, x1 in sorted(
        (max(a.box.x0, b.box.x0), min(a.box.x1, b.box.x1))
        for a in above
        for b in below
        if a.color == b.color
    ):
        if start < x0 < x1:
            yield replace(edge, start=start, end=x0)
        start = max(start, x1)
    if start < edge.end:
        yield replace(edge, start=start)


def _find_areas(shades: Sequence[Shade], size: float) -> Iterator[Box]:
    """Yield the areas that shades of one colour fill together.

    In a header of several rows the cells differ in height: no row of them is as wide as the table.
    """
    for area in group_shades(shades, size):
        box = Box.around([shade.box for shade in area])
        filled = sum(s.box.width * s.box.height for s in area)
        if len(area) > 1 and filled > _MIN_FILLED * box.width * box.height:
            yield box


def group_shades(shades: Sequence[Shade], size: float) -> list[list[Shade]]:
    """Group the shades of one colour that touch each other; those of words are left out.

    Args:
        shades: As drawn.
    """
    areas: list[list[Shade]] = []
    for shade in sorted(shades, key=lambda s: (s.box.top, s.box.x0)):
        if min(shade.box.height, shade.box.width) <= _MIN_HEIGHT * size:
            continue
        near = [area for area in areas if any(_touch(shade, other, size) for other in area)]
        areas = [area for area in areas if area not in near]
        areas.append([shade, *(other for area in near for other in area)])
    return areas


def _touch(one: Shade, other: Shade, size: float) -> bool:
    a, b, reach = one.box, other.box, _MAX_GAP * size
    beside = a.x0 - reach < b.x1 and b.x0 - reach < a.x1
    return one.color == other.color and beside and a.top - reach < b.bottom + reach


def _find_rows(shades: Sequence[Shade], size: float) -> list[Box]:
    """The rectangles of shades; those side by side at one height are merged."""
    near = _MAX_GAP * size
    boxes = [s.box for s in shades if s.box.height > _MIN_HEIGHT * size and s.box.width > near]
    rows: list[Box] = []
    for box in sorted(boxes, key=lambda b: (round(b.top), round(b.bottom), b.x0)):
        row = rows[-1] if rows else box
        level = max(abs(row.top - box.top), abs(row.bottom - box.bottom)) < near
        if rows and level and box.x0 - row.x1 < near:
            rows[-1] = replace(row, x1=max(row.x1, box.x1))
        else:
            rows.append(box)
    return rows


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
    if met.all():  # as on most pages
        return list(lines)
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

"""Find the rulings of a coloured header: white lines on its ground, and gaps in it.

The rulings below it are dark. A border of another width puts the edges of one column at two
places, so those of the header are moved to those of the records.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.pdf.page_content import Shade
from pipeline.extract.tables.fills import group_shades
from pipeline.extract.tables.rulings import Rulings, Segment, merge_rulings, split_strokes
from pipeline.model import Box

# In em.
_MIN_WIDTH = 12.0  # judgement: a narrower ground marks words or one cell
# judgement: the most between neighbouring cells that have a border each; no column is so narrow.
_EDGE = 0.6
_LEAST_BELOW = 2  # verticals below a ground; judgement: they make a cell of the records


def find_light_rulings(
    light: Sequence[Box], shades: Sequence[Shade], rulings: Rulings, size: float
) -> Rulings:
    """Find the rulings on the grounds right above the rulings of records.

    Args:
        light: White strokes and bars.
        shades: The coloured areas of a page.
        rulings: Its merged dark rulings.
        size: The font size of its smaller text, in points.
    """
    horizontal: list[Segment] = []
    vertical: list[Segment] = []
    areas = group_shades(shades, size) if rulings.vertical else []
    grounds = [(_box_around([shade.box for shade in area]), area) for area in areas]
    # A header may have a ground for each of its rows: the lowest shows what the others belong to.
    for ground, area in sorted(grounds, key=lambda entry: -entry[0].bottom):
        reach = _EDGE * size
        known = (*rulings.vertical, *vertical)
        below = [line for line in known if _begins_below(line, ground, reach)]
        if ground.width <= _MIN_WIDTH * size or len(below) < _LEAST_BELOW:
            continue
        own = _find_own_rulings(light, area, ground, reach)
        horizontal += own.horizontal
        vertical += (_join_to(line, below, ground, reach) for line in own.vertical)
    return Rulings(tuple(horizontal), tuple(vertical))


def _begins_below(line: Segment, ground: Box, reach: float) -> bool:
    """Whether a vertical begins at the lower edge of a ground."""
    inside = ground.x0 - reach <= line.position <= ground.x1 + reach
    return inside and abs(line.start - ground.bottom) <= reach and line.end > ground.bottom + reach


def _find_own_rulings(
    light: Sequence[Box], area: Sequence[Shade], ground: Box, reach: float
) -> Rulings:
    """The white lines on a ground and the sides of its pieces; those at one place are merged."""
    drawn = split_strokes([box for box in light if ground.contains(box)], reach)
    boxes = [shade.box for shade in area]
    levels = [Segment(y, box.x0, box.x1) for box in boxes for y in (box.top, box.bottom)]
    sides = [Segment(x, box.top, box.bottom) for box in boxes for x in (box.x0, box.x1)]
    return merge_rulings(
        Rulings((*drawn.horizontal, *levels), (*drawn.vertical, *sides)),
        reach,
    )


def _join_to(line: Segment, below: Sequence[Segment], ground: Box, reach: float) -> Segment:
    """Move a vertical of a header over the one below it; it may end a border's width above."""
    nearest = min(below, key=lambda other: abs(other.position - line.position))
    if abs(nearest.position - line.position) > reach:
        return line
    reaches = ground.bottom - line.end <= reach
    end = max(line.end, nearest.start) if reaches else line.end
    return replace(line, position=nearest.position, end=end)


def _box_around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )

"""Find the rulings of a coloured header: white lines on its ground, and gaps in it.

The rulings below it are dark. A border of another width puts the edges of one column at two
places, so those of the header are moved to those of the records. Where no vertical is dark, white
lines on the grounds may rule the whole table, as spreadsheets' table styles do, or gaps between
the grounds of its cells, as style sheets leave them.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec.structs import replace

from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.extract.pdf.upright_view import Shade
from pipeline.extract.tables.fills import MIN_WIDTH, SEAM, group_shades
from pipeline.extract.tables.rulings import (
    CELL_GAP,
    NO_RULINGS,
    Rulings,
    Segment,
    merge_rulings,
    split_strokes,
)
from pipeline.model import Box, group_linked

# In em.
_SPACE = 1.5  # judgement: an ideographic space and the white sides of its neighbours
_LEAST_LINES = 3  # white lines of either direction; judgement: they make two rows and columns
_LEAST_BELOW = 2  # verticals below a ground; judgement: they make a cell of the records


def find_light_rulings(
    light: Sequence[Box], shades: Sequence[Shade], rulings: Rulings, text: Glyphs, size: float
) -> Rulings:
    """Find the rulings on the grounds right above the rulings of records.

    Args:
        light: White strokes and bars.
        rulings: Its merged dark rulings.
    """
    if not rulings.vertical:
        white = _find_white_lattice(light, shades, size)
        return white if white.vertical else _find_gaps(shades, text, size)
    horizontal: list[Segment] = []
    vertical: list[Segment] = []
    areas = group_shades(shades, size)
    grounds = [(Box.around([shade.box for shade in area]), area) for area in areas]
    # A header may have a ground for each of its rows: the lowest shows what the others belong to.
    for ground, area in sorted(grounds, key=lambda entry: -entry[0].bottom):
        reach = CELL_GAP * size
        known = (*rulings.vertical, *vertical)
        below = [line for line in known if _begins_below(line, ground, reach)]
        if ground.width <= MIN_WIDTH * size or len(below) < _LEAST_BELOW:
            continue
        # Where the columns of the records have dark rulings on the ground, the others are merged.
        ruled = _are_ruled(below, rulings.vertical, ground, reach)
        own = _find_own_rulings(light, () if ruled else area, ground, reach)
        horizontal += own.horizontal
        vertical += (_join_to(line, below, ground, reach) for line in own.vertical)
        inner = _inner_positions(own.vertical, ground, reach)
        above = [line for line in rulings.vertical if abs(line.end - ground.top) <= reach]
        if not (ruled or inner or above):
            vertical += _continue_upwards(below, ground, text, size)
    return Rulings(tuple(horizontal), tuple(vertical))


def _find_white_lattice(light: Sequence[Box], shades: Sequence[Shade], size: float) -> Rulings:
    """Find the white lines that lie on grounds, if they make cells."""
    reach = CELL_GAP * size
    own = split_strokes([box for box in light if _lies_on(box, shades, reach)], reach)
    is_lattice = min(len(own.horizontal), len(own.vertical)) >= _LEAST_LINES
    return merge_rulings(own, reach) if is_lattice else NO_RULINGS


def _find_gaps(shades: Sequence[Shade], text: Glyphs, size: float) -> Rulings:
    """Find the gaps that part the grounds of cells, in tables where every text has a ground."""
    reach = CELL_GAP * size
    horizontal: list[Segment] = []
    vertical: list[Segment] = []
    for cells in _group_cells(shades, size):
        box = Box.around(cells)
        on_ground = np.any([text.inside(cell) for cell in cells], axis=0)
        sides = Rulings(
            tuple(Segment(y, cell.x0, cell.x1) for cell in cells for y in (cell.top, cell.bottom)),
            tuple(Segment(x, cell.top, cell.bottom) for cell in cells for x in (cell.x0, cell.x1)),
        )
        own = merge_rulings(sides, reach)
        is_lattice = min(len(own.horizontal), len(own.vertical)) >= _LEAST_LINES
        if is_lattice and not np.any(text.inked & text.inside(box) & ~on_ground):
            horizontal += own.horizontal
            vertical += own.vertical
    return Rulings(tuple(horizontal), tuple(vertical))


def _group_cells(shades: Sequence[Shade], size: float) -> Iterator[list[Box]]:
    """Group the grounds that stand beside or below each other with gaps between them."""
    cells = [s.box for s in shades if min(s.box.width, s.box.height) > size]
    x0, top, x1, bottom = np.array([(c.x0, c.top, c.x1, c.bottom) for c in cells]).reshape(-1, 4).T

    def find_beside(place: int) -> list[int]:  # one by one: all pairs may not fit into memory
        wide = np.maximum(x0[place] - x1, x0 - x1[place])
        high = np.maximum(top[place] - bottom, top - bottom[place])
        apart, over = np.maximum(wide, high), np.minimum(wide, high)
        near = (apart > SEAM) & (apart <= CELL_GAP * size) & (over < 0)
        found: list[int] = np.flatnonzero(near).tolist()
        return found

    links = ((place, other) for place in range(len(cells)) for other in find_beside(place))
    yield from ([cells[place] for place in group] for group in group_linked(links))


def _lies_on(line: Box, shades: Sequence[Shade], reach: float) -> bool:
    """Whether at least half of a line lies on grounds or along their edges."""
    covered = 0.0
    for shade in shades:
        wide, high = _overlap(line, shade.box, reach)
        covered += max(wide, high) if min(wide, high) >= 0 else 0.0
    return 2 * covered >= max(line.width, line.height)


def _overlap(line: Box, ground: Box, reach: float) -> tuple[float, float]:
    """How wide and how high a line reaches over a ground; negative: it is farther away."""
    wide = min(line.x1, ground.x1 + reach) - max(line.x0, ground.x0 - reach)
    return wide, min(line.bottom, ground.bottom + reach) - max(line.top, ground.top - reach)


def _are_ruled(
    below: Sequence[Segment], dark: Sequence[Segment], ground: Box, reach: float
) -> bool:
    """Whether each vertical below a ground has a dark one over it that stands on the ground."""
    columns = _inner_positions(below, ground, reach)
    over = [
        line.position
        for line in dark
        if line.start < ground.bottom - reach and line.end > ground.top + reach
    ]
    return bool(columns) and all(any(abs(x - own) <= reach for own in over) for x in columns)


def _inner_positions(lines: Sequence[Segment], ground: Box, reach: float) -> list[float]:
    """The x of the verticals that stand inside a ground, not at its sides."""
    return [x.position for x in lines if ground.x0 + reach < x.position < ground.x1 - reach]


def _continue_upwards(
    below: Sequence[Segment], ground: Box, text: Glyphs, size: float
) -> Iterator[Segment]:
    """Continue the verticals of the records over a header that nothing parts.

    A text that reaches over several columns heads rows, or spans other headers: where most columns
    have no text of their own, nothing is continued.
    """
    inked = text.take(text.inked & text.inside(ground))
    columns = sorted(_inner_positions(below, ground, CELL_GAP * size))
    if 2 * _count_runs(inked, size) <= len(columns) + 1:
        return
    for x in columns:
        if not np.any((inked.x0 < x) & (inked.x1 > x)):
            yield Segment(x, ground.top, ground.bottom)


def _count_runs(text: Glyphs, size: float) -> int:
    """Count the texts side by side, whatever their heights."""
    order = np.argsort(text.x0)
    ends = np.maximum.accumulate(text.x1[order])
    return int(np.count_nonzero(text.x0[order][1:] - ends[:-1] > _SPACE * size)) + 1


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
    return merge_rulings(Rulings((*drawn.horizontal, *levels), (*drawn.vertical, *sides)), reach)


def _join_to(line: Segment, below: Sequence[Segment], ground: Box, reach: float) -> Segment:
    """Move a vertical of a header over the one below it; it may end a border's width above."""
    nearest = min(below, key=lambda other: abs(other.position - line.position))
    if abs(nearest.position - line.position) > reach:
        return line
    reaches = ground.bottom - line.end <= reach
    end = max(line.end, nearest.start) if reaches else line.end
    return replace(line, position=nearest.position, end=end)

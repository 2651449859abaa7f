"""Keep a line whole that runs over the side of its cell, over the text of the next one.

Browsers and other programs do not wrap what they know no place to wrap in, such as （10） or an
address. In a narrow column it is drawn over the ruling, and over what stands beside it.
"""

from collections.abc import Sequence

import numpy as np

from pipeline.extract.pdf.glyphs import Flags, Floats, Glyphs, Integers
from pipeline.model import Box

# In em.
_JOINED = 0.05  # between glyphs of a line that is drawn at once; judgement: letters are kerned so
_CLOSE = 0.15  # between two texts; judgement: cells keep theirs farther apart
_SAME_LINE = 0.2  # between the middles of glyphs; judgement: those of one line differ by rounding
_SAME_EDGE = 0.02  # between beginnings of lines; judgement: those of a cell differ by rounding only
_ACROSS = 0.1  # from a ruling to the text behind it; judgement: cells keep more
_PADDING = 1.0  # judgement: cells keep less on the left of a text that is not in their middle
_BESIDE = 0.5  # between the middles of two lines side by side; judgement: half a line


def keep_overrunning(cells: Integers, glyphs: Glyphs, boxes: Sequence[Box]) -> Integers:
    """Give a line that is drawn at once, over other text, to the cell that has no other there.

    Where neither cell has, it goes to the one at whose left side it begins.

    Args:
        cells: The number of each glyph's cell; negative: it is in none.
        glyphs: In the order in which the page draws them.
        boxes: Those of the cells.
    """
    level, joined = _find_joined(glyphs)
    crossing = np.flatnonzero(joined & (cells[1:] != cells[:-1]))
    if not len(crossing):  # as on nearly every page
        return cells
    kept = cells.copy()
    begins = np.flatnonzero(np.r_[True, ~joined, True])
    edges = glyphs.x0[np.flatnonzero(~level) + 1]
    for place in np.unique(np.searchsorted(begins, crossing, "right")).tolist():
        run = range(int(begins[place - 1]), int(begins[place]))
        run = _find_first(cells, glyphs, run, edges)
        first, *_ = own = cells[run].tolist()
        line = _find_line(cells, level, run)
        taken = set(cells[_find_others(glyphs, line, run, _CLOSE)].tolist())
        owners = {cell for cell in own if cell >= 0} - taken
        if len(owners) == 1 and (first in owners or taken.intersection(own)):
            kept[run] = owners.pop()
        elif len({*own}) == len(owners) == 2 and _runs_over(
            glyphs, run, boxes[first], boxes[own[-1]]
        ):
            kept[run] = first
    return kept


def _find_line(cells: Integers, level: Flags, run: range) -> range:
    """A run with the glyph before it, if it is of the same line: １ before the run （５）."""
    before = run.start - 1
    goes_on = before >= 0 and level[before] and cells[before] == cells[run.start]
    return range(before, run.stop) if goes_on else run


def _runs_over(glyphs: Glyphs, run: range, cell: Box, following: Box) -> bool:
    """Whether a run begins at the left of a cell, and no text of the next begins where it does."""
    inside = following.x0 + _ACROSS * glyphs.size[run]
    across = (glyphs.x0[run] < inside) & (inside < glyphs.x1[run])
    starts = 0 <= glyphs.x0[run.start] - cell.x0 < _PADDING * glyphs.size[run.start]
    return bool(starts and across.any())


def _find_joined(glyphs: Glyphs) -> tuple[Flags, Flags]:
    """Flag, but for the last, glyphs with which the next one is level, or which it joins, too."""
    size = np.minimum(glyphs.size[1:], glyphs.size[:-1])
    level = np.abs(np.diff(glyphs.y)) < _SAME_LINE * size
    level &= (glyphs.direction[1:] == 0) & (glyphs.direction[:-1] == 0)
    return level, level & (np.abs(glyphs.x0[1:] - glyphs.x1[:-1]) < _JOINED * size)


def _find_first(cells: Integers, glyphs: Glyphs, run: range, edges: Floats) -> range:
    """Find what of a run stands before a glyph of another cell that stands where lines begin.

    The text of the next cell may begin, by chance, right where that of the first one ends.
    """
    for place in run[1:]:
        near = np.abs(edges - glyphs.x0[place]) < _SAME_EDGE * glyphs.size[place]
        begins = cells[place] != cells[run.start] and near.any()
        # What follows it in the next cell is close to it, but does not stand where it does.
        if begins and not _find_others(glyphs, run, range(place, place + 1), 0.0).any():
            return range(run.start, place)
    return run


def _find_others(glyphs: Glyphs, run: range, part: range, close: float) -> Flags:
    """Flag the glyphs, but those of a run, that stand where a part of it does, or so close (em)."""
    near = close * float(glyphs.size[part].min())
    others: Flags = glyphs.inked & (np.abs(glyphs.y - glyphs.y[part.start]) < _BESIDE * glyphs.size)
    others &= glyphs.x0 < float(glyphs.x1[part].max()) + near
    others &= glyphs.x1 > float(glyphs.x0[part].min()) - near
    others[run] = False
    return others

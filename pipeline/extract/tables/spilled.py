"""Keep a text whole that runs over the border of its cell, over the text of the next one.

LibreOffice Calc computes the heights of rows for the screen. On paper a text may need a line more:
it is drawn over the row below, or over both neighbours where the cell is centred.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pipeline.extract.pdf.glyphs import Flags, Glyphs, Integers
from pipeline.model import Box

# In em.
_NEXT_LINE = 0.8  # judgement: lines of one text are set closer than this
_OVER = 0.3  # judgement: as far as the boxes of neighbouring lines reach into each other
_SAME = 0.3  # judgement: less than half a line, by which a text without one of its lines is off
_LEVEL = 0.8  # judgement: less than the pitch of the closest lines
_REACH = 0.25  # judgement: half of what the middle of the next line is away
_BACK = 0.5  # judgement: kerned letters reach less far into each other
_STEP = 0.1  # judgement: half of the narrowest glyph's width
_FULL = 2.5  # judgement: padding, and a character that kinsoku moved to the next line
_ENDS = frozenset("。．！？!?）)")


class _Run(NamedTuple):
    """Glyphs of one cell that a page draws one behind the other."""

    first: int
    end: int
    cell: int
    box: Box


def keep_spilled(cells: Integers, glyphs: Glyphs, boxes: Sequence[Box]) -> Integers:
    """Give lines that are drawn over another cell's text to the cell of the text that they go on.

    Such lines are drawn right behind or before the rest of their text. They stand over the own
    text of a cell, the line above its border is full and no sentence ends there; or both parts
    are centred in the cell of one, which has another text, too.

    Args:
        cells: The number of each glyph's cell; negative: it is in none.
        glyphs: In the order in which the page draws them.
        boxes: Those of the cells.
    """
    if not len(cells):
        return cells
    changes = np.ones(len(cells), np.bool_)
    changes[1:] = cells[1:] != cells[:-1]
    starts = np.flatnonzero(changes | _find_returns(glyphs))
    filled = np.count_nonzero(np.bincount(cells - cells.min()))
    if len(starts) == filled:  # each cell is drawn at once: true on most pages
        return cells
    runs = _find_runs(starts, cells, glyphs)
    by_cell: dict[int, list[_Run]] = defaultdict(list)
    for run in runs:
        by_cell[run.cell].append(run)
    kept = cells.copy()
    for upper, lower in pairwise(runs):
        if min(upper.cell, lower.cell) < 0 or upper.cell == lower.cell:
            continue
        if max(len(by_cell[upper.cell]), len(by_cell[lower.cell])) < 2:
            continue
        if not _is_below(lower, upper, glyphs):
            continue
        runs_on = _runs_on(upper, glyphs, boxes[upper.cell])
        for run, rest in ((lower, upper), (upper, lower)):
            own = by_cell[run.cell]
            if len(own) < 2:  # nothing else is in its cell
                continue
            is_spilled = runs_on and _is_drawn_over(run, own, glyphs)
            if is_spilled or _are_centred(rest, run, glyphs, boxes[rest.cell]):
                kept[run.first : run.end] = rest.cell
                own.remove(run)
                break
    return kept


def _find_returns(glyphs: Glyphs) -> Flags:
    """Flag glyphs that begin over the one drawn before them, on its line: another text begins."""
    level = np.abs(np.diff(glyphs.y)) < _LEVEL * glyphs.size[1:]
    size = np.minimum(glyphs.size[1:], glyphs.size[:-1])
    # A narrow glyph, such as a proportional 。, is left behind sooner.
    end = np.maximum(glyphs.x1[:-1] - _BACK * size, glyphs.x0[:-1] + _STEP * size)
    back = glyphs.x0[1:] < end
    returns = np.zeros(len(glyphs), np.bool_)
    returns[1:] = level & back & glyphs.inked[1:] & glyphs.inked[:-1]
    return returns


def _find_runs(starts: Integers, cells: Integers, glyphs: Glyphs) -> list[_Run]:
    """The runs that begin at these places; those of white space alone are left out."""
    sides = (
        np.minimum.reduceat(glyphs.x0, starts).tolist(),
        np.minimum.reduceat(glyphs.top, starts).tolist(),
        np.maximum.reduceat(glyphs.x1, starts).tolist(),
        np.maximum.reduceat(glyphs.bottom, starts).tolist(),
    )
    firsts = starts.tolist()
    places = zip(firsts, [*firsts[1:], len(cells)], cells[starts].tolist(), strict=True)
    inked = np.logical_or.reduceat(glyphs.inked, starts).tolist()
    runs = zip(inked, places, zip(*sides, strict=True), strict=True)
    return [_Run(*place, Box(*box)) for is_inked, place, box in runs if is_inked]


def _is_below(lower: _Run, upper: _Run, glyphs: Glyphs) -> bool:
    """Whether a run stands right below another one, in type of the same size."""
    size = float(glyphs.size[lower.first])
    one, two = upper.box, lower.box
    near = -_OVER * size < two.top - one.bottom < _NEXT_LINE * size
    beside = one.x0 < two.x1 and two.x0 < one.x1
    return bool(near and beside and glyphs.size[upper.end - 1] == size)


def _runs_on(run: _Run, glyphs: Glyphs, box: Box) -> bool:
    """Whether the last line of a run fills its cell and leaves its sentence open."""
    last = run.end - 1
    size = float(glyphs.size[last])
    own = np.arange(run.first, run.end)
    line = own[np.abs(glyphs.y[own] - glyphs.y[last]) < _BACK * size]
    length = glyphs.x1[last] - glyphs.x0[line].min()
    return bool(box.width - length < _FULL * size) and glyphs.texts[last] not in _ENDS


def _are_centred(rest: _Run, run: _Run, glyphs: Glyphs, box: Box) -> bool:
    """Whether two runs together stand in the middle of the cell of the first, which does not."""
    alone, other = rest.box, run.box
    middle = (min(alone.top, other.top) + max(alone.bottom, other.bottom)) / 2
    near = _SAME * float(glyphs.size[run.first])
    return abs(middle - box.center[1]) < near < abs(alone.center[1] - box.center[1])


def _is_drawn_over(run: _Run, own: Sequence[_Run], glyphs: Glyphs) -> bool:
    """Whether glyphs of other runs of its cell stand where those of a run are."""
    box, reach = run.box, _REACH * float(glyphs.size[run.first])
    wide = Box(box.x0, box.top - reach, box.x1, box.bottom + reach)
    others = (np.arange(other.first, other.end) for other in own if other is not run)
    return any(bool(glyphs.take(places).inside(wide).any()) for places in others)

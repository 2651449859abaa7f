"""Keep a line whole that runs over the side of its cell, over the text of the next one.

Browsers and other programs do not wrap what they know no place to wrap in, such as （10） or an
address. In a narrow column it is drawn over the ruling, and over what stands beside it.
"""

from collections.abc import Sequence

import numpy as np

from pipeline.extract.pdf.clipped_ends import Point
from pipeline.extract.pdf.glyphs import Flags, Floats, Glyphs, Integers
from pipeline.model import Box
from pipeline.vocabulary.line_marks import ends_sentence

# In em.
_JOINED = 0.05  # between glyphs of a line that is drawn at once; judgement: letters are kerned so
_CLOSE = 0.15  # between two texts; judgement: cells keep theirs farther apart
_SAME_LINE = 0.2  # between the middles of glyphs; judgement: those of one line differ by rounding
_SAME_EDGE = 0.02  # between beginnings of lines; judgement: those of a cell differ by rounding only
_PADDING = 1.0  # judgement: cells keep less on the left of a text that is not in their middle
_LINES = 2  # that begin at one x; judgement: one does by chance, where texts are in the middle
_BESIDE = 0.5  # between the middles of two lines side by side; judgement: half a line


def keep_overrunning(
    cells: Integers, glyphs: Glyphs, boxes: Sequence[Box], clipped: Sequence[Point]
) -> tuple[Integers, set[int]]:
    """Give a line that is drawn at once, over other text, to the cell that has no other there.

    Where no cell has, it goes to the one at whose left side it begins: a spreadsheet draws a text
    that it does not wrap over the empty cells beside it.

    Args:
        cells: The number of each glyph's cell; negative: it is in none.
        glyphs: In the order in which the page draws them.
        boxes: Those of the cells.
        clipped: Where lines go on out of sight: what follows in sight is another text. A program
            that clips texts draws each as a whole: only one that has ended may join another one.

    Returns:
        The numbers anew, and the cells of which it is not certain.
    """
    level, joined = _find_joined(glyphs)
    for x, y in clipped:
        at_end = np.maximum(np.abs(glyphs.x1 - x), np.abs(glyphs.y - y)) < _SAME_EDGE * glyphs.size
        joined &= ~at_end[:-1]
    crossing = np.flatnonzero(joined & (cells[1:] != cells[:-1]))
    if not len(crossing):  # as on nearly every page
        return cells, set()
    kept, doubtful = cells.copy(), set[int]()
    begins = np.flatnonzero(np.r_[True, ~joined, True])
    edges = glyphs.x0[np.flatnonzero(~level | (~joined & (cells[1:] != cells[:-1]))) + 1]
    for place in np.unique(np.searchsorted(begins, crossing, "right")).tolist():
        rest = range(int(begins[place - 1]), int(begins[place]))
        while rest:
            run = _find_first(cells, glyphs, rest, edges)
            if clipped and not ends_sentence(glyphs.texts[run.stop - 1]):
                run = rest
            rest = range(run.stop, rest.stop)
            if rest:
                doubtful |= {*cells[rest.start - 1 : rest.start + 1].tolist()}
            if np.ptp(cells[run]):
                moved, cell = _find_owner(cells, glyphs, level, run, boxes)
                kept[moved] = cell
    return kept, doubtful | set(np.concatenate((cells, kept))[np.tile(cells != kept, 2)].tolist())


def _find_owner(
    cells: Integers, glyphs: Glyphs, level: Flags, run: range, boxes: Sequence[Box]
) -> tuple[range, int]:
    """Find the cell of a run of glyphs, and the glyphs that are of its text."""
    first, *_ = own = cells[run].tolist()
    line = _find_line(cells, level, run)
    taken = set(cells[_find_others(glyphs, line, run, _CLOSE)].tolist())
    owners = {cell for cell in own if cell >= 0} - taken
    if len(owners) == 1 and (first in owners or taken.intersection(own)):
        return run, owners.pop()
    if first in owners == {*own} - {-1} and _runs_over(glyphs, cells, level, run, boxes[first]):
        stop = run.stop  # white space may part the rest from the run, in a cell of no other text
        while stop < len(cells) and level[stop - 1] and cells[stop] == cells[stop - 1]:
            stop += 1
        last = np.flatnonzero((cells == own[-1]) & glyphs.inked)
        return range(run.start, stop if last[-1] < stop else run.stop), first
    return range(0), first


def _find_line(cells: Integers, level: Flags, run: range) -> range:
    """A run with the glyph before it, if it is of the same line: １ before the run （５）."""
    before = run.start - 1
    goes_on = before >= 0 and level[before] and cells[before] == cells[run.start]
    return range(before, run.stop) if goes_on else run


def _runs_over(glyphs: Glyphs, cells: Integers, level: Flags, run: range, cell: Box) -> bool:
    """Whether the text of a run begins at the left of a cell, and type stands on both sides of its
    ruling: white space there may part the texts of two cells that a program draws at once.
    """
    start = run.start
    while start and level[start - 1] and cells[start - 1] == cells[start]:
        start -= 1
    starts = 0 <= glyphs.x0[start] - cell.x0 < _PADDING * glyphs.size[start]
    behind = next(place for place in run if cells[place] != cells[run.start])
    return bool(starts and glyphs.inked[behind - 1 : behind + 1].all())


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
        begins = cells[place] != cells[run.start] and near.sum() >= _LINES
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

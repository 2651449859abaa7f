"""Keep a line whole that runs over the side of its cell, over the text of the next one.

Browsers and other programs do not wrap what they know no place to wrap in, such as （10） or an
address. In a narrow column it is drawn over the ruling, and over what stands beside it. A
spreadsheet draws a text that is not to be wrapped over the empty cells beside its own. And a stop
may hang over a cell's border behind the line that it ends; a sign over it may be of neither cell.
"""

import math
import re
from collections.abc import Iterable, Sequence

import numpy as np

from pipeline.extract.pdf.clipped_ends import Point
from pipeline.extract.pdf.glyphs import Flags, Floats, Glyphs, Integers
from pipeline.extract.tables.rulings import Segment
from pipeline.model import Box
from pipeline.vocabulary.line_marks import ends_sentence
from pipeline.vocabulary.punctuation import CLOSING, SMALL, STOPS

# In em.
_JOINED = 0.05  # between glyphs of a line that is drawn at once; judgement: letters are kerned so
_CLOSE = 0.15  # between two texts; judgement: cells keep theirs farther apart, no line its glyphs
_SAME_LINE = 0.2  # between the middles of glyphs; judgement: those of one line differ by rounding
_SAME_EDGE = 0.02  # between beginnings of lines; judgement: those of a cell differ by rounding only
_ACROSS = 0.1  # from a ruling to the text behind it; judgement: cells keep more
_PADDING = 1.0  # judgement: cells keep less on the left of a text that is not in their middle
_CENTRED = 0.3  # between two middles; judgement: what a program centres differs by a space at most
_LINES = 2  # that begin at one x; judgement: one does by chance, where texts are in the middle
_BESIDE = 0.5  # between the middles of two lines side by side; judgement: half a line
_SAME_GAP = 0.02  # between two gaps of a letter-spaced line; judgement: they differ by rounding
_WIDEST = 1.0  # judgement: wider gaps part texts, even if they are alike
# standard: Unicode, the blocks from Arrows to Miscellaneous Symbols and Arrows.
_FIRST_SIGN, _LAST_SIGN = 0x2190, 0x2BFF
_OFF_MIDDLE = 1 / 6  # of a sign's width; judgement: a sign between two cells is put in the middle

_LETTERS = re.compile("[a-z]{2}")

_HANGING = STOPS | CLOSING | SMALL


def keep_overrunning(
    cells: Integers, glyphs: Glyphs, boxes: Sequence[Box], clipped: Sequence[Point]
) -> tuple[Integers, set[int]]:
    """Give a line that is drawn at once, over other text, to the cell that has no other there.

    Where none of them has, it goes to the one at whose left side it begins, at whose right side it
    ends, or in whose middle it stands.

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
    parted = cells[1:] != cells[:-1]
    if not (joined & parted).any():  # as on nearly every page
        return cells, set()
    for x, y in clipped:
        at_end = np.maximum(np.abs(glyphs.x1 - x), np.abs(glyphs.y - y)) < _SAME_EDGE * glyphs.size
        joined &= ~at_end[:-1]
    kept, doubtful = cells.copy(), set[int]()
    begins = np.flatnonzero(np.r_[True, ~joined, True])
    crossing = np.flatnonzero(joined & parted)
    edges = glyphs.x0[np.flatnonzero(~level | (~joined & parted)) + 1]
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
    changed = cells != kept
    return kept, doubtful.union(cells[changed].tolist(), kept[changed].tolist())


def _find_owner(
    cells: Integers, glyphs: Glyphs, level: Flags, run: range, boxes: Sequence[Box]
) -> tuple[range, int]:
    """Find the cell of a run of glyphs, and the glyphs that are of its text."""
    own = [*dict.fromkeys(cells[run].tolist())]
    inner = [cell for cell in own if cell >= 0]
    line = _find_line(cells, level, run)
    taken = set(cells[_find_others(glyphs, line, run, _CLOSE)].tolist())
    owners = {*inner} - taken
    if len(owners) == 1 and (own[0] in owners or taken.intersection(own)):
        return run, owners.pop()
    if len(owners) == len(inner) > 1:
        whole = _find_whole(cells, glyphs, level, run)
        beside = _find_others(glyphs, whole, whole, np.inf) & (cells >= 0) & ~np.isin(cells, inner)
        owner = _find_side(glyphs, whole, [boxes[cell] for cell in inner], not beside.any())
        if owner is not None:
            return whole, inner[owner]
    return range(0), own[0]


def _find_line(cells: Integers, level: Flags, run: range) -> range:
    """A run with the glyph before it, if it is of the same line: １ before the run （５）."""
    before = run.start - 1
    goes_on = before >= 0 and level[before] and cells[before] == cells[run.start]
    return range(before, run.stop) if goes_on else run


def _find_whole(cells: Integers, glyphs: Glyphs, level: Flags, run: range) -> range:
    """A run with what white space parts from it in its first cell, and in its last one if that has
    no other text.
    """
    start, stop = run.start, run.stop
    while start and level[start - 1] and cells[start - 1] == cells[start]:
        start -= 1
    while stop < len(cells) and level[stop - 1] and cells[stop] == cells[stop - 1]:
        stop += 1
    last = np.flatnonzero((cells == cells[run.stop - 1]) & glyphs.inked)
    return range(start, stop if last[-1] < stop else run.stop)


def _find_side(glyphs: Glyphs, run: range, cells: Sequence[Box], alone: bool) -> int | None:
    """The index of the cell, of those that a run stands in, that its text is of; None: of several.

    Args:
        glyphs: Those of the page.
        run: Those of the run.
        cells: From left to right.
        alone: No other cell of the row has a text: one over many may be a heading.
    """
    size, left, right = glyphs.size[run[0]], glyphs.x0[run[0]], glyphs.x1[run[-1]]
    pair = len(cells) == 2
    # No text of the next cell begins where the one before ends.
    behind = cells[1].x0 + _ACROSS * size
    across = ((glyphs.x0[run] < behind) & (behind < glyphs.x1[run])).any()
    if across and 0 <= left - cells[0].x0 < _PADDING * size:
        return None if alone and not pair else 0
    if alone:
        return None
    if 0 <= cells[-1].x1 - right < _PADDING * size:
        return len(cells) - 1
    middles = [abs(cell.center[0] - (left + right) / 2) for cell in cells]
    return next((at for at, off in enumerate(middles) if off < _CENTRED * size), None)


def _find_joined(glyphs: Glyphs) -> tuple[Flags, Flags]:
    """Flag, but for the last, glyphs with which the next one is level, or which it joins, too."""
    size = np.minimum(glyphs.size[1:], glyphs.size[:-1])
    level = np.abs(np.diff(glyphs.y)) < _SAME_LINE * size
    level &= (glyphs.direction[1:] == 0) & (glyphs.direction[:-1] == 0)
    # White space is a place to wrap; on a picture, the white between two columns may read as it.
    inked = glyphs.inked[1:] & glyphs.inked[:-1]
    return level, level & inked & (np.abs(glyphs.x0[1:] - glyphs.x1[:-1]) < _JOINED * size)


def _find_first(cells: Integers, glyphs: Glyphs, run: range, edges: Floats) -> range:
    """Find what of a run stands before a glyph of another cell that stands where lines begin.

    The text of the next cell may begin, by chance, right where that of the first one ends; but not
    in the middle of a word.
    """
    for place in (own for own in run[1:] if cells[own] != cells[run.start]):
        if _LETTERS.fullmatch("".join(glyphs.texts[place - 1 : place + 1])):
            continue
        near = np.abs(edges - glyphs.x0[place]) < _SAME_EDGE * glyphs.size[place]
        if near.sum() < _LINES:
            continue
        # What follows it in the next cell is close to it, but does not stand where it does.
        if not _find_others(glyphs, run, range(place, place + 1), 0.0).any():
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


def keep_hanging(cells: Integers, glyphs: Glyphs) -> Integers:
    """Give a character that no line begins with to the cell of the glyph right before it.

    Word processors let 、 and 。 hang out of the line (JIS X 4051), some programs 」 and ッ too. In
    a cell with little padding its middle is then beyond the border: in the next cell, or outside
    the table.
    """
    begins = (np.flatnonzero(cells[1:] != cells[:-1]) + 1).tolist()
    if _HANGING.isdisjoint(glyphs.texts[place] for place in begins):
        return cells
    kept = cells.copy()
    for place in range(1, len(glyphs)):  # in order: 」 before the 。 behind it
        is_hanging = glyphs.texts[place] in _HANGING
        if is_hanging and kept[place] != kept[place - 1] and _follows(glyphs, place):
            kept[place] = kept[place - 1]
    return kept


def find_signs_between(glyphs: Glyphs, upright: Iterable[Segment]) -> Flags:
    """Flag signs set over a ruling that parts two columns: ⇒ from a comment to its answer.

    A sign within a text that runs over the ruling touches the glyph that is drawn before it.
    """
    signs = (glyphs.codes >= _FIRST_SIGN) & (glyphs.codes <= _LAST_SIGN)
    between = np.zeros(len(glyphs), np.bool_)
    places = np.flatnonzero(signs)
    if not len(places):  # as on most pages
        return between
    x, y, width = (glyphs.x0 + glyphs.x1)[places] / 2, glyphs.y[places], glyphs.size[places]
    for side in upright:
        near = np.abs(x - side.position) <= _OFF_MIDDLE * width
        for place in places[near & (side.start <= y) & (y <= side.end)].tolist():
            between[place] = not place or not _follows(glyphs, place)
    return between


def _follows(glyphs: Glyphs, place: int) -> bool:
    """Whether a glyph stands right behind the one that is drawn before it.

    In a letter-spaced line it is as far behind it as that one is behind the one before.
    """
    size = float(glyphs.size[place])
    gap = _measure_gap(glyphs, place) / size
    is_spaced = place > 1 and abs(gap - _measure_gap(glyphs, place - 1) / size) < _SAME_GAP
    return abs(gap) < _CLOSE or (is_spaced and gap < _WIDEST)


def _measure_gap(glyphs: Glyphs, place: int) -> float:
    """How far a glyph is behind the one drawn before it, in points; infinite: on another line."""
    before, away = place - 1, _SAME_LINE * glyphs.size[place]
    level = glyphs.direction[place] == glyphs.direction[before] == 0
    same = level and abs(glyphs.y[place] - glyphs.y[before]) < away
    return float(glyphs.x0[place] - glyphs.x1[before]) if same else math.inf

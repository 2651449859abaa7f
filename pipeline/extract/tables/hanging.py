"""Keep a character that hangs over a cell's border with the line that it ends."""

import numpy as np

from pipeline.extract.pdf.glyphs import Glyphs, Integers
from pipeline.vocabulary.punctuation import CLOSING, SMALL, STOPS

_HANGING = STOPS | CLOSING | SMALL
# Em between a glyph and the next one of its line; judgement: justified lines have no more, and
# cells keep their texts farther apart.
_TOUCHES = 0.15
_SAME_LINE = 0.2  # em between their middles; judgement: those of one line differ by rounding only


def keep_hanging(cells: Integers, glyphs: Glyphs) -> Integers:
    """Give a character that no line begins with to the cell of the glyph right before it.

    Word processors let 、 and 。 hang out of the line (JIS X 4051), some programs 」 and ッ too. In
    a cell with little padding its middle is then beyond the border: in the next cell, or outside
    the table.

    Args:
        cells: The number of each glyph's cell.
        glyphs: In the order in which the page draws them.
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


def _follows(glyphs: Glyphs, place: int) -> bool:
    """Whether a glyph stands right behind the one that is drawn before it."""
    before, size = place - 1, glyphs.size[place]
    return bool(
        glyphs.direction[place] == glyphs.direction[before] == 0
        and abs(glyphs.x0[place] - glyphs.x1[before]) < _TOUCHES * size
        and abs(glyphs.y[place] - glyphs.y[before]) < _SAME_LINE * size
    )

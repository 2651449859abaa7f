"""Characters on a cell's border: those that hang over it, and signs that are of neither cell."""

import math
from collections.abc import Iterable

import numpy as np

from pipeline.extract.pdf.glyphs import Flags, Glyphs, Integers
from pipeline.extract.tables.rulings import Segment
from pipeline.vocabulary.punctuation import CLOSING, SMALL, STOPS

_HANGING = STOPS | CLOSING | SMALL
# Em between a glyph and the next one of its line; judgement: justified lines have no more, and
# cells keep their texts farther apart.
_TOUCHES = 0.15
_SAME_GAP = 0.02  # em between two gaps of a letter-spaced line; judgement: they differ by rounding
_WIDEST = 1.0  # em; judgement: wider gaps part texts, even if they are alike
# standard: Unicode, the blocks from Arrows to Miscellaneous Symbols and Arrows.
_FIRST_SIGN, _LAST_SIGN = 0x2190, 0x2BFF
_OFF_MIDDLE = 1 / 6  # of a sign's width; judgement: a sign between two cells is put in the middle
_SAME_LINE = 0.2  # em between their middles; judgement: those of one line differ by rounding only


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
    return abs(gap) < _TOUCHES or (is_spaced and gap < _WIDEST)


def _measure_gap(glyphs: Glyphs, place: int) -> float:
    """How far a glyph is behind the one drawn before it, in points; infinite: on another line."""
    before, away = place - 1, _SAME_LINE * glyphs.size[place]
    level = glyphs.direction[place] == glyphs.direction[before] == 0
    same = level and abs(glyphs.y[place] - glyphs.y[before]) < away
    return float(glyphs.x0[place] - glyphs.x1[before]) if same else math.inf

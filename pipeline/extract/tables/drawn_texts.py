"""Find the texts of cells by the order in which a page draws them: each is drawn at once."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct

from pipeline.extract.pdf.glyphs import Flags, Glyphs, Integers, find_median
from pipeline.model import Box

# In em.
_LEVEL = 0.8  # judgement: less than the pitch of the closest lines
_NEXT_LINE = 3.0  # judgement: a blank line between two of a text, in a font whose pitch is 1.45
_BACK = 0.75  # judgement: kerned letters and ）、 reach less far into each other
STEP = 0.1  # judgement: half of the narrowest glyph's width


class DrawnText(Struct, frozen=True):
    """Glyphs of one column that a page draws one behind the other, line below line."""

    lines: tuple[Integers, ...]
    """The places of the glyphs of each."""
    box: Box
    first: float
    """The y of the middle of its highest glyph."""
    last: float
    """The y of the middle of its lowest glyph."""
    pitch: float
    """The least from one of its lines to the next; 0: it has one line."""
    size: float
    """That of its smallest line: a title may be drawn right before the header below it."""
    cells: tuple[int, ...]
    """Those that hold the middles of its glyphs; the first holds most. Last and negative: none."""


def find_drawn_texts(cells: Integers, glyphs: Glyphs, boxes: Sequence[Box]) -> list[DrawnText]:
    """Find the texts of a page; none if each is in one cell, as on nearly every page."""
    inked = np.flatnonzero(glyphs.inked)
    own = cells[inked]
    moves = np.flatnonzero(own[1:] != own[:-1])  # into another cell: these alone tell most pages
    begins, _ = _find_beginnings(inked[moves], inked[moves + 1], cells, glyphs, boxes)
    if begins.all():
        return []
    begins, breaks = _find_beginnings(inked[:-1], inked[1:], cells, glyphs, boxes)
    begins = np.concatenate(([True], begins))
    opens = np.flatnonzero(begins | np.concatenate(([False], breaks)))
    lines = np.split(inked, opens[1:])
    starts = np.flatnonzero(begins[opens])
    ends = [*starts[1:].tolist(), len(lines)]
    return [
        join_lines(lines[start:end], cells, glyphs)
        for start, end in zip(starts.tolist(), ends, strict=True)
    ]


def join_lines(lines: Sequence[Integers], cells: Integers, glyphs: Glyphs) -> DrawnText:
    """Make a text of lines that are drawn one behind the other."""
    places = np.concatenate(lines)
    own = glyphs.take(places)
    counts = Counter(cells[places].tolist())
    levels = own.y[np.cumsum([0, *map(len, lines[:-1])])].tolist()
    return DrawnText(
        lines=tuple(lines),
        box=Box(own.x0.min(), own.top.min(), own.x1.max(), own.bottom.max()),
        first=float(own.y.min()),
        last=float(own.y.max()),
        pitch=min((b - a for a, b in pairwise(levels)), default=0.0),
        size=min(find_median(glyphs.size[line]) for line in lines),
        cells=tuple(sorted(counts, key=lambda cell: (cell < 0, -counts[cell], cell))),
    )


def _find_beginnings(
    before: Integers, after: Integers, cells: Integers, glyphs: Glyphs, boxes: Sequence[Box]
) -> tuple[Flags, Flags]:
    """Flag glyphs that do not go on with the text of the one before, and that begin its next line.

    Args:
        before: The places of glyphs with ink.
        after: Those of the glyphs with ink that are drawn next.
        cells: The cell of each glyph of the page.
    """
    y, size = glyphs.y, np.minimum(glyphs.size[after], glyphs.size[before])
    down = (y[after] - y[before]) / size
    left, right = glyphs.x0[after], glyphs.x1[before]
    # A narrow glyph, such as a proportional 。, is left behind sooner.
    level = (np.abs(down) < _LEVEL) & (
        left >= np.maximum(right - _BACK * size, glyphs.x0[before] + STEP * size)
    )
    # A raised character stands right behind the one before it, a header far from a title's end.
    level &= (np.abs(down) < STEP) | (left < right + _NEXT_LINE * size)
    below = (down >= _LEVEL) & (down < _NEXT_LINE) & (left < right)
    sides = np.array([(box.x0, box.x1) for box in boxes] + [(-np.inf, np.inf)])
    x, own = glyphs.x, np.where(cells >= 0, cells, len(boxes))
    beside = np.ones(len(after), np.bool_)
    for one, other in ((before, after), (after, before)):
        start, end = sides[own[one]].T
        beside &= (start <= x[other]) & (x[other] <= end)
    return ~((level | below) & beside), below

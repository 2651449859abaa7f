"""Look up the type beside a stroke: the row of glyphs that it may mark."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from msgspec import Struct

from pipeline.extract.pdf.glyphs import Floats, Glyphs, find_median
from pipeline.model import Box
from pipeline.vocabulary.punctuation import CLOSING, OPENING, STOPS

# em between a mark's end and a glyph's edge; judgement: programs draw marks from edge to edge, and
# rulings of cells end further away by the cell's margin.
EDGE_REACH = 0.2
# em between two marked glyphs; judgement: wider than any gap within a line that is one text, and
# narrower than the gutter and the margins between two columns.
_MAX_GAP = 3.0
_EVEN = 1.5  # times; judgement: a gap of an evenly spread line over its usual gap
# em of blank in the box of a full-width bracket; standard: half of it (JIS X 4051, 4.7). Browsers
# set brackets without it, so that the box stands out of the line.
_BLANK = 0.5
# em that a mark may begin behind the middle of its first character; judgement: that of such a
# bracket begins there, but for a rounding.
ROUNDING = 0.05
ROW_REACH = 0.5
"""Em between the middles of two glyphs of one row; judgement: half a line's pitch."""


class TypeRow(Struct, frozen=True):
    """The glyphs of one row between the ends of a stroke."""

    y: float
    """Their middle, in points from the top."""
    size: float
    """Their font size in points."""


class TypeRows:
    """The type of a page, sorted by its height on the page."""

    def __init__(self, glyphs: Glyphs) -> None:
        """Take the glyphs, white space included: a mark may end with a space."""
        self._unsorted = glyphs
        self._found: dict[Box, list[tuple[Glyphs, float]]] = {}

    @cached_property
    def _glyphs(self) -> Glyphs:  # nearly every page has no mark, and needs no order
        return self._unsorted.take(np.argsort(self._unsorted.y, kind="stable"))

    @cached_property
    def _y(self) -> Floats:
        return self._glyphs.y

    def find_between(
        self, box: Box, reach: float = EDGE_REACH, margin: float = 0.0, spread: bool = False
    ) -> list[TypeRow]:
        """Find the rows in a box whose glyphs fill it from its left end to its right end.

        Args:
            box: As wide as the mark, and as high as the middles of its type may be away.
            reach: The most between an end of the mark and the glyph there, in em.
            margin: The most that the mark stands out more, in em.
            spread: Its type may be spread evenly over any width, as programs justify short lines.
        """
        return [
            TypeRow(find_median(row.y), find_median(row.size))
            for row, size in self._find_near(box)
            if row.inked.any() and _fills(row, box, reach * size, margin * size, spread)
        ]

    def _find_near(self, box: Box) -> list[tuple[Glyphs, float]]:
        """The rows in a box, and their largest font size; asked again for each kind of mark."""
        if box not in self._found:
            self._found = {box: list(self._split_rows(box))}
        return self._found[box]

    def _split_rows(self, box: Box) -> Iterator[tuple[Glyphs, float]]:
        first, last = np.searchsorted(self._y, (box.top, box.bottom))
        near = self._glyphs[int(first) : int(last)]
        x, away = near.x, ROUNDING * near.size
        near = near.take((box.x0 - away < x) & (x < box.x1 + away))
        while len(near):
            y, size = float(near.y[0]), float(near.size.max())
            in_row = near.y < y + ROW_REACH * size
            row, near = near.take(in_row), near.take(~in_row)
            yield row, size


def _fills(row: Glyphs, box: Box, reach: float, margin: float, spread: bool) -> bool:
    """Whether the glyphs of a row reach from the left end of a box to its right end."""
    order = np.argsort(row.x0)
    left, right = row.x0[order], row.x1[order]
    gaps = left[1:] - np.maximum.accumulate(right)[:-1]
    rhythm = max(0.0, find_median(gaps)) if len(gaps) else 0.0  # a stretched line's own
    last = int(row.x1.argmax())
    before, behind = left[0] - box.x0, box.x1 - float(row.x1[last])
    blank = _BLANK * float(row.size.max())
    if row.texts[order[0]] in OPENING and before < -reach:
        before += blank
    if row.texts[last] in CLOSING | STOPS and behind < -reach:
        behind += blank
    beyond = reach + margin
    ends = -reach <= before <= beyond and -beyond - rhythm <= behind <= beyond + rhythm
    widest = max(_MAX_GAP * float(row.size.max()), _EVEN * rhythm if spread else 0.0)
    return bool(ends and (gaps <= widest).all())

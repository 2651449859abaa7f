"""Part the texts of two columns that touch: no gutter shows between full lines of a spreadsheet."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.model import Glyph

WORD_GAP = 0.5  # em; judgement: kerning and justification leave less between characters
_ALIGNED = 0.1  # em; judgement: the texts of a column begin at one x, but for a letter's bearing
_LINES = 3  # judgement: so many texts that begin at one x show where a column begins

DrawnGlyph = tuple[int, Glyph]
"""A glyph and its place in the order in which the page draws them."""


def part_touching_columns(rows: Sequence[Sequence[DrawnGlyph]]) -> Iterator[list[Glyph]]:
    """Cut so much off the last glyph of a column's line that a gap parts it from the next column.

    A program goes on with the next column only when it has drawn the whole text of this one. So
    neighbours that it did not draw after each other belong to two texts, if texts of other lines
    begin at the same x.

    Args:
        rows: The glyphs of each row of the page, from left to right.

    Yields:
        The glyphs of each row.
    """
    starts = sorted(
        after.box.x0
        for row in rows
        for (drawn, _), (following, after) in pairwise(row)
        if following != drawn + 1 and after.text.strip()
    )
    for row in rows:
        glyphs = [glyph for _, glyph in row]
        for place, ((drawn, before), (following, after)) in enumerate(pairwise(row)):
            end = after.box.x0 - WORD_GAP * after.size
            touches = before.box.x0 < end < before.box.x1
            if touches and following != drawn + 1 and _is_start(after, starts):
                glyphs[place] = replace(before, box=replace(before.box, x1=end))
        yield glyphs


def _is_start(glyph: Glyph, starts: Sequence[float]) -> bool:
    """Whether the texts of a column begin where a glyph does."""
    x, reach = glyph.box.x0, _ALIGNED * glyph.size
    return bisect_left(starts, x + reach) - bisect_left(starts, x - reach) >= _LINES

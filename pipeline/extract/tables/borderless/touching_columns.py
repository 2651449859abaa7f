"""Part the texts of two columns that touch.

No gutter shows between full lines of a spreadsheet, nor between its numbers, which it sets at the
right side of their column, and the texts at the left side of the next one.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.model import Glyph
from pipeline.vocabulary.punctuation import CLOSING, STOPS

ENDS = CLOSING | STOPS
WORD_GAP = 0.5  # em; judgement: kerning and justification leave less between characters
_ALIGNED = 0.1  # em; judgement: the texts of a column begin at one x, but for a letter's bearing
_APART = 0.1  # em; judgement: the padding of two cells is wider, a text goes on nearer
_LINES = 3  # judgement: so many texts that begin at one x show where a column begins

DrawnGlyph = tuple[int, Glyph]
"""A glyph and its place in the order in which the page draws them."""


def part_touching_columns(rows: Sequence[Sequence[DrawnGlyph]]) -> Iterator[list[Glyph]]:
    """Cut so much off the last glyph of a column's line that a gap parts it from the next column.

    A program goes on with the next column only when it has drawn the whole text of this one. So
    neighbours that it did not draw after each other belong to two texts, if texts of other lines
    begin at the same x. So do numbers that end at one x, and what begins at one x beside them. A
    stop behind a text that a gap parts from another may hang out of its column, up to the next.

    Args:
        rows: The glyphs of each row of the page, from left to right.

    Yields:
        The glyphs of each row.
    """
    jumps = [_find_jumps(row) for row in rows]
    numbers = [_find_numbers(row) for row in rows]
    apart = [own | _find_gaps(row) for own, row in zip(jumps, rows, strict=True)]
    starts = _sort_sides(rows, apart, lambda place, row: row[place + 1][1].box.x0)
    beside = _sort_sides(rows, numbers, lambda place, row: row[place + 1][1].box.x0)
    if max(len(starts), len(beside)) < _LINES:
        yield from ([glyph for _, glyph in row] for row in rows)
        return
    ends = _sort_sides(rows, numbers, lambda place, row: row[place][1].box.x1)
    for row, own, jumped, numbered in zip(rows, apart, jumps, numbers, strict=True):
        glyphs = [glyph for _, glyph in row]
        for place, (before, after) in enumerate(pairwise(list(glyphs))):
            end = after.box.x0 - WORD_GAP * after.size
            reach = _ALIGNED * after.size
            hangs = before.text in ENDS and any(gap < place for gap in own)
            parts = ((place in jumped or hangs) and _is_side(after.box.x0, starts, reach)) or (
                place in numbered
                and _is_side(after.box.x0, beside, reach)
                and _is_side(before.box.x1, ends, reach)
            )
            if parts and before.text.strip() and before.box.x0 < end < before.box.x1:
                glyphs[place] = replace(before, box=replace(before.box, x1=end))
        yield glyphs


def _find_jumps(row: Sequence[DrawnGlyph]) -> set[int]:
    """The places in a row behind which the page draws something else before it goes on there."""
    return {
        place
        for place, ((drawn, _), (following, after)) in enumerate(pairwise(row))
        if following != drawn + 1 and after.text.strip()
    }


def _find_gaps(row: Sequence[DrawnGlyph]) -> set[int]:
    """The places in a row behind which a gap parts two texts."""
    return {
        place
        for place, ((_, glyph), (_, after)) in enumerate(pairwise(row))
        if after.box.x0 - glyph.box.x1 >= WORD_GAP * after.size and after.text.strip()
    }


def _find_numbers(row: Sequence[DrawnGlyph]) -> set[int]:
    """The places in a row where a number ends that stands by itself, but for a text close to it."""
    found: set[int] = set()
    alone = True
    for place, ((_, glyph), (_, after)) in enumerate(pairwise(row)):
        alone = alone and glyph.text.isdecimal()
        gap = (after.box.x0 - glyph.box.x1) / glyph.size
        if alone and _APART < gap < WORD_GAP and after.text != " ":
            found.add(place)
        alone = gap >= WORD_GAP or (alone and gap < _APART)
    return found


def _sort_sides(
    rows: Sequence[Sequence[DrawnGlyph]],
    places: Sequence[Collection[int]],
    find_side: Callable[[int, Sequence[DrawnGlyph]], float],
) -> list[float]:
    """Sort the x of one side of a text at some places of each row."""
    found = zip(rows, places, strict=True)
    return sorted(find_side(place, row) for row, own in found for place in own)


def _is_side(x: float, sides: Sequence[float], reach: float) -> bool:
    """Whether the texts of a column have their side at an x."""
    return bisect_left(sides, x + reach) - bisect_left(sides, x - reach) >= _LINES

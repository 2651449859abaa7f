"""Find guide lines: pale lines under each line of text in a cell, as on ruled paper."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from pipeline.extract.marks.type_rows import ROW_REACH
from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.extract.tables.rulings import Rulings, Segment, is_dot
from pipeline.model import Box

_MIN_WIDTH = 8.0  # em of a column of running text; judgement: in a narrower one any line is full
# em between a full line and its column's sides; judgement: margins, and a word or two characters
# that moved to the next line.
_FULL = 3.0
# em between a line's end and the side of its column; judgement: as wide as a cell's margin.
_MARGIN = 0.15


def find_guide_lines(
    strokes: Sequence[Segment],
    dashed: Sequence[Segment],
    rulings: Rulings,
    text: Glyphs,
    size: float,
) -> list[Segment]:
    """Find the horizontal lines that only guide the eye: all of the page, or none.

    They are broken, or end before both sides of their column. Each space between them holds one
    line of text at most, and most lines that another follows are full, as one text runs on over
    them. Rulings part texts, which end where they end.

    Args:
        strokes: The horizontal strokes as drawn.
        dashed: Those of them that have a dash pattern.
        rulings: All rulings of the page, merged.
    """
    with_pattern, inset = set(dashed), _find_inset(rulings, size)
    guides = [s for s in strokes if s in with_pattern or is_dot(s) or _is_piece(s, inset, size)]
    if not guides:  # as on nearly every page
        return []
    guiding = set(guides)
    solid = [s for s in strokes if s not in guiding]
    inked = text.take(text.inked)
    full = others = 0
    for column in _find_columns(rulings.vertical, _MIN_WIDTH * size):
        for levels in _find_bands(column, solid, guides, size):
            spaces = [Box(column.x0, a, column.x1, b) for a, b in pairwise(levels)]
            for space, after in pairwise([inked.take(inked.inside(space)) for space in spaces]):
                if _has_rows(space, size) or _has_rows(after, size):
                    return []
                if len(space) and len(after):
                    is_full = _is_full(space, column, size)
                    full, others = full + is_full, others + (not is_full)
    return guides if full > others else []


def _find_inset(rulings: Rulings, size: float) -> list[Segment]:
    """Find the lines that end before both sides of one column."""
    sides = sorted(line.position for line in rulings.vertical)
    margin = _MARGIN * size
    return [
        line
        for line in rulings.horizontal
        if 0 < (at := bisect(sides, line.start)) < len(sides)
        and sides[at - 1] + margin < line.start
        and line.end < sides[at] - margin
    ]


def _is_piece(stroke: Segment, lines: Sequence[Segment], size: float) -> bool:
    """Whether a stroke as drawn is one of some merged lines, or a piece of one."""
    return any(
        abs(stroke.position - line.position) < _MARGIN * size
        and line.start <= stroke.start
        and stroke.end <= line.end
        for line in lines
    )


def _find_columns(verticals: Sequence[Segment], least: float) -> Iterator[Box]:
    """Yield the strips between neighbouring vertical rulings, over the height that both have."""
    ordered = sorted(verticals, key=lambda line: line.position)
    for place, left in enumerate(ordered):
        passed: list[Segment] = []
        for right in ordered[place + 1 :]:
            top, bottom = max(left.start, right.start), min(left.end, right.end)
            if left.position == right.position or top >= bottom:
                continue
            between = any(
                v.position < right.position and v.start < bottom and v.end > top for v in passed
            )
            if right.position - left.position >= least and not between:
                yield Box(left.position, top, right.position, bottom)
            passed.append(right)


def _find_bands(
    column: Box, solid: Sequence[Segment], guides: Sequence[Segment], size: float
) -> Iterator[list[float]]:
    """Yield the levels between two rulings of a column, or its ends, if guides are among them."""
    edges = _part([column.top, *_find_levels(column, solid, size), column.bottom], size)
    inside = _part(_find_levels(column, guides, size), size)
    for top, bottom in pairwise(edges):
        levels = [y for y in inside if top + size / 2 < y < bottom - size / 2]
        if levels:
            yield [top, *levels, bottom]


def _find_levels(column: Box, lines: Sequence[Segment], size: float) -> list[float]:
    """The heights at which lines run through a column, in points."""
    return [
        line.position
        for line in lines
        if line.start < column.x1
        and line.end > column.x0
        and column.top - size < line.position < column.bottom + size
    ]


def _part(heights: Sequence[float], size: float) -> list[float]:
    """Keep one of the heights that are close together, as those of the pieces of one line."""
    return [y for before, y in pairwise([float("-inf"), *sorted(heights)]) if y - before > size / 2]


def _has_rows(space: Glyphs, size: float) -> bool:
    """Whether a space holds more than one row of type."""
    return bool(len(space)) and float(np.ptp(space.y)) > ROW_REACH * size


def _is_full(space: Glyphs, column: Box, size: float) -> bool:
    """Whether a line runs from one side of its column to the other."""
    reach = _FULL * size
    return bool(space.x0.min() < column.x0 + reach and space.x1.max() > column.x1 - reach)

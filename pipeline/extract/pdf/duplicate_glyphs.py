"""Find glyphs drawn again at (nearly) the same place, as for bold type, and those drawn over."""

from collections.abc import Container

import numpy as np

from pipeline.extract.pdf.glyphs import Flags, Glyphs, Integers
from pipeline.model import Glyph

# The middles of duplicates lie closer than 1 / _CLOSENESS of the glyph; judgement: no text sets two
# glyphs so close.
_CLOSENESS = 3
# Points; judgement: a glyph's extent when it has none, so that its duplicates are still found.
_SMALLEST_WIDTH, _SMALLEST_SIZE = 0.1, 1.0
_SOFT_HYPHEN = 0xAD  # standard: Unicode
_SAME_START = 0.1  # em; judgement: the next glyph is set back onto it, but for rounding
_LEVEL = 0.1  # em; judgement: the middles of one line's glyphs differ by rounding only
_BESIDE = 0.3  # em; judgement: glyphs of one text stand closer, those of two cells farther apart
_STEPS = 16  # within a reach; judgement: what is rounded costs a sixteenth of it
_PER_STRIPE = 1 << 20  # more steps and stripes than a page has; an overflow only costs time


def find_duplicates(glyphs: Glyphs, places: Integers) -> list[int]:
    """Find the indices of glyphs that stand where the same glyph was drawn before.

    Args:
        glyphs: In drawing order.
    """
    suspects = places[are_crowded(glyphs, places)]
    kept: dict[tuple[str, int, int], list[tuple[int, Glyph]]] = {}
    duplicates: dict[int, int] = {}
    for place, glyph in zip(suspects.tolist(), glyphs.take(suspects), strict=True):
        x, y = glyph.box.center
        unit = max(glyph.size, _SMALLEST_SIZE)
        column, row = int(x // unit), int(y // unit)
        near = (
            first
            for c in (column - 1, column, column + 1)
            for r in (row - 1, row, row + 1)
            for first, other in kept.get((glyph.text, c, r), ())
            if _are_at_same_place(glyph, other)
        )
        if (first := next(near, None)) is not None:
            duplicates[place] = first
        else:
            kept.setdefault((glyph.text, column, row), []).append((place, glyph))
    return [
        place
        for place, first in duplicates.items()
        if place - first == 1 or not _is_by_chance(glyphs, place, duplicates)
    ]


def find_unused_hyphens(glyphs: Glyphs) -> Flags:
    """Flag the soft hyphens at which no line ends: a browser sets the next glyph onto them.

    Args:
        glyphs: In drawing order.
    """
    unused: Flags = glyphs.codes == _SOFT_HYPHEN
    if unused.any():  # on hardly any page
        near = _SAME_START * glyphs.size[1:]
        same = (abs(np.diff(glyphs.x0)) < near) & (abs(np.diff(glyphs.top)) < near)
        unused[:-1] &= same
        unused[-1] = False
    return unused


def _is_by_chance(glyphs: Glyphs, place: int, duplicates: Container[int]) -> bool:
    """Whether a glyph stands in a text that is not drawn again, over another text (not bold)."""
    size = glyphs.size[place]
    beside = [i for i in (place - 1, place + 1) if 0 <= i < len(glyphs) and glyphs.inked[i]]
    own = [
        i
        for i in beside
        if abs(glyphs.y[i] - glyphs.y[place]) < _LEVEL * size
        and abs(glyphs.x0[max(i, place)] - glyphs.x1[min(i, place)]) < _BESIDE * size
    ]
    return bool(own) and not any(i in duplicates for i in own)


def _are_at_same_place(one: Glyph, other: Glyph) -> bool:
    """Whether the middles of two glyphs lie within a third of the first one."""
    (x, y), (u, v) = one.box.center, other.box.center
    along, across, advance = x - u, y - v, one.box.width
    if one.direction in (90, 270):  # three figures abreast in vertical type stand that close
        along, across, advance = across, along, one.box.height
    is_near = abs(along) * _CLOSENESS < max(advance, _SMALLEST_WIDTH)
    return is_near and abs(across) * _CLOSENESS < one.size


def are_crowded(glyphs: Glyphs, places: Integers) -> Flags:
    """Flag glyphs that may have another with the same text within a third of the largest glyph.

    Stripes of twice that height cover the page, and again shifted by half a stripe. Two middles
    that close lie in the same stripe at least once; there, the glyphs of a text are put in order.
    """
    crowded = np.zeros(len(places), np.bool_)
    if not len(places):
        return crowded
    widths = (glyphs.x1 - glyphs.x0)[places]
    largest = max(float(glyphs.size[places].max()), float(widths.max()), _SMALLEST_WIDTH)
    reach = largest / _CLOSENESS
    steps, rows = glyphs.x[places] / reach * _STEPS, glyphs.y[places] / (2 * reach)
    columns, rows = (steps - steps.min()).astype(np.int64), rows - rows.min()
    codes = glyphs.codes[places] * _PER_STRIPE
    for shift in (0.0, 0.5):
        squares = (codes + (rows + shift).astype(np.int64)) * _PER_STRIPE + columns
        order = squares.argsort()
        ordered = squares[order]
        near = np.flatnonzero(ordered[1:] - ordered[:-1] <= _STEPS)
        crowded[order[near]] = crowded[order[near + 1]] = True
    return crowded

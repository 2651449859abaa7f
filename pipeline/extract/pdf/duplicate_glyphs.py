"""Find glyphs drawn again at (nearly) the same place, as programs do for bold type."""

import itertools

import numpy as np

from pipeline.extract.pdf.glyphs import Flags, Glyphs, Integers
from pipeline.model import Glyph

# The middles of duplicates lie closer than 1 / _CLOSENESS of the glyph; judgement: no text sets two
# glyphs so close.
_CLOSENESS = 3
# Points; judgement: a glyph's extent when it has none, so that its duplicates are still found.
_SMALLEST_WIDTH, _SMALLEST_SIZE = 0.1, 1.0
_SQUARES_PER_ROW = 1 << 20  # more than a page has; an overflow only costs time
# A prime; judgement: several times as many as a page has glyphs, so that few share one by chance.
_REMAINDERS = 8191


def find_duplicates(glyphs: Glyphs, places: Integers) -> list[int]:
    """Find the indices of glyphs that stand where the same glyph was drawn before.

    Args:
        glyphs: In drawing order.
        places: The indices to check.
    """
    suspects = places[are_crowded(glyphs, places)]
    kept: dict[tuple[str, int, int], list[Glyph]] = {}
    duplicates = []
    for place, glyph in zip(suspects.tolist(), glyphs.take(suspects), strict=True):
        x, y = glyph.box.center
        unit = max(glyph.size, _SMALLEST_SIZE)
        column, row = int(x // unit), int(y // unit)
        near = (
            other
            for c in (column - 1, column, column + 1)
            for r in (row - 1, row, row + 1)
            for other in kept.get((glyph.text, c, r), ())
        )
        if any(_are_at_same_place(glyph, other) for other in near):
            duplicates.append(place)
        else:
            kept.setdefault((glyph.text, column, row), []).append(glyph)
    return duplicates


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

    Four grids with squares of twice that size cover the page, each shifted by half a square. Two
    middles that close lie in the same square of at least one grid.
    """
    crowded = np.zeros(len(places), np.bool_)
    if not len(places):
        return crowded
    widths = (glyphs.x1 - glyphs.x0)[places]
    largest = max(float(glyphs.size[places].max()), float(widths.max()), _SMALLEST_WIDTH)
    reach = largest / _CLOSENESS
    columns, rows = glyphs.x[places] / (2 * reach), glyphs.y[places] / (2 * reach)
    columns, rows = columns - columns.min(), rows - rows.min()
    codes = glyphs.codes[places] * _SQUARES_PER_ROW
    shifts = np.array([[0.0], [0.5]])
    across, down = (columns + shifts).astype(np.int64), (rows + shifts).astype(np.int64)
    for column, row in itertools.product(across, (codes + down) * _SQUARES_PER_ROW):
        squares = row + column
        # Sorting takes long: it is left to the few that share a remainder with another.
        remainders = squares % _REMAINDERS
        several = np.flatnonzero(np.bincount(remainders)[remainders] > 1)
        order = several[np.argsort(squares[several])]
        ordered = squares[order]
        same = np.flatnonzero(ordered[1:] == ordered[:-1])
        crowded[order[same]] = crowded[order[same + 1]] = True
    return crowded

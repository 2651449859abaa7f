"""Glyphs drawn again on (nearly) the same place, as programs do for bold type."""

import itertools

import numpy as np

from pipeline.extract.pdf.glyphs import Flags, Glyphs, Integers
from pipeline.model import Glyph

_ROW = 1 << 20  # more squares than a page has in a row; what runs over does no harm


def find_doubles(glyphs: Glyphs, places: Integers) -> list[int]:
    """The places of glyphs that stand where the same one was drawn before.

    Args:
        glyphs: In the order they are drawn.
        places: Those to look at.
    """
    suspects = places[_are_crowded(glyphs, places)]
    kept: dict[tuple[str, int, int], list[Glyph]] = {}
    doubles = []
    for place, glyph in zip(suspects.tolist(), glyphs.take(suspects), strict=True):
        x, y = glyph.box.center
        unit = max(glyph.size, 1.0)
        column, row = int(x // unit), int(y // unit)
        near = (
            other
            for c in (column - 1, column, column + 1)
            for r in (row - 1, row, row + 1)
            for other in kept.get((glyph.text, c, r), ())
        )
        if any(_same_place(glyph, other) for other in near):
            doubles.append(place)
        else:
            kept.setdefault((glyph.text, column, row), []).append(glyph)
    return doubles


def _same_place(one: Glyph, other: Glyph) -> bool:
    """Whether the middles lie within a third of the glyph: no text sets two glyphs so close."""
    (x, y), (u, v) = one.box.center, other.box.center
    return abs(x - u) * 3 < max(one.box.width, 0.1) and abs(y - v) * 3 < one.size


def _are_crowded(glyphs: Glyphs, places: Integers) -> Flags:
    """Which glyphs may have another of the same text within a third of the largest one.

    The page is laid out in squares twice as large, four times, each moved by half a square: two
    middles as close as that lie in one square at least once.
    """
    crowded = np.zeros(len(places), np.bool_)
    if not len(places):
        return crowded
    widths = (glyphs.x1 - glyphs.x0)[places]
    reach = max(float(glyphs.size[places].max()), float(widths.max()), 0.1) / 3
    columns, rows = glyphs.x[places] / (2 * reach), glyphs.y[places] / (2 * reach)
    columns, rows = columns - columns.min(), rows - rows.min()
    for right, down in itertools.product((0.0, 0.5), repeat=2):
        column, row = (columns + right).astype(np.int64), (rows + down).astype(np.int64)
        squares = (glyphs.codes[places] * _ROW + row) * _ROW + column
        if np.all(np.diff(np.sort(squares))):  # as on nearly every page
            continue
        order = np.argsort(squares)
        same = np.flatnonzero(np.diff(squares[order]) == 0)
        crowded[order[same]] = crowded[order[same + 1]] = True
    return crowded

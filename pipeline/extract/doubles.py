"""Glyphs drawn again on (nearly) the same place, as programs do for bold type."""

import numpy as np

from pipeline.extract.glyphs import Flags, Glyphs
from pipeline.model import Glyph

_ROW = 1 << 20  # more squares than a row of a page has


def find_doubles(glyphs: Glyphs) -> list[int]:
    """The places of glyphs that stand where the same one was drawn before."""
    suspects = np.flatnonzero(_crowded(glyphs))
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


def _crowded(glyphs: Glyphs) -> Flags:
    """Which glyphs may have another of the same text within a third of the largest one.

    The page is laid out in squares twice as large, four times, each moved by half a square: two
    middles as close as that lie in one square at least once.
    """
    crowded = np.zeros(len(glyphs), np.bool_)
    if not len(glyphs):
        return crowded
    reach = max(float(glyphs.size.max()), float((glyphs.x1 - glyphs.x0).max()), 0.1) / 3
    texts = np.fromiter(map(hash, glyphs.texts), np.int64, len(glyphs))
    columns, rows = glyphs.x / (2 * reach), glyphs.y / (2 * reach)
    columns, rows = columns - columns.min(), rows - rows.min()
    for right in (0.0, 0.5):
        for down in (0.0, 0.5):
            column, row = (columns + right).astype(np.int64), (rows + down).astype(np.int64)
            squares = texts + row * _ROW + column  # two that are one by chance do no harm
            if np.all(np.diff(np.sort(squares))):  # sorting alone is faster
                continue
            order = np.argsort(squares)
            same = np.flatnonzero(np.diff(squares[order]) == 0)
            crowded[order[same]] = crowded[order[same + 1]] = True
    return crowded

"""Find rulings of which a scan in black and white left only specks.

A pale hairline is below the scanner's threshold, except where noise lifts a pixel over it. Then
specks stand in one row of pixels, some em apart, across the whole table. Dirt does not stand in
rows. So a row with many more specks than chance puts there is a ruling.
"""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from pipeline.extract.ocr.image.binarize import FAINT, find_ink
from pipeline.extract.ocr.image.components import find_parts, find_small
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling, transpose

# Lengths in em of the page's smaller type.
_SPECK = (0.15, 0.1)  # em, the sides; judgement: a hyphen is longer, ・ thicker
_MIN_SPECK = 3  # pixels; judgement: straightening spreads a single pixel over so many
_FROM_TYPE = 0.25  # em; judgement: specks nearer to type are its ragged edges
_WINDOW = 1  # pixels on both sides of a row; judgement: a straightened ruling leaves its row by one
_LEAST = 8  # specks; judgement: fewer stand in a row by chance
_MORE = 5.0  # times the specks that chance puts into a row; judgement: dirt comes in clouds
_SHARE = 0.3  # of all specks, in rulings; measured: of the noise of two copies, 0.1-0.2
_AROUND = 3.0  # em on both sides of a row; judgement: there, chance puts as many specks
_MAX_GAP = 20.0  # em between two specks; judgement: farther apart they are of two tables
_SHORTEST = 6.0  # em; judgement: no row of a table is narrower, nor a table lower
_OPEN = 4.0  # em; judgement: a ruling goes on behind its last speck by so much at least
_AT = 0.3  # em; judgement: a speck that is so near to a ruling across does not go beyond it

_Points = NDArray[np.int_]
"""Specks, by x and y in pixels."""


def find_faint_rulings(white: Grey, em: float) -> list[PixelRuling]:
    """Find the rulings of specks."""
    faint = find_ink(white, FAINT)
    long, thin = (max(side * em, _MIN_SPECK) for side in _SPECK)
    parts = find_parts(faint, long)
    sides = np.sort((parts.width, parts.height), axis=0)
    points = np.rint(parts.middles[(sides[0] <= thin) & (sides[1] <= long)]).astype(int)
    small = find_small(faint, (long, thin), (thin, long))
    side = 2 * round(_FROM_TYPE * em) + 1
    near = cv2.dilate(cv2.subtract(faint, small, dst=small), np.ones((side, side), np.uint8))
    points = points[near[points[:, 1], points[:, 0]] == 0]
    horizontals, turned = list(_find_rows(points, em)), list(_find_rows(points[:, ::-1], em))
    ways = zip((horizontals, turned), points.T[::-1], strict=True)
    inside = sum((abs(y - r.top) <= _WINDOW).sum() for found, y in ways for r in found)
    if inside < _SHARE * len(points):  # the noise of a grey picture
        return []
    return [
        *_reach_out(horizontals, [transpose(v) for v in turned], em),
        *(transpose(v) for v in _reach_out(turned, [transpose(h) for h in horizontals], em)),
    ]


def _find_rows(points: _Points, em: float) -> Iterator[PixelRuling]:
    """Yield the horizontal rulings, those with the most specks first."""
    left = points[np.argsort(points[:, 0])]
    around = round(_AROUND * em)
    while len(left) >= _LEAST:
        rows = np.bincount(left[:, 1], minlength=int(left[:, 1].max()) + 2)
        counts = np.convolve(rows, np.ones(2 * _WINDOW + 1, int), "same")
        row = int(np.argmax(counts))
        most, beside = int(counts[row]), rows[max(row - around, 0) : row + around + 1]
        if most < _LEAST:
            return
        inside = np.abs(left[:, 1] - row) <= _WINDOW
        chance = (beside.sum() - most) * (2 * _WINDOW + 1) / len(beside)
        if most >= _LEAST + _MORE * chance:
            yield from _split(left[inside, 0], row, em)
        left = left[~inside]


def _split(xs: NDArray[np.int_], row: int, em: float) -> Iterator[PixelRuling]:
    """The rulings of the specks in one row, which wide gaps part."""
    for run in np.split(xs, np.flatnonzero(np.diff(xs) > _MAX_GAP * em) + 1):
        first, last = int(run[0]), int(run[-1]) + 1
        if len(run) >= _LEAST and last - first >= _SHORTEST * em:
            top, bottom = row - _WINDOW, row + _WINDOW + 1
            yield PixelRuling(first, row, last, row + 1, top, bottom, is_certain=True)


def _reach_out(
    rulings: Sequence[PixelRuling], across: Sequence[PixelRuling], em: float
) -> list[PixelRuling]:
    """Lengthen horizontal rulings to the next verticals: in a table, no ruling ends in a cell.

    A table without sides is as wide as its widest ruling.
    """
    left, right = (min(r.x0 for r in rulings), max(r.x1 for r in rulings)) if rulings else (0, 0)
    reached = []
    for ruling in rulings:
        met = [v for v in across if v.top - _OPEN * em < ruling.top < v.bottom + _OPEN * em]
        starts = [v.x0 for v in met if v.x0 < ruling.x0 + _AT * em]
        ends = [v.x1 for v in met if v.x1 > ruling.x1 - _AT * em]
        x0, x1 = max(starts, default=left), min(ends, default=right)
        reached.append(replace(ruling, x0=x0, x1=x1))
    return reached

"""Find rulings of which a scan in black and white left only specks.

A pale hairline is below the scanner's threshold, except where noise lifts a pixel over it. Then
specks stand in one row of pixels, some em apart, across the whole table. Dirt does not stand in
rows. So a row with many more specks than chance puts there is a ruling. From one ruling across it
to the next it is drawn if it has specks there, or if it is too pale to show any.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from math import sqrt

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.image.binarize import FAINT, find_ink
from pipeline.extract.ocr.image.components import Mask, find_parts, find_small
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.image.run_lengths import find_runs
from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling, transpose

# Lengths in em of the page's smaller type.
_SPECK = (0.5, 0.1)  # em, the sides; judgement: strokes of type are thicker, or have type beside
_MIN_SPECK = 3  # pixels; judgement: straightening spreads a single pixel over so many
_FROM_TYPE, _LOW = 0.25, 0.9  # em; judgement: specks so near to type are its edges; no row is lower
_WINDOW = 1  # pixels on both sides of a row; judgement: a straightened ruling leaves its row by one
_LEAST = 5  # em of a row that have specks; judgement: fewer have some by chance
# em, and in square roots of the em that chance gives specks; measured: of the 8,000 rows and
# columns of two pages of one annex, none without a ruling has so many.
_MORE, _SPREAD = 3.0, 4.5
_SHARE = 0.3  # of all specks, in rulings; measured: of the noise of two copies, 0.1-0.2
_AROUND = 3.0  # em on both sides of a row; judgement: there, chance puts as many specks
_PADDING = 0.15  # em; judgement: cells keep their type farther from their sides
_AT = 0.3  # em; judgement: rulings that are so near to each other end at one place
_EXPECTED = 4  # specks where none is; judgement: chance leaves a piece without in one of fifty
_PART = 0.25  # of these; judgement: dirt on a piece that is not drawn is less

_Rulings = Sequence[PixelRuling]
_Points = NDArray[np.int_]
"""Specks, by x and y in pixels."""
_Trace = tuple[int, NDArray[np.int_]]
"""A row of specks, and where they are, from left to right."""
_Column = tuple[int, float, float]
"""Where a ruling across rows stands, and from where to where."""


def find_faint_rulings(wiped: Grey, em: float, known: _Rulings) -> list[PixelRuling]:
    """Find the rulings of specks on a picture without the rulings that are known."""
    faint = find_ink(wiped, FAINT)
    long, thin = (max(length * em, _MIN_SPECK) for length in _SPECK)
    parts = find_parts(faint, long)
    small = find_small(faint, (long, thin), (thin, long))
    type_ink = np.asarray(cv2.subtract(faint, small, dst=small), np.uint8)
    side, low = round(_FROM_TYPE * em), round(_LOW * em)
    near = np.asarray(cv2.dilate(type_ink, np.ones((2 * side + 1,) * 2, np.uint8)), np.uint8)
    for r in known:  # what is left beside it is its own
        near[max(r.top - side, 0) : r.bottom + side, max(r.x0 - side, 0) : r.x1 + side] = 255
    points = np.rint(parts.middles).astype(int)
    free = near[points[:, 1], points[:, 0]] == 0
    level = points[free & (parts.width <= long) & (parts.height <= thin)]
    upright = points[free & (parts.width <= thin) & (parts.height <= long)][:, ::-1]
    tops = np.array([r.top for r in known if r.is_horizontal])
    rows, columns = list(_find_rows(level, em)), list(_find_rows(upright, em))
    rows = [t for t in rows if not np.isin(np.arange(side + 1, low), abs(tops - t[0])).any()]
    if sum(len(xs) for _, xs in (*rows, *columns)) < _SHARE * max(len(level), len(upright)):
        return []  # the noise of a grey picture
    sides = [r for r in known if not r.is_underline]
    across = _list_columns(columns, [r for r in sides if not r.is_horizontal], em)
    down = _list_columns(rows, [transpose(r) for r in sides if r.is_horizontal], em)
    upright_ones = _draw(columns, down, near.T, type_ink.T, em)
    return [*_draw(rows, across, near, type_ink, em), *map(transpose, upright_ones)]


def _find_rows(points: _Points, em: float) -> Iterator[_Trace]:
    """Yield the rows of specks, those with the most first."""
    left = points[np.argsort(points[:, 0])]
    around, window = round(_AROUND * em), np.arange(-_WINDOW, _WINDOW + 1)
    while len(left) >= _LEAST:
        # Furigana leave many specks beside each other: each em of a row counts once.
        ems = (left[:, 0] / em).astype(int)
        places = np.stack([(left[:, 1:] + window).ravel(), ems.repeat(len(window))])
        counts = np.bincount(np.unique(places, axis=1)[0] + _WINDOW)[_WINDOW:]
        row = int(np.argmax(counts))
        span = np.arange(max(row - around, 0), min(row + around + 1, len(counts)))
        chance = float(counts[span[abs(span - row) > 2 * _WINDOW]].mean())
        if counts[row] < _LEAST:
            return
        inside = np.abs(left[:, 1] - row) <= _WINDOW
        if counts[row] > chance + _SPREAD * sqrt(chance) + _MORE:
            yield row, left[inside, 0]
        left = left[~inside]


def _list_columns(traces: Sequence[_Trace], known: _Rulings, em: float) -> list[_Column]:
    """The upright rulings that level ones may meet."""
    found = [((r.x0 + r.x1) // 2, r.top, r.bottom, _AT * em) for r in known]
    found += [(y, int(x[0]), int(x[-1]), 2 * _EXPECTED * np.ptp(x) / len(x)) for y, x in traces]
    return [(x, top - reach, bottom + reach) for x, top, bottom, reach in found]


def _draw(
    rows: Sequence[_Trace], columns: Sequence[_Column], near: Mask, type_ink: Mask, em: float
) -> Iterator[PixelRuling]:
    """Draw the level rulings, piece by piece from one upright ruling to the next."""
    starts, stops = ([int(xs[end]) for _, xs in rows] for end in (0, -1))
    bounds = min(starts, default=0), max(stops, default=0)
    counted = [_count(trace, _cut(trace[0], bounds, columns, em), near) for trace in rows]
    total = defaultdict[tuple[int, int], _Points](lambda: np.zeros(2, int))
    for piece, numbers in chain(*(own.items() for own in counted)):
        total[piece] = total[piece] + numbers
    pad = max(round(_PADDING * em), 2)
    for (row, _), own in zip(rows, counted, strict=True):
        # A piece too short to have specks goes on as far as the table does. Cells keep their type
        # from their sides, and a heading runs over them.
        around = type_ink[max(row - pad, 0) : row + pad + 1]
        drawn = [
            _is_drawn(n, not around[:, x0 + pad : x1 - pad].any() and _is_drawn(total[x0, x1]))
            for (x0, x1), n in own.items()
        ]
        pieces, sides = list(own), (row - _WINDOW, row + _WINDOW + 1)
        for start, end in find_runs(np.array(drawn)):
            x0, x1 = pieces[start][0], pieces[end - 1][1] + 1
            if any(own[piece][0] for piece in pieces[start:end]):
                yield PixelRuling(x0, row, x1, row + 1, *sides, is_certain=True)


def _is_drawn(numbers: _Points, goes_on: bool = True) -> bool:
    """Whether there is a ruling where there are some specks; if too few are expected, `goes_on`."""
    specks, expected = numbers
    return bool(specks > _PART * expected if expected >= _EXPECTED else specks > 0 or goes_on)


def _cut(row: int, bounds: tuple[int, int], columns: Sequence[_Column], em: float) -> list[int]:
    """Where upright rulings cross a row, and the bounds of all rows at open sides."""
    crossed = sorted(x for x, top, bottom in columns if top < row < bottom) or list(bounds)
    places = [*crossed, *(x for x in bounds if not crossed[0] - em < x < crossed[-1] + em)]
    return [x for last, x in pairwise([-round(em), *sorted(places)]) if x - last > _AT * em]


def _count(trace: _Trace, ends: Sequence[int], near: Mask) -> dict[tuple[int, int], _Points]:
    """The specks of each piece of a row, and as many as the rest of the row lets expect."""
    (row, xs), off = trace, 2 * _WINDOW  # nearer to a ruling across, specks are that one's
    specks = np.histogram(xs[(abs(xs[:, None] - ends) > off).all(axis=1)], ends)[0]
    clear = np.array([(near[row, a + off : b - off] == 0).sum() for a, b in pairwise(ends)])
    expected = np.rint(clear * specks.sum() / max(clear[specks > 0].sum(), 1)).astype(int)
    return dict(zip(pairwise(ends), np.stack([specks, expected], axis=1), strict=True))

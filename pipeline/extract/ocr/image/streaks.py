"""Wipe creases of a sheet and streaks of dirt in a scanner: they would part cells like rulings.

They run from edge to edge of the picture. No printer reaches the edges of its paper.
"""

from collections.abc import Iterator
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.image.binarize import find_faint
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.image.run_lengths import find_runs

_EDGE = 1 / 64  # of the width; judgement: 3 mm of A4, and printers leave 4 mm or more white
_AT_EDGE = 0.3  # share of an edge that a line crosses; judgement: that of a sheet askew is outside
_CLEAN = 0.05  # share of an edge that is ink; judgement: a table that was cut out has more there
_LEAN = 0.05  # drop to the right, of the width; judgement: 3 degrees, of a sheet that lies askew
_WANDER = 2  # pixels to each side; judgement: what leaves its straight line by more is no ruling
_UNBROKEN = 0.95  # share of a line that is ink; judgement: lines of type are white between it
_REACH = 0.03  # inches; judgement: half of a line that is too thick for a ruling


def wipe_streaks(white: Grey, resolution: float) -> Grey:
    """Wipe the lines from edge to edge, level ones and upright ones; type goes on through them."""
    for _ in range(2):
        for rows in _find_lines(white):
            _wipe(white, rows, round(_REACH * resolution))
        white = np.asarray(cv2.transpose(white), np.uint8)
    return white


def _find_lines(white: Grey) -> Iterator[NDArray[np.int_]]:
    """Yield the rows of each line, column by column."""
    width = white.shape[1]
    ink = cv2.dilate(find_faint(white), np.ones((2 * _WANDER + 1, 1), np.uint8)) > 0
    side, columns = max(round(_EDGE * width), 1), np.arange(width)
    edges = [edge.mean(axis=1) for edge in (ink[:, :side], ink[:, -side:])]
    if max(edge.mean() for edge in edges) > _CLEAN:
        return
    ends = [[(a + b) / 2 for a, b in find_runs(edge > _AT_EDGE)] for edge in edges]
    for left, right in product(*ends):
        rows = np.interp(columns, (side / 2, width - side / 2), (left, right)).astype(int)
        if abs(left - right) < _LEAN * width and ink[rows, columns].mean() > _UNBROKEN:
            yield rows


def _wipe(white: Grey, rows: NDArray[np.int_], reach: int) -> None:
    """Let what stands above and below a line go on through it, in place."""
    around = np.clip(rows + np.arange(-reach, reach + 1)[:, None], 0, len(white) - 1)
    columns = np.arange(white.shape[1])
    band = white[around, columns]
    shares = (find_faint(band) > 0).mean(axis=1)
    first, last = np.flatnonzero(shares > shares.max() / 2)[[0, -1]] + (-1, 1)
    if first > 0 and last < len(band) - 1:
        band[first : last + 1] = np.maximum(band[first - 1], band[last + 1])
        white[around, columns] = band

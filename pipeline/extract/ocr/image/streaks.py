"""Wipe creases of a sheet and streaks of dirt in a scanner: they would part cells like rulings.

They run from edge to edge of the picture. No printer reaches the edges of its paper.
"""

from itertools import product

import cv2
import numpy as np

from pipeline.extract.ocr.image.binarize import FAINT, find_ink
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.image.run_lengths import find_runs

_EDGE = 1 / 64  # of the width; judgement: 3 mm of A4, and printers leave 4 mm or more white
_AT_EDGE = 0.3  # share of an edge that a line crosses; judgement: that of a sheet askew is outside
_CLEAN = 0.05  # share of an edge that is ink; judgement: a table that was cut out has more there
_WANDER = 2  # pixels to each side; judgement: what leaves its straight line by more is no ruling
_UNBROKEN = 0.95  # share of a line that is ink; judgement: lines of type are white between it
_REACH = 0.03  # inches; judgement: half of a line that is too thick for a ruling


def wipe_streaks(white: Grey, resolution: float) -> Grey:
    """Wipe the lines from edge to edge, level ones and upright ones; type goes on through them."""
    for _ in range(2):
        _wipe_level(white, round(_REACH * resolution))
        white = np.asarray(cv2.transpose(white), np.uint8)
    return white


def _wipe_level(white: Grey, reach: int) -> None:
    """Let what stands above and below a level line go on through it, in place."""
    width, columns = white.shape[1], np.arange(white.shape[1])
    side = max(round(_EDGE * width), 1)
    strips = white[:, :side], white[:, -side:]
    edges = [(find_ink(strip, FAINT) > 0).mean(axis=1) for strip in strips]
    if max(edge.mean() for edge in edges) > _CLEAN:
        return
    for ends in product(*(find_runs(edge > _AT_EDGE, 1) for edge in edges)):
        middles = np.interp(columns, (side / 2, width - side / 2), np.mean(ends, axis=1))
        rows = middles.astype(int) + np.arange(-reach, reach + 1)[:, None]
        place = np.clip(rows, 0, len(white) - 1), columns
        band = white[place]
        ink = find_ink(band, FAINT) > 0
        shares = ink.mean(axis=1)
        first, last = np.flatnonzero(shares >= shares.max() / 2)[[0, -1]] + (-1, 1)
        unbroken = ink[reach - _WANDER : reach + _WANDER + 1].any(axis=0).mean() > _UNBROKEN
        if unbroken and first > 0 and last < len(band) - 1:
            band[first : last + 1] = np.maximum(band[first - 1], band[last + 1])
            white[place] = band

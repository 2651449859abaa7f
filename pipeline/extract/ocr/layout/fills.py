"""Find shaded areas of a scanned page: stripes that separate rows, and coloured headers."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.image.binarize import COARSE, remove_type
from pipeline.extract.ocr.image.dewarp import Distortion, resample
from pipeline.extract.ocr.image.page_image import Grey, shrink

_SAMPLING = 4  # judgement: every fourth pixel in both directions is enough to fit the paper
# Share of white; judgement: the palest stripes that offices print have 0.03-0.05.
_MIN_SHADE = 0.022
_OUTLIER = 3.0  # robust standard deviations of the paper's brightness; judgement: three as usual
_MAD_TO_SIGMA = 1.4826  # standard: from median absolute deviation to standard deviation (normal)
_MIN_SPREAD = 0.5  # of 255, added to the deviation; judgement: half a level of rounding
_FIT_ROUNDS = 4  # judgement: enough for the set of outliers to settle
# Share of its box that a shade fills; judgement: a shadow or a stain fills less.
_MIN_FILL = 0.85
_MIN_SIDE = 0.17  # inches, in both directions; judgement: smaller shades separate no rows
# Powers of x and y in the surface of the paper; judgement: light falls off smoothly.
_EXPONENTS = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2))

Rect = tuple[float, float, float, float]
"""x0, top, x1, bottom in pixels of the straightened picture."""


def find_shades(image: Grey, distortion: Distortion, resolution: float) -> list[Rect]:
    """Find the shaded rectangles.

    Args:
        image: The picture as scanned, upright.
        distortion: The mapping from the straightened to the scanned picture.
        resolution: In dots per inch.
    """
    step = resolution / COARSE
    level = remove_type(shrink(image, 1 / step))
    shaded = _find_darker_than_paper(resample(level, distortion, step))
    return [
        (x * step, y * step, (x + width) * step, (y + height) * step)
        for x, y, width, height in _find_rectangles(shaded)
    ]


def _find_darker_than_paper(level: Grey) -> NDArray[np.bool_]:
    """Flag pixels darker than a smooth surface through the brightest ones.

    The surface follows the light, which falls off to one side.
    """
    y, x = (np.linspace(-1, 1, side) for side in level.shape)
    columns, rows = (v.ravel() for v in np.meshgrid(x[::_SAMPLING], y[::_SAMPLING]))
    terms = np.stack([columns**a * rows**b for a, b in _EXPONENTS], axis=1)
    found = level[::_SAMPLING, ::_SAMPLING].ravel().astype(np.float64)
    kept = found >= np.median(found)
    for _ in range(_FIT_ROUNDS):
        weights = np.linalg.lstsq(terms[kept], found[kept], rcond=None)[0]
        rest = found - terms @ weights
        spread = _MAD_TO_SIGMA * float(np.median(np.abs(rest[kept]))) + _MIN_SPREAD
        kept = rest > -_OUTLIER * spread
    factors = np.zeros((3, 3))
    factors[tuple(np.transpose(_EXPONENTS)[::-1])] = weights
    paper = np.polynomial.polynomial.polygrid2d(y, x, factors)
    return np.asarray(level < paper - max(_MIN_SHADE * 255, _OUTLIER * spread))


def _find_rectangles(shaded: NDArray[np.bool_]) -> Iterator[tuple[int, int, int, int]]:
    count, _, stats, _ = cv2.connectedComponentsWithStats(shaded.astype(np.uint8), connectivity=4)
    for label in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[label])
        inside = x > 1 and y > 1 and x + width < shaded.shape[1] - 1
        if (
            inside
            and min(width, height) >= _MIN_SIDE * COARSE
            and area > _MIN_FILL * width * height
        ):
            yield x, y, width, height

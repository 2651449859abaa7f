"""Find the grounds of a scanned page: stripes, coloured headers, and those of highlighted words."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.image.binarize import COARSE, remove_type
from pipeline.extract.ocr.image.dewarp import (
    FIT_ROUNDS,
    OUTLIER,
    Distortion,
    measure_spread,
    resample,
)
from pipeline.extract.ocr.image.page_image import Grey, shrink
from pipeline.extract.ocr.image.run_lengths import find_runs
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.extract.ocr.layout.text_marks import TypeMark
from pipeline.model import MarkKind

_SAMPLING = 4  # judgement: every fourth pixel in both directions is enough to fit the paper
_MIN_SHADE = 0.022  # share of white; judgement: the palest stripes of offices have 0.03-0.05
_MIN_SPREAD = 0.5  # of 255, added to the deviation; judgement: half a level of rounding
_MIN_FILL = 0.85  # share of its box that a shade fills; judgement: a shadow or a stain fills less
_MIN_SIDE = 0.17  # inches, in both directions; judgement: smaller shades separate no rows
# Powers of x and y in the surface of the paper; judgement: light falls off smoothly.
_EXPONENTS = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2))
_FINE = 2 * COARSE  # dots per inch; judgement: a ground is some pixels between two strokes
_DARKER = 0.035  # share of the paper; measured: pale green and pink have 0.06-0.11, noise 0.02
_BESIDE = 0.3  # em beside a line; judgement: the ground of a cell goes on there, that of words ends
_LIGHT = 0.3  # share of pixels as light as paper, over one em; judgement: half of what is no ink
# Share of the pixels of a ground that have its grey, and how far this differs, of 255; measured: on
# scans at 200 and 300 dots per inch 0.29-0.5, and the greys of small dense type 0.1-0.2.
_EVEN, _ALIKE = 0.25, 10

Rect = tuple[float, float, float, float]
"""x0, top, x1, bottom in pixels of the straightened picture."""


def find_grounds(
    image: Grey, distortion: Distortion, resolution: float, lines: Sequence[InkLine], em: float
) -> tuple[list[Rect], list[TypeMark]]:
    """Find the shaded rectangles of the straightened picture, and words with their own ground."""
    fine, step = resolution / _FINE, resolution / COARSE
    straight = resample(shrink(image, 1 / fine), distortion, fine)
    paper, spread = _fit_paper(level := remove_type(shrink(straight, COARSE / _FINE)))
    least = np.clip((1 - _DARKER) * paper, 0, 255).astype(np.uint8)
    light = straight > cv2.resize(least, straight.shape[::-1])
    marks = [mark for line in lines for mark in _find_highlights(straight, light, line, fine, em)]
    shaded = level < paper - max(_MIN_SHADE * 255, OUTLIER * spread)
    return [
        (x0, top, x1, bottom)
        for x0, top, x1, bottom in _find_rectangles(shaded, step)
        if not any(top < m.y < bottom and m.x0 < x1 and x0 < m.x1 for m in marks)
    ], marks


def _find_highlights(
    straight: Grey, light: NDArray[np.bool_], line: InkLine, step: float, em: float
) -> Iterator[TypeMark]:
    """Find the parts of a line with a darker ground, which is not that of its whole cell."""
    beside, size = round(_BESIDE * em / step), round(em / step)
    middle, half = (line.top + line.bottom) / 2 / step, line.ink_height / 2 / step
    x0, x1 = max(round(line.x0 / step) - beside, 0), round(line.x1 / step) + beside
    rows = slice(round(middle - half), round(middle + half))
    own = light[rows, x0:x1].mean(axis=0)[None]
    shares = cv2.blur(own, (size, 1), borderType=cv2.BORDER_REPLICATE)[0]
    for start, end in find_runs(shares < _LIGHT) if shares[[0, -1]].max() > _LIGHT else ():
        first, last = max(x0 + start, x0 + beside), min(x0 + end, x1 - beside)
        place = np.s_[rows, first:last]
        greys = np.bincount(straight[place][~light[place]], minlength=_ALIKE)
        even = np.convolve(greys, np.ones(_ALIKE)).max() > _EVEN * light[place].size
        if last - first >= size and even:
            yield TypeMark(MarkKind.HIGHLIGHT, first * step, last * step, middle * step)


def _fit_paper(level: Grey) -> tuple[NDArray[np.float64], float]:
    """Fit a smooth surface to the paper, as the light falls off; and its robust deviation."""
    y, x = (np.linspace(-1, 1, side) for side in level.shape)
    columns, rows = (v.ravel() for v in np.meshgrid(x[::_SAMPLING], y[::_SAMPLING]))
    terms = np.stack([columns**a * rows**b for a, b in _EXPONENTS], axis=1)
    found = level[::_SAMPLING, ::_SAMPLING].ravel().astype(np.float64)
    kept = found >= np.median(found)
    for _ in range(FIT_ROUNDS):
        own = terms[kept]
        weights = np.linalg.solve(own.T @ own, own.T @ found[kept])
        rest = found - terms @ weights
        spread = measure_spread(rest[kept]) + _MIN_SPREAD
        kept = rest > -OUTLIER * spread
    surface = (w * np.outer(y**b, x**a) for w, (a, b) in zip(weights, _EXPONENTS, strict=True))
    return np.asarray(sum(surface)), spread


def _find_rectangles(shaded: NDArray[np.bool_], step: float) -> Iterator[Rect]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(shaded.astype(np.uint8), connectivity=4)
    for x, y, width, height, area in stats[1:].tolist():
        inside = x > 1 and y > 1 and x + width < shaded.shape[1] - 1
        large = min(width, height) >= _MIN_SIDE * COARSE
        if inside and large and area > _MIN_FILL * width * height:
            yield x * step, y * step, (x + width) * step, (y + height) * step

"""Shaded areas of a scanned page: stripes that part rows, and coloured headers."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.image.dewarp import Bend, warp
from pipeline.extract.ocr.image.page_image import Grey

_RESOLUTION = 75  # dots an inch; a stripe is a row of text high, that is 6 pixels and more
_TYPE = 12.0  # points; nothing in type is as wide and high at once without white in it
_SPARSE = 4  # of the small picture's pixels each way, one is looked at for the paper
_LEAST = 0.022  # of white: the palest stripes that offices print have 0.03-0.05
_STRAY = 3.0  # robust deviations of the paper's brightness
_FULL = 0.85  # share of its box that a shade fills; a shadow or a stain fills less
_SMALL = 12.0  # points high and wide; smaller ones part no rows

Rect = tuple[float, float, float, float]
"""x0, top, x1, bottom in pixels of the straightened picture."""


def find_shades(image: Grey, bend: Bend, scale: float) -> list[Rect]:
    """Find the shaded rectangles.

    Args:
        image: As scanned, upright.
        bend: How it was straightened.
        scale: Its pixels to the point.
    """
    step = scale * 72 / _RESOLUTION
    level = _without_type(image, step)
    shaded = _darker_than_paper(warp(level, bend, step))
    least = _SMALL * scale / step
    return [
        (x * step, y * step, (x + width) * step, (y + height) * step)
        for x, y, width, height in _rectangles(shaded, least)
    ]


def _without_type(image: Grey, step: float) -> Grey:
    """The brightness of paper and shades on a small picture."""
    size = (round(image.shape[1] / step), round(image.shape[0] / step))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    side = round(_TYPE / 72 * _RESOLUTION) | 1
    return np.asarray(
        cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)), dtype=np.uint8
    )


def _darker_than_paper(level: Grey) -> NDArray[np.bool_]:
    """What lies below a smooth surface through the brightest: light falls off to one side."""
    terms = _terms(level.shape)
    sparse = np.s_[:, ::_SPARSE, ::_SPARSE]
    few = terms[sparse].reshape(len(terms), -1)
    found = level[sparse[1:]].ravel().astype(np.float64)
    kept = found >= np.median(found)
    for _ in range(4):
        weights = np.linalg.lstsq(few[:, kept].T, found[kept], rcond=None)[0]
        rest = found - weights @ few
        spread = 1.4826 * float(np.median(np.abs(rest[kept]))) + 0.5
        kept = rest > -_STRAY * spread
    paper = np.tensordot(weights, terms, axes=1)
    return np.asarray(level < paper - max(_LEAST * 255, _STRAY * spread))


def _terms(shape: tuple[int, ...]) -> NDArray[np.float64]:
    y, x = np.meshgrid(*(np.linspace(-1, 1, side) for side in shape), indexing="ij")
    return np.stack([np.ones_like(x), x, y, x * y, x * x, y * y])


def _rectangles(shaded: NDArray[np.bool_], least: float) -> Iterator[tuple[int, int, int, int]]:
    count, _, stats, _ = cv2.connectedComponentsWithStats(shaded.astype(np.uint8), connectivity=4)
    for label in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[label])
        inside = x > 1 and y > 1 and x + width < shaded.shape[1] - 1
        if inside and min(width, height) >= least and area > _FULL * width * height:
            yield x, y, width, height

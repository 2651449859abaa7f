"""Put a line on a ground: the grey of a header cell, even, grained, screened or fading.

The shares and ranges are judgement.
"""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.image.page_image import Grey

_DARK = 90  # ink, 0-255; judgement: strokes, without the grey of their edges
_DARKEST = 235  # ink, 0-255; judgement: a ground stays lighter than type


def add_ground(rng: Random, ink: Grey, em: float) -> Grey:
    """Lay a ground under ink.

    Args:
        rng: The source of chance.
        ink: (height, width), 255 where there is ink.
        em: Pixels an em.
    """
    ground = _draw_tone(rng, ink.shape) * _draw_field(rng, ink.shape, em)
    if rng.random() < 0.25:  # a cutter whitens what letters shut in, or what is around them
        ground[_find_whitened(rng, ink, em)] = 0
    return np.maximum(ink, np.clip(ground * 255, 0, _DARKEST).astype(np.uint8))


def _draw_tone(rng: Random, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """How dark the ground is, 0-1."""
    height, width = shape
    grain = np.random.default_rng(rng.randrange(1 << 32)).standard_normal(shape, np.float32)
    tone = np.float32(rng.uniform(0.12, 0.55)) * (1 + grain * rng.choice((0, 0.04, 0.08, 0.16)))
    if rng.random() < 0.25:  # a printer's screen
        step = rng.choice((2, 3, 4))
        y, x = np.mgrid[:height, :width]
        dots = (y % step == 0) & ((x + y // step) % step == 0)
        tone *= 1 + rng.uniform(0.2, 0.9) * np.where(dots, 1, -1.0 / step)
    if rng.random() < 0.4:
        tone *= np.linspace(rng.uniform(0.5, 1.3), rng.uniform(0.5, 1.3), width)
    return tone.astype(np.float32)


def _draw_field(rng: Random, shape: tuple[int, ...], em: float) -> NDArray[np.float32]:
    """Where the ground is: 1, and 0 along some edges, or beside a part of the line."""
    height, width = shape
    rim = [int(rng.uniform(0.03, 0.25) * em) + 1 if rng.random() < 0.4 else 0 for _ in range(4)]
    if rng.random() < 0.25:
        rim[rng.randrange(2)] = int(rng.uniform(0.1, 0.8) * width)
    left, right, top, bottom = rim
    field = np.zeros(shape, np.float32)
    field[top : height - bottom, left : max(width - right, left)] = 1
    if rng.random() < 0.4:
        field = np.asarray(cv2.GaussianBlur(field, (0, 0), rng.uniform(0.5, 0.12 * em + 0.5)))
    return field


def _find_whitened(rng: Random, ink: Grey, em: float) -> NDArray[np.bool_]:
    dark = (ink > _DARK).astype(np.uint8)
    if rng.random() < 0.4:
        return np.asarray(cv2.dilate(dark, np.ones((3, 3), np.uint8))) > 0
    _, labels, stats, _ = cv2.connectedComponentsWithStats(1 - dark, connectivity=4)
    is_small = stats[:, cv2.CC_STAT_AREA] < 0.15 * em * em
    is_small[0] = False  # the ink itself
    return np.asarray(is_small[labels])

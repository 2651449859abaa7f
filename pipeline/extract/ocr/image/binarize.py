"""What on a grey picture is ink: paper made white, scan margins and specks taken away."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.image.page_image import Grey

Mask = NDArray[np.uint8]
"""Pixels, rows by columns; 255 where something is, 0 elsewhere."""

_REGION = 0.25  # inches over which paper and light change no more than a little
_TYPICAL = 50  # of 255: darkness of ink on the faintest copy, where a page shows none
_INK = 0.45  # share of the ink's darkness; show-through stays below, thin strokes above
FAINT = 0.22  # the same for hairlines, which a scanner thins out to grey
_GROUND = 0.1  # inches; the ground of a row is higher
_WIDE = 0.35  # inches; two characters side by side. One alone may be a dense kanji in bold (関)
_PEN = 0.03  # inches; the strokes of type on a ground are thinner
_SHADED = 0.35  # as _INK: a ground is darker; lighter ones leave their type as it is
_LEAST_TYPE = 0.01  # share of a ground that is type; a header of one word has 0.02
_DARK = 0.6  # share of a ground that is dark; text has 0.1-0.3
_RECTANGULAR = 0.8  # share of its box that a ground fills; a photo's shapes fill less
_MARGIN = 0.08  # inches; no stroke of a pen or of type of 60 points is as thick


def whiten(image: Grey, resolution: float) -> Grey:
    """Make the paper white and the ink black, whatever the paper's colour and the light.

    Args:
        image: As scanned.
        resolution: In dots an inch.
    """
    darkness = cv2.subtract(_paper(image, resolution), image)
    scale = 255 / _full_darkness(np.asarray(darkness, dtype=np.uint8))
    levels = 255 - np.clip(np.arange(256) * scale, 0, 255)
    return np.asarray(cv2.LUT(darkness, levels.astype(np.uint8)), dtype=np.uint8)


def _paper(image: Grey, resolution: float) -> Grey:
    """The brightness of the paper under each pixel: the brightest around, without its noise."""
    step = max(round(resolution * _REGION / 4), 1)
    height, width = image.shape
    size = (-(-width // step), -(-height // step))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    level = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 9)
    return np.asarray(
        cv2.resize(level, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8
    )


def _full_darkness(darkness: Grey) -> float:
    """How much darker than paper the ink is: what most of the inside of its strokes has."""
    counts = np.bincount(darkness[::2, ::2].ravel(), minlength=256)
    counts[: _TYPICAL // 2] = 0
    if not counts.any():
        return float(_TYPICAL)
    shares = np.cumsum(counts) / counts.sum()
    return max(float(np.searchsorted(shares, 0.8)), float(_TYPICAL))


def find_ink(white: Grey) -> Mask:
    """Where the ink of text is, on a whitened picture."""
    return _darker(white, _INK)


def find_faint(white: Grey) -> Mask:
    """Where the ink of hairlines may be, on a whitened picture."""
    return _darker(white, FAINT)


def _darker(white: Grey, share: float) -> Mask:
    return np.asarray((white < 255 * (1 - share)).astype(np.uint8) * 255)


def wipe_margins(white: Grey, resolution: float) -> Grey:
    """Make the black white that a scanner leaves around a sheet smaller than its glass."""
    side = max(round(_MARGIN * resolution), 3)
    ink = find_ink(white)
    framed = cv2.copyMakeBorder(ink, side, side, side, side, cv2.BORDER_REPLICATE)
    thick = cv2.morphologyEx(framed, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    thick = thick[side:-side, side:-side]
    count, labels = cv2.connectedComponents(thick)
    edges = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    touching = np.setdiff1d(np.unique(edges), [0])
    if count == 1 or not len(touching):
        return white
    margin = np.isin(labels, touching).astype(np.uint8)
    grown = cv2.dilate(margin, np.ones((side // 2 + 1, side // 2 + 1), np.uint8))
    wiped = white.copy()
    wiped[grown > 0] = 255
    return wiped


def level_grounds(white: Grey, resolution: float) -> Grey:
    """Make type on a dark ground dark on white: the headers of some tables.

    Args:
        white: The whitened picture.
        resolution: In dots an inch.
    """
    # Odd sides: even ones move what they close or open.
    side, pen = (max(round(part * resolution), 3) | 1 for part in (_GROUND, _PEN))
    dark = _darker(white, _SHADED)
    # Closed first: a ground with the strokes of white type in it is solid for all that.
    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((pen, pen), np.uint8))
    solid = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    level = white.copy()
    _, labels, stats, _ = cv2.connectedComponentsWithStats(solid)
    for label, (x, y, width, height, _area) in enumerate(stats[1:], start=1):
        place = np.s_[y : y + height, x : x + width]
        inside = labels[place] == label
        covered = float((dark[place][inside] > 0).mean())
        if covered > _DARK and _is_band(inside, resolution):
            within = cv2.erode(inside.astype(np.uint8), np.ones((pen, pen), np.uint8)) > 0
            levels = _levels_on_white(white[place][within])
            level[place][inside] = levels[white[place][inside]]
    return level


def _is_band(inside: NDArray[np.bool_], resolution: float) -> bool:
    """Whether a shape is a rectangle, be it askew, that is wider than a character."""
    (_, sides, _) = cv2.minAreaRect(np.argwhere(inside)[:, ::-1].astype(np.float32))
    area = (sides[0] + 1) * (sides[1] + 1)  # pixels have a width, their middles have not
    return max(sides) > _WIDE * resolution and int(inside.sum()) > _RECTANGULAR * area


def _levels_on_white(ground: Grey) -> Grey:
    """For each grey a ground's pixels may have: the ground made white, its type made dark."""
    shade = float(np.median(ground))
    away = ground - shade
    darker = -float(away[away < 0].sum()) > float(away[away > 0].sum())
    sign = -1.0 if darker else 1.0
    full = max(float(np.percentile(sign * away, 100 * (1 - _LEAST_TYPE))), _TYPICAL)
    contrast = np.clip(sign * (np.arange(256) - shade) / full, 0, 1)
    return np.asarray(255 * (1 - contrast), dtype=np.uint8)

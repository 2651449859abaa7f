"""Straighten a scanned page: remove skew, perspective and waves, and keep the way back.

Rulings show what was straight on the sheet. Each long ruling is traced over the page. Two smooth
surfaces are fitted to the deviations, one vertical and one horizontal, and remove all of them at
once. A page without rulings is only rotated, by the angle that separates its rows of text best.
"""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline.extract.ocr.image.binarize import FAINT, find_ink
from pipeline.extract.ocr.image.components import Mask, cut_parts, find_small
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.image.run_lengths import keep_long

_Points = NDArray[np.float64]

_MAX_SKEW = 5.5  # degrees; judgement: feeders and hands stay below 5
# Dots per inch of the search for the skew; judgement: lines of 6 points are 6 pixels high.
_PROFILE_RESOLUTION = 75
_STRIPS = 32  # over the width; judgement: narrow enough to be level at the largest skew
_COARSE_STEP = 0.2  # degrees; judgement: the step of the first search
_FINE_STEP = 0.02  # degrees; judgement: one pixel over A4 at 200 dpi
_MIN_LENGTH = 1.0  # inches; judgement: shorter rulings say little about the page's shape
_PIECE = 0.25  # inches of a ruling; judgement: level to a pixel once the skew is removed
_DASH = 0.1  # inches; judgement: the longest dash of a ruling, twice the widest gap
_SAMPLE_DISTANCE = 0.12  # inches between two traced points; judgement: finer than any wave of paper
OUTLIER = 3.0  # robust standard deviations; judgement: a point farther off is of something else
_MAD_TO_SIGMA = 1.4826  # standard: from median absolute deviation to standard deviation (normal)
_MIN_SPREAD = 0.1  # pixels added to the deviation; judgement: perfect lines also have some noise
FIT_ROUNDS = 4  # judgement: enough for the set of outliers to settle
# Pixels between the nodes of the resampling grid; judgement: surfaces are smooth over far more.
_NODE_DISTANCE = 32
_STRIP = 16  # nodes down a strip that is resampled at once; judgement: some 500 rows of pixels
# Weight of the surface's stiffness per point and power; judgement: small, so that rulings decide.
_STIFFNESS = 2e-3
_MAX_ASPECT = 5  # judgement: what is thicker than a fifth of _PIECE is not a ruling


class Distortion(Struct, frozen=True):
    """Maps the points of a straightened picture to the picture as scanned."""

    rotation: _Points
    """Affine matrix, 2 × 3: from pixels of the deskewed picture to pixels of the scanned one."""
    size: tuple[int, int]
    """Width and height of the deskewed picture, in pixels."""
    weights: tuple[_Points, _Points]
    """Of `_EXPONENTS`: the shifts to the right and downwards on the deskewed picture, in pixels.
    Each is a smooth surface that is zero along the middle line."""
    margin: int
    """Pixels that the straightened picture has more on each side: rotation moves the corners out
    of the scanned picture."""

    def to_scan(self, x: _Points, y: _Points) -> tuple[_Points, _Points]:
        """Map pixels of the straightened picture to pixels of the scanned picture."""
        right, down = (
            np.tensordot(weights, _terms(x, y, self.size, is_vertical), axes=1)
            for weights, is_vertical in zip(self.weights, (True, False), strict=True)
        )
        u, v = x + right, y + down
        (a, b, c), (d, e, f) = self.rotation
        return a * u + b * v + c, d * u + e * v + f


def no_distortion(height: int, width: int) -> Distortion:
    """The identity, for a picture that is already straight: a rendered page."""
    flat = np.zeros(len(_EXPONENTS))
    return Distortion(np.eye(2, 3), (width, height), (flat, flat), margin=0)


def straighten(white: Grey, resolution: float) -> tuple[Grey, Distortion]:
    """Remove skew, perspective and waves from a page, and map it back to the scanned picture."""
    angle = find_skew(find_ink(white), resolution)
    margin = int(np.ceil(max(white.shape) / 2 * abs(np.sin(np.radians(angle)))))
    rotation = _rotation_matrix(angle, margin, white.shape[1], white.shape[0])
    size = (white.shape[1] + 2 * margin, white.shape[0] + 2 * margin)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    turned = cv2.warpAffine(white, rotation, size, flags=flags, borderValue=255)
    faint = find_ink(np.asarray(turned, np.uint8), FAINT)
    down = _fit_weights(list(_trace_lines(faint, resolution)), size, is_vertical=False)
    verticals = _trace_lines(np.asarray(cv2.transpose(faint), np.uint8), resolution)
    right = _fit_weights([(y, x) for x, y in verticals], size, is_vertical=True)
    distortion = Distortion(rotation, size, (right, down), margin)
    del faint  # a page's pictures are what its memory goes to
    return resample(white, distortion), distortion


def find_skew(ink: Mask, resolution: float) -> float:
    """Measure the skew of the lines, in degrees clockwise from the right."""
    height, width = (round(side * _PROFILE_RESOLUTION / resolution) for side in ink.shape)
    strips = cv2.resize(ink, (_STRIPS, height), interpolation=cv2.INTER_AREA).astype(np.float32)
    angle, reach = 0.0, _MAX_SKEW
    for step in (_COARSE_STEP, _FINE_STEP):
        angles = np.arange(angle - reach, angle + reach + step / 2, step)
        drops = np.tan(np.radians(angles)) * width / _STRIPS
        angle = float(angles[np.argmax([_measure_sharpness(strips, drop) for drop in drops])])
        reach = step
    return angle


def _measure_sharpness(strips: NDArray[np.float32], drop: float) -> float:
    """How sharp the sums of rows are that drop so many pixels from strip to strip."""
    shear = np.array([[1, 0, 0], [drop, 1, drop * (1 - _STRIPS) / 2]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    sheared = cv2.warpAffine(strips, shear, strips.shape[::-1], flags=flags)
    return float((np.diff(sheared.sum(axis=1)) ** 2).sum())


def _rotation_matrix(angle: float, margin: int, width: int, height: int) -> NDArray[np.float64]:
    """The rotation about the middle, from the deskewed picture's pixels to the scanned one's."""
    middle = (width / 2, height / 2)
    rotation = np.asarray(cv2.getRotationMatrix2D(middle, -angle, 1.0), dtype=np.float64)
    rotation[:, 2] -= rotation[:, :2].sum(axis=1) * margin
    return rotation


def _trace_lines(faint: Mask, resolution: float) -> Iterator[tuple[_Points, _Points]]:
    """Trace the long horizontal lines: x and y of points along the middle of each, in pixels."""
    piece, dash = round(_PIECE * resolution), _DASH * resolution
    dashes = keep_long(find_small(faint, (dash, dash / _MAX_ASPECT * 2)), piece, dash / 2)
    # Where dashed rulings meet, dashes make a corner, which is no dash.
    lines = np.bitwise_or(keep_long(faint, piece), keep_long(dashes, piece, 2 * dash))
    side = np.ones((piece // _MAX_ASPECT, 1), np.uint8)
    lines[cv2.morphologyEx(lines, cv2.MORPH_OPEN, side) > 0] = 0
    # A line that leaves its row of pixels continues in the next row.
    linked = cv2.dilate(lines, np.ones((3, 3), np.uint8))
    step = max(round(_SAMPLE_DISTANCE * resolution), 1)
    for place, inside in cut_parts(np.asarray(linked, np.uint8)):
        if inside.shape[1] > _MIN_LENGTH * resolution:
            part = inside & (lines[place] > 0)
            yield _trace_middle(part, place[1].start, place[0].start, step)


def _trace_middle(part: NDArray[np.bool_], x: int, y: int, step: int) -> tuple[_Points, _Points]:
    columns = np.arange(0, part.shape[1] - step + 1, step)
    sums = np.add.reduceat(part.sum(axis=0), columns).astype(np.float64)
    weighted = part * np.arange(part.shape[0])[:, None]
    heights = np.add.reduceat(weighted.sum(axis=0), columns).astype(np.float64)
    has_ink = sums > 0
    return x + columns[has_ink] + step / 2, y + heights[has_ink] / sums[has_ink]


# Exponents of the coordinates along and across the line; judgement: third powers are enough for
# bent paper. The first exponent is never 0: the position of a whole line across its direction is
# not known to be wrong, so it is not corrected.
_EXPONENTS = ((1, 0), (1, 1), (2, 0), (2, 1), (1, 2), (3, 0), (3, 1), (2, 2))


def _terms(x: _Points, y: _Points, size: tuple[int, int], is_vertical: bool) -> _Points:
    """The terms of the surface; x and y change roles where it displaces vertical lines."""
    u, v = 2 * x / size[0] - 1, 2 * y / size[1] - 1
    if is_vertical:
        u, v = v, u
    return np.stack([u**a * v**b for a, b in _EXPONENTS])


def _fit_weights(
    lines: Sequence[tuple[_Points, _Points]], size: tuple[int, int], is_vertical: bool
) -> _Points:
    """Fit the smoothest surface that makes traced lines straight, without outliers.

    Fits the deviations from the mean position of each line, by least squares.
    """
    weights = np.zeros(len(_EXPONENTS))
    if not lines:
        return weights
    x, y = (np.concatenate(axis) for axis in zip(*lines, strict=True))
    owner = np.repeat(np.arange(len(lines)), [len(line[0]) for line in lines])
    terms, found = _terms(x, y, size, is_vertical), x if is_vertical else y
    kept = np.ones(len(found), dtype=bool)
    stiffness = np.diag([_STIFFNESS * (a + b) ** 2 for a, b in _EXPONENTS])
    for _ in range(FIT_ROUNDS):
        centred = _centre(terms[:, kept], owner[kept])
        (place,) = _centre(found[None, kept], owner[kept])
        weights = np.linalg.solve(centred @ centred.T + stiffness * kept.sum(), centred @ place)
        (rest,) = _centre((found - weights @ terms)[None], owner)
        spread = measure_spread(rest[kept]) + _MIN_SPREAD
        kept = np.abs(rest) < OUTLIER * spread
    return weights


def measure_spread(deviations: _Points) -> float:
    """The standard deviation of what is no outlier, by the median of the absolute values."""
    return _MAD_TO_SIGMA * float(np.median(np.abs(deviations)))


def _centre(values: _Points, owner: NDArray[np.int_]) -> _Points:
    """Subtract from each value the mean of its line."""
    counts = np.maximum(np.bincount(owner), 1)
    return np.stack([row - (np.bincount(owner, row) / counts)[owner] for row in values])


def resample(image: Grey, distortion: Distortion, step: float = 1.0) -> Grey:
    """Resample a scanned picture once, to its straightened form.

    One of its pixels is so many steps of those that the distortion maps.
    """
    height, width = (round(side + 2 * distortion.margin / step) for side in image.shape)
    # OpenCV's resize takes the nodes for middles of cells, whose edges are those of pixels.
    x, y = (
        (np.arange(0, side + _NODE_DISTANCE, _NODE_DISTANCE) - 0.5) * step
        for side in (width, height)
    )
    nodes = [axis / step for axis in distortion.to_scan(*np.meshgrid(x, y))]
    straight = np.empty((height, width), np.uint8)
    # In strips: the places of all pixels at once would take eight times as much as the picture.
    for top in range(0, height, _STRIP * _NODE_DISTANCE):
        strip, first = straight[top : top + _STRIP * _NODE_DISTANCE], top // _NODE_DISTANCE
        columns, rows = (
            _interpolate(axis[first : first + _STRIP + 1], width, len(strip)) for axis in nodes
        )
        strip[:] = cv2.remap(
            image, columns, rows, cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255
        )
    return straight


def _interpolate(nodes: _Points, width: int, height: int) -> NDArray[np.float32]:
    """Interpolate a value for each pixel from values at every `_NODE_DISTANCE` pixels."""
    scale, half = _NODE_DISTANCE, _NODE_DISTANCE // 2
    cells = cv2.resize(nodes.astype(np.float32), None, fx=scale, fy=scale)
    return np.asarray(cells[half : half + height, half : half + width], np.float32)

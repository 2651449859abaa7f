"""A scanned page made straight: skew, perspective and waves, with the way back.

The rulings say what was straight: each is followed over the page, and a smooth surface through
their bends, one for up and down and one for left and right, takes all of them out at once. A page
without rulings is only turned, by the angle at which its rows of text part best.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.image.binarize import Mask, find_faint, find_ink
from pipeline.extract.ocr.image.page_image import Grey

_Points = NDArray[np.float64]

_WIDEST = 5.5  # degrees of skew that are looked for; feeders and hands stay below 5
_PROFILE = 75  # dots an inch at which the skew is looked for: lines of 6 points are 6 pixels high
_STRIPS = 32  # over the width; a strip is narrow enough to be level at the widest skew
_STEP = 0.2  # degrees, of the first search
_FINE = 0.02  # degrees, of the second: a pixel over A4 at 200 dpi
_LONG = 1.0  # inches; shorter rulings say little about the page's shape
_PIECE = 0.25  # inches of a ruling that are level to a pixel after the skew is gone
_SAMPLE = 0.12  # inches between two points at which a ruling is followed
_STRAY = 3.0  # robust deviations at which a point belongs to something else
_NODES = 32  # pixels; surfaces are smooth over many times as much
_STIFF = 2e-3  # weight of the surface's stiffness, for each point and power of a bend


@dataclass(frozen=True, slots=True)
class Bend:
    """Where the points of a straightened picture stand on the picture as it was scanned."""

    turned: NDArray[np.float64]
    """Affine, 2 × 3: from the deskewed picture's pixels to the scanned one's."""
    across: "Surface"
    """How far a point is moved to the right on the deskewed picture, in pixels."""
    along: "Surface"
    """How far it is moved down."""
    margin: int
    """By how many pixels the straightened picture is larger on each side: its corners have moved
    out of the scanned one."""

    def places(self, x: _Points, y: _Points) -> tuple[_Points, _Points]:
        """The scanned picture's pixels of the straightened one's."""
        u, v = x + self.across.at(x, y), y + self.along.at(x, y)
        (a, b, c), (d, e, f) = self.turned
        return a * u + b * v + c, d * u + e * v + f


@dataclass(frozen=True, slots=True)
class Surface:
    """A smooth polynomial over the page, zero along its middle line."""

    width: int
    height: int
    weights: tuple[float, ...]
    """Of `_POWERS`; of the powers of the direction that is bent."""
    upright: bool
    """It bends verticals: the powers are of y instead of x."""

    def at(self, x: _Points, y: _Points) -> _Points:
        """The displacement at points, in pixels."""
        terms = _terms(x, y, self.width, self.height, self.upright)
        return np.tensordot(np.asarray(self.weights), terms, axes=1)


def level_bend(height: int, width: int) -> Bend:
    """That of a picture which is straight as it is: a rendered page."""
    flat = (0.0,) * len(_POWERS)
    across = Surface(width, height, flat, upright=True)
    return Bend(np.eye(2, 3), across, replace(across, upright=False), margin=0)


def straighten(white: Grey, resolution: float) -> tuple[Grey, Bend]:
    """Take the skew, the perspective and the waves out of a page.

    Args:
        white: The whitened picture, lines running to the right within `_WIDEST` degrees.
        resolution: In dots an inch.
    """
    angle = find_skew(find_ink(white), resolution)
    margin = int(np.ceil(max(white.shape) / 2 * abs(np.sin(np.radians(angle)))))
    turned = _turning(angle, margin, white.shape[1], white.shape[0])
    size = (white.shape[1] + 2 * margin, white.shape[0] + 2 * margin)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    level = cv2.warpAffine(white, turned, size, flags=flags, borderValue=255)
    faint = find_faint(np.asarray(level, dtype=np.uint8))
    along = _surface(list(_follow(faint, resolution)), *size, upright=False)
    upright = list(_follow(np.ascontiguousarray(faint.T), resolution))
    across = _surface([(y, x) for x, y in upright], *size, upright=True)
    bend = Bend(turned, across, along, margin)
    return warp(white, bend), bend


def find_skew(ink: Mask, resolution: float) -> float:
    """By how many degrees clockwise the lines run away from the right."""
    scale = _PROFILE / resolution
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    width = small.shape[1]
    bounds = np.linspace(0, width, _STRIPS + 1).astype(int)
    strips = np.stack(
        [small[:, a:b].sum(axis=1, dtype=np.float64) for a, b in itertools.pairwise(bounds)]
    )
    middles = (bounds[:-1] + bounds[1:]) / 2 - width / 2
    coarse = _sharpest(strips, middles, np.arange(-_WIDEST, _WIDEST + _STEP, _STEP))
    return _sharpest(strips, middles, np.arange(coarse - _STEP, coarse + _STEP, _FINE))


def _sharpest(strips: _Points, middles: _Points, angles: _Points) -> float:
    """The angle at which the strips' rows, added up along it, are darkest and lightest."""
    return float(max(angles, key=lambda angle: _sharpness(strips, middles, float(angle))))


def _sharpness(strips: _Points, middles: _Points, angle: float) -> float:
    rows = np.arange(strips.shape[1])
    shifts = np.tan(np.radians(angle)) * middles
    total = sum(
        np.interp(rows + shift, rows, strip, left=0, right=0)
        for strip, shift in zip(strips, shifts, strict=True)
    )
    return float((np.diff(np.asarray(total)) ** 2).sum())


def _turning(angle: float, margin: int, width: int, height: int) -> NDArray[np.float64]:
    """From the deskewed picture's pixels to the scanned one's: a turn about the middle."""
    middle = (width / 2, height / 2)
    turned = np.asarray(cv2.getRotationMatrix2D(middle, -angle, 1.0), dtype=np.float64)
    turned[:, 2] -= turned[:, :2].sum(axis=1) * margin
    return turned


def _follow(faint: Mask, resolution: float) -> Iterator[tuple[_Points, _Points]]:
    """The long level lines of a picture, each as points along its middle (x, y in pixels)."""
    piece = round(_PIECE * resolution)
    lines = cv2.morphologyEx(faint, cv2.MORPH_OPEN, np.ones((1, piece), np.uint8))
    thick = cv2.morphologyEx(lines, cv2.MORPH_OPEN, np.ones((piece // 5, 1), np.uint8))
    lines[thick > 0] = 0
    # A line that leaves its row of pixels goes on in the next one.
    linked = cv2.dilate(lines, np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(linked)
    step = max(round(_SAMPLE * resolution), 1)
    for label in np.flatnonzero(stats[:, cv2.CC_STAT_WIDTH] > _LONG * resolution):
        if label == 0:
            continue
        x, y, width, height, _ = stats[label]
        part = (labels[y : y + height, x : x + width] == label) & (
            lines[y : y + height, x : x + width] > 0
        )
        yield _middles(part, int(x), int(y), step)


def _middles(part: NDArray[np.bool_], x: int, y: int, step: int) -> tuple[_Points, _Points]:
    columns = np.arange(0, part.shape[1] - step + 1, step)
    sums = np.add.reduceat(part.sum(axis=0), columns).astype(np.float64)
    weighted = part * np.arange(part.shape[0])[:, None]
    heights = np.add.reduceat(weighted.sum(axis=0), columns).astype(np.float64)
    held = sums > 0
    return x + columns[held] + step / 2, y + heights[held] / sums[held]


# Powers of the direction along the line and across it. None is free of the first: where the lines
# are, up and down the page, is not known to be wrong.
_POWERS = ((1, 0), (1, 1), (2, 0), (2, 1), (1, 2), (3, 0), (3, 1), (2, 2))


def _terms(x: _Points, y: _Points, width: int, height: int, upright: bool) -> _Points:
    u, v = 2 * x / width - 1, 2 * y / height - 1
    if upright:
        u, v = v, u
    return np.stack([u**a * v**b for a, b in _POWERS])


def _surface(
    lines: Sequence[tuple[_Points, _Points]], width: int, height: int, upright: bool
) -> Surface:
    """The smoothest surface that makes followed lines straight, strays left out."""
    weights = np.zeros(len(_POWERS))
    if lines:
        x = np.concatenate([line[0] for line in lines])
        y = np.concatenate([line[1] for line in lines])
        owner = np.repeat(np.arange(len(lines)), [len(line[0]) for line in lines])
        weights = _fit(_terms(x, y, width, height, upright), x if upright else y, owner)
    return Surface(width, height, tuple(float(w) for w in weights), upright)


def _fit(terms: _Points, found: _Points, owner: NDArray[np.int_]) -> _Points:
    """Least squares over what bends the lines, each line's own place set aside."""
    kept = np.ones(len(found), dtype=bool)
    weights = np.zeros(len(terms))
    stiffness = np.diag([_STIFF * (a + b) ** 2 for a, b in _POWERS])
    for _ in range(4):
        centred, place = (
            _centre(terms[:, kept], owner[kept]),
            _centre(found[None, kept], owner[kept]),
        )
        weights = np.linalg.solve(centred @ centred.T + stiffness * kept.sum(), centred @ place[0])
        rest = _centre((found - weights @ terms)[None], owner)[0]
        spread = 1.4826 * float(np.median(np.abs(rest[kept]))) + 0.1
        kept = np.abs(rest) < _STRAY * spread
    return weights


def _centre(values: _Points, owner: NDArray[np.int_]) -> _Points:
    """Values less the mean of their line."""
    counts = np.maximum(np.bincount(owner), 1)
    return np.stack([row - (np.bincount(owner, row) / counts)[owner] for row in values])


def warp(image: Grey, bend: Bend, step: float = 1.0) -> Grey:
    """The straightened picture, resampled once.

    Args:
        image: As scanned.
        bend: How it was straightened.
        step: Pixels of the bend's pictures to one of this picture.
    """
    height, width = (round(side + 2 * bend.margin / step) for side in image.shape)
    x = np.arange(0, width + _NODES, _NODES, dtype=np.float64) * step
    y = np.arange(0, height + _NODES, _NODES, dtype=np.float64) * step
    columns, rows = bend.places(*np.meshgrid(x, y))
    maps = [_refine(nodes / step, width, height) for nodes in (columns, rows)]
    return np.asarray(
        cv2.remap(
            image,
            maps[0],
            maps[1],
            cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=255,
        ),
        dtype=np.uint8,
    )


def _refine(nodes: _Points, width: int, height: int) -> NDArray[np.float32]:
    """A value for each pixel from values at every `_NODES` pixels."""
    # Affine instead of resize: resize puts nodes into the middle of their cells.
    scale = np.array([[1 / _NODES, 0, 0], [0, 1 / _NODES, 0]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(nodes.astype(np.float32), scale, (width, height), flags=flags),
        dtype=np.float32,
    )

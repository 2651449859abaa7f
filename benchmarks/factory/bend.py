"""How a sheet lies on the scanner's glass: askew, not quite in perspective, and not quite flat."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float64]
_WAVES = 4  # radians from side to side; judgement: a bound sheet bulges once


@dataclass(frozen=True)
class Bend:
    """Maps pixels of the scanned picture to those of the sheet, and back."""

    matrix: _Floats
    """Homography, 3 × 3, from the scanned picture to the sheet before the wave."""
    width: int
    """Of the sheet, in pixels."""
    wave: float
    """Pixels by which the sheet bulges."""
    phase: float
    """Radians at which the wave begins."""
    shift: tuple[float, float]
    """Pixels by which the sheet lies to the right and down on the glass."""

    def to_sheet(self, x: _Floats, y: _Floats) -> tuple[_Floats, _Floats]:
        """Map points of the scanned picture to the sheet."""
        u, v = _project(self.matrix, x, y)
        return u - self.shift[0], v + self._bulge(u) - self.shift[1]

    def to_scan(self, u: _Floats, v: _Floats) -> tuple[_Floats, _Floats]:
        """Map points of the sheet to the scanned picture."""
        u = u + self.shift[0]
        return _project(np.linalg.inv(self.matrix), u, v + self.shift[1] - self._bulge(u))

    def _bulge(self, u: _Floats) -> _Floats:
        return np.asarray(self.wave * np.sin(u / self.width * _WAVES + self.phase))


def draw_bend(
    width: int,
    height: int,
    skew: tuple[float, float],
    perspective: float,
    wave: float,
    shift: tuple[float, float],
    rng: Random,
) -> Bend:
    """Draw by lot how a sheet lies.

    Args:
        width: Of the sheet, in pixels.
        height: Of the sheet, in pixels.
        skew: The least and the most degrees by which it lies askew, to either side.
        perspective: Share of its sides by which its corners are off.
        wave: Pixels by which it bulges.
        shift: As in `Bend`.
        rng: The lot.
    """
    angle = rng.uniform(*skew) * rng.choice((-1, 1))
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    off = [
        (
            rng.uniform(-perspective, perspective) * width,
            rng.uniform(-perspective, perspective) * height,
        )
        for _ in corners
    ]
    skewed = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    tilted = cv2.getPerspectiveTransform(corners + np.array(off, dtype=np.float32), corners)
    matrix = tilted @ np.vstack([cv2.invertAffineTransform(skewed), (0, 0, 1)])
    return Bend(matrix, width, wave, rng.uniform(0, 3), shift)


def _project(matrix: _Floats, x: _Floats, y: _Floats) -> tuple[_Floats, _Floats]:
    u, v, w = (row[0] * x + row[1] * y + row[2] for row in matrix)
    return u / w, v / w

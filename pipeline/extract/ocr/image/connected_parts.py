"""The connected parts of ink, and where each of them is."""

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline.extract.ocr.image.binarize import Mask

_Numbers = NDArray[np.int32]


class Parts(Struct, frozen=True):
    """The connected parts of ink, in pixels; what is around them is the first."""

    labels: _Numbers
    """The index of its part for each pixel."""
    x0: _Numbers
    top: _Numbers
    width: _Numbers
    height: _Numbers

    def find_ink(self, index: int) -> NDArray[np.bool_]:
        """The ink of one part, in its box."""
        x0, top = self.x0[index], self.top[index]
        box = np.s_[top : top + self.height[index], x0 : x0 + self.width[index]]
        return np.asarray(self.labels[box] == index)


def find_parts(ink: Mask) -> Parts:
    """Find the connected parts of ink; pixels that touch at a corner are connected."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return Parts(np.asarray(labels, np.int32), *np.asarray(stats.T[:4], np.int32))

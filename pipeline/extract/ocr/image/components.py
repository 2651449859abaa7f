"""Find the connected parts of ink, band by band: a page's labels take four times its memory.

Each band of rows is looked at with as many rows above and below as what is looked for is high.
"""

from collections.abc import Callable, Iterator

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Mask = NDArray[np.uint8]
"""Pixels, rows by columns; 255 where something is, 0 elsewhere."""

_BAND = 512  # rows; judgement: a seventh of A4 at 300 dots per inch

_Numbers = NDArray[np.int32]

Place = tuple[slice, slice]
"""Rows and columns of pixels."""


class Parts(Struct, frozen=True):
    """The connected parts of ink, in pixels."""

    x0: _Numbers
    top: _Numbers
    width: _Numbers
    height: _Numbers
    middles: NDArray[np.float64]
    """Their centroids, x and y."""


def by_bands(work: Callable[[Mask], Mask], picture: Mask, reach: float) -> Mask:
    """Make as many rows of some rows, band by band: each depends on those within `reach` pixels."""
    result, around = np.empty_like(picture), int(reach) + 1
    for top in range(0, len(picture), _BAND):
        first = max(top - around, 0)
        done = work(picture[first : top + _BAND + around])
        result[top : top + _BAND] = done[top - first :][:_BAND]
    return result


def find_small(ink: Mask, *sizes: tuple[float, float]) -> Mask:
    """Find the parts of ink at most as wide and as high as one of some sizes, in pixels."""

    def find(band: Mask) -> Mask:
        outlines = _list_outlines(band)
        boxes = np.array([cv2.boundingRect(outline) for outline in outlines]).reshape(-1, 4)
        own = [(boxes[:, 2] <= width) & (boxes[:, 3] <= height) for width, height in sizes]
        fits = np.flatnonzero(np.any(own, axis=0)).tolist()
        # Outlines take half the time of labels and what is counted of each.
        small = np.zeros_like(band)
        cv2.drawContours(small, [outlines[i] for i in fits], -1, (255,), cv2.FILLED)
        return np.asarray(cv2.bitwise_and(band, small), np.uint8)

    # What reaches over the end of its band is higher than each size even if cut there.
    return by_bands(find, ink, max(height for _, height in sizes))


def find_parts(ink: Mask, highest: float) -> Parts:
    """Find the connected parts of ink; pixels that touch at a corner are connected.

    Of parts higher than `highest` pixels the lower end may be missing, or all of them.
    """
    rows, around = max(_BAND, int(highest)), int(highest) + 1
    found = []
    for top in range(0, len(ink), rows):
        first = max(top - around, 0)
        band = ink[first : top + rows + around]
        _, _, stats, middles = cv2.connectedComponentsWithStats(band, connectivity=8)
        stats[:, cv2.CC_STAT_TOP] += first
        begins = stats[:, cv2.CC_STAT_TOP]
        own = (top <= begins) & (begins < top + rows)
        own[0] = False
        found.append((stats[own, :4], middles[own] + (0, first)))
    boxes, centroids = (np.concatenate(own) for own in zip(*found, strict=True))
    x0, top, width, height = np.asarray(boxes.T, np.int32)
    return Parts(x0, top, width, height, np.asarray(centroids, np.float64))


def cut_parts(ink: Mask) -> Iterator[tuple[Place, NDArray[np.bool_]]]:
    """Cut out each part of ink: the place of its box, and its pixels in the box, from the top down.

    For large parts: a page has too many small ones.
    """
    boxes = [(*cv2.boundingRect(line), *line[0, 0]) for line in _list_outlines(ink)]
    for x, y, width, height, own_x, own_y in sorted(boxes, key=lambda box: (box[1], box[0])):
        place = np.s_[y : y + height, x : x + width]
        _, labels = cv2.connectedComponents(ink[place])
        yield place, labels == labels[own_y - y, own_x - x]


def _list_outlines(ink: Mask) -> list[cv2.typing.MatLike]:
    """List the outlines of all parts, without those of holes."""
    outlines, levels = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    outer = np.flatnonzero(np.asarray(levels)[0, :, 3] < 0).tolist() if outlines else []
    return [outlines[i] for i in outer]

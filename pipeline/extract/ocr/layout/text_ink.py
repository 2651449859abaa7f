"""The ink of text on a picture without rulings: no specks, but what of it is grey."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.image.binarize import FAINT, find_ink
from pipeline.extract.ocr.image.components import Mask, find_small
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.layout.region import Region

_SPECK = 0.1  # em, both sides of a speck; judgement: the dots of dakuten and 。are larger
_STOP = (0.2, 0.4)  # em, both sides; judgement: a 。, which is no part of a stroke
# em beside a line, and above or below; judgement: a hairline as long as a character, half a ring.
_FAINT_REACH = (1.2, 0.5)
_BEHIND = 0.9  # em; judgement: no 。 stands farther behind a line's last character
EDGE = 2  # pixels; judgement: the grey edges of the ink belong to it
_MIN_SPECK = 1.5  # pixels; judgement: a single pixel is noise at any resolution


def find_text_ink(white: Grey, em: float) -> Mask:
    """Find the ink of text on a picture without rulings; a line may end with a 。 that is grey."""
    side = max(_SPECK * em, _MIN_SPECK)
    dark = find_ink(white)
    specks = find_small(dark, (side, side))
    ink = np.asarray(cv2.subtract(dark, specks, dst=dark), np.uint8)
    # In a 1-bit scan, the ring of a 。 is some specks.
    window = np.ones((2 * round(side) + 1,) * 2, np.uint8)
    rings = cv2.morphologyEx(specks, cv2.MORPH_CLOSE, window, dst=specks)
    faint = cv2.bitwise_or(find_ink(white, FAINT), rings, dst=rings)
    apart = cv2.subtract(faint, cv2.dilate(ink, np.ones((3, 3), np.uint8)), dst=faint)
    least, most = (length * em for length in _STOP)
    stops = find_small(np.asarray(apart, np.uint8), (most, most))
    long = find_small(stops, (least, most), (most, least))
    return np.asarray(cv2.bitwise_or(ink, cv2.subtract(stops, long, dst=stops), dst=ink), np.uint8)


def take_faint(white: Grey, ink: Mask, band: Region, region: Region, em: float) -> Region:
    """Take in the faint parts of a line's own characters at its edges: the thin ring of ①, or 一.

    Not those of the ink of other lines, above or below, nor what is longer than a character.
    """
    across, down = (round(reach * em) for reach in _FAINT_REACH)
    left, top = max(band.x0 - across, region.x0), max(band.top - down, region.top)
    right, bottom = min(band.x1 + across, region.x1), min(band.bottom + down, region.bottom)
    around = Region(left, top, right, bottom)
    parts = np.asarray(cv2.connectedComponents(find_ink(around.cut(white), FAINT))[1], np.int32)
    dark = np.where(around.cut(ink) > 0, parts, 0)
    first, last = band.top - top, band.bottom - top
    inside = dark[first:last, band.x0 - left : band.x1 - left]
    own = np.bincount(inside.ravel(), minlength=int(parts.max()) + 1) > 0
    for other in (dark[:first], dark[last:], parts[[0, -1]], parts[:, [0, -1]]):
        own[other.ravel()] = False
    behind = band.x1 - left
    own |= _flag_stop(
        parts, ((first + last) // 2, last + EDGE), (behind, behind + round(_BEHIND * em))
    )
    own[0] = False
    x, y, width, height = cv2.boundingRect(own[parts].astype(np.uint8))
    if not width:
        return band
    x0, y0, x1, y1 = left + x, top + y, left + x + width, top + y + height
    return Region(
        x0 if band.x0 - x0 > EDGE else band.x0,
        y0 if band.top - y0 > EDGE else band.top,
        x1 if x1 - band.x1 > EDGE else band.x1,
        y1 if y1 - band.bottom > EDGE else band.bottom,
    )


def _flag_stop(
    parts: NDArray[np.int32], rows: tuple[int, int], columns: tuple[int, int]
) -> NDArray[np.bool_]:
    """Flag the parts that stand low behind a line: what a 1-bit scan leaves of a 。.

    Args:
        parts: The number of each pixel's part.
        rows: The first row where a 。 may stand, and the row below it.
        columns: The same of columns.
    """
    (top, bottom), (x0, x1) = rows, columns
    flags = np.zeros(int(parts.max()) + 1, np.bool_)
    flags[parts[top:bottom, x0:x1].ravel()] = True
    for beyond in (parts[:top], parts[bottom:], parts[:, x1:]):
        flags[beyond.ravel()] = False
    return flags

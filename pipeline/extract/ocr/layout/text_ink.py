"""The ink of text on a picture without rulings: no specks, but stops that are grey."""

import cv2
import numpy as np

from pipeline.extract.ocr.image.binarize import find_faint, find_ink
from pipeline.extract.ocr.image.components import Mask, find_small
from pipeline.extract.ocr.image.page_image import Grey

_SPECK = 0.1  # em, both sides of a speck; judgement: the dots of dakuten and 。are larger
_STOP = (0.2, 0.4)  # em, both sides; judgement: a 。, which is no part of a stroke
_MIN_SPECK = 1.5  # pixels; judgement: a single pixel is noise at any resolution


def find_text_ink(white: Grey, em: float) -> Mask:
    """Find the ink of text on a picture without rulings; a line may end with a 。 that is grey."""
    side = max(_SPECK * em, _MIN_SPECK)
    dark = find_ink(white)
    ink = np.asarray(cv2.subtract(dark, find_small(dark, (side, side)), dst=dark), np.uint8)
    faint = find_faint(white)
    near = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    apart = np.asarray(cv2.subtract(faint, near, dst=faint), np.uint8)
    del near  # a page's pictures are what its memory goes to
    return np.asarray(cv2.bitwise_or(ink, _find_stops(apart, em), dst=ink), np.uint8)


def _find_stops(apart: Mask, em: float) -> Mask:
    """Find the stops in faint ink that does not touch other ink."""
    least, most = (length * em for length in _STOP)
    stops = find_small(apart, (most, most))
    long = find_small(stops, (least, most), (most, least))
    return np.asarray(cv2.subtract(stops, long, dst=stops), np.uint8)

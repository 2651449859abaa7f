"""The ink of text on a picture without rulings: no specks, but hairlines that are part of it."""

import cv2
import numpy as np

from pipeline.extract.ocr.image.binarize import find_faint, find_ink
from pipeline.extract.ocr.image.components import Mask, cut_parts, find_small
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.image.run_lengths import keep_long

_HAIRLINE = (0.4, 1.2)  # em; judgement: the length of 一 and ー, what is left of a broken one too
_SPECK = 0.1  # em, both sides of a speck; judgement: the dots of dakuten and 。are larger
_STOP = (0.2, 0.4)  # em, both sides; judgement: a 。, which is no part of a stroke
_MIN_SPECK = 1.5  # pixels; judgement: a single pixel is noise at any resolution


def find_text_ink(white: Grey, em: float) -> Mask:
    """Find the ink of text on a picture without rulings.

    The hairline of a 一 may be grey, and only its right end black: at a line's end, the line would
    begin behind it. A 。 may be grey all around, and the line would end before it.
    """
    side = max(_SPECK * em, _MIN_SPECK)
    dark = find_ink(white)
    ink = np.asarray(cv2.subtract(dark, find_small(dark, (side, side)), dst=dark), np.uint8)
    faint = find_faint(white)
    hairlines = _find_hairlines(faint, ink, em)
    near = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    for place, inside in cut_parts(hairlines):
        if near[place][inside].any():
            ink[place][inside] = 255
    del hairlines  # a page's pictures are what its memory goes to
    apart = np.asarray(cv2.subtract(faint, near, dst=faint), np.uint8)
    del near
    return np.asarray(cv2.bitwise_or(ink, _find_stops(apart, em), dst=ink), np.uint8)


def _find_hairlines(faint: Mask, ink: Mask, em: float) -> Mask:
    # The grey edges above and below a stroke are no hairlines.
    apart = cv2.subtract(faint, cv2.dilate(ink, np.ones((3, 1), np.uint8)))
    level = keep_long(np.asarray(apart, np.uint8), _HAIRLINE[0] * em)
    return np.asarray(cv2.subtract(level, keep_long(level, _HAIRLINE[1] * em)), np.uint8)


def _find_stops(apart: Mask, em: float) -> Mask:
    """Find the stops in faint ink that does not touch other ink."""
    least, most = (length * em for length in _STOP)
    stops = find_small(apart, (most, most))
    long = find_small(stops, (least, most), (most, least))
    return np.asarray(cv2.subtract(stops, long, dst=stops), np.uint8)

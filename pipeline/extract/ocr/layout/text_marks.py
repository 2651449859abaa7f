"""Find the marks of type on its picture: underlines, strike-throughs and frames around words."""

import cv2
import numpy as np
from msgspec import Struct

from pipeline.extract.ocr.image.binarize import find_ink
from pipeline.extract.ocr.image.components import Mask
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.model import MarkKind

# Lengths in em of the page's smaller type.
_LONG = 1.7  # em; judgement: strokes of type do not touch those of the next character
_THICK = 0.3  # em; judgement: the thickest bar, and two bars that run together
_NEAR = 0.3  # em; judgement: a mark is nearer to its type, the line above is farther off
_MARKED = 0.3  # share of a bar's length with type beside it; judgement: a dash of text has none
_TOUCH = 0.1  # em; judgement: strokes that a bar crosses go on right beside it
_CROSSED = 0.15  # the same share, of strokes on both sides; judgement: an underline has them above
_SIDE = 0.9  # em; judgement: the least height of a frame's side; no stroke at a bar's end has it
_UNBROKEN = 0.95  # share of a side that is ink; judgement: a pixel of its corner may be grey


class TypeMark(Struct, frozen=True):
    """A mark on the straightened picture, in pixels."""

    kind: MarkKind
    x0: float
    x1: float
    y: float
    """The middle of the type that it marks."""


def find_marks(white: Grey, em: float) -> list[TypeMark]:
    """Find the marks on the straightened picture without the rulings that part cells.

    A bar that is no ruling stays: the recogniser reads type through it, and not where it is cut.
    """
    ink = find_ink(white)
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(_LONG * em)), np.uint8))
    outlines, _ = cv2.findContours(level, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    strokes = np.asarray(cv2.subtract(ink, level), np.uint8)
    marks = []
    for x0, top, width, height in map(cv2.boundingRect, outlines):
        x1, bottom = x0 + width, top + height
        over, under = _measure_type(strokes[:, x0:x1], top, bottom, _NEAR * em)
        if height < _THICK * em and max(over, under) > _MARKED:
            through = min(_measure_type(strokes[:, x0:x1], top, bottom, _TOUCH * em)) > _CROSSED
            ends = slice(max(x0 - 1, 0), x0 + height), slice(x1 - height, x1 + 1)
            framed = over < _MARKED or any(_has_side(ink[:, e], top, bottom, em) for e in ends)
            kind = MarkKind.BOX if framed else MarkKind.STRIKE if through else MarkKind.UNDERLINE
            rise = 0.0 if through else em / 2 if over > under else -em / 2
            marks.append(TypeMark(kind, x0, x1, (top + bottom) / 2 - rise))
    return marks


def _measure_type(strokes: Mask, top: int, bottom: int, near: float) -> tuple[float, float]:
    """The shares of a bar's length with type so near above it, and below it."""
    above = strokes[max(top - max(round(near), 2), 0) : max(top - 1, 0)]
    below = strokes[bottom + 1 : bottom + max(round(near), 2)]
    over, under = (float((side > 0).any(axis=0).mean()) for side in (above, below))
    return over, under


def _has_side(ink: Mask, top: int, bottom: int, em: float) -> bool:
    """Whether the side of a frame begins at the end of a bar, above it or below it."""
    high = round(_SIDE * em)
    sides = ink[max(top - high, 0) : top], ink[bottom : bottom + high]
    return any(side.size and (side > 0).any(axis=1).mean() > _UNBROKEN for side in sides)

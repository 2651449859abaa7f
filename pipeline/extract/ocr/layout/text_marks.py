"""Take the marks of type off its picture: underlines, strike-throughs and frames around words."""

import cv2
import numpy as np

from pipeline.extract.ocr.image.binarize import find_ink
from pipeline.extract.ocr.image.components import Mask
from pipeline.extract.ocr.image.page_image import Grey

# Lengths in em of the page's smaller type.
_LONG = 1.7  # em; judgement: strokes of type do not touch those of the next character
_THICK = 0.3  # em; judgement: the thickest bar, and two bars that run together
_NEAR = 0.3  # em; judgement: a mark is nearer to its type, the line above is farther off
# Share of a bar's length that has type beside it; judgement: a dash of the text has none.
_MARKED = 0.3
# em; judgement: the least and the most height of a frame's side. No stroke of type is so high and
# begins at the end of a bar.
_SIDE = (0.9, 1.2)
_UNBROKEN = 0.95  # share of a side that is ink; judgement: a pixel of its corner may be grey


def erase_marks(white: Grey, em: float) -> None:
    """Erase, in place, the marks; strokes of type that cross them stay.

    Args:
        white: The straightened picture without its rulings.
        em: The size of the page's smaller type, in pixels.
    """
    ink = find_ink(white)
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(_LONG * em)), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(level)
    for x0, top, width, height, _ in stats[1:].tolist():
        bottom, bar = top + height, np.s_[:, x0 : x0 + width]
        if height < _THICK * em and _has_type(ink[bar], top, bottom, em):
            _erase(white[bar], top, bottom)
            for start, end in ((x0 - 1, x0 + height), (x0 + width - height, x0 + width + 1)):
                _erase_side(white, ink, (max(start, 0), end), (top, bottom), em)


def _has_type(ink: Mask, top: int, bottom: int, em: float) -> bool:
    """Whether type is right above or below a bar, over some of its length."""
    near = round(_NEAR * em)
    sides = ink[max(top - near, 0) : max(top - 1, 0)], ink[bottom + 1 :][:near]
    return any((side > 0).any(axis=0).mean() > _MARKED for side in sides)


def _erase_side(
    white: Grey, ink: Mask, columns: tuple[int, int], bar: tuple[int, int], em: float
) -> None:
    """Erase the side of a frame that begins at the end of a bar, above or below it."""
    start, end = columns
    for way, edge in ((-1, bar[0]), (1, bar[1])):
        least, most = (sorted((max(edge + way * round(s * em), 0), edge)) for s in _SIDE)
        side = ink[slice(*least), start:end]
        if side.size and (side > 0).any(axis=1).mean() > _UNBROKEN:
            _erase(white[slice(*most)].T, start, end)


def _erase(white: Grey, top: int, bottom: int) -> None:
    """Erase rows of pixels, with their grey edges, but for what goes on on both sides."""
    first, last = max(top - 1, 1), min(bottom + 1, len(white) - 1)
    window = np.ones((1, 3), np.uint8)
    sides = (np.ascontiguousarray(white[row : row + 1]) for row in (first - 1, last))
    white[first:last] = cv2.max(*(cv2.erode(side, window) for side in sides))

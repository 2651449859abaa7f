"""Pictures of lines for a second look, where the first reading may not fit: each one hypothesis."""

from collections.abc import Iterable

import cv2
import numpy as np
from msgspec.structs import replace

from pipeline.extract.ocr.image.run_lengths import find_runs
from pipeline.extract.ocr.layout.text_lines import InkLine, measure_margin
from pipeline.extract.ocr.layout.text_marks import TypeMark

# em, the height of a line's ink; judgement: kanji are higher, and furigana lower.
_LOW = (0.6, 0.86)
_LONG = 3.0  # heights of a line's ink; judgement: on coarse pictures, strokes of two kanji touch
_BAR = 0.75  # share of a bar's length that is dark; judgement: no row of type is so dark
_EDGE = 1  # pixel; judgement: beside a bar, its grey edge
_BEHIND = 3.0  # pixels; judgement: what a bar covers goes on as it is so near


def set_in_type(line: InkLine, em: float) -> InkLine | None:
    """A line of capitals or digits in a box as high as its type; None of other lines.

    Cut at its ink, a label is as large as a kanji: its No was read as N or N№.
    """
    if not _LOW[0] * em < line.ink_height < _LOW[1] * em:
        return None
    beside, beyond = round(em / 2), (round(em) + 2 * measure_margin(em) - len(line.image)) // 2
    image = np.pad(line.image, ((beyond, beyond), (beside, beside)), constant_values=255)
    x0, x1 = line.x0 - beside, line.x1 + beside
    return replace(
        line, x0=x0, top=line.top - beyond, x1=x1, bottom=line.bottom + beyond, image=image
    )


def fill_bars(line: InkLine, marks: Iterable[TypeMark]) -> InkLine | None:
    """A line without the bars of its marks, filled in from both sides; None of a line without.

    A bar that strikes a line reads as -, and 庭 under it as A.
    """
    covered = np.zeros(line.image.shape, np.uint8)
    for mark in marks:
        is_long = mark.x1 - mark.x0 > _LONG * line.ink_height
        if is_long and line.top < mark.y < line.bottom and line.x0 < mark.x1 and mark.x0 < line.x1:
            along = slice(*(max(round(x) - line.x0, 0) for x in (mark.x0, mark.x1)))
            for start, end in find_runs(line.dark[:, along].mean(axis=1) > _BAR):
                covered[max(start - _EDGE, 0) : end + _EDGE, along] = 255
    if not covered.any():
        return None
    return replace(line, image=cv2.inpaint(line.image, covered, _BEHIND, cv2.INPAINT_TELEA))

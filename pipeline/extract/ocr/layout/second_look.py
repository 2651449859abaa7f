"""Look again at a place where the first reading of the picture does not fit, and keep what fits."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import pairwise, product
from math import ceil

import cv2
import numpy as np
from msgspec.structs import replace

from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.image.run_lengths import find_runs
from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling
from pipeline.extract.ocr.layout.region import Region
from pipeline.extract.ocr.layout.text_lines import InkLine, cut_out, measure_margin
from pipeline.extract.ocr.layout.text_marks import TypeMark

# em from the ink on one side of a ruling to that on the other, the ruling aside; judgement: cells
# keep their text farther from their sides, and a character's parts are nearer.
_RUN_ON = 0.22
_TOUCH = 0.06  # em from ink to a ruling; judgement: the ruling covers a part of the character
_BEYOND = 0.7  # em, from a ruling that the character behind it touches; judgement: half an em is ）
# em between pieces of a line that runs over a ruling elsewhere; judgement: an ideographic space.
_SAME_LINE = 1.3
_MOSTLY = 0.5  # share of the lines that begin behind a ruling; judgement: one may be dirt beside it
_LEVEL = 0.6  # share of the lower of two pieces of a line; judgement: they stand side by side
_SPARE = 1  # pixels; judgement: as many as `erase_rulings` removes beside a ruling
_AROUND = 6  # pixels; judgement: enough ink around a ruling to see what goes on behind it
_ALIGNED = 0.15  # em; judgement: the ink of texts at one side of cells begins so near to one x
_LOW = (0.6, 0.86)  # em, the height of a line's ink; judgement: kanji are higher, furigana lower
_ROWS = 2  # other lines that begin at one side; judgement: a single one may do so by chance
# Upright rulings at a row of cells; judgement: in a row of two, a number may be as near to a text.
_SIDES = 4
_LONG = 3.0  # heights of a line's ink; judgement: on coarse pictures, strokes of two kanji touch
_BAR = 0.75  # share of a bar's length that is dark; judgement: no row of type is so dark
_EDGE = 1  # pixel; judgement: beside a bar, its grey edge
_BEHIND = 3.0  # pixels; judgement: what a bar covers goes on as it is so near

_Rulings = Sequence[PixelRuling]


def join_over_rulings(
    lines: Sequence[InkLine], white: Grey, rulings: _Rulings, em: float
) -> list[InkLine]:
    """Join lines that run over a vertical ruling, as long headings in spreadsheets do.

    The first look cuts at the ruling, and so in the middle of a character. What the ruling covers
    is filled in from both sides, on the picture too.
    """
    verticals = sorted((r for r in rulings if not r.is_horizontal), key=lambda r: r.x0)
    pieces, joined = dict(enumerate(lines)), set[int]()
    for ruling in verticals * 2:  # where a line runs over one, it may run on over the next ones
        for left, right in _find_pairs(pieces, joined, ruling, rulings, em):
            if left in pieces and right in pieces:
                pieces[left] = _join(pieces[left], pieces.pop(right), white, ruling, em)
                joined.add(left)
    return [*pieces.values()]


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


def _find_pairs(
    pieces: dict[int, InkLine], joined: set[int], ruling: PixelRuling, rulings: _Rulings, em: float
) -> list[tuple[int, int]]:
    """Find the numbers of pieces that end and begin at a vertical ruling, and are one line."""
    margin, edge, pairs = measure_margin(em), _TOUCH * em, list[tuple[int, int]]()
    start, end = ruling.ink_start - _SPARE, ruling.ink_end + _SPARE
    beside = {i: p for i, p in pieces.items() if ruling.top < p.bottom and p.top < ruling.bottom}
    # How many pixels before the ruling their ink ends, and how many behind it begins.
    near = range(1 - _AROUND, ceil(_SAME_LINE * em))
    before = {i: gap for i, p in beside.items() if (gap := start - p.x1 + margin) in near}
    behind = {i: gap for i, p in beside.items() if (gap := p.x0 + margin - end) in near}
    # The ink of a bracket begins half an em further in than that of what begins at its place.
    gaps = np.array([gap + inset for gap in behind.values() for inset in (0, em / 2)])
    aligned = {i: int((abs(gaps - x) < _ALIGNED * em).sum()) for i, x in behind.items()}
    # Texts of cells begin at one x. If they begin at the ruling, most of them have to run over it.
    column = {i for i, n in aligned.items() if n > max(_ROWS, _MOSTLY * len(behind))}
    across = sorted(r.top for r in rulings if r.is_horizontal and r.x0 < ruling.x0 < r.x1)
    rows = {i: bisect(across, (p.top + p.bottom) / 2) for i, p in beside.items()}
    for left, right in product(before, behind):
        ends, begins, y = before[left], behind[right], (pieces[left].top + pieces[left].bottom) / 2
        nearest = _BEYOND if min(ends, begins) < edge else _RUN_ON
        limit = _SAME_LINE if joined & {left, right} else nearest
        if ends + begins >= limit * em or not _are_level(pieces[left], pieces[right]):
            continue
        # The characters that the ruling covers begin at its edge, too.
        covered = max(begins, ends if right in column else 0) < edge
        of_three = sum(not r.is_horizontal and r.top < y < r.bottom for r in rulings) >= _SIDES
        row = sorted((p.x0, p.x1) for i, p in beside.items() if rows[i] == rows[left])
        whites = [start - end + 2 * margin for (_, end), (start, _) in pairwise(row)]
        # A heading, such as 小計 2件, is the only text of its row, and runs over its rulings.
        heading = of_three and max(whites, default=em) < _SAME_LINE * em
        if covered or (heading and ends + begins < _RUN_ON * em) or aligned[right] <= _ROWS:
            pairs.append((left, right))
        column -= {right} if covered and heading else set()
    tight = len({right for _, right in pairs} & column) < _MOSTLY * len(column)
    return [pair for pair in pairs if not (tight and pair[1] in column)]


def _are_level(one: InkLine, other: InkLine) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > _LEVEL * min(one.bottom - one.top, other.bottom - other.top)


def _join(one: InkLine, other: InkLine, white: Grey, ruling: PixelRuling, em: float) -> InkLine:
    """Two pieces cut out as one line, what the ruling between them covers filled in."""
    margin = measure_margin(em)
    top, bottom = min(one.top, other.top) + margin, max(one.bottom, other.bottom) - margin
    start, end = ruling.ink_start - _SPARE, ruling.ink_end + _SPARE
    x0, x1 = max(start - _AROUND, 0), min(end + _AROUND, white.shape[1])
    place = np.s_[max(top, 0) : bottom, x0:x1]
    covered = np.zeros(white[place].shape, np.uint8)
    covered[:, start - x0 : end - x0] = 255
    white[place] = cv2.inpaint(white[place], covered, _AROUND / 2, cv2.INPAINT_TELEA)
    whole = Region(one.x0 + margin, top, other.x1 - margin, bottom)
    return replace(cut_out(white, whole, em), gap=one.gap)


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

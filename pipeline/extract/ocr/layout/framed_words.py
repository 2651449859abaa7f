"""Frames around words on a scanned page: the recogniser would read their sides as ［, ― and ］."""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
from msgspec.structs import replace

from pipeline.extract.ocr.image.components import Mask
from pipeline.extract.ocr.image.run_lengths import find_runs
from pipeline.extract.ocr.layout.connected_rulings import TOUCH, meets_at_ends
from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling, cover

# Lengths in em of the page's smaller type.
_HIGHEST = 1.6  # em; judgement: around one line of type
_LONG = 1.5  # times its height; judgement: a shorter frame may be 国 or 四 of a title
_REACH = 0.2  # em; judgement: how far a side may be from the end of the bar that it meets
_UNBROKEN = 0.95  # share of a side that is ink; judgement: a pixel of its corner may be grey


def free_framed_words(
    kept: Sequence[PixelRuling], bars: Sequence[PixelRuling], ink: Mask, em: float
) -> list[PixelRuling]:
    """Take the sides of frames around words for what they are: erased, they part nothing.

    The bars are all level ones of the page, short ones that meet no ruling among them.
    """
    tall = [r for r in kept if r.bottom - r.top > _HIGHEST * em]
    level = [r for r in kept if r.is_horizontal]
    known = {(r.x0, r.top) for r in level}
    level += [bar for bar in bars if bar.is_certain and (bar.x0, bar.top) not in known]
    free = [bar for bar in level if not any(meets_at_ends(bar, tall, TOUCH * em))]
    framing, sides = [], []
    for upper, lower in product(free, free):
        height, width = lower.top - upper.bottom, min(b.x1 - b.x0 for b in (upper, lower))
        underlined = upper.is_underline or lower.is_underline
        if underlined and 0 < height < _HIGHEST * em and width > _LONG * height:
            found = list(_find_sides(upper, lower, ink, em))
            sides += found
            framing += [upper, lower] if found else []
    covered = [*framing, *(r for r in kept if any(_covers(side, r, em) for side in sides))]
    others = [ruling for ruling in kept if ruling not in covered]
    return [*others, *(replace(bar, is_underline=True) for bar in dict.fromkeys(framing)), *sides]


def _covers(side: PixelRuling, ruling: PixelRuling, em: float) -> bool:
    """Whether a ruling is the side of a frame."""
    beyond = max(side.top - ruling.top, ruling.bottom - side.bottom, abs(side.x0 - ruling.x0))
    return not ruling.is_horizontal and beyond < _REACH * em


def _find_sides(
    upper: PixelRuling, lower: PixelRuling, ink: Mask, em: float
) -> Iterator[PixelRuling]:
    """Yield the unbroken strokes that lead from the end of one bar to the other bar."""
    reach = max(round(_REACH * em), 1)
    for x in sorted({upper.x0, upper.x1, lower.x0, lower.x1}):
        if max(upper.x0, lower.x0) - reach <= x <= min(upper.x1, lower.x1) + reach:
            start = max(x - reach, 0)
            strip = ink[upper.bottom : lower.top, start : x + reach] > 0
            for first, last in find_runs(np.asarray(strip.mean(axis=0) > _UNBROKEN), 0):
                yield cover(start + first, upper.top, start + last, lower.bottom)

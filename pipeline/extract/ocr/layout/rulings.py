"""Rulings of a straightened picture: dark bars, thin across and long along, broken or faint."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.image.binarize import FAINT, Mask, find_faint, find_ink
from pipeline.extract.ocr.image.page_image import Grey

# In em of the page's smaller type.
_THICK = 0.4  # a ruling; what is thicker is a shade or a picture
_GAP = 0.15  # inside a ruling that a scanner or a printer broke
_DOT = 0.25  # a dot or dash of a broken line, at most
_DOT_GAP = 0.4  # between two of them
_DOTTED = 3.0  # shortest broken line; …… is two
_BRIDGE = 0.8  # between two pieces in one row of pixels: tables below each other are farther apart
_LEVEL = 1.6  # shortest piece that runs level: 一 and ー are one em long
_UPRIGHT = 1.2  # shortest piece that stands upright: a row is higher than its type
_FREE = 4.0  # shortest ruling that meets no other: underlines; ―― is text
_MEET = 0.4  # how far the end of a ruling may stay from the one it meets
_BESIDE = 0.12  # strip beside a ruling that is white, but where other rulings meet it
# Share of a bar's length with ink right beside it. Strokes of neighbouring kanji in one row have
# 0.4-0.9; rulings below 0.05, and underlines that type reaches down to below 0.3.
_TOUCHED = 0.35
_CLEAR = 0.05  # the same beside a ruling that stands all alone
_FREE_BELOW = 0.1  # the same below an underline, which type may touch from above
_UNBROKEN = 0.97  # share of an underline that has ink; strokes in a row have up to 0.92

_KANJI = 0.885  # em that the ink of a kanji is high: IPA, Noto and MS fonts have 0.87-0.92
_SMALLEST = 4.5  # points; no office sets smaller type
_LARGEST = 24.0  # points
_TYPE = 75  # percentile of the heights of what is as high as wide: whole kanji, not their parts


@dataclass(frozen=True, slots=True)
class Bar:
    """A ruling on the straightened picture, in pixels."""

    x0: int
    top: int
    x1: int
    bottom: int
    first: int
    """Across it, where its ink begins: before its top or left where it sways or is double."""
    last: int
    """Across it, where its ink ends."""
    clear: bool = False
    """It is a ruling even where it meets no other: unbroken with white below, or all alone."""

    @property
    def is_level(self) -> bool:
        """Whether it runs to the right, not down."""
        return self.x1 - self.x0 >= self.bottom - self.top


def measure_type(ink: Mask, scale: float) -> float:
    """The size of most of the page's type, in pixels.

    Args:
        ink: Where the ink is on the picture.
        scale: Pixels to the point.
    """
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    square = (height < 1.4 * width) & (width < 1.4 * height)
    sized = (height > _SMALLEST * scale * 0.6) & (height < _LARGEST * scale)
    heights = height[square & sized]
    if not len(heights):
        return 10.0 * scale
    return max(float(np.percentile(heights, _TYPE)) / _KANJI, _SMALLEST * scale)


def find_bars(white: Grey, em: float) -> list[Bar]:
    """Find the rulings.

    Args:
        white: The straightened, whitened picture.
        em: Size of the page's smaller type, in pixels.
    """
    levels = _level_bars(white, em, _LEVEL)
    standing = _level_bars(np.ascontiguousarray(white.T), em, _UPRIGHT)
    uprights = [Bar(b.top, b.x0, b.bottom, b.x1, b.first, b.last, b.clear) for b in standing]
    return _connected(levels, uprights, em)


def _level_bars(white: Grey, em: float, shortest: float) -> list[Bar]:
    faint = find_faint(white) > 0
    found = [(bar, _share_inside(bar, faint)) for bar in _bars(_pieces(white, em, shortest))]
    ink = find_ink(white)
    # The other line of a double one is no type beside it.
    lines = [bar for bar, whole in found if whole > _UNBROKEN and bar.x1 - bar.x0 > _FREE * em]
    type_ink = wipe_bars(ink, lines, white=0) > 0
    bars = []
    for bar, whole in found:
        touched, below = _surroundings(bar, type_ink, em)
        drawn = below < _FREE_BELOW and whole > _UNBROKEN
        if touched < _TOUCHED or drawn:
            bars.append(replace(bar, clear=drawn or touched < _CLEAR))
    return bars


def _share_inside(bar: Bar, faint: NDArray[np.bool_]) -> float:
    """The share of a bar's length that has ink."""
    inside = faint[max(bar.top - 1, 0) : bar.bottom + 1, bar.x0 : bar.x1]
    return float(inside.any(axis=0).mean())


def _surroundings(bar: Bar, ink: NDArray[np.bool_], em: float) -> tuple[float, float]:
    """The shares of a bar's length that have ink right beside it, and right below it."""
    edge, beside = max(round(_BESIDE * em / 2), 1), max(round(_BESIDE * em), 2)
    above = ink[max(bar.top - edge - beside, 0) : max(bar.top - edge, 0), bar.x0 : bar.x1]
    below = ink[bar.bottom + edge : bar.bottom + edge + beside, bar.x0 : bar.x1]
    over, under = above.any(axis=0), below.any(axis=0)
    return float((over | under).mean()), float(under.mean())


def _pieces(white: Grey, em: float, shortest: float) -> Mask:
    """The pixels of level bars."""
    thick = max(round(_THICK * em), 3) | 1
    # Darker than what is above and below: this leaves shades out and keeps hairlines on them.
    dark = cv2.morphologyEx(white, cv2.MORPH_BLACKHAT, np.ones((thick, 1), np.uint8))
    bars = (dark > FAINT * 255).astype(np.uint8) * 255
    opened = np.bitwise_or(
        _long(bars, _GAP * em, shortest * em), _long(_dots(bars, em), _DOT_GAP * em, _DOTTED * em)
    )
    return _closed(opened, _BRIDGE * em)


def _dots(bars: Mask, em: float) -> Mask:
    """What is as small as a dot or a dash of a broken line."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(bars, connectivity=8)
    sides = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    small = sides <= _DOT * em
    small[0] = False
    return np.asarray(small[labels].astype(np.uint8) * 255)


def _long(bars: Mask, gap: float, shortest: float) -> Mask:
    """Level runs, over small gaps."""
    return np.asarray(
        cv2.morphologyEx(
            _closed(bars, gap), cv2.MORPH_OPEN, np.ones((1, round(shortest)), np.uint8)
        ),
        dtype=np.uint8,
    )


def _closed(bars: Mask, gap: float) -> Mask:
    # A window closes gaps that are smaller than it is, and has a middle.
    window = np.ones((1, round(gap) + 1 | 1), np.uint8)
    return np.asarray(cv2.morphologyEx(bars, cv2.MORPH_CLOSE, window), dtype=np.uint8)


def _bars(pieces: Mask) -> list[Bar]:
    # A ruling that changes its row of pixels is one all the same.
    linked = cv2.dilate(pieces, np.ones((3, 1), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(linked, connectivity=8)
    bars = []
    for label in range(1, count):
        x, y, width, height, _ = (int(value) for value in stats[label])
        inside = (labels[y : y + height, x : x + width] == label) & (
            pieces[y : y + height, x : x + width] > 0
        )
        bars.append(_bar(inside, x, y))
    return bars


def _bar(inside: NDArray[np.bool_], x: int, y: int) -> Bar:
    """The bar in its box: as thick as most of its columns are, where most of its ink is."""
    counts = inside.sum(axis=0)
    thickness = max(round(float(np.median(counts[counts > 0]))), 1)
    rows = inside.sum(axis=1)
    middle = float((rows * np.arange(len(rows))).sum() / rows.sum())
    top = y + round(middle - (thickness - 1) / 2)
    return Bar(x, top, x + inside.shape[1], top + thickness, y, y + inside.shape[0])


def _connected(levels: list[Bar], uprights: list[Bar], em: float) -> list[Bar]:
    """Leave out what is short and ends in the open: dashes, crosses, the strokes of 不正 in a row.

    A page's end leaves rows open, so one end is enough for uprights that stand side by side.
    """
    reach, free = _MEET * em, _FREE * em
    kept = []
    for bar in levels:
        held, long = _held_ends(bar, uprights, reach), bar.x1 - bar.x0 >= free
        crossed = any(_crosses(bar, upright, reach) for upright in uprights)
        if all(held) or (long and (bar.clear or crossed or any(held))):
            kept.append(bar)
    tall = [bar for bar in uprights if bar.bottom - bar.top >= free]
    for bar in uprights:
        held = _held_ends(bar, levels, reach)
        in_row = any(held) and any(_is_beside(bar, b, reach) for b in uprights if b is not bar)
        # Where a table has taller rulings its rows are not open: two short ones are【 and 】.
        alone = not any(b.top < bar.bottom and bar.top < b.bottom for b in tall)
        if bar in tall or all(held) or (in_row and alone):
            kept.append(bar)
    return kept


def _crosses(level: Bar, upright: Bar, reach: float) -> bool:
    inside = level.x0 < upright.x0 and upright.x1 < level.x1
    return inside and upright.top - reach < level.top < upright.bottom + reach


def _is_beside(bar: Bar, other: Bar, reach: float) -> bool:
    """Whether two uprights span the same height."""
    return abs(bar.top - other.top) < reach and abs(bar.bottom - other.bottom) < reach


def _held_ends(bar: Bar, others: list[Bar], reach: float) -> list[bool]:
    """Whether a bar meets another at its start, and at its end."""
    x, y = (bar.x0 + bar.x1) / 2, (bar.top + bar.bottom) / 2
    ends = ((bar.x0, y), (bar.x1, y)) if bar.is_level else ((x, bar.top), (x, bar.bottom))
    return [any(_is_near(end, other, reach) for other in others) for end in ends]


def _is_near(point: tuple[float, float], bar: Bar, reach: float) -> bool:
    x, y = point
    beside = bar.x0 - reach <= x <= bar.x1 + reach
    return beside and bar.top - reach <= y <= bar.bottom + reach


def wipe_bars(picture: Grey, bars: Sequence[Bar], spare: int = 1, white: int = 255) -> Grey:
    """The picture without its rulings.

    Args:
        picture: The picture.
        bars: Its rulings.
        spare: Pixels beside a ruling that are wiped with it: its grey edges.
        white: What stands for paper.
    """
    wiped = picture.copy()
    for bar in bars:
        x0, x1, top, bottom = bar.x0, bar.x1, bar.first, bar.last
        if not bar.is_level:
            x0, x1, top, bottom = bar.first, bar.last, bar.top, bar.bottom
        wiped[max(top - spare, 0) : bottom + spare, max(x0 - spare, 0) : x1 + spare] = white
    return wiped

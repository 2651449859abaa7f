"""Text lines of a straightened picture: inside each cell, ink parted by white rows and gaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.image.binarize import Mask, find_ink
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.image.run_lengths import find_runs

# In em of the region's type.
_APART = 1.3  # a gap that parts two texts side by side; an ideographic space leaves 1.0-1.3
_GUTTER = 0.7  # the same through several lines: white space of their own does not coincide
_TALL = 90  # percentile of the heights of parts of characters: that of kanji
_WORDS = 4.0  # white space inside a line; what is farther apart are columns
_HIGH = 1.5  # a band that is higher holds several lines
_LOW = 0.45  # a band that is lower is a part of a line (二, ー, the dots of い)
_WHOLE = 1.15  # parts of one line are together no higher
_DASH = 0.3  # what is lower is a dash; furigana are a third of an em and more
_INKED = 0.9  # the ink of a line of kanji
_SPECK = 0.1  # of both sides of a speck; the dots of dakuten and 。are larger
_LIGHT = 0.35  # of the darkest row's ink: the lightest row between two lines that touch has less
_LEAST = 0.7  # the ink of a line of kana is no lower
_HIGH_RUBY = (1.2, 1.75)  # a line with its furigana: half an em of them, or a third
_BASE = (0.85, 1.1)  # from a line's far side to where furigana may end or begin
_LIGHT_RUBY = 0.15  # as _LIGHT: furigana end where only the tops of a few kanji stand
_MARK = 0.35  # a part of a character; a line of smaller ones is dirt, unless they stand close
_SPARSE = 0.4  # share of a line's length that has ink; furigana have 0.6 and more
_FAR = 0.8  # from a speck to the text beside it; 。and 、are nearer
_ITEM = 2.5  # from ・ to the text of its item
_LEVEL = 0.2  # from the middle of the line to that of ・
_HYPHEN = 0.22  # of a - that may; it is longer than twice its height
_MARGIN = 0.12  # white around a line's ink, as the recogniser was trained with


@dataclass(frozen=True, slots=True)
class InkLine:
    """A physical line of text on the straightened picture, in pixels."""

    x0: int
    top: int
    x1: int
    bottom: int
    image: Grey
    """Grey, dark on white, `bottom - top` by `x1 - x0`: this line's ink alone, no rulings."""
    gap: int = 0
    """From the line that it goes on from, on its left in the same cell; 0 where there is none."""


@dataclass(frozen=True, slots=True)
class Region:
    """Where text does not cross the border: the inside of a cell, or the page without tables."""

    x0: int
    top: int
    x1: int
    bottom: int


def drop_specks(ink: Mask, em: float) -> Mask:
    """Ink without what is too small for any part of a character."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sides = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    kept = sides > max(_SPECK * em, 1.5)
    kept[0] = False
    return np.asarray(kept[labels].astype(np.uint8) * 255) if count > 1 else ink


def find_lines(white: Grey, ink: Mask, regions: Sequence[Region], em: float) -> list[InkLine]:
    """Find the lines of text in each region.

    Args:
        white: The straightened picture, its rulings wiped.
        ink: Its ink without specks.
        regions: Cells, and what is around them.
        em: Size of the page's smaller type, in pixels.
    """
    lines = []
    for region in regions:
        bands = (_without_dirt(ink, band, em) for band in _bands(ink, region, em))
        before: Region | None = None
        for band in bands:
            if band is not None:
                gap = _gap(before, band, em) if before else 0
                lines.append(replace(_cut_out(white, band, em), gap=gap))
                before = band
    return lines


def _gap(before: Region, band: Region, em: float) -> int:
    """The white space between the halves of one line; 0 where they are none."""
    shared = min(before.bottom, band.bottom) - max(before.top, band.top)
    gap = band.x0 - before.x1
    level = shared > min(before.bottom - before.top, band.bottom - band.top) / 2
    return gap if level and 0 < gap < _WORDS * em else 0


def _without_dirt(ink: Mask, band: Region, em: float) -> Region | None:
    """A line without specks at its ends; None: it is nothing but specks."""
    held = ink[band.top : band.bottom, band.x0 : band.x1]
    _, _, stats, middles = cv2.connectedComponentsWithStats(held, connectivity=8)
    stats, middles = stats[1:], middles[1:]
    left, width = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_WIDTH]
    height = stats[:, cv2.CC_STAT_HEIGHT]
    hyphen = (width >= _HYPHEN * em) & (width >= 2 * height)
    dots = (np.maximum(width, height) < _MARK * em) & ~hyphen
    sparse = (held > 0).any(axis=0).mean() < _SPARSE
    if dots.all() and (sparse or len(dots) == 1):
        return None
    if dots.all():
        return band
    first, last = int(left[~dots].min()), int((left + width)[~dots].max())
    level = np.abs(middles[:, 1] - held.shape[0] / 2) < _LEVEL * em  # ・ before an item
    reach = np.where(level, _ITEM, _FAR) * em
    kept = ~dots | ((left + width > first - reach) & (left < last + _FAR * em))
    x0, x1 = int(left[kept].min()), int((left + width)[kept].max())
    return replace(band, x0=band.x0 + x0, x1=band.x0 + x1)


def _bands(ink: Mask, region: Region, em: float) -> Iterator[Region]:
    """Cut a region along white rows, then along wide white columns, until neither is there."""
    held = ink[region.top : region.bottom, region.x0 : region.x1]
    profile = (held > 0).sum(axis=1)
    for top, bottom in _join_parts(find_runs(profile > 0), em):
        band = Region(region.x0, region.top + top, region.x1, region.top + bottom)
        pieces = list(_pieces(ink, band, em))
        if len(pieces) == 1:
            yield from _part_touching(ink, pieces[0], em)
        else:
            for piece in pieces:
                yield from _bands(ink, piece, em)


def _join_parts(runs: list[tuple[int, int]], em: float) -> list[tuple[int, int]]:
    """Put the parts of one line together that white rows part: 二, い, ー over a comma."""
    joined: list[tuple[int, int]] = []
    for top, bottom in runs:
        before = joined[-1] if joined else None
        low = before is not None and min(bottom - top, before[1] - before[0]) < _LOW * em
        if before is not None and low and bottom - before[0] <= _WHOLE * em:
            joined[-1] = (before[0], bottom)
        else:
            joined.append((top, bottom))
    return joined


def _part_touching(ink: Mask, band: Region, em: float) -> Iterator[Region]:
    """Part lines whose ink touches, where the rows between them are lightest."""
    held = ink[band.top : band.bottom, band.x0 : band.x1]
    profile = (held > 0).sum(axis=1)
    cut = _cut_ruby(profile, em) or _cut_lines(profile, em)
    if cut is None:
        yield band
        return
    yield from _bands(ink, replace(band, bottom=band.top + cut), em)
    yield from _bands(ink, replace(band, top=band.top + cut), em)


def _cut_ruby(profile: NDArray[np.int_], em: float) -> int | None:
    """Where a line and furigana part, its own above it or the next line's below; None: nowhere."""
    height = len(profile)
    if not _HIGH_RUBY[0] * em < height < _HIGH_RUBY[1] * em:
        return None
    low, high = round(_BASE[0] * em), round(_BASE[1] * em)
    above = _lightest(profile, height - high, height - low, _LIGHT_RUBY)
    return above or _lightest(profile, low, high, _LIGHT_RUBY)


def _cut_lines(profile: NDArray[np.int_], em: float) -> int | None:
    """The lightest row between two lines; None: there is one line, or they cannot be told."""
    if len(profile) <= _HIGH * em:
        return None
    least = round(_LEAST * em)
    return _lightest(profile, least, len(profile) - least, _LIGHT)


def _lightest(profile: NDArray[np.int_], first: int, last: int, light: float) -> int | None:
    """The row with the least ink of some; None: it has more than a share of the darkest's."""
    rows = profile[first:last]
    if not len(rows) or rows.min() > light * profile.max():
        return None
    return first + int(np.argmin(rows))


def _pieces(ink: Mask, band: Region, em: float) -> Iterator[Region]:
    """The texts side by side in a band, each in the box of its ink."""
    held = ink[band.top : band.bottom, band.x0 : band.x1] > 0
    runs = find_runs(np.asarray(held.any(axis=0)))
    apart = _parting(held, em) if len(runs) > 1 else em
    groups: list[tuple[int, int]] = []
    for start, end in runs:
        point = bool(groups) and _is_point(held[:, slice(*groups[-1])], em)
        if groups and start - groups[-1][1] < (max(_ITEM * em, apart) if point else apart):
            groups[-1] = (groups[-1][0], end)
        else:
            groups.append((start, end))
    for start, end in groups:
        rows = np.flatnonzero(held[:, start:end].any(axis=1))
        yield Region(
            band.x0 + start, band.top + int(rows[0]), band.x0 + end, band.top + int(rows[-1]) + 1
        )


def _is_point(held: NDArray[np.bool_], em: float) -> bool:
    """Whether the ink of a piece may be the ・ of an item: small, and at the line's middle."""
    rows = np.flatnonzero(held.any(axis=1))
    level = abs(float(rows[0] + rows[-1] + 1 - held.shape[0])) < 2 * _LEVEL * em
    return held.shape[1] < _MARK * em and level


def _parting(held: NDArray[np.bool_], em: float) -> float:
    """The white that parts two texts in a band, in pixels: large type has large gaps.

    Where neighbouring columns do not stand at one height, no white row parts their lines: the
    band is several lines high, and white that runs through all of them is a gutter.
    """
    height = float(held.shape[0])
    if height <= _HIGH * em:
        return _APART * max(em, height)
    _, _, stats, _ = cv2.connectedComponentsWithStats(held.astype(np.uint8), connectivity=8)
    size = float(np.percentile(stats[1:, cv2.CC_STAT_HEIGHT], _TALL)) / _INKED
    return float(_GUTTER * max(em, size) if height > _HIGH * size else _APART * height)


def _cut_out(white: Grey, band: Region, em: float) -> InkLine:
    """A line's own ink on white, with a margin; one of a dash alone as high as a character."""
    margin = max(round(_MARGIN * em), 2)
    height = band.bottom - band.top
    low = height < _DASH * em
    above = margin + (round((_INKED * em - height) / 2) if low else 0)
    image = np.full((height + 2 * above, band.x1 - band.x0 + 2 * margin), 255, np.uint8)
    edge = min(margin, 2)  # pixels; the grey edges of the ink belong to it
    y0, y1 = max(band.top - edge, 0), min(band.bottom + edge, white.shape[0])
    x0, x1 = max(band.x0 - edge, 0), min(band.x1 + edge, white.shape[1])
    top, left = band.top - above, band.x0 - margin
    image[y0 - top : y1 - top, x0 - left : x1 - left] = white[y0:y1, x0:x1]
    return InkLine(left, top, left + image.shape[1], top + image.shape[0], image)


def ink_of(white: Grey, em: float) -> Mask:
    """The ink of text on a picture whose rulings are wiped."""
    return drop_specks(find_ink(white), em)

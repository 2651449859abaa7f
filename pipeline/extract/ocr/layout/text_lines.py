"""Find text lines on a straightened picture: ink in each cell, separated by white rows and gaps."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from pipeline.extract.ocr.image.components import Mask, find_parts
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.image.run_lengths import find_runs
from pipeline.extract.ocr.layout.region import Region
from pipeline.extract.ocr.layout.text_ink import EDGE, take_faint

# Lengths in em of the region's type.
_COLUMN_GAP = 1.3  # em; judgement: between two texts; an ideographic space leaves 1.0-1.3
_GUTTER = 0.7  # em, through several lines; judgement: the spaces of several lines do not coincide
_TALL = 90  # percentile of the heights of connected ink; judgement: that of kanji
_MAX_SPACE = 4.0  # em of white space inside a line; judgement: text farther apart is in columns
_SEVERAL_LINES = 1.5  # em; judgement: a higher band contains several lines
_PART_HEIGHT = 0.45  # em; judgement: a lower band is a part of a line (二, ー, the dots of い)
_MAX_LINE_HEIGHT = 1.15  # em; judgement: all parts of one line together are not higher
_DASH_HEIGHT = 0.3  # em; judgement: lower ink is a dash; furigana have a third of an em or more
_INK_HEIGHT = 0.9  # em; judgement: the height of the ink of a line of kanji
_LIGHT = 0.35  # of the ink of the darkest row; judgement: a row between touching lines has less
_MIN_LINE_HEIGHT = 0.7  # em; judgement: the ink of a line of kana is not lower
_RUBY_LINE_HEIGHT = (1.2, 1.75)  # em; judgement: with furigana of a third to half an em
_BASE_HEIGHT = (0.85, 1.1)  # em; judgement: of a line without its furigana, from its far side
_LIGHT_RUBY = 0.15  # as _LIGHT; judgement: furigana end where only the tops of a few kanji are ink
# em, the largest part of a character in a line; judgement: a line of smaller parts is dirt, unless
# they stand close together.
_MARK = 0.35
_SPARSE = 0.4  # share of a line's length that has ink; judgement: furigana have 0.6 and more
_MAX_SPECK_DISTANCE = 0.8  # em from a speck to the text beside it; judgement: 。and 、are nearer
_ITEM_GAP = 2.5  # em; judgement: the largest distance from ・ to the text of its item
_NUMBER = 1.5  # em; judgement: shorter text, of two digits or a 無, is no item, but one of a row
_LEVEL = 0.2  # em; judgement: from the middle of the line to the middle of ・
_COLUMN = 2  # lines that begin at one x; judgement: one or two more may do so by chance
_HYPHEN = 0.2  # em; measured: on scans, the shortest hyphens are 0.24-0.28 wide, dirt up to 0.15
_STOP = 0.2  # em; judgement: the width of the smallest 。
_COMMA = 0.17  # em; measured: the larger side of the smallest 、, of Mincho type, is 0.18
# em from the ink of a line down to a 。 that begins the next one; judgement: in twice the spacing.
_BELOW = 1.75
_BESIDE = 1.0  # em beside the beginning of a line; judgement: the next line begins there
_COMMA_GAP = 1.0  # em from a 、 to the ink behind it; judgement: the rest of its box, and a bearing
_HYPHEN_ASPECT = 2  # judgement: a hyphen is at least twice as long as high, its edges aside
_MARGIN = 0.12  # em; judgement: white around a line's ink, as in the recogniser's training
_MAX_BEFORE = 0.3  # em; judgement: a — that fills its cell keeps as much white at its sides
_STROKE = 0.15  # em; judgement: connectors are thinner, and type is higher somewhere in a line
_CLOSE = 0.25  # em above or below a line; judgement: a — in a line of its own has 0.4 and more
_DARK = 128  # of 255; judgement: the middle between ink and paper
_BLUR = 1  # pixel; judgement: by so much ink is higher than what was printed


class InkLine(Struct, frozen=True):
    """A physical line of text on the straightened picture, with its box in pixels."""

    x0: int
    top: int
    x1: int
    bottom: int
    image: Grey
    """Grey, dark on white, `bottom - top` by `x1 - x0`: the ink of this line only, no rulings."""
    gap: int = 0
    """Distance to the line on its left that it continues, in the same cell; 0 if there is none."""

    @property
    def dark(self) -> NDArray[np.bool_]:
        """Where its picture is nearer to ink than to paper."""
        return np.asarray(self.image < _DARK)

    @property
    def ink_height(self) -> float:
        """About the height of its ink, without the white around it, in pixels."""
        return (self.bottom - self.top) / (1 + 2 * _MARGIN)


def find_lines(white: Grey, ink: Mask, regions: Sequence[Region], em: float) -> list[InkLine]:
    """Find the lines of text in each region of a picture without rulings, and of its ink."""
    lines = []
    for region in regions:
        kept: list[Region] = []
        start = region.x0
        bands = [*_find_bands(ink, region, em)]
        begins = np.array([region.x0, *(b.x0 for b in bands if b.x1 - b.x0 > em)])
        for found in bands:
            band = _remove_specks(ink, found, begins, em)
            if band is None and kept:
                band = _find_stop(found, kept, start, em)
            if band is not None and not _is_connector(ink, band, region, bands, em):
                gap = _measure_gap(kept[-1], band, em) if kept else 0
                start = start if gap else band.x0
                whole = take_faint(white, ink, band, region, em)
                lines.append(replace(cut_out(white, whole, em), gap=gap))
                kept.append(band)
    return lines


def _is_connector(ink: Mask, band: Region, cell: Region, bands: list[Region], em: float) -> bool:
    """Whether a band is a stroke from side to side of its cell, or dashes close to a line."""
    part = band.cut(ink) > 0
    stroke, dashes = part.sum(axis=0).max(), find_runs(np.asarray(part.any(axis=0)))
    # One of dashes may begin and end with the gap between two.
    gap = min(int(np.diff(np.flatnonzero(part.any(axis=0))).max(initial=1)), _MAX_BEFORE * em)
    across = band.x1 - band.x0 + 2 * gap > cell.x1 - cell.x0 - _MAX_BEFORE * em
    top, bottom = band.top - _CLOSE * em, band.bottom + _CLOSE * em
    level = [other for other in bands if other.x0 <= band.x0 and band.x1 <= other.x1]
    close = any(b.top < bottom and top < b.bottom > b.top + _DASH_HEIGHT * em for b in level)
    long = all(end - start >= _HYPHEN_ASPECT * stroke for start, end in dashes)
    return bool(stroke < _STROKE * em) and (across or (close and long))


def _measure_gap(before: Region, band: Region, em: float) -> int:
    """The white space between two parts of one line; 0 if they are not, or a character each."""
    shared = min(before.bottom, band.bottom) - max(before.top, band.top)
    gap = band.x0 - before.x1
    spread = max(before.x1 - before.x0, band.x1 - band.x0) < _NUMBER * em
    level = shared > min(before.bottom - before.top, band.bottom - band.top) / 2
    return gap if level and 0 < gap < _MAX_SPACE * em and not spread else 0


def _find_stop(dot: Region, kept: Sequence[Region], start: int, em: float) -> Region | None:
    """The room of a dot that may be the 。 of the line before, as high as type; None if it is none.

    Some programs put it on the next line. Others spread a line's characters over its cell. Cut at
    its ink, a 。 reads as an o.

    Args:
        start: Where the line before begins.
    """
    before, size = kept[-1], max(dot.x1 - dot.x0, dot.bottom - dot.top)
    below = 0 < dot.top - before.bottom < _BELOW * em and abs(dot.x0 - start) < _BESIDE * em
    if below and _STOP * em < size < _MARK * em:
        return replace(dot, top=max(before.bottom, dot.bottom - round(_INK_HEIGHT * em)))
    step = before.x1 - kept[-2].x1 if len(kept) > 1 else 0
    spread = before.x1 - before.x0 < _NUMBER * em and 0 < dot.x0 - before.x1 < step
    if spread and before.top < dot.top < before.bottom and _COMMA * em < size < _MARK * em:
        return replace(dot, top=min(before.top, dot.top))
    return None


def _remove_specks(ink: Mask, band: Region, begins: NDArray[np.int_], em: float) -> Region | None:
    """Remove specks at the ends of a line; None if the line is nothing but specks."""
    part = band.cut(ink)
    parts = find_parts(part, len(part))
    left, width, height = parts.x0, parts.width, parts.height
    # A hyphen of a few pixels is the whole answer of its cell.
    hyphen = (width >= _HYPHEN * em) & (width >= _HYPHEN_ASPECT * (height - _BLUR))
    dots = (np.maximum(width, height) < _MARK * em) & ~hyphen
    sparse = (part > 0).any(axis=0).mean() < _SPARSE
    if dots.all():
        few = len(dots) <= (2 if np.maximum(width, height).max() < _STOP * em else 1)
        return None if sparse or few else band
    first, last = int(left[~dots].min()), int((left + width)[~dots].max())
    level = np.abs(parts.middles[:, 1] - part.shape[0] / 2) < _LEVEL * em  # ・ before an item
    # Some programs let a line begin with 、, whose box is white behind it.
    near = np.where(np.maximum(width, height) > _COMMA * em, _COMMA_GAP, _MAX_SPECK_DISTANCE)
    # A speck between the columns of a table without rulings: lines begin at the text behind it.
    begun, own = (int((abs(begins - x) < _BESIDE * em).sum()) for x in (band.x0 + first, band.x0))
    item = level & (last - first > _NUMBER * em) & (begun <= _COLUMN or own > 1)
    reach = np.where(item, _ITEM_GAP, near) * em
    # Some programs spread a line's characters over its cell, up to its 。.
    runs = find_runs(np.asarray((part > 0).any(axis=0))[first:last])
    white = np.median([after - end for (_, end), (after, _) in pairwise(runs)] or [0])
    behind = _MAX_SPECK_DISTANCE * em + white * (np.maximum(width, height) > _COMMA * em)
    kept = ~dots | ((left + width > first - reach) & (left < last + behind))
    x0, x1 = int(left[kept].min()), int((left + width)[kept].max())
    return replace(band, x0=band.x0 + x0, x1=band.x0 + x1)


def _find_bands(ink: Mask, region: Region, em: float) -> Iterator[Region]:
    """Cut a region along white rows, then along wide white columns, until there are none left."""
    for top, bottom in _join_parts(find_runs(np.asarray(region.cut(ink).any(axis=1))), em):
        band = Region(region.x0, region.top + top, region.x1, region.top + bottom)
        pieces = list(_find_pieces(ink, band, em))
        look_again = _find_bands if len(pieces) > 1 else _separate_touching
        for piece in pieces:
            yield from look_again(ink, piece, em)


def _join_parts(runs: Sequence[tuple[int, int]], em: float) -> list[tuple[int, int]]:
    """Join the parts of a line that white rows separate (二, い, a comma), nearest first."""
    joined = [*runs]
    while near := [
        (after[0] - before[1], place)
        for place, (before, after) in enumerate(pairwise(joined))
        if after[1] - before[0] <= _MAX_LINE_HEIGHT * em
        and min(after[1] - after[0], before[1] - before[0]) < _PART_HEIGHT * em
    ]:
        _, place = min(near)
        joined[place : place + 2] = [(joined[place][0], joined[place + 1][1])]
    return joined


def _separate_touching(ink: Mask, band: Region, em: float) -> Iterator[Region]:
    """Separate lines whose ink touches, at the lightest row between them.

    Furigana above a line are its own, furigana below are those of the next line.
    """
    profile = (band.cut(ink) > 0).sum(axis=1)
    height, places = len(profile), []
    if _RUBY_LINE_HEIGHT[0] * em < height < _RUBY_LINE_HEIGHT[1] * em:
        low, high = (round(side * em) for side in _BASE_HEIGHT)
        places = [(height - high, height - low, _LIGHT_RUBY), (low, high, _LIGHT_RUBY)]
    if height > _SEVERAL_LINES * em:
        least = round(_MIN_LINE_HEIGHT * em)
        places.append((least, height - least, _LIGHT))
    for first, last, light in places:
        lightest = first + int(np.argmin(profile[first:last]))
        if profile[lightest] <= light * profile.max():
            yield from _find_bands(ink, replace(band, bottom=band.top + lightest), em)
            yield from _find_bands(ink, replace(band, top=band.top + lightest), em)
            return
    yield band


def _find_pieces(ink: Mask, band: Region, em: float) -> Iterator[Region]:
    """Find the texts side by side in a band, each in the box of its ink."""
    part = band.cut(ink) > 0
    runs = find_runs(np.asarray(part.any(axis=0)))
    column_gap = _measure_column_gap(part, em) if len(runs) > 1 else em
    groups: list[tuple[int, int]] = []
    for start, end in runs:
        gap = start - groups[-1][1] if groups else np.inf
        point = column_gap <= gap < _ITEM_GAP * em and _is_point(part[:, slice(*groups[-1])], em)
        first = groups.pop()[0] if gap < column_gap or point else start
        groups.append((first, end))
    for start, end in groups:
        rows = np.flatnonzero(part[:, start:end].any(axis=1))
        top, bottom = band.top + int(rows[0]), band.top + int(rows[-1]) + 1
        yield Region(band.x0 + start, top, band.x0 + end, bottom)


def _is_point(part: NDArray[np.bool_], em: float) -> bool:
    """Whether a piece of ink may be the ・ of an item: small, and at the middle of the line."""
    rows = np.flatnonzero(part.any(axis=1))
    level = abs(float(rows[0] + rows[-1] + 1 - part.shape[0])) < 2 * _LEVEL * em
    return part.shape[1] < _MARK * em and level


def _measure_column_gap(part: NDArray[np.bool_], em: float) -> float:
    """The width of white that separates two texts in a band, in pixels: large type has large gaps.

    If the lines of neighbouring columns do not align, no white row separates them. The band is
    then several lines high, and white that runs through all of them is a gutter.
    """
    height = float(part.shape[0])
    if height <= _MAX_LINE_HEIGHT * em:
        return _COLUMN_GAP * max(em, height)
    heights = find_parts(part.astype(np.uint8), height).height
    size = float(np.percentile(heights, _TALL)) / _INK_HEIGHT
    # The lines of two columns are as high as one of large type if one hangs half a line lower.
    return (_GUTTER if height > _SEVERAL_LINES * max(em, size) else _COLUMN_GAP) * max(em, size)


def cut_out(white: Grey, band: Region, em: float) -> InkLine:
    """Cut out a line's own ink on white, with a margin; a dash alone gets the height of type."""
    margin = measure_margin(em)
    low = band.bottom - band.top < _DASH_HEIGHT * em
    above = margin + (round((_INK_HEIGHT * em - band.bottom + band.top) / 2) if low else 0)
    top, left = band.top - above, band.x0 - margin
    bottom, right = band.bottom + above, band.x1 + margin
    edge = min(margin, EDGE)
    y0, y1 = max(band.top - edge, 0), min(band.bottom + edge, white.shape[0])
    x0, x1 = max(band.x0 - edge, 0), min(band.x1 + edge, white.shape[1])
    image = np.full((bottom - top, right - left), 255, np.uint8)
    image[y0 - top : y1 - top, x0 - left : x1 - left] = white[y0:y1, x0:x1]
    return InkLine(left, top, right, bottom, image)


def measure_margin(em: float) -> int:
    """The white around a line's ink, in pixels."""
    return max(round(_MARGIN * em), 2)

"""Find the rulings that an author typed, as + - and | or as ┼ ─ and │, on a straightened picture.

Their characters stand apart, so that none is as long as a ruling; those of ─ may join to a level
one. Joints tell them from text: crosses in a row with dashes between, or spikes of a level part.
"""

import itertools
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.image.components import Mask, Parts, find_parts
from pipeline.extract.ocr.image.run_lengths import find_runs, keep_long
from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling, cover, transpose

# Lengths in em of the page's smaller type.
_STROKE = 0.3  # em; judgement: the thickest stroke, and the height of a ー
_DASH = 0.12  # em; judgement: the shortest hyphen; those that are set tight touch
_BAR = 0.5  # em; judgement: the shortest |; those that are set tight touch
_CROSS = (0.3, 1.0)  # em; judgement: the sides of a + in half and in full width
_BESIDE = (0.1, 0.25, 0.75, 0.9)  # shares of a cross's sides; judgement: none is on its strokes
_ARM = 0.85  # share of a cross's side; judgement: its strokes run from side to side
_AWRY = 0.3  # of half a side; judgement: strokes cross in the middle, but for those of 市 and ホ
_DIRT = 0.05  # share of a cross's ink beside its strokes; judgement: a pixel or two
_OFF = 0.25  # em between the middles of neighbours; judgement: of a sheet askew, and of a ー
_GAP = 0.6  # em between characters of a row; judgement: narrow ones are spaced to whole places
_FARTHEST = 2.5  # em between characters below each other; judgement: more than double spacing
_MISSING = 0.9  # em more than usual; judgement: a character is left out, the lowest one is a +
_LEVEL = 4.0  # em; judgement: the shortest row of joined ┌─┐, longer than any character
_SPIKE = 0.2  # em more than a level stroke; judgement: half of a ┬, at the least
_HIGHEST = 1.5  # em; judgement: the height of ┼, and of what remains of the sheet's skew
_DOUBLE = 0.15  # em; judgement: the white of ═, less than lines of text keep
_UNEVEN = 0.1  # em more than a level stroke; judgement: a pixel or three of dirt
_STRAY = 0.05  # share of columns that are neither stroke nor spike; judgement: type has most
_LEAST_JOINTS = 3  # of a page; judgement: the last row of a table has two ends and a crossing
_BARRED = 0.5  # share of joints; judgement: all have bars above or below, but for those that fade
_STACKED = 0.5  # share of a line of pixels; judgement: text has less, bars of loose lines more

_Strokes = NDArray[np.int32]
"""Characters with strokes, one a row: x0, top, x1, bottom in pixels, and 1 for joints."""
_Sides = Sequence[tuple[int, int]]  # the x0 and x1 of columns of ink, in pixels


def find_typed_rulings(parts: Parts, em: float) -> list[PixelRuling]:
    """Find the rulings that are typed."""
    if apart := _find_narrow(parts.ink, em):
        return apart
    crosses = _list_strokes(parts, _find_crosses(parts, em), is_joint=True)
    rows = _find_levels(parts, em)
    if len(crosses) + sum(int(row[:, 4].sum()) for row in rows) < _LEAST_JOINTS:
        return []
    low = (parts.height < _STROKE * em) & (parts.width > _DASH * em)
    dashes = _list_strokes(parts, np.flatnonzero(low))
    rows += _follow(crosses, dashes, _GAP * em, em)
    rows = [row for row in rows if 1 < row[:, 4].sum() < len(row)]
    parts = find_parts(parts.ink, len(parts.ink))  # bars that touch are as high as the table
    narrow = (parts.width < _STROKE * em) & (parts.height > _BAR * em)
    bars = _list_strokes(parts, np.flatnonzero(narrow))
    return _draw_lattice(rows, bars, em)


def _find_narrow(ink: Mask, em: float) -> list[PixelRuling]:
    """Find a table whose ═ are narrower than its text: its joints stand apart from its bars."""
    lengths = np.count_nonzero(keep_long(ink, _LEVEL * em, _DOUBLE * em), axis=1)
    levels = find_runs(lengths > _STACKED * lengths.max(), _DOUBLE * em)
    bands = list(itertools.pairwise(levels))
    wide = cv2.dilate(ink, np.ones((1, 3), np.uint8)) > 0  # a column wanders by a pixel
    half, spike = round(_BAR * em), round(_SPIKE * em)
    between = [wide[end + half : top - half] for (_, end), (top, _) in bands]
    if not any(band.size for band in between):
        return []
    beside = [(wide[top - spike : top], wide[end : end + spike]) for top, end in levels]
    spiked = np.mean([up.all(axis=0) | down.all(axis=0) for up, down in beside], axis=0) > _BARRED
    stacked = np.concatenate(between).mean(axis=0) > _STACKED
    joints, stacks = (find_runs(found, _STROKE * em) for found in (spiked, stacked))
    columns = _pair_columns(joints, stacks, em)
    bars = [
        PixelRuling(x0, top, x1, end, x0, x1)
        for ((top, _), (_, end)), band in zip(bands, between, strict=True)
        for x0, x1 in columns
        if band[:, x0:x1].sum(axis=0).max() >= _STACKED * len(band)
    ]
    if not bars:
        return []
    covers = [cover(x0, y - half, x1, end + half) for x0, x1 in joints for y, end in levels]
    x0, x1 = columns[0][0], columns[-1][1]
    return [*(PixelRuling(x0, top, x1, end, top, end) for top, end in levels), *bars, *covers]


def _pair_columns(joints: _Sides, stacks: _Sides, em: float) -> _Sides:
    """The stacks of bars as far along the table as its joints; none if the joints stand on them."""
    if min(len(joints), len(stacks)) < _LEAST_JOINTS:
        return []
    starts, others = (np.array(found)[:, 0] for found in (joints, stacks))
    along = others[0] + (starts - starts[0]) * (np.ptp(others) / np.ptp(starts))
    off = abs(along[:, None] - others)
    fits = off.min(axis=1).max() < _BAR * em < abs(along - starts).max()
    return [stacks[i] for i in off.argmin(axis=1)] if fits else []


def _draw_lattice(rows: Sequence[_Strokes], bars: _Strokes, em: float) -> list[PixelRuling]:
    """The rulings of rows and of the bars above and below their joints; none if these are few."""
    joints = np.concatenate([bars[:0], *(row[row[:, 4] > 0] for row in rows)])
    if len(joints) < _LEAST_JOINTS:
        return []
    columns = list(_follow(_turn(joints), _turn(bars), _FARTHEST * em, em))
    barred = sum(int(c[:, 4].sum()) for c in columns if not c[:, 4].all())
    if barred <= _BARRED * len(joints):
        return []
    level = [ruling for row in rows for ruling in _draw(row)]
    upright = [transpose(ruling) for piece in _part(columns, em) for ruling in _draw(piece)]
    return [*level, *upright] if upright else []


def _find_levels(parts: Parts, em: float) -> list[_Strokes]:
    """Find the rows of joined characters: long level parts with a spike at each joint."""
    rows = _cut_levels(parts, em)
    if not rows:
        return []
    # A ╬ is four corners, which belong to a row only if the white between double strokes is ink.
    window = np.ones((int(_DOUBLE * em) | 1,) * 2, np.uint8)
    closed = np.asarray(cv2.morphologyEx(parts.ink, cv2.MORPH_CLOSE, window), np.uint8)
    return _cut_levels(find_parts(closed, _HIGHEST * em), em) or rows


def _cut_levels(parts: Parts, em: float) -> list[_Strokes]:
    low = (parts.height > _SPIKE * em) & (parts.height < _HIGHEST * em)
    found = np.flatnonzero(low & (parts.width > _LEVEL * em)).tolist()
    rows = (_cut_level(parts, index, em) for index in found)
    return [row for row in rows if len(row) > 1]


def _cut_level(parts: Parts, index: int, em: float) -> _Strokes:
    """Cut a level part into spikes and strokes, from spike to spike; into nothing if it is type."""
    inked = parts.cut_out(index)
    top, bottom = inked.argmax(axis=0), len(inked) - inked[::-1].argmax(axis=0)
    excess = (bottom - top - np.median(bottom - top)) / em
    # The uprights of ╦ stand apart.
    window = np.ones((1, int(_STROKE * em) | 1), np.uint8)
    high = (excess > _SPIKE).astype(np.uint8)[None]
    spiked = np.asarray(cv2.morphologyEx(high, cv2.MORPH_CLOSE, window))[0]
    inner = np.flatnonzero(spiked)
    stray = np.count_nonzero(excess[spiked == 0] > _UNEVEN)
    open_ends = not len(inner) or max(inner[0], len(spiked) - 1 - inner[-1]) > _UNEVEN * em
    if open_ends or stray > _STRAY * len(spiked):
        return np.zeros((0, 5), np.int32)
    edges = [inner[0], *np.flatnonzero(np.diff(spiked[: inner[-1]])) + 1, inner[-1] + 1]
    x, y = parts.x0[index], parts.top[index]
    strokes = np.array(
        [
            (x + x0, y + top[x0:x1].min(), x + x1, y + bottom[x0:x1].max(), spiked[x0])
            for x0, x1 in itertools.pairwise(edges)
        ],
        np.int32,
    )
    widths = strokes[:, 2] - strokes[:, 0]
    return strokes if widths[strokes[:, 4] > 0].max() < _BAR * em else strokes[:0]


def _find_crosses(parts: Parts, em: float) -> NDArray[np.intp]:
    """The indices of the parts that are crosses: nothing but two strokes."""
    sides = np.stack((parts.width, parts.height))
    sized = (sides > _CROSS[0] * em) & (sides < _CROSS[1] * em)
    found = np.flatnonzero(sized.all(axis=0))
    x, y = (
        (start[found, None] + side[found, None] * _BESIDE).astype(np.int32)
        for start, side in ((parts.x0, parts.width), (parts.top, parts.height))
    )
    inked = parts.ink[y[:, :, None], x[:, None, :]] > 0
    return np.array([i for i in found[~inked.any(axis=(1, 2))] if _is_cross(parts, i)], np.intp)


def _is_cross(parts: Parts, index: int) -> bool:
    """Whether a part is two strokes from side to side, that cross in the middle of both."""
    inked = parts.cut_out(index)
    beside = inked.copy()
    for axis in (0, 1):
        shares = inked.mean(axis=axis)
        stroke = np.flatnonzero(shares > _ARM)
        if not len(stroke) or abs((stroke[0] + stroke[-1] + 1) / len(shares) - 1) > _AWRY:
            return False
        around = slice(max(stroke[0] - 1, 0), stroke[-1] + 2)
        beside[(around, slice(None)) if axis else (slice(None), around)] = False
    return float(beside.sum()) < _DIRT * float(inked.sum())


def _list_strokes(parts: Parts, indices: NDArray[np.intp], is_joint: bool = False) -> _Strokes:
    x0, top = parts.x0[indices], parts.top[indices]
    sides = x0, top, x0 + parts.width[indices], top + parts.height[indices]
    return np.stack((*sides, np.full(len(indices), is_joint, np.int32)), axis=1)


def _turn(strokes: _Strokes) -> _Strokes:
    """The strokes with rows and columns of pixels exchanged."""
    return strokes[:, [1, 0, 3, 2, 4]]


def _follow(joints: _Strokes, others: _Strokes, gap: float, em: float) -> Iterator[_Strokes]:
    """Yield the rows of strokes that are level with joints, each from the left."""
    off = np.abs(_middle(others)[:, None] - _middle(joints))
    strokes = np.concatenate((joints, others[(off < 2 * _OFF * em).any(axis=1)]))
    strokes = strokes[np.argsort(strokes[:, 0], kind="stable")]
    x0, x1, middle = strokes[:, 0], strokes[:, 2], _middle(strokes)
    left = np.ones(len(strokes), np.bool_)
    while left.any():
        row = [int(left.argmax())]
        while True:
            last = row[-1]
            left[last] = False
            near = left & (np.abs(middle - middle[last]) < _OFF * em) & (x0 - x1[last] < gap)
            if not near[last:].any():
                break
            row.append(last + int(near[last:].argmax()))
        yield strokes[row]


def _middle(strokes: _Strokes) -> NDArray[np.float64]:
    """Across the direction of their row."""
    return np.asarray(strokes[:, 1] + strokes[:, 3]) / 2


def _part(rows: Sequence[_Strokes], em: float) -> Iterator[_Strokes]:
    """Part rows where a cell over several columns leaves characters out, or where text begins."""
    gaps = [row[1:, 0] - row[:-1, 2] for row in rows]
    most = np.median(np.concatenate(gaps)) + _MISSING * em
    for row, found in zip(rows, gaps, strict=True):
        pieces = np.split(row, np.flatnonzero(found > most) + 1)
        yield from (piece for piece in pieces if 0 < piece[:, 4].sum() < len(piece))


def _draw(row: _Strokes) -> Iterator[PixelRuling]:
    """The rulings of a row of strokes from each joint to the next one."""
    ends = sorted({0, len(row) - 1, *np.flatnonzero(row[:, 4]).tolist()})
    for first, last in itertools.pairwise(ends):
        piece = row[first : last + 1]
        plain = piece if piece[:, 4].all() else piece[piece[:, 4] == 0]
        half = max(int(np.median(plain[:, 3] - plain[:, 1])), 1) / 2
        middle = float(np.median(_middle(plain)))
        x0, top, x1, bottom = piece[0, 0], middle - half, piece[-1, 2], middle + half
        ink = int(plain[:, 1].min()), int(plain[:, 3].max())
        yield PixelRuling(int(x0), round(top), int(x1), round(bottom), *ink)

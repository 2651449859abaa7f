"""Find the rulings of a straightened picture: thin and long dark bars, perhaps broken or faint."""

from collections.abc import Sequence

import cv2
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from pipeline.extract.ocr.image.binarize import FAINT, find_ink
from pipeline.extract.ocr.image.components import Mask, Parts, by_bands, cut_parts, find_small
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.image.run_lengths import keep_long
from pipeline.extract.ocr.layout.connected_rulings import MIN_FREE, add_pressed, keep_connected
from pipeline.extract.ocr.layout.faint_rulings import find_faint_rulings
from pipeline.extract.ocr.layout.framed_words import free_framed_words
from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling, transpose
from pipeline.extract.ocr.layout.ruling_ink import (
    BESIDE,
    TOUCHED,
    cut_type_off,
    follow_dots,
    measure_ink_share,
    measure_pitch,
    measure_surroundings,
)

# Lengths in em of the page's smaller type.
_THICK = 0.4  # em; judgement: thicker ink is a shade or a picture
# em; judgement: the thickest ruling that `extract/tables/rulings.py` takes for a line, not a fill,
# whatever size it measures: it has 0.3.
_THIN = 0.2
_WANDER = 1  # pixels to each side; judgement: a straightened ruling still changes its row
_GAP = 0.15  # em; judgement: a gap in a ruling that a scanner or a printer broke
# em, the length and thickness of the dashes of a broken line; judgement: 一 and ー are longer.
_DASHES = ((0.65, 0.25),)
# The same down the page; judgement: 1, l and the brackets of a list are thicker than long dashes.
_UPRIGHT_DASHES = (*_DASHES, (1.2, 0.18))
_EDGE = 1  # pixel; judgement: straightening adds a grey row to the dashes where their row changes
_DOT_GAP = 0.4  # em; judgement: the gap between two of these dots
_CHAIN = 0.7  # em; judgement: more than one dash, yet as much is between the corners of a low row
_DOTTED = 3.0  # em; judgement: the shortest broken line, since …… is two long
# em between two pieces in one row of pixels; judgement: the same as in extract/page.py, where a
# wider gap parts two cards.
_BRIDGE = 0.6
_MIN_HORIZONTAL = 1.6  # em; judgement: the shortest horizontal piece, since 一 and ー are one long
_MIN_VERTICAL = 1.2  # em; judgement: the shortest vertical piece, since rows are higher than type
_MIN_BETWEEN = 1.0  # em; judgement: the shortest from one ruling to the next, since 【 is as high
_LOW = 1.8  # em; judgement: a row of one line is lower. Strokes of two lines make 1.9 em
_STANDING = 0.2  # the same share; judgement: kana stand on an underline with less than kanji
_CLEAR = 0.05  # the same share; judgement: beside a ruling that stands all alone
_FREE_BESIDE = 0.1  # the same share below an underline; judgement: type touches one side of it
# The same share in the lightest row between two rulings side by side; measured: on a scan at 200
# dpi, 0.34-0.55 between the upper and lower strokes of type. Verticals cross a double ruling.
_FREE_BETWEEN = 0.1
_UNBROKEN = 0.97  # share of an underline that has ink; judgement: strokes in a row have up to 0.92
# Share of the ink of a ruling's fullest row; judgement: a row of pixels with less is of the strokes
# that stand on an underline. A ruling bent over several rows has more in each.
_STRAY = 0.2

_ARROW = (0.25, 0.65)  # em, its height; judgement: a ー is lower, kanji and T are higher
_SHAFT = 0.15  # em, its thickness; judgement: of type so low, each column has several strokes
_STRAIGHT = 0.9  # share of its length; judgement: a ～ bends
_AMID = 0.2  # share of its height; judgement: the straight stroke of a つ is at its upper edge

_KANJI_HEIGHT = 0.885  # em, of ink; judgement: IPA, Noto and MS fonts have 0.87-0.92
_SMALLEST_TYPE = 4.5  # points; judgement: no office uses smaller type
LARGEST_TYPE = 24.0  # points; judgement: no office sets text in larger type
_USUAL_TYPE = 10.0  # points; judgement: the usual size, for a page without kanji
_LOWEST_INK = 0.6  # of the smallest type; judgement: the lowest ink that may be a character
_SQUARE = 1.4  # ratio of the sides; judgement: kanji are nearly as high as wide
_TYPE_PERCENTILE = 75  # of the heights of square ink; judgement: whole kanji, not their parts

_Dashes = Sequence[tuple[float, float]]


def measure_type_size(parts: Parts, scale: float) -> float:
    """Measure the size of most of the page's type, in pixels; the largest parts must be whole."""
    largest, lowest = LARGEST_TYPE * scale, _SMALLEST_TYPE * scale * _LOWEST_INK
    width, height = parts.width, parts.height
    square = (height < _SQUARE * width) & (width < _SQUARE * height)
    heights = height[square & (lowest < height) & (height < largest)]
    if not len(heights):
        return _USUAL_TYPE * scale
    size = float(np.percentile(heights, _TYPE_PERCENTILE)) / _KANJI_HEIGHT
    return max(size, _SMALLEST_TYPE * scale)


def find_rulings(white: Grey, em: float) -> list[PixelRuling]:
    """Find the rulings."""
    horizontals, pressed = _find_horizontal(white, em, _MIN_HORIZONTAL, _DASHES)
    uprights, beside = _find_vertical(white, em)
    turned = np.asarray(cv2.transpose(find_ink(white, FAINT)), np.uint8)
    uprights = [one for r in uprights for one in follow_dots(r, horizontals, turned, em)]
    verticals = [r for r in uprights if r.length >= _MIN_VERTICAL * em]
    connected = keep_connected(horizontals, verticals, em)
    heights = np.diff(sorted(ruling.top for ruling in connected if ruling.is_horizontal))
    if ((heights >= _MIN_BETWEEN * em) & (heights < _LOW * em)).any():
        beside += uprights  # some begin in a low row
    sides = np.array([ruling.x0 for ruling in connected if not ruling.is_horizontal])
    # Type as high as its row has strokes like a side of a cell, but no column goes on there.
    beside = [
        r
        for r in beside
        if r.is_certain or r.length >= _LOW * em or (abs(sides - r.x0) < BESIDE * em).any()
    ]
    connected = add_pressed(connected, [*pressed, *beside], em)
    kept = [_thin_out(bar, em) for bar in connected]
    kept = free_framed_words(kept, horizontals, find_ink(white), em)
    # The dots of a ruling that is known are no specks of another one, which would be longer.
    return [*kept, *find_faint_rulings(erase_rulings(white, kept), em, kept)]


def _thin_out(ruling: PixelRuling, em: float) -> PixelRuling:
    """A thick or double ruling as a line in its middle."""
    if not ruling.is_horizontal:
        return transpose(_thin_out(transpose(ruling), em))
    cut = max(ruling.bottom - ruling.top - max(round(_THIN * em), 1), 0)
    return replace(ruling, top=ruling.top + cut // 2, bottom=ruling.bottom - (cut - cut // 2))


def _find_vertical(white: Grey, em: float) -> tuple[list[PixelRuling], list[PixelRuling]]:
    """The same as `_find_horizontal` of the picture with rows and columns exchanged."""
    turned = np.asarray(cv2.transpose(white), np.uint8)
    # Type may stand close behind a vertical ruling all along, as at the left side of a tight cell.
    found = _find_horizontal(turned, em, _MIN_BETWEEN, _UPRIGHT_DASHES)
    rulings, pressed = ([replace(transpose(r), is_underline=False) for r in own] for own in found)
    return rulings, pressed


def _find_horizontal(
    white: Grey, em: float, shortest: float, dashes: _Dashes
) -> tuple[list[PixelRuling], list[PixelRuling]]:
    """Find the horizontal rulings, and the unbroken lines that type touches on both sides."""
    reach = (2 * _THICK + _DASHES[0][1]) * em + 1
    pieces = by_bands(lambda band: _find_pieces(band, em, shortest, dashes), white, reach)
    faint = find_ink(white, FAINT)
    found = [(ruling, measure_ink_share(ruling, faint)) for ruling in _make_rulings(pieces)]
    ink = find_ink(white)
    # The second line of a double ruling does not count as type beside the first. Strokes of several
    # lines that touch wander from side to side.
    widest = _THICK * em + 2 * _WANDER
    straight = [pair for pair in found if pair[0].ink_end - pair[0].ink_start < widest]
    long = [pair for pair in straight if pair[0].x1 - pair[0].x0 > MIN_FREE * em]
    double = {r: other for r, _ in long for other, _ in long if _are_double(r, other, ink, em)}
    lines = [bar for bar, ink_share in long if ink_share > _UNBROKEN or bar in double]
    type_ink = erase_rulings(ink, lines, white=0)
    rulings, pressed = [], []
    for bar, ink_share in found:
        ruling = cut_type_off(bar, type_ink, faint, em)
        touched, above, below = measure_surroundings(ruling, type_ink, em)
        # The upper side of a frame around words has its type below.
        free = min(above, below) if bar in lines else below
        pitch = measure_pitch(ruling, faint)
        drawn = pitch > 0 or (free < _FREE_BESIDE and ink_share > _UNBROKEN)
        if touched < TOUCHED or drawn:
            upper, lower = sorted((bar, double.get(bar, bar)), key=lambda r: r.top)
            both = replace(ruling, top=upper.top, bottom=lower.bottom)
            underline = measure_surroundings(both, type_ink, em)[0] >= _STANDING
            certain = drawn or touched < _CLEAR
            rulings.append(replace(ruling, is_certain=certain, is_underline=underline, pitch=pitch))
        elif bar in lines or (ink_share > _UNBROKEN and ruling.x1 - ruling.x0 < _LOW * em):
            pressed.append(ruling)
    return rulings, pressed


def _are_double(ruling: PixelRuling, other: PixelRuling, ink: Mask, em: float) -> bool:
    """Whether two rulings, perhaps broken ones, begin and end side by side, with white between."""
    above, below = sorted((ruling, other), key=lambda r: r.top)
    ends = max(abs(ruling.x0 - other.x0), abs(ruling.x1 - other.x1))
    if not 0 < below.top - above.bottom < _THICK * em or ends >= em:
        return False
    between = ink[above.bottom : below.top, max(ruling.x0, other.x0) : min(ruling.x1, other.x1)]
    return float((between > 0).mean(axis=1).min()) < _FREE_BETWEEN


def _find_pieces(white: Grey, em: float, shortest: float, dashes: _Dashes) -> Mask:
    """Find the pixels of horizontal rulings."""
    thick = max(round(_THICK * em), 3) | 1
    # Darker than above and below: this leaves out shades but keeps hairlines on them.
    dark = cv2.morphologyEx(white, cv2.MORPH_BLACKHAT, np.ones((thick, 1), np.uint8))
    thin = np.asarray(cv2.threshold(dark, FAINT * 255, 255, cv2.THRESH_BINARY)[1], np.uint8)
    dots = find_small(thin, *((length * em, height * em + _EDGE) for length, height in dashes))
    broken = keep_long(dots, _CHAIN * em, _DOT_GAP * em)
    # Where rulings meet, their last dashes make a corner, which is no dash.
    beyond = np.ones((1, 2 * round(_CHAIN * em) + 1), np.uint8)
    corners = np.bitwise_and(cv2.dilate(broken, beyond), thin) if broken.any() else broken
    dotted = keep_long(np.bitwise_or(broken, corners), _DOTTED * em, _DOT_GAP * em)
    opened = np.bitwise_or(keep_long(thin, shortest * em, _GAP * em), dotted)
    return keep_long(opened, 0.0, _BRIDGE * em)


def _make_rulings(pieces: Mask) -> list[PixelRuling]:
    # A ruling that changes its row of pixels is still one ruling.
    linked = cv2.dilate(pieces, np.ones((3, 1), np.uint8))
    return [
        _make_ruling(inside & (pieces[place] > 0), place[1].start, place[0].start)
        for place, inside in cut_parts(np.asarray(linked, np.uint8))
    ]


def _make_ruling(inside: NDArray[np.bool_], x: int, y: int) -> PixelRuling:
    """Make a ruling as high as its median column, with the white of a double one, at its mean y."""
    heights = len(inside) - inside.argmax(axis=0) - inside[::-1].argmax(axis=0)
    thickness = max(round(float(np.median(heights[inside.any(axis=0)]))), 1)
    rows = inside.sum(axis=1)
    own = np.flatnonzero(rows > _STRAY * rows.max())
    start, end = int(own[0]), int(own[-1]) + 1
    middle = float(np.average(np.arange(start, end), weights=rows[start:end]))
    top = y + round(middle - (thickness - 1) / 2)
    # A balloon's connector that touches a ruling goes on at other heights.
    columns = np.flatnonzero(inside[max(start - _WANDER, 0) : end + _WANDER].any(axis=0))
    x0, x1 = x + int(columns[0]), x + int(columns[-1]) + 1
    return PixelRuling(x0, top, x1, top + thickness, y + start, y + end)


def erase_rulings(picture: Grey, rulings: Sequence[PixelRuling], white: int = 255) -> Grey:
    """Remove the rulings from a picture, with a pixel on each side: their grey edges."""
    erased = picture.copy()
    for ruling in rulings:
        x0, x1, top, bottom = ruling.x0, ruling.x1, ruling.ink_start, ruling.ink_end
        if not ruling.is_horizontal:
            x0, x1, top, bottom = ruling.ink_start, ruling.ink_end, ruling.top, ruling.bottom
        erased[max(top - 1, 0) : bottom + 1, max(x0 - 1, 0) : x1 + 1] = white
    return erased


def wipe_arrows(wiped: Grey, rulings: Sequence[PixelRuling], em: float) -> None:
    """Wipe, in place, the arrows across upright rulings: a straight shaft from cell to cell."""
    reach, high = round(em), round(_ARROW[1] * em)
    for ruling in rulings:
        first = ruling.ink_start - reach
        if ruling.is_horizontal or first < 0:
            continue
        near = wiped[ruling.top : ruling.bottom, first : ruling.ink_end + reach]
        ink, start, end = find_ink(near), reach - 1, ruling.ink_end - first + 1
        across = ink[:, start - 2 : start].any(axis=1) & ink[:, end : end + 2].any(axis=1)
        ink[across, start:end] = 255  # what the ruling covers
        for (rows, columns), inside in cut_parts(ink):
            is_low = _ARROW[0] * em < len(inside) < _ARROW[1] * em
            is_thin = np.median(inside.sum(axis=0)) < _SHAFT * em
            along = np.append((inside[1:] | inside[:-1]).mean(axis=1), 0.0)
            is_amid = abs(int(along.argmax()) + 1 - len(inside) / 2) < _AMID * len(inside)
            is_straight = is_amid and along.max() > _STRAIGHT
            around = slice(max(rows.start - high, 0), rows.stop + high)
            is_alone = ink[around, start].sum() == ink[rows, start].sum()  # other than 王
            crosses = is_alone and 0 < columns.start < start and end < columns.stop < ink.shape[1]
            if crosses and is_low and is_thin and is_straight:
                near[rows, columns][cv2.dilate(inside.astype(np.uint8), np.ones((3, 3))) > 0] = 255

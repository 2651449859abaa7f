"""Separate ink from paper on a grey picture: whiten the paper, remove scan margins."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.image.components import Mask, Place, cut_parts
from pipeline.extract.ocr.image.page_image import Grey, shrink

COARSE = 75  # dots per inch; judgement: edges of grounds and white between lines are a point wide
# Inches, the side of a square; judgement: no part of a character is so wide and high at once
# without white in it, and any ground of type is higher.
_MAX_TYPE = 0.17
_FAINTEST_INK = 50  # darkness, of 255; judgement: of the faintest copy, used if a page has no ink
INK = 0.45  # share of the ink's darkness; judgement: show-through is below it, thin strokes above
FAINT = 0.22  # share of the ink's darkness, of hairlines; judgement: scanners thin them to grey
_FULL_QUANTILE = 0.8  # of the darkness of dark pixels; judgement: inside strokes most are as dark
_MIN_RULING = 0.3  # inches; judgement: ink without a break over this length is not type
_MIN_BACKGROUND_HEIGHT = 0.1  # inches; judgement: the coloured background of a row is higher
# Inches; judgement: two characters side by side. One alone may be a dense kanji in bold (関).
_MIN_BACKGROUND_WIDTH = 0.35
_MAX_STROKE = 0.03  # inches; judgement: the strokes of type on a background are thinner
_BACKGROUND_DARKNESS = 0.35  # share of the ink's; judgement: lighter grounds are shades
_MAX_BORDER = 0.07  # inches; judgement: the thickest border beside a background
_MAX_WORD = 1.5  # inches; judgement: the longest word on a background, of ten characters
_MIN_TYPE = 0.01  # share of a background that is type; judgement: a header of one word has 0.02
_MIN_DARK = 0.6  # share of a background that is dark; judgement: text has 0.1-0.3
# Share of a background's rim that is dark; judgement: type does not reach it. That of dense kanji
# in a row, which look like white type on black, has 0.7-0.8.
_MIN_RIM = 0.85
_RIM = 0.02  # inches, the width of a rim; judgement: type keeps so far from its background's edge
_MIN_RECTANGULARITY = 0.8  # share of its box that a background fills; judgement: a photo has less
_MIN_MARGIN = 0.08  # inches; judgement: no stroke of a pen or of type of 60 points is as thick
_LEAST_LIGHT = 0.1  # share of the paper's brightness; judgement: paper in a shadow has more
_FILLED = 128  # of 255; judgement: any value that no mask has
_NOISE = 0.01  # share of pixels unlike all four beside them; measured: noise 0.02-0.08, type 0.005
_SOFT = 1.3  # pixels, standard deviation; measured: less leaves specks, more joins strokes
# Share of a ground that was softened so; measured: ink of higher shares has specks read as type.
_PALER = (0.15, 0.5)


def whiten(image: Grey, resolution: float) -> Grey:
    """Make the paper white and the ink black, whatever the paper's colour and the light.

    The ground of pale shades is paper: its noise would join the strokes of a line of type.
    """
    image = _clear_noise(image, resolution)
    small = shrink(image, COARSE / resolution)
    # A high ground is paper here: what is darker than its surroundings is ink.
    _, ink = _even_out(np.ascontiguousarray(image[::2, ::2]), remove_type(small))
    _brighten_grounds(small, image, ink, resolution)
    bright, ink = _even_out(image, remove_type(small))
    levels = 255 - np.clip((255 - np.arange(256)) * 255 / ink, 0, 255)
    return np.asarray(cv2.LUT(bright, levels.astype(np.uint8)), dtype=np.uint8)


def _even_out(image: Grey, paper: Grey) -> tuple[Grey, float]:
    """The picture with the brightness of its paper, of any size, as white; its ink's darkness."""
    # Within the black around a sheet, the noise of nothing would be paper and ink.
    least = np.uint8(_LEAST_LIGHT * float(np.median(paper)))
    level = cv2.resize(np.maximum(paper, least), image.shape[::-1], interpolation=cv2.INTER_LINEAR)
    bright = np.asarray(cv2.divide(image, level, scale=255), np.uint8)
    dark = np.asarray(255 - bright, np.uint8)
    dark[level <= least] = 0
    return bright, _measure_ink_darkness(dark)


def _clear_noise(image: Grey, resolution: float) -> Grey:
    """Clear the grounds that a scan in black and white left as noise, around the type on them."""
    if cv2.countNonZero(cv2.inRange(image, (1,), (254,))):
        return image
    cross = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], np.float32) / 4
    alone = np.asarray(cv2.filter2D(image, -1, cross) == 255 - image, np.uint8)
    window = (_odd(_MAX_TYPE * resolution),) * 2
    noise = (np.asarray(cv2.blur(255 * alone, window)) > 255 * _NOISE).view(np.uint8)
    # Thin type is broken in spots, and noise fills a ground.
    sides = (_MIN_BACKGROUND_HEIGHT, _MIN_BACKGROUND_WIDTH)
    ground = np.ones([_odd(side * resolution) for side in sides], np.uint8)
    noisy = np.asarray(cv2.morphologyEx(noise, cv2.MORPH_OPEN, ground)) > 0
    soft, around = cv2.GaussianBlur(image, (0, 0), _SOFT), cv2.blur(image, window)
    share = np.asarray(soft)[noisy] / np.maximum(np.asarray(around)[noisy], 1)
    cleared = image.copy()
    cleared[noisy] = 255 * np.clip((share - _PALER[0]) / (_PALER[1] - _PALER[0]), 0, 1)
    return cleared


def remove_type(small: Grey) -> Grey:
    """Remove the type of a picture at `COARSE`, so that only paper and shades remain."""
    window = _square(_MAX_TYPE * COARSE)
    return np.asarray(cv2.morphologyEx(small, cv2.MORPH_CLOSE, window), np.uint8)


def _brighten_grounds(small: Grey, image: Grey, ink: float, resolution: float) -> None:
    """Brighten dark grounds of the picture `small` at `COARSE` to paper, in place.

    The inside of a high one would pass for paper. The ink is so much darker than paper, 0-255.
    """
    paper = float(np.median(small))
    darkest = paper * (1 - _BACKGROUND_DARKNESS * ink / 255)
    if (cv2.dilate(small, _square(_MAX_TYPE * COARSE)) < darkest).any():
        dark = np.asarray(cv2.threshold(image, darkest, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
        grounds = np.zeros_like(dark)
        for place, inside in _find_grounds(dark, resolution, _MAX_TYPE):
            grounds[place][inside] = 255
        small[cv2.resize(grounds, small.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0] = paper


def _measure_ink_darkness(darkness: Grey) -> float:
    """How much darker than paper the ink is inside its strokes, 0-255."""
    dark = darkness[::2, ::2]
    dark = dark[dark >= _FAINTEST_INK // 2]
    full = np.quantile(dark, _FULL_QUANTILE, method="inverted_cdf") if dark.size else 0.0
    return max(float(full), float(_FAINTEST_INK))


def find_ink(white: Grey, share: float = INK) -> Mask:
    """Find the ink of text on a whitened picture; as `FAINT`, all that may be ink of hairlines."""
    if not white.size:  # OpenCV answers with nothing
        return white
    _, ink = cv2.threshold(white, 255 * (1 - share), 255, cv2.THRESH_BINARY_INV)
    return np.asarray(ink, np.uint8)


def drop_rulings(ink: Mask, resolution: float) -> None:
    """Clear, in place, the ink that runs across or down for longer than type does."""
    long = round(_MIN_RULING * resolution)
    for side in ((1, long), (long, 1)):
        drawn = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(side, np.uint8))
        ink[cv2.dilate(drawn, np.ones((3, 3), np.uint8)) > 0] = 0


def wipe_margins(white: Grey, resolution: float) -> Grey:
    """Whiten the black margin that a scanner leaves around a sheet smaller than its glass."""
    side = max(round(_MIN_MARGIN * resolution), 3)
    framed = cv2.copyMakeBorder(find_ink(white), side, side, side, side, cv2.BORDER_REPLICATE)
    thick = cv2.morphologyEx(framed, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    thick = thick[side - 1 : 1 - side, side - 1 : 1 - side]
    # A ring around the picture joins what touches its edges.
    thick[[0, -1]] = thick[:, [0, -1]] = 255
    cv2.floodFill(thick, None, (0, 0), (_FILLED,), flags=8)
    margin = (thick[1:-1, 1:-1] == _FILLED).view(np.uint8)
    if not margin.any():
        return white
    grown = cv2.dilate(margin, np.ones((side // 2 + 1, side // 2 + 1), np.uint8))
    return np.where(np.asarray(grown) > 0, np.uint8(255), white)


def whiten_backgrounds(white: Grey, resolution: float) -> Grey:
    """Turn type on a dark background into dark type on white, as in the headers of some tables.

    Backgrounds that are not rectangular, or narrower than two characters, are left unchanged.
    """
    dark = find_ink(white, _BACKGROUND_DARKNESS)
    level, grounds = white, np.zeros_like(dark)
    for place, inside in _find_grounds(dark, resolution, _MIN_BACKGROUND_HEIGHT):
        # Without the rulings around it, which may be darker than type is light.
        window = _square(2 * _MAX_STROKE * resolution)
        within = cv2.erode(inside.astype(np.uint8), window, borderValue=0) > 0
        levels = _levels_on_white(white[place][within])
        level = white.copy() if level is white else level
        level[place][inside] = levels[white[place][inside]]
        grounds[place][inside] = 255
    if level is not white:
        level[_rule_grounds(grounds, dark, resolution) > 0] = 0
    return level


def _rule_grounds(grounds: Mask, dark: Mask, resolution: float) -> Mask:
    """Draw the edges of grounds, and through those of rows the rulings of the columns.

    A ground parts its cells from others, and rulings on a dark one cannot be seen.
    """
    edges = cv2.morphologyEx(grounds, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    ruled = np.asarray(edges, np.uint8)
    outside = cv2.subtract(dark, cv2.dilate(grounds, np.ones((5, 5), np.uint8)))
    upright = np.ones((round(_MAX_TYPE * resolution), 1), np.uint8)
    reach = np.ones((2 * _odd(2 * _RIM * resolution) + 1, 1), np.uint8)
    met = cv2.dilate(cv2.morphologyEx(outside, cv2.MORPH_OPEN, upright), reach)
    for place, inside in cut_parts(grounds):
        columns = ((met[place] > 0) & inside).any(axis=0)
        if inside.shape[1] > inside.shape[0]:  # of high ones the columns are askew
            ruled[place][inside & columns] = 255
    return ruled


def _find_grounds(
    dark: Mask, resolution: float, least: float
) -> Iterator[tuple[Place, NDArray[np.bool_]]]:
    """Find dark bands of a least height, in inches: the place of each, and its pixels there."""
    height, width, gap = (_odd(part * resolution) for part in (least, _MAX_BORDER, _MAX_WORD))
    # Close holes of noise, and open: rulings and type are not so thick. White words part the rest.
    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    window = np.ones((height, width), np.uint8)
    core = cv2.erode(closed, window)
    if not cv2.countNonZero(core):
        return
    solid = cv2.dilate(core, window)
    framed = cv2.copyMakeBorder(solid, 0, 0, gap, gap, cv2.BORDER_CONSTANT, value=(0,))
    bridged = cv2.morphologyEx(framed, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    bridged = bridged[:, gap:-gap]
    for shape in (solid, bridged):
        for place, inside in cut_parts(np.ascontiguousarray(shape, np.uint8)):
            band = _fill_band(inside, resolution)
            if band is not None and _is_ground(band, dark[place], resolution):
                yield place, band


def _odd(side: float) -> int:
    """The side of a window, in pixels: an even one would shift the result."""
    return max(round(side), 3) | 1


def _square(side: float) -> Mask:
    return np.ones((_odd(side), _odd(side)), np.uint8)


def _fill_band(inside: NDArray[np.bool_], resolution: float) -> NDArray[np.bool_] | None:
    """The (possibly rotated) rectangle that a shape is; None if narrower than two characters."""
    outline = cv2.convexHull(np.argwhere(inside)[:, ::-1].astype(np.int32))
    (_, sides, _) = cv2.minAreaRect(outline)
    area = (sides[0] + 1) * (sides[1] + 1)  # the rectangle joins the middles of the outer pixels
    wide = max(sides) > _MIN_BACKGROUND_WIDTH * resolution
    if not wide or int(inside.sum()) < _MIN_RECTANGULARITY * area:
        return None
    filled = np.zeros(inside.shape, np.uint8)
    cv2.fillConvexPoly(filled, outline, (1,))
    return filled > 0


def _is_ground(band: NDArray[np.bool_], dark: Mask, resolution: float) -> bool:
    """Whether most of a band is dark, and its outer pixels are, the grey ones at its edge aside.

    Two rings of the rim are dark: the white between two lines of its border is no type in it. On a
    coarse picture the rim has one ring only.
    """
    ink, inner, rings = (dark > 0) & band, band.astype(np.uint8), list[float]()
    for _ in range(_odd(2 * _RIM * resolution) // 2 + 1):
        ring, inner = inner, np.asarray(cv2.erode(inner, np.ones((3, 3)), borderValue=0), np.uint8)
        rings.append(float(ink[ring > inner].mean()))
    return float(ink[band].mean()) > _MIN_DARK and min(sorted(rings[1:])[-2:]) > _MIN_RIM


def _levels_on_white(ground: Grey) -> Grey:
    """A lookup table for the greys of a background: it becomes white, its type and rulings dark."""
    shade = float(np.median(ground))
    away = ground - shade
    # Type is farthest from its ground: cubes count it, and not how the ground itself differs.
    sign = 1.0 if float((away**3).sum()) > 0 else -1.0
    full = max(float(np.percentile(sign * away, 100 * (1 - _MIN_TYPE))), _FAINTEST_INK)
    above = np.arange(256) - shade
    contrast = np.clip(np.maximum(sign * above / full, -above / 255), 0, 1)
    return np.asarray(255 * (1 - contrast), dtype=np.uint8)

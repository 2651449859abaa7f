"""Glyphs by their colour: those that nobody sees on their ground, and those set off from others."""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from pipeline.extract.pdf.content import PaintedGlyphs, PaintedShape, Painting
from pipeline.extract.pdf.content.graphics_state import UNKNOWN_COLOR, find_visible_rect, to_rgb
from pipeline.extract.pdf.glyphs import Flags, Floats, Glyphs, Integers
from pipeline.model import Box

_THIN = 3.0  # points; judgement: thicker than any ruling, lower than type that can be read
# Share of the full range; judgement: a reader takes a smaller difference for the same ink, and ink
# whose red, green and blue differ by less for a grey.
_MIN_DIFFERENCE = 0.25
# Share of the full range; judgement: ink so near to its ground cannot be read, as pale on paper.
_ALIKE = 0.06
# Share of a page's glyphs in greys that makes them its usual ink; judgement: a last page may hold
# one record, marked for the most part; of a page printed in blue only numbers and rules are black.
_GREY_SHARE = 0.25
_LIGHT = 0.5  # share of paper's light; judgement: lighter ink is nearer to paper than to black
_LAP = 0.25  # em of the smaller type; judgement: the boxes of two lines below each other share less
_PADDING = 1.0  # em; judgement: cells keep less white beside a text that is too long for them
_SAME_LEVEL = 0.1  # em; judgement: the middles of one line's glyphs differ by rounding only


def find_same_ink(painted: PaintedGlyphs, painting: Painting, shown: Flags) -> tuple[Flags, Flags]:
    """Find pale glyphs on pale grounds, and glyphs on a rectangle of their own colour.

    An office that blacks out a name may give its type a black ground.

    Args:
        shown: The glyphs that are visible but for that.

    Returns:
        The glyphs that are not seen; and those of them that are on a rectangle of their own colour.
    """
    faint, blacked = np.zeros((2, len(painted.texts)), np.bool_)
    for place in np.flatnonzero(shown & painted.pale).tolist():
        ground = _find_ground(painted, place, painting)
        faint[place] = ground is None or ground.pale
    inked = shown & ~painted.pale
    grounds = {to_rgb(shape.fill) for shape in painting.shapes if shape.fill and _is_ground(shape)}
    if grounds:
        inks = set(painted.color[inked].tolist())
        alike = [ink for ink in inks if any(_are_alike(ink, ground) for ground in grounds)]
        for place in np.flatnonzero(inked & np.isin(painted.color, alike)).tolist():
            ground = _find_ground(painted, place, painting)
            fill = (ground.fill if ground is not None else None) or UNKNOWN_COLOR
            known = fill != UNKNOWN_COLOR
            blacked[place] = known and _are_alike(to_rgb(fill), int(painted.color[place]))
    return faint | blacked, blacked


def _are_alike(one: int, other: int) -> bool:
    """Whether type in one colour cannot be read on the other."""
    pairs = zip(one.to_bytes(3), other.to_bytes(3), strict=True)
    return max(abs(a - b) for a, b in pairs) <= _ALIKE * 255


def _is_ground(shape: PaintedShape) -> bool:
    """Whether a shape is an opaque rectangle as high and as wide as type."""
    if not shape.covers or shape.kind != "rect" or shape.fill == UNKNOWN_COLOR:
        return False
    (a, b), _, (c, d) = shape.points[:3]
    return min(abs(a - c), abs(b - d)) > _THIN


def _find_ground(painted: PaintedGlyphs, place: int, painting: Painting) -> PaintedShape | None:
    """The shape that was painted last under the middle of a glyph; None: it stands on paper."""
    x = (painted.x0[place] + painted.x1[place]) / 2
    y = (painted.y0[place] + painted.y1[place]) / 2
    for shape in reversed(painting.shapes[: painted.order[place]]):
        if shape.fill is not None:
            x0, y0, x1, y1 = find_visible_rect(shape)
            if x0 <= x <= x1 and y0 <= y <= y1:
                return shape
    return None


def find_light_overlays(
    glyphs: Glyphs, shown: Flags, colors: Integers, strokes: Iterable[Box]
) -> Flags:
    """Find light texts that lie over darker lines, on none of them, or over rulings: watermarks.

    With them go their copies, and texts of their ink and size of which most lie so. Two cells of a
    spreadsheet that are printed over each other have their lines at one height. A text that begins
    right behind an upright stroke is that of a cell, which may be too narrow or too low for it,
    unless it is such a copy.

    Args:
        glyphs: The glyphs of the upright page.
        shown: Those that are visible and not white space.
        colors: Those of the glyphs, as 0xRRGGBB.
        strokes: The thin strokes of the upright page.
    """
    laid = np.zeros(len(glyphs), np.bool_)
    inks = [color for color in set(colors[shown].tolist()) if _is_light(color)]
    if not inks:  # as on nearly every page
        return laid
    light = np.flatnonzero(shown & np.isin(colors, inks))
    dark = np.flatnonzero(shown & ~np.isin(colors, inks))
    if not len(dark):
        return laid
    rank, size = np.cumsum(shown)[light], glyphs.size[light]
    goes_on = (np.diff(rank) == 1) & (np.diff(colors[light]) == 0)
    goes_on &= abs(np.diff(glyphs.y[light])) < _SAME_LEVEL * size[1:]
    runs = np.split(light, np.flatnonzero(~goes_on) + 1)
    sides = [(s.x0, s.top, s.bottom) for s in strokes if s.height > s.width]
    upright = np.array(sides).reshape(-1, 3)
    free = {run[0] for run in runs if not _begins_cell(glyphs, run[0], upright)}
    over = {run[0] for run in runs if run[0] in free and _lies_over(glyphs, run, dark, upright)}
    words = [(int(colors[run[0]]), "".join(glyphs.texts[i] for i in run)) for run in runs]
    looks = [(ink, float(glyphs.size[run[0]])) for (ink, _), run in zip(words, runs, strict=True)]
    copied = {word for word, run in zip(words, runs, strict=True) if run[0] in over}
    found = Counter(look for look, run in zip(looks, runs, strict=True) if run[0] in over)
    counts = Counter(look for look, run in zip(looks, runs, strict=True) if run[0] in free)
    for run, word, look in zip(runs, words, looks, strict=True):
        laid[run] = len(run) > 1 and word in copied
        if run[0] in free:
            laid[run] |= run[0] in over or 2 * found[look] > counts[look]
    return laid


def _begins_cell(glyphs: Glyphs, place: int, upright: Floats) -> bool:
    """Whether a glyph stands right behind an upright stroke (see `_lies_over`)."""
    x0, y, size = glyphs.x0[place], glyphs.y[place], glyphs.size[place]
    room = x0 - upright[(upright[:, 1] < y) & (y < upright[:, 2]), 0]
    return bool(((-_LAP * size < room) & (room < _PADDING * size)).any())


def _lies_over(glyphs: Glyphs, run: Integers, dark: Integers, upright: Floats) -> bool:
    """Whether a level text lies over darker glyphs of other lines, or over upright strokes.

    Args:
        glyphs: Those of the page.
        run: The glyphs of the text.
        dark: The darker ones.
        upright: The x, the top and the bottom of each stroke.
    """
    x0, x1, y, size = glyphs.x0[run, None], glyphs.x1[run, None], glyphs.y[run[0]], glyphs.size
    apart = abs(glyphs.y[dark] - y)
    touch = (size[dark] + size[run[0]]) / 2 - _LAP * np.minimum(size[dark], size[run[0]])
    near = dark[(apart > _SAME_LEVEL * size[run[0]]) & (apart < touch)]
    lapped = (x0 <= glyphs.x[near]) & (glyphs.x[near] <= x1)
    x = upright[(upright[:, 1] < y) & (y < upright[:, 2]), 0]
    inside = _LAP * (x1 - x0)
    return bool(lapped.any() or ((x0 + inside < x) & (x < x1 - inside)).any())


def _is_light(color: int) -> bool:
    """Whether an ink is nearer to paper than to black (ITU-R BT.601)."""
    red, green, blue = color >> 16, color >> 8 & 255, color & 255
    return 0.299 * red + 0.587 * green + 0.114 * blue > _LIGHT * 255


def find_tinted(colors: Integers) -> Flags:
    """Find the glyphs that are neither in the page's usual ink nor in a grey.

    Args:
        colors: Of visible glyphs, as 0xRRGGBB.
    """
    if not len(colors) or not np.ptp(colors):  # one ink, as on nearly every page
        return np.zeros(len(colors), np.bool_)
    inks, ink_of, counts = np.unique(colors, return_inverse=True, return_counts=True)
    channels: Floats = np.stack([inks >> 16 & 255, inks >> 8 & 255, inks & 255]) / 255
    usual = channels[:, [int(counts.argmax())]]
    tinted = np.ptp(channels, axis=0) >= _MIN_DIFFERENCE
    if counts[~tinted].sum() < _GREY_SHARE * counts.sum():
        tinted &= np.max(abs(channels - usual), axis=0) >= _MIN_DIFFERENCE
    flags: Flags = tinted[ink_of]
    return flags

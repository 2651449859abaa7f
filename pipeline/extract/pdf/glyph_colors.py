"""Glyphs by their colour: those that nobody sees on their ground, and those set off from others."""

import numpy as np

from pipeline.extract.pdf.content import PaintedGlyphs, PaintedShape, Painting
from pipeline.extract.pdf.content.graphics_state import UNKNOWN_COLOR, find_visible_rect, to_rgb
from pipeline.extract.pdf.glyphs import Flags, Floats, Integers

_THIN = 3.0  # points; judgement: thicker than any ruling, lower than type that can be read
# Share of the full range; judgement: a reader takes a smaller difference for the same ink, and ink
# whose red, green and blue differ by less for a grey.
_MIN_DIFFERENCE = 0.25
# Share of a page's glyphs in greys that makes them its usual ink; judgement: a last page may hold
# one record, marked for the most part; of a page printed in blue only numbers and rules are black.
_GREY_SHARE = 0.25


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
        for place in np.flatnonzero(inked & np.isin(painted.color, list(grounds))).tolist():
            ground = _find_ground(painted, place, painting)
            fill = (ground.fill if ground is not None else None) or UNKNOWN_COLOR
            known = fill != UNKNOWN_COLOR
            blacked[place] = known and to_rgb(fill) == painted.color[place]
    return faint | blacked, blacked


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

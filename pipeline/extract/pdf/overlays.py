"""Glyphs that are laid over a page and belong to no line of it: watermarks and stamps of type."""

import numpy as np

from pipeline.extract.pdf.glyphs import Flags, Glyphs, find_median

# Times the median size of a page's glyphs; judgement: titles are up to twice as large as the text.
_LARGE = 2.5


def find_overlays(glyphs: Glyphs, shown: Flags, slanted: Flags) -> Flags:
    """Find the glyphs that are laid over a page.

    They run aslant, or they are far larger than the text and stand over other glyphs, as no title
    and no heading does.

    Args:
        glyphs: The glyphs of the upright page.
        shown: Those that are visible and not white space.
        slanted: Those whose line runs aslant.
    """
    overlaid = shown & slanted
    level = shown & ~slanted
    if not level.any():  # a sheet that was drawn askew as a whole is no watermark
        return np.zeros(len(glyphs), np.bool_)
    sizes = glyphs.size[level]
    if sizes.max() < _LARGE * sizes.min():  # as on nearly every page
        return overlaid
    large = level & (glyphs.size >= _LARGE * find_median(sizes))
    text = np.flatnonzero(level & ~large)
    x, y = glyphs.x[text], glyphs.y[text]
    for place in np.flatnonzero(large).tolist():
        inside = (glyphs.x0[place] <= x) & (x <= glyphs.x1[place])
        inside &= (glyphs.top[place] <= y) & (y <= glyphs.bottom[place])
        overlaid[place] = bool(inside.any())
    return overlaid

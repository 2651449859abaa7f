"""Glyphs in a colour that sets them off from the other type of a page."""

import numpy as np

from pipeline.extract.pdf.glyphs import Flags, Floats, Integers

# Share of the full range; judgement: a reader takes a smaller difference for the same ink, and ink
# whose red, green and blue differ by less for a grey.
_MIN_DIFFERENCE = 0.25
# Share of a page's glyphs in greys that makes them its usual ink; judgement: a last page may hold
# one record, marked for the most part; of a page printed in blue only numbers and rules are black.
_GREY_SHARE = 0.25


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

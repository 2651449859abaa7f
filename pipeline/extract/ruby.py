"""Furigana, parted from the text that they stand on."""

import re
from statistics import median

import numpy as np

from pipeline.extract.glyphs import Glyphs
from pipeline.model import Glyph

_SIZE = 0.65  # share of the text's size; furigana have half of it, a third for three kana
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・]+")


def lift_ruby(glyphs: Glyphs) -> tuple[Glyphs, Glyphs]:
    """Part furigana from the text whose reading they give.

    They are kana in about half the size of the glyphs right below them (JIS X 4051, 6).

    Returns:
        The text, and the furigana.
    """
    inked = glyphs.inked
    sizes = glyphs.size[inked].tolist()
    small = _SIZE * median(sizes) if sizes else 0.0
    kana = [i for i in np.flatnonzero(glyphs.size <= small) if _KANA.fullmatch(glyphs.texts[i])]
    bases = list(glyphs.take(inked & (glyphs.size > small))) if kana else []
    readings = zip(kana, glyphs.take(np.array(kana, np.int64)), strict=True)
    is_ruby = np.zeros(len(glyphs), np.bool_)
    is_ruby[[i for i, g in readings if any(_stands_on(g, base) for base in bases)]] = True
    return glyphs.take(~is_ruby), glyphs.take(is_ruby)


def _stands_on(reading: Glyph, base: Glyph) -> bool:
    """Whether a small glyph stands right above another; a reading may overhang by its own size."""
    gap = base.box.top - reading.box.bottom
    beside = max(base.box.x0 - reading.box.x1, reading.box.x0 - base.box.x1)
    return abs(gap) < reading.size and beside < reading.size and reading.box.top < base.box.top

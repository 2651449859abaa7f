"""Furigana, parted from the text that they stand on."""

import re

import numpy as np

from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.model import Glyph

_SIZE = 0.65  # share of the text's size; furigana have half of it, a third for three kana
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・]+")


def lift_ruby(glyphs: Glyphs) -> tuple[Glyphs, Glyphs]:
    """Part furigana from the text whose reading they give.

    They are kana in about half the size of the glyphs right below them (JIS X 4051, 6).

    Returns:
        The text, and the furigana.
    """
    sizes = glyphs.size[glyphs.inked]
    small = _SIZE * float(np.median(sizes)) if len(sizes) else 0.0
    little = np.flatnonzero(glyphs.size <= small).tolist()
    kana = np.array([i for i in little if _KANA.fullmatch(glyphs.texts[i])], np.int64)
    is_ruby = np.zeros(len(glyphs), np.bool_)
    if len(kana):
        bases = list(glyphs.take(glyphs.inked & (glyphs.size > small)))
        readings = glyphs.take(kana)
        is_ruby[kana] = [any(_stands_on(g, base) for base in bases) for g in readings]
    if not is_ruby.any():
        return glyphs, glyphs.take(is_ruby)
    return glyphs.take(~is_ruby), glyphs.take(is_ruby)


def _stands_on(reading: Glyph, base: Glyph) -> bool:
    """Whether a small glyph stands right above another; a reading may overhang by its own size."""
    gap = base.box.top - reading.box.bottom
    beside = max(base.box.x0 - reading.box.x1, reading.box.x0 - base.box.x1)
    return abs(gap) < reading.size and beside < reading.size and reading.box.top < base.box.top

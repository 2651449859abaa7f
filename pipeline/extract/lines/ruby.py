"""Separate furigana from the text whose reading they give."""

import re

import numpy as np

from pipeline.extract.pdf.glyphs import Glyphs, Integers
from pipeline.model import Glyph

# Share of the text's median size; judgement: furigana have half of it, or a third where three kana
# share one character.
_MAX_RUBY_SIZE = 0.65
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・]+")


def lift_ruby(glyphs: Glyphs) -> tuple[Glyphs, Glyphs]:
    """Separate furigana from the text whose reading they give.

    Furigana are kana of about half the size of the glyphs right below them (JIS X 4051, 6).

    Returns:
        The glyphs of the text, and the glyphs of the furigana.
    """
    small = find_smaller(glyphs)
    kana = np.array([i for i in small.tolist() if _KANA.fullmatch(glyphs.texts[i])], np.int64)
    is_ruby = np.zeros(len(glyphs), np.bool_)
    if len(kana):
        limit = float(glyphs.size[small].max())
        bases = list(glyphs.take(glyphs.inked & (glyphs.size > limit)))
        readings = glyphs.take(kana)
        is_ruby[kana] = [any(stands_on(g, base) for base in bases) for g in readings]
    if not is_ruby.any():
        return glyphs, glyphs.take(is_ruby)
    return glyphs.take(~is_ruby), glyphs.take(is_ruby)


def find_smaller(glyphs: Glyphs) -> Integers:
    """Find the glyphs that are far smaller than the text: small enough to be furigana."""
    sizes = glyphs.size[glyphs.inked]
    limit = _MAX_RUBY_SIZE * float(np.median(sizes)) if len(sizes) else 0.0
    return np.flatnonzero(glyphs.size <= limit)


def stands_on(reading: Glyph, base: Glyph) -> bool:
    """Whether a small glyph stands right above another glyph.

    The reading may be up to its own size away, upwards and sideways.
    """
    gap = base.box.top - reading.box.bottom
    beside = max(base.box.x0 - reading.box.x1, reading.box.x0 - base.box.x1)
    return abs(gap) < reading.size and beside < reading.size and reading.box.top < base.box.top

"""Separate furigana from the text whose reading they give."""

import re
from collections.abc import Iterator

import numpy as np

from pipeline.extract.pdf.glyphs import Flags, Glyphs, Integers, find_median
from pipeline.model import Glyph, group_neighbours
from pipeline.vocabulary.character_widths import is_ideograph

# Share of the text's median size; judgement: furigana have half of it, or a third where three kana
# share one character.
_MAX_RUBY_SIZE = 0.65
# em of small type; judgement: furigana stand an em higher, and glyphs of one line touch.
_LEVEL = 0.5
_TOUCH = 0.1  # em of small type; judgement: the glyphs of a word that is set solid touch
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・ｦ-ﾟ]+")


def lift_ruby(glyphs: Glyphs) -> tuple[Glyphs, Glyphs]:
    """Separate furigana from the text whose reading they give.

    Furigana are kana of about half the size of the glyphs right below them (JIS X 4051, 6).

    Returns:
        The glyphs of the text, and the glyphs of the furigana.
    """
    small = find_smaller(glyphs)
    if len(small):
        small = np.setdiff1d(small, _find_inline(glyphs, small))
    kana = np.array([place for run in _part_words(glyphs, small) for place in run], np.int64)
    is_ruby = np.zeros(len(glyphs), np.bool_)
    if len(kana):
        limit = float(glyphs.size[small].max())
        bases = glyphs.take(glyphs.inked & (glyphs.size > limit))
        is_ruby[kana] = [find_below(reading, bases).any() for reading in glyphs.take(kana)]
    if not is_ruby.any():
        return glyphs, glyphs.take(is_ruby)
    return glyphs.take(~is_ruby), glyphs.take(is_ruby)


def _part_words(glyphs: Glyphs, small: Integers) -> Iterator[list[int]]:
    """Yield the words of small kana; 早急に is an insertion, に no furigana.

    Recognition may read another sign for a kana or two of a word, but not for most of them.
    """
    for run in group_neighbours(small.tolist(), lambda run, at: _goes_on(glyphs, run[-1], at)):
        texts = [glyphs.texts[one] for one in run if not glyphs.texts[one].isspace()]
        kana = sum(_KANA.fullmatch(text) is not None for text in texts)
        if 2 * kana > len(texts) and not any(map(is_ideograph, texts)):
            yield run


def _goes_on(glyphs: Glyphs, before: int, after: int) -> bool:
    """Whether a small glyph that is drawn right behind another one touches it on its line."""
    near = _TOUCH * glyphs.size[before]
    level = abs(glyphs.bottom[before] - glyphs.bottom[after]) < near
    return after == before + 1 and bool(level and abs(glyphs.x0[after] - glyphs.x1[before]) < near)


def _find_inline(glyphs: Glyphs, small: Integers) -> Integers:
    """Find small glyphs, drawn one behind the other, that go on with a larger one at its foot.

    An author may set a reading in brackets in small type: 図書（としょ）館.
    """
    runs = np.split(small, np.flatnonzero(np.diff(small) != 1) + 1)
    return np.array(
        [
            place
            for run in runs
            for before, after in ((run[0] - 1, run[0]), (run[-1], run[-1] + 1))
            if before >= 0 and after < len(glyphs)
            if abs(glyphs.bottom[before] - glyphs.bottom[after]) < _LEVEL * glyphs.size[run[0]]
            and abs(glyphs.x0[after] - glyphs.x1[before]) < _LEVEL * glyphs.size[run[0]]
            for place in run
        ],
        np.int64,
    )


def find_smaller(glyphs: Glyphs) -> Integers:
    """Find the glyphs that are far smaller than the text: small enough to be furigana."""
    sizes = glyphs.size[glyphs.inked]
    # Nearly every page has none.
    if not len(sizes) or glyphs.size.min() > _MAX_RUBY_SIZE * sizes.max():
        return np.zeros(0, np.int64)
    return np.flatnonzero(glyphs.size <= _MAX_RUBY_SIZE * find_median(sizes))


def find_below(reading: Glyph, bases: Glyphs) -> Flags:
    """Flag the glyphs right above which a small glyph stands.

    The reading may be up to its own size away, upwards and sideways.
    """
    box, size = reading.box, reading.size
    beside = np.maximum(bases.x0 - box.x1, box.x0 - bases.x1)
    return (abs(bases.top - box.bottom) < size) & (beside < size) & (box.top < bases.top)

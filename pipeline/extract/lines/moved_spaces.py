"""White space that a program did not draw: it only moved over it.

A gap is white space where it is wider than the line's own rhythm. Justified and letter-spaced
lines have a wide rhythm: the gaps of a label that is spread evenly over its cell (均等割付) are
alike, and none of them is a space.
"""

from collections.abc import Sequence

import numpy as np

from pipeline.extract.pdf.glyphs import Flags, Glyphs

# em between two glyphs of scripts that part their words by spaces, beyond the line's median gap.
# judgement: word spaces are 0.2-0.3 em in Latin fonts, kerning stays below 0.1.
WORD_GAP = 0.15
"""No white space that a program moved over is narrower."""
# em beyond the line's rhythm. judgement: an ideographic space is 1 em wide, 0.8 em in condensed
# type; half an em stands behind 、 and 。 where a program sets them half as wide.
_IDEOGRAPHIC_GAP = 0.75
# standard: Unicode, the blocks Hangul Jamo and Hangul Syllables: Korean parts its words by spaces.
_HANGUL = ((0x1100, 0x11FF), (0xAC00, 0xD7A3))


def find_wide_gaps(glyphs: Glyphs) -> Flags:
    """Flag glyphs before which white space may be missing: a quick look at all lines at once.

    The gap before a line's first glyph counts too; it means nothing.
    """
    wide = np.zeros(len(glyphs), np.bool_)
    gaps = glyphs.x0[1:] - glyphs.x1[:-1]
    wide[1:] = gaps > _IDEOGRAPHIC_GAP * glyphs.size[1:]
    if glyphs.codes.max(initial=0) >= _HANGUL[0][0]:
        hangul = np.zeros(len(glyphs), np.bool_)
        for first, last in _HANGUL:
            hangul |= (glyphs.codes >= first) & (glyphs.codes <= last)
        wide[1:] |= (hangul[1:] | hangul[:-1]) & (gaps > WORD_GAP * glyphs.size[1:])
    return wide


def find_space(before: str, after: str, gap: float, usual: float, rhythm: float) -> str:
    """The white space between two glyphs that a program only moved over; "": there is none.

    Args:
        gap: Its width, in em.
        usual: The median gap of the line, in em.
        rhythm: The rhythm of the line (see `measure_rhythm`), in em.

    Returns:
        A plain space between words of scripts that part words by spaces, else an ideographic one.
    """
    if _parts_words(before[-1:]) and _parts_words(after[:1]):
        return " " if gap > usual + WORD_GAP else ""
    return "\u3000" if gap > rhythm + _IDEOGRAPHIC_GAP else ""


def measure_rhythm(texts: Sequence[str], gaps: Sequence[float]) -> float:
    """The gap that a line has between two full-width characters, in the unit of the gaps.

    The inside of a Latin word is not stretched where the rest of the line is, so it counts only if
    there is nothing else.

    Args:
        texts: The glyphs of the line, white space included.
        gaps: The gap before each glyph but the first.
    """
    pairs = list(zip(texts, texts[1:], gaps, strict=False))
    inked = [(a, b, gap) for a, b, gap in pairs if not a.isspace() and not b.isspace()]
    stretched = [gap for a, b, gap in inked if not (a.isascii() and b.isascii())]
    counted = sorted(stretched or [gap for _, _, gap in inked])
    # Of two middles the narrower: where half the gaps are spaces, the other half is the rhythm.
    return max(0.0, counted[(len(counted) - 1) // 2]) if counted else 0.0


def _parts_words(character: str) -> bool:
    """Whether a character belongs to a script whose words are parted by spaces."""
    if character.isascii():  # a glyph may stand for no character (ActualText)
        return character != "" and not character.isspace()
    code = ord(character)
    return any(first <= code <= last for first, last in _HANGUL)

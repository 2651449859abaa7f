"""Find coloured type, and type with emphasis dots (圏点) above it."""

from collections.abc import Iterable, Iterator

import numpy as np

from pipeline.extract.lines.ruby import find_below, find_smaller
from pipeline.extract.marks.placed import PlacedMark
from pipeline.extract.pdf.glyphs import Flags, Glyphs, Integers
from pipeline.model import Glyph, MarkKind

# standard: CSS Text Decoration 3, text-emphasis-style, and JIS X 4051, 6.3: dots, circles, double
# circles, triangles and sesame dots, filled or open. Programs draw the dot as a middle dot too.
_SIGNS = "•◦●○◉◎▲△﹅﹆・･·、﹑"


def mark_tinted(tinted: Iterable[Glyph]) -> Iterator[PlacedMark]:
    """Yield the marks of glyphs in another colour."""
    for glyph in tinted:
        box = glyph.box
        yield PlacedMark(MarkKind.COLOUR, box.x0, box.x1, box.center[1])


def lift_emphasis(glyphs: Glyphs) -> tuple[Glyphs, Glyphs, list[PlacedMark]]:
    """Separate emphasis dots from the text that they emphasise.

    Returns:
        The glyphs of the text, the dots, and the marks of what stands below them.
    """
    small = [i for i in find_smaller(glyphs).tolist() if glyphs.texts[i] in _SIGNS]
    is_sign: Flags = np.zeros(len(glyphs), np.bool_)
    marks = []
    if small:
        limit = float(glyphs.size[small].max())
        bases = glyphs.take(glyphs.inked & (glyphs.size > limit))
        for place, sign in zip(small, glyphs.take(np.array(small)), strict=True):
            for base in bases.take(_find_emphasised(sign, bases)[:1]):
                is_sign[place] = True
                box = base.box
                marks.append(PlacedMark(MarkKind.EMPHASIS, box.x0, box.x1, box.center[1]))
    if not marks:
        return glyphs, glyphs.take(is_sign), []
    return glyphs.take(~is_sign), glyphs.take(is_sign), marks


def _find_emphasised(sign: Glyph, bases: Glyphs) -> Integers:
    """The places of the glyphs that a sign stands right above, its middle over them."""
    middle = sign.box.center[0]
    over = find_below(sign, bases) & (bases.x0 < middle) & (middle < bases.x1)
    return np.flatnonzero(over)

"""Find where a clip, the page's edge or a patch cuts texts off: their rest is drawn, but hidden."""

import numpy as np

from pipeline.extract.pdf.glyphs import Flags, Floats, Glyphs

# In em.
_GAP = 0.5  # judgement: the rest of a line follows without white space
_LEVEL = 0.3  # judgement: the middles of one line's glyphs differ in height by less
_NEXT_LINE = (0.8, 2.5)  # judgement: the pitch of the closest lines, and that beside a blank one
_SAME_TYPE = 0.1  # judgement: rounding changes a size by less

Point = tuple[float, float]
"""x and y in points, from the top left."""


def find_clipped_ends(
    glyphs: Glyphs, shown: Flags, within: Flags, patched: Flags
) -> tuple[Point, ...]:
    """Find the places behind which a line, or the text below it, goes on out of sight.

    Args:
        glyphs: The glyphs of the upright page, in drawing order.
        shown: Those that a reader sees.
        within: Those that no clip and no edge of the page takes away. An invisible memo below a
            text is none of its lines.
        patched: Those under a white area. It may hide the end of a line; what it hides below a
            line was to be hidden.

    Returns:
        The right end of the last glyph in sight, at half its height.
    """
    inked = np.flatnonzero(glyphs.inked)
    last, rest = inked[:-1], inked[1:]
    at = shown[last] & (~within | patched)[rest]
    if not at.any():  # as on nearly every page
        return ()
    last, rest = last[at], rest[at]
    size = glyphs.size[last]
    down: Floats = (glyphs.y[rest] - glyphs.y[last]) / size
    level = (np.abs(glyphs.x0[rest] - glyphs.x1[last]) < _GAP * size) & (np.abs(down) < _LEVEL)
    below = (down > _NEXT_LINE[0]) & (down < _NEXT_LINE[1]) & (glyphs.x0[rest] < glyphs.x1[last])
    below &= ~patched[rest] & (np.abs(glyphs.size[rest] - size) < _SAME_TYPE * size)
    cut = last[level | below]
    return tuple(zip(glyphs.x1[cut].tolist(), glyphs.y[cut].tolist(), strict=True))

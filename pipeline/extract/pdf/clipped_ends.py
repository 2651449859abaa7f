"""Find where a clip, the page's edge or a patch cuts texts off: a part is drawn, but hidden."""

import numpy as np

from pipeline.extract.pdf.glyphs import Flags, Floats, Glyphs, Integers

# In em.
_GAP = 0.5  # judgement: the rest of a line follows without white space
_LEVEL = 0.3  # judgement: the middles of one line's glyphs differ in height by less
_NEXT_LINE = (0.8, 2.5)  # judgement: the pitch of the closest lines, and that beside a blank one
_INDENT = 2.0  # judgement: a paragraph's first line is indented by one or two
_SAME_TYPE = 0.1  # judgement: rounding changes a size by less

Point = tuple[float, float]
"""x and y in points, from the top left."""


def find_clipped_ends(
    glyphs: Glyphs, shown: Flags, within: Flags, patched: Flags
) -> tuple[Point, ...]:
    """Find the places at which a line goes on, or its text begins, out of sight.

    Args:
        glyphs: The glyphs of the upright page, in drawing order.
        shown: Those that a reader sees.
        within: Those that no clip and no edge of the page takes away. An invisible memo below a
            text is none of its lines.
        patched: Those under a white area. It may hide the end of a line; what it hides below a
            line was to be hidden.

    Returns:
        The right end of the last glyph in sight, or the left end of the first, at half its height.
    """
    inked = np.flatnonzero(glyphs.inked)
    if (shown | within & ~patched)[inked].all():  # as on nearly every page
        return ()
    last, rest = inked[:-1], inked[1:]
    level, below = _find_next(glyphs, last, rest)
    ends = shown[last] & (~within | patched)[rest] & (level | below & ~patched[rest])
    begins = rest[_find_beginnings(glyphs, inked, shown, within, level | below)]
    return (
        *zip(glyphs.x1[last[ends]].tolist(), glyphs.y[last[ends]].tolist(), strict=True),
        *zip(glyphs.x0[begins].tolist(), glyphs.y[begins].tolist(), strict=True),
    )


def find_hanging_spaces(inked: Flags, shown: Flags, within: Flags) -> Flags:
    """Flag white space behind a line that hangs out of a clip: it has no ink to take away.

    Chromium clips a page to its margins, and lets the space of 別紙１　/様式集 hang out of them.
    """
    behind, last = np.zeros_like(inked), np.ones_like(inked)
    behind[1:] = (shown & inked)[:-1]
    last[:-1] = within[1:]
    flags: Flags = behind & last & ~inked & ~within
    return flags


def _find_next(glyphs: Glyphs, last: Integers, rest: Integers) -> tuple[Flags, Flags]:
    """Flag pairs of glyphs whose second goes on with the line of the first, or with its text."""
    size = glyphs.size[last]
    down: Floats = (glyphs.y[rest] - glyphs.y[last]) / size
    level = (np.abs(glyphs.x0[rest] - glyphs.x1[last]) < _GAP * size) & (np.abs(down) < _LEVEL)
    below = (down > _NEXT_LINE[0]) & (down < _NEXT_LINE[1]) & (glyphs.x0[rest] < glyphs.x1[last])
    return level, below & (np.abs(glyphs.size[rest] - size) < _SAME_TYPE * size)


def _find_beginnings(
    glyphs: Glyphs, inked: Integers, shown: Flags, within: Flags, follows: Flags
) -> list[int]:
    """Find pairs of glyphs whose second goes on, in sight, with a text that begins out of sight.

    What is out of sight before it may also be the rest of another text.

    Args:
        inked: The places of those with ink.
        shown: As `find_clipped_ends` has it.
        within: As `find_clipped_ends` has it.
        follows: Whether the second glyph of each pair goes on with the text of the first.
    """
    last, rest = inked[:-1], inked[1:]
    pairs = np.arange(len(last))
    last_shown = np.maximum.accumulate(np.where(shown[last], pairs, -1))
    last_break = np.maximum.accumulate(np.where(follows, -1, pairs))
    found = ~within[last] & shown[rest] & follows & (last_break >= last_shown)
    lefts = (
        (pair, glyphs.x0[inked[last_break[pair] + 1 : pair + 1]].min())
        for pair in np.flatnonzero(found).tolist()
    )
    indent = _INDENT * glyphs.size
    return [pair for pair, left in lefts if glyphs.x0[rest[pair]] > left - indent[rest[pair]]]

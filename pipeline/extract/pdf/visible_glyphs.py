"""Sort the glyphs that a page paints by what a reader sees of them."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from pipeline.extract.pdf.clipped_ends import find_hanging_spaces
from pipeline.extract.pdf.content import PaintedGlyphs, Painting
from pipeline.extract.pdf.covered_glyphs import find_covered, find_overlays
from pipeline.extract.pdf.duplicate_glyphs import find_duplicates, find_unused_hyphens
from pipeline.extract.pdf.glyph_colors import find_light_overlays, find_same_ink
from pipeline.extract.pdf.glyphs import Flags, Glyphs, Integers, find_empty
from pipeline.model import Box


class VisibleGlyphs(Struct, frozen=True):
    """The glyphs of a page, with a flag for each."""

    glyphs: Glyphs
    """All of them on the upright page, in drawing order."""
    inside: Flags
    """Those on the page."""
    ink: Flags
    """The visible ones that are not white space."""
    white: Flags
    """The white space of lines."""
    overlaid: Flags
    """Those of `ink` that belong to no line of the page: a watermark, comments in the margin."""
    patched: Flags
    """Those under a white area."""
    covered: int
    """How many a filled area hides, over them or in their colour."""

    def find_lines(self) -> Integers:
        """The places of those that lines are made of, without what is drawn a second time."""
        drawn = self.ink & ~self.overlaid
        doubled = np.zeros(len(self.glyphs), np.bool_)
        doubled[find_duplicates(self.glyphs, np.flatnonzero(drawn))] = True
        return np.flatnonzero(drawn & ~doubled)


def sort_glyphs(
    painting: Painting,
    painted: PaintedGlyphs,
    glyphs: Glyphs,
    page: Box,
    strokes: Sequence[Box],
    in_balloons: Flags,
) -> VisibleGlyphs:
    """Flag the glyphs of a page.

    Args:
        painted: The glyphs as they are painted.
        glyphs: The same glyphs on the upright page.
        page: The upright page.
        strokes: The visible strokes of the upright page.
        in_balloons: Flags of the glyphs of comments in the margin.
    """
    inked, inside = glyphs.inked, glyphs.inside(page)
    seen = painted.seen & inside & ~find_unused_hyphens(glyphs)
    covered, by_fill, patched = find_covered(painted, painting, seen & inked)
    uncovered = seen & ~covered
    unseen, blacked = find_same_ink(painted, painting, uncovered & inked)
    shown = uncovered & ~unseen
    ink = shown & inked
    blank = shown & ~inked | find_hanging_spaces(inked, shown, painted.within) & inside
    white = blank & ~in_balloons & ~find_empty(painted.texts, glyphs.codes)
    overlaid = find_overlays(glyphs, ink, painted.slanted) | (ink & in_balloons)
    overlaid[painting.stamped] |= ink[painting.stamped]
    overlaid |= find_light_overlays(glyphs, ink, painted.color, strokes)
    white[1:] &= ~overlaid[:-1]  # the space of 写　し is as high as its letters
    white[:-1] &= ~overlaid[1:]
    hidden = int(np.count_nonzero((by_fill | blacked) & seen & inked))
    return VisibleGlyphs(glyphs, inside, ink, white, overlaid, patched, hidden)

"""Which way the lines of a page run: where the next glyph stands tells it, not how a glyph is turned.

Glyphs of vertical type stand upright and follow each other downwards. Laid on its side by a word
processor, a page of vertical type has lines that run to the right and glyphs that lie on their
side. In both cases the matrix of the glyphs and the mode of their font name another direction.
"""

import numpy as np

from pipeline.extract.pdf.content import PaintedGlyphs
from pipeline.extract.pdf.glyphs import Flags, Floats, Integers

# em from the middle of one glyph to that of the next; judgement: a narrow letter advances by 0.25,
# a kanji by 1, and lines of one glyph each follow in steps of 1.3 at least.
_SHORTEST, _LONGEST = 0.2, 1.3
# em that the next glyph stands off the line; judgement: figures two abreast are off by 0.25.
_ASIDE = 0.3
# Share of the steps that go downwards in vertical type; judgement: below it, level type and labels
# with one character a line share the page.
_MOST_STEPS = 0.65
# Steps for each glyph below which the drawing order is no reading order; judgement: in order, type
# has nearly one, and a table of single figures a third.
_FEW_STEPS = 0.3
_BAND = 0.5  # em; judgement: glyphs of one line have their middles this close
_SMALLEST_SIZE = 1.0  # points; judgement: glyphs with a smaller size on paper still need a unit


def find_line_direction(painted: PaintedGlyphs, shown: Flags) -> tuple[int, bool]:
    """Find the direction in which most lines of a page run.

    Args:
        painted: The glyphs of the page.
        shown: Those that are visible, not white space and not aslant.

    Returns:
        Degrees clockwise from the right (0, 90, 180 or 270), and whether glyphs stand upright in
        these lines: the direction is not the one in which they are turned.
    """
    places = np.flatnonzero(shown)
    usual = int(np.bincount(painted.direction[places] // 90, minlength=4).argmax()) * 90
    places = places[painted.direction[places] == usual]
    along, across = _to_own_lines(painted, places, usual)
    size = np.maximum(painted.size[places], _SMALLEST_SIZE)
    ahead, aside = _count_steps(along, across, size)
    if ahead + aside < _FEW_STEPS * len(places):
        ahead, aside = _count_neighbours(along, across, size)
    if aside > _MOST_STEPS * (ahead + aside):
        return (usual + 90) % 360, True
    return usual, False


def _to_own_lines(painted: PaintedGlyphs, places: Integers, direction: int) -> tuple[Floats, Floats]:
    """The middles of glyphs along the direction in which they are turned, and down from it."""
    right = (painted.x0[places] + painted.x1[places]) / 2
    down = -(painted.y0[places] + painted.y1[places]) / 2  # y grows upwards
    return {0: (right, down), 90: (down, -right), 180: (-right, -down), 270: (-down, right)}[
        direction
    ]


def _count_steps(along: Floats, across: Floats, size: Floats) -> tuple[int, int]:
    """Count the steps from glyph to glyph that go ahead, and those that go down from the line."""
    unit = np.maximum(size[1:], size[:-1])
    ahead, aside = np.diff(along) / unit, np.diff(across) / unit
    return _count_level(ahead, aside), _count_level(aside, ahead)


def _count_level(steps: Floats, off: Floats) -> int:
    level = (steps >= _SHORTEST) & (steps <= _LONGEST) & (abs(off) <= _ASIDE)
    return int(np.count_nonzero(level))


def _count_neighbours(along: Floats, across: Floats, size: Floats) -> tuple[int, int]:
    """The same as `_count_steps` for glyphs in no order: the next one is the nearest in its line."""
    band = _BAND * float(np.median(size))
    rows = np.lexsort((along, np.round(across / band)))
    columns = np.lexsort((across, np.round(along / band)))
    ahead, _ = _count_steps(along[rows], across[rows], size[rows])
    _, aside = _count_steps(along[columns], across[columns], size[columns])
    return ahead, aside

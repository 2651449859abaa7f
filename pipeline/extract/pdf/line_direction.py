"""Which way the lines of a page run: where the next glyph stands tells it, not how one is turned.

Glyphs of vertical type stand upright and follow each other downwards. Laid on its side by a word
processor, a page of vertical type has lines that run to the right and glyphs that lie on their
side. In both cases the matrix of the glyphs and the mode of their font name another direction.
"""

import numpy as np

from pipeline.extract.pdf.content import PaintedGlyphs, Painting
from pipeline.extract.pdf.content.graphics_state import find_visible_rect
from pipeline.extract.pdf.glyphs import SMALLEST_SIZE, Flags, Floats, Integers, find_median

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
# Steps that are looked at on every page; judgement: enough to see a tenth of them, and they take
# as long as one.
_SAMPLE = 200
_FEW_DOWN = 0.02  # share of the steps; judgement: labels and one-letter cells beside level type
_LONG_LINE = 6  # steps; judgement: vertical lines of text have more, labels in narrow cells less
# Share of the distance across the lines; judgement: lines are set at least a tenth further apart
# than their glyphs.
_NEARER = 0.95
# Glyphs; judgement: a page with less holds the end of a text, and its page number weighs much.
_SHORT_PAGE = 40
_FIRST_KANA = "ぁ"  # standard: Unicode, the block Hiragana; kana and kanji follow it
_BAND = 0.5  # em; judgement: glyphs of one line have their middles this close


def find_line_direction(
    painting: Painting, painted: PaintedGlyphs, shown: Flags
) -> tuple[int, bool]:
    """Find the direction in which most lines of a page run.

    Where vertical and level type share the page, the type between the rulings decides: the text of
    tables matters more than what is around them.

    Args:
        shown: Those that are visible, not white space and not aslant.

    Returns:
        Degrees clockwise from the right (0, 90, 180 or 270), and whether glyphs stand upright in
        these lines: the direction is not the one in which they are turned.
    """
    places = np.flatnonzero(shown)
    usual = int(np.bincount(painted.direction[places] // 90, minlength=4).argmax()) * 90
    if not _may_stand_upright(painted, places, usual):  # as on nearly every page
        return usual, False
    places = places[painted.direction[places] == usual]
    ahead, down = _find_steps(painted, places, usual)
    upright = _stand_upright(ahead, down)
    if not upright and (_longest(down) >= _LONG_LINE or len(down) < _SHORT_PAGE):
        ruled = places[_are_between_rulings(painted, places, painting)]
        upright = _stand_upright(*_find_steps(painted, ruled, usual))
    return ((usual + 90) % 360, True) if upright else (usual, False)


def _may_stand_upright(painted: PaintedGlyphs, places: Integers, direction: int) -> bool:
    """Whether a sample of the steps has more than a few that go down, or few steps at all."""
    every = len(places) // _SAMPLE + 1
    pairs = np.array((places[:-1:every], places[1::every])).T.ravel()
    along, across = _to_own_lines(painted, pairs, direction)
    size = np.maximum(painted.size[pairs], SMALLEST_SIZE)
    ahead, down = (int(np.count_nonzero(s[::2])) for s in _list_steps(along, across, size))
    return 2 * down > _FEW_DOWN * len(pairs) or 2 * (ahead + down) < _FEW_STEPS * len(pairs)


def _find_steps(painted: PaintedGlyphs, places: Integers, direction: int) -> tuple[Flags, Flags]:
    """Flag the steps from glyph to glyph that go ahead, and those that go down from the line."""
    along, across = _to_own_lines(painted, places, direction)
    size = np.maximum(painted.size[places], SMALLEST_SIZE)
    ahead, down = _list_steps(along, across, size)
    if np.count_nonzero(ahead | down) >= _FEW_STEPS * len(places):
        return ahead, down
    return _list_neighbours(along, across, size, _are_letters(painted, places))


def _to_own_lines(
    painted: PaintedGlyphs, places: Integers, direction: int
) -> tuple[Floats, Floats]:
    """The middles of glyphs along the direction in which they are turned, and down from it."""
    right = (painted.x0[places] + painted.x1[places]) / 2
    down = -(painted.y0[places] + painted.y1[places]) / 2  # y grows upwards
    return {0: (right, down), 90: (down, -right), 180: (-right, -down), 270: (-down, right)}[
        direction
    ]


def _list_steps(along: Floats, across: Floats, size: Floats) -> tuple[Flags, Flags]:
    """Flag the steps between glyphs in this order, by where the next one stands."""
    unit = np.maximum(size[1:], size[:-1])
    ahead, down = np.diff(along) / unit, np.diff(across) / unit
    return _are_steps(ahead, down), _are_steps(down, ahead)


def _are_steps(steps: Floats, off: Floats) -> Flags:
    found: Flags = (steps >= _SHORTEST) & (steps <= _LONGEST) & (abs(off) <= _ASIDE)
    return found


def _are_letters(painted: PaintedGlyphs, places: Integers) -> Flags:
    """Flag kana and kanji: figures and marks (○) in table cells stand below each other too."""
    texts = [painted.texts[place] for place in places.tolist()]
    return np.array([text >= _FIRST_KANA and text.isalpha() for text in texts], np.bool_)


def _list_neighbours(
    along: Floats, across: Floats, size: Floats, letters: Flags
) -> tuple[Flags, Flags]:
    """Flag the letters whose nearest neighbour stands ahead, and those where it stands below.

    This is for glyphs in no order.
    """
    unit = find_median(size) if len(size) else SMALLEST_SIZE
    ahead = _measure_next(along / unit, across / unit)
    down = _measure_next(across / unit, along / unit)
    is_ahead = ahead < _NEARER * np.minimum(down, _LONGEST)
    is_down = down < _NEARER * np.minimum(ahead, _LONGEST)
    return letters & is_ahead, letters & is_down


def _measure_next(along: Floats, across: Floats) -> Floats:
    """The distance from each glyph to the next one in its line; infinite: there is none."""
    band = np.round(across / _BAND)
    order = np.lexsort((along, band))
    is_same_line = np.diff(band[order]) == 0
    distance = np.full(len(along), np.inf)
    distance[order[:-1]] = np.where(is_same_line, np.diff(along[order]), np.inf)
    return distance


def _stand_upright(ahead: Flags, down: Flags) -> bool:
    """Whether the steps are those of vertical type."""
    level, upright = np.count_nonzero(ahead), np.count_nonzero(down)
    return bool(upright > _MOST_STEPS * (level + upright))


def _longest(steps: Flags) -> int:
    """The length of the longest run of flags."""
    ends = np.flatnonzero(np.diff(steps.astype(np.int8), prepend=0, append=0))
    return int((ends[1::2] - ends[::2]).max(initial=0))


def _are_between_rulings(painted: PaintedGlyphs, places: Integers, painting: Painting) -> Flags:
    """Flag the glyphs inside the box around all lines and rectangles of a page."""
    boxes = [find_visible_rect(s) for s in painting.shapes if s.kind in ("line", "rect")]
    if not boxes:
        return np.zeros(len(places), np.bool_)
    x0, y0, x1, y1 = np.array(boxes, np.float64).T
    x = (painted.x0[places] + painted.x1[places]) / 2
    y = (painted.y0[places] + painted.y1[places]) / 2
    inside: Flags = (x0.min() <= x) & (x <= x1.max()) & (y0.min() <= y) & (y <= y1.max())
    return inside

"""Pictures that are characters of a line of type, and pictures pasted into a cell of a table.

What no font of the office has (外字) may be a picture. Left out, it leaves a gap that reads like
white space.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import inf

from pipeline.extract.pdf.glyphs import Glyphs, find_median
from pipeline.extract.pdf.outline_glyphs import join_outlines
from pipeline.model import UNMAPPED, Box, Glyph, group_neighbours

# Sides of the picture of a character, in em; judgement: its ink alone is smaller, its line higher.
_LEAST, _MOST = 0.6, 1.5
# Em between the picture and the character beside it; judgement: a bullet, or the icon of a link,
# stands farther off, or has text on one side only.
_NEAR = 0.3
_ALIKE = 0.1  # em between two widths; judgement: characters of one type differ by rounding
_LEVEL = 0.5  # em between the middles of the two; judgement: half a line
_THIN = 2.0  # points; judgement: pens and bars of table borders are up to 1.5 thick
_OVERLAP = 3.0  # points; judgement: a picture that fills its cell lies over half of the border
_COLUMN = 6.0  # points; judgement: no column of a table is as narrow as the sides of two cells
_LEAST_SIDE = 24.0  # points; judgement: two lines of type; smaller is a tick, a seal or an icon
_LEAST_STRIP = 12.0  # points; judgement: one line of type


def add_picture_glyphs(glyphs: Glyphs, pictures: Sequence[Box], curves: Sequence[Box]) -> Glyphs:
    """Add a glyph without Unicode value for each picture between two characters of a line.

    Where a page has such pictures, others of their size that follow or precede a character are
    characters too: at the start or the end of a line. So are outlines of any size.

    Args:
        glyphs: The visible glyphs of the upright page.
        curves: What it shows of its filled curves, in drawing order.
    """
    if not pictures and not curves:
        return glyphs
    inked = glyphs.take(glyphs.inked & (glyphs.direction == 0))
    if not len(inked):
        return glyphs
    em = find_median(inked.size)
    drawn = [picture for picture in pictures if _is_as_large(picture, em)]
    added = [
        *_find_characters(drawn, inked, em, _ALIKE),
        *_find_characters(join_outlines(curves, em), inked, em, _MOST),
    ]
    return glyphs.followed_by(Glyphs.of(added)) if added else glyphs


def _find_characters(
    pictures: Sequence[Box], inked: Glyphs, em: float, alike: float
) -> Iterator[Glyph]:
    """Find the pictures that are characters; `alike`: the most that widths of two differ, in em."""
    near = [
        (run, sides)
        for run in _join_runs(pictures, em)
        if any(sides := _find_sides(Box.around(run), inked, em))
    ]
    proven = [picture.width for run, sides in near if all(sides) for picture in run]
    for run, _ in near:
        for picture in run:
            if any(abs(picture.width - width) < alike * em for width in proven):
                yield Glyph(UNMAPPED, picture, picture.height)


def _join_runs(pictures: Sequence[Box], em: float) -> list[list[Box]]:
    """Join the pictures that follow each other on one line."""

    def joins(run: list[Box], picture: Box) -> bool:
        level = abs(run[-1].center[1] - picture.center[1]) < _LEVEL * em
        return level and abs(picture.x0 - run[-1].x1) < _NEAR * em

    return group_neighbours(pictures, joins)


def _is_as_large(picture: Box, em: float) -> bool:
    return all(_LEAST * em <= side <= _MOST * em for side in (picture.width, picture.height))


def _find_sides(picture: Box, inked: Glyphs, em: float) -> tuple[bool, bool]:
    """Whether a character stands before the picture, and one behind it; none if one is on it."""
    if inked.inside(picture).any():
        return False, False
    level = abs(inked.y - picture.center[1]) < _LEVEL * em
    before, behind = picture.x0 - inked.x1, inked.x0 - picture.x1
    left, right = (level & (abs(gap) < _NEAR * em) for gap in (before, behind))
    return bool(left.any()), bool(right.any())


def find_pasted(pictures: Iterable[Box], strokes: Iterable[Box]) -> tuple[Box, ...]:
    """Find the pictures that stand in one cell of several side by side.

    Somebody pasted a diagram or a cut-out of another document into the cell. What it shows was not
    typed there, so it is no text of a record; read as one, it would fill the cell with the words of
    a form, in any order.

    Args:
        strokes: The strokes and bars of the page; areas among them are not looked at.
    """
    pictures = [
        picture
        for picture in pictures
        if picture.width > _LEAST_SIDE and picture.height > _LEAST_STRIP
    ]
    if not pictures:
        return ()
    strokes = list(strokes)
    level = [s for s in strokes if s.height <= _THIN < s.width]
    upright = [s for s in strokes if s.width <= _THIN < s.height]
    return tuple(picture for picture in pictures if _is_in_cell(picture, level, upright))


def _is_in_cell(picture: Box, level: Sequence[Box], upright: Sequence[Box]) -> bool:
    """Whether rulings as long as the picture stand on its four sides, and one beyond them."""
    beside = [
        s.center[0]
        for s in upright
        if s.top <= picture.top + _OVERLAP and s.bottom >= picture.bottom - _OVERLAP
    ]
    over = [
        s.center[1]
        for s in level
        if s.x0 <= picture.x0 + _OVERLAP and s.x1 >= picture.x1 - _OVERLAP
    ]
    left = max((x for x in beside if x <= picture.x0 + _OVERLAP), default=None)
    right = min((x for x in beside if x >= picture.x1 - _OVERLAP), default=None)
    if left is None or right is None:
        return False
    above = max((y for y in over if y <= picture.top + _OVERLAP), default=inf)
    below = min((y for y in over if y >= picture.bottom - _OVERLAP), default=-inf)
    # A word of a header may be a picture, too: it fills its cell.
    fits = below - above >= (0.0 if picture.height > _LEAST_SIDE else 2 * picture.height)
    columns_beside = any(x < left - _COLUMN or x > right + _COLUMN for x in beside)
    return fits and columns_beside

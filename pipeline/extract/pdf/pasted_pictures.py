"""Pictures that stand in a cell of a table that the page draws itself.

Somebody pasted a diagram or a cut-out of another document into the cell. What it shows was not
typed there, so it is no text of a record; read as one, it would fill the cell with the words of a
form, in any order.
"""

from collections.abc import Iterable, Sequence

from pipeline.model import Box

_THIN = 2.0  # points; judgement: pens and bars of table borders are up to 1.5 thick
_OVERLAP = 3.0  # points; judgement: a picture that fills its cell lies over half of the border
_COLUMN = 6.0  # points; judgement: no column of a table is as narrow as the sides of two cells
_LEAST = 24.0  # points; judgement: two lines of type; smaller is a tick, a seal or an icon
_LEAST_STRIP = 12.0  # points; judgement: one line of type


def find_pasted(pictures: Iterable[Box], strokes: Iterable[Box]) -> tuple[Box, ...]:
    """Find the pictures that stand in one cell of several side by side.

    Args:
        strokes: The strokes and bars of the page; areas among them are not looked at.
    """
    pictures = [
        picture for picture in pictures if picture.width > _LEAST and picture.height > _LEAST_STRIP
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
    above = any(y <= picture.top + _OVERLAP for y in over)
    below = any(y >= picture.bottom - _OVERLAP for y in over)
    columns_beside = any(x < left - _COLUMN or x > right + _COLUMN for x in beside)
    return above and below and columns_beside

"""What a program drew without a font: characters as filled curves, and ticks as slanting lines."""

from collections.abc import Callable, Iterable

from pipeline.extract.pdf.content import PaintedShape, Rect
from pipeline.extract.pdf.content.graphics_state import find_visible_rect
from pipeline.model import Box

# In em.
_LEAST, _MOST = 0.5, 1.5  # judgement: a bullet is lower, a tick or an accented letter no higher
_PARTS = 0.12  # judgement: 言 and 十 of 計 stand closer, two digits farther apart
# Points; judgement: table pens are up to 1.5 wide, a dot is as long as wide, letters are larger.
_DOT = 2.5

_Place = Callable[[Rect], Box]
"""Converts a rectangle of the painting to the upright page."""


def list_outlines(shapes: Iterable[PaintedShape], place: _Place) -> list[Box]:
    """What the page shows of its filled curves that are larger than the dots of a border."""
    curves = (s for s in shapes if s.kind == "curve" and s.fill is not None)
    boxes = (place(find_visible_rect(curve)) for curve in curves)
    return [box for box in boxes if max(box.width, box.height) > _DOT]


def list_drawn(shapes: Iterable[PaintedShape], place: _Place) -> list[Box]:
    """What it shows of all its curves and slanting lines that are so large and not white."""
    drawn = (s for s in shapes if (s.kind == "curve" or _slants(s)) and (s.fill or s.stroke))
    boxes = ((s.kind, place(find_visible_rect(s))) for s in drawn)
    return [
        box
        for kind, box in boxes
        if (max if kind == "curve" else min)(box.width, box.height) > _DOT
    ]


def _slants(shape: PaintedShape) -> bool:
    if shape.kind != "line":
        return False
    (a, b), (c, d) = shape.points
    return a != c and b != d  # as no ruling does


def join_outlines(curves: Iterable[Box], em: float) -> list[Box]:
    """Join the curves of one character, which follow each other in drawing order.

    Args:
        curves: What the page shows of them, in that order.
        em: Font size of the page's type, in points.

    Returns:
        Those as high as a character.
    """
    joined: list[Box] = []
    for curve in curves:
        if max(curve.width, curve.height) > _MOST * em or min(curve.width, curve.height) < 0:
            continue  # a figure, or clipped away
        both = Box.around((joined[-1], curve)) if joined else curve
        if joined and _are_close(joined[-1], curve, em) and both.width < _MOST * em:
            joined[-1] = both
        else:
            joined.append(curve)
    return [box for box in joined if _LEAST * em <= box.height <= _MOST * em]


def _are_close(one: Box, other: Box, em: float) -> bool:
    aside = max(one.x0, other.x0) - min(one.x1, other.x1)
    return aside < _PARTS * em and Box.around((one, other)).height < _MOST * em

"""Filled curves in a line of type: characters that a program drew without a font."""

from collections.abc import Iterable

from pipeline.model import Box

# In em.
_LEAST, _MOST = 0.5, 1.3  # judgement: a bullet is lower, a character with its accent is no higher
_PARTS = 0.12  # judgement: 言 and 十 of 計 stand closer, two digits farther apart


def join_outlines(curves: Iterable[Box], em: float) -> list[Box]:
    """Join the filled curves of one character, which follow each other in drawing order.

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

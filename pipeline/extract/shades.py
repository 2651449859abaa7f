"""Stripes and coloured headers: areas whose edges part rows as rulings do."""

from collections.abc import Iterator, Sequence

from pipeline.extract.drawing import Shade
from pipeline.extract.rulings import Segment

_WIDE = 12.0  # em; what is narrower marks words or one cell
_HIGH = 0.9  # em; a row of text is at least one high
_TOUCH = 0.3  # em between the shades of two cells side by side


def shade_edges(shades: Sequence[Shade], size: float) -> Iterator[Segment]:
    """The upper and lower edges of shades that run through whole rows.

    Args:
        shades: As drawn; the cells of one row may be shaded one by one.
        size: The font size of the page's smaller text, in points.
    """
    for top, bottom, x0, x1 in _rows(shades, size):
        if x1 - x0 > _WIDE * size:
            yield Segment(top, x0, x1)
            yield Segment(bottom, x0, x1)


def _rows(shades: Sequence[Shade], size: float) -> Iterator[tuple[float, float, float, float]]:
    """Top, bottom, left and right of shades, those side by side at one height as one."""
    boxes = [s.box for s in shades if s.box.height > _HIGH * size and s.box.width > _TOUCH * size]
    row: tuple[float, float, float, float] | None = None
    for box in sorted(boxes, key=lambda b: (round(b.top), round(b.bottom), b.x0)):
        same = (
            row is not None
            and abs(row[0] - box.top) < _TOUCH * size
            and abs(row[1] - box.bottom) < _TOUCH * size
            and box.x0 - row[3] < _TOUCH * size
        )
        if row is not None and same:
            row = (row[0], row[1], row[2], max(row[3], box.x1))
            continue
        if row is not None:
            yield row
        row = (box.top, box.bottom, box.x0, box.x1)
    if row is not None:
        yield row

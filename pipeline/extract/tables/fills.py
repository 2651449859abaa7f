"""Find stripes and coloured headers: their edges separate rows as rulings do."""

from collections.abc import Iterator, Sequence

from pipeline.extract.pdf.page_content import Shade
from pipeline.extract.tables.rulings import Segment

_MIN_WIDTH = 12.0  # em; judgement: a narrower shade marks words or one cell
_MIN_HEIGHT = 0.9  # em; judgement: a row of text is at least one em high
_MIN_FILLED = 0.9  # share of an area; judgement: rulings between its shades take the rest
_MAX_GAP = 0.3  # em; judgement: between the shades of two cells side by side is a ruling at most


def find_shade_edges(shades: Sequence[Shade], size: float) -> Iterator[Segment]:
    """Find the upper and lower edges of shades that run through whole rows.

    Args:
        shades: As drawn; the cells of one row may have a shade each.
        size: The font size of the page's smaller text, in points.
    """
    for top, bottom, x0, x1 in (*_find_rows(shades, size), *_find_areas(shades, size)):
        if x1 - x0 > _MIN_WIDTH * size:
            yield Segment(top, x0, x1)
            yield Segment(bottom, x0, x1)


def _find_areas(
    shades: Sequence[Shade], size: float
) -> Iterator[tuple[float, float, float, float]]:
    """Yield top, bottom, left and right of areas that shades of one colour fill together.

    In a header of several rows the cells differ in height: no row of them is as wide as the table.
    """
    for area in group_shades(shades, size):
        top, bottom = min(s.box.top for s in area), max(s.box.bottom for s in area)
        x0, x1 = min(s.box.x0 for s in area), max(s.box.x1 for s in area)
        filled = sum(s.box.width * s.box.height for s in area)
        if len(area) > 1 and filled > _MIN_FILLED * (x1 - x0) * (bottom - top):
            yield top, bottom, x0, x1


def group_shades(shades: Sequence[Shade], size: float) -> list[list[Shade]]:
    """Group the shades of one colour that touch each other; those of words are left out.

    Args:
        shades: As drawn.
        size: The font size of the page's smaller text, in points.
    """
    areas: list[list[Shade]] = []
    for shade in sorted(shades, key=lambda s: (s.box.top, s.box.x0)):
        if min(shade.box.height, shade.box.width) <= _MIN_HEIGHT * size:
            continue
        near = [area for area in areas if any(_touch(shade, other, size) for other in area)]
        areas = [area for area in areas if area not in near]
        areas.append([shade, *(other for area in near for other in area)])
    return areas


def _touch(one: Shade, other: Shade, size: float) -> bool:
    a, b, reach = one.box, other.box, _MAX_GAP * size
    beside = a.x0 - reach < b.x1 and b.x0 - reach < a.x1
    return one.color == other.color and beside and a.top - reach < b.bottom + reach


def _find_rows(shades: Sequence[Shade], size: float) -> Iterator[tuple[float, float, float, float]]:
    """Yield top, bottom, left and right of shades; those side by side at one height are merged."""
    boxes = [
        s.box for s in shades if s.box.height > _MIN_HEIGHT * size and s.box.width > _MAX_GAP * size
    ]
    row: tuple[float, float, float, float] | None = None
    for box in sorted(boxes, key=lambda b: (round(b.top), round(b.bottom), b.x0)):
        same = (
            row is not None
            and abs(row[0] - box.top) < _MAX_GAP * size
            and abs(row[1] - box.bottom) < _MAX_GAP * size
            and box.x0 - row[3] < _MAX_GAP * size
        )
        if row is not None and same:
            row = (row[0], row[1], row[2], max(row[3], box.x1))
            continue
        if row is not None:
            yield row
        row = (box.top, box.bottom, box.x0, box.x1)
    if row is not None:
        yield row

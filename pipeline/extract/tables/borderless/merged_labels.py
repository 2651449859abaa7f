"""Part the merged cells of labels before rows that only stripes part.

Stripes end no merged cell: the ground of two groups below each other may be the same.
"""

from collections.abc import Iterator, Sequence

from pipeline.extract.tables.borderless.headings_between import fills_row_alone
from pipeline.extract.tables.borderless.regions import Region
from pipeline.extract.tables.borderless.unruled_headers import HEADER_HEIGHT
from pipeline.extract.tables.borderless.words import Word
from pipeline.extract.tables.rulings import Segment
from pipeline.model import group_neighbours
from pipeline.vocabulary.header_roles import HeaderRoles


def span_levels(
    region: Region,
    heights: Sequence[float],
    drawn: Sequence[Segment],
    size: float,
    roles: HeaderRoles,
) -> list[Segment]:
    """Let levels span a table: all its columns, or those behind the labels that all stripes spare.

    Args:
        heights: The y of its levels, in points.
        drawn: The rulings and the edges of stripes of its page.
    """
    left, *inner, right = region.edges
    whole = [Segment(y, left, right) for y in heights]
    own = [s.start for s in drawn if any(abs(s.position - y) < size / 2 for y in region.levels)]
    edge = next((x for x in inner[:-1] if own and abs(min(own) - x) <= size), None)
    if edge is None:
        return whole
    top = region.body[0].middle
    upper = [level for level in whole if level.position < top]
    rows = [Segment(level.position, edge, right) for level in whole if level.position > top]
    ends = [*find_label_levels(region, rows, upper, size, roles)]
    count = len(_read_labels(region, edge, heights, size))
    return [*upper, *rows, *ends] if 1 < count < len(rows) and count - 1 <= len(ends) else whole


def find_label_levels(
    region: Region,
    partial: Sequence[Segment],
    whole: Sequence[Segment],
    size: float,
    roles: HeaderRoles,
) -> Iterator[Segment]:
    """Find the levels at which the cell of a label ends in a column before the stripes.

    Args:
        partial: The levels from one column edge to another.
        whole: Those over all columns.
    """
    left, first = region.edges[0], region.body[0] if region.body else None
    stripes = [level for level in partial if level.start > left + size / 2]
    if first is None or not stripes:
        return
    start = min(level.start for level in stripes)
    if any(level.end < start + size / 2 for level in partial):
        return  # rulings part the columns before them, too: they show where each cell ends
    labels = _read_labels(region, start, [level.position for level in whole], size)
    words = [word for label in labels for word in label]
    top = max((level.position for level in whole if level.position < first.middle), default=None)
    if len(labels) < 2 or top is None or any(roles.is_prose(word.text) for word in words):
        return
    heights = sorted({level.position for level in (*stripes, *whole) if level.position > top})
    if not heights:  # they part header words
        return
    ends = (
        _end_above(labels, heights, region)
        if labels[0][0] in first.words
        else _end_around(labels, heights, top, size)
    )
    yield from (Segment(y, left, start) for y in ends)


def _read_labels(
    region: Region, edge: float, heights: Sequence[float], size: float
) -> list[list[Word]]:
    """Group the words before an edge, those of each label: lines right below each other.

    A line alone between two levels over all columns, at these heights, heads the rows below it.
    """
    body = region.body
    beside = [body[max(0, place - 1) : place + 2] for place in range(len(body))]
    lines = [
        line
        for line, nearest in zip(body, beside, strict=True)
        if not fills_row_alone(line, nearest, heights, size)
    ]
    labels = group_neighbours(
        (word for line in lines for word in line.words if word.box.center[0] < edge),
        lambda label, word: word.box.top - label[-1].box.bottom < HEADER_HEIGHT * size,
    )
    numbers = all(word.text.isdigit() for label in labels for word in label)
    return [] if numbers else labels


def _end_above(
    labels: Sequence[Sequence[Word]], heights: Sequence[float], region: Region
) -> Iterator[float]:
    """Yield the levels above labels that begin with the first line of a row, as the first does."""
    for label in labels[1:]:
        above = max((y for y in heights if y < label[0].box.center[1]), default=0.0)
        row = next((line for line in region.body if line.middle > above), None)
        if row is not None and label[0] in row.words:
            yield above


def _end_around(
    labels: Sequence[Sequence[Word]], heights: Sequence[float], top: float, size: float
) -> Iterator[float]:
    """Yield the levels that are as far below the middle of a label as its cell begins above it."""
    for label in labels:
        bottom = label[0].box.top + label[-1].box.bottom - top
        top = min(heights, key=lambda y: abs(y - bottom))
        if abs(top - bottom) > size / 2:
            return
        yield top

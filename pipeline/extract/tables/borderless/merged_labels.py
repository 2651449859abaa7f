"""Part the merged cells of labels before rows that only stripes part.

Stripes end no merged cell: the ground of two groups below each other may be the same.
"""

from collections.abc import Iterator, Sequence

from pipeline.extract.tables.borderless.regions import Region
from pipeline.extract.tables.borderless.unruled_headers import HEADER_HEIGHT
from pipeline.extract.tables.borderless.words import Word
from pipeline.extract.tables.rulings import Segment
from pipeline.vocabulary.header_roles import HeaderRoles


def find_label_levels(
    region: Region,
    partial: Sequence[Segment],
    whole: Sequence[Segment],
    size: float,
    roles: HeaderRoles,
) -> Iterator[Segment]:
    """Find the levels at which the cell of a label ends in a column before the stripes.

    Args:
        region: The table.
        partial: The levels from one column edge to another.
        whole: Those over all columns.
        size: The font size, in points.
        roles: What headers mean.
    """
    left, first = region.edges[0], region.body[0] if region.body else None
    stripes = [level for level in partial if level.start > left + size / 2]
    if first is None or not stripes:
        return
    start = min(level.start for level in stripes)
    words = [w for line in region.body for w in line.words if w.box.center[0] < start]
    labels = _group_lines(words, size)
    top = max((level.position for level in whole if level.position < first.middle), default=None)
    if len(labels) < 2 or top is None or any(roles.is_prose(word.text) for word in words):
        return
    heights = sorted({level.position for level in (*stripes, *whole) if level.position > top})
    ends = (
        _end_above(labels, heights, region)
        if labels[0][0] in first.words
        else _end_around(labels, heights, top, size)
    )
    yield from (Segment(y, left, start) for y in ends)


def _group_lines(words: Sequence[Word], size: float) -> list[list[Word]]:
    """Group the lines of each label."""
    labels: list[list[Word]] = []
    for word in words:
        if labels and word.box.top - labels[-1][-1].box.bottom < HEADER_HEIGHT * size:
            labels[-1].append(word)
        else:
            labels.append([word])
    return labels


def _end_above(
    labels: Sequence[Sequence[Word]], heights: Sequence[float], region: Region
) -> Iterator[float]:
    """Yield the levels above labels that begin with the first line of a row, as the first does."""
    for label in labels[1:]:
        above = max((y for y in heights if y < label[0].box.center[1]), default=0.0)
        row = next(line for line in region.body if line.middle > above)
        if label[0] in row.words:
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

"""Cut rows that no ruling separates where texts begin at their top and numbers stand half way."""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.model import Line, TableRow
from pipeline.segment.rows.centred_rows import LEAST_TALL, LEVEL, OVERLAP, count_tall, find_middles
from pipeline.segment.rows.vertical_gaps import find_gaps

_LEAST_FITS = 2  # rows; judgement: one number may stand half way by chance


def find_top_cuts(
    row: TableRow, number: int, lines: Sequence[Line], texts: Sequence[int], known: bool
) -> list[float] | None:
    """Find the cuts right above first lines, half way between which each number stands.

    Args:
        row: Everything between two rulings.
        number: The column that numbers the records.
        lines: The lines that number them.
        texts: The columns of running text.
        known: The numbers of other rows of the table stand below first lines.

    Returns:
        The y of each cut, from top to bottom in points; None where the texts do not begin at the
        same heights, or where numbers at their first lines explain the page as well.
    """
    columns = [own for index in texts if index != number and (own := row.fields[index].lines)]
    if not columns:
        return None
    middles, size = find_middles(row.fields[number].lines, lines), lines[0].size
    every, box = [line for own in columns for line in own], row.fields[number].parts[0].box
    first, near = min(line.top for line in every), LEVEL * size
    tops = [gap.bottom for gap in find_gaps(every, overlap=OVERLAP)]
    # The white between the first two texts tells the room above each more exactly than the ruling.
    rooms = [(first + y) / 2 - middles[0] for y in tops if middles[0] < y < middles[-1]]
    for room in rooms or [first - box.top]:
        found = _follow(first, room, middles, tops, near)
        if found is None or abs(first - box.top - room) > near:
            continue
        ends = abs((found[-1] - room + box.bottom) / 2 - middles[-1]) < near
        enough = len(middles) - 1 + ends >= min(len(middles), _LEAST_FITS)
        least = 0 if known else LEAST_TALL
        if enough and _fits(found, middles, columns, size, least):
            return [y - max(room, 0.0) for y in found[1:]]
    return None


def _follow(
    first: float, room: float, middles: Sequence[float], tops: Sequence[float], near: float
) -> list[float] | None:
    """Find the top of each text from that of the one above; None where no line begins there."""
    found = [first]
    for y in middles[:-1]:
        below = 2 * (y + room) - found[-1]
        top = min(tops, key=lambda own: abs(own - below), default=first)
        if top <= found[-1] or abs(top - below) > near:
            return None
        found.append(top)
    return found


def _fits(
    tops: Sequence[float],
    middles: Sequence[float],
    columns: Sequence[Sequence[Line]],
    size: float,
    least: int,
) -> bool:
    """Whether each text of a record begins at its top, and enough numbers stand below those."""
    near, tall = LEVEL * size, 0
    for y, (top, end) in zip(middles, pairwise([*tops, float("inf")]), strict=True):
        texts = [[line for line in own if top - near < line.top < end - near] for own in columns]
        texts = [own for own in texts if own]
        if any(abs(own[0].top - top) > near for own in texts):
            return False
        tall += count_tall(texts, y, near)
    return tall >= least


def stands_below(row: TableRow, number: int, texts: Sequence[int]) -> bool:
    """Whether the number of a record stands below the first line of each of its texts."""
    own = row.fields[number].lines[:1]
    first = [line for text in texts for line in row.fields[text].lines[:1]]
    pairs = [(a, b) for a in own for b in first]
    return bool(pairs) and all(a.page == b.page and a.top > b.bottom for a, b in pairs)

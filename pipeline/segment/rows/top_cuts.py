"""Cut rows that no ruling separates where texts begin at their top and numbers stand half way."""

import math
from collections.abc import Sequence
from itertools import pairwise

from pipeline.model import Line, TableRow
from pipeline.segment.rows.centred_rows import LEVEL, NARROWER, OVERLAP, find_middles
from pipeline.segment.rows.vertical_gaps import Gap, find_gaps

_LEAST = 2  # numbers; judgement: one may stand half way, or beside no line, by chance


def find_top_cuts(
    row: TableRow,
    number: int,
    lines: Sequence[Line],
    texts: Sequence[int],
    shown: Sequence[TableRow],
) -> list[float] | None:
    """Find the cuts right above first lines, half way between which each number stands.

    Args:
        row: Everything between two rulings.
        number: The column that numbers the records.
        lines: The lines that number them.
        texts: The columns of running text.
        shown: Rows whose numbers may stand below first lines: then those of the table do.

    Returns:
        The y of each cut, from top to bottom in points; None where the texts do not begin at the
        same heights, or where numbers at their first lines explain the page as well.
    """
    columns = [own for index in texts if index != number and (own := row.fields[index].lines)]
    every, box = [line for own in columns for line in own], row.fields[number].parts[0].box
    middles, near = find_middles(row.fields[number].lines, lines), LEVEL * lines[0].size
    if not every:
        return None
    beside_none = sum(all(abs(line.middle - y) > near for line in every) for y in middles)
    least = min(len(middles), _LEAST)
    first, gaps = min(line.top for line in every), find_gaps(every, overlap=OVERLAP)
    tops = [gap.bottom for gap in gaps]
    # The white between the first two texts tells the room above each more exactly than the ruling.
    rooms = [(first + y) / 2 - middles[0] for y in tops if middles[0] < y < middles[-1]]
    for room in rooms or [first - box.top]:
        found = _follow(first, room, middles, tops, near)
        if found is None or abs(first - box.top - room) > near:
            continue
        ends = abs((found[-1] - room + box.bottom) / 2 - middles[-1]) < near
        if len(middles) - 1 + ends < least or not _begin_at(found, columns, near):
            continue
        proven = beside_none >= least or _are_widest(found[1:], gaps)
        if proven or any(stands_below(own, number, texts) for own in shown):
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


def _begin_at(tops: Sequence[float], columns: Sequence[Sequence[Line]], near: float) -> bool:
    """Whether each text between two tops begins at the upper one."""
    for top, end in pairwise([*tops, math.inf]):
        texts = ([line for line in own if top - near < line.top < end - near] for own in columns)
        if any(own and abs(own[0].top - top) > near for own in texts):
            return False
    return True


def _are_widest(tops: Sequence[float], gaps: Sequence[Gap]) -> bool:
    """Whether the gaps above some texts, and no others, are wider than those between lines."""
    kept = [gap.height for gap in gaps if gap.bottom in tops]
    most = max(
        (gap.height + NARROWER * gap.size for gap in gaps if gap.bottom not in tops), default=0
    )
    return bool(kept) and min(kept) > most


def stands_below(row: TableRow, number: int, texts: Sequence[int]) -> bool:
    """Whether the first number of a row stands below the first line of its texts."""
    own = row.fields[number].lines[:1]
    first = [line for text in texts if text != number for line in row.fields[text].lines[:1]]
    return any(a.page == b.page and a.middle > b.bottom for a in own for b in first)

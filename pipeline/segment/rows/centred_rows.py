"""Cut rows that no ruling separates where each number stands half way down its record.

There the texts have their middle too, or all of them begin at the top of the record.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from pipeline.model import Line, TableRow
from pipeline.segment.rows.vertical_gaps import CENTRED, OVERLAP, Gap, find_gaps

_NARROWER = 0.1  # em; judgement: gaps that a program sets alike differ by less
_LEAST_TALL = 2  # records; judgement: one may have its number in the middle by chance
_LEAST = 2  # numbers; judgement: one may stand half way, or beside no line, by chance


class _Path(Struct, frozen=True):
    """The gaps above and below the records down to some height."""

    gaps: tuple[Gap, ...]
    error: float
    """How far the texts' middles are from their numbers, in points."""
    tall: int = 0
    """Records whose number does not stand at the first lines of all their texts; one between the
    lines of a text, level with none, counts for as many as are needed."""


_TOP, _FOOT = Gap(-math.inf, -math.inf), Gap(math.inf, math.inf)


def find_centred_cuts(
    row: TableRow, number: int, lines: Sequence[Line], opens: bool
) -> list[float] | None:
    """Find the cuts that put each number in the middle of its record, in every column.

    Args:
        lines: The lines that number them.
        opens: No text of a record before stands above them.

    Returns:
        The y of each cut, from top to bottom in points; None where no cuts do, or where numbers at
        the first lines of their records explain the page as well.
    """
    columns = [own.lines for index, own in enumerate(row.fields) if index != number and own.lines]
    if not columns:
        return None
    gaps = find_gaps([line for own in columns for line in own], overlap=OVERLAP)
    middles, size = _find_middles(row.fields[number].lines, lines), lines[0].size
    first = middles[0]
    starts = [_TOP] + [gap for gap in gaps if gap.middle < first and not opens]
    paths = [_Path((start,), 0.0) for start in starts]
    for y, following in pairwise(middles):
        cuts = [gap for gap in gaps if y < gap.middle < following]
        paths = [p for cut in cuts if (p := _extend(paths, y, size, cut, columns)) is not None]
    last = _extend(paths, middles[-1], size, _FOOT, columns) or _choose(paths)  # a page may cut it
    # Above the number of a table's first record only its own text stands.
    above = opens and min(own[0].middle for own in columns) < first - CENTRED * size
    if last is None or last.tall < (1 if above else _LEAST_TALL):
        return _find_widest_cuts(columns, gaps, middles, size, opens)
    kept = [gap for gap in last.gaps if gap not in (_TOP, _FOOT)]
    widest = max((gap.height for gap in gaps if gap not in kept), default=0.0)
    if min((gap.height for gap in kept), default=widest) < widest - _NARROWER * size:
        return None
    return [gap.middle for gap in kept]


def _find_widest_cuts(
    columns: Sequence[Sequence[Line]],
    gaps: Sequence[Gap],
    middles: Sequence[float],
    size: float,
    opens: bool,
) -> list[float] | None:
    """Find the gaps that are clearly wider than all others, if one stands between any two numbers.

    The longest text of each record has its middle at its number, where the others begin with it.

    Args:
        columns: The lines of each column of texts.
        gaps: Those through all of them.
        middles: The y of the numbers, in points.
        opens: No text of a record before stands above them.
    """
    between = [[gap for gap in gaps if a < gap.middle < b] for a, b in pairwise(middles)]
    if not between or not all(between):
        return None
    least = min(max(gap.height for gap in own) for own in between) - _NARROWER * size
    cuts = [gap.middle for gap in gaps if gap.height > least]
    most = max((gap.height for gap in gaps if gap.height <= least), default=least)
    inside = [sum(a < y < b for y in cuts) for a, b in pairwise([*middles, math.inf])]
    above = sum(y < middles[0] for y in cuts)
    if most > least - _NARROWER * size or inside != [*(1 for _ in between), 0] or above > 1 - opens:
        return None
    tops = [-math.inf, *cuts[above:]] if not above else cuts
    reaches = [*pairwise([*tops, math.inf])][: len(between)]  # a page may cut the last one
    for (top, end), y in zip(reaches, middles, strict=False):
        texts = [own for lines in columns if (own := [o for o in lines if top < o.middle < end])]
        middle = max(((own[-1].bottom + own[0].top) / 2 for own in texts), default=math.inf)
        if abs(middle - y) > CENTRED * size:
            return None
    return cuts


def _find_middles(own: Sequence[Line], numbers: Sequence[Line]) -> list[float]:
    """The y of the middle of each number, which may be wrapped: 意見１ over ０."""
    tops = [*(line.top for line in numbers[1:]), math.inf]
    ends = [
        max(line.bottom for line in own if number.top <= line.top < top)
        for number, top in zip(numbers, tops, strict=True)
    ]
    return [(number.top + end) / 2 for number, end in zip(numbers, ends, strict=True)]


def _extend(
    paths: Sequence[_Path], y: float, size: float, cut: Gap, columns: Sequence[Sequence[Line]]
) -> _Path | None:
    """Find the best way to end the record of a number at a gap; None: it is in no middle.

    Args:
        paths: The ways to end the records above.
        y: The middle of the number, in points.
        size: Its font size, in points.
        columns: The lines of each other column.
    """
    found: list[_Path] = []
    near = CENTRED * size
    for path in paths:
        top = path.gaps[-1].middle
        texts = [[line for line in own if top < line.middle < cut.middle] for own in columns]
        texts = [own for own in texts if own]
        errors = [abs((own[0].top + own[-1].bottom) / 2 - y) for own in texts]
        if errors and max(errors) < near:
            error, tall = path.error + sum(errors), path.tall + _count_tall(texts, y, near)
            found.append(_Path((*path.gaps, cut), error, tall))
    return _choose(found)


def _count_tall(texts: Sequence[Sequence[Line]], y: float, near: float) -> int:
    """For how many tall records one counts whose number stands at a height, in points."""
    away = [[abs(line.middle - y) > near for line in own] for own in texts]
    return _LEAST_TALL if any(map(all, away)) else int(any(own[0] for own in away))


def _choose(paths: Sequence[_Path]) -> _Path | None:
    return min(paths, key=lambda path: path.error, default=None)


def find_top_cuts(
    row: TableRow,
    number: int,
    lines: Sequence[Line],
    texts: Sequence[int],
    shown: Sequence[TableRow],
) -> list[float] | None:
    """Find the cuts right above first lines, half way between which each number stands.

    Args:
        lines: The lines that number them.
        shown: Rows whose numbers may stand below first lines: then those of the table do.

    Returns:
        The y of each cut, from top to bottom in points; None where the texts do not begin at the
        same heights, or where numbers at their first lines explain the page as well.
    """
    columns = [own for index in texts if index != number and (own := row.fields[index].lines)]
    every, box = [line for own in columns for line in own], row.fields[number].parts[0].box
    middles, near = _find_middles(row.fields[number].lines, lines), CENTRED * lines[0].size
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
        (gap.height + _NARROWER * gap.size for gap in gaps if gap.bottom not in tops), default=0
    )
    return bool(kept) and min(kept) > most


def stands_below(row: TableRow, number: int, texts: Sequence[int]) -> bool:
    """Whether the first number of a row stands below the first line of its texts."""
    own = row.fields[number].lines[:1]
    first = [line for text in texts if text != number for line in row.fields[text].lines[:1]]
    return any(a.page == b.page and a.middle > b.bottom for a in own for b in first)

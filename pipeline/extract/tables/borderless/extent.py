"""How far a table reaches below its header, and what its columns are."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.tables.borderless.column_edges import place_edges
from pipeline.extract.tables.borderless.gutters import Gutter, is_open, read_heads, unite_heads
from pipeline.extract.tables.borderless.header_candidates import level_heights, same_extent
from pipeline.extract.tables.borderless.regions import Columns, Region, Start
from pipeline.extract.tables.borderless.words import TextLine, Word
from pipeline.extract.tables.rulings import Segment

FAR = 4.0  # em; a line farther below the table's last belongs to what follows
_CALIBRATING = 3  # body lines from which it shows whether two header words are one: 回　答
_INDENT = 0.6  # em by which the first glyph of a line may stand in: half of an opening bracket
_NOTES = ("※", "（注", "(注", "注）", "注)")  # how a note below a table begins
_APART = 0.9  # em; a lone line so far below the table is a note on it


def grow_table(
    start: Start, below: Sequence[TextLine], levels: Sequence[Segment], size: float
) -> Region | None:
    """Follow a table down from its header as long as lines keep clear of its gutters."""
    heights = [y for y in level_heights(levels, start.extent, size) if y >= start.top - size]
    header = _without_ruled_spans(start, levels, size)
    heads, gutters = unite_heads(read_heads(header), (), size)
    body: list[TextLine] = []
    fitting = 0
    for line in below:
        end = max([start.bottom, *(b.bottom for b in body)])
        inside = bool(heights) and line.middle < heights[-1]
        if not inside and line.top - end > FAR * size:
            break
        left = [gutter.without(line, size) for gutter in gutters]
        if not all(is_open(gutter, size) for gutter in left):
            fewer, clear = unite_heads(heads, [*body, line], size)
            few = (len(gutters) - len(clear)) * 2 <= len(gutters)
            tabular = _is_tabular(line, clear)
            only_spans = {head for head in heads if not head.upper} <= set(fewer)
            early = len(body) < _CALIBRATING and (few or tabular)
            if clear and (early or (only_spans and tabular)):
                heads, left = fewer, clear
            elif inside:
                body.append(line)  # over several columns: a total, a group's name
                continue
            else:
                break
        gutters = left
        body.append(line)
        fitting = len(body)
    body = body[:fitting]
    if header == start.lines:
        gutters = _without_spans(gutters, start, body, size)
    gutters = [_dividing(gutter, body, size) for gutter in gutters]
    return _region(start, gutters, body, levels, size) if gutters and body else None


def _region(
    start: Start,
    gutters: Sequence[Gutter],
    body: Sequence[TextLine],
    levels: Sequence[Segment],
    size: float,
) -> Region | None:
    edges = place_edges(gutters, start, body, levels, size)
    heights = [y for y in level_heights(levels, start.extent, size) if y >= start.top - size]
    body = without_notes(body, edges, heights, size)
    if not body:
        return None
    return region_below(start, Columns(edges, tuple(gutters)), body, heights, size)


def region_below(
    start: Start,
    columns: Columns,
    body: Sequence[TextLine],
    heights: Sequence[float],
    size: float,
) -> Region:
    """The place of a table: its header, its lines, and of the heights those above its end."""
    kept = [y for y in heights if y <= body[-1].bottom + size]
    drawn = start.top if not kept or kept[0] > start.lines[0].top else kept.pop(0)
    return Region(columns, (drawn, *(kept or [start.bottom])), start.lines, tuple(body))


def _dividing(gutter: Gutter, body: Sequence[TextLine], size: float) -> Gutter:
    """The piece of a gutter behind which most lines begin, or else the widest.

    A header in the middle of its column leaves a gap beside a short text (－) too.
    """

    def begun(piece: tuple[float, float]) -> int:
        reach = piece[1] + _INDENT * size
        return sum(any(piece[1] - size / 2 <= a <= reach for a, _ in line.runs) for line in body)

    return Gutter((max(gutter.free, key=lambda piece: (begun(piece), piece[1] - piece[0])),))


def _is_tabular(line: TextLine, gutters: Sequence[Gutter]) -> bool:
    """Whether a line has words on both sides of a gutter."""
    return len(columns_of(line, [gutter.middle for gutter in gutters])) > 1


def _without_ruled_spans(
    start: Start, levels: Sequence[Segment], size: float
) -> tuple[TextLine, ...]:
    """The lines of a header without the words that a ruling parts from others below them.

    Where such a ruling is drawn, no other word spans several: one that stands in the middle of a
    header of two rows, over a column that the page leaves empty, looks alike.
    """
    middles = [line.middle for line in start.lines]
    inner = [
        level
        for level in levels
        if min(middles) < level.position < max(middles)
        and not (start.extent and same_extent((level.start, level.end), start.extent, size))
    ]

    def spans(word: Word) -> bool:
        x, y = word.box.center
        return any(y < level.position and level.start < x < level.end for level in inner)

    rest = [[word for word in line.words if not spans(word)] for line in start.lines]
    return tuple(
        replace(line, words=tuple(words))
        for line, words in zip(start.lines, rest, strict=True)
        if words
    )


def _without_spans(
    gutters: Sequence[Gutter], start: Start, body: Sequence[TextLine], size: float
) -> list[Gutter]:
    """The gutters without those beside a header that only spans others.

    意見 over 内容 | 提出者 stands between the two: nothing is below it in the records.
    """
    lowest = max(line.middle for line in start.lines)
    upper = [line for line in start.lines if lowest - line.middle > size / 2]
    below = [w for line in (*body, *start.lines) if line not in upper for w in line.words]
    kept = list(gutters)
    for word in (word for line in upper for word in line.words):
        at = next((i for i, g in enumerate(kept) if g.middle > word.box.center[0]), len(kept))
        if 0 < at < len(kept):
            left, right = kept[at - 1], kept[at]
            if not any(left.middle < w.box.center[0] < right.middle for w in below):
                kept[at - 1 : at + 1] = [Gutter(((left.widest[0], right.widest[1]),))]
    return kept


def without_notes(
    body: Sequence[TextLine], edges: Sequence[float], heights: Sequence[float], size: float
) -> list[TextLine]:
    """The lines without those at the end that are a note below the table."""
    kept = list(body)
    closing = heights[-1] if heights else None
    if closing is not None:
        beyond = [line for line in kept if line.middle > closing]
        noted = bool(beyond) and beyond[0].text.startswith(_NOTES)
        if noted or len({c for line in beyond for c in columns_of(line, edges)}) < 2:
            kept = [line for line in kept if line.middle <= closing]
        return kept
    while len(kept) > 1 and len(columns_of(kept[-1], edges)) == 1:
        tail = kept[-1]
        if tail.top - kept[-2].bottom > _APART * size:
            kept.pop()
        else:
            break
    return kept


def columns_of(line: TextLine, edges: Sequence[float]) -> set[int]:
    """The columns that a line has ink in, by its runs' middles."""
    return {bisect_right(edges, (start + end) / 2) for start, end in line.runs}

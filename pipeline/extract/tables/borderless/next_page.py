"""Tables that go on over a page: with their header printed again, without one, or just begun."""

import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.tables.borderless.extent import (
    FAR,
    columns_of,
    grow_table,
    region_below,
    without_notes,
)
from pipeline.extract.tables.borderless.gutters import TOUCH, is_open
from pipeline.extract.tables.borderless.header_candidates import level_heights
from pipeline.extract.tables.borderless.inferred_rulings import crossed_edges
from pipeline.extract.tables.borderless.regions import Columns, Region, Start
from pipeline.extract.tables.borderless.words import TextLine, Word
from pipeline.extract.tables.carry_over import CarryOver
from pipeline.extract.tables.rulings import Segment
from pipeline.vocabulary.line_marks import ends_sentence

_FULL = 2.0  # em that a full line may stop short of the longest: kinsoku moves one or two
_RUNNING = 8.0  # em; a line of running text is at least as wide


def follow_table(
    lines: Sequence[TextLine], levels: Sequence[Segment], size: float, carried: CarryOver
) -> tuple[Region | None, Columns | None]:
    """The table at the top of a page that began on the page before.

    Returns:
        The table; and its columns where its header stands at the foot of the page before, which
        could not show them.
    """
    if carried.pending is None:
        return _continued(lines, levels, size, carried), None
    fresh = [line for line in lines if not carried.repeats(line)]
    if not fresh:
        return None, None
    top = fresh[0].top - size / 2
    start = replace(carried.pending, top=top, bottom=top)
    region = grow_table(start, fresh, levels, size)
    if region is None:
        return None, None
    drawn = level_heights(levels, start.extent, size)
    kept = [y for y in drawn if y <= region.body[-1].bottom + size]
    return replace(region, header=(), levels=tuple(kept)), region.columns


def repeat_table(
    start: Start,
    below: Sequence[TextLine],
    levels: Sequence[Segment],
    size: float,
    carried: CarryOver,
) -> Region | None:
    """A table whose header is printed again, in the columns of the page before."""
    known = carried.columns
    words = {word.text for line in start.lines for word in line.words}
    same = all(any(own.endswith(word) for own in carried.words) for word in words)
    if known is None or not same or crossed_edges(start.lines[-1], known.edges, size):
        return None
    named = {c for line in start.lines for c in columns_of(line, known.edges)}
    body, columns = _follow(below, known, level_heights(levels, start.extent, size), size)
    if len(named) < len(known.edges) - 1 or not body:
        return None
    heights = [y for y in level_heights(levels, start.extent, size) if y >= start.top - size]
    return region_below(start, columns, body, heights, size)


def _continued(
    lines: Sequence[TextLine], levels: Sequence[Segment], size: float, carried: CarryOver
) -> Region | None:
    """The rest of a table that began on an earlier page, without a header of its own."""
    known = carried.columns
    if known is None:
        return None
    heights = level_heights(levels, (known.edges[0], known.edges[-1]), size)
    fresh = itertools.dropwhile(
        lambda line: carried.repeats(line) or not _fits(line, known, size), lines
    )
    body, columns = _follow([*fresh], known, heights, size)
    filled = {c for line in body for c in columns_of(line, columns.edges)}
    if not filled or (len(filled) == 1 and not _goes_on_alone(body, min(filled), carried, size)):
        return None
    kept = [y for y in heights if y <= body[-1].bottom + size]
    return Region(columns, tuple(kept), (), tuple(body))


def running_text(region: Region, size: float) -> dict[int, list[Word]]:
    """The lines of each column of running text: not of numbers or names."""
    words: dict[int, list[Word]] = defaultdict(list)
    for line in region.body:
        for word in line.words:
            words[bisect_right(region.edges, word.box.center[0])].append(word)
    return {
        column: held
        for column, held in words.items()
        if max(word.box.width for word in held) > _RUNNING * size
    }


def is_cut(words: Sequence[Word], size: float) -> bool:
    """Whether the last line of a column is full and its sentence goes on."""
    full = max(word.box.x1 for word in words) - _FULL * size
    return words[-1].box.x1 > full and not ends_sentence(words[-1].text)


def _goes_on_alone(body: Sequence[TextLine], column: int, carried: CarryOver, size: float) -> bool:
    """Whether lines in one column only are the rest of a record, and no prose below the table.

    Prose begins at the margin, where the first column does.
    """
    if column in carried.cut:
        return True
    left = carried.lefts.get(column)
    if left is None or carried.columns is None or left - carried.columns.edges[0] < _FULL * size:
        return False
    return abs(body[0].runs[0][0] - left) < TOUCH * size


def _follow(
    lines: Sequence[TextLine], known: Columns, heights: Sequence[float], size: float
) -> tuple[list[TextLine], Columns]:
    """The lines that go on in known columns, and the columns as they are on this page.

    An edge gives way to text that the pages before left room for.
    """
    columns = known
    body: list[TextLine] = []
    fitting = 0
    for line in lines:
        inside = bool(heights) and line.middle < heights[-1]
        far = bool(body) and line.top - body[-1].bottom > FAR * size
        fits = _fits(line, columns, size)
        if not inside and (far or not fits):
            break
        body.append(line)
        if fits:
            columns, fitting = _without(columns, line, size), len(body)
    if not fitting:
        return [], known
    return without_notes(body[:fitting], columns.edges, heights, size), columns


def _fits(line: TextLine, columns: Columns, size: float) -> bool:
    """Whether a line stays between a table's sides and leaves its gutters open."""
    left, right = columns.edges[0] - size, columns.edges[-1] + size
    inside = left <= line.runs[0][0] and line.runs[-1][1] <= right
    return inside and all(is_open(g.without(line, size), size) for g in columns.gutters)


def _without(columns: Columns, line: TextLine, size: float) -> Columns:
    """The columns when a line takes its place; an edge moves no farther than it must."""
    gutters = tuple(gutter.without(line, size) for gutter in columns.gutters)
    first, *inner, last = columns.edges
    moved = (gutter.nearest(x) for gutter, x in zip(gutters, inner, strict=True))
    return Columns((first, *moved, last), gutters)

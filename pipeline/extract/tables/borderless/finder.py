"""The tables of a page that only their text parts into columns, from header to last line."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.tables.borderless.extent import grow_table
from pipeline.extract.tables.borderless.header_candidates import find_starts, same_extent
from pipeline.extract.tables.borderless.inferred_rulings import infer_rulings
from pipeline.extract.tables.borderless.next_page import (
    follow_table,
    is_cut,
    repeat_table,
    running_text,
)
from pipeline.extract.tables.borderless.regions import Columns, Region, Start
from pipeline.extract.tables.borderless.words import TextLine, read_words
from pipeline.extract.tables.carry_over import CarryOver
from pipeline.extract.tables.rulings import Rulings, Segment
from pipeline.model import Box, Glyph
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.line_marks import is_page_number


@dataclass(frozen=True, slots=True)
class BorderlessTables:
    """The tables of a page that only their text parts into columns."""

    rulings: list[Rulings]
    """Of each table, as a reader imagines them, from top to bottom."""
    carried: CarryOver
    """What the next page has to know."""
    foot_columns: Columns | None
    """Of a table whose header stands at the foot of the page before, to read that page again."""


def find_borderless(
    glyphs: Sequence[Glyph],
    levels: Sequence[Segment],
    boxes: Sequence[Box],
    size: float,
    carried: CarryOver,
    roles: HeaderRoles,
    foot_columns: Columns | None,
) -> BorderlessTables:
    """Find the tables of a page that only their text parts into columns.

    Args:
        glyphs: Those outside the tables that rulings draw.
        levels: Horizontal rulings, and the edges of stripes, outside those tables.
        boxes: Rectangles without rulings inside.
        size: The font size of the page's smaller text, in points.
        carried: What the pages before tell.
        roles: What headers mean in this annex.
        foot_columns: The columns of a header at the foot of this page, as the next page shows
            them; None: not known, or there is none.
    """
    lines, levels = _outside_boxed_prose(read_words(glyphs, size), levels, boxes, size)
    starts = [*find_starts(lines, levels, size, roles)]
    first = starts[0].top if starts else float("inf")
    ahead = [line for line in lines if line.bottom <= first]
    known, shown = follow_table(ahead, _until(levels, first, size), size, carried)
    regions = [known] if known is not None else []
    state = replace(carried, pending=None)
    for start, following in itertools.zip_longest(starts, starts[1:]):
        limit = following.top if following is not None else float("inf")
        below = [line for line in lines if start.bottom <= line.middle and line.bottom <= limit]
        own = _until(levels, limit, size)
        again = repeat_table(start, below, own, size, state)
        region = again or grow_table(start, below, own, size)
        if not below and following is None:
            region, state = _region_at_foot(start, foot_columns), replace(state, pending=start)
        state = _after(state, start, region, again is not None)
        regions += [region] if region is not None else []
    rulings = [infer_rulings(region, levels, size, roles) for region in regions]
    return BorderlessTables(rulings, _carry_over(state, regions, lines, size), shown)


def _after(state: CarryOver, start: Start, region: Region | None, is_repeated: bool) -> CarryOver:
    """What is known after a header: the words of one that is printed again are added up."""
    words = state.words if is_repeated else frozenset[str]()
    if region is None:
        return replace(state, words=words)
    own = {word.text for line in start.lines for word in line.words}
    return replace(state, columns=region.columns, words=words | own)


def _outside_boxed_prose(
    words: list[TextLine], levels: Sequence[Segment], boxes: Sequence[Box], size: float
) -> tuple[list[TextLine], list[Segment]]:
    """The lines and levels of a page without page numbers and boxes of prose."""
    lines = _without_page_numbers(words)
    prose = [box for box in boxes if _is_boxed_prose(box, lines)]
    return (
        [line for line in lines if not any(_lies_in(line, box) for box in prose)],
        [level for level in levels if not any(_closes(level, box, size) for box in prose)],
    )


def _carry_over(
    state: CarryOver, regions: Sequence[Region], lines: Sequence[TextLine], size: float
) -> CarryOver:
    """What the next page has to know of this one."""
    texts = running_text(regions[-1], size) if regions else {}
    return replace(
        state,
        columns=regions[-1].columns if regions else None,
        lefts={column: min(word.box.x0 for word in words) for column, words in texts.items()},
        cut=frozenset(column for column, words in texts.items() if is_cut(words, size)),
        repeated=frozenset(line.place for line in lines),
    )


def _is_boxed_prose(box: Box, lines: Sequence[TextLine]) -> bool:
    """Whether no line in a box has two words side by side, as those of a table have."""
    return all(len(line.words) == 1 for line in lines if _lies_in(line, box))


def _lies_in(line: TextLine, box: Box) -> bool:
    inside = box.x0 <= line.runs[0][0] and line.runs[-1][1] <= box.x1
    return inside and box.top <= line.middle <= box.bottom


def _closes(level: Segment, box: Box, size: float) -> bool:
    """Whether a ruling is a box's upper or lower side."""
    side = min(abs(level.position - box.top), abs(level.position - box.bottom)) < size / 2
    return side and same_extent((level.start, level.end), (box.x0, box.x1), size)


def _region_at_foot(start: Start, columns: Columns | None) -> Region | None:
    """The table of a header at a page's foot, once the next page has shown its columns."""
    if columns is None:
        return None
    return Region(columns, (start.top, start.bottom), start.lines, ())


def _without_page_numbers(lines: list[TextLine]) -> list[TextLine]:
    if lines and is_page_number(lines[-1].text):
        lines = lines[:-1]
    return lines[1:] if lines and is_page_number(lines[0].text) else lines


def _until(levels: Sequence[Segment], limit: float, size: float) -> list[Segment]:
    """The levels above the next table's header: two tables may be equally wide."""
    return [level for level in levels if level.position < limit - size / 2]

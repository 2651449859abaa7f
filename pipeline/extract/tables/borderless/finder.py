"""Find the tables without column rulings on a page, from header to last line."""

import itertools
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.tables.borderless.bare_numbers import is_next_number
from pipeline.extract.tables.borderless.extent import find_table_below
from pipeline.extract.tables.borderless.header_candidates import (
    find_header_candidates,
    leave_margins,
)
from pipeline.extract.tables.borderless.inferred_rulings import infer_rulings
from pipeline.extract.tables.borderless.label_columns import find_label_columns
from pipeline.extract.tables.borderless.next_page import (
    are_headings,
    build_region_at_foot,
    continue_below_header,
    continue_table,
    find_text_columns,
    is_cut,
)
from pipeline.extract.tables.borderless.notes_below import end_above_facts
from pipeline.extract.tables.borderless.regions import Columns, HeaderCandidate, Region
from pipeline.extract.tables.borderless.strips import find_strips
from pipeline.extract.tables.borderless.unruled_headers import add_spanning_words
from pipeline.extract.tables.borderless.words import TextLine, read_words
from pipeline.extract.tables.carry_over import CarryOver
from pipeline.extract.tables.rulings import Rulings, Segment
from pipeline.model import Box, Glyph
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.line_marks import is_page_number

_LARGER = 1.15  # of the smaller type's size; judgement: titles are in larger type, words not so
_TITLE_LINES = 3  # judgement: a title, its caption, and a note
_OF_A_HEADER = 2  # rulings; judgement: above it and below it, and each other one parts two rows


class BorderlessTables(Struct, frozen=True):
    """The tables without column rulings on a page."""

    rulings: list[Rulings]
    """The inferred rulings of each table, from top to bottom."""
    carried: CarryOver
    """What the next page needs to know."""
    foot_columns: Columns | None
    """Of a header at the foot of the page before: that page is then read again."""


def find_borderless(
    glyphs: Sequence[Glyph],
    levels: Sequence[Segment],
    boxes: Sequence[Box],
    size: float,
    carried: CarryOver,
    roles: HeaderRoles,
) -> BorderlessTables:
    """Find the tables of a page whose columns no ruling separates.

    Of a table in strips side by side each strip is read by itself, the left one first.

    Args:
        glyphs: Those outside ruled tables.
        levels: Horizontal rulings, and the edges of stripes, outside those tables.
        boxes: Rectangles without rulings inside.
        carried: What the pages before found, and the next one of a header at this page's foot.
    """
    words = read_words(glyphs, size)
    strips = find_strips(words, levels, size, roles)
    if len(strips) == 1:
        inside = leave_margins(glyphs, levels, size, roles)
        words = words if inside is glyphs else read_words(inside, size)
        return _find_in_strip(words, levels, boxes, size, carried, roles)
    rulings: list[Rulings] = []
    carried = replace(carried, foot_columns=None)
    for strip in strips:
        own = [strip.move_level(o) for o in levels if o.start < strip.right and o.end > strip.left]
        moved = [strip.move_glyph(glyph) for glyph in glyphs if strip.holds(glyph.box.center[0])]
        found = _find_in_strip(
            read_words(leave_margins(moved, own, size, roles), size),
            own,
            [strip.move_box(box) for box in boxes if strip.holds(box.center[0])],
            size,
            carried,
            roles,
        )
        rulings += map(strip.move_back, found.rulings)
        carried = found.carried
    return BorderlessTables(rulings, carried, None)


def _find_in_strip(
    words: list[TextLine],
    levels: Sequence[Segment],
    boxes: Sequence[Box],
    size: float,
    carried: CarryOver,
    roles: HeaderRoles,
) -> BorderlessTables:
    lines, levels = _outside_boxed_prose(words, levels, boxes, size, carried)
    headers = [*find_header_candidates(lines, levels, size, roles)]
    cards, labels = find_label_columns(lines, size, roles, levels, carried, bool(headers))
    if headers and cards:
        state = replace(carried, pending=None, labels=labels)
        return BorderlessTables(cards, _carry_over(state, [], lines, size), None)
    first = headers[0].top if headers else float("inf")
    own = _levels_above(levels, first, size)
    ahead = _above_title([line for line in lines if line.bottom <= first], own, first, size)
    known, shown = continue_table(ahead, own, size, carried)
    regions = [known] if known is not None and not (headers and _lacks_end(known, carried)) else []
    state = replace(carried, pending=None)
    for header, following in itertools.zip_longest(headers, headers[1:]):
        limit = following.top if following is not None else float("inf")
        below = [line for line in lines if header.bottom <= line.middle and line.bottom <= limit]
        own = _levels_above(levels, limit, size)
        below = _above_title(below, own, limit, size)
        again = continue_below_header(header, below, own, size, state)
        region = again or find_table_below(header, below, own, size)
        if region is None and following is None and are_headings(header, below, own, size):
            region = build_region_at_foot(header, carried.foot_columns, below, own, size)
            state = replace(state, pending=header)
        if region is not None and following is not None and following.names == header.names:
            region = end_above_facts(region, size)
        state = _update_carry_over(state, header, region, again is not None)
        regions += [add_spanning_words(region, lines, size)] if region is not None else []
    rulings = [infer_rulings(region, levels, size, roles) for region in regions]
    if not headers and not regions:
        rulings, state = cards, replace(state, labels=labels)
    return BorderlessTables(rulings, _carry_over(state, regions, lines, size), shown)


def _lacks_end(region: Region, carried: CarryOver) -> bool:
    """Whether no ruling ends the rest of a table whose rows rulings part.

    Above the next table's header it is that table's title, and what stands beside it.
    """
    ended = any(y > region.body[0].middle for y in region.levels)
    return carried.parted and carried.pending is None and not ended


def _update_carry_over(
    state: CarryOver, header: HeaderCandidate, region: Region | None, is_repeated: bool
) -> CarryOver:
    """Add what a header shows; the words of a repeated header are added to those before."""
    words = state.words if is_repeated else frozenset[str]()
    if region is None:
        return replace(state, words=words)
    return replace(state, columns=region.columns, words=words | header.names)


def _outside_boxed_prose(
    words: list[TextLine],
    levels: Sequence[Segment],
    boxes: Sequence[Box],
    size: float,
    carried: CarryOver,
) -> tuple[list[TextLine], list[Segment]]:
    """Drop page numbers and boxes of prose from the lines and levels of a page.

    The first box of a page may hold the rest of one cell, if it is as wide as the table of the page
    before.
    """
    lines = _drop_page_numbers(words)
    first = next((line for line in lines if not carried.repeats(line)), None)
    prose = [
        box
        for box in boxes
        # Lines of a table have words side by side, some of them outside of a column's box.
        if all(len(line.words) == 1 for line in lines if _reaches_into(line, box))
        and not (first and _is_inside(first, box) and carried.is_as_wide_as(box, size))
    ]
    return (
        [line for line in lines if not any(_is_inside(line, box) for box in prose)],
        [level for level in levels if not any(_is_box_side(level, box, size) for box in prose)],
    )


def _carry_over(
    state: CarryOver, regions: Sequence[Region], lines: Sequence[TextLine], size: float
) -> CarryOver:
    """Collect what the next page needs to know about this one."""
    texts = find_text_columns(regions[-1], size) if regions else {}
    return replace(
        state,
        columns=regions[-1].columns if regions else None,
        parted=bool(regions) and len(regions[-1].levels) > _OF_A_HEADER,
        lefts={column: min(word.box.x0 for word in words) for column, words in texts.items()},
        cut=frozenset(column for column, words in texts.items() if is_cut(words, size)),
        repeated=frozenset(line.place for line in lines),
    )


def _reaches_into(line: TextLine, box: Box) -> bool:
    inside = any(box.x0 < word.box.center[0] < box.x1 for word in line.words)
    return inside and box.top <= line.middle <= box.bottom


def _is_inside(line: TextLine, box: Box) -> bool:
    inside = box.x0 <= line.runs[0][0] and line.runs[-1][1] <= box.x1
    return inside and box.top <= line.middle <= box.bottom


def _is_box_side(level: Segment, box: Box, size: float) -> bool:
    """Whether a ruling is the upper or lower side of a box."""
    side = min(abs(level.position - box.top), abs(level.position - box.bottom)) < size / 2
    return side and level.spans((box.x0, box.x1), size)


def _drop_page_numbers(lines: list[TextLine]) -> list[TextLine]:
    if lines and is_page_number(lines[-1].text) and not is_next_number(lines[-1], lines[:-1]):
        lines = lines[:-1]
    return lines[1:] if lines and is_page_number(lines[0].text) else lines


def _above_title(
    lines: list[TextLine], levels: Sequence[Segment], limit: float, size: float
) -> list[TextLine]:
    """Keep the lines above the title of the next table, which is in larger type.

    Args:
        lines: Those above the next table's header, from top to bottom.
        levels: Those above it.
        limit: The y of its header, in points; infinite: none follows.
    """
    lowest = max((level.position for level in levels), default=0.0)
    for place in range(len(lines) - 1, max(0, len(lines) - 1 - _TITLE_LINES), -1):
        line = lines[place]
        if limit < float("inf") and line.bottom - line.top > _LARGER * size:
            return lines[:place] if line.middle > lowest else lines
    return lines


def _levels_above(levels: Sequence[Segment], limit: float, size: float) -> list[Segment]:
    """Keep the levels above the next table's header: the two tables may be equally wide."""
    return [level for level in levels if level.position < limit - size / 2]

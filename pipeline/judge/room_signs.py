"""Signs of cells that have no room for more: programs draw no line that has none."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence

from msgspec import Struct

from pipeline.judge.column_signs import find_unended, has_end
from pipeline.judge.reading import Passage, TableReading
from pipeline.judge.signs import Sign, quote_end
from pipeline.model import ROLES, TEXT_ROLES, VERSION_ROLES, Field, FieldPart

_SAME_HEIGHT = 0.5  # points between two rows; judgement: rounding moves a ruling by less
_LEAST_CUT = 2  # records of one height; judgement: one alone may be as high as its text
_LEAST_FIXED = 4  # rows; judgement: fewer may have one height by chance
_LEAST_ROOMY = 2  # rows; judgement: one may end with a blank line
# judgement: of three texts with no full stop, in a column of ten characters, all end so by chance
# in one of a hundred tables.
_LEAST_STOPS, _MOSTLY = 3, 0.8
_SAID = tuple(role for role in ROLES if role in TEXT_ROLES and role not in VERSION_ROLES)
_CUT = "clipped"
_ENDED = re.compile("[AVE]$")
"""Last classes of words (judge/grammar.py) with which a sentence may end."""
_STOP = "。"


class _Row(Struct, frozen=True):
    """A record's texts and where they end."""

    cells: Mapping[str, tuple[Passage, FieldPart]]
    """Field → its text, and the last part of its cell, which has lines."""
    height: float
    is_cut: bool
    """It is flagged as clipped."""


def find_room_signs(tables: Sequence[TableReading]) -> Iterator[Sign]:
    """Find texts whose cells have no room for another line, where others are cut off.

    A text that goes on out of sight may end in a sentence by chance.
    """
    for reading in tables:
        each = zip(reading.records, reading.rows, reading.fields, strict=False)
        rows = [
            _Row(_pair_cells(row, fields), _measure_height(fields), _CUT in record.flags)
            for record, row, fields in each
        ]
        fixed = _has_fixed_rows(rows) and any(map(_has_unended, rows))
        unwrapped = _find_unwrapped(rows)
        low_rows = (row for row in rows if row.is_cut and not _is_cut_at_side(row, unwrapped))
        cut = sorted(row.height for row in low_rows if row.height)
        # A passage of a document is quoted up to anywhere.
        columns = (reading.columns.get(name, ()) for name in _SAID)
        odd = {(p.record, p.field) for column in columns for p in find_unended(column)}
        any_cut = any(row.is_cut for row in rows)
        yield from _find_cut_columns(rows)
        for row in rows:
            yield from _find_stopped(row, odd, any_cut)
            least, most = row.height - _SAME_HEIGHT, row.height + _SAME_HEIGHT
            low = bisect_right(cut, most) - bisect_left(cut, least) >= _LEAST_CUT
            for passage, part in row.cells.values():
                if (low and _is_full(part)) or ((low or fixed) and _is_filled(part)):
                    reason = f"may go on below {quote_end(passage.text)}: rows so high cut texts"
                    yield passage.sign("row_full", reason)


def _pair_cells(
    row: Mapping[str, Passage], fields: Mapping[str, Field]
) -> dict[str, tuple[Passage, FieldPart]]:
    texts = ((name, passage) for name, passage in row.items() if passage.is_text)
    return {
        name: (passage, fields[name].parts[-1])
        for name, passage in texts
        if name in fields and fields[name].parts and fields[name].parts[-1].lines
    }


def _find_unwrapped(rows: Sequence[_Row]) -> set[str]:
    """The columns with a line that runs over the side of its cell: no text is wrapped there."""
    return {
        name
        for row in rows
        for name, (_, part) in row.cells.items()
        if len(part.lines) == 1 and _is_over_side(part)
    }


def _is_cut_at_side(row: _Row, unwrapped: Container[str]) -> bool:
    """Whether the texts of a row that are cut off are so at the sides of their cells."""
    cut = [
        name
        for name, (_, part) in row.cells.items()
        if part.lines[-1].clipped or _is_over_side(part)
    ]
    return bool(cut) and all(name in unwrapped for name in cut)


def _is_over_side(part: FieldPart) -> bool:
    return part.lines[-1].x1 > part.box.x1


def _find_stopped(row: _Row, odd: Container[tuple[int, str]], any_cut: bool) -> Iterator[Sign]:
    """Find texts that stop in mid-sentence where their cell has no more room for them.

    Programs leave out lines in cells with room, too, where their style says so.

    Args:
        odd: Record and field of the texts without an end, where those of their column have one.
        any_cut: A text of the table is cut off. Only then may another one have lost no more than
            its full stop.
    """
    for passage, part in row.cells.values():
        text = passage.text[passage.text.rfind("\n") + 1 :]
        is_odd = (passage.record, passage.field) in odd
        author_stops = _STOP in text or (is_odd and any_cut)
        cut_short = is_odd and _STOP in text and not _ENDED.search(passage.classes)
        cut_short &= len(part.lines) > 1
        left = cut_short or (author_stops and _is_full(part))
        if left and passage.is_running and not has_end(text) and _reaches_end(part):
            reason = f"has no full stop {quote_end(text)}, and its last line is full"
            yield passage.sign("stopped", reason)


def _find_cut_columns(rows: Sequence[_Row]) -> Iterator[Sign]:
    """Find columns whose texts nearly all stop in mid-sentence at the side of their cells.

    Some programs leave out what their cells have no room for.
    """
    for name in _SAID:
        cells = [row.cells[name] for row in rows if name in row.cells]
        running = [(passage, part) for passage, part in cells if passage.is_running]
        cut = [
            passage
            for passage, part in running
            if not has_end(passage.text) and part.lines[-1].fills(part.box.x1)
        ]
        if len(cut) < max(_LEAST_STOPS, _MOSTLY * len(running)):
            continue
        for passage in cut:
            reason = f"ends at the side of its cell {quote_end(passage.text)}, as others do"
            yield passage.sign("side_reached", reason)


def _has_fixed_rows(rows: Sequence[_Row]) -> bool:
    """Whether all rows have one height, in which some texts leave room for more lines."""
    heights = [row.height for row in rows if row.height]
    if len(heights) < _LEAST_FIXED or max(heights) - min(heights) > _SAME_HEIGHT:
        return False
    roomy = [row for row in rows if not any(part.is_tight for _, part in row.cells.values())]
    return len(roomy) >= _LEAST_ROOMY


def _has_unended(row: _Row) -> bool:
    """Whether a text of the row has no end, and no room for one."""
    return any(
        _is_filled(part) and (row.is_cut or not has_end(passage.text))
        for passage, part in row.cells.values()
    )


def _measure_height(fields: Mapping[str, Field]) -> float:
    """The height of a row in points: that of its lowest cell, as others may be merged over rows.

    0: all of them go on over a page's end.
    """
    parts = [field.parts[0] for field in fields.values() if len(field.parts) == 1]
    return min((part.box.height for part in parts), default=0.0)


def _is_full(part: FieldPart) -> bool:
    """Whether a cell has no room for the type of another line."""
    return part.room < part.lines[0].box.height


def _is_filled(part: FieldPart) -> bool:
    """Whether a text fills its cell to the end of its last line."""
    return len(part.lines) > 1 and part.is_tight and _reaches_end(part)


def _reaches_end(part: FieldPart) -> bool:
    """Whether the last line of a cell is as long as the longest."""
    return part.lines[-1].fills(max(line.x1 for line in part.lines))

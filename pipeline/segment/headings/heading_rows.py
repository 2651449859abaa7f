"""Find the rows that head the records below them: merged over the columns, or run over borders."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from pipeline.model import Box, Field, Line, TableRow, group_neighbours
from pipeline.segment.headings.section_levels import SectionHeading
from pipeline.segment.rows.inline_tables import CELL_SEPARATOR
from pipeline.segment.rows.other_rows import says_nothing_came
from pipeline.segment.rows.row_numbers import read_printed_number
from pipeline.vocabulary.counts import is_count
from pipeline.vocabulary.heading_forms import PLAIN, may_head, read_form

# In em.
# Beyond the space that a line's glyphs have between them; judgement: cells keep their texts twice
# that apart, even without padding.
_RUNS_ON = 0.1
_SPACE = 0.35  # judgement: word spaces are 0.2-0.3 em wide
_WIDE = 0.6  # judgement: two brackets in a row stand half an em apart, or closer, by the program
_SAME_HEIGHT = 0.2  # judgement: the pieces of one line differ by rounding only
_EDGE = 0.5  # judgement: no column is half an em wide
_GROUP_AND_TEXT = 2  # filled cells; judgement: a group's name, and that nothing was said on it
_LONGEST_SIGN = 4  # characters; judgement: 第10章


def read_headings(row: TableRow, edges: Sequence[float], counts: bool) -> list[SectionHeading]:
    """Read a row as headings by how it is set; none where it is set like a record.

    Args:
        row: As the rulings separate it.
        edges: The x of the table's column edges, in points.
        counts: The row's number counts on from the record before to the next one.

    Returns:
        The outermost first; several where one cell holds 第１章 above 第１節.
    """
    filled = _find_own_fields(row)
    running = _find_running(row, filled)
    if running:
        text = "".join(line.text + line.tail for line in _get_lines(row, running)).strip()
        count = [row.fields[index].text for index in filled[len(running) :]]
        parts = [(CELL_SEPARATOR.join([text, *count]), _get_lines(row, filled))]
    elif _is_merged(row, filled, edges) and not counts:
        fields = [row.fields[index] for index in filled]
        parts = [
            (
                CELL_SEPARATOR.join(join_lines(field.lines) for field in fields),
                _get_lines(row, filled),
            )
        ]
        if len(filled) == 1:
            parts = [(join_lines(group), group) for group in _split_levels(fields[0])]
    else:
        return []
    headings = [build_heading(lines, text) for text, lines in parts]
    return [] if None in headings else [heading for heading in headings if heading is not None]


def is_merged_nothing(row: TableRow, edges: Sequence[float]) -> bool:
    """Whether a row says in a merged cell that nothing was said on its group: 第２章 | 意見なし."""
    filled = _find_own_fields(row)
    if len(filled) != _GROUP_AND_TEXT:
        return False
    group, text = (row.fields[index].text for index in filled)
    if read_printed_number(group) is not None or not says_nothing_came(text):
        return False
    return _count_columns(row.fields[filled[-1]], filled[-1], edges) > 1


def build_heading(lines: Sequence[Line], text: str) -> SectionHeading | None:
    """Make a heading of some lines; None where their text can be none."""
    if not may_head(text) or any(line.inline_row for line in lines):
        return None
    return SectionHeading(text.strip(), tuple(lines))


def _get_lines(row: TableRow, filled: Sequence[int]) -> list[Line]:
    return [line for index in filled for line in row.fields[index].lines]


def _split_levels(field: Field) -> list[list[Line]]:
    """Split the lines of a cell where another form of heading begins below a line with room."""
    right = max(part.box.x1 for part in field.parts)
    return group_neighbours(
        field.lines,
        lambda group, line: group[-1].fills(right) or read_form(line.text).kind == PLAIN,
    )


def _find_own_fields(row: TableRow) -> list[int]:
    """The columns with text, without labels that are merged over other rows too."""
    filled = row.filled
    if len(filled) < 2:
        return filled
    heights = [_height(row.fields[index]) for index in filled]
    lowest = min(heights)
    return [
        index
        for index, height in zip(filled, heights, strict=True)
        if height < lowest + row.fields[index].lines[0].size
    ]


def _height(field: Field) -> float:
    if len(field.parts) == 1:  # of most fields
        return field.parts[0].box.height
    return Box.around([part.box for part in field.parts]).height


def _find_running(row: TableRow, filled: Sequence[int]) -> Sequence[int]:
    """The columns over whose borders one line runs; a count may stand alone at their right."""
    if runs_over_borders(row, filled):
        return filled
    counts = len(filled) > 2 and is_count(row.fields[filled[-1]].text)
    return filled[:-1] if counts and runs_over_borders(row, filled[:-1]) else ()


def runs_over_borders(row: TableRow, filled: Sequence[int]) -> bool:
    """Whether one line runs over the borders between all filled columns, two at least."""
    if len(filled) < 2:
        return False
    pieces = [row.fields[index].lines for index in filled]
    if any(len(lines) != 1 for lines in pieces):
        return False
    gaps = [_measure_gap(one[0], other[0]) for one, other in pairwise(pieces)]
    # A word space that the program did not draw may fall on one of the borders, and on the only one
    # behind 第１章. The ideographic space there is not on a picture, and some programs draw none.
    # No number of a record is written 第１章.
    begins = pieces[0][0].text.startswith("第") and _is_sign(pieces[0][0].text)
    is_space = abs(gaps[0] - 1) < _RUNS_ON and not pieces[0][0].tail
    if begins and gaps[0] > _SPACE and (is_space or pieces[0][0].confidences):
        gaps[0] -= 1
    touches = begins or min(map(abs, gaps)) <= _RUNS_ON
    # A program's room beside letters and brackets (関係（1 件）) may begin behind the border.
    named = len(pieces) > 2 or read_printed_number(pieces[0][0].text) is None
    leaves = named and any(_leaves_cell(row.fields[index]) for index in filled)
    most = _WIDE if leaves else _SPACE
    return (touches or leaves) and all(abs(gap) <= most for gap in gaps)


def _leaves_cell(field: Field) -> bool:
    """Whether the line of a cell begins before it, or ends behind it."""
    (line,), boxes = field.lines, [part.box for part in field.parts]
    left, right = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    return line.x0 < left - _RUNS_ON * line.size or line.x1 > right + _RUNS_ON * line.size


def _measure_gap(line: Line, after: Line) -> float:
    """How much farther a line is from the next column's than its own glyphs are apart, in em."""
    apart = abs(line.top - after.top) > _SAME_HEIGHT * line.size
    if apart or abs(line.size - after.size) > _SAME_HEIGHT * line.size:
        return math.inf
    return (after.x0 - line.end - min(line.gap, after.gap)) / line.size


def _is_merged(row: TableRow, filled: Sequence[int], edges: Sequence[float]) -> bool:
    """Whether the row's text is in a cell over several columns, but for a number or a count."""
    if len(filled) > 2:  # as in most records
        return False
    wide = [index for index in filled if _count_columns(row.fields[index], index, edges) > 1]
    rest = [index for index in filled if index not in wide]
    if len(wide) != 1:
        return False
    if not rest:
        return True
    text = row.fields[rest[0]].text
    return is_count(text) if rest[0] > wide[0] else _is_sign(text)


def has_count(row: TableRow, filled: Sequence[int]) -> bool:
    """Whether a row has one text, and a count with its unit (３件) in its last column."""
    if len(filled) != 2 or filled[1] != len(row.fields) - 1:
        return False
    count = row.fields[filled[1]].text
    return is_count(count) and not count.isdecimal()


def _is_sign(text: str) -> bool:
    """Whether a cell holds what a heading begins with: 1, Ⅰ, 第２章, ●."""
    return read_printed_number(text) is not None or (
        len(text) <= _LONGEST_SIGN and read_form(text + "．").kind != PLAIN
    )


def _count_columns(field: Field, column: int, edges: Sequence[float]) -> int:
    """How many columns a field's cell covers."""
    right = max(part.box.x1 for part in field.parts if part.lines)
    reach = right + _EDGE * field.lines[0].size
    return bisect_right(edges, reach, column + 1) - (column + 1)


def join_lines(lines: Sequence[Line]) -> str:
    """The text of a heading; what the layout broke is one line again."""
    *before, last = lines
    return "".join(line.text + line.tail for line in before) + last.text

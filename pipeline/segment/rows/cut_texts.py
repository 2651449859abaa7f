"""Tell whether a page's end cuts a text: its last line is full, or its list goes on: ① … / ② …"""

import re
from collections.abc import Sequence
from itertools import pairwise
from math import log

from pipeline.model import FULL_LINE, Field, Line, TableRow
from pipeline.segment.rows.line_habits import FEW, is_bracketed
from pipeline.segment.rows.row_labels import left_padding
from pipeline.vocabulary.heading_forms import read_form
from pipeline.vocabulary.line_marks import (
    LineStart,
    classify_line_start,
    ends_sentence,
    read_last_ordinal,
    read_ordinal,
)

# Log-odds; judgement: full and without a sentence's end; one last line of a cell in 30 looks so.
_CUT_LINE = 3.5
_LATIN = re.compile(r"[（(「『]?[!-~]+")  # with the bracket that no line ends with


def weigh_full_line(rows: Sequence[TableRow], column: int) -> float:
    """Weigh the full last line of the last row's field, which no sentence ends.

    Where no cell ends in a sentence, a narrow column's line is full by chance: the more often, the
    fewer characters it holds.

    Returns:
        Log-odds (natural logarithm) that the text goes on behind the page's end.
    """
    *others, last = (row.fields[column] for row in rows)
    ends = [ends_sentence(field.lines[-1].text) for field in others if field.lines]
    if len(ends) < FEW or any(ends):
        return _CUT_LINE
    part, line, margin = last.parts[-1], last.lines[-1], _find_right_margin(last)
    width = (margin - part.box.x0 - left_padding(part)) / line.size
    looks_full = FULL_LINE if margin - line.x1 >= line.size else 1.0
    return min(_CUT_LINE, log(max(1.0, width / looks_full)))


def is_cut_off(field: Field, below: Line | None = None) -> bool:
    """Whether a field's last line is full and its sentence goes on.

    Args:
        field: The piece before a page's end.
        below: The line that would continue it. Programs move a URL to the next line as a whole, so
            a longer first word allows more room.
    """
    if not field.parts[-1].lines:
        return False
    last = field.lines[-1]
    room = FULL_LINE * last.size
    word = _LATIN.match(below.text) if below is not None else None
    if below is not None and word is not None:
        room = max(room, below.edges[word.end()] - below.x0)
    return _find_right_margin(field) - last.x1 < room and not ends_sentence(last.text)


def is_short_of_side(field: Field) -> bool:
    """Whether the last line of a field, which has one, leaves room at the side of its column."""
    last = field.lines[-1]
    return _find_right_margin(field) - last.x1 >= FULL_LINE * last.size


def run_on(upper: Sequence[Field], lower: Sequence[Field]) -> bool:
    """Whether one text runs on from a piece of a row to the next."""
    both = zip(upper, lower, strict=True)
    return any(a.lines and b.lines and is_cut_off(a, b.lines[0]) for a, b in both)


def _find_right_margin(field: Field) -> float:
    """The x where full lines of a field end: its right padding is taken to equal its left one."""
    return field.parts[-1].box.x1 - left_padding(field.parts[-1])


def begins_next_item(upper: Field, lower: Field, others: Sequence[Field] = ()) -> bool:
    """Whether a text begins with the next item of the list in the text above: ④ behind ③.

    An item that the text above begins with may number the record, unless other records show that
    nothing numbers them so. 第３章 is not the next of ２．.

    Args:
        others: The fields of records before, in order.
    """
    below = lower.lines[0].text if lower.lines else ""
    number, start, form = read_ordinal(below), classify_line_start(below), read_form(below)
    if number is None:
        return False
    unnumbered = len(others) >= FEW and not _number_records(others, start)
    lines = upper.lines if unnumbered else _leave_heading(upper)[1:]
    inside = (line.text for line in reversed(lines))
    alike = (text for text in inside if classify_line_start(text) is start)
    last = next((text for text in alike if read_form(text) == form), None)
    return last is not None and read_last_ordinal(last) == number - 1


def _number_records(fields: Sequence[Field], start: LineStart) -> bool:
    """Whether two texts behind each other begin with numbers of a kind that count on."""
    firsts = ["".join(line.text for line in _leave_heading(field)[:1]) for field in fields]
    numbers = [read_ordinal(own) if classify_line_start(own) is start else None for own in firsts]
    return any(a is not None and b == a + 1 for a, b in pairwise(numbers))


def _leave_heading(field: Field) -> Sequence[Line]:
    """The lines behind a heading in brackets, which stands above an article: （目的） / 第１条."""
    lines = field.lines
    return lines[1:] if lines and is_bracketed(lines[0].text) else lines

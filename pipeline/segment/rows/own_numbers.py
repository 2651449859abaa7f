"""Give each row its own number where one cell beside all of them holds the numbers of all."""

from itertools import pairwise

from pipeline.model import TableRow
from pipeline.segment.rows.row_numbers import read_printed_number
from pipeline.segment.rows.unruled_rows import SAME_LINE, cut_row

_PITCH = 1.8  # em; judgement: the lines of one cell are set closer
_LEAST_NUMBERS = 3  # judgement: two numbers may be those of comments that are answered together


def keep_own_number(row: TableRow, number: int) -> TableRow:
    """Leave a row the number at its first line, if the others stand beside other rows.

    A page that rules the texts but not the numbers shows one cell of numbers. Split by them, each
    row would be as many records as there are rows.
    """
    numbers = row.fields[number].lines
    others = [own for index, own in enumerate(row.fields) if index != number and own.lines]
    if len(numbers) < _LEAST_NUMBERS or not others:
        return row
    if any(read_printed_number(line.text) is None for line in numbers):
        return row
    if any(low.top - high.top < _PITCH * high.size for high, low in pairwise(numbers)):
        return row
    top = min(part.box.top for own in others for part in own.parts)
    bottom = max(part.box.bottom for own in others for part in own.parts)
    inside = [line for line in numbers if top <= line.middle < bottom]
    if len(inside) != 1:
        return row
    first = min(own.lines[0].middle for own in others)
    if abs(inside[0].middle - first) > SAME_LINE * inside[0].size:
        return row
    return row.with_field(number, cut_row(row, [top, bottom])[1].fields[number])

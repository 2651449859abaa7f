"""Part a header from the record below it where a page prints it again without a ruling between."""

from collections.abc import Sequence
from itertools import accumulate

from pipeline.model import Line, TableRow, remove_white_space
from pipeline.segment.headers.header_rows import LEAST_REPEATED, Header
from pipeline.segment.rows.unruled_rows import cut_row
from pipeline.vocabulary.header_words import fold_header


def part_header(row: TableRow, header: Header) -> list[TableRow]:
    """Cut the first row of a piece below the table's header, if every cell begins with its own.

    Args:
        row: Everything above the first ruling.
        header: The table's.

    Returns:
        The header's row and the record's; the row itself where it does not begin with a header, or
        is nothing else.
    """
    depths: list[float] = []
    for field, column in zip(row.fields, header.columns, strict=True):
        if not column.header:
            continue
        depth = _measure_header(field.lines, fold_header(column.header))
        if depth is None:
            return [row]
        depths.append(depth)
    below = (line for field in row.fields for line in field.lines)
    top = min((line.top for line in below if line.box.center[1] > max(depths)), default=None)
    if len(depths) < LEAST_REPEATED or top is None:
        return [row]
    return cut_row(row, [(max(depths) + top) / 2])


def _measure_header(lines: Sequence[Line], header: str) -> float | None:
    """The y where the first lines of a cell end that spell a header, in points; None: none do."""
    if not lines or not header.startswith(fold_header(remove_white_space(lines[0].text))):
        return None  # most rows are a record's: their first line settles it
    texts = accumulate(remove_white_space(line.text) for line in lines)
    ends = (
        line.bottom for line, text in zip(lines, texts, strict=True) if fold_header(text) == header
    )
    return next(ends, None)

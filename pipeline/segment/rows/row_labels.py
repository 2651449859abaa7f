"""Weigh the labels on both sides of a page's end (of a group, or of who said it), or an empty cell.

All weights are log-odds (natural logarithm) that one record goes on.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from math import log

from pipeline.model import Field, FieldPart, Line, TableRow
from pipeline.segment.rows.shared_cells import share_cell
from pipeline.vocabulary.counts import is_figure
from pipeline.vocabulary.folding import fold_width
from pipeline.vocabulary.punctuation import OPENING

SAME_LABEL = 0.5  # judgement: a label that both pages print, or a group's next record
# judgement: where each record of a group prints the label, the rest of one has an empty cell.
_PRINTED_FOR_EACH = -2.0
_CUT = 3.0  # judgement: 高齢福祉 | 課 spell another record's label by chance only
# judgement: another label is another record, unless the page cuts the label's own text.
_OTHER = -6.0
# judgement: a new record fills the columns that the record before filled; before others tell more.
_EMPTY_BELOW = 1.5
# Share of a column's cells that are empty, before the table shows it; judgement: one in ten.
_USUALLY_EMPTY = 0.1
_FIGURES = re.compile(r"\d+")
_CELLS_BEFORE = 3.0  # pseudo-count of cells; judgement: a few records outweigh it


def weigh_label(rows: Sequence[TableRow], column: int, upper: Field, lower: Field) -> float:
    """Weigh two labels, or the two parts of one (認知症カ | フェ).

    Args:
        rows: The table's rows; a label that one before the last has is whole.

    Returns:
        Log-odds that one record goes on.
    """
    above, below = upper.text, lower.text
    if above == below:
        return _PRINTED_FOR_EACH if _is_printed_for_each(rows, column) else SAME_LABEL
    whole = is_whole_elsewhere(rows, column, above + below)
    if whole or _are_lines_of_one(rows, column, upper, lower):
        return _CUT
    known = {above, below} & {row.fields[column].text for row in rows[:-1]}
    return 0.0 if _fills_line(rows[-1], upper, lower) and not known else _OTHER


def _are_lines_of_one(rows: Sequence[TableRow], column: int, upper: Field, lower: Field) -> bool:
    """Whether other labels have such lines below each other: 第５章 / 75頁 as 第１章 / 23頁.

    No label is one of these lines alone.
    """
    ends = _read_form(upper.lines[-1]), _read_form(lower.lines[0])
    others = [[_read_form(line) for line in row.fields[column].lines] for row in rows[:-1]]
    alone = any(len(own) == 1 and own[0] in ends for own in others)
    return not alone and any(ends == pair for own in others for pair in pairwise(own))


def _read_form(line: Line) -> str:
    """A line with its figures made alike: 第０章 of 第１章."""
    return _FIGURES.sub("0", fold_width(line.text))


def is_whole_elsewhere(rows: Sequence[TableRow], column: int, text: str) -> bool:
    """Whether the two parts of a label spell one that a record before the last has: 福祉 | 課."""
    return not is_figure(text) and any(row.fields[column].text == text for row in rows[:-1])


def _is_printed_for_each(rows: Sequence[TableRow], column: int) -> bool:
    """Whether two records below each other on one page have one label in cells of their own."""
    pairs = pairwise(row.fields[column] for row in rows)
    return any(
        one.lines
        and other.lines
        and one.parts[-1].page == other.parts[0].page
        and one.parts[-1].box != other.parts[0].box
        and one.text == other.text
        for one, other in pairs
    )


def _fills_line(row: TableRow, label: Field, below: Field) -> bool:
    """Whether the last line of a label had no room for the next character, with its （ before it.

    A label may be centred: then its own margins are no padding, but those of the texts beside are.
    """
    part = label.parts[-1]
    if not part.lines:
        return False
    last, bracket = part.lines[-1], below.text[:1] in OPENING
    padding = min(left_padding(part) for field in row.fields for part in field.parts if part.lines)
    return part.box.width - 2 * padding - (last.x1 - last.x0) < (1 + bracket) * last.size


def left_padding(part: FieldPart) -> float:
    """The space between the left side of a cell and its lines, in points."""
    return max(0.0, min(line.x0 for line in part.lines) - part.box.x0)


def weigh_empty(whole: Sequence[TableRow], column: int) -> float:
    """Weigh the cell: it tells less where whole rows leave the column empty, too.

    The more of them fill it, the more it tells.

    A row that shares the cell of the row above it leaves the column empty: a label merged over
    several records may go on over the page's end beside a new one.

    Args:
        whole: The table's rows on both pages, but for those at the page's end.

    Returns:
        Log-odds that one record goes on, 0 at least.
    """
    empty = sum(not row.fields[column].lines for row in whole)
    pairs = pairwise(whole)
    empty += sum(bool(a.fields[column].lines) and share_cell((a, b), column) for a, b in pairs)
    share = (empty + _CELLS_BEFORE * _USUALLY_EMPTY) / (len(whole) + _CELLS_BEFORE)
    return max(0.0, _EMPTY_BELOW - log(share / _USUALLY_EMPTY))

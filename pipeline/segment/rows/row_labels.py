"""Weigh the labels on both sides of a page's end: of a group, or of who said it."""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.model import Field, FieldPart, TableRow
from pipeline.vocabulary.counts import is_figure

# Log-odds (natural logarithm) that one record goes on.
SAME_LABEL = 0.5  # judgement: a label that both pages print, or a group's next record
# judgement: where each record of a group prints the label, the rest of one has an empty cell.
_PRINTED_FOR_EACH = -2.0
_CUT = 3.0  # judgement: 高齢福祉 | 課 spell another record's label by chance only
# judgement: another label is another record, unless the page cuts the label's own text.
_OTHER = -6.0


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
    if is_whole_elsewhere(rows, column, above + below):
        return _CUT
    known = {above, below} & {row.fields[column].text for row in rows[:-1]}
    return 0.0 if _fills_line(rows[-1], upper) and not known else _OTHER


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


def _fills_line(row: TableRow, label: Field) -> bool:
    """Whether the last line of a label had no room for another character.

    A label may be centred: then its own margins are no padding, but those of the texts beside are.
    """
    part = label.parts[-1]
    if not part.lines:
        return False
    last = part.lines[-1]
    padding = min(left_padding(part) for field in row.fields for part in field.parts if part.lines)
    return part.box.width - 2 * padding - (last.x1 - last.x0) < last.size


def left_padding(part: FieldPart) -> float:
    """The space between the left side of a cell and its lines, in points."""
    return max(0.0, min(line.x0 for line in part.lines) - part.box.x0)

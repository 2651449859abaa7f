"""Find cells merged over several records (one label or answer for all) that a page's end cuts."""

from collections.abc import Container, Iterable, Iterator, MutableMapping, Sequence
from itertools import pairwise, takewhile

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Field, FieldPart, TableRow
from pipeline.segment.rows.full_lines import is_cut_off
from pipeline.segment.rows.grid_rows import field_text
from pipeline.segment.rows.page_break import RECENT

# Probability that a cell goes on that no ruling closes at a page's end, where one closes those
# beside it. judgement: a ruling may be drawn in pieces, or a scan may have lost one.
_OPEN_ABOVE_EMPTY = 0.98
_OPEN_ABOVE_TEXT = 0.9  # probability; judgement: an answer may begin there, too
# Probability that stacked letters go on which leave no room for another one. judgement: by chance
# one cell in five is as high as its label.
_STACKED = 0.8


class CutCell(Struct, frozen=True):
    """A merged cell that goes on over a page's end."""

    column: int
    whole: Field
    """The field on both pages."""
    above: range
    """The indexes of the records before the page's end that share it."""
    below: range
    """The indexes of the rows after the page's end that share it."""
    certainty: float = 1.0
    """The probability that it does, 0-1."""

    def write_to(self, row: TableRow) -> TableRow:
        """The record with the whole cell."""
        fields = list(row.fields)
        fields[self.column] = self.whole
        return replace(row, fields=tuple(fields), confidence=row.confidence * self.certainty)


def find_cut_cells(
    above: Sequence[TableRow],
    piece: Sequence[TableRow],
    joined: bool,
    texts: Container[int],
    number: int | None,
    category: int | None,
    unshared: MutableMapping[int, int],
    shares: bool,
) -> Iterator[CutCell]:
    """Find the merged cells that go on over a page's end.

    Args:
        above: The records before the page's end.
        piece: The rows after it.
        joined: Whether the first row after the page's end continues the last record before it.
        texts: The columns of running text. A cell of another column goes on only where the cell
            below is empty.
        number: The column that numbers the records, if there is one.
        category: The column that names groups of records, if there is one.
        unshared: Column → how many records from the table's first on are known to share no cell
            with the next. The function updates it: without this memory each page would look at
            all records again.
        shares: The first row after the page's end is another record, and has the number of the
            last one.
    """
    for column, (upper, lower) in enumerate(zip(above[-1].fields, piece[0].fields, strict=True)):
        if not upper.lines and lower.lines and column not in texts:
            yield from _find_late_label(above, column, lower, unshared)
        if not upper.lines or not lower.parts:
            continue
        is_open = upper.parts[-1].open_bottom and not joined
        runs_on = column in texts and (is_cut_off(upper) or _stand_at_cut(upper, lower))
        stacked = column == category and not joined and _fill_stack(upper, lower)
        if not (joined or not lower.lines or runs_on or is_open or stacked):
            continue
        if field_text(upper) == field_text(lower):  # both pages print the label
            continue
        before, behind = _count_sides(above, piece, column)
        of_number = lower.lines and not (joined or is_open)
        if of_number and _is_of_number(above, piece, column, number):
            continue
        merged = shares or _has_merged(above, column, unshared) or share_cell(piece, column)
        whole = Field(upper.parts + lower.parts)
        shared = range(len(above) - before, len(above))
        if before > 1 or behind > 1 or (merged and not joined):
            certainty = _STACKED if stacked else 1.0
            yield CutCell(column, whole, shared, range(behind), certainty)
        elif is_open:
            certainty = _OPEN_ABOVE_TEXT if lower.lines else _OPEN_ABOVE_EMPTY
            yield CutCell(column, whole, shared, range(behind), certainty)
        elif column == category and not joined:
            # Where only the first record of a page has no group, the page before has named it.
            recent = above[-RECENT:]
            if all(row.fields[column].lines for row in recent):
                yield CutCell(column, whole, range(0), range(behind), 1 - 1 / (len(recent) + 2))


def _stand_at_cut(upper: Field, lower: Field) -> bool:
    """Whether a page's end cuts a centred text: it stands at that end of both parts of its cell."""
    above, below = upper.parts[-1], lower.parts[0]
    if not above.lines or not below.lines:
        return False
    return _drop(above) > above.lines[-1].size and -_drop(below) > below.lines[0].size


def _fill_stack(upper: Field, lower: Field) -> bool:
    """Whether letters below each other, one a line, have no room for another one on the page."""
    part, letters = upper.parts[-1], [*upper.parts[-1].lines, *lower.lines]
    if not part.lines or not lower.lines or any(len(line.text) > 1 for line in letters):
        return False
    free = part.box.height - (part.lines[-1].bottom - part.lines[0].top)
    return len(part.lines) > 1 and free < part.lines[0].size


def _drop(part: FieldPart) -> float:
    """How much more room a cell has above its text than below it, in points."""
    over, under = part.lines[0].top - part.box.top, part.box.bottom - part.lines[-1].bottom
    return over - under


def _find_late_label(
    above: Sequence[TableRow], column: int, lower: Field, unshared: MutableMapping[int, int]
) -> Iterator[CutCell]:
    """Find the empty cell at a page's end whose label is centred, and printed on the next page."""
    last = above[-1].fields[column]
    if not last.parts or not _has_merged(above, column, unshared):
        return
    count = _count_sharing((row.fields[column] for row in reversed(above)), last.parts[-1], -1)
    recent = above[-count - RECENT : -count]
    if recent and all(row.fields[column].lines for row in recent):
        shared = range(len(above) - count, len(above))
        whole = Field(last.parts + lower.parts)
        yield CutCell(column, whole, shared, range(0), 1 - 1 / (len(recent) + 2))


def _is_of_number(
    above: Sequence[TableRow], piece: Sequence[TableRow], column: int, number: int | None
) -> bool:
    """Whether a cell is merged over the records of one number, and over no others.

    Then it ends where the next page prints another number.
    """
    if number is None or not piece[0].fields[number].lines or not above[-1].fields[number].parts:
        return False
    own, of_number = (_count_sides(above, piece, place) for place in (column, number))
    return any(a == b > 1 for a, b in zip(own, of_number, strict=True))


def _count_sides(
    above: Sequence[TableRow], piece: Sequence[TableRow], column: int
) -> tuple[int, int]:
    """Count the records that share a column's cells at a page's end, above and below it."""
    upper, lower = above[-1].fields[column], piece[0].fields[column]
    return (
        _count_sharing((row.fields[column] for row in reversed(above)), upper.parts[-1], -1),
        _count_sharing((row.fields[column] for row in piece), lower.parts[0], 0),
    )


def _count_sharing(fields: Iterable[Field], cell: FieldPart, end: int) -> int:
    """Count the fields, from the first on, whose outermost part is in a cell.

    Args:
        fields: From the page's end outwards.
        cell: The cell.
        end: Index of the outermost part: -1 above the page's end, 0 below it.
    """
    held = takewhile(lambda field: field.parts and _is_same_cell(field.parts[end], cell), fields)
    return sum(1 for _ in held)


def _has_merged(rows: Sequence[TableRow], column: int, unshared: MutableMapping[int, int]) -> bool:
    """Whether two records of the table share a cell of the column."""
    for index in range(unshared.get(column, 0), len(rows) - 1):
        if share_cell(rows[index : index + 2], column):
            return True
        # Joining records over later pages never makes two of these share a cell.
        unshared[column] = index + 1
    return False


def share_cell(rows: Sequence[TableRow], column: int) -> bool:
    """Whether two rows below each other share a cell of a column."""
    parts = [row.fields[column].parts for row in rows]
    return any(one and other and _is_same_cell(one[-1], other[0]) for one, other in pairwise(parts))


def _is_same_cell(one: FieldPart, other: FieldPart) -> bool:
    return one.page == other.page and one.box == other.box

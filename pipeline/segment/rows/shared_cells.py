"""Find rows of a table that share a cell merged over them."""

from collections.abc import Iterable, Sequence
from itertools import pairwise, starmap

from pipeline.model import Field, FieldPart, TableRow

# Probability that a record belongs to the group that its place shows, and that one without a group
# that any place shows has none. judgement: a group is printed once, but few records have none.
_IN_GROUP, _IN_NONE = 0.8, 0.5
_SAME_LINE = 0.5  # em; judgement: the first lines of a record's cells differ in height by less


def share_cell(rows: Sequence[TableRow], column: int) -> bool:
    """Whether two rows below each other share a cell of a column."""
    return any(starmap(meet_in_cell, pairwise(row.fields[column] for row in rows)))


def meet_in_cell(one: Field, other: Field) -> bool:
    """Whether a field ends in the cell that another one begins in."""
    return bool(one.parts and other.parts) and is_same_cell(one.parts[-1], other.parts[0])


def end_in_one_cell(one: Field, other: Field) -> bool:
    """Whether two fields end in one cell, with one text; a page's end may have cut it before."""
    return one.parts[-1:] == other.parts[-1:]


def is_same_cell(one: FieldPart, other: FieldPart) -> bool:
    """Whether two parts of fields stand in one cell."""
    return one.page == other.page and one.box == other.box


def share_groups(
    rows: Sequence[TableRow], columns: Iterable[int], above: TableRow | None
) -> list[TableRow]:
    """Give records the group, or the speaker, that they share where no ruling ends its cell.

    It is printed once: beside the first line of its first record, or beside the middle of them all.

    Args:
        rows: The records of a piece.
        columns: Those of groups and speakers.
        above: The record before them; None: there is none.
    """
    shared = list(rows)
    for column in columns:
        filled = [bool(row.fields[column].lines) for row in rows]
        goes_on = above is not None and bool(above.fields[column].lines)
        if all(filled) or not (goes_on or any(filled)):
            continue
        for index, owner in enumerate(_find_owners(rows, column, goes_on)):
            if filled[index]:
                continue
            row, group = shared[index], above if owner == -1 else None
            group = rows[owner] if owner is not None and owner >= 0 else group
            if group is not None and group.section == row.section and group.fields[column].lines:
                shared[index] = row.with_field(column, group.fields[column]).doubted(_IN_GROUP)
            else:
                shared[index] = row.doubted(_IN_NONE)
    return shared


def _find_owners(rows: Sequence[TableRow], column: int, goes_on: bool) -> list[int | None]:
    """Find the row that has the group of each one; -1: that above the first, None: unknown."""
    named = [index for index, row in enumerate(rows) if row.fields[column].lines]
    is_first = goes_on or 0 in named
    if is_first and all(_begins_level(rows[index], column) for index in named):
        return [max((n for n in named if n <= at), default=-1) for at in range(len(rows))]
    owners: list[int | None] = []
    for index in named:
        lines, first = rows[index].fields[column].lines, len(owners)
        double = lines[0].top + lines[-1].bottom  # twice its middle
        top = min((line.top for row in rows[first : index + 1] for line in row.lines), default=0.0)
        ends = [max(line.bottom for line in row.lines) for row in rows]
        last = min(range(index, len(rows)), key=lambda at: abs(top + ends[at] - double))
        if first > index or abs(top + ends[last] - double) > lines[0].size:
            return [None] * len(rows)
        owners += [index] * (last + 1 - first)
    return owners if len(owners) == len(rows) else [None] * len(rows)


def _begins_level(row: TableRow, column: int) -> bool:
    """Whether a field begins at the height of the first line of its record."""
    first = row.fields[column].lines[0]
    return first.middle - min(line.middle for line in row.lines) < _SAME_LINE * first.size

"""Find rows of a table that share a cell merged over them."""

from collections.abc import Iterable, Sequence
from itertools import pairwise, starmap
from math import inf

from msgspec.structs import replace

from pipeline.model import Field, FieldPart, TableRow

# Probability that a record belongs to the group that its place shows, and that one without a group
# that any place shows has none. judgement: a group is printed once, but few records have none.
_IN_GROUP, _IN_NONE = 0.8, 0.5
PITCH = 1.8  # em; judgement: the lines of one cell are set closer
SAME_LINE = 0.5  # em; judgement: the first lines of a record's cells differ in height by less


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
    rows: Sequence[TableRow],
    columns: Iterable[int],
    beside: Sequence[int],
    above: TableRow | None,
    is_closed: bool,
) -> list[TableRow]:
    """Give records the group, or the speaker, that they share where no ruling ends its cell.

    It is printed once: beside the first line of its first record, or beside the middle of them all.

    Args:
        rows: The records of a piece.
        columns: Those of groups and speakers.
        beside: Other columns; what is printed beside the same records goes with the group.
        above: The record before them; None: there is none.
        is_closed: Rulings close the cells, and show which of them goes on over the page.
    """
    shared = list(rows)
    for column in columns:
        for own in (column, *beside):
            shared = _join_cut_label(shared, own)
        filled = [bool(row.fields[column].lines) or _spans(row, column) for row in shared]
        goes_on = above is not None and bool(above.fields[column].lines)
        if all(filled) or not (any(filled) or (goes_on and not (is_closed and len(rows) == 1))):
            continue
        both = [c for c in beside if [bool(row.fields[c].lines) for row in shared] == filled]
        sources = [None if is_closed else above, *shared]
        for index, owner in enumerate(_find_owners(shared, column, goes_on)):
            row, group = shared[index], None if owner is None else sources[owner + 1]
            if filled[index]:
                continue
            if group is not None and group.section == row.section:
                for own in (column, *both):
                    row = row.with_field(own, group.fields[own])
            shared[index] = row.doubted(_IN_GROUP if row.fields[column].lines else _IN_NONE)
    return shared


def _spans(row: TableRow, column: int) -> bool:
    """Whether a text of a column before reaches over a column: a row over all of them."""
    before = enumerate(row.fields[:column])
    return any(f.lines and place + f.parts[-1].columns > column for place, f in before)


def _join_cut_label(rows: Sequence[TableRow], column: int) -> list[TableRow]:
    """Join the lines of a label that stands beside the place where two records meet."""
    joined = list(rows)
    for index, (upper, lower) in enumerate(pairwise(rows)):
        one, other = joined[index].fields[column], lower.fields[column]
        if len(one.parts) != 1 or len(other.parts) != 1 or not (one.lines and other.lines):
            continue
        first, apart = other.lines[0], other.lines[0].top - one.lines[-1].top
        level = _begins_level(joined[index], column) and _begins_level(lower, column)
        if meet_in_cell(one, other) or apart > PITCH * first.size or level:
            continue
        (part,), (rest,) = one.parts, other.parts
        box = replace(part.box, bottom=rest.box.bottom)
        whole = replace(part, box=box, lines=(*part.lines, *rest.lines))
        joined[index] = upper.with_field(column, Field((whole,)))
        joined[index + 1] = lower.with_field(column, Field((replace(rest, lines=()),)))
    return joined


def _find_owners(rows: Sequence[TableRow], column: int, goes_on: bool) -> list[int | None]:
    """Find the row that has the group of each one; -1: that above the first, None: unknown."""
    named = [index for index, row in enumerate(rows) if row.fields[column].lines]
    if (goes_on or 0 in named) and all(_begins_level(rows[index], column) for index in named):
        return [max((n for n in named if n <= at), default=-1) for at in range(len(rows))]
    owners: list[int | None] = []
    # A row may hold a picture only.
    ends = [max((line.bottom for line in row.lines), default=inf) for row in rows]
    for index, below in pairwise([*named, len(rows)]):
        lines, first = rows[index].fields[column].lines, len(owners)
        double = lines[0].top + lines[-1].bottom  # twice its middle
        top = min((line.top for row in rows[first : index + 1] for line in row.lines), default=0.0)
        last = min(range(index, below), key=lambda at: abs(top + ends[at] - double))
        if first > index or abs(top + ends[last] - double) > lines[0].size:
            break  # a page's end cuts its cell
        owners += [index] * (last + 1 - first)
    return owners + [None] * (len(rows) - len(owners))


def _begins_level(row: TableRow, column: int) -> bool:
    """Whether a field begins at the height of the first line of its record.

    What the record shares with those above it begins higher.
    """
    first = row.fields[column].lines[0]
    heads = [field.parts[0] for field in row.fields if field.parts]
    top = max(part.box.top for part in heads if part.page == first.page)
    own = (part for part in heads if part.box.top > top - SAME_LINE * first.size)
    heights = (line.middle for part in own for line in part.lines[:1] if line.page == first.page)
    return first.middle - min(heights, default=first.middle) < SAME_LINE * first.size

"""Find rows of a table that share a cell merged over them."""

from collections.abc import Sequence
from itertools import pairwise, starmap

from pipeline.model import Field, FieldPart, TableRow


def share_cell(rows: Sequence[TableRow], column: int) -> bool:
    """Whether two rows below each other share a cell of a column."""
    return any(starmap(meet_in_cell, pairwise(row.fields[column] for row in rows)))


def meet_in_cell(one: Field, other: Field) -> bool:
    """Whether a part of each field stands in one cell; a page's end may have cut it."""
    return any(is_same_cell(own, part) for own in one.parts for part in other.parts)


def is_same_cell(one: FieldPart, other: FieldPart) -> bool:
    """Whether two parts of fields stand in one cell."""
    return one.page == other.page and one.box == other.box

"""Find rows of a table that share a cell merged over them."""

from collections.abc import Sequence
from itertools import pairwise, starmap

from pipeline.model import Field, FieldPart, TableRow


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

"""Find rows of a table that share a cell merged over them."""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.model import FieldPart, TableRow


def share_cell(rows: Sequence[TableRow], column: int) -> bool:
    """Whether two rows below each other share a cell of a column."""
    parts = [row.fields[column].parts for row in rows]
    return any(one and other and is_same_cell(one[-1], other[0]) for one, other in pairwise(parts))


def is_same_cell(one: FieldPart, other: FieldPart) -> bool:
    """Whether two parts of fields stand in one cell."""
    return one.page == other.page and one.box == other.box

"""Guess what the columns of a table mean whose header words nobody knows."""

from pipeline.model import TEXT_PAIRS, Cell, Column, Grid, Table
from pipeline.segment.headers.content_roles import find_shown_roles, give_roles
from pipeline.segment.headers.header_rows import Header, assign_roles
from pipeline.segment.rows.column_edges import edge_tolerance
from pipeline.segment.rows.grid_rows import read_rows
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import match_role, strip_header

_LONGEST = 15  # characters; judgement: a header of unknown words is short, a record is not


def guess_header(grid: Grid, roles: HeaderRoles) -> Header | None:
    """Take the first row of a grid for a header if its columns hold comments and their answers.

    Args:
        grid: A ruled table whose first row names no comment table.
        roles: What headers mean in this annex.

    Returns:
        The header with the roles that words or cells show; None: the cells show no comment table.
    """
    cells = [cell for cell in grid.cells if cell.row == 0]
    texts = [cell.text for cell in cells]
    if len(cells) < len(grid.column_edges) - 1 or len(set(texts)) < len(texts):
        return None
    if len(texts) < 2 or not all(map(_may_name, cells)):
        return None
    known = assign_roles([roles.choose(text, match_role(text)) for text in texts])
    rows = read_rows(grid, grid.column_edges, edge_tolerance(grid), 1, None)
    table = Table(None, None, tuple(map(Column, texts, known)), tuple(rows))
    table = give_roles(table, find_shown_roles(table, roles))
    if not any({column.role for column in table.columns} >= pair for pair in TEXT_PAIRS):
        return None
    return Header(
        depth=1,
        edges=grid.column_edges,
        columns=table.columns,
        lines=tuple(line for cell in cells for line in cell.lines),
        texts=frozenset(map(strip_header, texts)),
        guessed=True,
    )


def _may_name(cell: Cell) -> bool:
    """Whether a cell may head one column: short words, and no figures alone."""
    text = cell.text
    plain = cell.row_span == cell.column_span == 1 and "。" not in text
    return plain and 0 < len(text) <= _LONGEST and not text.isdigit()

"""Guess what the columns of a table mean whose header words nobody knows, and doubt it.

改定料金 beside 現行料金 may be a revision, or a fee: without a doubt it is as sure as 改正後.
"""

from collections.abc import Sequence, Set
from itertools import count

from msgspec.structs import replace

from pipeline.model import TEXT_PAIRS, Cell, Column, Grid, Role, Table
from pipeline.segment.headers.content_roles import find_shown_roles
from pipeline.segment.headers.header_rows import Header, assign_roles, match_headers
from pipeline.segment.headers.shown_roles import ShownRole, give_roles
from pipeline.segment.rows.grid_rows import read_rows
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import match_role, strip_header

_LONGEST = 15  # characters; judgement: a header of unknown words is short, a record is not
_LEAST_COLUMNS = 2  # judgement: a comment and its answer


def guess_header(grid: Grid, roles: HeaderRoles) -> Header | None:
    """Take the first row of a grid for a header if its columns hold comments and their answers.

    Where the first row is such a record itself, the table has no header.

    Args:
        grid: A ruled table whose first row names no comment table.

    Returns:
        The header with the roles that words or cells show; None: the cells show no comment table.
    """
    cells = grid.row(0)
    count = grid.column_count
    if count < _LEAST_COLUMNS or len(cells) < count:
        return None
    names = [cell.text for cell in cells]
    filled = [cell for cell in cells if not cell.is_blank]
    is_header = len(filled) >= _LEAST_COLUMNS and all(map(_may_name, filled))
    if is_header and len({cell.text for cell in filled}) < len(filled):
        return None
    if not is_header:
        cells, names = [], [""] * count
    known = assign_roles(match_headers(names, map(match_role, names), roles))
    first = 1 if is_header else 0
    rows = read_rows(grid, grid.column_edges, first)
    table = Table(None, None, tuple(map(Column, names, known)), tuple(rows))
    table = give_roles(table, find_shown_roles(table, roles))
    if not any({column.role for column in table.columns} >= pair for pair in TEXT_PAIRS):
        return None
    return Header(
        depth=first,
        edges=grid.column_edges,
        columns=table.columns,
        lines=tuple(line for cell in cells for line in cell.lines),
        texts=frozenset(map(strip_header, filter(None, names))),
        guessed=True,
    )


def _may_name(cell: Cell) -> bool:
    """Whether a cell may head one column: short words, and no figures alone."""
    text = cell.text
    plain = cell.row_span == cell.column_span == 1 and "。" not in text
    return plain and 0 < len(text) <= _LONGEST and not text.isdigit()


def find_doubtful_roles(
    tables: Sequence[Table], doubtful: Sequence[Set[Role]], roles: HeaderRoles
) -> list[list[ShownRole]]:
    """Find the roles that only a header's form, or the columns beside it, tell.

    Args:
        doubtful: For each the roles that no word of its headers names.

    Returns:
        For each table those that neither its cells show nor those of a table with its columns.
    """
    shown: dict[tuple[Column, ...], set[ShownRole]] = {}
    for table, own in zip(tables, doubtful, strict=True):
        if own:
            shown.setdefault(table.columns, set()).update(_find_shown(table, own, roles))
    return [
        [
            entry
            for entry in map(ShownRole, count(), (column.role for column in table.columns))
            if entry.role in own and entry not in shown[table.columns]
        ]
        for table, own in zip(tables, doubtful, strict=True)
    ]


def _find_shown(table: Table, doubtful: Set[Role], roles: HeaderRoles) -> list[ShownRole]:
    """The roles that the cells show if the header names none of the doubtful ones."""
    columns = (replace(own, role=None) if own.role in doubtful else own for own in table.columns)
    return find_shown_roles(replace(table, columns=tuple(columns)), roles)

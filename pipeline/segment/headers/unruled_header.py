"""Part a header from the record below it where no ruling stands between them."""

from collections.abc import Sequence
from itertools import accumulate
from math import inf

from msgspec.structs import replace

from pipeline.model import TEXT_ROLES, Grid, Line, TableRow, remove_white_space
from pipeline.segment.headers.header_rows import Header, assign_roles
from pipeline.segment.headers.repeated_header import LEAST_REPEATED
from pipeline.segment.rows.unruled_rows import cut_row
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD, fold_header


def rule_header(grid: Grid, roles: HeaderRoles) -> Grid:
    """Rule the header off where it stands in the cells of the first record: 改正後 above 第１条.

    Returns:
        The grid with one row more; the grid itself where the first lines of its first row do not
        all name roles, two at least and one of them a text.
    """
    top = grid.row(0)
    texts = [remove_white_space(cell.lines[0].text) if cell.lines else "" for cell in top]
    if not any(roles.is_prose(cell.text) for cell in top) or any(map(roles.is_prose, texts)):
        return grid
    matches = [roles.match(text, ENDS_IN_WORD) for text in texts]
    if None in matches:
        return grid
    named = {role for role in assign_roles(matches) if role is not None}
    bottom = max(cell.lines[0].bottom for cell in top if cell.lines)
    below = min(line.top for cell in top for line in cell.lines[1:])
    if len(named) < LEAST_REPEATED or not named & TEXT_ROLES or below < bottom:
        return grid
    edge = (bottom + below) / 2
    heads = (
        replace(c, box=replace(c.box, bottom=edge), lines=c.lines[:1], row_span=1) for c in top
    )
    bodies = (replace(c, row=1, box=replace(c.box, top=edge), lines=c.lines[1:]) for c in top)
    others = (replace(c, row=c.row + 1) for c in grid.cells if c.row)
    edges = (grid.row_edges[0], edge, *grid.row_edges[1:])
    return replace(grid, row_edges=edges, cells=(*heads, *bodies, *others))


def part_header(row: TableRow, header: Header) -> list[TableRow]:
    """Cut the first row of a piece below the table's header, if every cell begins with its own.

    Args:
        row: Everything above the first ruling.

    Returns:
        The header's row and the record's; the row itself where it does not begin with a header, or
        is nothing else.
    """
    depths: list[float] = []
    for field, column in zip(row.fields, header.columns, strict=True):
        if not column.header:
            continue
        depth = _measure_header(field.lines, fold_header(column.header))
        if depth is None:
            return [row]
        depths.append(depth)
    below, end = (line for field in row.fields for line in field.lines), max(depths, default=inf)
    top = min((line.top for line in below if line.middle > end), default=None)
    if len(depths) < LEAST_REPEATED or top is None:
        return [row]
    return cut_row(row, [(end + top) / 2])


def _measure_header(lines: Sequence[Line], header: str) -> float | None:
    """The y where the first lines of a cell end that spell a header, in points; None: none do."""
    if not lines or not header.startswith(fold_header(remove_white_space(lines[0].text))):
        return None  # most rows are a record's: their first line settles it
    texts = accumulate(remove_white_space(line.text) for line in lines)
    ends = (
        line.bottom for line, text in zip(lines, texts, strict=True) if fold_header(text) == header
    )
    return next(ends, None)

"""Take the empty columns out of a table whose groups of columns are drawn apart.

A spreadsheet's author may leave a narrow column without rulings between two groups of columns. It
is one blank cell from the top of the table to its end, so that no row would end below the header.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.model import Cell, Grid, Page
from pipeline.segment.headers.header_rows import find_header
from pipeline.segment.rows.column_edges import edge_tolerance
from pipeline.vocabulary.header_roles import HeaderRoles


def take_out_spacers(pages: Sequence[Page], roles: HeaderRoles) -> list[Page]:
    """Take the spacers out of the tables of an annex.

    A column is one if it hides a header, or if it stands where one does on an earlier page.

    Args:
        pages: The pages of the annex.
        roles: What headers mean in it.
    """
    known: list[float] = []
    return [_take_out_of_page(page, roles, known) for page in pages]


def _take_out_of_page(page: Page, roles: HeaderRoles, known: list[float]) -> Page:
    """Take the spacers out of a page; `known` are their left edges, which it adds to."""
    grids = tuple(_take_out(grid, roles, known) for grid in page.grids)
    unchanged = all(own is grid for own, grid in zip(grids, page.grids, strict=True))
    return page if unchanged else replace(page, grids=grids)


def _take_out(grid: Grid, roles: HeaderRoles, known: list[float]) -> Grid:
    rows, columns = len(grid.row_edges) - 1, len(grid.column_edges) - 1
    spacers = [
        cell
        for cell in grid.cells
        if cell.row_span == rows > 1
        and cell.column_span == 1
        and 0 < cell.column < columns - 1
        and cell.is_blank
    ]
    if not spacers:
        return grid
    tolerance = edge_tolerance(grid)
    seen = [s for s in spacers if any(abs(s.box.x0 - x) <= tolerance for x in known)]
    if seen:
        return _without(grid, seen)
    header = find_header(without := _without(grid, spacers), roles)
    # A column between two halves with the same header is their gutter.
    repeats = header is not None and len(set(header.names)) < len(header.names)
    if header is None or repeats or not header.is_comment_table:
        return grid
    known += [cell.box.x0 for cell in spacers]
    return without


def _without(grid: Grid, spacers: Sequence[Cell]) -> Grid:
    """The grid without some columns; their room goes to the column before each."""
    gone = {cell.column for cell in spacers}
    places = [
        sum(column not in gone for column in range(end)) for end in range(len(grid.column_edges))
    ]
    cells = (
        replace(
            cell,
            column=places[cell.column],
            column_span=places[cell.column + cell.column_span] - places[cell.column],
        )
        for cell in grid.cells
        if cell not in spacers
    )
    edges = (x for index, x in enumerate(grid.column_edges) if index not in gone)
    return replace(grid, column_edges=tuple(edges), cells=tuple(cells))

"""Take columns or rows out of a grid, and lay grids beside each other."""

from msgspec.structs import replace

from pipeline.model import Box, Grid, find_nearest


def take_columns(grid: Grid, span: tuple[int, int]) -> Grid:
    """Take some columns out of a grid, as if nothing stood beside them.

    Args:
        span: The columns, [first, last + 1); no cell reaches over either end.
    """
    first, end = span
    cells = [c for c in grid.cells if first <= c.column and c.column_end <= end]
    rows = sorted({row for c in cells for row in (c.row, c.row_end)})
    place = {row: index for index, row in enumerate(rows)}
    taken = [
        replace(
            c, row=place[c.row], row_span=place[c.row_end] - place[c.row], column=c.column - first
        )
        for c in cells
    ]
    return replace(
        grid,
        column_edges=grid.column_edges[first : end + 1],
        row_edges=tuple(grid.row_edges[row] for row in rows),
        cells=tuple(taken),
    )


def take_rows(grid: Grid, span: tuple[int, int]) -> Grid:
    """Take some rows out of a grid, as if nothing stood above and below them.

    Args:
        span: The rows, [first, last + 1); no cell reaches over either end.
    """
    first, end = span
    if end - first == grid.row_count:
        return grid
    return replace(
        grid,
        row_edges=grid.row_edges[first : end + 1],
        cells=tuple(replace(c, row=c.row - first) for c in grid.cells if first <= c.row < end),
        open_top=grid.open_top and not first,
        open_bottom=grid.open_bottom and end == grid.row_count,
    )


def drop_columns(grid: Grid, count: int) -> Grid:
    """The grid without its first columns; no cell reaches over their end."""
    return take_columns(grid, (count, grid.column_count)) if count else grid


def lay_beside(left: Grid, right: Grid) -> Grid:
    """Lay a grid beside another one with as many rows; its rows become as high as those.

    Args:
        left: The grid that keeps its place and its page.
    """
    columns = len(left.column_edges) - 1
    shift = left.column_edges[-1] - right.column_edges[0]
    laid = [
        replace(
            cell,
            column=columns + cell.column,
            box=Box(
                cell.box.x0 + shift,
                left.row_edges[cell.row],
                cell.box.x1 + shift,
                left.row_edges[cell.row_end],
            ),
        )
        for cell in right.cells
    ]
    return replace(
        left,
        column_edges=(*left.column_edges, *(x + shift for x in right.column_edges[1:])),
        cells=tuple(sorted([*left.cells, *laid], key=lambda cell: cell.slot)),
        open_top=left.open_top or right.open_top,
        open_bottom=left.open_bottom or right.open_bottom,
    )


def share_rows(one: Grid, other: Grid, tolerance: float) -> tuple[Grid, Grid]:
    """Give two grids the same rows, where the cells of one are merged over rows of the other.

    They stay as they are where the edges of one are not each an edge of the other.

    Args:
        other: The grid to lay beside it.
        tolerance: How far apart the heights of one edge may be, in points.
    """
    if one.row_count > other.row_count:
        other, one = share_rows(other, one, tolerance)
        return one, other
    shift = one.row_edges[0] - other.row_edges[0]
    edges = [y + shift for y in other.row_edges]
    place = [find_nearest(edges, y) for y in one.row_edges]
    far = any(abs(edges[row] - y) > tolerance for row, y in zip(place, one.row_edges, strict=True))
    if far or len({*place}) < len(place):
        return one, other
    for row, y in zip(place, one.row_edges, strict=True):
        edges[row] = y
    cells = [
        replace(c, row=place[c.row], row_span=place[c.row_end] - place[c.row]) for c in one.cells
    ]
    return replace(one, row_edges=tuple(edges), cells=tuple(cells)), other

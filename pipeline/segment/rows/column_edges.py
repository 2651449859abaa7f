"""Compare the column edges of the pieces of a table."""

from collections.abc import Sequence
from statistics import median

from pipeline.model import Box, Cell, Grid

# In em: by how much the edges of one column may differ between two pages.
_MAX_EDGE_DISTANCE = 0.5  # judgement: programs are within 0.01 pt, no column is half an em wide
_MAX_INFERRED_DISTANCE = 2.0  # judgement: inferred edges follow the text of each page


def place_edges(edges: Sequence[float], grid: Grid, resized: bool) -> tuple[float, ...] | None:
    """Place the column edges of a table on a piece elsewhere on its page.

    The other half of a sheet and a page with other margins move the columns. Another paper
    stretches them too.

    Args:
        edges: The x of the table's column edges, in points.
        resized: Whether the columns may be wider or narrower than the table's.

    Returns:
        The edges on the piece; None: it has other columns.
    """
    own = grid.column_edges
    if len(own) != len(edges):
        return None
    scale = (own[-1] - own[0]) / (edges[-1] - edges[0]) if resized else 1.0
    placed = tuple(own[0] + scale * (edge - edges[0]) for edge in edges)
    return placed if have_same_edges(placed, grid) else None


def have_same_edges(edges: Sequence[float], grid: Grid) -> bool:
    """Whether a piece has the column edges of a table: both sides, and every edge between."""
    if edges == grid.column_edges:  # as most pages have, and need no tolerance
        return True
    tolerance = edge_tolerance(grid)
    return all(
        any(abs(edge - other) <= tolerance for other in grid.column_edges) for edge in edges
    ) and (
        abs(edges[0] - grid.column_edges[0]) <= tolerance
        and abs(edges[-1] - grid.column_edges[-1]) <= tolerance
    )


def have_same_columns(one: Grid, other: Grid) -> bool:
    """Whether two pieces have as many columns, with the same edges."""
    edges = one.column_edges
    return len(edges) == len(other.column_edges) and have_same_edges(edges, other)


def have_same_sides(box: Box, cell: Cell, grid: Grid) -> bool:
    """Whether a cell of a piece has the sides of one on the page before."""
    return max(abs(cell.box.x0 - box.x0), abs(cell.box.x1 - box.x1)) <= edge_tolerance(grid)


def edge_tolerance(grid: Grid) -> float:
    """Compute how far apart the edges of one column may be, in points."""
    sizes = [line.size for line in grid.lines]
    share = _MAX_INFERRED_DISTANCE if grid.inferred else _MAX_EDGE_DISTANCE
    return share * (median(sizes) if sizes else 0.0)

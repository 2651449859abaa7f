"""Read the title that stands in rows of its own above a table's header, inside the rulings."""

from collections.abc import Iterator

from pipeline.model import Grid, Line
from pipeline.segment.headings.table_heading import Heading, read_heading


def read_title_row(grid: Grid, depth: int) -> Heading:
    """Read the first rows of a table as its heading, where each is one text over all columns.

    A text that begins in the first cell and runs over the borders beside it has the empty cells
    at its right for itself. A note may stand above the title (※ …).

    Args:
        grid: The table's first piece.
        depth: The grid row below its header, such rows included.

    Returns:
        The heading; without texts where the header begins with its own first row.
    """
    return read_heading(list(_find_lines_above(grid, depth)), grid.box.x0, grid.box.x1)


def _find_lines_above(grid: Grid, depth: int) -> Iterator[Line]:
    """The lines of the rows above the header's own, of which there is one at least."""
    for row in range(depth - 1):
        cells = [cell for cell in grid.row(row) if cell.lines]
        if len(cells) != 1 or cells[0].column > 0 or cells[0].column_span < 2:
            return
        yield from cells[0].lines

"""Read the title that stands in a row of its own above a table's header, inside the rulings."""

from pipeline.model import Grid
from pipeline.segment.headings.table_heading import Heading, read_heading


def read_title_row(grid: Grid, depth: int) -> Heading:
    """Read the first row of a table as its heading, where it is one text over all columns.

    A text that begins in the first cell and runs over the borders beside it has the empty cells
    at its right for itself.

    Args:
        grid: The table's first piece.
        depth: The grid row below its header, such a row included.

    Returns:
        The heading; without texts where the header begins with its own first row.
    """
    top = [cell for cell in grid.cells if cell.row == 0 and cell.lines]
    if depth < 2 or len(top) != 1 or top[0].column > 0 or top[0].column_span < 2:
        return Heading(None, None)
    return read_heading(top[0].lines, grid.box.x0, grid.box.x1)

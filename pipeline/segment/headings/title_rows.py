"""Read the title that stands in a row of its own above a table's header, inside the rulings."""

from pipeline.model import Grid
from pipeline.segment.headings.table_heading import Heading, read_heading


def read_title_row(grid: Grid, depth: int) -> Heading:
    """Read the first row of a table as its heading, where it is one cell over all columns.

    Args:
        grid: The table's first piece.
        depth: The grid row below its header, such a row included.

    Returns:
        The heading; without texts where the header begins with its own first row.
    """
    top = [cell for cell in grid.cells if cell.row == 0]
    if depth < 2 or len(top) != 1 or len(grid.column_edges) - 1 > top[0].column_span:
        return Heading(None, None)
    return read_heading(top[0].lines, grid.box.x0, grid.box.x1)

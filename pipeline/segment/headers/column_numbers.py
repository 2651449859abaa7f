"""Take a row that only numbers the columns (① ② ③) for a part of the header above it."""

from msgspec.structs import replace

from pipeline.model import Cell, Grid
from pipeline.segment.headers.header_rows import Header
from pipeline.vocabulary.folding import fold

_SERIES = ("123456789", "abcdefghi", "アイウエオカキクケ", "イロハニホヘトチリ")
_LEAST = 3  # cells; judgement: two may be a record of two short texts
_LONGEST = 3  # characters of a sign; judgement: (1)


def skip_column_numbers(grid: Grid, header: Header) -> Header:
    """Add the row below a header to it if it numbers the columns; else return it as it is.

    Args:
        grid: The piece that the header is at the top of.
    """
    if header.depth >= grid.row_count:
        return header
    below = [cell for cell in grid.cells if cell.row <= header.depth < cell.row_end]
    filled = [cell for cell in below if cell.lines]
    if len(filled) < _LEAST or any(cell.row_span > 1 for cell in below) or not _count_on(filled):
        return header
    lines = tuple(line for cell in filled for line in cell.lines)
    return replace(header, depth=header.depth + 1, lines=(*header.lines, *lines))


def _count_on(cells: list[Cell]) -> bool:
    """Whether cells hold the signs of one series from its first on, and nothing else."""
    if any(len(cell.text) > _LONGEST for cell in cells):
        return False
    signs = "".join(fold(cell.text).strip("().").casefold() for cell in cells)
    return len(signs) == len(cells) and any(series.startswith(signs) for series in _SERIES)

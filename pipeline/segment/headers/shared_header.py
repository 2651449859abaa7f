"""Part the columns that share one header cell: 意見の概要 over a number and its text."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.model import Cell, Column, Grid

_LEAST_ROWS = 2  # rows with text on both sides; judgement: one may be a small table in a cell


def part_columns(
    grid: Grid, depth: int, spans: Sequence[tuple[int, int]], columns: Sequence[Column]
) -> Iterator[tuple[tuple[int, int], Column]]:
    """Part each column in which a ruling runs down through all rows.

    The part with the most text keeps header and role; the others have neither. Without this, a
    mark and the text beside it become one text.

    Args:
        depth: The grid row below its header.
        spans: The grid columns [first, last + 1) of each column.
    """
    for span, column in zip(spans, columns, strict=True):
        cells = [] if span[1] - span[0] == 1 else _find_cells(grid, depth, span)
        inner = [edge for edge in range(span[0] + 1, span[1]) if _is_side(cells, edge)]
        parts = list(pairwise((span[0], *inner, span[1])))
        lengths = [sum(len(c.text) for c in cells if a <= c.column < b) for a, b in parts]
        longest = parts[lengths.index(max(lengths))]
        yield from ((part, column if part == longest else Column("", None)) for part in parts)


def _find_cells(grid: Grid, depth: int, span: tuple[int, int]) -> list[Cell]:
    """The cells below a header cell; those of a heading reach beyond its sides."""
    return [
        cell
        for cell in grid.cells
        if depth <= cell.row and span[0] <= cell.column and cell.column_end <= span[1]
    ]


def _is_side(cells: Sequence[Cell], edge: int) -> bool:
    """Whether an edge parts all rows, and has text on both sides."""
    if any(cell.column < edge < cell.column_end for cell in cells):
        return False
    filled = [cell for cell in cells if not cell.is_blank]
    left = {cell.row for cell in filled if cell.column_end == edge}
    right = {cell.row for cell in filled if cell.column == edge}
    return len(left & right) >= _LEAST_ROWS

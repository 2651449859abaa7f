"""Read a grid whose texts begin with their labels: （質問）… in one row, （回答）… in the next."""

from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from pipeline.model import Box, Cell, Grid
from pipeline.segment.rows.inline_tables import read_field
from pipeline.segment.shapes.cut_label import cut_label
from pipeline.segment.shapes.label_piece import LabelPiece
from pipeline.segment.shapes.labelled import Labelled, Lead
from pipeline.segment.shapes.side_columns import name_column
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import (
    LineLabel,
    give_back_list_numbers,
    read_cell_label,
    read_line_label,
)

_LEAST_PAIRS = 2  # questions above answers; judgement: one may be a record's own words
_MOSTLY = 0.8  # share of the cells that begin with a label; judgement: a note may stand between


def read_inline_piece(
    grid: Grid, roles: HeaderRoles, before: LabelPiece | None = None
) -> LabelPiece | None:
    """Read a grid in whose last column each text begins with its label.

    Args:
        grid: A piece of a table.
        roles: What headers mean in this annex.
        before: The piece that this one may go on with on a new page.

    Returns:
        None where the texts are something else.
    """
    column = max(cell.column for cell in grid.cells)
    held = (cell for cell in grid.cells if cell.column == column and cell.lines)
    cells = [part for cell in held for part in _part_turns(cell)]
    labels = give_back_list_numbers([read_line_label(cell.lines[0].text) for cell in cells])
    pairs = sum(
        one is not None and other is not None and one.asks and not other.asks
        for one, other in pairwise(labels)
    )
    follows = before is not None and before.inline
    if pairs < (0 if follows else _LEAST_PAIRS) or column == 0:
        return None
    top = [cell for cell in grid.cells if cell.row == 0]
    headed = labels[0] is None and (before is None or not follows or _prints_again(top, before))
    header = top if headed else []
    body = [(c, label) for c, label in zip(cells, labels, strict=True) if c not in header]
    if sum(label is not None for _, label in body) < _MOSTLY * len(body) - follows:
        return None
    piece = LabelPiece(grid, None, inline=True)
    piece.header_lines += (line for cell in header for line in cell.lines)
    piece.leads = tuple(
        name_column(grid, place, header, lambda cell: read_cell_label(cell.text, roles))
        for place in range(column)
    )
    for cell, label in body:
        item = _read_cell(grid, cell, label, column)
        piece.events.append(item)
        if label is not None:
            piece.beside.append(label.label)
    return piece


def _prints_again(top: list[Cell], before: LabelPiece) -> bool:
    """Whether a new page begins with the header of the piece before it."""
    texts = [line.text for cell in top for line in cell.lines]
    return bool(texts) and texts == [line.text for line in before.header_lines]


def _part_turns(cell: Cell) -> Iterator[Cell]:
    """Part a cell whose question its answer follows: （質問）… and below it （回答）…."""
    labels = [read_line_label(line.text) for line in cell.lines]
    if labels[0] is None or not labels[0].asks:
        yield cell
        return
    turns = (i for i, label in enumerate(labels) if label is not None and not label.asks)
    place = next(turns, len(labels))
    for lines in filter(None, (cell.lines[:place], cell.lines[place:])):
        box = Box(cell.box.x0, lines[0].top, cell.box.x1, lines[-1].bottom)
        yield cell if lines == cell.lines else replace(cell, lines=lines, box=box)


def _read_cell(grid: Grid, cell: Cell, label: LineLabel | None, column: int) -> Labelled:
    beside = tuple(
        Lead(place, read_field([c], grid.page))
        for place in range(column)
        for c in grid.cells
        if c.column == place and c.row <= cell.row < c.row + c.row_span
    )
    if label is None:
        return Labelled(None, read_field([cell], grid.page), leads=beside)
    return replace(cut_label(cell.lines, cell.box, label), leads=beside)

"""Read a grid that stands on its side: each row is a label's, each further column a record's."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.model import TEXT_PAIRS, Cell, Grid, Role
from pipeline.segment.rows.inline_tables import read_field
from pipeline.segment.shapes.label_piece import LabelColumn, LabelPiece
from pipeline.segment.shapes.labelled import Labelled
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import RecordLabel, read_cell_label

_LEAST_COLUMNS = 3  # judgement: labels and two records; with one record it is a card
# Width of the widest column of a record over the narrowest one's; judgement: authors part the rest
# of the paper evenly, and give a remark beside a card's text less than the text.
_SAME_WIDTH = 1.1
# Probability that each column is a record; judgement: a card may have texts in several columns, or
# compare two versions, where nothing tells its columns apart.
_UNNAMED = 0.7
_NAMES = frozenset((Role.NUMBER, Role.CATEGORY, Role.SUBMITTER))
"""Roles of a row that names the record of each column."""


def read_records_across(grid: Grid, roles: HeaderRoles) -> LabelPiece | None:
    """Read a grid whose first column holds a label a row, and whose others hold a record each.

    Returns:
        None where it has another shape.
    """
    columns, rows = grid.column_count, grid.row_count
    cells = {cell.slot: cell for cell in grid.cells}
    if columns < _LEAST_COLUMNS or len(cells) < columns * rows or not _are_even(grid):
        return None
    labels = _read_labels([cells[row, 0] for row in range(rows)], roles)
    if labels is None:
        return None
    certainty = 1.0 if _are_named(cells, labels, columns) else _UNNAMED
    piece = LabelPiece(grid, LabelColumn(0, 1), beside=labels)
    for column in range(1, columns):
        for row, label in enumerate(labels):
            value = read_field([cells[row, column]], grid.page)
            lines = cells[row, 0].lines if column == 1 else ()
            opens = row == 0 and column == 1
            doubt = certainty if row == 0 else 1.0
            event = Labelled(label, value, lines, opens_piece=opens, certainty=doubt)
            piece.events.append(event)
    return piece


def _are_named(
    cells: Mapping[tuple[int, int], Cell], labels: Sequence[RecordLabel], columns: int
) -> bool:
    """Whether a row tells the columns apart: each has a number, a name or a subject of its own."""
    return any(
        label.role in _NAMES
        and len({cells[row, i].text for i in range(1, columns)} - {""}) + 1 == columns
        for row, label in enumerate(labels)
    )


def _are_even(grid: Grid) -> bool:
    widths = [right - left for left, right in pairwise(grid.column_edges[1:])]
    return max(widths) <= _SAME_WIDTH * min(widths)


def _read_labels(cells: list[Cell], roles: HeaderRoles) -> list[RecordLabel] | None:
    """Read the labels of a comment, its answer and what else a record has; None: others stand."""
    found = [read_cell_label(cell.text, roles) for cell in cells]
    labels = [label for label in found if label is not None]
    named = {label.role for label in labels}
    distinct = len({label.header for label in labels}) == len(cells)
    return labels if distinct and any(named >= pair for pair in TEXT_PAIRS) else None

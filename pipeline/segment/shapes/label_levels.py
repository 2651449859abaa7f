"""Join labels of two levels: 意見 beside 内容 and 理由 leaves 意見内容 and 理由."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from pipeline.model import TEXT_ROLES, Box, Cell, Grid
from pipeline.segment.shapes.label_piece import LabelColumn, LabelPiece
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import read_cell_label, unknown_label

_BOTH = LabelColumn(0, 2)
_Cells = Mapping[tuple[int, int], Cell]


def join_label_levels(grid: Grid, roles: HeaderRoles, before: LabelPiece | None) -> Grid:
    """Join the labels of a card's first two columns, where the first one's name a text each.

    Args:
        grid: A piece of a table.
        roles: What headers mean in this annex.
        before: The piece that this one may go on with: a page's end may leave only two levels.

    Returns:
        The grid with one cell for both levels in each row: as the rows that have one level have
        it. The grid itself where its labels have one level.
    """
    cells = {(cell.row, cell.column): cell for cell in grid.cells}
    over = [own for own in grid.cells if own.column == 0 and own.row_span > 1]
    whole = any(own.column == 0 and own.column_span == 2 for own in grid.cells)
    whole |= before is not None and before.column == _BOTH
    below = [_find_below(own, cells, roles) for own in over]
    if not over or not whole or not all(below):
        return grid
    joined = [
        cell
        for own, parts in zip(over, below, strict=True)
        for cell in _join(own, parts, [p.text for each in below for p in each], roles)
    ]
    taken = {id(cell) for own, parts in zip(over, below, strict=True) for cell in (own, *parts)}
    return replace(grid, cells=(*(c for c in grid.cells if id(c) not in taken), *joined))


def _find_below(over: Cell, cells: _Cells, roles: HeaderRoles) -> list[Cell]:
    """The labels beside one that is merged over their rows; none where it holds something else."""
    label = read_cell_label(over.text, roles)
    if label is None or not label.exact or label.ordinal or label.role not in TEXT_ROLES:
        return []
    found = [cells.get((row, 1)) for row in range(over.row, over.row + over.row_span)]
    parts = [cell for cell in found if cell is not None and cell.row_span == 1]
    fit = len(parts) == over.row_span and all(_may_stand_below(part, roles) for part in parts)
    return parts if fit else []


def _may_stand_below(part: Cell, roles: HeaderRoles) -> bool:
    """Whether a cell may hold a label of the second level: no text of its own, no prose."""
    label = read_cell_label(part.text, roles) or unknown_label(part.text, roles)
    return part.column_span == 1 and label is not None and label.role not in TEXT_ROLES


def _join(
    over: Cell, parts: list[Cell], all_parts: list[str], roles: HeaderRoles
) -> Iterator[Cell]:
    """Yield a cell for each label: with both levels where the lower one names nothing, or twice."""
    for part in parts:
        named = read_cell_label(part.text, roles) is not None and all_parts.count(part.text) == 1
        box = Box(over.box.x0, part.box.top, part.box.x1, part.box.bottom)
        lines = part.lines if named else (*over.lines, *part.lines)
        yield replace(part, column=0, column_span=2, box=box, lines=lines)

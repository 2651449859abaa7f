"""Join labels of two levels: 意見 beside 内容 and 理由 leaves 意見内容 and 理由."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from pipeline.model import DIALOGUE_ROLES, TEXT_ROLES, Box, Cell, Grid
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import RecordLabel, read_cell_label, unknown_label

_LEVELS = 2  # columns; judgement: no form has labels of three levels
_Cells = Mapping[tuple[int, int], Cell]


def join_label_levels(grid: Grid, roles: HeaderRoles) -> Grid:
    """Join the labels of two columns, where those of the first one name a text each.

    Returns:
        The grid with one cell for both levels in each row: as the rows that have one level have
        it. The grid itself where its labels have one level.
    """
    cells = {cell.slot: cell for cell in grid.cells}
    rows = grid.row_count
    for column in sorted({cell.column for cell in grid.cells if cell.row_span > 1}):
        own = [cell for cell in grid.cells if cell.column == column]
        joint = [cell for cell in own if cell.row_span == 1 and cell.column_span == _LEVELS]
        over = _fill_labels([cell for cell in own if cell not in joint])
        below = [_find_below(cell, cells, roles) for cell in over]
        known = any(cell.lines and cell.row_span > 1 for cell in over)
        if known and all(below) and sum(cell.row_span for cell in (*over, *joint)) == rows:
            return _join_all(grid, [*zip(over, below, strict=True)], roles)
    return grid


def _fill_labels(cells: Sequence[Cell]) -> list[Cell]:
    """Give the rest of a merged label that a page's end cut the words above it."""
    filled: list[Cell] = []
    for cell in sorted(cells, key=lambda own: own.row):
        above = filled[-1].lines if filled else ()
        filled.append(cell if cell.lines else replace(cell, lines=above))
    return filled


def _join_all(
    grid: Grid, groups: Sequence[tuple[Cell, Sequence[Cell]]], roles: HeaderRoles
) -> Grid:
    """Give each lower label the upper one too, but a text's own (条文) and one without a role."""
    joined = []
    for over, parts in groups:
        labels = [read_cell_label(part.text, roles) for part in parts]
        alone = [own is not None and own.role in (None, *TEXT_ROLES) for own in labels]
        alone = [False] * len(parts) if all(alone) else alone
        joined += [_join(over, *pair) for pair in zip(parts, alone, strict=True)]
    taken = {cell.slot for own, parts in groups for cell in (own, *parts)}
    others = (cell for cell in grid.cells if cell.slot not in taken)
    cells = sorted((*others, *joined), key=lambda cell: cell.slot)
    return replace(grid, cells=tuple(cells))


def _find_below(over: Cell, cells: _Cells, roles: HeaderRoles) -> list[Cell]:
    """The labels beside one that is merged over their rows; none where it holds something else."""
    label = read_cell_label(over.text, roles)
    is_text = label is not None and label.exact and not label.ordinal and label.role in TEXT_ROLES
    # A page's end may leave a row of a merged label, and its words on the page before.
    is_rest = over.row == 0 and not over.lines
    if not (is_text or is_rest):
        return []
    found = [cells.get((row, over.column + 1)) for row in range(over.row, over.row_end)]
    parts = [cell for cell in found if cell is not None and cell.row_span == 1]
    fit = len(parts) == over.row_span and all(_fits(part, label, roles) for part in parts)
    return parts if fit else []


def _fits(part: Cell, over: RecordLabel | None, roles: HeaderRoles) -> bool:
    """Whether a cell may hold a label of the second level: no prose, and no other side's text."""
    label = read_cell_label(part.text, roles) or unknown_label(part.text, roles)
    if label is None or part.column_span > 1:
        return False
    return label.role not in DIALOGUE_ROLES or (over is not None and label.role == over.role)


def _join(over: Cell, part: Cell, alone: bool) -> Cell:
    box = Box(over.box.x0, part.box.top, part.box.x1, part.box.bottom)
    lines = part.lines if alone else (*over.lines, *part.lines)
    return replace(part, column=over.column, column_span=_LEVELS, box=box, lines=lines)

"""Keep the lines of a text that run out of its cell at the head or the foot of a table."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from pipeline.model import Cell, Grid, Line
from pipeline.vocabulary.line_marks import ends_sentence

# In em.
_SAME = 0.1  # judgement: the lines of one text begin at one x, and have one pitch
_PITCH = 1.05  # judgement: a spreadsheet sets lines solid, or nearly so


def keep_overflowing(
    grids: Sequence[Grid], loose: Sequence[Line]
) -> tuple[list[Grid], tuple[Line, ...]]:
    """Give lines that run out of a grid to the cell whose text they belong to.

    Browsers draw a cell that is merged over rows as high as these: its last lines may stand below
    the table where a page ends. So may the second line of a spreadsheet's last row. Where a program
    cuts a row whose texts are in the middle, the first line of one may stand on its upper ruling.

    Args:
        loose: The lines outside of them, from top to bottom.

    Returns:
        The grids, and the lines that are left.
    """
    found: list[Grid] = []
    left = list(loose)
    for grid in grids:
        longer = grid
        end = grid.box.bottom
        for line in [*left]:
            if end - line.size < line.top < end + line.size:
                longer, end = _add_line(longer, line, left, _goes_on) or (longer, end)
        start = grid.box.top
        for line in left[::-1]:
            if start - line.size < line.bottom < start + line.size or _stands_on(line, grid):
                longer, start = _add_line(longer, line, left, _goes_before) or (longer, start)
        found.append(longer)
    return found, tuple(left)


def _add_line(
    grid: Grid, line: Line, left: list[Line], fits: Callable[[Cell, Line, Grid], bool]
) -> tuple[Grid, float] | None:
    """Add a line to the cell whose text it belongs to, and remove it from those that are left.

    Returns:
        The grid, and the y where the line ends, seen from the grid; None: it belongs to no cell.
    """
    beside = any(x is not line and x.top < line.bottom and line.top < x.bottom for x in left)
    if beside and not _stands_on(line, grid):
        return None  # a line beside another one is that of other text
    own = next((i for i, cell in enumerate(grid.cells) if fits(cell, line, grid)), None)
    if own is None:
        return None
    left[:] = [x for x in left if x is not line]
    cell = grid.cells[own]
    above = line.top < cell.lines[0].top
    lines = (line, *cell.lines) if above else (*cell.lines, line)
    cells = (*grid.cells[:own], replace(cell, lines=lines), *grid.cells[own + 1 :])
    return replace(grid, cells=cells), line.top if above else line.bottom


def _stands_on(line: Line, grid: Grid) -> bool:
    """Whether a line stands on the upper ruling of a grid."""
    return line.top < grid.box.top < line.bottom - _SAME * line.size


def _goes_on(cell: Cell, line: Line, grid: Grid) -> bool:
    """Whether a line below a grid goes on with the text of a cell at its end."""
    if cell.box.bottom != grid.box.bottom or not cell.lines:
        return False
    last = cell.lines[-1]
    if _is_centred_across(cell, line, last):
        return True
    pitch = last.top - cell.lines[-2].top if len(cell.lines) > 1 else _PITCH * line.size
    is_open = last.fills(cell.box.x1) and not ends_sentence(last.text)
    # Prose below a table begins at its side.
    is_beside = cell.column > 0 and len(cell.lines) > 1 and not grid.inferred
    is_next = abs(line.top - last.top - pitch) <= _SAME * line.size
    return is_next and (is_open or is_beside) and _is_alike(cell, line, last)


def _is_centred_across(cell: Cell, line: Line, last: Line) -> bool:
    """Whether a line stands on the lower border of a cell, in its middle as the one above it.

    A page's end cut the cell there: its number (意見 / 6) is higher than what is left of its row.
    """
    across = last.bottom <= line.top < cell.box.bottom - _SAME * line.size
    return across and _are_centred(cell, line, last)


def _are_centred(cell: Cell, line: Line, other: Line) -> bool:
    """Whether two lines of one size stand in the middle of a cell, one below the other."""
    near, middle = _SAME * line.size, cell.box.center[0]
    centred = all(abs(own.box.center[0] - middle) <= near for own in (line, other))
    return centred and abs(line.size - other.size) <= near and line.x1 <= cell.box.x1


def _goes_before(cell: Cell, line: Line, grid: Grid) -> bool:
    """Whether a line above a grid begins the text of a cell there, which leaves no room for it."""
    if cell.box.top != grid.box.top or not cell.lines:
        return False
    first = cell.lines[0]
    # Of two centred lines in a low row the upper one stands on the ruling: 修正の有 / 無.
    if len(cell.lines) == 1:
        is_next = line.bottom - first.top <= _SAME * line.size
        return is_next and _stands_on(line, grid) and _are_centred(cell, line, first)
    second = cell.lines[1]
    # Headings between the records of a table without sides begin at its side.
    if cell.column == 0 and line.bottom <= grid.box.top + _SAME * line.size:
        return False
    if line.bottom < grid.box.top and first.top > grid.box.top + _SAME * line.size:
        return False
    is_next = abs(first.top - line.top - (second.top - first.top)) <= _SAME * line.size
    return is_next and _is_alike(cell, line, first)


def _is_alike(cell: Cell, line: Line, other: Line) -> bool:
    """Whether a line fits into a cell, and begins where another one does in type of its size."""
    near = _SAME * line.size
    same = abs(line.x0 - other.x0) <= near and abs(line.size - other.size) <= near
    return same and line.x1 <= cell.box.x1

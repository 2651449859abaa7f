"""Keep the last lines of a text that run out of its cell at the foot of a table."""

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.model import Cell, Grid, Line
from pipeline.vocabulary.line_marks import ends_sentence

# In em.
_SAME = 0.1  # judgement: the lines of one text begin at one x, and have one pitch
_PITCH = 1.05  # judgement: a spreadsheet sets lines solid, or nearly so
_FULL = 2.0  # judgement: a wrapped line stops less short of its side, by kinsoku


def keep_overflowing(
    grids: Sequence[Grid], loose: Sequence[Line]
) -> tuple[list[Grid], tuple[Line, ...]]:
    """Give lines right below a grid to the cell whose text goes on with them.

    Browsers draw a cell that is merged over rows as high as these: its last lines may stand below
    the table where a page ends. So may the second line of a spreadsheet's last row.

    Args:
        grids: Those of a page.
        loose: The lines outside of them, from top to bottom.

    Returns:
        The grids, and the lines that are left.
    """
    found = list(grids)
    left = list(loose)
    for place, grid in enumerate(grids):
        end = grid.box.bottom
        for line in loose:
            if not end - line.size < line.top < end + line.size:
                continue
            beside = [
                x for x in left if x is not line and x.top < line.bottom and line.top < x.bottom
            ]
            cells = found[place].cells
            own = next(
                (i for i, c in enumerate(cells) if not beside and _goes_on(c, line, grid)), None
            )
            if own is not None:
                longer = replace(cells[own], lines=(*cells[own].lines, line))
                found[place] = replace(
                    found[place], cells=(*cells[:own], longer, *cells[own + 1 :])
                )
                left = [x for x in left if x is not line]
                end = line.bottom
    return found, tuple(left)


def _goes_on(cell: Cell, line: Line, grid: Grid) -> bool:
    """Whether a line below a grid goes on with the text of a cell at its end."""
    if cell.box.bottom != grid.box.bottom or not cell.lines:
        return False
    last = cell.lines[-1]
    near = _SAME * line.size
    pitch = last.top - cell.lines[-2].top if len(cell.lines) > 1 else _PITCH * line.size
    is_next = abs(line.top - last.top - pitch) <= near and abs(line.x0 - last.x0) <= near
    is_open = cell.box.x1 - last.x1 < _FULL * last.size and not ends_sentence(last.text)
    # Prose below a table begins at its side.
    is_beside = cell.column > 0 and len(cell.lines) > 1 and not grid.inferred
    fits = line.x1 <= cell.box.x1 and abs(line.size - last.size) <= near
    return is_next and (is_open or is_beside) and fits

"""Find the columns that a page has, and its table lacks: a cell of the table holds two of them."""

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.model import Doubt, FieldPart, Grid, TableRow

_LEAST = 2  # rows; judgement: the edge of a small table may part the only one


def doubt_own_columns(
    rows: Sequence[TableRow], grid: Grid, edges: Sequence[float], tolerance: float, first: int
) -> list[TableRow]:
    """Raise a doubt about the fields that hold two columns of their page.

    The edge of a small table inside a cell parts no other row.

    Args:
        rows: Of a piece of the table.
        grid: The piece.
        edges: The x of the table's column edges, in points.
        tolerance: How far the piece's own edges may be from these, in points.
        first: The first grid row below the header.
    """
    own = [x for x in grid.column_edges if all(abs(x - edge) > tolerance for edge in edges)]
    if not own or len(rows) < _LEAST:
        return list(rows)
    columns = grid.column_count
    cells = [cell for cell in grid.cells if cell.row >= first and cell.column_span < columns]
    parting = [x for x in own if not any(cell.box.x0 < x < cell.box.x1 for cell in cells)]

    def doubt(part: FieldPart) -> FieldPart:
        doubtful = any(part.box.x0 < x < part.box.x1 for x in parting)
        return replace(part, doubts=(*part.doubts, Doubt.OWN_COLUMNS)) if doubtful else part

    return [row.with_parts(doubt) for row in rows] if parting else list(rows)

"""Tell cards that stand side by side apart: their lines have other margins."""

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.model import Field, FieldPart, Grid, TableRow
from pipeline.segment.rows.column_edges import edge_tolerance


def place_cards(rows: Sequence[TableRow], grids: Sequence[Grid]) -> tuple[TableRow, ...]:
    """Give the fields of each column of cards a place of its own (see `FieldPart.place`).

    Args:
        rows: The records of the cards.
        grids: The cards.
    """
    lefts: list[float] = []
    places: list[int] = []
    for grid in grids:
        left, tolerance = grid.box.x0, edge_tolerance(grid)
        near = [place for place, other in enumerate(lefts) if abs(other - left) <= tolerance]
        places.append(near[0] if near else len(lefts))
        lefts += [] if near else [left]
    if len(lefts) < 2:
        return tuple(rows)

    def put(part: FieldPart) -> FieldPart:
        own = (
            place
            for place, grid in zip(places, grids, strict=True)
            if grid.page == part.page and grid.box.contains(part.box)
        )
        return replace(part, place=next(own, 0))

    return tuple(
        replace(row, fields=tuple(Field(tuple(map(put, own.parts))) for own in row.fields))
        for row in rows
    )

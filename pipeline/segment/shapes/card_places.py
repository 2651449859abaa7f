"""Tell cards that stand side by side apart: their lines have other margins."""

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.model import Field, FieldPart, Grid, TableRow
from pipeline.segment.rows.column_edges import edge_tolerance


def place_cards(rows: Sequence[TableRow], grids: Sequence[Grid]) -> tuple[TableRow, ...]:
    """Give the parts of a column that begin at different x a place each (`FieldPart.place`).

    Args:
        rows: The records of the cards.
        grids: The cards; records may stand side by side in one of them.
    """
    tolerance = max(map(edge_tolerance, grids))
    lefts: list[list[float]] = [[] for _ in rows[0].fields]

    def put(part: FieldPart, known: list[float]) -> FieldPart:
        left = part.box.x0
        near = (place for place, other in enumerate(known) if abs(other - left) <= tolerance)
        place = next(near, len(known))
        if place == len(known):
            known.append(left)
        return replace(part, place=place) if place else part

    return tuple(
        replace(
            row,
            fields=tuple(
                Field(tuple(put(part, known) for part in own.parts))
                for own, known in zip(row.fields, lefts, strict=True)
            ),
        )
        for row in rows
    )

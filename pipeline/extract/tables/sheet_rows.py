"""Recognise the column that a sheet too wide for its paper leaves alone on a page.

One column of cells is no table: it may be prose in boxes. But if its rows stand where those of a
table of an earlier page do, both were printed from the same rows of a sheet.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

_Edges = tuple[float, ...]
# Edges; judgement: two rows below a header may be as high as those of another table by chance.
_LEAST_EDGES = 4
_MANY = 7  # edges; judgement: so many even boxes begin and end elsewhere than another page's rows
_UNRULED = 3  # edges; judgement: a header and all records, which no ruling parts, have so many
_LEAST_EVEN = 5  # edges; judgement: of rows of one height below a header of another there are more


class SheetRows(Struct, frozen=True):
    """Where the rows of the tables of earlier pages stand."""

    tables: frozenset[_Edges] = frozenset()
    """The row edges of each table, in points."""
    alone: frozenset[_Edges] = frozenset()
    """The two edges of each column that stood alone on a page, in points."""

    def add(self, tables: Iterable[tuple[_Edges, _Edges]]) -> "SheetRows":
        """The rows with those of one more page.

        Args:
            tables: The column edges and the row edges of each of its tables, in points.
        """
        own = list(tables)
        if not own:
            return self
        alone = {columns for columns, _ in own if len(columns) == 2}
        return SheetRows(
            self.tables | {rows for _, rows in own}, self.alone | alone if alone else self.alone
        )

    def has(self, columns: _Edges, rows: _Edges, tolerance: float) -> bool:
        """Whether one column has the rows of an earlier table.

        Their places show it if the rows differ in height (of four rows one may be the header), if
        they are many, or if another page had this column. A cell may be merged over several rows.
        Without rulings between records the table has a header and one row of another height.

        Args:
            columns: Its edges, in points.
            rows: Its row edges, in points.
            tolerance: In points, between two edges at one place.
        """
        unruled = len(rows) == _UNRULED and _differ_in_height(rows, tolerance)
        if unruled and any(_are_near(rows, other, tolerance) for other in self.tables):
            return True
        below = rows[1:] if len(rows) < _LEAST_EVEN else rows
        differ = len(rows) >= _LEAST_EDGES and _differ_in_height(below, tolerance)
        known = (
            differ
            or len(rows) >= _MANY
            or any(_are_near(columns, other, tolerance) for other in self.alone)
        )
        return known and any(_stand_in(rows, other, tolerance) for other in self.tables)


def _differ_in_height(rows: _Edges, tolerance: float) -> bool:
    heights = [lower - upper for upper, lower in pairwise(rows)]
    return max(heights) - min(heights) > tolerance


def _stand_in(rows: _Edges, others: _Edges, tolerance: float) -> bool:
    """Whether rows begin and end where others do, and each of their edges is one of those."""
    ends, other_ends = (rows[0], rows[-1]), (others[0], others[-1])
    return _are_near(ends, other_ends, tolerance) and all(
        any(abs(y - other) <= tolerance for other in others) for y in rows
    )


def _are_near(edges: Sequence[float], others: Sequence[float], tolerance: float) -> bool:
    return len(edges) == len(others) and all(
        abs(a - b) <= tolerance for a, b in zip(edges, others, strict=True)
    )


NO_ROWS = SheetRows()
"""No page came before."""

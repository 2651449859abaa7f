"""A table while its pieces are being joined."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from pipeline.model import Column, Grid, Role, Table, TableRow
from pipeline.segment.furniture import Heading
from pipeline.segment.headers import Header
from pipeline.segment.rows import row_number

# Shares of the font size that the edges of one column may differ between two pages.
_SAME_EDGE = 0.5  # judgement: programs are within 0.01 pt, half a letter tells columns apart
_SAME_GUTTER = 2.0  # judgement: inferred edges give way to the text of each page

PieceKey = tuple[int, float]
"""A piece of a table by its page and its top, in points."""


@dataclass(slots=True)
class TableDraft:
    """A table while its pieces are being joined."""

    heading: Heading
    header: Header
    rows: list[TableRow] = field(default_factory=list)
    last: Grid | None = None
    """The piece that was added last."""
    pieces: list[PieceKey] = field(default_factory=list)
    unshared: dict[int, int] = field(default_factory=dict)
    """Column → records known to share no cell with the next (see `find_cut_cells`)."""
    is_unruled: bool = True
    """No piece so far has a ruling between two records."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """What its columns mean."""
        return self.header.columns

    @property
    def edges(self) -> tuple[float, ...]:
        """The x between its columns, in points."""
        return self.header.edges

    def column(self, role: Role) -> int | None:
        """The index of the column with a role."""
        return next((i for i, c in enumerate(self.columns) if c.role == role), None)

    @property
    def lead(self) -> int | None:
        """The column that has a cell for each record, however others are merged."""
        columns = map(self.column, (Role.NUMBER, Role.COMMENT, Role.ORIGINAL_TEXT))
        return next((column for column in columns if column is not None), None)

    @property
    def last_number(self) -> int | None:
        """The last printed number."""
        column = self.column(Role.NUMBER)
        if column is None:
            return None
        numbers = (row_number(row, column) for row in reversed(self.rows))
        return next((n for n in numbers if n is not None), None)

    def finished(self) -> Table:
        """The table as it stands."""
        return Table(self.heading.title, self.heading.caption, self.columns, tuple(self.rows))


def have_same_edges(edges: Sequence[float], grid: Grid) -> bool:
    """Whether a piece has the columns of a table: its sides, and every edge between."""
    tolerance = edge_tolerance(grid)
    return all(
        any(abs(edge - other) <= tolerance for other in grid.column_edges) for edge in edges
    ) and (
        abs(edges[0] - grid.column_edges[0]) <= tolerance
        and abs(edges[-1] - grid.column_edges[-1]) <= tolerance
    )


def edge_tolerance(grid: Grid) -> float:
    """How far the edges of one column may lie apart, in points."""
    sizes = [line.size for cell in grid.cells for line in cell.lines]
    share = _SAME_GUTTER if grid.inferred else _SAME_EDGE
    return share * (median(sizes) if sizes else 0.0)

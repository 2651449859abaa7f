"""The columns beside labels and their values: a cell belongs to all values that it is beside.

| 番号 | 種別 | 該当箇所 | 内容 |   番号 and 該当箇所 are merged over the rows of a record;
| 1    | 意見 | 第３章   | …    |   so may be a column at the right of the values.
|      | 回答 |          | …    |
"""

from collections.abc import Callable, Container, Iterable, Sequence

from msgspec import Struct

from pipeline.model import Cell, Column, Grid, Role
from pipeline.segment.rows.inline_tables import read_field
from pipeline.segment.rows.row_numbers import read_printed_number
from pipeline.segment.shapes.label_piece import LabelColumn, LabelPiece
from pipeline.segment.shapes.labelled import Lead
from pipeline.vocabulary.record_labels import RecordLabel


class SideColumns(Struct, frozen=True):
    """The grid columns at the left of labels, and those at their right that hold no values."""

    grid: Grid
    labels: LabelColumn
    leading: tuple[int, ...]
    trailing: tuple[int, ...]
    """Those whose cells stand beside several labels: a date or an office of the whole record."""

    @staticmethod
    def find(
        grid: Grid,
        labels: LabelColumn,
        named: Container[tuple[int, int]],
        before: LabelPiece | None = None,
    ) -> "SideColumns":
        """Find them.

        Args:
            named: (row, column) of each cell that holds a label.
            before: The piece that this one may go on with: a page's end may cut off a label.
        """
        leading = sorted({c.column for c in grid.cells if c.column < labels.first})
        inside = [c for c in grid.cells if (c.column, c.column_end) == labels]
        first = 1 if _is_header(grid, inside) else 0
        rows = sorted(c.row for c in inside if c.row >= first and c.slot in named)
        right = sorted({c.column for c in grid.cells if c.column >= labels.end})
        same = before is not None and before.grid.column_edges == grid.column_edges
        held = before.trailing if before is not None and same else ()
        trailing = [c for c in right if c in held or _is_merged(grid, c, rows)]
        if trailing == right:  # the values are among them
            trailing = [c for c in trailing if c > labels.end]
        return SideColumns(grid, labels, tuple(leading), tuple(trailing))

    def are_headed_by(self, row: Sequence[Cell]) -> bool:
        """Whether a row is the header of a table with labels: one cell of it is over the pairs."""
        return bool(self.leading or self.trailing) and any(
            cell.lines and cell.column == self.labels.first and self._covers_pair(cell)
            for cell in row
        )

    def _covers_pair(self, cell: Cell) -> bool:
        end = self.trailing[0] if self.trailing else self.grid.column_count
        return cell.column_end == end

    def name_columns(
        self, header: Sequence[Cell], find_label: Callable[[Cell], RecordLabel | None]
    ) -> tuple[Column, ...]:
        """Name the columns, those at the left first.

        Args:
            header: The cells of the header row, if there is one.
            find_label: The label in a cell.
        """
        return tuple(
            name_column(self.grid, column, header, find_label)
            for column in (*self.leading, *self.trailing)
        )

    def read(self, label: Cell, end: int) -> tuple[Lead, ...]:
        """Read the cells beside a label, those at the left last: the finest tells records apart.

        Args:
            label: A cell in the column of labels, or one that begins elsewhere.
            end: The grid row below it.
        """
        if label.column != self.labels.first:
            return ()
        places = list(enumerate((*self.leading, *self.trailing)))
        count = len(self.leading)
        return read_beside(self.grid, (*places[count:], *places[:count]), label.row, end)


def read_beside(
    grid: Grid, columns: Iterable[tuple[int, int]], first: int, end: int
) -> tuple[Lead, ...]:
    """Read the cells beside the rows [first, end); `columns`: those of leads and of the grid."""
    beside = [cell for cell in grid.cells if cell.row < end and first < cell.row_end]
    return tuple(
        Lead(lead, read_field(cells, grid.page))
        for lead, column in columns
        if (cells := [cell for cell in beside if cell.column == column])
    )


def name_column(
    grid: Grid,
    column: int,
    header: Sequence[Cell],
    find_label: Callable[[Cell], RecordLabel | None],
) -> Column:
    """Name a grid column by the header cell over it; without one, its cells may show numbers.

    Args:
        header: The cells of the header row, if there is one.
        find_label: The label in a cell.
    """
    cell = next((c for c in header if c.column <= column < c.column_end), None)
    if cell is not None:
        label = find_label(cell)
        return Column(cell.text, label.role if label else None)
    texts = [c.text for c in grid.cells if c.column == column and c.lines]
    counts = bool(texts) and all(read_printed_number(text) is not None for text in texts)
    return Column("", Role.NUMBER if counts else None)


def _is_header(grid: Grid, labels: Sequence[Cell]) -> bool:
    """Whether the first row is a header: nothing is merged in it, and its label comes once."""
    texts = [cell.text for cell in labels]
    merged = any(cell.row_span > 1 for cell in grid.row(0))
    return bool(labels) and labels[0].row == 0 and not merged and texts.count(texts[0]) == 1


def _is_merged(grid: Grid, column: int, rows: Sequence[int]) -> bool:
    """Whether cells of a column stand beside several rows of labels each.

    The page's ends may cut the first one and the last one between two labels.
    """
    own = [c for c in grid.cells if c.column == column and c.row in rows]
    whole = [c for c in own if rows[0] < c.row and c.row_end < grid.row_count] or own
    beside = [sum(c.row <= row < c.row_end for row in rows) for c in whole]
    return min(beside, default=0) > 1

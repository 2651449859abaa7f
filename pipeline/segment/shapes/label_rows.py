"""Read a grid whose labels stand beside or above their values: a card, questions over answers."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.model import Cell, Field, Grid, Role
from pipeline.segment.headings.section_levels import SectionHeading
from pipeline.segment.rows.column_edges import have_same_sides
from pipeline.segment.rows.inline_tables import read_field
from pipeline.segment.shapes.cell_labels import find_headers, read_cell_labels
from pipeline.segment.shapes.label_piece import LabelColumn, LabelPiece
from pipeline.segment.shapes.labelled import Labelled, Lead
from pipeline.segment.shapes.side_columns import SideColumns
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import RecordLabel, read_cell_label, unknown_label

# Rows that are neither label nor value, for each value; judgement: a note or two in a long table.
_MOST_ODD = 0.2


def read_label_piece(
    grid: Grid, roles: HeaderRoles, before: LabelPiece | None, column: LabelColumn | None = None
) -> LabelPiece | None:
    """Read a grid as labels and values.

    Args:
        before: The piece that this one may go on with on a new page; its pending labels are taken
            if their values are found.
        column: Where the labels stand; None: the grid shows it.

    Returns:
        None where more of it is something else.
    """
    reader = _Reader(grid, roles, before, column)
    piece = reader.read()
    read = sum(isinstance(event, Labelled) for event in piece.events)
    read += len(piece.pending)
    return piece if read * _MOST_ODD > reader.odd_rows else None


class _Reader:
    def __init__(
        self, grid: Grid, roles: HeaderRoles, before: LabelPiece | None, known: LabelColumn | None
    ) -> None:
        self._grid = grid
        self._rows = grid.rows
        self._labels = read_cell_labels(self._rows, roles, known is not None)
        self._headers = find_headers(self._rows, self._labels)
        self._roles, self._before = roles, before
        above = before.find_column(grid) if before is not None else None
        self._column = column = known or self._find_column() or above
        self._is_known = known is not None
        self._sides = SideColumns.find(grid, column, self._labels, before) if column else None
        self._trailing = self._sides.trailing if self._sides is not None else ()
        self._piece = LabelPiece(grid, column, trailing=self._trailing)
        self._bars: set[tuple[str, int | None]] = set()  # what counts the cards: 修正１
        self.odd_rows = 0

    def read(self) -> LabelPiece:
        row = self._read_pending() or self._read_header()
        while row < len(self._rows):
            row = self._read_row(row)
        return self._piece

    def _find_column(self) -> LabelColumn | None:
        """Where most rows have a label with text at its right."""
        found = Counter(
            LabelColumn(cell.column, cell.column_end)
            for row in self._rows
            for cell in list(self._find_labels(row))[:1]
        )
        return max(found, key=lambda c: (found[c], -c.first), default=None)

    def _find_labels(self, cells: Sequence[Cell]) -> Iterator[Cell]:
        """The labels of a row with a value at their right; in a header all cells are labels."""
        if len(cells) > 2 and all(map(self._label, cells)):
            return
        if any(cell.row in self._headers for cell in cells[:1]):
            return
        for cell, right in pairwise(cells):
            if right.column != cell.column_end or not self._label(cell):
                continue
            # 質問１ | 該当箇所 | 仕様書; merged over rows it is their number.
            is_bar = len(cells) > 2 and self._counts(cell) and cell.row_span == right.row_span
            if is_bar or not self._is_exact(right):
                yield cell

    def _label(self, cell: Cell) -> RecordLabel | None:
        return self._labels.get(cell.slot)

    def _counts(self, cell: Cell) -> bool:
        return (label := self._label(cell)) is not None and label.ordinal is not None

    def _is_exact(self, cell: Cell) -> bool:
        return (label := self._label(cell)) is not None and label.exact

    def _read_pending(self) -> int:
        """Read the values of labels that stand at the end of the page before.

        Returns:
            The first row below them; 0: there are none.
        """
        pending = self._before.pending if self._before is not None else ()
        row = next((i for i, cells in enumerate(self._rows) if any(c.lines for c in cells)), 0)
        # The next page may lack the edges of pairs that no row of it has.
        below = [
            [cell for cell in self._rows[row] if have_same_sides(label.box, cell, self._grid)]
            for label in pending
        ]
        if not (pending and all(below)):
            return 0
        for cell, own in zip(pending, below, strict=True):
            value = read_field(own, self._grid.page)
            self._append(Labelled(read_cell_label(cell.text, self._roles), value, cell.lines))
        if self._before is not None:
            self._before.pending = ()
        if self._sides is not None:  # no header names the columns beside the labels below
            self._piece.leads = self._sides.name_columns((), self._label)
        return row + 1

    def _read_header(self) -> int:
        """Read a header row (番号 | 区分 | 内容) above the labels.

        Returns:
            The first row below it.
        """
        if self._column is None or self._sides is None:
            return 0
        first = self._rows[0]
        is_header = self._sides.are_headed_by(first)
        beside = (c for c in first if c.column < self._column.first and c.row_span == 1)
        is_header = not self._is_known and (is_header or any(map(self._label, beside)))
        cells = first if is_header and not any(map(self._is_prose, first)) else []
        if not cells and self._is_heading_of_pair():
            cells = first
        self._piece.header_lines += (line for cell in cells for line in cell.lines)
        self._piece.leads = self._sides.name_columns(cells, self._label)
        return 1 if cells else 0

    def _is_heading_of_pair(self) -> bool:
        """Whether the first row heads labels and values (区分 | 内容): its text comes once."""
        rows = [row for row in self._rows if row]
        if len(rows) < 5 or len(rows[0]) != 2 or any(map(self._is_prose, rows[0])):
            return False
        if not all(cell.lines for cell in rows[0]):  # the rest of a label that a page's end cuts
            return False
        times = Counter(row[0].text for row in rows[1:])
        return rows[0][0].text not in ("", *times) and all(n > 1 for n in times.values())

    def _is_prose(self, cell: Cell) -> bool:
        return self._roles.is_prose(cell.text)

    def _read_row(self, row: int) -> int:
        """Read the values that begin in a row.

        Returns:
            The first row below them.
        """
        cells = self._rows[row]
        if not any(cell.lines for cell in cells):
            return row + 1
        first = self._find_first_label(cells)
        if first is not None:
            end = row + first.row_span
            self._read_band(first, end)
            return end
        below = self._read_labels_above(row)
        if below is not None:
            return below
        self._read_wide(cells)
        return row + 1

    def _find_first_label(self, cells: Sequence[Cell]) -> Cell | None:
        """The cell in which a row's label stands, even if it is empty."""
        for cell in cells:
            if self._column == (cell.column, cell.column_end):
                beside = (c for c in self._grid.cells if c.row == cell.row)
                return cell if any(c.column >= cell.column_end for c in beside) else None
        # A row with other columns: No. | 1 | 提出者 | 市民 above rows of one label.
        return next(self._find_labels(cells[:2]), None) if cells[0].column == 0 else None

    def _read_band(self, first: Cell, end: int) -> None:
        """Read the rows beside a label: its value, and further pairs of label and value."""
        band = [c for c in self._grid.cells if first.row <= c.row < end]
        cells = [c for c in band if c.column > first.column and c.column not in self._trailing]
        beside = [c for c in self._find_labels(cells) if c.row == first.row]
        starts = [first, *(beside or self._find_unknown_label(first, cells))]
        bounds = [*(c.column for c in starts[1:]), len(self._grid.column_edges)]
        leads = self._sides.read(first, end) if self._sides is not None else ()
        for start, bound in zip(starts, bounds, strict=True):
            values = [c for c in cells if start.column < c.column < bound]
            self._add(start, values, leads)

    def _find_unknown_label(self, first: Cell, cells: Sequence[Cell]) -> Iterator[Cell]:
        """Find the label of a second pair in a row of two: 番号 | 1 | 対象資料 | 仕様書."""
        if len(cells) != 3 or any(c.row != first.row or self._label(c) for c in cells):
            return
        may_name = cells[1].lines and not any(map(str.isdigit, cells[1].text))
        if may_name and unknown_label(cells[1].text, self._roles) is not None:
            yield cells[1]

    def _add(self, cell: Cell, values: Sequence[Cell], leads: tuple[Lead, ...]) -> None:
        label = self._label(cell) or unknown_label(cell.text, self._roles)
        if label is not None and not label.known and label.ordinal is not None:
            if cell.row and (label.header, label.ordinal - 1) not in self._bars:
                label = replace(label, header=cell.text, ordinal=None)  # 理由１, inside a card
            self._bars.add((label.header, label.ordinal))
        value = read_field(values, self._grid.page)
        if label is None and cell.lines:  # prose where labels stand
            self.odd_rows += 1
            self._piece.strays += (*cell.lines, *value.lines)
            return
        if label is not None and label.known:
            self._piece.beside.append(label)
        self._append(self._name(cell, label, value, leads))

    def _name(
        self, cell: Cell, label: RecordLabel | None, value: Field, leads: tuple[Lead, ...] = ()
    ) -> Labelled:
        """Name a value by the label in a cell; a number in it counts the records.

        Before another label, №1 is the number and its label.
        """
        is_number = label is not None and label.role == Role.NUMBER
        counts = label is not None and label.ordinal is not None
        own = read_field([cell], self._grid.page)
        if is_number and counts and not value.parts:
            return Labelled(label, own, leads=leads)
        if is_number or not counts:
            return Labelled(label, value, cell.lines, leads=leads)
        return Labelled(label, value, number=own, leads=leads)

    def _append(self, item: Labelled) -> None:
        opens = not any(isinstance(event, Labelled) for event in self._piece.events)
        self._piece.events.append(replace(item, opens_piece=opens))

    def _read_labels_above(self, row: int) -> int | None:
        """Read a row of labels and the row of their values below it; None: it is none."""
        cells = [cell for cell in self._rows[row] if cell.lines]
        below = row + max(cell.row_span for cell in cells)
        if self._grid.inferred:  # no ruling shows what stands above what
            return None
        # A row beside a merged cell is one of a small table inside a record.
        whole = sum(c.column_span for c in self._rows[row]) == self._grid.column_count
        if not whole or not all(map(self._label, cells)):
            return None
        if below >= len(self._rows):
            if any(map(self._counts, cells)):
                return None
            self._piece.pending = tuple(cells)
            return below
        values = {(c.column, c.column_span): c for c in self._rows[below]}
        own = [values.get((cell.column, cell.column_span)) for cell in cells]
        filled = [cell for cell in own if cell is not None and cell.lines]
        # A value may be the word of a label: 参考資料 below 該当箇所. A row of labels has no other.
        if None in own or all(map(self._is_exact, filled)):
            return None
        labels = tuple(label for cell in cells if (label := self._label(cell)) is not None)
        self._piece.above.append(labels)
        self._piece.labelled_last = tuple(zip(labels, (c.box for c in cells), strict=False))
        for cell, value in zip(cells, own, strict=True):
            held = read_field([value] if value is not None else [], self._grid.page)
            self._append(self._name(cell, self._label(cell), held))
        return below + 1

    def _read_wide(self, cells: Sequence[Cell]) -> None:
        """Read a row without a label beside it: a bar with the record's number, or a heading."""
        filled = [cell for cell in cells if cell.lines]
        label = self._label(filled[0]) if len(filled) == 1 else None
        if self._goes_on() and not any(map(self._label, filled)) and self._read_rest(filled):
            return
        if label is not None and label.ordinal is not None:
            bar = replace(label, role=Role.NUMBER)
            self._append(Labelled(bar, read_field(filled, self._grid.page)))
        elif [c.column_span for c in filled if not self._is_prose(c)] == [self._grid.column_count]:
            text = "".join(line.text for line in filled[0].lines).strip()
            self._piece.events.append(SectionHeading(text, filled[0].lines))
        else:
            self.odd_rows += 1
            self._piece.strays += (line for cell in filled for line in cell.lines)

    def _read_rest(self, cells: Sequence[Cell]) -> bool:
        """Read cells at the top of the page that go on with values, each below a label."""
        held = self._before.labelled_last if self._before is not None else ()
        named = [
            next((name for name, box in held if have_same_sides(box, cell, self._grid)), None)
            for cell in cells
        ]
        if len(cells) > 1 and None in named:
            return False
        for name, cell in zip(named, cells, strict=True):
            self._append(Labelled(name, read_field([cell], self._grid.page), is_rest=True))
        return True

    def _goes_on(self) -> bool:
        """Whether a text at the top of the page goes on with the value of a label above it."""
        return self._before is not None and bool(self._before.above) and not self._piece.events

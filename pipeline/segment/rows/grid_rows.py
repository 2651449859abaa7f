"""Read the rows of a grid."""

import itertools
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.model import Cell, Doubt, Field, FieldPart, Grid, Line, TableRow
from pipeline.segment.rows.column_edges import edge_tolerance
from pipeline.segment.rows.inline_tables import read_field
from pipeline.segment.rows.row_numbers import read_printed_number
from pipeline.vocabulary.folding import fold_width
from pipeline.vocabulary.line_marks import lists_numbers

_PAIR = 2  # cells; judgement: a label and its text
_LEAST_ROWS = 2  # rows; judgement: the edge of a small table may part the only one


def read_rows(
    grid: Grid,
    edges: Sequence[float],
    first: int,
    lead: int | None = None,
    sides: Sequence[int] = (),
) -> list[TableRow]:
    """Cut a grid into rows of the table's columns.

    Args:
        first: The first grid row below the header.
        lead: The column that has a cell for each record (numbers, else comments); None: no column
            does.
        sides: The columns of comments and of answers. A comment with two answers is two records.

    Returns:
        From top to bottom, without rows in which no text and no picture begins. A cell merged over
        several rows is part of each of them.
    """
    tolerance = edge_tolerance(grid)
    columns = _assign_columns(grid, edges, tolerance, first)
    cuts = [first, *_find_cuts(grid, columns, first, lead, sides), grid.row_count]
    parted = [_part_at(cuts, cells) for cells in columns]
    rows = []
    for (top, bottom), *held in zip(itertools.pairwise(cuts), *parted, strict=True):
        fields = tuple(
            _read_cells(cells, edges[index + 1 :], tolerance, grid.page, range(top, bottom))
            for index, cells in enumerate(held)
        )
        begun = (c for cells in held for c in cells if top <= c.row)
        if any(cell.lines or cell.pictured for cell in begun):
            rows.append(TableRow(fields))
        elif rows and grid.open_bottom and bottom == grid.row_count:
            rows[-1] = _open_beside(rows[-1], columns, top)
    return rows


def _part_at(cuts: Sequence[int], cells: Sequence[Cell]) -> list[list[Cell]]:
    """The cells that stand between each two cuts, wholly or with a part.

    A grid that was cut may have cells below its last row.
    """
    parted: list[list[Cell]] = [[] for _ in cuts[1:]]
    for cell in cells:
        end = min(bisect_left(cuts, cell.row_end), len(parted))
        for held in parted[bisect_right(cuts, cell.row) - 1 : end]:
            held.append(cell)
    return parted


def _open_beside(row: TableRow, columns: Sequence[Sequence[Cell]], edge: int) -> TableRow:
    """Open the last cells of a row that reach over its edge, where a page's end leaves it open.

    The record below begins there, but none of its lines had room: it shares these cells.
    """
    for index, cells in enumerate(columns):
        field = row.fields[index]
        if field.parts and any(cell.row < edge < cell.row_end for cell in cells):
            part = replace(field.parts[-1], open_bottom=True)
            row = row.with_field(index, Field((*field.parts[:-1], part)))
    return row


def _read_cells(
    cells: Sequence[Cell], ends: Sequence[float], tolerance: float, page: int, rows: range
) -> Field:
    """Read the cells of one column of a row.

    Args:
        cells: In reading order.
        ends: The right edges of the column and of those at its right, in points.
        tolerance: How far a cell's own edge may be from these, in points.
        rows: The rows of the grid that are the row.
    """
    field = read_field(cells, page, rows)
    if all(cell.column_span == 1 for cell in cells):
        return field
    if (
        len(cells) == _PAIR
        and cells[0].row == cells[1].row
        and cells[1].box.x1 > ends[0] + tolerance
    ):
        # A label and its text, which is no row of a small table: it reaches over the column.
        field = Field(
            tuple(part for cell in cells for part in read_field([cell], page, rows).parts)
        )
    counts = [bisect_right(ends, part.box.x1 + tolerance) for part in field.parts]
    if max(counts) <= 1:
        return field
    parts = zip(field.parts, counts, strict=True)
    return Field(tuple(replace(part, columns=max(1, count)) for part, count in parts))


def _assign_columns(
    grid: Grid, edges: Sequence[float], tolerance: float, first: int
) -> list[list[Cell]]:
    """The cells of each column below the header; a cell over several belongs to its first."""
    columns: list[list[Cell]] = [[] for _ in edges[1:]]
    for cell in grid.cells:
        if cell.row < first:  # a cell of the header, however deep it reaches
            continue
        column = cell.column
        if len(grid.column_edges) > len(edges):  # small tables have edges of their own
            column = bisect_right(edges, cell.box.x0 + tolerance) - 1
        if 0 <= column < len(columns):
            columns[column].append(cell)
    return columns


def _find_cuts(
    grid: Grid,
    columns: Sequence[Sequence[Cell]],
    first: int,
    lead: int | None,
    sides: Sequence[int],
) -> list[int]:
    """Find the grid's inner row edges that separate two records.

    Such an edge cuts the leading column from side to side, or most columns, or parts two comments
    or two answers. Any other edge belongs to a small table or a frame inside a cell, or to the
    neighbours of a merged cell.

    Returns:
        Indexes of row edges, from top to bottom.
    """
    cuts = []
    starts = [min((cell.column for cell in cells), default=0) for cells in columns]
    ends = [*starts[1:], grid.column_count]
    at_edges = [_AtEdges(cells, end) for cells, end in zip(columns, ends, strict=True)]
    for edge in range(first + 1, grid.row_count):
        cut = [edge not in cells.crossed for cells in at_edges]
        leads = lead is not None and cut[lead] and not at_edges[lead].is_inside_small_table(edge)
        begun = _begins_at_end(grid, edge)
        parts = any(cut[side] and at_edges[side].parts_texts(edge, begun) for side in sides)
        # Small tables in two versions of a text stand side by side: their rows are no records.
        inside = [cells.begins_small_table(edge) for cells in at_edges]
        most = sum(own and not within for own, within in zip(cut, inside, strict=True))
        if leads or parts or most * 2 > len(cut):
            cuts.append(edge)
    return cuts


def _begins_at_end(grid: Grid, edge: int) -> bool:
    """Whether a row begins at a page's end that has room for a label (土木課) and no text."""
    is_last = grid.open_bottom and edge == grid.row_count - 1
    return is_last and any(cell.lines for cell in grid.row(edge))


class _AtEdges:
    """The cells of one column by the row edges of the grid at which they stand."""

    def __init__(self, cells: Sequence[Cell], end: int) -> None:
        """`end`: the grid column where the table's next column begins."""
        self._above: dict[int, list[Cell]] = defaultdict(list)
        self._below: dict[int, list[Cell]] = defaultdict(list)
        self._end = end
        self._first = min((cell.column for cell in cells), default=0)
        self._last = max((cell.column_end for cell in cells), default=0)
        self.crossed: set[int] = set()
        """The edges that a cell reaches over."""
        for cell in cells:
            self._below[cell.row].append(cell)
            self._above[cell.row_end].append(cell)
            self.crossed.update(range(cell.row + 1, cell.row_end + cell.continues_below))

    def parts_texts(self, edge: int, begun: bool) -> bool:
        """Whether an edge parts two cells with text, each as wide as the column.

        `begun`: the text of the lower one stands on the next page.
        """
        above, below = self._above[edge], self._below[edge]
        if len(above) != 1 or len(below) != 1:
            return False
        if not (above[0].lines and (below[0].lines or begun)):
            return False
        return all(
            cell.column == self._first and cell.column_end == self._last
            for cell in (above[0], below[0])
        )

    def is_inside_small_table(self, edge: int) -> bool:
        """Whether cells stand side by side right above or below an edge."""
        return len(self._above[edge]) > 1 or len(self._below[edge]) > 1

    def begins_small_table(self, edge: int) -> bool:
        """Whether cells stand side by side right below an edge, inside the column.

        A label and its text reach over the grid column where the table's next column begins.
        """
        below = self._below[edge]
        return len(below) > 1 and all(cell.column_end <= self._end for cell in below)


def doubt_own_columns(
    rows: Sequence[TableRow], grid: Grid, edges: Sequence[float], first: int
) -> list[TableRow]:
    """Raise a doubt about the fields that hold two columns of their page.

    The edge of a small table inside a cell parts no other row.

    Args:
        first: The first grid row below the header.
    """
    tolerance = edge_tolerance(grid)
    own = [x for x in grid.column_edges if all(abs(x - edge) > tolerance for edge in edges)]
    if not own or len(rows) < _LEAST_ROWS:
        return list(rows)
    columns = grid.column_count
    cells = [cell for cell in grid.cells if cell.row >= first and cell.column_span < columns]
    parting = [x for x in own if not any(cell.box.x0 < x < cell.box.x1 for cell in cells)]

    def doubt(part: FieldPart) -> FieldPart:
        doubtful = any(part.box.x0 < x < part.box.x1 for x in parting)
        return replace(part, doubts=(*part.doubts, Doubt.OWN_COLUMNS)) if doubtful else part

    return [row.with_parts(doubt) for row in rows] if parting else list(rows)


def row_number(
    row: TableRow, number: int | None, last: bool = False, before: int | None = None
) -> int | None:
    """The printed number of a row; None: its number cell holds none, or it has no such cell.

    `last`: of several numbers, one a line (2 / 3 / 4), the last one rather than the first.
    `before`: the number before it; behind 22, 2 / 3 is one that a narrow column cut.
    """
    if number is None:
        return None
    lines = [line.text for line in row.fields[number].lines]
    whole = read_printed_number(row.fields[number].text)
    goes_on = None not in (whole, before) and whole == (before or 0) + 1
    if lists_numbers(lines) and not goes_on:
        return read_printed_number(lines[-1 if last else 0])
    return whole


def find_last_number(rows: Sequence[TableRow], number: int | None) -> int | None:
    """The number that some rows print last; None: none of them has one."""
    read = (row_number(row, number, last=True) for row in reversed(rows))
    return next((own for own in read if own is not None), None)


def join_rows(
    above: TableRow, below: TableRow, confidence: float, labels: Sequence[int | None]
) -> tuple[TableRow, list[Line]]:
    """Join two pieces of a row to one record, their parts in order.

    Args:
        confidence: The probability that they are one record, 0-1.
        labels: The columns of labels (number, category, submitter), which some programs print on
            both pages.

    Returns:
        The record, and the lines of labels that were printed again.
    """
    fields: list[Field] = []
    repeated: list[Line] = []
    pairs = list(zip(above.fields, below.fields, strict=True))
    # What stands beside a label on both pages, and is the same, is printed again as well.
    is_labelled = any(_is_again(*pairs[column]) for column in labels if column is not None)
    for column, (upper, lower) in enumerate(pairs):
        if (column in labels or is_labelled) and _is_again(upper, lower):
            fields.append(upper)
            repeated += lower.lines
        else:
            fields.append(Field(upper.parts + lower.parts))
    return replace(above, fields=tuple(fields)).doubted(confidence), repeated


def _is_again(upper: Field, lower: Field) -> bool:
    """Whether the page before has a text, too."""
    return bool(lower.lines) and fold_width(upper.text) == fold_width(lower.text)


def find_only_field(row: TableRow) -> Field | None:
    """The text of a row that is merged over all columns; None: it has several cells, or no text."""
    held = [field for field in row.fields if field.parts]
    return held[0] if len(held) == 1 < len(row.fields) and held[0].lines else None

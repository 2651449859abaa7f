"""Rules for what extract and segment hand on: the later stages rely on them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import isfinite

from pipeline.checks.faults import Fault
from pipeline.model import ROLES, Cell, Extracted, Grid, Line, Page, Segmented, Table, TableRow


def find_extracted(extracted: Extracted) -> Iterator[Fault]:
    """Find the faults in the pages of an annex."""
    yield from _check_order("page", [page.header.number for page in extracted.pages])
    for page in extracted.pages:
        yield from _check_page(page)


def _check_order(what: str, numbers: Sequence[int]) -> Iterator[Fault]:
    for expected, number in enumerate(numbers, start=1):
        if number != expected:
            yield Fault(f"{what} {number}", f"stands in the place of {what} {expected}")


def _check_page(page: Page) -> Iterator[Fault]:
    header = page.header
    where = f"page {header.number}"
    if not (isfinite(header.width) and isfinite(header.height)):
        yield Fault(where, f"is {header.width} × {header.height} points large")
    if not 0 <= header.hidden <= header.glyphs:
        yield Fault(where, f"{header.hidden} of its {header.glyphs} glyphs are hidden")
    yield from _check_lines(where, header.number, (*page.loose_lines, *page.ruby, *page.overlays))
    for grid in page.grids:
        yield from _check_grid(where, header.number, grid)


def _check_grid(where: str, number: int, grid: Grid) -> Iterator[Fault]:
    if grid.page != number:
        yield Fault(where, f"holds a grid of page {grid.page}")
    for name, edges in (("column", grid.column_edges), ("row", grid.row_edges)):
        if len(edges) < 2 or not all(a <= b for a, b in pairwise(edges)):
            yield Fault(where, f"the {name} edges of a grid are not in order: {edges}")
    rows, columns = grid.row_count, grid.column_count
    for cell in grid.cells:
        if not _fits(cell, rows, columns):
            yield Fault(where, f"a cell stands outside its grid of {rows} × {columns}", cell)
        yield from _check_lines(where, number, cell.lines)


def _fits(cell: Cell, rows: int, columns: int) -> bool:
    down = cell.row >= 0 and cell.row_span >= 1 and cell.row_end <= rows
    return down and cell.column >= 0 and cell.column_span >= 1 and cell.column_end <= columns


def _check_lines(where: str, number: int, lines: Iterable[Line]) -> Iterator[Fault]:
    for line in lines:
        if len(line.edges) != len(line.text) + 1:
            yield Fault(
                where, f"{len(line.text)} characters stand between {len(line.edges)} edges", line
            )
        if line.page != number:
            yield Fault(where, f"holds a line of page {line.page}", line)
        if line.glyphs < 0 or (line.confidences and len(line.confidences) != len(line.text)):
            yield Fault(where, "counts other glyphs than its characters", line)


def find_segmented(segmented: Segmented) -> Iterator[Fault]:
    """Find the faults in the tables of an annex."""
    yield from _check_order("page", [page.header.number for page in segmented.pages])
    for page in segmented.pages:
        lines = (*page.header_lines, *page.furniture_lines)
        yield from _check_lines(f"page {page.header.number}", page.header.number, lines)
    for index, table in enumerate(segmented.tables, start=1):
        yield from _check_table(f"table {index}", table, len(segmented.pages))


def _check_table(where: str, table: Table, pages: int) -> Iterator[Fault]:
    roles = [column.role for column in table.columns if column.role is not None]
    for role in sorted({role for role in roles if role not in ROLES or roles.count(role) > 1}):
        yield Fault(where, f"the role {role!r} is unknown or stands over two columns")
    for index, row in enumerate(table.rows, start=1):
        yield from _check_row(f"{where}, row {index}", row, len(table.columns), pages)


def _check_row(where: str, row: TableRow, columns: int, pages: int) -> Iterator[Fault]:
    if len(row.fields) != columns:
        yield Fault(where, f"{len(row.fields)} fields stand under {columns} columns", row)
    if not any(field.parts for field in row.fields):
        yield Fault(where, "stands in no cell", row)
    if not 0 <= row.confidence <= 1:
        yield Fault(where, f"its confidence is {row.confidence}", row)
    for part in (part for field in row.fields for part in field.parts):
        if not 1 <= part.page <= pages:
            yield Fault(where, f"a part stands on page {part.page} of {pages}", part)
        yield from _check_lines(where, part.page, part.lines)

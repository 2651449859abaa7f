"""Take the empty columns out of a table whose groups of columns are drawn apart.

A spreadsheet's author may leave a narrow column without rulings between two groups of columns. It
is one blank cell from the top of the table to its end, so that no row would end below the header.
Cards side by side, with the same labels at the left of each, have such a column between them, too.

A spreadsheet may also be printed with the letters of its columns and the numbers of its rows.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, repeat, starmap
from operator import is_, lt

from msgspec.structs import replace

from pipeline.model import TEXT_ROLES, Cell, Grid, Page
from pipeline.segment.headers.header_rows import find_header
from pipeline.segment.rows.column_edges import edge_tolerance
from pipeline.segment.rows.grid_columns import take_columns, take_rows
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import RecordLabel, read_cell_label

_LEAST = 3  # columns of a sheet; judgement: two may be A and B of a comparison
_LETTER, _NUMBER = re.compile("[A-Z]"), re.compile("[0-9]+")


def take_out_spacers(pages: Sequence[Page], roles: HeaderRoles) -> list[Page]:
    """Take the spacers out of the tables of an annex.

    A column is one if it hides a header, or if it stands where one does on an earlier page.
    """
    known: list[float] = []
    return [_take_out_of_page(page, roles, known) for page in pages]


def _take_out_of_page(page: Page, roles: HeaderRoles, known: list[float]) -> Page:
    """Take the spacers out of a page; `known` are their left edges, which it adds to."""
    page = _strip_sheets(page)
    parts = [part for grid in page.grids for part in _part_cards(grid, roles)]
    grids = tuple(_take_out(grid, roles, known) for grid in parts)
    unchanged = len(grids) == len(page.grids) and all(map(is_, grids, page.grids))
    return page if unchanged else replace(page, grids=grids)


def _strip_sheets(page: Page) -> Page:
    """Take the letters of a sheet's columns and the numbers of its rows for furniture."""
    edges = [(grid, _find_sheet_edges(grid)) for grid in page.grids]
    if not any(cells for _, cells in edges):
        return page
    grids = (_without_edges(grid) if cells else grid for grid, cells in edges)
    lines = (line for _, cells in edges for cell in cells for line in cell.lines)
    return replace(page, grids=tuple(grids), overlays=(*page.overlays, *lines))


def _without_edges(grid: Grid) -> Grid:
    inner = take_columns(grid, (1, grid.column_count))
    return take_rows(inner, (1, inner.row_count))


def _find_sheet_edges(grid: Grid) -> list[Cell]:
    """The cells with the letters of a sheet's columns and the numbers of its rows; none if not."""
    letters = [cell for cell in grid.cells if cell.row == 0 < cell.column]
    numbers = [cell for cell in grid.cells if cell.column == 0 < cell.row]
    names, counts = ([cell.text for cell in cells] for cells in (letters, numbers))
    if len(letters) != grid.column_count - 1 or len(numbers) != grid.row_count - 1:
        return []
    if not all(map(_LETTER.fullmatch, names)) or not all(map(_NUMBER.fullmatch, counts)):
        return []
    rises = starmap(lt, (*pairwise(names), *pairwise(map(int, counts))))
    corner = any(not cell.is_blank for cell in grid.cells if cell.row == cell.column == 0)
    return [*letters, *numbers] if len(names) >= _LEAST and all(rises) and not corner else []


def _part_cards(grid: Grid, roles: HeaderRoles) -> list[Grid]:
    """Part cards that stand side by side: beside a spacer begin the labels of the first column."""
    ends = _find_gaps(grid)
    if not ends:
        return [grid]
    spans = zip([0, *(end + 1 for end in ends)], [*ends, grid.column_count], strict=True)
    parts = [take_columns(grid, span) for span in spans]
    labels, *others = [list(_find_labels(part, roles)) for part in parts]
    known = {label.role for label in labels}
    are_cards = (
        all(map(_are_alike, repeat(labels), others)) and len(known.intersection(TEXT_ROLES)) > 1
    )
    return parts if are_cards else [grid]


def _find_gaps(grid: Grid) -> list[int]:
    """The inner columns without text; the rulings of the cards beside them may cross them."""
    taken = {
        column
        for cell in grid.cells
        if not cell.is_blank
        for column in range(cell.column, cell.column_end)
    }
    return [column for column in range(1, grid.column_count - 1) if column not in taken]


def _find_labels(part: Grid, roles: HeaderRoles) -> Iterator[RecordLabel]:
    """The labels of a card in its first column, where texts may stand below them too."""
    for cell in part.cells:
        label = read_cell_label(cell.text, roles) if cell.column == 0 else None
        if label is not None:
            yield label


def _are_alike(labels: Sequence[RecordLabel], others: Sequence[RecordLabel]) -> bool:
    """Whether two cards have the same labels, but for the numbers in them: 意見１, 意見２."""
    return [label.header for label in labels] == [label.header for label in others]


def _find_spacers(grid: Grid) -> list[Cell]:
    """Find the blank cells that are all of a column, but for rows over the whole width.

    One at a side stands between a table and the frame around it, which has a title above it.
    """
    last = grid.column_count - 1
    narrow = [cell for cell in grid.cells if cell.column_span <= last]
    return [
        cell
        for cell in narrow
        if cell.is_blank
        and cell.row_span > 1
        and cell.column_span == 1
        and (0 < cell.column < last or cell.row_span < grid.row_count)
        and not any(
            other.column <= cell.column < other.column_end for other in narrow if other is not cell
        )
    ]


def _take_out(grid: Grid, roles: HeaderRoles, known: list[float]) -> Grid:
    spacers = _find_spacers(grid)
    if not spacers:
        return grid
    tolerance = edge_tolerance(grid)
    seen = [s for s in spacers if any(abs(s.box.x0 - x) <= tolerance for x in known)]
    if seen:
        return _without(grid, seen)
    first = min(spacer.row for spacer in spacers)
    header = find_header(without := _without(grid, spacers), roles, first)
    # A column between two halves with the same header is their gutter.
    repeats = header is not None and len(set(header.names)) < len(header.names)
    if header is None or repeats or not header.is_comment_table:
        return grid
    known += [cell.box.x0 for cell in spacers]
    return without


def _without(grid: Grid, spacers: Sequence[Cell]) -> Grid:
    """The grid without some columns; their room goes to the column before each."""
    gone = {cell.column for cell in spacers}
    places = [
        sum(column not in gone for column in range(end)) for end in range(len(grid.column_edges))
    ]
    cells = (
        replace(
            cell,
            column=places[cell.column],
            column_span=places[cell.column_end] - places[cell.column],
        )
        for cell in grid.cells
        if cell not in spacers
    )
    edges = (x for index, x in enumerate(grid.column_edges) if index not in gone)
    return replace(grid, column_edges=tuple(edges), cells=tuple(cells))

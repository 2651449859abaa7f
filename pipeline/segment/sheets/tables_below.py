"""Part tables of other texts that stand below each other in one frame.

An author may go on in the frame of the comments: a bar 【字句の修正】 over all columns, below it
the header 頁 | 誤 | 正 of a table of its own. Two tables that touch each other are one frame, too.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.model import TEXT_PAIRS, TEXT_ROLES, Cell, Grid, Page, Role
from pipeline.segment.headers.header_rows import Header, find_header
from pipeline.segment.rows.grid_columns import take_rows
from pipeline.vocabulary.header_roles import LONGEST_HEADER, HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD, strip_header


def part_tables_below(pages: Sequence[Page], roles: HeaderRoles) -> list[Page]:
    """Part the grids of an annex above each header of other texts, and the bar above that."""
    seen: list[Grid] = []
    parted: list[Page] = []
    for page in pages:
        grids: list[Grid] = []
        for grid in page.grids:
            seen.append(grid)
            bars = list(_find_bars(seen, roles))
            ends = [*bars, grid.row_count]
            starts = [0, *bars]
            grids += map(take_rows, [grid] * len(ends), zip(starts, ends, strict=True))
        parted.append(page if len(grids) == len(page.grids) else replace(page, grids=tuple(grids)))
    return parted


def _find_bars(seen: Sequence[Grid], roles: HeaderRoles) -> Iterator[int]:
    """The rows of the last one of some grids that begin another table: its bar or its header."""
    grid = seen[-1]
    for row, cells in enumerate(grid.rows[1:-1], start=1):
        is_bar = len(cells) == 1 and _is_bar(cells[0], grid)
        if not is_bar and not _are_headers(cells, roles):
            continue
        known, header = _find_known(seen, roles), find_header(grid, roles, row + is_bar)
        if header is None:
            continue
        apart = not is_bar and header.is_comment_table and _is_gap(grid, row - 1, header)
        heads = _heads_others if is_bar else _names_others
        if apart or (known is not None and heads(header, known)):
            yield row


def _is_gap(grid: Grid, row: int, header: Header) -> bool:
    """Whether a row is the room between two tables: empty, and lower than the lines of a header."""
    height = grid.row_edges[row + 1] - grid.row_edges[row]
    empty = not any(cell.lines for cell in grid.row(row))
    return empty and height < min(line.size for line in header.lines)


def _find_known(seen: Sequence[Grid], roles: HeaderRoles) -> Header | None:
    """The last header of some grids."""
    headers = (find_header(grid, roles) for grid in reversed(seen))
    return next((header for header in headers if header is not None), None)


def _is_bar(cell: Cell, grid: Grid) -> bool:
    whole = cell.column_span == grid.column_count and cell.row_span == 1
    return whole and len(cell.lines) == 1 and cell.row + 2 < grid.row_count


def _are_headers(cells: Sequence[Cell], roles: HeaderRoles) -> bool:
    """Whether each cell of a row has the name of a column."""
    return len(cells) > 1 and all(
        0 < len(cell.text) <= LONGEST_HEADER and roles.match(cell.text, ENDS_IN_WORD)
        for cell in cells
    )


def _names_others(header: Header, known: Header) -> bool:
    """Whether a header of numbered comments names columns that the table above has not.

    The labels of a card, too, are a row of names, but one number is beside or above all of them.
    """
    numbered = header.is_comment_table and Role.NUMBER in header.roles
    return numbered and not all(map(known.has_text, header.names))


def _heads_others(header: Header, known: Header) -> bool:
    """Whether a header names two texts, and none of them by a word of the table above."""
    texts = [column for column in header.columns if column.role in TEXT_ROLES]
    names = [strip_header(column.header) for column in texts]
    return {text.role for text in texts} in TEXT_PAIRS and not any(map(known.has_text, names))

"""Part tables of other texts that stand below each other in one frame.

An author may go on in the frame of the comments: a bar 【字句の修正】 over all columns, below it
the header 頁 | 誤 | 正 of a table of its own.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.model import TEXT_PAIRS, TEXT_ROLES, Cell, Grid, Page
from pipeline.segment.headers.header_rows import Header, find_header
from pipeline.segment.rows.grid_columns import take_rows
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import strip_header


def part_tables_below(pages: Sequence[Page], roles: HeaderRoles) -> list[Page]:
    """Part the grids of an annex above each bar that a header of other texts follows."""
    known: Header | None = None
    parted: list[Page] = []
    for page in pages:
        grids: list[Grid] = []
        for grid in page.grids:
            known = find_header(grid, roles) or known
            bars = [] if known is None else list(_find_bars(grid, known, roles))
            ends = [*bars, grid.row_count]
            starts = [0, *bars]
            grids += map(take_rows, [grid] * len(ends), zip(starts, ends, strict=True))
        parted.append(page if len(grids) == len(page.grids) else replace(page, grids=tuple(grids)))
    return parted


def _find_bars(grid: Grid, known: Header, roles: HeaderRoles) -> Iterator[int]:
    """The grid rows of the bars; `known` is the header of the table above."""
    for bar in grid.cells:
        below = bar.row + 1
        if bar.row and _is_bar(bar, grid):
            header = find_header(grid, roles, below)
            if header is not None and _heads_others(header, known):
                yield bar.row


def _is_bar(cell: Cell, grid: Grid) -> bool:
    whole = cell.column_span == grid.column_count and cell.row_span == 1
    return whole and len(cell.lines) == 1 and cell.row + 2 < grid.row_count


def _heads_others(header: Header, known: Header) -> bool:
    """Whether a header names two texts, and none of them by a word of the table above."""
    texts = [column for column in header.columns if column.role in TEXT_ROLES]
    names = [strip_header(column.header) for column in texts]
    return {text.role for text in texts} in TEXT_PAIRS and not any(map(known.has_text, names))

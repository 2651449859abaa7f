"""Split a grid that holds one table several times side by side: 頁 | 誤 | 正 | 頁 | 誤 | 正."""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.model import Grid
from pipeline.segment.headers.header_rows import find_header
from pipeline.segment.rows.column_edges import have_same_columns, place_edges
from pipeline.segment.rows.grid_columns import take_columns
from pipeline.vocabulary.header_roles import HeaderRoles

_LEAST_COLUMNS = 2  # of a half; judgement: one column alone is no comment table

_Span = tuple[int, int]
"""Grid columns [first, last + 1)."""


class RepeatedColumns:
    """Splits grids; remembers the last one for the pages that print no header."""

    def __init__(self, roles: HeaderRoles) -> None:
        """Split by the headers of an annex."""
        self._roles = roles
        self._grid: Grid | None = None
        self._spans: list[_Span] = []

    def split(self, grid: Grid, known: Sequence[Grid]) -> list[Grid]:
        """Split a grid into the pieces of tables that stand side by side in it, left to right.

        Args:
            known: Pieces that stood side by side on the last such page.
        """
        known_grid = self._grid is not None and have_same_columns(self._grid, grid)
        if known_grid and _may_part(grid, self._spans):
            return _take_all(grid, self._spans)
        for spans in (_find_between_gutters(grid), _find_periods(grid)):
            parts = _take_all(grid, spans)
            if len(parts) > 1 and self._is_repeated(grid, parts, known):
                self._grid, self._spans = grid, spans
                return parts
        return [grid]

    def _is_repeated(self, grid: Grid, parts: Sequence[Grid], known: Sequence[Grid]) -> bool:
        headers = [find_header(part, self._roles) for part in parts]
        named = [header for header in headers if header is not None]
        if len(named) == len(parts) and len({header.names for header in named}) == 1:
            return named[0].is_comment_table
        if not has_open_gutters(grid):
            return False
        if any(header.is_comment_table for header in named):
            return len(named) == len(parts) or all(_has_columns_of(p, parts[:1]) for p in parts)
        return all(_has_columns_of(part, known) for part in parts)


def _has_columns_of(grid: Grid, others: Sequence[Grid]) -> bool:
    """Whether a grid has the columns of another one, perhaps elsewhere on its page."""
    return any(place_edges(o.column_edges, grid, resized=False) for o in others)


def _take_all(grid: Grid, spans: Sequence[_Span]) -> list[Grid]:
    """The parts of a grid in which cells are ruled: a last page may fill the first half only."""
    parts = [take_columns(grid, span) for span in spans]
    return [part for part in parts if part.cells]


def _find_gutters(grid: Grid) -> list[int]:
    """The inner columns of a grid that hold nothing and that no cell reaches into."""
    taken = {
        column
        for cell in grid.cells
        if cell.lines or cell.column_span > 1
        for column in range(cell.column, cell.column_end)
    }
    return [column for column in range(1, len(grid.column_edges) - 2) if column not in taken]


def has_open_gutters(grid: Grid) -> bool:
    """Whether a grid has gutters that no ruling crosses: it was drawn as several tables."""
    rows = grid.row_count
    gutters = _find_gutters(grid)
    whole = {cell.column for cell in grid.cells if cell.row_span == rows}
    return bool(gutters) and whole.issuperset(gutters)


def _find_between_gutters(grid: Grid) -> list[_Span]:
    gutters = _find_gutters(grid)
    starts = [0, *(gutter + 1 for gutter in gutters)]
    ends = [*gutters, grid.column_count]
    spans = [(a, b) for a, b in zip(starts, ends, strict=True) if a < b]
    return spans if gutters and _are_wide(spans) else []


def _find_periods(grid: Grid) -> list[_Span]:
    """The spans under which the first row repeats its texts."""
    tops = grid.row(0)
    texts = [cell.text for cell in tops]
    for period in range(_LEAST_COLUMNS, len(texts) // 2 + 1):
        own = texts[:period]
        repeated = len(texts) % period == 0 and own * (len(texts) // period) == texts
        if repeated and all(own) and len(set(own)) == period:
            starts = [cell.column for cell in tops[::period]]
            spans = list(pairwise([*starts, grid.column_count]))
            return spans if _are_wide(spans) and _may_part(grid, spans) else []
    return []


def _are_wide(spans: Sequence[_Span]) -> bool:
    return all(end - first >= _LEAST_COLUMNS for first, end in spans)


def _may_part(grid: Grid, spans: Sequence[_Span]) -> bool:
    """Whether each cell with text stands in one of the spans."""
    return all(
        any(first <= c.column and c.column_end <= end for first, end in spans)
        for c in grid.cells
        if c.lines
    )

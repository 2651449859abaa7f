"""Weigh an empty cell after a page's end, below a filled one."""

from collections.abc import Sequence
from itertools import pairwise
from math import log

from pipeline.model import TableRow
from pipeline.segment.rows.shared_cells import share_cell

# Log-odds (natural logarithm) that one record goes on.
_EMPTY_BELOW = 1.5  # judgement: a new record fills the columns that the record before filled
# Share of a column's cells that are empty, before the table shows it; judgement: one in ten.
_USUALLY_EMPTY = 0.1
_CELLS_BEFORE = 3.0  # pseudo-count of cells; judgement: a few records outweigh it


def weigh_empty(whole: Sequence[TableRow], column: int) -> float:
    """Weigh the cell: it tells less where whole rows leave the column empty, too.

    A row that shares the cell of the row above it leaves the column empty: a label merged over
    several records may go on over the page's end beside a new one.

    Args:
        whole: The table's rows on both pages, but for those at the page's end.

    Returns:
        Log-odds that one record goes on, 0 at least.
    """
    empty = sum(not row.fields[column].lines for row in whole)
    pairs = pairwise(whole)
    empty += sum(bool(a.fields[column].lines) and share_cell((a, b), column) for a, b in pairs)
    share = (empty + _CELLS_BEFORE * _USUALLY_EMPTY) / (len(whole) + _CELLS_BEFORE)
    return min(_EMPTY_BELOW, max(0.0, _EMPTY_BELOW - log(share / _USUALLY_EMPTY)))

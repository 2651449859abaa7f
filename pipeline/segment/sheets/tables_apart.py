"""Sort the halves of pages on which two tables stand side by side and go on over pages.

Page by page, the second piece of the left table would follow the first piece of the right one.
"""

from collections.abc import Sequence

from pipeline.model import Page
from pipeline.segment.rows.column_edges import have_same_columns
from pipeline.segment.rows.row_numbers import read_printed_number


def sort_halves(pages: Sequence[Sequence[Page]]) -> list[Page]:
    """Sort the halves of pages: of tables that count on over pages, one after the other.

    Args:
        pages: The halves of each page, from left to right; a page that was not parted is one.

    Returns:
        The halves in the order in which they are read.
    """
    found: list[Page] = []
    run: list[Sequence[Page]] = []
    for page in pages:
        if run and not _go_on(run[-1], page):
            found += _read_down(run)
            run = []
        run.append(page)
    return [*found, *_read_down(run)]


def _read_down(run: Sequence[Sequence[Page]]) -> list[Page]:
    return [half for column in zip(*run, strict=True) for half in column]


def _go_on(before: Sequence[Page], page: Sequence[Page]) -> bool:
    """Whether the numbers of each half count on from the same half of the page before."""
    if len(before) < 2 or len(before) != len(page):
        return False
    halves = [*zip(before, page, strict=True)]
    if not all(have_same_columns(one.grids[-1], other.grids[0]) for one, other in halves):
        return False
    numbers = ((_read_numbers(one), _read_numbers(other)) for one, other in halves)
    return all(one and other and other[0] == one[-1] + 1 for one, other in numbers)


def _read_numbers(half: Page) -> list[int]:
    """The numbers in the first column of the pieces in a half."""
    texts = (cell.text for grid in half.grids for cell in grid.cells if cell.column == 0)
    return [number for text in texts if (number := read_printed_number(text)) is not None]

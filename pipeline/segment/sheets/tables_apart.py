"""Sort the halves of pages on which two tables stand side by side and go on over pages.

Page by page, the second piece of the left table would follow the first piece of the right one.
"""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.model import Page
from pipeline.segment.rows.column_edges import have_same_columns
from pipeline.segment.rows.row_numbers import read_printed_number

_Halves = Sequence[Page | None]
"""Those of a page, from left to right; None: the table in that half has ended."""


def sort_halves(pages: Sequence[Sequence[Page]]) -> list[Page]:
    """Sort the halves of pages: of tables that go on over pages, one after the other.

    Args:
        pages: The halves of each page, from left to right; a page that was not parted is one.

    Returns:
        The halves in the order in which they are read.
    """
    found: list[Page] = []
    run: list[_Halves] = []
    for page in pages:
        halves = _place(run, page)
        if not halves:
            found += _read_down(run)
            run = []
        run.append(halves or page)
    return [*found, *_read_down(run)]


def _read_down(run: Sequence[_Halves]) -> list[Page]:
    return [half for column in zip(*run, strict=True) for half in column if half is not None]


def _place(run: Sequence[_Halves], page: Sequence[Page]) -> _Halves:
    """Place the halves of a page below those that they go on with; (): there is one that does not.

    A page that is not parted goes on with one half where the table in the other one has ended.
    """
    if not run or len(run[-1]) < 2:
        return ()
    one_by_one = not _count_across(run[0])
    placed: list[Page | None] = [None] * len(run[-1])
    for half in page:
        own = [
            place
            for place, before in enumerate(run[-1])
            if before is not None and _goes_on(before, half, one_by_one)
        ]
        if len(own) != 1 or placed[own[0]] is not None:
            return ()
        placed[own[0]] = half
    return placed


def _goes_on(before: Page, half: Page, one_by_one: bool) -> bool:
    """Whether a half counts on from one of the page before, or goes on with its last row.

    `one_by_one`: the halves are tables of their own, so such a row is that of the same half.
    """
    if not half.grids or not have_same_columns(before.grids[-1], half.grids[0]):
        return False
    last, first = [n for n in _read_numbers(before) if n is not None], _read_numbers(half)
    return bool(last and first) and (first[0] == last[-1] + 1 or (one_by_one and first[0] is None))


def _count_across(halves: _Halves) -> bool:
    """Whether a half counts on from the one on its left, or has no numbers that tell."""
    numbers = [[n for n in _read_numbers(half) if n is not None] for half in halves if half]
    return not all(numbers) or any(right[0] == left[-1] + 1 for left, right in pairwise(numbers))


def _read_numbers(half: Page) -> list[int | None]:
    """The numbers in the first column of the pieces in a half; None: a cell has none."""
    texts = [cell.text for grid in half.grids for cell in grid.cells if cell.column == 0]
    numbers = [(text, read_printed_number(text)) for text in texts]
    return [number for text, number in numbers if number is not None or not text]

"""Move page numbers out of the cells that they fall into."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from pipeline.model import Line, Page
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.line_marks import is_page_number

_FIRST_NUMBER = re.compile(r"\d+")
# Pages on which numbers must count on; judgement: on two they may do so by chance.
_PAGES = 3


def move_out_page_numbers(pages: Sequence[Page]) -> list[Page]:
    """Move page numbers out of the cells that they fall into, to the loose lines.

    A browser draws the rulings of a cut table down to the page's edge and clips them away, so that
    the page's number seems to stand in the last row. Such a number has the same height on all
    pages and counts on with them.
    """
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for index, page in enumerate(pages):
        for line in _find_lowest_line(page):
            if is_page_number(line.text):
                count = int(_FIRST_NUMBER.findall(fold(line.text))[0])
                found[round(line.top)].append((index, count))
    heights = {top for top, seen in found.items() if _counts_on(seen)}
    return [_move_out(page, heights) for page in pages] if heights else list(pages)


def _find_lowest_line(page: Page) -> list[Line]:
    """The lowest line of a page if it is in a cell and alone at its height, else none."""
    lines = [line for grid in page.grids for line in grid.lines]
    bottom = max((line.top for line in lines), default=0.0)
    lowest = [line for line in lines if line.bottom > bottom]
    return lowest if len(lowest) == 1 else []


def _counts_on(seen: Sequence[tuple[int, int]]) -> bool:
    """Whether numbers at one height grow by one from page to page.

    Args:
        seen: Index of the page, and the number on it.
    """
    offsets = {count - index for index, count in seen}
    return len(offsets) == 1 and len({index for index, _ in seen}) == len(seen) >= _PAGES


def _move_out(page: Page, heights: set[int]) -> Page:
    numbers = [
        line
        for line in _find_lowest_line(page)
        if is_page_number(line.text) and round(line.top) in heights
    ]

    def keep(lines: Iterable[Line]) -> list[Line]:
        return [line for line in lines if line not in numbers]

    grids = tuple(grid.with_lines(keep) for grid in page.grids)
    return replace(page, grids=grids, loose_lines=(*page.loose_lines, *numbers))

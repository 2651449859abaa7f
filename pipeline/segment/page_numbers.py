"""Move page numbers out of the cells that they fall into."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.model import Line, Page
from pipeline.segment.rows.cut_line import cut_line
from pipeline.vocabulary.line_marks import is_page_number, read_page_number

# Pages on which numbers must count on; judgement: on two they may do so by chance.
_PAGES = 3
# em before a number in the margin; judgement: a line may hang out by one character.
_MARGIN = 1.0


def move_out_page_numbers(pages: Sequence[Page]) -> list[Page]:
    """Move page numbers out of the cells that they fall into, to the loose lines.

    A browser draws the rulings of a cut table down to the page's edge and clips them away, and a
    spreadsheet prints its footer over a row as high as the page, so that the page's number seems
    to stand in the last row, or on both sides of a ruling. Such a number has the same height on
    all pages, in the table or below it, and counts on with them. On a turned page the number in the
    margin may also be level with a line of the text.
    """
    pages = [_cut_off_margin(page) if page.header.turn else page for page in pages]
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for index, page in enumerate(pages):
        for lines in (_lines_in_cells(page), page.loose_lines):
            number = _find_lowest_number(lines)
            if (count := _read_number(number)) is not None:
                found[round(number[0].top)].append((index, count))
    heights = {top for top, seen in found.items() if _counts_on(seen)}
    return [_move_out(page, heights) for page in pages] if heights else pages


def _cut_off_margin(page: Page) -> Page:
    """Cut a page's number off the loose line that reaches beyond all other lines only with it."""
    lines = sorted((*_lines_in_cells(page), *page.loose_lines), key=lambda line: line.x1)
    if len(lines) < 2 or lines[-1] not in page.loose_lines:
        return page
    before, longest = lines[-2:]
    beyond = before.x1 + _MARGIN * longest.size
    at = next((i for i, x in enumerate(longest.edges) if x > beyond), 0)
    if not longest.text[:at].strip() or not is_page_number(longest.text[at:]):
        return page
    place = page.loose_lines.index(longest)
    loose = (*page.loose_lines[:place], *cut_line(longest, at), *page.loose_lines[place + 1 :])
    return replace(page, loose_lines=loose)


def _lines_in_cells(page: Page) -> list[Line]:
    return [line for grid in page.grids for line in grid.lines]


def _find_lowest_number(lines: Sequence[Line]) -> list[Line]:
    """The lowest of some lines, from left to right, if together they are a page's number.

    A ruling that runs through the number parts it in lines that are close together.
    """
    bottom = max((line.top for line in lines), default=0.0)
    lowest = sorted((line for line in lines if line.bottom > bottom), key=lambda line: line.x0)
    is_near = all(right.x0 - left.x1 < right.size for left, right in pairwise(lowest))
    return lowest if is_near and _read_number(lowest) is not None else []


def _read_number(lines: Iterable[Line]) -> int | None:
    return read_page_number("".join(line.text for line in lines))


def _counts_on(seen: Sequence[tuple[int, int]]) -> bool:
    """Whether numbers at one height grow by one from page to page.

    Args:
        seen: Index of the page, and the number on it.
    """
    offsets = {count - index for index, count in seen}
    return len(offsets) == 1 and len({index for index, _ in seen}) == len(seen) >= _PAGES


def _move_out(page: Page, heights: set[int]) -> Page:
    number = _find_lowest_number(_lines_in_cells(page))
    if not number or round(number[0].top) not in heights:
        return page

    def keep(lines: Iterable[Line]) -> list[Line]:
        return [line for line in lines if line not in number]

    grids = tuple(grid.with_lines(keep) for grid in page.grids)
    return replace(page, grids=grids, loose_lines=(*page.loose_lines, *number))

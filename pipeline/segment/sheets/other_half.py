"""Find the pages that hold the right half of a sheet whose left half earlier pages hold."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise, takewhile

from msgspec import Struct

from pipeline.model import EXTRA, Grid, Line, Page, Role
from pipeline.segment.headers.header_rows import find_header
from pipeline.segment.rows.column_edges import edge_tolerance, have_same_columns
from pipeline.segment.rows.grid_columns import drop_columns, lay_beside, share_rows
from pipeline.segment.rows.row_numbers import read_printed_number
from pipeline.vocabulary.folding import fold_width
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD
from pipeline.vocabulary.line_marks import is_page_number

_ASKED = {Role.COMMENT, Role.ORIGINAL_TEXT}
_ANSWERS = {Role.RESPONSE, Role.REVISION, Role.DISPOSITION}

_SAME_LINE = 0.3  # em; judgement: the two parts of a line differ in height by rounding only


class Halves(Struct, frozen=True):
    """Two pages with the halves of one sheet, by their indexes."""

    left: int
    right: int
    repeated: int
    """With so many columns of the left half does the right one begin: the numbers, or more."""


def find_halves(
    pages: Sequence[Page], places: Sequence[int], roles: HeaderRoles
) -> Iterator[Halves]:
    """Find the halves of sheets that were printed down and then over, or over and then down.

    Args:
        places: The indexes of those to look at, in order.

    Yields:
        Pairs of pages; no page is in two of them.
    """
    runs = _find_runs(pages, places, roles)
    index = 0
    before: Halves | None = None
    while index + 1 < len(runs):
        left, right = runs[index], runs[index + 1]
        found: list[Halves] = []
        if len(left) == len(right):
            found = _pair(pages, left, right, before, roles)
        yield from found
        before = found[-1] if found else before
        index += 2 if found else 1


def _find_runs(pages: Sequence[Page], places: Sequence[int], roles: HeaderRoles) -> list[list[int]]:
    """The runs of pages whose last grids have the same columns and headers; by index.

    Only a page that begins a run may have small tables (人数 | 件数) above that grid.
    """
    runs: list[list[int]] = []
    last: Grid | None = None
    for index in places:
        *above, grid = pages[index].grids or (None,)
        if grid is None or not all(_is_small(own, last, grid, roles) for own in above):
            last = None
            continue
        if (
            last is not None
            and not above
            and have_same_columns(last, grid)
            and not _is_headed(pages[runs[-1][0]].grids[-1], last, grid, roles)
        ):
            runs[-1].append(index)
        else:
            runs.append([index])
        last = grid
    return runs


def _is_small(own: Grid, before: Grid | None, below: Grid, roles: HeaderRoles) -> bool:
    """Whether a grid above another one is no comment table, and goes on with none."""
    header = find_header(own, roles)
    goes_on = before is not None and have_same_columns(before, own)
    is_comments = header is not None and header.is_comment_table
    return own.box.bottom <= below.box.top and not goes_on and not is_comments


def _is_headed(first: Grid, before: Grid, grid: Grid, roles: HeaderRoles) -> bool:
    """Whether a grid prints another header than its run: the first one and the one before it."""
    tops = [[cell.text for cell in g.row(0)] for g in (before, grid)]
    if tops[0] == tops[1] or not all(tops[1]) or any(map(roles.is_prose, tops[1])):
        return False
    if len(tops[1]) == 1:  # a single column has no header row to tell from its texts (反映)
        same_height = abs(_heights(first)[0] - _heights(grid)[0]) <= edge_tolerance(grid)
        is_text = any(cell.text == tops[1][0] for cell in before.cells)
        return same_height and not is_text and roles.match(tops[1][0], ENDS_IN_WORD) is not None
    return find_header(grid, roles) is not None


def _pair(
    pages: Sequence[Page],
    left: Sequence[int],
    right: Sequence[int],
    before: Halves | None,
    roles: HeaderRoles,
) -> list[Halves]:
    """Pair the pages of two runs; nothing where the second run is a table of its own."""
    grids = [
        share_heights(pages[a].grids[-1], pages[b].grids[-1])
        for a, b in zip(left, right, strict=True)
    ]
    if not all(len(a.row_edges) == len(b.row_edges) for a, b in grids):
        return []
    same_heights = all(_have_same_heights(a, b) for a, b in grids)
    repeated = min(_count_repeated(a, b) for a, b in grids)
    if not (same_heights or repeated):
        return []
    goes_on = before is not None and all(
        have_same_columns(pages[page].grids[-1], grid)
        for page, grid in zip((before.left, before.right), grids[0], strict=True)
    )
    if not goes_on:
        if _has_own_heading(pages[left[0]], pages[right[0]]):
            return []
        marked = any(_has_varied_heights(one) for one, _ in grids)
        left_grid, right_grid = grids[0]
        right_grid = drop_columns(right_grid, repeated)
        same_rows, one_sheet = repeated > 0 or marked, same_heights and marked
        if not _belong_together(left_grid, right_grid, same_rows, one_sheet, roles):
            return []
    return [Halves(a, b, repeated) for a, b in zip(left, right, strict=True)]


def _belong_together(
    left: Grid, right: Grid, same_rows: bool, one_sheet: bool, roles: HeaderRoles
) -> bool:
    """Whether the headers of two grids are those of one table.

    Args:
        left: The first piece of the left half.
        right: The first piece of the right half.
        same_rows: Whether heights or numbers show that the rows are the same.
        one_sheet: Whether rows of varied heights do: then the right half may be a comment table by
            itself, behind columns of chapters.
    """
    header = find_header(lay_beside(left, right), roles)
    if header is None or not header.is_comment_table:
        return False
    seam = left.column_edges[-1]
    columns = list(zip(header.columns, header.edges, strict=False))
    names, meanings = [], []
    for half in (
        [column.header for column, x in columns if x < seam],
        [column.header for column, x in columns if x >= seam],
    ):
        names.append(half)
        matches = [roles.match(name) for name in half]
        meanings.append({match.role for match in matches if match is not None} - {EXTRA})
    if not all(names[1]) or set(names[0]) & set(names[1]):
        return False
    # 対応状況 beside 回答 is no other table if its rows are the same.
    both = meanings[0] & meanings[1]
    if both and not (one_sheet or (same_rows and both <= _ANSWERS)):
        return False
    if _is_complete(meanings[1]) and not (one_sheet or _only_numbers(*meanings)):
        return False
    if _is_complete(meanings[0]) and meanings[1] & _ASKED:
        return False
    return same_rows or (not _is_complete(meanings[0]) and _is_complete(header.roles))


def share_heights(one: Grid, other: Grid) -> tuple[Grid, Grid]:
    """Give the halves of a sheet the same rows, where varied heights show that it is one."""
    coarser = min(one, other, key=lambda grid: grid.row_count)
    is_marked = one.row_count != other.row_count and _has_varied_heights(coarser)
    return share_rows(one, other, edge_tolerance(one)) if is_marked else (one, other)


def _only_numbers(left: Collection[str], right: Collection[str]) -> bool:
    """Whether one table has the numbers of another, and neither what was said nor an answer."""
    said = {Role.COMMENT, *_ANSWERS}
    return Role.NUMBER in left and Role.NUMBER not in right and not said & set(left)


def _is_complete(roles: Collection[str]) -> bool:
    """Whether columns of these roles are a comment table: what was said, and what became of it."""
    return bool(_ASKED.intersection(roles)) and bool(_ANSWERS.intersection(roles))


def _have_same_heights(one: Grid, other: Grid) -> bool:
    """Whether all rows of two grids are as high as each other."""
    tolerance = edge_tolerance(one)
    return all(abs(a - b) <= tolerance for a, b in zip(_heights(one), _heights(other), strict=True))


def _has_varied_heights(grid: Grid) -> bool:
    """Whether rows below the first one differ in height: then they mark it like a fingerprint."""
    heights = _heights(grid)[1:]
    return bool(heights) and max(heights) - min(heights) > edge_tolerance(grid)


def _heights(grid: Grid) -> list[float]:
    return [bottom - top for top, bottom in pairwise(grid.row_edges)]


def _count_repeated(one: Grid, other: Grid) -> int:
    """How many first columns of two grids print the same texts in the same rows.

    The first of them are numbers; otherwise nothing is repeated.
    """
    ones, others = _list_columns(one), _list_columns(other)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(ones, others[:-1], strict=False))
    repeated = [column for column, _ in same]
    is_numbered = repeated and any(
        read_printed_number(text) is not None for _, _, text in repeated[0]
    )
    count = len(repeated) if is_numbered else 0
    reaches_over = any(c.column < count < c.column_end for c in other.cells)
    return 0 if reaches_over else count


def _list_columns(grid: Grid) -> list[list[tuple[int, int, str]]]:
    """The cells that begin in each column of a grid: row, column span, text.

    Recognition may see 5 on one page, and ５ on the other.
    """
    columns: list[list[tuple[int, int, str]]] = [[] for _ in grid.column_edges[1:]]
    for cell in grid.cells:
        columns[cell.column].append((cell.row, cell.column_span, fold_width(cell.text)))
    return columns


def _has_own_heading(left: Page, right: Page) -> bool:
    """Whether the table of a page stands under a heading that the other page does not have.

    A heading over repeated columns is cut off at their end: 住民 of 住民説明会. One that is longer
    than the left half goes on above the right one: then all that stands there is of one sheet.
    """
    heads, small = [*_list_headings(left)], left.grids[:-1]
    # A small table above the sheet may reach into the right half.
    others = [
        own
        for own in _list_headings(right)
        if not any(grid.box.top < own.middle < grid.box.bottom for grid in small)
    ]
    if any(_goes_on(head, own, left, right) for head in heads for own in others):
        return False
    return not all(
        _stands_at_right_end(own, right.grids[-1])
        or any(head.text.strip().startswith(own.text.strip()) for head in heads)
        for own in others
    )


def _list_headings(page: Page) -> Iterator[Line]:
    top = page.grids[-1].box.top
    for line in page.loose_lines:
        if line.middle < top and not is_page_number(line.text):
            yield line


def _stands_at_right_end(line: Line, grid: Grid) -> bool:
    """Whether a line over a table ends at its right side: a date or an office, no heading."""
    return line.x0 > grid.box.center[0] and abs(line.x1 - grid.box.x1) < line.size


def _goes_on(head: Line, rest: Line, left: Page, right: Page) -> bool:
    """Whether a line over the right half begins where one over the left half ends."""
    ends = head.x1 > left.grids[-1].box.x1 - head.size
    begins = rest.x0 < right.grids[-1].box.x0 + rest.size
    return ends and begins and abs(head.middle - rest.middle) < _SAME_LINE * head.size

"""Part pages that hold two sheets, or one table in columns side by side.

Read from side to side, the rows of such halves would be mixed. So each half becomes a page of its
own, the left one first.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, starmap

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Grid, Line, Page, group_neighbours
from pipeline.segment.headers.header_rows import find_header
from pipeline.segment.rows.column_edges import have_same_columns, place_edges
from pipeline.segment.rows.cut_line import cut_line
from pipeline.segment.rows.row_numbers import read_printed_number
from pipeline.segment.sheets.repeated_columns import RepeatedColumns, has_open_gutters
from pipeline.segment.table_draft import PieceKey, piece_key
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.line_marks import is_page_number

# em between two characters of a line; judgement: so far apart they may belong to two lines.
_LEAST_GAP = 1.0
# em; judgement: what two sheets have in the same place is there to the point.
_SAME_PLACE = 0.5

_Strip = list[Grid]
"""The pieces of tables in one half of a page, from top to bottom."""
_Halves = Sequence[Page | None]
"""Those of a page, from left to right; None: the table in that half has ended."""


class PartedPages(Struct, frozen=True):
    """Pages whose halves are pages of their own."""

    pages: list[Page]
    apart: frozenset[PieceKey] = frozenset()
    """Tables drawn beside another one, on the only page that has such. Only numbers that go on
    make one table of them."""


def part_pages(pages: Sequence[Page], roles: HeaderRoles) -> PartedPages:
    """Part the pages that hold several sheets or columns of tables side by side."""
    columns = RepeatedColumns(roles)
    parted: list[list[Page]] = []
    apart: list[set[PieceKey]] = []
    before: Sequence[_Strip] = ()
    for page in pages:
        known = [grid for strip in before for grid in strip]
        split = [part for grid in page.grids for part in columns.split(grid, known)]
        strips = find_strips(split)
        is_split = tuple(split) != page.grids
        if len(strips) < 2 or not (is_split or _are_alike(strips, before, roles)):
            parted.append([replace(page, grids=tuple(split)) if is_split else page])
            continue
        before = strips
        sheets = _part_lines(page.loose_lines, strips)
        lines = sheets or _share_lines(page.loose_lines, strips)
        parted.append(
            [
                replace(page, grids=tuple(strip), loose_lines=tuple(own))
                for strip, own in zip(strips, lines, strict=True)
            ]
        )
        in_one = is_split and not all(map(has_open_gutters, page.grids))
        drawn_apart = not (sheets or in_one) and _leave_room(page, strips)
        apart.append({piece_key(grid) for strip in strips[1:] for grid in strip if drawn_apart})
    return PartedPages(_sort_halves(parted), frozenset(apart[0] if len(apart) == 1 else ()))


def find_strips(grids: Sequence[Grid]) -> list[_Strip]:
    """Sort the pieces of a page into strips that do not overlap from left to right."""
    strips = group_neighbours(
        sorted(grids, key=lambda grid: grid.box.x0),
        lambda strip, grid: grid.box.x0 < max(other.box.x1 for other in strip),
    )
    return [sorted(strip, key=lambda grid: grid.box.top) for strip in strips]


def _are_level(one: _Strip, other: _Strip) -> bool:
    """Whether pieces of two strips stand at one height."""
    return any(a.box.top < b.box.bottom and b.box.top < a.box.bottom for a in one for b in other)


def _leave_room(page: Page, strips: Sequence[_Strip]) -> bool:
    """Whether below the first strip there was room for the first row of the next.

    A table that goes on in the next column of a page fills the first one.
    """
    margin = min([line.top for line in page.loose_lines] + [s[0].box.top for s in strips])
    rows = strips[1][0].row_edges
    row = max(bottom - top for top, bottom in pairwise(rows))
    return strips[0][-1].box.bottom + row < page.header.height - margin


def _are_alike(strips: Sequence[_Strip], before: Sequence[_Strip], roles: HeaderRoles) -> bool:
    """Whether strips hold comment tables, or pieces of them without their headers.

    Args:
        before: Those of the last page that was parted.
    """
    if not (before or all(starmap(_are_level, pairwise(strips)))):
        return False
    headers = [[find_header(grid, roles) for grid in strip] for strip in strips]
    named = [any(h is not None and h.is_comment_table for h in own) for own in headers]
    if all(named):
        return True
    known = [grid for strip in before for grid in strip]
    known += [
        grid for strip, is_named in zip(strips, named, strict=True) if is_named for grid in strip
    ]
    return all(
        is_named or any(place_edges(a.column_edges, b, resized=False) for a in known for b in strip)
        for is_named, strip in zip(named, strips, strict=True)
    )


def _part_lines(lines: Sequence[Line], strips: Sequence[_Strip]) -> list[list[Line]]:
    """Sort the lines around the tables to two or more sheets on a page.

    Returns:
        The lines of each sheet, without those that all have in the same place; nothing where the
        page is one sheet: no two of its parts have a line in the same place.
    """
    lefts = [min(grid.box.x0 for grid in strip) for strip in strips]
    seams = find_seams(strips)
    own: list[list[Line]] = [[] for _ in strips]
    for line in lines:
        for piece in _cut_at(line, seams):
            own[bisect_right(seams, piece.box.center[0])].append(piece)
    places = [[(line, left) for line in part] for part, left in zip(own, lefts, strict=True)]
    repeated = [
        line
        for part in places
        for line, left in part
        if all(
            any(_is_same_place(line, left, other, start) for other, start in part)
            for part in places
        )
    ]
    if not repeated:
        return []
    # Sheets with numbers of their own have running heads too; those head no table.
    heads = Counter(line.text for line in repeated)
    numbered = any(is_page_number(line.text) for line in repeated)
    return [
        [line for line in part if not numbered or heads[line.text] < len(strips)] for part in own
    ]


def _is_same_place(line: Line, left: float, other: Line, start: float) -> bool:
    """Whether two lines of two sheets stand in the same place."""
    most = _SAME_PLACE * line.size
    level = abs(line.top - other.top) <= most
    both_number = is_page_number(line.text) and is_page_number(other.text)
    return level and (both_number or abs((line.x0 - left) - (other.x0 - start)) <= most)


def _cut_at(line: Line, seams: Sequence[float]) -> list[Line]:
    """Cut a line where it goes from one sheet to the next with a gap between them."""
    pieces = [line]
    for seam in seams:
        last = pieces[-1]
        ink = [i for i, character in enumerate(last.text) if not character.isspace()]
        before = [i for i in ink if last.edges[i] < seam]
        beyond = ink[len(before) :]
        if before and beyond:
            gap = last.edges[beyond[0]] - last.edges[before[-1]] - last.size
            pieces[-1:] = cut_line(last, beyond[0]) if gap > _LEAST_GAP * last.size else [last]
    return pieces


def _share_lines(lines: Sequence[Line], strips: Sequence[_Strip]) -> list[list[Line]]:
    """Sort the lines to the strips: what stands above all of them heads each.

    A title over two strips heads the first of them.
    """
    seams = find_seams(strips)
    top = min(grid.box.top for strip in strips for grid in strip)
    own: list[list[Line]] = [[] for _ in strips]
    for line in lines:
        for strip in own if line.middle < top else [own[bisect_right(seams, line.x0)]]:
            strip.append(line)
    return own


def find_seams(strips: Sequence[_Strip]) -> list[float]:
    """The x in the middle between each strip and the next, in points."""
    rights = [max(grid.box.x1 for grid in strip) for strip in strips]
    lefts = [min(grid.box.x0 for grid in strip) for strip in strips]
    return [(right + left) / 2 for right, left in zip(rights, lefts[1:], strict=False)]


def _sort_halves(pages: Sequence[Sequence[Page]]) -> list[Page]:
    """Sort the halves of pages: of tables that go on over pages, one after the other.

    Page by page, the second piece of the left table would follow the first one of the right table.

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

    Each has the columns of the one above it.
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
            if before is not None
            and half.grids
            and have_same_columns(before.grids[-1], half.grids[0])
            and not any(_is_followed(before, right) for right in run[-1][place + 1 : place + 2])
            and (
                _goes_on(before, half, one_by_one)
                or _stands_between(before, half, run[0][place + 1 :])
            )
        ]
        if len(own) != 1 or placed[own[0]] is not None:
            return ()
        placed[own[0]] = half
    return placed


def _goes_on(before: Page, half: Page, one_by_one: bool) -> bool:
    """Whether a half counts on from one of the page before, or goes on with its last row.

    `one_by_one`: the halves are tables of their own, so such a row is that of the same half.
    """
    last, first = _count(before), _read_numbers(half)
    return bool(last and first) and (first[0] == last[-1] + 1 or (one_by_one and first[0] is None))


def _stands_between(before: Page, half: Page, right: Sequence[Page | None]) -> bool:
    """Whether the numbers of a half rise from those above it to those at the right of the first.

    Numbers that leave some out, such as those of pages, show the order of the halves in this way.
    """
    stacks = [_read_numbers(page) for page in (before, half, *right[:1]) if page is not None]
    numbers = [number for stack in stacks for number in stack if number is not None]
    return all(map(any, stacks)) and numbers == sorted(numbers)


def _count_across(halves: _Halves) -> bool:
    """Whether a half counts on from the one on its left, or has no numbers that tell."""
    own = [half for half in halves if half is not None]
    return not all(map(_count, own)) or any(starmap(_is_followed, pairwise(own)))


def _is_followed(left: Page, right: Page | None) -> bool:
    """Whether the half at the right of another counts on from it."""
    above, below = _count(left), _count(right) if right is not None else []
    return bool(above and below) and below[0] == above[-1] + 1


def _count(half: Page) -> list[int]:
    return [number for number in _read_numbers(half) if number is not None]


def _read_numbers(half: Page) -> list[int | None]:
    """The numbers in the first column of the pieces in a half; None: a cell has none."""
    texts = [cell.text for grid in half.grids for cell in grid.cells if cell.column == 0]
    numbers = [(text, read_printed_number(text)) for text in texts]
    return [number for text, number in numbers if number is not None or not text]

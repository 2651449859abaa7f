"""Take the marks of continuation (（次頁へ続く）, （続き）) out of cells and headings.

They say that a table or a row goes on. Left where they are, they would head tables and stand in
records.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model import Cell, Grid, Line, Page, remove_white_space
from pipeline.segment.rows.cut_line import cut_line
from pipeline.segment.rows.row_numbers import read_printed_number
from pipeline.segment.table_draft import PieceKey, piece_key
from pipeline.vocabulary.continuation_marks import (
    Continuation,
    ContinuationMark,
    find_continuation_mark,
    may_hold_mark,
)
from pipeline.vocabulary.punctuation import OPENING

# Grid rows from the top that a mark of the record before may stand in; judgement: up to four of a
# header, the rest of the record, and the row below it, into which a mark in a low cell hangs.
_TOP_ROWS = 6

# Lines; judgement: the longest mark has 11 characters, and a number's cell holds three in a line.
_MOST_LINES = 4

_Marks = set[tuple[PieceKey, Continuation]]
"""Pieces, and at which of their ends they go on."""


class MarkedPieces(Struct):
    """What marks say about the pieces of tables."""

    rows: _Marks = field(default_factory=set)
    """Here the row at the page's end is one with that over the end."""
    tables: _Marks = field(default_factory=set)
    """Here the piece is one table with that over the page's end."""
    lines: list[Line] = field(default_factory=list)
    """The marks that stood in cells."""

    def join_rows(self, above: Grid, below: Grid) -> bool:
        """Whether the last row of one piece and the first one of the next are one record."""
        return _joins(self.rows, above, below)

    def join_tables(self, above: Grid, below: Grid) -> bool:
        """Whether two pieces are one table."""
        return _joins(self.tables, above, below)


def _joins(marks: _Marks, above: Grid, below: Grid) -> bool:
    if not marks:
        return False
    ends = (piece_key(above), Continuation.GOES_ON), (piece_key(below), Continuation.FROM_BEFORE)
    return any(end in marks for end in ends)


def take_out_marks(pages: Sequence[Page]) -> tuple[list[Page], MarkedPieces]:
    """Take the marks out of the cells of the pages and out of the lines around their tables."""
    marked = MarkedPieces()
    filled = [index for index, page in enumerate(pages) if page.grids]
    if len(filled) < 2:
        return list(pages), marked
    paired: dict[int, set[Continuation]] = defaultdict(set)
    for above, below in pairwise(filled):
        ends = _has_mark(pages[above].grids[-1], Continuation.GOES_ON)
        if ends and _has_mark(pages[below].grids[0], Continuation.FROM_BEFORE):
            paired[above].add(Continuation.GOES_ON)
            paired[below].add(Continuation.FROM_BEFORE)
    taken = [
        _take_out(
            page,
            [
                *[Continuation.FROM_BEFORE] * (index > filled[0]),
                *[Continuation.GOES_ON] * (index < filled[-1]),
            ],
            paired[index],
            marked,
        )
        for index, page in enumerate(pages)
    ]
    return taken, marked


def _has_mark(grid: Grid, kind: Continuation) -> bool:
    """Whether a cell at the end of a piece begins or ends with a mark of a kind."""
    cells = (grid.cells[index] for index in _find_candidates(grid, kind))
    marks = (_find_outermost(cell.lines, kind) for cell in cells)
    return any(mark is not None for mark in marks)


def _find_outermost(lines: Sequence[Line], kind: Continuation) -> ContinuationMark | None:
    """Find the mark with which a cell's text begins or ends, as its kind is read."""
    before = kind is Continuation.FROM_BEFORE
    text = "".join(line.text for line in (lines[:_MOST_LINES] if before else lines[-_MOST_LINES:]))
    mark = find_continuation_mark(text.strip())
    at_end = mark is not None and (not mark.start if before else mark.end == len(text.strip()))
    return mark if mark is not None and at_end and mark.kind is kind else None


def _take_out(
    page: Page, kinds: Sequence[Continuation], paired: set[Continuation], marked: MarkedPieces
) -> Page:
    """Take the marks out of one page.

    Args:
        kinds: The marks that make sense on it: another page with a table lies that way.
        paired: Those of them that a mark on that page answers.
        marked: Is told what the marks say.
    """
    grids = dict(enumerate(page.grids))
    ends = {}
    if grids:
        ends = {Continuation.FROM_BEFORE: 0, Continuation.GOES_ON: len(grids) - 1}
        for kind in kinds:
            grid = grids[ends[kind]]
            grids[ends[kind]] = _take_out_of_grid(grid, kind, kind in paired, marked)
    loose: list[Line] = []
    for line in page.loose_lines:
        mark = find_continuation_mark(line.text)
        if mark is None or mark.kind not in kinds:
            loose.append(line)
            continue
        rest, _ = _part(line, mark)
        # 意見一覧（続き） is a heading that was there before, and heads no other table.
        loose += rest if mark.names_page else []
        for place, grid in grids.items():
            if place == ends[mark.kind] and _is_beyond(line, grid, mark.kind):
                marked.tables.add((piece_key(grid), mark.kind))
    if len(loose) == len(page.loose_lines) and tuple(grids.values()) == page.grids:
        return page
    return replace(page, grids=tuple(grids.values()), loose_lines=tuple(loose))


def _is_beyond(line: Line, grid: Grid, kind: Continuation) -> bool:
    """Whether a line stands over the end of a piece that its mark is about."""
    middle = line.middle
    before = kind is Continuation.FROM_BEFORE
    return middle < grid.box.top if before else middle > grid.box.bottom


def _take_out_of_grid(grid: Grid, kind: Continuation, paired: bool, marked: MarkedPieces) -> Grid:
    cells = list(grid.cells)
    places = []
    known = len(marked.lines)
    for index in _find_candidates(grid, kind):
        cell = cells[index]
        kept = _take_out_of_cell(cell, kind, paired, marked)
        if kept != cell.lines:
            cells[index] = replace(cell, lines=kept)
            places.append(cell)
    if not places:
        return grid
    key = piece_key(grid), kind
    marked.tables.add(key)
    ends = {(c.row, c.row_end) for c in places}
    beside = [line for c in cells if (c.row, c.row_end) in ends for line in c.lines]
    ends_heading = any(_goes_on(line, own) for own in marked.lines[known:] for line in beside)
    if beside and not ends_heading:
        marked.rows.add(key)
    return replace(grid, cells=tuple(cells))


def _goes_on(line: Line, mark: Line) -> bool:
    """Whether a mark is the end of a line in the cell before: a heading typed over the border."""
    level = abs(line.middle - mark.middle) < line.size / 2
    return level and 0 <= mark.x0 - line.x1 < line.size


def _find_candidates(grid: Grid, kind: Continuation) -> list[int]:
    """The indexes of the cells at the end of a piece that a mark is about, if they may hold one."""
    last = grid.row_count
    before = kind is Continuation.FROM_BEFORE
    return [
        index
        for index, cell in enumerate(grid.cells)
        if cell.lines
        and (cell.row < _TOP_ROWS if before else cell.row_end == last)
        and may_hold_mark("\n".join([line.text for line in cell.lines]))
    ]


def _take_out_of_cell(
    cell: Cell, kind: Continuation, paired: bool, marked: MarkedPieces
) -> tuple[Line, ...]:
    """Take the marks out of a cell; returns the lines that are left."""
    lines: list[Line] = []
    whole, own = _join_wrapped(cell.lines, kind)
    marked.lines += own
    for line in whole:
        mark = find_continuation_mark(line.text)
        if mark is None or mark.kind is not kind:
            lines.append(line)
            continue
        rest, sign = _part(line, mark)
        before = kind is Continuation.FROM_BEFORE
        outermost = line is whole[0 if before else -1]
        answers = paired and (mark.start == 0 if before else mark.end == len(line.text))
        # 手続（続き） may be somebody's words: what names no page stands alone, or by a number, or
        # the page that it is about has the other mark.
        alone = not rest or read_printed_number(rest[0].text) is not None
        if alone or ((mark.names_page or answers) and outermost):
            lines += rest
            marked.lines.append(sign)
        else:
            lines.append(line)
    return tuple(lines)


def _join_wrapped(
    lines: tuple[Line, ...], kind: Continuation
) -> tuple[tuple[Line, ...], list[Line]]:
    """Take out a mark that a cell wraps over lines: the lines without it, and its own.

    Text may stand before it where it ends the cell, and behind it where it begins the cell.
    """
    before = kind is Continuation.FROM_BEFORE
    for first, line in enumerate(lines):
        if not OPENING.intersection(line.text):
            continue
        for end in range(first + 2, min(first + _MOST_LINES, len(lines)) + 1):
            spans = lines[first:end]
            text = "".join(line.text for line in spans)
            mark = find_continuation_mark(text)
            if mark is None or mark.kind is not kind:
                continue
            head, tail = mark.start, len(text) - mark.end
            whole = not text[:head].strip() and not text[mark.end :].strip()
            outermost = mark.names_page and (first == 0 if before else end == len(lines))
            if not (whole or outermost) or head >= len(line.text) or tail >= len(spans[-1].text):
                continue
            kept, own = [*lines[:first]], [*spans]
            if text[:head].strip():
                rest, own[0] = cut_line(line, head)
                kept.append(rest)
            if text[mark.end :].strip():
                own[-1], rest = cut_line(own[-1], len(own[-1].text) - tail)
                kept.append(rest)
            return (*kept, *lines[end:]), own
    return lines, []


def _part(line: Line, mark: ContinuationMark) -> tuple[list[Line], Line]:
    """Part a line into what stands beside the mark, if anything does, and the mark."""
    if remove_white_space(line.text[: mark.start]):
        rest, own = cut_line(line, mark.start)
    elif remove_white_space(line.text[mark.end :]):
        own, rest = cut_line(line, mark.end)
    else:
        return [], line
    return [rest], own

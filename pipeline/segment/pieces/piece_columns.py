"""Find the columns of a table on its later pieces: in the same place, moved, or on other paper.

Heading rows at the top of a piece are parted from the header that is printed below them.
"""

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Grid, Line, remove_white_space
from pipeline.segment.headers.header_end import skip_column_numbers
from pipeline.segment.headers.header_rows import Header, find_header
from pipeline.segment.headers.repeated_header import LEAST_REPEATED, find_repeated_header
from pipeline.segment.headings.heading_rows import build_heading, join_lines, read_headings
from pipeline.segment.headings.section_levels import SectionHeading
from pipeline.segment.rows.column_edges import have_same_edges, place_edges
from pipeline.segment.rows.grid_rows import read_rows
from pipeline.segment.rows.other_rows import is_closing_text
from pipeline.segment.table_draft import TableDraft
from pipeline.vocabulary.counts import ends_in_count
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import strip_header
from pipeline.vocabulary.heading_forms import has_place, names_part, read_form
from pipeline.vocabulary.line_marks import LineStart, begins_note, classify_line_start

_MOST_HEADINGS = 3  # grid rows; judgement: headings of three levels begin together at most


class PieceColumns(Struct, frozen=True):
    """The header of a piece, and where the columns of the table before it stand there."""

    header: Header | None
    """That of the table before, repeated, or another; None: the piece begins with a record."""
    edges: tuple[float, ...] = ()
    """The x of the column edges, in points; (): it does not have the columns of that table."""
    moved: bool = False
    """They stand elsewhere than on the table's first piece."""
    guessed: bool = False
    """They have other shares of the width, and only their count is the same."""
    headings: tuple[SectionHeading, ...] = ()
    """The rows above the header that open a section."""


def find_piece_columns(
    draft: TableDraft | None, grid: Grid, roles: HeaderRoles, resized: bool
) -> PieceColumns:
    """Find the columns of a piece.

    Args:
        draft: The table before it; None: there is none.
        resized: Whether its paper is another than that of the table's first piece.
    """
    columns = _find_columns(draft, grid, roles, resized)
    header, headings = part_headings(grid, columns.header, roles, draft)
    header = None if header is None else skip_column_numbers(grid, header)
    return replace(columns, header=header, headings=headings)


def _find_columns(
    draft: TableDraft | None, grid: Grid, roles: HeaderRoles, resized: bool
) -> PieceColumns:
    if draft is None:
        return PieceColumns(find_header(grid, roles))
    moved = not have_same_edges(draft.edges, grid)
    edges = place_edges(draft.edges, grid, resized) if moved else draft.edges
    if edges is not None:
        again = find_repeated_header(grid, draft.header)
        if again is not None:
            return PieceColumns(replace(again, edges=edges), edges, moved)
        other = find_header(grid, roles)
        return PieceColumns(None if _is_rest(other, grid, moved) else other, edges, moved)
    header = find_header(grid, roles)
    # Other paper may give its columns other shares of the width, and so may other texts where no
    # ruling parts them: then only the header tells.
    if (resized or grid.inferred) and header is not None and header.names == draft.header.names:
        return PieceColumns(header, header.edges, moved)
    # An author who makes a table a page draws no two alike.
    if header is None and len(grid.column_edges) == len(draft.edges):
        return PieceColumns(None, grid.column_edges, moved, guessed=True)
    return PieceColumns(header)


def _is_rest(header: Header | None, grid: Grid, moved: bool) -> bool:
    """Whether a header is none, but the rest of a row that the page cut.

    No ruling is above the rest, or a cell of it is empty or an item of a list; a header names each
    column.
    """
    if header is None or header.is_comment_table or moved:
        return False
    return grid.open_top or not all(
        name and classify_line_start(name) != LineStart.ENCLOSED
        for name in (column.header for column in header.columns)
    )


def part_headings(
    grid: Grid, header: Header | None, roles: HeaderRoles, draft: TableDraft | None
) -> tuple[Header | None, tuple[SectionHeading, ...]]:
    """Part the rows above a header that open a section; others only name the table.

    Args:
        header: That at its top, such rows included; None: with them it looks like none.
        draft: The table before it; None: there is none.

    Returns:
        The header without these rows, and the headings, from top to bottom.
    """
    above: list[SectionHeading] = []
    others: list[Line] = []
    parted: tuple[Header | None, tuple[SectionHeading, ...]] = header, ()
    most = min(_MOST_HEADINGS, len(grid.row_edges) - 2) if header is None else header.depth - 1
    for first in range(1, most + 1):
        rows = _read_row(grid, first - 1, header is not None)
        note = () if rows or header is not None else _read_note(grid, first - 1)
        opens = all(
            _opens_section(row.text, header, draft) or _recurs(grid, row.text, header)
            for row in rows
        )
        if not (rows or note) or not (opens or header is None):
            break
        # A long title, or a note on the table, had hidden the header.
        above += rows if opens else ()
        others += note if opens else (line for row in rows for line in row.lines)
        below = find_header(grid, roles, first)
        if below is not None and (header is None or _means_the_same(below, header)):
            parted = replace(below, lines=(*others, *below.lines)), tuple(above)
    return parted


def _recurs(grid: Grid, text: str, header: Header | None) -> bool:
    """Whether a text of the same kind stands above the header where it is printed again below."""
    if header is None:
        return False
    kind = read_form(text).kind
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        if cell.row >= header.depth and not cell.is_blank:
            rows.setdefault(cell.row, []).append(cell.text)
    return any(
        len(texts) == 1
        and read_form(texts[0]).kind == kind
        and len(below := rows.get(row + 1, [])) >= LEAST_REPEATED
        and all(header.has_text(strip_header(name)) for name in below)
        for row, texts in rows.items()
    )


def _read_row(grid: Grid, row: int, may_stand_alone: bool) -> list[SectionHeading]:
    """Read a grid row as headings; none where it has several texts or a cell reaches below it.

    `may_stand_alone`: a text in one of several cells is a heading too.
    """
    cells = [cell for cell in grid.cells if cell.row <= row < cell.row_end]
    filled = [cell for cell in cells if cell.lines]
    if not filled or any(cell.row_span > 1 for cell in cells):
        return []
    # The first rows of most later pages are records: their cells need not be put into columns.
    if not may_stand_alone and len(filled) > 1 and any(len(cell.lines) > 1 for cell in filled):
        return []
    top = replace(grid, row_edges=grid.row_edges[: row + 2])
    rows = read_rows(top, grid.column_edges, row)
    headings = read_headings(rows[0], grid.column_edges, counts=False)
    if headings or len(filled) > 1 or not may_stand_alone:
        return headings
    heading = build_heading(filled[0].lines, join_lines(filled[0].lines))
    return [] if heading is None else [heading]


def _read_note(grid: Grid, row: int) -> tuple[Line, ...]:
    """The lines of a row that is one cell: a note on the table inside its frame."""
    cells = grid.row(row)
    whole = len(cells) == 1 and cells[0].column_span == grid.column_count
    return cells[0].lines if whole and cells[0].row_span == 1 else ()


def _means_the_same(one: Header, other: Header) -> bool:
    return len(one.columns) == len(other.columns) and one.roles >= other.roles


def _opens_section(text: str, header: Header | None, draft: TableDraft | None) -> bool:
    """Whether a row above a header opens a section."""
    if is_closing_text(text) or begins_note(text):
        return False
    evident = has_place(text) or ends_in_count(text)
    if draft is None or header is None or header.names != draft.header.names:
        return evident
    if draft.header.has_text(strip_header(remove_white_space(text))):
        return False
    return evident or names_part(text) or read_form(text).kind in draft.levels.kinds

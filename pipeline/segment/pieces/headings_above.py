"""Part the heading rows at the top of a piece from the header that is printed below them."""

from msgspec.structs import replace

from pipeline.model import Grid, Line, remove_white_space
from pipeline.segment.headers.header_rows import Header, find_header
from pipeline.segment.headers.repeated_header import LEAST_REPEATED
from pipeline.segment.headings.heading_rows import build_heading, join_lines, read_headings
from pipeline.segment.headings.section_heading import SectionHeading
from pipeline.segment.rows.grid_rows import read_rows
from pipeline.segment.rows.other_rows import is_closing_text
from pipeline.segment.table_draft import TableDraft
from pipeline.vocabulary.counts import ends_in_count
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import strip_header
from pipeline.vocabulary.heading_forms import has_place, names_part, read_form
from pipeline.vocabulary.line_marks import begins_note

_MOST = 3  # grid rows; judgement: headings of three levels begin together at most


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
    most = min(_MOST, len(grid.row_edges) - 2) if header is None else header.depth - 1
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
    rows = read_rows(top, grid.column_edges, 0.0, row, None)
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

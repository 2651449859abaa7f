"""Part the heading rows at the top of a piece from the header that is printed below them."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from pipeline.model import Grid
from pipeline.segment.headers import Header, find_header
from pipeline.segment.heading_rows import HeadingRow, build_heading, join_lines, read_headings
from pipeline.segment.other_rows import NOTE_MARKS, is_closing_text
from pipeline.segment.rows import read_rows
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.heading_forms import ends_in_count, has_place, names_part, read_form

_MOST = 3  # grid rows; judgement: headings of three levels begin together at most


def part_headings(
    grid: Grid, header: Header | None, roles: HeaderRoles
) -> tuple[Header | None, tuple[HeadingRow, ...]]:
    """Read the rows above a header that name nothing of its columns.

    Args:
        grid: A piece of a table.
        header: That at its top, such rows included; None: with them it looks like none.
        roles: What headers mean in this annex.

    Returns:
        The header without these rows, and what they say, from top to bottom.
    """
    above: list[HeadingRow] = []
    parted: tuple[Header | None, tuple[HeadingRow, ...]] = header, ()
    most = min(_MOST, len(grid.row_edges) - 2) if header is None else header.depth - 1
    for first in range(1, most + 1):
        rows = _read_row(grid, first - 1, header is not None)
        if not rows:
            break
        above += rows
        below = find_header(grid, roles, first)
        if below is not None and (header is None or _means_the_same(below, header)):
            parted = below, tuple(above)
    return parted


def _read_row(grid: Grid, row: int, may_stand_alone: bool) -> list[HeadingRow]:
    """Read a grid row as headings; none where it has several texts or a cell reaches below it.

    `may_stand_alone`: a text in one of several cells is a heading too.
    """
    cells = [cell for cell in grid.cells if cell.row <= row < cell.row + cell.row_span]
    filled = [cell for cell in cells if cell.lines]
    if not filled or any(cell.row_span > 1 for cell in cells):
        return []
    top = replace(grid, row_edges=grid.row_edges[: row + 2])
    rows = read_rows(top, grid.column_edges, 0.0, row, None)
    headings = read_headings(rows[0], grid.column_edges, counts=False)
    if headings or len(filled) > 1 or not may_stand_alone:
        return headings
    heading = build_heading(filled[0].lines, join_lines(filled[0].lines))
    return [] if heading is None else [heading]


def _means_the_same(one: Header, other: Header) -> bool:
    return len(one.columns) == len(other.columns) and one.roles >= other.roles


def choose_sections(
    headings: Sequence[HeadingRow], known: Collection[str]
) -> tuple[HeadingRow, ...]:
    """Choose those of the rows above a header that open a section; others only name the table.

    Args:
        headings: What the rows say, from top to bottom.
        known: The kinds of the table's headings so far (see `read_form`).
    """
    return tuple(h for h in headings if read_form(h.text).kind in known or _opens_section(h.text))


def _opens_section(text: str) -> bool:
    if is_closing_text(text) or text.startswith(NOTE_MARKS):
        return False
    return has_place(text) or ends_in_count(text) or names_part(text)

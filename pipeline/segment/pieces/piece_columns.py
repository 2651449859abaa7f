"""Find the columns of a table on its later pieces: in the same place, moved, or on other paper."""

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Grid
from pipeline.segment.headers.header_end import skip_column_numbers
from pipeline.segment.headers.header_rows import Header, find_header
from pipeline.segment.headers.repeated_header import find_repeated_header
from pipeline.segment.headings.section_heading import SectionHeading
from pipeline.segment.pieces.headings_above import part_headings
from pipeline.segment.rows.column_edges import have_same_edges, place_edges
from pipeline.segment.table_draft import TableDraft
from pipeline.vocabulary.header_roles import HeaderRoles


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

    No ruling is above the rest, or a cell of it is empty; a header names each column.
    """
    if header is None or header.is_comment_table or moved:
        return False
    return grid.open_top or not all(column.header for column in header.columns)

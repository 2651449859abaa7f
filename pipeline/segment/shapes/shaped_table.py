"""A table whose records have another shape than rows under a header."""

from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model import Line, Page, Table
from pipeline.segment.table_draft import PieceKey, piece_key


class ShapedTable(Struct):
    """A table of cards or of questions, and what of the pages it takes."""

    place: PieceKey
    """Where it begins."""
    table: Table
    pieces: list[PieceKey] = field(default_factory=list)
    """Its grids."""
    loose: list[Line] = field(default_factory=list)
    """The lines outside the grids that it takes."""
    header_lines: list[Line] = field(default_factory=list)
    """The lines of labels and headings."""
    other_lines: list[Line] = field(default_factory=list)
    """The lines of its grids that are in no record."""
    pages: set[int] = field(default_factory=set)
    """The pages that it stands on."""


def remove_tables(pages: Iterable[Page], tables: Sequence[ShapedTable]) -> list[Page]:
    """Remove what some tables take from the pages."""
    if not tables:
        return list(pages)
    pieces = {key for table in tables for key in table.pieces}
    taken = {id(line) for table in tables for line in table.loose}
    return [
        replace(
            page,
            grids=tuple(grid for grid in page.grids if piece_key(grid) not in pieces),
            loose_lines=tuple(line for line in page.loose_lines if id(line) not in taken),
        )
        for page in pages
    ]

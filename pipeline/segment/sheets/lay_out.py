"""The pages of an annex as the sheets that its tables were made on."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from pipeline.model import Page
from pipeline.segment.sheets.continuation_marks import MarkedPieces, take_out_marks
from pipeline.segment.sheets.side_by_side import part_pages
from pipeline.segment.sheets.wide_sheets import WideSheets, join_wide_sheets
from pipeline.segment.table_draft import PieceKey
from pipeline.vocabulary.header_roles import HeaderRoles


class Sheets(Struct, frozen=True):
    """The sheets in reading order. A page may hold two, and a wide sheet may take two pages."""

    pages: list[Page]
    """One for each sheet; those of one page have its header."""
    wide: WideSheets
    marked: MarkedPieces
    apart: frozenset[PieceKey]
    """Tables drawn beside another one (see `PartedPages`)."""
    sizes: Mapping[int, tuple[float, float]]
    """Number of a page → its width and height in points."""


def find_halved_pages(pages: Sequence[Page], roles: HeaderRoles) -> set[int]:
    """Find the pages, by number, that hold several sheets or a part of one.

    Their grids mislead who looks for tables of other shapes on them.
    """
    whole, wide = join_wide_sheets(pages, roles)
    sheets = Counter(page.header.number for page in part_pages(whole, roles).pages)
    halves = {half.right.page for laid in wide.halves.values() for half in laid}
    lefts = {page for page, _, _ in wide.halves}
    return {page for page, count in sheets.items() if count > 1} | halves | lefts


def lay_out_sheets(pages: Sequence[Page], roles: HeaderRoles) -> Sheets:
    """Lay out the pages of an annex as sheets."""
    whole, wide = join_wide_sheets(pages, roles)
    parted = part_pages(whole, roles)
    unmarked, marked = take_out_marks(parted.pages)
    sizes = {page.header.number: (page.header.width, page.header.height) for page in pages}
    return Sheets(unmarked, wide, marked, parted.apart, sizes)

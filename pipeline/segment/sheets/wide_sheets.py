"""Join the pages on which a sheet too wide for its paper was printed in halves.

A spreadsheet prints such a sheet down and then over (columns 1-3 on pages 1 and 2, columns 4-5 on
pages 3 and 4), or over and then down. Its rows are as high in both halves. The right half is laid
beside the left one, as it was on the sheet; its fields keep the places where they are printed.
"""

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model import Box, FieldPart, Grid, Line, Page, TableRow
from pipeline.segment.rows.grid_columns import drop_columns, lay_beside
from pipeline.segment.sheets.other_half import Halves, find_halves, share_heights
from pipeline.segment.table_draft import PieceKey, piece_key
from pipeline.vocabulary.header_roles import HeaderRoles


class _Laid(Struct, frozen=True):
    """The right half of a sheet, as it was laid beside the left one."""

    left: Grid
    right: Grid

    def holds(self, part: FieldPart) -> bool:
        """Whether a part of a field stands in the right half."""
        return part.box.center[0] > self.left.column_edges[-1]

    def take_back(self, part: FieldPart) -> FieldPart:
        """The part on the page where it is printed."""
        shift = self.left.column_edges[-1] - self.right.column_edges[0]
        top, bottom = (
            self.right.row_edges[self.left.row_edges.index(y)]
            for y in (part.box.top, part.box.bottom)
        )
        box = Box(part.box.x0 - shift, top, part.box.x1 - shift, bottom)
        return replace(part, page=self.right.page, box=box)


class WideSheets(Struct):
    """The pieces that were joined from halves."""

    halves: dict[PieceKey, list[_Laid]] = field(default_factory=dict)
    """Joined piece → what was laid beside it, from left to right."""
    repeated: list[Line] = field(default_factory=list)
    """What a right half prints again: the numbers, or more columns."""

    def find_pages(self, grid: Grid) -> tuple[int, ...]:
        """The pages that a piece is printed on."""
        laid = self.halves.get(piece_key(grid), []) if self.halves else []
        return grid.page, *(part.right.page for part in laid)

    def place_row(self, grid: Grid, row: TableRow) -> TableRow:
        """Put each part of a row of a piece where it is printed."""
        laid = self.halves.get(piece_key(grid)) if self.halves else None
        if laid is None:
            return row

        def place(part: FieldPart) -> FieldPart:
            half = next((half for half in reversed(laid) if half.holds(part)), None)
            return part if half is None else half.take_back(part)

        return row.with_parts(place)


def join_wide_sheets(
    pages: Sequence[Page], roles: HeaderRoles
) -> tuple[Sequence[Page], WideSheets]:
    """Lay the right halves of wide sheets beside the left ones.

    Returns:
        The pages; those of right halves have lost their last table. And what was joined.
    """
    wide = WideSheets()
    joined = list(pages)
    # A sheet in three parts: the third is the other half of the first two.
    places = [*range(len(pages))]
    while found := list(find_halves(joined, places, roles)):
        for halves in found:
            places.remove(halves.right)
            left, right = joined[halves.left], joined[halves.right]
            grid = _join(left.grids[-1], right.grids[-1], halves, wide)
            joined[halves.left] = replace(left, grids=(*left.grids[:-1], grid))
            joined[halves.right] = replace(right, grids=right.grids[:-1])
    return (joined if wide.halves else pages), wide


def _join(left: Grid, right: Grid, halves: Halves, wide: WideSheets) -> Grid:
    """Lay the right half beside the left one, part by part where it was joined itself."""
    laid = wide.halves.pop(piece_key(right), [])
    parts = [laid[0].left, *(own.right for own in laid)] if laid else [right]
    first, count = parts[0], halves.repeated
    wide.repeated += [line for cell in first.cells if cell.column < count for line in cell.lines]
    parts[0] = drop_columns(first, count)
    joined = wide.halves.setdefault(piece_key(left), [])
    for own in parts:
        left, part = share_heights(left, own)
        joined.append(_Laid(left, part))
        left = lay_beside(left, part)
    return left

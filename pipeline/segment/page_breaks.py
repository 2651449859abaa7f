"""What a pass over an annex's tables learns for the next one."""

from msgspec import Struct, field

from pipeline.segment.rows.page_ends import PageEnds
from pipeline.segment.table_draft import PieceKey


class PageBreaks(Struct, frozen=True):
    """How the program breaks pages, and whether it draws rulings between rows."""

    ends: PageEnds = field(default_factory=PageEnds)
    unruled: frozenset[PieceKey] = frozenset()
    """The pieces of tables without a ruling between any two records."""
    parted: frozenset[PieceKey] = frozenset()
    """Those of them that gaps part on a later page, and that their first page alone does not show
    to be parted."""

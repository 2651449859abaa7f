"""What is to be drawn over a page, in the model's coordinates: points on the upright page."""

from msgspec import Struct

from pipeline.model import Box, Warp

EXTRA = "extra"
HEADER = "header"
FURNITURE = "furniture"
RUBY = "ruby"
UNPLACED = "nowhere"
"""Kinds of marks that are not roles; UNPLACED: a line that besshi read and put nowhere, a bug."""


class Mark(Struct, frozen=True):
    """A box and the kind of what stands in it."""

    kind: str
    """A role, or one of the kinds above."""
    box: Box


class Join(Struct, frozen=True):
    """How a table continues over a page break, and whether the record there does."""

    page: int
    """The page from which the table comes, or on which it continues."""
    certainty: float | None
    """Probability that both parts are one record, 0-1; None: a new record begins."""
    shares_cell: bool
    """The new record shares a merged cell with records before the page break."""


class RecordMark(Struct, frozen=True):
    """A record's part of a piece."""

    label: str
    """`t1-r12`: the end of its `record_id`."""
    box: Box
    open_top: bool
    """The record began in the previous piece."""
    open_bottom: bool
    """The record continues in the next piece."""


class Piece(Struct, frozen=True):
    """A grid, and what was found in it."""

    box: Box
    cells: tuple[Box, ...]
    open_edges: tuple[Box, ...]
    """Edges that no ruling closes, as boxes without height."""
    heads: tuple[Mark, ...] = ()
    """The columns from left to right, each as high as the grid; () if the grid holds no record."""
    records: tuple[RecordMark, ...] = ()
    before: Join | None = None
    after: Join | None = None


class PageView(Struct, frozen=True):
    """Everything that is drawn over one page."""

    annex: str
    number: int
    count: int
    """Number of pages of the annex."""
    turn: int
    """Direction of the displayed lines in degrees (`PageHeader.turn`)."""
    lines: tuple[Mark, ...]
    parts: tuple[Mark, ...]
    """The cells of fields; a cell that several records share is there once."""
    pieces: tuple[Piece, ...]
    issues: tuple[str, ...]
    """The codes of the issues of this page."""
    warp: Warp | None = None
    """How a scan was straightened (`PageHeader.warp`)."""

"""What is to be drawn over a page. Places are the model's: points on the page turned upright."""

from dataclasses import dataclass

from pipeline.model import Box, Warp

EXTRA = "extra"
HEADER = "header"
FURNITURE = "furniture"
RUBY = "ruby"
NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Mark:
    """A box and what stands there."""

    kind: str
    """A role, or one of the words above."""
    box: Box


@dataclass(frozen=True, slots=True)
class Join:
    """A table goes on over a page's end, and what that makes of its rows there."""

    page: int
    """Where the table comes from, or goes on."""
    certainty: float | None
    """How sure it is that the record is one, 0-1; None: a new record begins."""
    shared: bool
    """The new record shares a merged cell with those before the page's end."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record's share of a piece."""

    label: str
    """`t1-r12`: the end of its `record_id`."""
    box: Box
    open_top: bool
    """It began in the piece before."""
    open_bottom: bool
    """It goes on in the piece after."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A grid, and what was made of it."""

    box: Box
    cells: tuple[Box, ...]
    open_edges: tuple[Box, ...]
    """Where no ruling closes it; boxes without height."""
    heads: tuple[Mark, ...] = ()
    """The columns from left to right, from the grid's top to its bottom; none where the grid
    holds no record."""
    entries: tuple[Entry, ...] = ()
    before: Join | None = None
    after: Join | None = None


@dataclass(frozen=True, slots=True)
class PageView:
    """Everything to be drawn over one page."""

    annex: str
    number: int
    count: int
    """How many pages the annex has."""
    turn: int
    """How far places are turned from the displayed page (`Page.turn`)."""
    lines: tuple[Mark, ...]
    parts: tuple[Mark, ...]
    """The cells of fields; one that several records share stands once."""
    pieces: tuple[Piece, ...]
    issues: tuple[str, ...]
    """The codes of what a person should look at here."""
    warp: Warp | None = None
    """How a scan was straightened (`Page.warp`)."""

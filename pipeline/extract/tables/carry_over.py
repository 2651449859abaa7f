"""What a page tells the next one about tables that may continue there."""

from collections.abc import Mapping

from msgspec import Struct, field

from pipeline.extract.tables.borderless.regions import Columns, HeaderCandidate
from pipeline.extract.tables.borderless.words import TextLine
from pipeline.extract.tables.sheet_rows import NO_ROWS, SheetRows
from pipeline.model import Box


class CarryOver(Struct, frozen=True):
    """What earlier pages know about a table that may continue without its header."""

    ruled: tuple[float, ...] = ()
    """The column edges, in points, of the last table that rulings draw on the page before."""
    rows: SheetRows = NO_ROWS
    """Where the rows of such tables stand, on all pages before."""
    columns: Columns | None = None
    """Of the last table without rulings; None: the page before ended without such a table."""
    parted: bool = False
    """Whether rulings part its rows."""
    words: frozenset[str] = frozenset()
    """The words of its header."""
    lefts: Mapping[int, float] = field(default_factory=dict)
    """Index of a column of running text → the x where its lines begin, in points."""
    cut: frozenset[int] = frozenset()
    """The columns of running text whose last line is full and does not end a sentence."""
    repeated: frozenset[tuple[str, float]] = frozenset()
    """Text and height, in points, of each line of the page before."""
    labels: frozenset[str] = frozenset()
    """The labels of cards that no ruling shows, on the page before."""
    pending: HeaderCandidate | None = None
    """A header at the foot of the page before: its records begin on this page."""
    foot_columns: Columns | None = None
    """Those of a header at the foot of this page, once the next page has shown them."""

    def repeats(self, line: TextLine) -> bool:
        """Whether the page before has the same line at its height, as a running head.

        No two sheets lie alike on a scanner: its heights differ by some points.
        """
        reach = line.bottom - line.top
        return any(line.text == text and abs(line.top - top) < reach for text, top in self.repeated)

    def is_as_wide_as(self, box: Box, size: float) -> bool:
        """Whether a box has the sides of the table without rulings on the page before."""
        if self.columns is None:
            return False
        left, right = self.columns.edges[0], self.columns.edges[-1]
        return max(abs(box.x0 - left), abs(box.x1 - right)) < size / 2

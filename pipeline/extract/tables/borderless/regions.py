"""What a page shows of a table without rulings."""

from collections.abc import Sequence
from math import inf

from msgspec import Struct

from pipeline.extract.tables.borderless.gutters import Gutter
from pipeline.extract.tables.borderless.words import TextLine


class Columns(Struct, frozen=True):
    """The columns of a table, as its text shows them."""

    edges: tuple[float, ...]
    """The x where they begin and end, in points: one more than columns."""
    gutters: tuple[Gutter, ...]
    """The free space around each inner edge, on all pages so far."""

    def leave_free(self, places: Sequence[float], size: float) -> bool:
        """Whether no text of the columns stands at any of some x, but for rounding."""
        margins = ((0.0, self.edges[0] + size), (self.edges[-1] - size, inf))
        free = [*margins, *(piece for gutter in self.gutters for piece in gutter.free)]
        near = size / 2
        return all(any(a - near <= x <= b + near for a, b in free) for x in places)


class Region(Struct, frozen=True):
    """Where a table stands on the page, while it is being found."""

    columns: Columns
    levels: tuple[float, ...]
    """The y of rulings and stripes across it, in points; the first is above the header."""
    header: tuple[TextLine, ...]
    body: tuple[TextLine, ...]

    @property
    def edges(self) -> tuple[float, ...]:
        """The x where its columns begin and end, in points."""
        return self.columns.edges


class HeaderCandidate(Struct, frozen=True):
    """A header: its lines, and where the rulings above and below it are, in points."""

    lines: tuple[TextLine, ...]
    top: float
    bottom: float
    extent: tuple[float, float] | None
    """The x where its rulings or its shade begin and end, in points; None: nothing is drawn."""

    @property
    def names(self) -> frozenset[str]:
        """Its words."""
        return frozenset(word.text for line in self.lines for word in line.words)

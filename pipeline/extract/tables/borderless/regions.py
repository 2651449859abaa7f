"""Tables that only their text parts: what is found on a page, what one page tells the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.extract.tables.borderless.gutters import Gutter
from pipeline.extract.tables.borderless.words import TextLine


@dataclass(slots=True)
class Memory:
    """What earlier pages tell of a table that may go on without its header."""

    columns: "Columns | None" = None
    """Where its columns are; None where the page before ended with no such table."""
    words: frozenset[str] = frozenset()
    """Those of its header."""
    lefts: Mapping[int, float] = field(default_factory=dict)
    """Where the lines of its columns of running text begin, in points."""
    cut: frozenset[int] = frozenset()
    """Of these, the columns whose last line is full and ends no sentence."""
    ruled: tuple[float, ...] = ()
    """The column edges of the page's last table that rulings draw."""
    repeated: set[tuple[str, int]] = field(default_factory=set)
    """Text and height of the lines of the page before: a running head stands there again."""
    pending: "Start | None" = None
    """A header at the foot of the page before: its records begin on this page."""
    foot: "Columns | None" = None
    """The columns of a header at a page's foot, found on the page behind it."""

    def repeats(self, line: TextLine) -> bool:
        """Whether a line stood at its place on the page before."""
        return line.place in self.repeated


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table that its text parts."""

    edges: tuple[float, ...]
    """The x where they begin and end, in points: one more than columns."""
    gutters: tuple[Gutter, ...]
    """What is free around each inner edge on the pages so far."""


@dataclass(frozen=True, slots=True)
class Region:
    """A table's place on the page while it is being found."""

    columns: Columns
    levels: tuple[float, ...]
    """The heights of rulings and stripes across it, its first above the header."""
    header: tuple[TextLine, ...]
    body: tuple[TextLine, ...]

    @property
    def edges(self) -> tuple[float, ...]:
        """The x where its columns begin and end."""
        return self.columns.edges


@dataclass(frozen=True, slots=True)
class Start:
    """A header: its lines, and what is drawn above and below."""

    lines: tuple[TextLine, ...]
    top: float
    bottom: float
    extent: tuple[float, float] | None
    """The x from which and to which rulings or shade reach; None where nothing is drawn."""

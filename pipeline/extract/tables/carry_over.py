"""What one page tells the next about tables that may go on there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.extract.tables.borderless.regions import Columns, Start
from pipeline.extract.tables.borderless.words import TextLine


@dataclass(frozen=True, slots=True)
class CarryOver:
    """What earlier pages know of a table that may go on without its header."""

    ruled: tuple[float, ...] = ()
    """The column edges, in points, of the last table that rulings draw on the page before."""
    columns: Columns | None = None
    """Of the last table without rulings; None where the page before ended with no such table."""
    words: frozenset[str] = frozenset()
    """The words of its header."""
    lefts: Mapping[int, float] = field(default_factory=dict)
    """Column of running text → the x where its lines begin, in points."""
    cut: frozenset[int] = frozenset()
    """Of these columns, those whose last line is full and ends no sentence."""
    repeated: frozenset[tuple[str, int]] = frozenset()
    """Text and height of each line of the page before: a running head stands there again."""
    pending: Start | None = None
    """A header at the foot of the page before: its records begin on this page."""

    def repeats(self, line: TextLine) -> bool:
        """Whether a line stood at its place on the page before."""
        return line.place in self.repeated

"""What is found of a table without rulings on one page."""

from dataclasses import dataclass

from pipeline.extract.tables.borderless.gutters import Gutter
from pipeline.extract.tables.borderless.words import TextLine


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

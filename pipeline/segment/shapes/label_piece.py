"""A ruled piece read as labels and values, in whatever shape."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from msgspec import Struct, field

from pipeline.model import TEXT_ROLES, Box, Cell, Column, Grid, Line, find_nearest
from pipeline.segment.shapes.labelled import Event
from pipeline.vocabulary.header_words import strip_header
from pipeline.vocabulary.record_labels import RecordLabel


class LabelColumn(NamedTuple):
    """The grid columns that the labels of a piece take."""

    first: int
    end: int
    """After the last one."""


class StackedHeader(Struct, frozen=True):
    """A header of several rows that each record repeats."""

    rows: tuple[tuple[Cell, ...], ...]
    labels: dict[tuple[int, int], RecordLabel]
    """(row, column) of a header cell → what it names."""

    @property
    def depth(self) -> int:
        """How many grid rows it takes, and each record."""
        return len(self.rows)

    @property
    def leads(self) -> tuple[Cell, ...]:
        """The cells over columns that are merged in each record, left of all others."""
        cells = sorted(self.rows[0], key=lambda cell: cell.column)
        first = next((i for i, c in enumerate(cells) if c.row_span < self.depth), len(cells))
        return tuple(cells[:first])


class LabelPiece(Struct):
    """What a grid says as labels and values."""

    grid: Grid
    column: LabelColumn | None
    """None: every label stands above its value."""
    events: list[Event] = field(default_factory=list)
    leads: tuple[Column, ...] = ()
    """The columns beside the labels, those at the left first."""
    trailing: tuple[int, ...] = ()
    """The grid columns of those at the right of the labels."""
    header_lines: list[Line] = field(default_factory=list)
    """The lines of a header row."""
    strays: list[Line] = field(default_factory=list)
    """The lines that are neither label nor value."""
    stacked: StackedHeader | None = None
    """Its header of several rows, if each record has as many."""
    inline: bool = False
    """Each text begins with its label."""
    pending: tuple[Cell, ...] = ()
    """Labels in its last row, whose values stand on the next page."""
    beside: list[RecordLabel] = field(default_factory=list)
    """The known labels with their value at the right."""
    above: list[tuple[RecordLabel, ...]] = field(default_factory=list)
    """Each row of known labels with their values below."""
    labelled_last: tuple[tuple[RecordLabel, Box], ...] = ()
    """The labels of the last of these rows, each with the place of its cell."""

    @property
    def labels(self) -> set[str]:
        """The known labels, as printed."""
        labels = (*self.beside, *chain.from_iterable(self.above))
        return {label.header for label in labels} | {cell.text for cell in self.pending}

    def find_column(self, grid: Grid) -> LabelColumn | None:
        """Where its labels would stand in a grid that may have fewer columns."""
        if self.column is None:
            return None
        edges = self.grid.column_edges
        return LabelColumn(*(find_nearest(grid.column_edges, edges[at]) for at in self.column))

    @property
    def is_strong(self) -> bool:
        """Whether the labels show by themselves that no column table stands here.

        Labels beside their values name two roles, one of them a text; or labels above their
        values do, in two rows at least, or in one below labels beside theirs:
        番号 | 1 | 区分 | 個人 over 意見 | 回答.
        """
        if self.grid.inferred:  # texts side by side may be a row of another table
            return _name_record([label for label in self.beside if label.exact])
        rows = {tuple(strip_header(label.header) for label in row) for row in self.above}
        opens = [label.header for label in self.beside[:1]] == [self.grid.cells[0].text]
        above = len(rows) > 1 or (opens and len(rows) == 1)
        return (
            self.stacked is not None
            or _name_record(self.beside)
            or (above and _name_record([*self.beside, *chain.from_iterable(self.above)]))
        )


def _name_record(labels: Sequence[RecordLabel]) -> bool:
    roles = {label.role for label in labels if label.role is not None}
    return len(roles) > 1 and bool(roles & TEXT_ROLES)

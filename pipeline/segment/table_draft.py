"""A table while its pieces are being joined."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from pipeline.model import TEXT_ROLES, Column, Grid, Role, Table, TableRow
from pipeline.segment.furniture import Heading
from pipeline.segment.headers import Header
from pipeline.segment.rows import row_number
from pipeline.segment.section_levels import SectionLevels
from pipeline.segment.unruled_rows import centres_number

# In em: by how much the edges of one column may differ between two pages.
_MAX_EDGE_DISTANCE = 0.5  # judgement: programs are within 0.01 pt, no column is half an em wide
_MAX_INFERRED_DISTANCE = 2.0  # judgement: inferred edges follow the text of each page

PieceKey = tuple[int, float, float]
"""The key of a piece of a table: its page, its top and its left side, in points."""


def piece_key(grid: Grid) -> PieceKey:
    """The key of a piece; pieces side by side have one top."""
    return grid.page, grid.box.top, grid.box.x0


@dataclass(slots=True)
class TableDraft:
    """A table while its pieces are being joined."""

    heading: Heading
    header: Header
    rows: list[TableRow] = field(default_factory=list)
    last: Grid | None = None
    """The piece that was added last."""
    pieces: list[PieceKey] = field(default_factory=list)
    unshared: dict[int, int] = field(default_factory=dict)
    """Column → records known to share no cell with the next (see `find_cut_cells`)."""
    has_rulings: bool = False
    """A piece so far has a ruling between two records."""
    centres_numbers: bool = True
    """Every piece so far is one row with its number at half its height: each is a record."""
    places: list[tuple[float, ...]] = field(default_factory=list)
    """The column edges of the pieces that have them elsewhere than the first, in points."""
    levels: SectionLevels = field(default_factory=SectionLevels)
    """The headings over the next record."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns with their roles."""
        return self.header.columns

    @property
    def edges(self) -> tuple[float, ...]:
        """The x of its column edges, in points: one more than columns."""
        return self.header.edges

    def column(self, role: Role) -> int | None:
        """The index of the column with a role."""
        return next((i for i, c in enumerate(self.columns) if c.role == role), None)

    @property
    def lead(self) -> int | None:
        """The column with a cell for each record, even where others are merged."""
        columns = map(self.column, (Role.NUMBER, Role.COMMENT, Role.ORIGINAL_TEXT))
        return next((column for column in columns if column is not None), None)

    @property
    def texts(self) -> list[int]:
        """The columns of running text."""
        return [i for i, column in enumerate(self.columns) if column.role in TEXT_ROLES]

    @property
    def sides(self) -> list[int]:
        """The columns of comments and of answers; none where the table compares two texts."""
        sides = (Role.COMMENT, Role.RESPONSE)
        return [i for i, column in enumerate(self.columns) if column.role in sides]

    @property
    def last_number(self) -> int | None:
        """The last printed record number."""
        column = self.column(Role.NUMBER)
        if column is None:
            return None
        numbers = (row_number(row, column) for row in reversed(self.rows))
        return next((n for n in numbers if n is not None), None)

    @property
    def is_unruled(self) -> bool:
        """Whether records may stand in its pieces with no ruling between them."""
        return not self.has_rulings and not self.centres_numbers

    def add_piece(self, key: PieceKey, rows: Sequence[TableRow]) -> None:
        """Add a piece with its rows, as its rulings separate them."""
        self.pieces.append(key)
        self.has_rulings = self.has_rulings or len(rows) > 1
        number = self.column(Role.NUMBER)
        centred = number is not None and all(centres_number(row, number) for row in rows)
        self.centres_numbers = self.centres_numbers and centred

    def find_place(self, edges: tuple[float, ...], moved: bool) -> int:
        """The number of the place where a piece has the table's columns; 0: where the first has.

        Args:
            edges: The x of the column edges on the piece, in points.
            moved: Whether they are not where the first piece has them.
        """
        if not moved:
            return 0
        rounded = tuple(map(round, edges))
        if rounded not in self.places:
            self.places.append(rounded)
        return self.places.index(rounded) + 1

    def finish(self) -> Table:
        """Build the table from its rows so far."""
        return Table(self.heading.title, self.heading.caption, self.columns, tuple(self.rows))


def place_edges(edges: Sequence[float], grid: Grid, resized: bool) -> tuple[float, ...] | None:
    """Place the column edges of a table on a piece elsewhere on its page.

    The other half of a sheet and a page with other margins move the columns. Another paper
    stretches them too.

    Args:
        edges: The x of the table's column edges, in points.
        grid: The piece.
        resized: Whether the columns may be wider or narrower than the table's.

    Returns:
        The edges on the piece; None: it has other columns.
    """
    own = grid.column_edges
    if len(own) != len(edges):
        return None
    scale = (own[-1] - own[0]) / (edges[-1] - edges[0]) if resized else 1.0
    placed = tuple(own[0] + scale * (edge - edges[0]) for edge in edges)
    return placed if have_same_edges(placed, grid) else None


def have_same_edges(edges: Sequence[float], grid: Grid) -> bool:
    """Whether a piece has the column edges of a table: both sides, and every edge between."""
    tolerance = edge_tolerance(grid)
    return all(
        any(abs(edge - other) <= tolerance for other in grid.column_edges) for edge in edges
    ) and (
        abs(edges[0] - grid.column_edges[0]) <= tolerance
        and abs(edges[-1] - grid.column_edges[-1]) <= tolerance
    )


def edge_tolerance(grid: Grid) -> float:
    """Compute how far apart the edges of one column may be, in points."""
    sizes = [line.size for cell in grid.cells for line in cell.lines]
    share = _MAX_INFERRED_DISTANCE if grid.inferred else _MAX_EDGE_DISTANCE
    return share * (median(sizes) if sizes else 0.0)

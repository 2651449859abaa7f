"""A table while its pieces are being joined."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model import (
    DIALOGUE_ROLES,
    TEXT_ROLES,
    VERSION_ROLES,
    Column,
    Grid,
    Role,
    Table,
    TableRow,
)
from pipeline.segment.headers.header_rows import Header
from pipeline.segment.headings.heading_rows import read_headings
from pipeline.segment.headings.section_levels import SectionLevels
from pipeline.segment.headings.table_heading import Heading
from pipeline.segment.headings.titles import are_alike
from pipeline.segment.rows.grid_rows import find_last_number
from pipeline.segment.rows.page_break import RECENT
from pipeline.segment.rows.page_ends import count_lines
from pipeline.segment.rows.unruled_rows import centres_number
from pipeline.vocabulary.header_words import match_role

PieceKey = tuple[int, float, float]
"""The key of a piece of a table: its page, its top and its left side, in points."""


def piece_key(grid: Grid) -> PieceKey:
    """The key of a piece; pieces side by side have one top."""
    return grid.page, grid.box.top, grid.box.x0


def _match_role(header: str) -> Role | None:
    match = match_role(header)
    return match.column_role if match is not None else None


class TableDraft(Struct):
    """A table while its pieces are being joined."""

    heading: Heading
    header: Header
    rows: list[TableRow] = field(default_factory=list)
    last: Grid | None = None
    """The piece that was added last."""
    pieces: list[PieceKey] = field(default_factory=list)
    unshared: dict[int, int] = field(default_factory=dict)
    """Column → records known to share no cell with the next (see `PageCut`)."""
    has_rulings: bool = False
    """A piece so far has a ruling between two records."""
    centred: int = 0
    """How many rows have one number at half their height, more than others: each is a record."""
    places: list[tuple[float, ...]] = field(default_factory=list)
    """The column edges of the pieces that have them elsewhere than the first, in points."""
    levels: SectionLevels = field(default_factory=SectionLevels)
    """The headings over the next record."""
    is_parted: bool = False
    """Gaps are known to part its records."""
    has_verticals: bool = True
    """Rulings part the columns of the piece at hand."""
    siblings: list[TableRow] = field(default_factory=list)
    """The last records of earlier tables with the same headers."""

    @staticmethod
    def begin(heading: Heading, header: Header, before: Sequence["TableDraft"]) -> "TableDraft":
        """Begin a table.

        A header with its headings alone at a page's foot had begun it: on the next page, it has the
        columns of its records. Only such a table has pieces already.

        Args:
            before: The tables so far; those with the same headers tell what its columns hold.
        """
        for draft in reversed(before):
            if draft.header.names == header.names:
                siblings = [*draft.siblings, *draft.rows][-RECENT:]
                if draft is before[-1] and not (draft.rows or heading.texts):
                    return replace(draft, header=header, siblings=siblings, last=None)
                return TableDraft(heading, header, siblings=siblings)
        return TableDraft(heading, header)

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
    def labels(self) -> list[int]:
        """The columns that name a record's group, also within another one, or who said it."""
        roles = (Role.CATEGORY, Role.SUBMITTER)
        return [
            place
            for place, column in enumerate(self.columns)
            if column.role in roles
            or (column.role is None and _match_role(column.header) is Role.CATEGORY)
        ]

    @property
    def texts(self) -> list[int]:
        """The columns of running text."""
        return [i for i, column in enumerate(self.columns) if column.role in TEXT_ROLES]

    @property
    def sides(self) -> list[int]:
        """The columns of comments and of answers; none where the table compares two texts."""
        return [i for i, column in enumerate(self.columns) if column.role in DIALOGUE_ROLES]

    @property
    def last_number(self) -> int | None:
        """The last printed record number."""
        return find_last_number(self.rows, self.column(Role.NUMBER))

    @property
    def compares(self) -> bool:
        """Whether it only compares two texts: it may be a single record if no rulings part rows."""
        return self.header.roles <= VERSION_ROLES

    @property
    def parts_late(self) -> bool:
        """Whether two texts seem one record on the first page, and are several on a later one."""
        pages = [part.page for row in self.rows for part in row.fields[0].parts[:1]]
        counts = Counter(pages)
        return self.compares and len(counts) > 1 and counts[pages[0]] == 1 < max(counts.values())

    @property
    def is_unruled(self) -> bool:
        """Whether records may stand in its pieces with no ruling between them."""
        return not self.has_rulings and self.centred <= 0

    def add_piece(self, key: PieceKey, rows: Sequence[TableRow], edges: Sequence[float]) -> None:
        """Add a piece with its rows, as its rulings separate them, and its column edges."""
        self.pieces.append(key)
        # The title of the next table may stand between two of this one's rulings. What parts a
        # heading from the records around it may be inferred.
        headed = [bool(read_headings(row, edges, counts=False)) for row in rows]
        self.has_rulings = self.has_rulings or any(not (a or b) for a, b in pairwise(headed))
        number = self.column(Role.NUMBER)
        if number is not None:
            # A row that goes on over pages may have its number at the top, or only on the first.
            # In a row of one line nothing is centred.
            numbered = [
                row
                for row, heads in zip(rows, headed, strict=True)
                if not heads and row.fields[number].lines and count_lines(row) > 1
            ]
            centred = sum(centres_number(row, number) for row in numbered)
            self.centred += 2 * centred - len(numbered)

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
        """Build the table from its rows so far.

        Where the first section, 【目標２】, is like the caption, 【目標１】 is one, too.
        """
        caption = self.heading.caption
        first = next((row.section[0] for row in self.rows if row.section), None)
        if caption and first and not self.rows[0].section and are_alike(first, caption):
            section = (caption,)
            self.rows = [row if row.section else replace(row, section=section) for row in self.rows]
            caption = None
        return Table(self.heading.title, caption, self.columns, tuple(self.rows))

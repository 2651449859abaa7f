"""From the pieces of tables on the pages to whole tables."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.model import TEXT_ROLES, Grid, Issue, Line, Page, Role, Severity, Stage, TableRow
from pipeline.segment.headers import Header, find_header, find_repeated_header
from pipeline.segment.headings import Headings
from pipeline.segment.merged_cells import find_cut_cells
from pipeline.segment.page_break import (
    count_free_lines,
    decision_confidence,
    keeps_rows_whole,
    weigh_continuation,
)
from pipeline.segment.rows import is_note, is_total, join_rows, read_rows, row_number
from pipeline.segment.table_draft import PieceKey, TableDraft, edge_tolerance, have_same_edges
from pipeline.segment.unruled_rows import split_by_gaps, split_by_numbers, split_by_totals
from pipeline.vocabulary.header_roles import VOCABULARY_ROLES, HeaderRoles

# Shares of records that came back whole (family `wide` of the annex factory, 200 annexes).
_IMAGINED = 0.9  # measured: where no rulings part the columns
_UNRULED = 0.94  # measured: where no rulings part the rows
_SURELY_CUT = 4.0  # log-odds; judgement: 1 in 55 is wrong

# Roles of a table that only compares two texts: without rulings it may be one record.
_COMPARISON = {Role.ORIGINAL_TEXT, Role.REVISION}


@dataclass(frozen=True, slots=True)
class PageBreaks:
    """What a first pass over the pages learns about how the program breaks pages and rules rows."""

    most_room: float = 0.0
    """The most lines left free below a piece of a table that goes on; 0 where rows are cut."""
    unruled: frozenset[PieceKey] = frozenset()
    """The pieces of tables without a ruling between any two records."""


@dataclass(slots=True)
class JoinedTables:
    """The tables of an annex, and what of its grids is in no record."""

    drafts: list[TableDraft] = field(default_factory=list)
    headers: dict[int, list[Line]] = field(default_factory=dict)
    """Page number → lines of header cells, and labels that a page repeats."""
    others: dict[int, list[Line]] = field(default_factory=dict)
    """Page number → lines of grids that are no comment tables, and of rows that are no records."""
    pieces_on: dict[int, int] = field(default_factory=dict)
    """Page number → pieces of comment tables on it."""
    issues: list[Issue] = field(default_factory=list)


def join_tables(pages: Sequence[Page], roles: HeaderRoles = VOCABULARY_ROLES) -> JoinedTables:
    """Join the pieces on the pages to tables, and their rows to records.

    A first pass learns how the program breaks pages: only when the tables are known it shows
    whether rows are kept whole, and whether rulings stand between them. A second pass uses it.

    Args:
        pages: The pages to look for tables on.
        roles: What headers mean in this annex.
    """
    rows = _PieceRows()
    first = _Joiner(pages, roles, rows, PageBreaks())
    joined = first.join(pages)
    learnt = first.learnt()
    if not learnt.unruled and not keeps_rows_whole(learnt.most_room):
        return joined
    return _Joiner(pages, roles, rows, learnt).join(pages)


class _PieceRows:
    """The rows of each piece as its rulings part them: the same in both passes."""

    def __init__(self) -> None:
        self._read: dict[Hashable, list[TableRow]] = {}

    def read(self, draft: TableDraft, grid: Grid, header: Header | None) -> list[TableRow]:
        first = header.depth if header is not None else 0
        key = (grid.page, grid.box, draft.edges, first, draft.lead)
        if key not in self._read:
            tolerance = edge_tolerance(grid)
            self._read[key] = read_rows(grid, draft.edges, tolerance, first, draft.lead)
        return self._read[key]


class _Joiner:
    """Joins pieces page by page, in order."""

    def __init__(
        self, pages: Sequence[Page], roles: HeaderRoles, rows: _PieceRows, breaks: PageBreaks
    ) -> None:
        self._roles, self._rows, self._breaks = roles, rows, breaks
        self._headings = Headings(pages)
        self._bottoms = _lowest_bottoms(pages)
        self._joined = JoinedTables()
        self._cuts_rows = False
        self._rooms: list[float] = []

    def join(self, pages: Sequence[Page]) -> JoinedTables:
        for page in pages:
            bottom = 0.0
            for grid in page.grids:
                self._add_grid(page, grid, bottom)
                bottom = grid.box.bottom
            self._headings.end_page(page, bottom)
        return self._joined

    def learnt(self) -> PageBreaks:
        """What the pass has shown: one row that is cut shows that the program cuts rows."""
        return PageBreaks(
            0.0 if self._cuts_rows else max(self._rooms, default=0.0),
            frozenset(
                piece for draft in self._joined.drafts if draft.is_unruled for piece in draft.pieces
            ),
        )

    def _add_grid(self, page: Page, grid: Grid, top: float) -> None:
        heading = self._headings.read(page, grid, top)
        draft = self._joined.drafts[-1] if self._joined.drafts else None
        header = _read_header(grid, draft, self._roles)
        new_texts = heading.texts - self._headings.seen
        if draft is not None and self._goes_on(draft, grid, header, new_texts):
            self._add_piece(draft, grid, header, page.header.height)
        elif header is not None and header.is_comment_table:
            draft = TableDraft(heading, header)
            self._joined.drafts.append(draft)
            self._headings.add_title(heading)
            self._add_piece(draft, grid, header, page.header.height)
        else:
            self._set_aside(grid)
        self._headings.end_piece()

    def _set_aside(self, grid: Grid) -> None:
        lines = [line for cell in grid.cells for line in cell.lines]
        self._joined.others.setdefault(grid.page, []).extend(lines)
        if lines:
            self._joined.issues.append(_not_a_comment_table(grid))

    def _goes_on(
        self, draft: TableDraft, grid: Grid, header: Header | None, new_texts: set[str]
    ) -> bool:
        """Whether a piece continues the table before it."""
        if not have_same_edges(draft.edges, grid):
            return False
        new_heading = bool(new_texts - draft.heading.texts)
        rows = self._rows.read(draft, grid, header)
        first = row_number(rows[0], draft.column(Role.NUMBER)) if rows else None
        last = draft.last_number
        if header is not None:
            if header.names != draft.header.names:
                return False
            if first is not None and last is not None:
                return first == last + 1 or (first >= last and not new_heading)
            return not new_heading
        restarts = first == 1 and last is not None
        return not (new_heading and restarts)

    def _add_piece(
        self, draft: TableDraft, grid: Grid, header: Header | None, height: float
    ) -> None:
        if header is not None:
            self._joined.headers.setdefault(grid.page, []).extend(header.lines)
        rows = self._records(draft, grid, header)
        if rows and draft.rows and draft.last is not None:
            rows = self._join_to(draft, draft.last, grid, rows, height)
        draft.rows += rows
        draft.last = grid
        self._joined.pieces_on[grid.page] = self._joined.pieces_on.get(grid.page, 0) + 1

    def _join_to(
        self, draft: TableDraft, last: Grid, grid: Grid, rows: list[TableRow], height: float
    ) -> list[TableRow]:
        """Weigh whether the first row goes on from the page before, and join accordingly."""
        room = count_free_lines(last, self._bottoms[height])
        odds = weigh_continuation(
            draft.rows,
            rows,
            draft.column(Role.NUMBER),
            draft.column(Role.CATEGORY),
            last.open_bottom + grid.open_top,
            room,
            self._breaks.most_room,
        )
        # A doubtful cut shows nothing about the program.
        self._cuts_rows = self._cuts_rows or odds > _SURELY_CUT
        self._rooms.append(room)
        rows, repeated = _join_rows(draft, rows, odds)
        _add_lines(self._joined.headers.setdefault(grid.page, []), repeated)
        return rows

    def _records(self, draft: TableDraft, grid: Grid, header: Header | None) -> list[TableRow]:
        """The rows of a piece; those that add the others up, or explain them, are set aside."""
        rows = self._rows.read(draft, grid, header)
        key = (grid.page, grid.box.top)
        draft.pieces.append(key)
        draft.is_unruled = draft.is_unruled and len(rows) < 2
        unruled = key in self._breaks.unruled
        rows = [piece for row in rows for piece in _split(row, draft, unruled)]
        kept = [row for row in rows if not is_total(row) and not is_note(row)]
        aside = self._joined.others.setdefault(grid.page, [])
        for row in rows:
            if is_total(row) or is_note(row):
                lines = (line for field in row.fields for line in field.lines)
                _add_lines(aside, (line for line in lines if not _holds(kept, line)))
        trust = _IMAGINED if grid.inferred else _UNRULED if unruled else 1.0
        return [_doubt(row, trust) for row in kept]


def _lowest_bottoms(pages: Sequence[Page]) -> dict[float, float]:
    """Page height → where the lowest piece on such a page ends: how far the program fills it."""
    bottoms: dict[float, float] = {}
    for page in pages:
        for grid in page.grids:
            height = page.header.height
            bottoms[height] = max(bottoms.get(height, 0.0), grid.box.bottom)
    return bottoms


def _read_header(grid: Grid, draft: TableDraft | None, roles: HeaderRoles) -> Header | None:
    """The header of a piece: that of the table before, printed again, or another."""
    if draft is not None and have_same_edges(draft.edges, grid):
        again = find_repeated_header(grid, draft.header)
        if again is not None:
            return again
    return find_header(grid, roles)


def _not_a_comment_table(grid: Grid) -> Issue:
    first = [cell.text for cell in grid.cells if cell.row == 0 and cell.text]
    return Issue(
        Severity.WARNING,
        Stage.SEGMENT,
        "not_a_comment_table",
        f"a ruled table beginning {' | '.join(first)[:60]!r} was left out: its headers "
        "name no comment table; if it is one, say the roles of its headers in the .yml "
        "beside the PDF, or add its header words to pipeline/vocabulary/header_words.yml",
        page=grid.page,
    )


def _holds(rows: Sequence[TableRow], line: Line) -> bool:
    """Whether a line stands in one of the rows: a repeated label may be merged over several."""
    return any(line is other for row in rows for field in row.fields for other in field.lines)


def _add_lines(lines: list[Line], new: Iterable[Line]) -> None:
    """Add lines that are not there yet: equal lines at one place are different ones."""
    for line in new:
        if not any(line is other for other in lines):
            lines.append(line)


def _split(row: TableRow, draft: TableDraft, unruled: bool) -> list[TableRow]:
    """The records of a row between two rulings: several where no ruling parts them."""
    number = draft.column(Role.NUMBER)
    compares = draft.header.roles <= _COMPARISON
    labels = [i for i, c in enumerate(draft.columns) if c.role not in TEXT_ROLES]
    split: list[TableRow] = []
    for piece in split_by_totals(row):
        if number is not None:
            opens = not draft.rows and not split
            split += split_by_numbers(piece, number, unruled=unruled, opens=opens)
        else:
            split += split_by_gaps(piece, compares, labels) if unruled else [piece]
    return split


def _doubt(row: TableRow, certainty: float) -> TableRow:
    return replace(row, confidence=row.confidence * certainty)


def _join_rows(
    draft: TableDraft, piece: Sequence[TableRow], odds: float
) -> tuple[list[TableRow], list[Line]]:
    """Put a piece's rows behind a table's: what the page's end cut is whole again.

    Returns:
        The rows that are left of the piece, and the labels that it only repeats.
    """
    rows = list(piece)
    texts = [i for i, column in enumerate(draft.columns) if column.role in TEXT_ROLES]
    cut_cells = list(find_cut_cells(draft.rows, rows, odds > 0, texts, draft.unshared))
    repeated: list[Line] = []
    sure = decision_confidence(odds)
    if odds <= 0:
        draft.rows[-1], rows[0] = _doubt(draft.rows[-1], sure), _doubt(rows[0], sure)
    else:
        labels = [draft.column(Role.NUMBER), draft.column(Role.CATEGORY)]
        draft.rows[-1], repeated = join_rows(
            draft.rows[-1], rows[0], decision_confidence(odds), labels
        )
    for cell in cut_cells:
        for index in cell.above:
            draft.rows[index] = cell.write_to(draft.rows[index])
        for index in cell.below:
            rows[index] = cell.write_to(rows[index])
    rows = rows[odds > 0 :]
    free = [line for line in repeated if not _holds([*draft.rows[-1:], *rows], line)]
    return rows, free

"""Join the pieces of tables on the pages to whole tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from pipeline.model import Grid, Issue, Line, Page, Role, Severity, Stage, TableRow
from pipeline.segment.headers import Header, find_header, find_repeated_header
from pipeline.segment.heading_rows import HeadingRow, read_headings
from pipeline.segment.headings import Headings
from pipeline.segment.loose_headings import find_headings_above, find_headings_below
from pipeline.segment.page_break import (
    count_free_lines,
    keeps_rows_whole,
    weigh_continuation,
)
from pipeline.segment.piece_rows import (
    PieceRows,
    add_lines,
    join_at_break,
    lower_confidence,
)
from pipeline.segment.rows import row_number
from pipeline.segment.sorted_rows import SortedRows, sort_rows
from pipeline.segment.table_draft import PieceKey, TableDraft, have_same_edges
from pipeline.vocabulary.header_roles import VOCABULARY_ROLES, HeaderRoles

# Shares of records that were fully correct (family `wide` of the annex factory, 200 annexes).
_INFERRED_CONFIDENCE = 0.9  # measured: in tables whose columns no rulings separate
_UNRULED_CONFIDENCE = 0.94  # measured: in tables whose rows no rulings separate
_MUCH_TEXT = 300  # characters; judgement: a third of a page of a comment table
_CERTAIN = 4.0  # log-odds that a row was cut; judgement: 1 in 55 is wrong


@dataclass(frozen=True, slots=True)
class PageBreaks:
    """What a first pass learns about the program: how it breaks pages and whether it rules rows."""

    most_room: float = 0.0
    """The most lines left free below a piece that is continued; 0: the program cuts rows."""
    unruled: frozenset[PieceKey] = frozenset()
    """The pieces of tables without a ruling between any two records."""


@dataclass(slots=True)
class JoinedTables:
    """The tables of an annex, and the lines of its grids that are in no record."""

    drafts: list[TableDraft] = field(default_factory=list)
    headers: dict[int, list[Line]] = field(default_factory=dict)
    """Page number → lines of header cells, and of labels that a page repeats."""
    others: dict[int, list[Line]] = field(default_factory=dict)
    """Page number → lines of grids that are no comment tables, and of rows that are no records."""
    pieces_on: dict[int, int] = field(default_factory=dict)
    """Page number → the number of pieces of comment tables on it."""
    issues: list[Issue] = field(default_factory=list)
    large: list[Issue] = field(default_factory=list)
    """Those of them that tell of a table with much text in several columns."""


def join_tables(pages: Sequence[Page], roles: HeaderRoles = VOCABULARY_ROLES) -> JoinedTables:
    """Join the pieces on the pages to tables, and their rows to records.

    A first pass learns how the program breaks pages: whether it keeps rows whole, and whether it
    draws rulings between them. That shows only once the tables are known. A second pass uses it.

    Args:
        pages: The pages to look for tables on.
        roles: What headers mean in this annex.
    """
    rows = PieceRows()
    first = _Joiner(pages, roles, rows, PageBreaks())
    joined = first.join(pages)
    learnt = first.collect_breaks()
    if not learnt.unruled and not keeps_rows_whole(learnt.most_room):
        return joined
    return _Joiner(pages, roles, rows, learnt).join(pages)


class _Joiner:
    """Joins the pieces of tables, page by page in order."""

    def __init__(
        self, pages: Sequence[Page], roles: HeaderRoles, rows: PieceRows, breaks: PageBreaks
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

    def collect_breaks(self) -> PageBreaks:
        """Collect what the pass has shown: one row that was cut shows that rows are cut."""
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
        sections = self._find_loose_headings(draft, page, grid, header, top)
        if draft is not None and self._is_continued(draft, grid, header, new_texts, bool(sections)):
            self._open_sections(draft, sections)
            self._add_piece(draft, grid, header, page.header.height)
        elif header is not None and header.is_comment_table:
            draft = TableDraft(heading, header)
            self._joined.drafts.append(draft)
            self._headings.add_title(heading)
            self._add_piece(draft, grid, header, page.header.height)
        else:
            self._set_aside(grid)
        self._headings.end_piece()

    def _find_loose_headings(
        self, draft: TableDraft | None, page: Page, grid: Grid, header: Header | None, top: float
    ) -> list[HeadingRow]:
        """Find the headings between a piece and the one of the same columns before it."""
        last = draft.last if draft is not None else None
        if draft is None or last is None or not have_same_edges(draft.edges, grid):
            return []
        if top and last.box.bottom != top:
            return []
        below = [] if top else find_headings_below(last, self._headings.trailing)
        if header is not None:  # what stands above a header is a title
            return below
        return [*below, *find_headings_above(page, grid, top, self._headings.is_repeated)]

    def _open_sections(self, draft: TableDraft, headings: Sequence[HeadingRow]) -> None:
        for heading in headings:
            draft.levels.add(heading.text, heading.look)
            page = heading.lines[0].page
            add_lines(self._joined.headers.setdefault(page, []), heading.lines)

    def _set_aside(self, grid: Grid) -> None:
        lines = [line for cell in grid.cells for line in cell.lines]
        self._joined.others.setdefault(grid.page, []).extend(lines)
        if not lines:
            return
        count = sum(line.glyphs for line in lines)
        issue = _not_a_comment_table(grid, count)
        self._joined.issues.append(issue)
        if count >= _MUCH_TEXT and len(grid.column_edges) > 2:
            self._joined.large.append(issue)

    def _is_continued(
        self,
        draft: TableDraft,
        grid: Grid,
        header: Header | None,
        new_texts: set[str],
        headed: bool,
    ) -> bool:
        """Whether a piece continues the table before it.

        Args:
            draft: The table before.
            grid: The piece.
            header: Its own header.
            new_texts: The texts above it that no earlier page has.
            headed: A heading of the table stands right before it; its records may count from 1.
        """
        if not have_same_edges(draft.edges, grid):
            return False
        new_heading = bool(new_texts - draft.heading.texts)
        rows = self._rows.read(draft, grid, header)
        headings = takewhile(lambda row: read_headings(row, draft.edges, counts=False), rows)
        above = sum(1 for _ in headings)
        headed = headed or above > 0 or draft.levels.follows_heading
        number = draft.column(Role.NUMBER)
        first = row_number(rows[above], number) if above < len(rows) else None
        last = draft.last_number
        if header is not None:
            if header.names != draft.header.names:
                return False
            if first is not None and last is not None:
                return first == last + 1 or ((first >= last or headed) and not new_heading)
            return not new_heading
        restarts = first == 1 and last is not None
        return headed or not (new_heading and restarts)

    def _add_piece(
        self, draft: TableDraft, grid: Grid, header: Header | None, height: float
    ) -> None:
        if header is not None:
            self._joined.headers.setdefault(grid.page, []).extend(header.lines)
        found = self._sort_rows(draft, grid, header)
        rows = found.records
        if rows and draft.rows and draft.last is not None and not found.opens_section:
            rows = self._join_to(draft, draft.last, grid, rows, height)
        draft.rows += rows
        draft.last = grid
        self._joined.pieces_on[grid.page] = self._joined.pieces_on.get(grid.page, 0) + 1

    def _join_to(
        self, draft: TableDraft, last: Grid, grid: Grid, rows: list[TableRow], height: float
    ) -> list[TableRow]:
        """Weigh whether the first row continues the last one, and join or separate them."""
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
        # A doubtful cut is no evidence about the program.
        self._cuts_rows = self._cuts_rows or odds > _CERTAIN
        self._rooms.append(room)
        rows, repeated = join_at_break(draft, rows, odds)
        add_lines(self._joined.headers.setdefault(grid.page, []), repeated)
        return rows

    def _sort_rows(self, draft: TableDraft, grid: Grid, header: Header | None) -> SortedRows:
        """Sort the rows of a piece; headings and rows that are no records are set aside."""
        key = (grid.page, grid.box.top)
        draft.pieces.append(key)
        unruled = key in self._breaks.unruled
        rows = self._rows.read(draft, grid, header)
        draft.is_unruled = draft.is_unruled and len(rows) < 2
        found = sort_rows(rows, draft, unruled)
        add_lines(self._joined.headers.setdefault(grid.page, []), found.header_lines)
        add_lines(self._joined.others.setdefault(grid.page, []), found.other_lines)
        confidence = (
            _INFERRED_CONFIDENCE if grid.inferred else _UNRULED_CONFIDENCE if unruled else 1.0
        )
        found.records = [lower_confidence(row, confidence) for row in found.records]
        return found


def _lowest_bottoms(pages: Sequence[Page]) -> dict[float, float]:
    """Map the height of a page to the y where the lowest piece on such pages ends, in points."""
    bottoms: dict[float, float] = {}
    for page in pages:
        for grid in page.grids:
            height = page.header.height
            bottoms[height] = max(bottoms.get(height, 0.0), grid.box.bottom)
    return bottoms


def _read_header(grid: Grid, draft: TableDraft | None, roles: HeaderRoles) -> Header | None:
    """Read the header of a piece: that of the table before, repeated, or a new one."""
    if draft is not None and have_same_edges(draft.edges, grid):
        again = find_repeated_header(grid, draft.header)
        if again is not None:
            return again
    return find_header(grid, roles)


def _not_a_comment_table(grid: Grid, count: int) -> Issue:
    first = [cell.text for cell in grid.cells if cell.row == 0 and cell.text]
    return Issue(
        Severity.WARNING,
        Stage.SEGMENT,
        "not_a_comment_table",
        f"a ruled table beginning {' | '.join(first)[:60]!r} was left out with its "
        f"{count} characters: its headers "
        "name no comment table; if it is one, say the roles of its headers in the .yml "
        "beside the PDF, or add its header words to pipeline/vocabulary/header_words.yml",
        page=grid.page,
    )

"""Join the pieces of tables on the pages to whole tables."""

from collections.abc import Sequence
from itertools import takewhile

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model import Grid, Page, Role, TableRow
from pipeline.segment.headers.guessed_header import guess_header
from pipeline.segment.headers.header_end import rule_header
from pipeline.segment.headers.header_rows import Header
from pipeline.segment.headings.heading_rows import read_headings
from pipeline.segment.headings.section_levels import SectionHeading
from pipeline.segment.headings.table_heading import Heading, read_title_row
from pipeline.segment.headings.titles import Headings
from pipeline.segment.joined_tables import JoinedTables, file_lines
from pipeline.segment.pieces.loose_headings import find_headings_between, find_loose_headings
from pipeline.segment.pieces.other_matter import is_legend, is_other_matter
from pipeline.segment.pieces.piece_columns import PieceColumns, find_piece_columns
from pipeline.segment.pieces.piece_rows import PieceRows, find_lost_labels, join_at_break
from pipeline.segment.pieces.same_table import (
    PieceEvidence,
    counts_anew,
    counts_down,
    is_continued,
)
from pipeline.segment.pieces.sorted_rows import RowSorter, SortedRows, UnsortedPiece
from pipeline.segment.rows.grid_rows import row_number
from pipeline.segment.rows.labelled_rows import is_labelled_row
from pipeline.segment.rows.page_break import RECENT, Between, weigh_continuation
from pipeline.segment.rows.page_ends import (
    PageEnd,
    PageEnds,
    count_free_lines,
    count_lines,
    find_bottoms,
)
from pipeline.segment.rows.second_answers import weigh_second_answer
from pipeline.segment.rows.shared_cells import share_groups
from pipeline.segment.sheets.lay_out import Sheets, lay_out_sheets
from pipeline.segment.table_draft import PieceKey, TableDraft, piece_key
from pipeline.vocabulary.header_roles import VOCABULARY_ROLES, HeaderRoles

# Probability that a record is one. measured: of 1,807 fields in tables whose columns no rulings
# separate (44 made annexes) 9 are wrong; six times that for layouts that those do not show.
_INFERRED_CONFIDENCE = 0.97
# Probability. measured: of 554 fields in tables whose rows no rulings separate (30 made annexes)
# none is wrong; one in fifty for layouts that those do not show.
_UNRULED_CONFIDENCE = 0.98
_CERTAIN = 4.0  # log-odds that a row was cut; judgement: 1 in 55 is wrong
_SETTLED = 6.0  # log-odds; judgement: a printed number gives as much, and no other evidence matters


class _PageBreaks(Struct, frozen=True):
    """How the program breaks pages, and whether it draws rulings between rows."""

    ends: PageEnds = field(default_factory=PageEnds)
    unruled: frozenset[PieceKey] = frozenset()
    """The pieces of tables without a ruling between any two records."""
    parted: frozenset[PieceKey] = frozenset()
    """Those of them that gaps part on a later page, and that their first page alone does not show
    to be parted."""


def join_tables(pages: Sequence[Page], roles: HeaderRoles = VOCABULARY_ROLES) -> JoinedTables:
    """Join the pieces on the pages to tables, and their rows to records.

    A first pass learns how the program breaks pages: whether it keeps rows whole, and whether it
    draws rulings between them. That shows only once the tables are known. A second pass uses it. A
    third one parts the first page of a table as its later pages are parted by gaps.
    """
    sheets = lay_out_sheets(pages, roles)
    rows = PieceRows(sheets.wide)
    first = _Joiner(sheets, roles, rows, _PageBreaks())
    joined = first.join()
    learnt = first.collect_breaks()
    if learnt == _PageBreaks():
        return joined
    second = _Joiner(sheets, roles, rows, learnt)
    joined = second.join()
    parted = second.collect_breaks().parted
    return _Joiner(sheets, roles, rows, replace(learnt, parted=parted)).join() if parted else joined


class _Joiner:
    """Joins the pieces of tables, page by page in order."""

    def __init__(
        self, sheets: Sheets, roles: HeaderRoles, rows: PieceRows, breaks: _PageBreaks
    ) -> None:
        self._sheets, self._roles, self._rows, self._breaks = sheets, roles, rows, breaks
        self._headings = Headings(sheets.pages)
        self._bottoms = find_bottoms(sheets.pages)
        self._furigana = {page.header.number: page.ruby for page in sheets.pages}
        self._joined = JoinedTables()
        file_lines(self._joined.headers, sheets.wide.repeated)
        file_lines(self._joined.others, sheets.marked.lines)
        self._records_end = 0.0  # y of the last piece of the page that has records, points
        self._is_doubtful = False
        self._ends: list[PageEnd] = []

    def join(self) -> JoinedTables:
        for page in self._sheets.pages:
            bottom = self._records_end = 0.0
            for grid in page.grids:
                self._add_grid(page, rule_header(grid, self._roles), bottom)
                bottom = grid.box.bottom
            self._headings.end_page(page, bottom)
        return self._joined

    def collect_breaks(self) -> _PageBreaks:
        """Collect what the pass has shown that matters to a second one."""
        ends = PageEnds.learn(self._ends)
        unruled = [draft for draft in self._joined.drafts if draft.is_unruled]
        return _PageBreaks(
            ends if ends.keeps or self._is_doubtful else PageEnds(),
            frozenset(piece for draft in unruled for piece in draft.pieces),
            frozenset(piece for draft in unruled if draft.parts_late for piece in draft.pieces),
        )

    def _add_grid(self, page: Page, grid: Grid, top: float) -> None:
        heading = self._headings.read(page, grid, top, self._records_end)
        draft = self._joined.drafts[-1] if self._joined.drafts else None
        sizes = self._sheets.sizes
        resized = draft is not None and sizes[draft.pieces[0][0]] != sizes[grid.page]
        columns = find_piece_columns(draft, grid, self._roles, resized)
        header = columns.header
        sections: list[SectionHeading] = []
        if draft is not None:
            loose = find_loose_headings(draft, page, grid, columns, top, self._headings)
            sections = [*loose, *columns.headings]
        new_texts = heading.texts - self._headings.seen - {section.text for section in sections}
        other = draft is not None and is_other_matter(draft, grid, columns, self._rows, self._roles)
        known = draft if columns.edges and not other else None
        if known and self._is_continued(known, grid, columns, heading, new_texts, bool(sections)):
            self._open_sections(known, sections or find_headings_between(page, grid, top))
            self._add_piece(known, grid, columns)
        elif header is not None and header.is_comment_table and not is_legend(grid, header):
            own = PieceColumns(header, header.edges, headings=columns.headings)
            self._begin_table(heading, header, grid, own)
        elif known and not (header or columns.moved) and new_texts:
            # Another table with the same columns: a title says so, and no header is repeated.
            self._begin_table(heading, replace(known.header, edges=columns.edges), grid, columns)
        elif guessed := guess_header(grid, self._roles):
            self._begin_table(heading, guessed, grid, PieceColumns(guessed, guessed.edges))
        else:
            self._joined.set_aside(grid)
            self._headings.set_aside(heading)
        self._headings.end_piece()

    def _begin_table(
        self, heading: Heading, header: Header, grid: Grid, columns: PieceColumns
    ) -> None:
        if not columns.headings:
            heading = self._headings.complete(heading, read_title_row(grid, header.depth), grid)
        drafts = self._joined.drafts
        draft = TableDraft.begin(heading, header, drafts)
        drafts[len(drafts) - bool(draft.pieces) :] = [draft]
        self._headings.add_title(heading)
        self._open_sections(draft, columns.headings)
        self._add_piece(draft, grid, columns)

    def _open_sections(self, draft: TableDraft, headings: Sequence[SectionHeading]) -> None:
        for heading in headings:
            draft.levels.add(heading.text, heading.look)
            file_lines(self._joined.headers, heading.lines)

    def _is_continued(
        self,
        draft: TableDraft,
        grid: Grid,
        columns: PieceColumns,
        heading: Heading,
        new_texts: set[str],
        headed: bool,
    ) -> bool:
        """Whether a piece continues the table before it; `headed`: right below a heading."""
        if draft.last is None:
            return False
        rows = self._rows.read(draft, grid, columns)
        headings = takewhile(lambda row: read_headings(row, columns.edges, counts=False), rows)
        above = sum(1 for _ in headings)
        number, group = draft.column(Role.NUMBER), draft.column(Role.CATEGORY)
        last = draft.last_number
        first = row_number(rows[above], number, before=last) if above < len(rows) else None
        evidence = PieceEvidence(
            columns=columns,
            heading=heading,
            new_texts=frozenset(new_texts),
            unique_title=self._headings.is_unique(heading.title),
            first_number=first,
            headed=headed or above > 0 or draft.levels.follows_heading,
            marked=self._sheets.marked.join_tables(draft.last, grid),
            apart=self._is_apart(draft, draft.last, grid, rows),
            below=draft.last.page == grid.page and draft.last.box.bottom <= grid.box.top,
            counts_down=counts_down([*(row_number(row, number) for row in draft.rows[-2:]), first]),
            counts_anew=first == 1
            and counts_anew(draft.rows[-RECENT:], rows[above:], number, group),
        )
        return is_continued(draft, grid, evidence)

    def _add_piece(self, draft: TableDraft, grid: Grid, columns: PieceColumns) -> None:
        if columns.header is not None:
            file_lines(self._joined.headers, columns.header.lines)
        found = self._sort_rows(draft, grid, columns)
        rows = found.records
        if rows and draft.rows and draft.last is not None and not found.opens_section:
            rows = self._join_to(draft, draft.last, grid, rows)
        draft.rows += self._share_groups(draft, grid, rows)
        draft.last = grid
        self._records_end = grid.box.bottom
        self._joined.pieces_on.update(self._sheets.wide.find_pages(grid))

    def _share_groups(self, draft: TableDraft, grid: Grid, rows: list[TableRow]) -> list[TableRow]:
        """Give records their groups where no ruling shows them; the rest of a record has none."""
        if not (grid.inferred or piece_key(grid) in self._breaks.unruled):
            return rows
        beside = [at for at, column in enumerate(draft.columns) if column.role is None]
        above = draft.rows[-1] if draft.rows else None
        return share_groups(rows, draft.labels, beside, above, is_closed=not grid.inferred)

    def _join_to(
        self, draft: TableDraft, last: Grid, grid: Grid, rows: list[TableRow]
    ) -> list[TableRow]:
        """Weigh whether the first row continues the last one, and join or separate them."""
        room = self._count_free_lines(last)
        odds = self._weigh(draft, last, grid, rows, room)
        number, category = draft.column(Role.NUMBER), draft.column(Role.CATEGORY)
        again = weigh_second_answer(draft.rows, rows, number, category, draft.texts, room)
        odds = odds if again is None else again
        if is_labelled_row(rows[0], draft.header.roles, self._roles):
            odds, again = -_SETTLED, None
        # A doubtful cut is no evidence about the program, and needs it.
        self._is_doubtful = self._is_doubtful or abs(odds) < _SETTLED
        height, edges = count_lines(rows[0]), (last.open_bottom, grid.open_top)
        self._ends.append(PageEnd(room, height, odds > _CERTAIN, odds < -_CERTAIN, edges))
        rows, repeated = join_at_break(draft, rows, odds, again is not None)
        file_lines(self._joined.headers, repeated)
        return rows

    def _count_free_lines(self, last: Grid) -> float:
        """How many lines would have fitted below a piece."""
        return count_free_lines(last, self._bottoms[last.page])

    def _weigh(
        self, draft: TableDraft, last: Grid, grid: Grid, rows: Sequence[TableRow], room: float
    ) -> float:
        """Log-odds that the first row of a piece continues the last one of the piece before."""
        marked = self._sheets.marked.join_rows(last, grid)
        ruled = not (grid.inferred or draft.is_unruled)
        edges, ends = (last.open_bottom, grid.open_top), self._breaks.ends
        between = Between(edges, room, marked, ruled, ends)
        columns = draft.column(Role.NUMBER), draft.labels
        return weigh_continuation(draft.rows, rows, *columns, between, draft.siblings)

    def _is_apart(self, draft: TableDraft, last: Grid, grid: Grid, rows: list[TableRow]) -> bool:
        """Whether a piece stands beside another one as a table of its own, and no row goes on."""
        if not self._sheets.apart or piece_key(grid) not in self._sheets.apart:
            return False
        room = self._count_free_lines(last)
        return not (draft.rows and rows and self._weigh(draft, last, grid, rows, room) > 0)

    def _sort_rows(self, draft: TableDraft, grid: Grid, columns: PieceColumns) -> SortedRows:
        """Sort the rows of a piece; headings and rows that are no records are set aside."""
        key = piece_key(grid)
        unruled = key in self._breaks.unruled
        rows = self._rows.read(draft, grid, columns)
        draft.add_piece(key, rows, columns.edges)
        draft.is_parted = key in self._breaks.parted
        draft.has_verticals = not grid.inferred
        is_ruled = not (grid.inferred or unruled)
        ends = grid.open_bottom and is_ruled, is_ruled and not grid.open_bottom
        furigana = self._furigana.get(grid.page, ())
        piece = UnsortedPiece(rows, columns.edges, unruled, furigana, *ends)
        found = RowSorter(piece, draft, self._roles).sort()
        file_lines(self._joined.headers, found.header_lines)
        file_lines(self._joined.others, found.other_lines)
        if filed := [*found.header_lines, *found.other_lines]:
            lost = find_lost_labels(rows, found.records, filed)
            file_lines(self._joined.headers, lost)
        confidence = _UNRULED_CONFIDENCE if unruled else 1.0
        confidence = _INFERRED_CONFIDENCE if grid.inferred else confidence
        found.records = [row.doubted(confidence) for row in found.records]
        return found

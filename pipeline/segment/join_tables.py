"""From the pieces of tables on the pages to whole tables."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from statistics import median

from pipeline.model import Column, Grid, Issue, Line, Page, Row, Table
from pipeline.segment.furniture import Heading, is_label, read_heading
from pipeline.segment.header_roles import VOCABULARY_ROLES, HeaderRoles
from pipeline.segment.headers import TEXT_ROLES, Header, find_header, find_repeated_header
from pipeline.segment.merged_cells import find_cut_cells
from pipeline.segment.page_break import (
    count_free_lines,
    decision_confidence,
    keeps_rows_whole,
    weigh_continuation,
)
from pipeline.segment.rows import is_note, is_total, join_rows, read_rows, row_number
from pipeline.segment.unruled_rows import split_by_gaps, split_by_numbers, split_by_totals
from pipeline.vocabulary.line_marks import is_page_number

# Share of the font size that the edges of one column may differ between two pages; programs
# place them within a hundredth of a point, half a letter tells other columns apart.
_SAME_EDGE = 0.5
_SAME_GUTTER = 2.0  # the same for imagined edges, which give way to the text of each page


# Shares of records that came back whole where no rulings part the columns, or the rows (family
# `wide` of the tests' factory, 200 annexes).
_IMAGINED = 0.9
_UNRULED = 0.94

_RUNNING = 0.85  # share of the pages that have a running head; a first page may lack it
_SURELY_CUT = 4.0  # log-odds

PieceKey = tuple[int, float]
"""A piece of a table by its page and its top, in points."""

# Roles of a table that only compares two texts: without rulings it may be one record.
_COMPARISON = {"original_text", "revision"}


@dataclass(slots=True)
class Draft:
    """A table while its pieces are being joined."""

    heading: Heading
    header: Header
    rows: list[Row] = field(default_factory=list)
    last: Grid | None = None
    """The piece that was added last."""
    pieces: list[PieceKey] = field(default_factory=list)
    unshared: dict[int, int] = field(default_factory=dict)
    """Column → records known to share no cell with the next (see `find_cut_cells`)."""
    is_unruled: bool = True
    """No piece so far has a ruling between two records."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """What its columns mean."""
        return self.header.columns

    @property
    def edges(self) -> tuple[float, ...]:
        """The x between its columns, in points."""
        return self.header.edges

    def column(self, role: str) -> int | None:
        """The column of a role."""
        return next((i for i, c in enumerate(self.columns) if c.role == role), None)

    @property
    def lead(self) -> int | None:
        """The column that has a cell for each record, however others are merged."""
        columns = map(self.column, ("number", "comment", "original_text"))
        return next((column for column in columns if column is not None), None)

    @property
    def last_number(self) -> int | None:
        """The last printed number."""
        column = self.column("number")
        if column is None:
            return None
        numbers = (row_number(row, column) for row in reversed(self.rows))
        return next((n for n in numbers if n is not None), None)

    def finished(self) -> Table:
        """The table as it stands."""
        return Table(self.heading.title, self.heading.caption, self.columns, tuple(self.rows))


@dataclass(slots=True)
class Assembly:
    """What comes of an annex's pages, read one by one in order."""

    roles: HeaderRoles
    running: set[tuple[str, int]]
    """Text and height of running heads: they name no table where another line does."""
    bottoms: dict[float, float]
    """Page height → where the lowest piece on such a page ends: how far the program fills it."""
    read: dict[Hashable, list[Row]]
    """The rows of each piece as its rulings part them: the same in both passes."""
    drafts: list[Draft] = field(default_factory=list)
    headers: dict[int, list[Line]] = field(default_factory=dict)
    """Page number → lines of header cells, and labels that a page repeats."""
    others: dict[int, list[Line]] = field(default_factory=dict)
    """Page number → lines of grids that are no comment tables."""
    tables_on: dict[int, int] = field(default_factory=dict)
    """Page number → pieces of comment tables on it."""
    issues: list[Issue] = field(default_factory=list)
    titles: str = ""
    """What heads the tables so far."""
    seen: set[str] = field(default_factory=set)
    """What stood around the tables of earlier pages: a running head opens no new table."""
    trailing: Sequence[Line] = ()
    """The loose lines below the last grid of the page before."""
    most_room: float = 0.0
    """The most lines that were left free below a piece of a table that goes on, in a first pass."""
    cuts_rows: bool = False
    """A row that surely goes on over a page's end was seen."""
    rooms: list[float] = field(default_factory=list)
    """The lines left free below each piece of a table that goes on."""
    unruled: set[PieceKey] = field(default_factory=set)
    """The pieces of tables without a ruling between any two records, from a first pass."""


def assemble_tables(pages: Sequence[Page], roles: HeaderRoles = VOCABULARY_ROLES) -> Assembly:
    """Join the pieces on the pages to tables, and their rows to records.

    Twice where need be: only when the tables are known it shows whether the program keeps rows
    whole, and whether rulings stand between them.
    """
    begin = partial(Assembly, roles, _running_heads(pages), _bottoms(pages), {})
    first = _assemble(pages, begin())
    unruled = {piece for draft in first.drafts if draft.is_unruled for piece in draft.pieces}
    most_room = 0.0 if first.cuts_rows else max(first.rooms, default=0.0)
    if not unruled and not keeps_rows_whole(most_room):
        return first
    return _assemble(pages, begin(most_room=most_room, unruled=unruled))


def _bottoms(pages: Sequence[Page]) -> dict[float, float]:
    bottoms: dict[float, float] = {}
    for page in pages:
        for grid in page.grids:
            bottoms[page.height] = max(bottoms.get(page.height, 0.0), grid.box.bottom)
    return bottoms


def _assemble(pages: Sequence[Page], assembly: Assembly) -> Assembly:
    for page in pages:
        above_top = 0.0
        for grid in page.grids:
            heading = _heading(assembly, page, grid, above_top)
            _place(assembly, grid, heading, page.height)
            above_top = grid.box.bottom
            assembly.trailing = ()
        assembly.trailing = [line for line in page.loose if line.top >= above_top]
        assembly.seen |= {line.text.strip() for line in page.loose}
    return assembly


def _heading(assembly: Assembly, page: Page, grid: Grid, top: float) -> Heading:
    above = [line for line in page.loose if top <= line.box.center[1] < grid.box.top]
    if all(is_page_number(line.text) for line in above):
        fresh = above = list(assembly.trailing)
    else:
        # What stood on earlier pages and headed no table there is a running head.
        known = assembly.seen
        titles = assembly.titles
        fresh = [x for x in above if x.text.strip() not in known or x.text.strip() in titles]
    right = max([grid.box.x1, *(line.x1 for line in above)])
    own = read_heading([x for x in fresh if _place_of(x) not in assembly.running], right)
    # An annex may have its title nowhere but in the head of each page.
    return own if own.title is not None else read_heading(fresh, right)


def _place_of(line: Line) -> tuple[str, int]:
    return line.text.strip(), round(line.top)


def _running_heads(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """Labels, and what stands at the right, at one height on all pages but a few.

    At the left an annex may have its title in the head of each page, at the right the name of the
    group that most of its pages are about.
    """
    seen = Counter(
        place
        for page in pages
        for place in {_place_of(x) for x in page.loose if is_label(x.text) or x.x0 > page.width / 2}
    )
    return {place for place, count in seen.items() if count >= max(2, _RUNNING * len(pages))}


def _place(assembly: Assembly, grid: Grid, heading: Heading, height: float) -> None:
    draft = assembly.drafts[-1] if assembly.drafts else None
    header = _read_header(grid, draft, assembly.roles)
    if draft is not None and _goes_on(assembly, draft, grid, header, heading.texts - assembly.seen):
        _add_piece(assembly, draft, grid, header, height)
    elif header is not None and header.is_comment_table:
        draft = Draft(heading, header)
        assembly.drafts.append(draft)
        assembly.titles += (heading.title or "") + (heading.caption or "")
        _add_piece(assembly, draft, grid, header, height)
    else:
        _set_aside(assembly, grid)


def _read_header(grid: Grid, draft: Draft | None, roles: HeaderRoles) -> Header | None:
    """The header of a piece: that of the table before, printed again, or another."""
    if draft is not None and _same_edges(draft.edges, grid):
        again = find_repeated_header(grid, draft.header)
        if again is not None:
            return again
    return find_header(grid, roles)


def _set_aside(assembly: Assembly, grid: Grid) -> None:
    lines = [line for cell in grid.cells for line in cell.lines]
    assembly.others.setdefault(grid.page, []).extend(lines)
    if lines:
        first = [cell.text for cell in grid.cells if cell.row == 0 and cell.text]
        assembly.issues.append(
            Issue(
                "warning",
                "segment",
                "not_a_comment_table",
                f"a ruled table beginning {' | '.join(first)[:60]!r} was left out: its headers "
                "name no comment table; if it is one, say the roles of its headers in the .yml "
                "beside the PDF, or add its header words to pipeline/vocabulary/header_words.yml",
                page=grid.page,
            )
        )


def _goes_on(
    assembly: Assembly, draft: Draft, grid: Grid, header: Header | None, heading: set[str]
) -> bool:
    """Whether a piece continues the table before it."""
    if not _same_edges(draft.edges, grid):
        return False
    new_heading = bool(heading - draft.heading.texts)
    first = _first_number(assembly, draft, grid, header)
    last = draft.last_number
    if header is not None:
        if header.names != draft.header.names:
            return False
        if first is not None and last is not None:
            return first == last + 1 or (first >= last and not new_heading)
        return not new_heading
    restarts = first == 1 and last is not None
    return not (new_heading and restarts)


def _first_number(
    assembly: Assembly, draft: Draft, grid: Grid, header: Header | None
) -> int | None:
    rows = _rows(assembly, draft, grid, header)
    return row_number(rows[0], draft.column("number")) if rows else None


def _same_edges(edges: Sequence[float], grid: Grid) -> bool:
    tolerance = _tolerance(grid)
    return all(
        any(abs(edge - other) <= tolerance for other in grid.column_edges) for edge in edges
    ) and (
        abs(edges[0] - grid.column_edges[0]) <= tolerance
        and abs(edges[-1] - grid.column_edges[-1]) <= tolerance
    )


def _tolerance(grid: Grid) -> float:
    sizes = [line.size for cell in grid.cells for line in cell.lines]
    share = _SAME_GUTTER if grid.imagined else _SAME_EDGE
    return share * (median(sizes) if sizes else 0.0)


def _rows(assembly: Assembly, draft: Draft, grid: Grid, header: Header | None) -> list[Row]:
    first = header.depth if header is not None else 0
    key = (grid.page, grid.box, draft.edges, first, draft.lead)
    if key not in assembly.read:
        assembly.read[key] = read_rows(grid, draft.edges, _tolerance(grid), first, draft.lead)
    return assembly.read[key]


def _holds(rows: Sequence[Row], line: Line) -> bool:
    """Whether a line stands in one of the rows: a repeated label may be merged over several."""
    return any(line is other for row in rows for field in row.fields for other in field.lines)


def _add_piece(
    assembly: Assembly, draft: Draft, grid: Grid, header: Header | None, height: float
) -> None:
    if header is not None:
        assembly.headers.setdefault(grid.page, []).extend(header.lines)
    rows = _records(assembly, draft, grid, header)
    if rows and draft.rows and draft.last is not None:
        room = count_free_lines(draft.last, assembly.bottoms[height])
        odds = weigh_continuation(
            draft.rows,
            rows,
            draft.column("number"),
            draft.column("category"),
            draft.last.open_bottom + grid.open_top,
            room,
            assembly.most_room,
        )
        # One row that is cut shows that the program cuts rows; a doubtful one shows nothing.
        assembly.cuts_rows = assembly.cuts_rows or odds > _SURELY_CUT
        assembly.rooms.append(room)
        rows = _join(assembly, draft, rows, odds)
    draft.rows += rows
    draft.last = grid
    assembly.tables_on[grid.page] = assembly.tables_on.get(grid.page, 0) + 1


def _records(assembly: Assembly, draft: Draft, grid: Grid, header: Header | None) -> list[Row]:
    """The rows of a piece; those that add the others up, or explain them, are set aside."""
    rows = _rows(assembly, draft, grid, header)
    key = (grid.page, grid.box.top)
    draft.pieces.append(key)
    draft.is_unruled = draft.is_unruled and len(rows) < 2
    unruled = key in assembly.unruled
    rows = [piece for row in rows for piece in _split(row, draft, unruled)]
    kept = [row for row in rows if not is_total(row) and not is_note(row)]
    aside = assembly.others.setdefault(grid.page, [])
    for row in rows:
        if is_total(row) or is_note(row):
            lines = (line for field in row.fields for line in field.lines)
            free = (line for line in lines if not _holds(kept, line))
            aside.extend(line for line in free if not any(line is other for other in aside))
    trust = _IMAGINED if grid.imagined else _UNRULED if unruled else 1.0
    return [_doubted(row, trust) for row in kept]


def _split(row: Row, draft: Draft, unruled: bool) -> list[Row]:
    """The records of a row between two rulings: several where no ruling parts them."""
    number = draft.column("number")
    compares = draft.header.roles <= _COMPARISON
    labels = [i for i, c in enumerate(draft.columns) if c.role not in TEXT_ROLES]
    split: list[Row] = []
    for piece in split_by_totals(row):
        if number is not None:
            opens = not draft.rows and not split
            split += split_by_numbers(piece, number, unruled=unruled, opens=opens)
        else:
            split += split_by_gaps(piece, compares, labels) if unruled else [piece]
    return split


def _doubted(row: Row, certainty: float) -> Row:
    return replace(row, confidence=row.confidence * certainty)


def _join(assembly: Assembly, draft: Draft, piece: Sequence[Row], odds: float) -> list[Row]:
    """Put a piece's rows behind a table's: what the page's end cut is whole again."""
    rows = list(piece)
    texts = [i for i, column in enumerate(draft.columns) if column.role in TEXT_ROLES]
    cut_cells = list(find_cut_cells(draft.rows, rows, odds > 0, texts, draft.unshared))
    again: list[Line] = []
    if odds <= 0:
        sure = decision_confidence(odds)
        draft.rows[-1], rows[0] = _doubted(draft.rows[-1], sure), _doubted(rows[0], sure)
    else:
        labels = [draft.column("number"), draft.column("category")]
        draft.rows[-1], again = join_rows(
            draft.rows[-1], rows[0], decision_confidence(odds), labels
        )
    for cell in cut_cells:
        for index in cell.above:
            draft.rows[index] = cell.write_to(draft.rows[index])
        for index in cell.below:
            rows[index] = cell.write_to(rows[index])
    rows = rows[odds > 0 :]
    headers = assembly.headers.setdefault(piece[0].pages[0], [])
    for line in again:
        held = _holds(rows, line) or _holds(draft.rows[-1:], line)
        if not held and not any(line is other for other in headers):
            headers.append(line)
    return rows

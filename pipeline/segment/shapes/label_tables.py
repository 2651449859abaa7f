"""Find tables of cards and of questions above answers: pieces whose labels name their values."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec.structs import replace

from pipeline.model import Field, FieldPart, Grid, Line, Page, Role, remove_white_space
from pipeline.segment.headings.section_levels import SectionHeading
from pipeline.segment.headings.table_heading import Heading
from pipeline.segment.headings.titles import Headings
from pipeline.segment.rows.column_edges import have_same_edges
from pipeline.segment.rows.row_numbers import read_printed_number
from pipeline.segment.shapes.column_header import has_header, heads_records
from pipeline.segment.shapes.cut_cards import read_cut_card
from pipeline.segment.shapes.inline_labels import read_inline_piece
from pipeline.segment.shapes.label_levels import join_label_levels
from pipeline.segment.shapes.label_piece import LabelColumn, LabelPiece
from pipeline.segment.shapes.label_rows import read_label_piece
from pipeline.segment.shapes.label_run import LabelRun, build_table, flush_pending
from pipeline.segment.shapes.labelled import Event, Labelled
from pipeline.segment.shapes.records_across import read_records_across
from pipeline.segment.shapes.section_lines import RunningLines, read_sections
from pipeline.segment.shapes.shaped_table import ShapedTable, leave_out
from pipeline.segment.shapes.stacked_header import read_stacked_piece
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import RecordLabel, read_cell_label


def find_label_tables(pages: Sequence[Page], roles: HeaderRoles) -> Iterator[ShapedTable]:
    """Find the tables whose labels stand beside or above their values."""
    if any(len(grid.row_edges) > 2 for page in pages for grid in page.grids):
        for run in _Finder(pages, roles).find_runs():
            table = build_table(run, roles)
            if table is not None:
                yield table


class _Finder:
    def __init__(self, pages: Sequence[Page], roles: HeaderRoles) -> None:
        self._pages, self._roles = pages, roles
        self._headings = Headings(pages)
        self._running: RunningLines | None = None
        self._run: LabelRun | None = None
        self._repeated: set[str] | None = None
        self._below: list[Line] = []
        self._headed: Grid | None = None  # the last piece of a table below a header

    def find_runs(self) -> Iterator[LabelRun]:
        for page in self._pages:
            self._read_cut_card(page)
            top = 0.0
            for index, grid in enumerate(page.grids):
                before = self._run
                self._add(page, grid, top, opens_page=index == 0)
                if before is not None and self._run is not before:
                    yield before
                top = grid.box.bottom
            self._headings.end_page(page, top)
            # A heading may stand alone at a page's end.
            self._below = [line for line in page.loose_lines if line.top >= top > 0]
        if self._run is not None:
            yield self._run

    def _add(self, page: Page, grid: Grid, top: float, opens_page: bool) -> None:
        """Add a grid to the run of pieces at hand, or to a new one, or end it."""
        run = self._run
        if self._is_headed(grid, opens_page):
            self._run = None
            return
        follows = run is not None and opens_page and _goes_on_below(run.last.grid, grid)
        last = run.last if run is not None and follows else None
        is_card = last is not None and run is not None and any(p.is_strong for p in run.pieces)
        piece = _read_piece(grid, self._roles, last, is_card, _find_known_column(run, grid))
        self._run = None
        if piece is None:
            return
        above = page.lines_between(top, grid.box.top)
        above = [*(self._below if opens_page and run is not None else ()), *above]
        self._running = self._running or RunningLines(self._pages)
        above = self._running.remove_from(above)
        if run is not None:
            flush_pending(run, self._roles)
            above = leave_out(above, run.loose)
        number = _read_number_above(above, self._roles)
        above = above[:-1] if number is not None else above
        found = read_sections(above, opens=False)
        goes_on = follows or (run is not None and run.continues_on(piece))
        if run is None or not goes_on or _starts_anew(piece, above, found):
            found = read_sections(above, opens=True)
            taken = [*_lines_of(found), *(number.value.lines if number is not None else ())]
            run = LabelRun(self._read_heading(page, grid, top, taken))
        self._headings.end_piece()
        run.events += found
        run.loose += _lines_of(found)
        events = piece.events
        if number is not None:
            run.loose += number.value.lines
            events = [number, *map(_go_on_piece, events)]
        elif opens_page:
            events = _mark_page_start(events)
            _mend_cut_label(run.events, events)
        run.events += events
        run.pieces.append(piece)
        self._run = run

    def _is_headed(self, grid: Grid, opens_page: bool) -> bool:
        """Whether the columns of a grid have a header, perhaps on a page before."""
        above = self._headed if opens_page else None
        follows = above is not None and have_same_edges(above.column_edges, grid)
        self._headed = grid if follows or heads_records(grid, self._roles) else None
        return self._headed is not None

    def _read_cut_card(self, page: Page) -> None:
        """Read the lines above the first grid of a page that go on with a card."""
        run = self._run
        if run is None or not run.last.above:
            return
        bottom = page.grids[0].box.top if page.grids else page.header.height
        self._running = self._running or RunningLines(self._pages)
        lines = [line for line in page.loose_lines if line.middle < bottom]
        labels = {label for piece in run.pieces for label in piece.labels}
        labels |= self._find_repeated_labels()
        values, taken = read_cut_card(lines, self._running, run.last, labels, self._roles)
        run.events += values
        run.loose += taken

    def _find_repeated_labels(self) -> set[str]:
        """The labels that the annex prints twice at least: a cut card may show the first of one."""
        if self._repeated is None:
            lines = (remove_white_space(ln.text) for page in self._pages for ln in page.loose_lines)
            cells = (c.text for page in self._pages for grid in page.grids for c in grid.cells)
            times = Counter(chain(lines, cells))
            self._repeated = {
                text
                for text, count in times.items()
                if count > 1 and read_cell_label(text, self._roles) is not None
            }
        return self._repeated

    def _read_heading(self, page: Page, grid: Grid, top: float, taken: Sequence[Line]) -> Heading:
        """The heading of a new table, without the lines that are no part of it."""
        others = replace(page, loose_lines=tuple(leave_out(page.loose_lines, taken)))
        heading = self._headings.read(others, grid, top)
        self._headings.add_title(heading)
        return heading


def _goes_on_below(above: Grid, below: Grid) -> bool:
    """Whether a piece may go on with one on the page before: rows of two pairs have more edges."""
    return have_same_edges(above.column_edges, below) or have_same_edges(below.column_edges, above)


def _find_known_column(run: LabelRun | None, grid: Grid) -> LabelColumn | None:
    """The column of the labels in a row alone, the first one of a card that a page's end cuts.

    Its number is no longer merged over rows: 意見６ | 該当箇所 | ３頁 reads as a header.
    """
    if run is None or len(grid.row_edges) > 2:
        return None
    above, edges = run.last.grid, grid.column_edges
    alike = len(edges) == len(above.column_edges) and have_same_edges(above.column_edges, grid)
    return run.last.column if alike else None


def _read_piece(
    grid: Grid,
    roles: HeaderRoles,
    before: LabelPiece | None,
    is_card: bool,
    column: LabelColumn | None,
) -> LabelPiece | None:
    """Read a grid in the shape that fits it; None: in none.

    Args:
        before: The piece that it may go on with on a new page.
        is_card: That piece is one of cards, or a part of one.
        column: That of the labels, if the card above it shows it.
    """
    if (across := read_records_across(grid, roles)) is not None:
        return across
    grid = join_label_levels(grid, roles)
    alike = before is not None and len(before.grid.column_edges) == len(grid.column_edges)
    piece = read_stacked_piece(grid, roles, before.stacked if before and alike else None)
    if piece is None and not is_card and has_header(grid, roles):
        return None
    if piece is None and (before is None or not before.inline):
        piece = read_label_piece(grid, roles, before, column)
        if piece is not None and not (piece.labels or before is not None):
            piece = None
    if piece is not None and (piece.is_strong or before is not None):
        return piece
    return read_inline_piece(grid, roles, before) or piece  # 番号 may be the word of a header


def _read_number_above(above: Sequence[Line], roles: HeaderRoles) -> Labelled | None:
    """Read the number of a card that stands above it: 【意見１】; None where other text does."""
    label = read_cell_label(remove_white_space(above[-1].text), roles) if above else None
    if label is None or label.ordinal is None:
        return None
    part = FieldPart(above[-1].page, above[-1].box, (above[-1],))
    return Labelled(replace(label, role=Role.NUMBER), Field((part,)), opens_piece=True)


def _lines_of(found: Sequence[SectionHeading]) -> list[Line]:
    return [line for heading in found for line in heading.lines]


def _starts_anew(piece: LabelPiece, above: Sequence[Line], found: Sequence[SectionHeading]) -> bool:
    """Whether a piece opens another table: a heading of its own, and its numbers begin again."""
    return len(above) > len(_lines_of(found)) and first_number(piece.events) == 1


def first_number(events: Sequence[Event]) -> int | None:
    """The number of the first card among some values; None: it has none."""
    for item in events:
        if isinstance(item, Labelled) and item.label is not None:
            if item.number is not None:
                return item.label.ordinal
            if item.label.role == Role.NUMBER:
                return read_printed_number(item.value.text)
            fields = [lead.field for lead in item.leads]
            return read_printed_number(fields[-1].text) if fields else None
    return None


def _go_on_piece(event: Event) -> Event:
    return replace(event, opens_piece=False) if isinstance(event, Labelled) else event


def _mark_page_start(events: Sequence[Event]) -> list[Event]:
    """Mark the first value of a page: it may go on with a record before."""
    marked = list(events)
    if marked and isinstance(marked[0], Labelled):
        marked[0] = replace(marked[0], opens_page=True)
    return marked


def _mend_cut_label(before: list[Event], events: list[Event]) -> None:
    """Give the last value of a page the label of which the next page shows all or the rest.

    A program that centres a label in its cell may draw it on the second page; one that cuts the
    cell draws a part on each (市からの回, 答), and other cards show it whole.
    """
    if not before or not events:
        return
    last, first = before[-1], events[0]
    if not (isinstance(last, Labelled) and isinstance(first, Labelled)) or first.label is None:
        return
    label: RecordLabel | None = None
    if last.label is None and not last.opens_page:
        label = first.label
    elif last.label is not None and first.number is None:
        whole = last.label.header + first.label.header
        others = (event.label for event in (*before, *events) if isinstance(event, Labelled))
        label = next((own for own in others if own is not None and own.header == whole), None)
    if label is not None:
        lines = (*last.label_lines, *first.label_lines)
        number = last.number or first.number
        before[-1] = replace(last, label=label, number=number, label_lines=lines)
        events[0] = replace(first, label=None, number=None, label_lines=())

"""Find the questions and answers of running text: 問１ in a frame, （答） below it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, groupby, pairwise

from msgspec.structs import replace

from pipeline.model import (
    DIALOGUE_ROLES,
    Box,
    Field,
    FieldPart,
    Line,
    Page,
    Role,
    Table,
)
from pipeline.segment.headings.section_levels import SectionHeading
from pipeline.segment.headings.table_heading import read_heading
from pipeline.segment.rows.inline_tables import read_field
from pipeline.segment.shapes.cut_label import cut_label
from pipeline.segment.shapes.labelled import Event, Labelled, build_records
from pipeline.segment.shapes.question_marks import (
    Mark,
    find_marks,
    find_series,
    list_marks,
)
from pipeline.segment.shapes.running_end import (
    LARGER,
    ends_unlike_others,
    find_end,
    find_title,
    has_texts,
    list_sizes,
    measure_size,
    read_running_end,
)
from pipeline.segment.shapes.running_items import Item, list_items, read_label
from pipeline.segment.shapes.section_lines import SectionFinder, read_sections
from pipeline.segment.shapes.shaped_table import ShapedTable, leave_out
from pipeline.segment.table_draft import piece_key
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import read_line_label

_LEAST_ANSWERS = 2  # labels; judgement: one may stand in any letter
_UNNUMBERED = 0.8  # probability; judgement: no number confirms where a question begins
_OTHER_TEXT = 0.6  # probability; judgement: below a heading the last answer may have ended
# Left and right edge of the questions and of the answers in each column, in points.
_Widths = dict[tuple[bool, int], tuple[float, float]]


def find_running_questions(pages: Sequence[Page], roles: HeaderRoles) -> Iterator[ShapedTable]:
    """Find the questions and answers that stand in running text.

    A table of comments and answers ends them: above and below it are tables of their own.
    """
    lines = (line for page in pages for line in page.loose_lines)
    labels = filter(None, (read_label(line, roles) for line in lines))
    if sum(not label.asks for label in labels) < _LEAST_ANSWERS:
        return
    for items in _part_at_tables(list_items(pages, roles), roles):
        for part in _part_series(items, roles):
            marks = find_marks(part, roles)
            if marks:
                yield _Builder(part, marks, roles).build()


def _part_series(items: Sequence[Item], roles: HeaderRoles) -> Iterator[Sequence[Item]]:
    """Part the items above questions of another form or paper, which another office may write."""
    series, start = find_series(list_marks(items, roles)), 0
    forms, marks = {run[0].place for run in series[1:]}, list(chain(*series))
    size = measure_size(items[marks[0].place :]) if marks else 0.0
    titles = list_sizes(items[: marks[0].place] if marks else ())
    for above, below in pairwise(marks):
        # A title as large as the first one stands above the next paper, which counts anew.
        between = list_sizes(items[above.place : below.place])
        is_paper = max(between, default=0.0) >= max(titles, default=0.0) > LARGER * size
        anew = below.label.asks and below.label.label.ordinal in (None, 1)
        if below.place in forms or (is_paper and anew and not above.label.asks):
            end = find_title(items, above.place + 1, below.place, size)
            yield items[start:end]
            start = end
    yield items[start:]


def _part_at_tables(items: Sequence[Item], roles: HeaderRoles) -> Iterator[list[Item]]:
    """Part the items behind each table of comments and answers."""
    part: list[Item] = []
    for item in items:
        part.append(item)
        if has_texts(item, roles, DIALOGUE_ROLES):
            yield part
            part = []
    yield part


class _Builder:
    def __init__(self, items: Sequence[Item], marks: Sequence[Mark], roles: HeaderRoles) -> None:
        self._first, self._end = marks[0].place, find_end(items, marks, roles)
        self._items, self._marks = items[: self._end], marks
        self._lines = [item.line for item in self._items[self._first :] if item.line is not None]
        self._sections = SectionFinder(self._lines)

    def build(self) -> ShapedTable:
        """Build the table."""
        head = self._read_head()
        sections = [heading for heading in head if isinstance(heading, SectionHeading)]
        above = [line for line in head if isinstance(line, Line)]
        turns = [self._items[a:b] for a, b in self._bounds()]
        found = self._sections.find(self._lines_above_records(turns), sections)
        if not sections:
            sections = self._sections.find_first(above, found)
            above = above[: len(above) - len(sections)]
        events: list[Event] = list(sections)
        widths = self._measure(turns)
        for mark, turn, headings in zip(self._marks, turns, found, strict=True):
            kept = turn[: len(turn) - sum(len(heading.lines) for heading in headings)]
            below = next(iter(self._items[mark.place + len(kept) :]), None)
            events.append(_read_turn(mark, kept, below, widths))
            events += headings
        records = build_records(events, ())
        left = min(line.x0 for line in self._lines)
        title = read_heading(above, left, max(line.x1 for line in [*self._lines, *above]))
        numbered = any(column.role == Role.NUMBER for column in records.columns)
        rows = [row.doubted(1.0 if numbered else _UNNUMBERED) for row in records.rows]
        if self._sections.stands_inside(read_running_end(turns[-1])) or ends_unlike_others(turns):
            rows[-1] = rows[-1].doubted(_OTHER_TEXT)
        taken = [*(line for heading in sections for line in heading.lines), *self._lines]
        grids = [item.grid for item in self._items[self._first :] if item.grid is not None]
        return ShapedTable(
            place=(self._items[self._first].page, self._items[self._first].top, 0.0),
            table=Table(title.title, title.caption, records.columns, tuple(rows)),
            pieces=list(map(piece_key, grids)),
            loose=taken,
            header_lines=records.header_lines,
            other_lines=records.loose_lines,
            pages={item.page for item in self._items[self._first :]},
        )

    def _bounds(self) -> Iterator[tuple[int, int]]:
        ends = [*(mark.place for mark in self._marks[1:]), self._end]
        return zip((mark.place for mark in self._marks), ends, strict=True)

    def _lines_above_records(self, turns: Sequence[Sequence[Item]]) -> list[list[Line]]:
        """For each turn its last lines, which may be headings of a record below; else none."""
        first = self._marks[0].label
        opens = [mark.label.label.role == first.label.role for mark in self._marks[1:]]
        pairs = zip(turns, [*opens, False], strict=True)
        return [read_running_end(turn) if above else [] for turn, above in pairs]

    def _read_head(self) -> list[Line | SectionHeading]:
        """The lines above the first question on its page, its headings as such."""
        page = self._items[self._first].page
        above = [
            item.line
            for item in self._items[: self._first]
            if item.page == page and item.line is not None and not _is_of_contents(item.line)
        ]
        sections = read_sections(above, opens=True)
        inside = (line for heading in sections for line in heading.lines)
        return [*leave_out(above, inside), *sections]

    def _measure(self, turns: Sequence[Sequence[Item]]) -> _Widths:
        lines: dict[tuple[bool, int], list[Line]] = defaultdict(list)
        for mark, turn in zip(self._marks, turns, strict=True):
            for item in turn:
                if item.line is not None:
                    lines[mark.label.asks, item.column].append(item.line)
        return {
            place: (min(line.x0 for line in own), max(line.x1 for line in own))
            for place, own in lines.items()
        }


def _is_of_contents(line: Line) -> bool:
    """Whether a line above the first question is one of a list of contents."""
    label = read_line_label(line.text)
    return (label is not None and label.asks) or fold(line.text) in ("目次", "もくじ")


def _read_turn(mark: Mark, items: Sequence[Item], below: Item | None, widths: _Widths) -> Labelled:
    """Read a question or an answer.

    Args:
        items: From the line of the label on, or from the number above it.
        below: What follows; None: nothing does.
    """

    def key(item: Item) -> tuple[int, int, int]:
        return item.page, item.column, id(item.grid) if item.line is None else 0

    above, items = (items[0].line, items[1:]) if mark.numbered else (None, items)
    groups = [list(group) for _, group in groupby(items, key=key)]
    parts: list[FieldPart] = []
    item = None
    following = [*(group[0] for group in groups[1:]), below]
    for group, next_item in zip(groups, following, strict=True):
        lines = [own.line for own in group if own.line is not None]
        column = group[0].column
        box = _box_of(lines, next_item, widths.get((mark.label.asks, column), (0.0, 0.0)))
        if item is None:
            item = cut_label(lines, box, mark.label)
            parts += (replace(part, place=column) for part in item.value.parts)
        elif lines:
            parts.append(FieldPart(group[0].page, box, tuple(lines), place=column))
        elif group[0].grid is not None:
            parts += read_field(group[0].grid.cells, group[0].page).parts
    assert item is not None  # a label stands in a line
    if above is not None:
        item = replace(item, number=Field((FieldPart(above.page, above.box, (above,)),)))
    return replace(item, value=Field(tuple(parts)))


def _box_of(lines: Sequence[Line], below: Item | None, width: tuple[float, float]) -> Box:
    """Where some lines of running text stand: down to what is below, for nothing cuts them off."""
    if not lines:
        return Box(*width, 0.0, 0.0)
    bottom = lines[-1].bottom + (lines[-1].bottom - lines[-1].top)
    if below is not None and below.page == lines[-1].page:
        bottom = max(lines[-1].bottom, min(bottom, below.top))
    return Box(width[0], lines[0].top, width[1], bottom)

"""Find the questions and answers of running text: 問１ in a frame, （答） below it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

from pipeline.model import Box, Field, FieldPart, Line, Page, Role, Table
from pipeline.segment.furniture import is_label, read_heading
from pipeline.segment.headers import find_header
from pipeline.segment.inline_tables import read_field
from pipeline.segment.shapes.cut_lines import cut_line
from pipeline.segment.shapes.labelled import Event, Labelled, build_records
from pipeline.segment.shapes.outline import SectionHeading
from pipeline.segment.shapes.question_marks import Item, Mark, find_marks, list_items
from pipeline.segment.shapes.section_lines import SectionFinder, read_sections
from pipeline.segment.shapes.shaped_table import ShapedTable, piece_key
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import read_line_label

_SIDES = {Role.COMMENT, Role.RESPONSE}
_LEAST_ANSWERS = 2  # labels; judgement: one may stand in any letter
_UNNUMBERED = 0.8  # probability; judgement: no number confirms where a question begins
_LARGER = 1.15  # font sizes; judgement: a title is set larger by a point or more
_OTHER_TEXT = 0.6  # probability; judgement: below a heading the last answer may have ended
_CONTACT = re.compile(r"[【<(\[〔]?(?:お?問い?合わ?せ先?|連絡先|担当(?:課|部署|者)?(?:[:】>)]|$))")
_CLOSING = ("以上", "(以上)", "（以上）", "－以上－")


def find_running_questions(pages: Sequence[Page], roles: HeaderRoles) -> ShapedTable | None:
    """Find the questions and answers that stand in running text.

    Args:
        pages: The pages to look on, in order.
        roles: What headers mean in this annex.

    Returns:
        One table of all of them; None where there are none, or a table of comments and answers
        stands between them.
    """
    lines = (line for page in pages for line in page.loose_lines)
    labels = filter(None, (read_line_label(line.text) for line in lines))
    if sum(not label.asks for label in labels) < _LEAST_ANSWERS:
        return None
    items = list_items(pages)
    marks = find_marks(items)
    if not marks:
        return None
    builder = _Builder(items, marks)
    return None if builder.holds_comments(roles) else builder.build()


class _Builder:
    def __init__(self, items: Sequence[Item], marks: Sequence[Mark]) -> None:
        self._first, self._end = marks[0].place, _find_end(items, marks)
        self._items, self._marks = items[: self._end], marks
        self._lines = [item.line for item in self._items[self._first :] if item.line is not None]
        self._sections = SectionFinder(self._lines)

    def holds_comments(self, roles: HeaderRoles) -> bool:
        """Whether a table between the questions is one of comments and answers itself."""
        grids = [item.grid for item in self._items[self._first :] if item.line is None]
        headers = [find_header(grid, roles) for grid in grids if grid is not None]
        return any(header is not None and header.roles >= _SIDES for header in headers)

    def build(self) -> ShapedTable:
        """Build the table."""
        head = self._read_head()
        sections = [heading for heading in head if isinstance(heading, SectionHeading)]
        above = [line for line in head if isinstance(line, Line)]
        turns = [self._items[a:b] for a, b in self._bounds()]
        found = self._sections.find([_running_end(turn) for turn in turns])
        events: list[Event] = list(sections)
        widths = self._measure(turns)
        for mark, turn, headings in zip(self._marks, turns, found, strict=True):
            kept = turn[: len(turn) - sum(len(heading.lines) for heading in headings)]
            events.append(_read_turn(mark, kept, widths[mark.label.asks]))
            events += headings
        records = build_records(events, ())
        title = read_heading(above, max(line.x1 for line in [*self._lines, *above]))
        numbered = any(column.role == Role.NUMBER for column in records.columns)
        confidence = 1.0 if numbered else _UNNUMBERED
        rows = [replace(row, confidence=row.confidence * confidence) for row in records.rows]
        if self._sections.stands_inside(_running_end(turns[-1])):
            rows[-1] = replace(rows[-1], confidence=rows[-1].confidence * _OTHER_TEXT)
        taken = [*(line for heading in sections for line in heading.lines), *self._lines]
        grids = [item.grid for item in self._items[self._first :] if item.grid is not None]
        return ShapedTable(
            place=(self._items[self._first].page, self._items[self._first].top),
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

    def _read_head(self) -> list[Line | SectionHeading]:
        """The lines above the first question on its page, its headings as such."""
        page = self._items[self._first].page
        above = [
            item.line
            for item in self._items[: self._first]
            if item.page == page and item.line is not None and not _is_of_contents(item.line)
        ]
        sections = read_sections(above, opens=True)
        inside = {id(line) for heading in sections for line in heading.lines}
        return [*(line for line in above if id(line) not in inside), *sections]

    def _measure(self, turns: Sequence[Sequence[Item]]) -> dict[bool, tuple[float, float]]:
        """Left and right edge of the questions and of the answers, in points."""
        widths: dict[bool, tuple[float, float]] = {}
        for asks in (True, False):
            lines = [
                item.line
                for mark, turn in zip(self._marks, turns, strict=True)
                for item in turn
                if mark.label.asks == asks and item.line is not None
            ]
            edges = [line.x0 for line in lines], [line.x1 for line in lines]
            widths[asks] = (min(edges[0], default=0.0), max(edges[1], default=0.0))
        return widths


def _is_of_contents(line: Line) -> bool:
    """Whether a line above the first question is one of a list of contents."""
    label = read_line_label(line.text)
    return (label is not None and label.asks) or fold(line.text) in ("目次", "もくじ")


def _find_end(items: Sequence[Item], marks: Sequence[Mark]) -> int:
    """Find the index after the last answer's last item: where other text begins."""
    size = median(item.line.size for item in items[marks[0].place :] if item.line is not None)
    for index in range(marks[-1].place + 1, len(items)):
        line = items[index].line
        if line is None:
            continue
        text = line.text.strip()
        if text in _CLOSING or is_label(text) or _CONTACT.match(fold(text)):
            return index
        if line.size > _LARGER * size:
            return index
    return len(items)


def _running_end(turn: Sequence[Item]) -> list[Line]:
    """The lines of a value after its label and its last table: headings may be the last ones."""
    lines: list[Line] = []
    for item in turn[1:]:
        lines = [*lines, item.line] if item.line is not None else []
    return lines


def _read_turn(mark: Mark, items: Sequence[Item], width: tuple[float, float]) -> Labelled:
    """Read a question or an answer behind its label."""
    line, label = items[0].line, mark.label
    assert line is not None  # a label stands in a line
    counts = label.label.ordinal is not None and label.asks
    number = cut_line(line, 0, label.end) if counts else None
    sign = cut_line(line, label.end if counts else 0, label.text)
    rest = cut_line(line, label.text, len(line.text))
    running = [replace(items[0], line=rest)] if rest is not None else []
    place = Box(line.x0, line.top, line.edges[label.end], line.bottom)
    return Labelled(
        label.label,
        Field(tuple(_read_parts([*running, *items[1:]], width))),
        label_lines=() if sign is None else (sign,),
        number=Field((FieldPart(items[0].page, place, (number,)),)) if number else None,
    )


def _read_parts(items: Sequence[Item], width: tuple[float, float]) -> Iterator[FieldPart]:
    """The parts of a value: its lines page by page, and the tables between them."""

    def key(item: Item) -> tuple[int, int]:
        return item.page, id(item.grid) if item.line is None else 0

    for (page, _), group in groupby(items, key=key):
        members = list(group)
        lines = tuple(item.line for item in members if item.line is not None)
        if lines:
            # Nothing cuts running text off: there is room for another line below it.
            pitch = 2 * (lines[-1].bottom - lines[-1].top)
            box = Box(width[0], lines[0].top, width[1], lines[-1].bottom + pitch)
            yield FieldPart(page, box, lines)
        elif members[0].grid is not None:
            yield from read_field(members[0].grid.cells, page).parts

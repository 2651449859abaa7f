"""Values that labels name, and the records that they make."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model import Column, Field, FieldPart, Line, Role, TableRow
from pipeline.segment.headings.section_levels import SectionHeading, SectionLevels
from pipeline.segment.rows.shared_cells import meet_in_cell
from pipeline.vocabulary.folding import fold_width
from pipeline.vocabulary.punctuation import opens_bracket
from pipeline.vocabulary.record_labels import RecordLabel

_FORKED = 0.9  # probability; judgement: a label that is repeated inside a record has two answers
_SHARED = 0.7  # probability; judgement: questions without an answer share the next one's


class Lead(NamedTuple):
    """A cell beside the labels: it belongs to all values that it stands beside."""

    column: int
    """From 0."""
    field: Field


class Labelled(Struct, frozen=True):
    """A value and the label that names it."""

    label: RecordLabel | None
    """None: it goes on with the value before."""
    value: Field
    label_lines: tuple[Line, ...] = ()
    number: Field | None = None
    """The label where it counts the records: 問１."""
    leads: tuple[Lead, ...] = ()
    opens_piece: bool = False
    """It is the first of its ruled piece."""
    opens_page: bool = False
    """It is the first of its page: it may go on with the record before."""
    is_rest: bool = False
    """It is the rest of a value that the page before begins."""
    certainty: float = 1.0
    """The probability that it belongs to its record, 0-1."""


Event = Labelled | SectionHeading


class _Draft(Struct):
    """A record while its values are being collected."""

    parts: dict[str, list[FieldPart]]
    leads: dict[int, Field]
    section: tuple[str, ...]
    confidence: float = 1.0
    framed: bool = False
    """It begins with a ruled piece of its own."""


class LabelledRecords(Struct):
    """The records of a sequence of labelled values."""

    columns: tuple[Column, ...] = ()
    rows: tuple[TableRow, ...] = ()
    header_lines: list[Line] = field(default_factory=list)
    """The lines of labels and headings."""
    loose_lines: list[Line] = field(default_factory=list)
    """The lines of values before the first label."""


def build_records(events: Sequence[Event], lead_columns: Sequence[Column]) -> LabelledRecords:
    """Build the records of a sequence of labelled values.

    A record begins where its first label comes again, where another cell stands at the left, or
    with another ruled piece on the same page.

    Args:
        events: Values and headings in reading order.
        lead_columns: The columns at the left of the labels.
    """
    asked = [e for e in events if isinstance(e, Labelled) and e.label and _asks(e.label)]
    named = sum(event.number is None for event in asked)
    return _Builder([_read_number(e, named, len(asked)) for e in events], lead_columns).build()


def _asks(label: RecordLabel) -> bool:
    return label.role == Role.COMMENT


def _read_number(event: Event, named: int, asked: int) -> Event:
    """Make a label (質問１) no more than a number where other labels name the text (質問内容).

    A value beside it (質問１ | 歩道について) is another, where each record has both labels.

    Args:
        event: A value or a heading.
        named: How many labels of comments have no number.
        asked: How many there are.
    """
    if isinstance(event, SectionHeading) or event.label is None or event.number is None:
        return event
    if not (named and _asks(event.label)) or (event.value.parts and 2 * named < asked):
        return event
    if event.value.parts:
        return replace(event, label=replace(event.label, role=None))
    label = replace(event.label, role=Role.NUMBER)
    return replace(event, label=label, value=event.number, number=None)


class _Builder:
    def __init__(self, events: Sequence[Event], lead_columns: Sequence[Column]) -> None:
        self._events = events
        self._lead_columns = lead_columns
        self._columns: dict[str, Column] = {}
        self._drafts: list[_Draft] = []
        self._last = ""
        self._opening = ""
        self._levels = SectionLevels()
        self._doubt = 1.0  # the certainty of the headings above the next record
        self._result = LabelledRecords()

    def build(self) -> LabelledRecords:
        for event in self._events:
            self._result.header_lines += (
                event.lines if isinstance(event, SectionHeading) else event.label_lines
            )
            if isinstance(event, SectionHeading):
                self._levels.add(event.text, event.look)
                self._doubt *= event.certainty
                if self._drafts:
                    self._drafts[-1].confidence *= event.certainty
            elif event.label is None:
                self._go_on(event)
            else:
                self._add(event, event.label)
        _share_answers(self._drafts)
        self._finish()
        return self._result

    def _go_on(self, item: Labelled) -> None:
        if not self._drafts:
            self._result.loose_lines += item.value.lines
            return
        self._merge_leads(self._drafts[-1], item)
        self._drafts[-1].confidence *= item.certainty
        self._drafts[-1].parts[self._last] += item.value.parts

    def _add(self, item: Labelled, label: RecordLabel) -> None:
        key = self._find_column(label)
        self._opening = self._opening or key
        again = item.opens_page and key == self._last  # the page prints the label again
        again |= item.is_rest
        cut = bool(self._drafts) and (again or _is_cut_row(self._drafts[-1], item, key))
        cut = cut and not _has_other_leads(self._drafts[-1], item, key)
        if not self._drafts or (not cut and self._begins_record(item, key)):
            self._open(item)
        elif key in self._drafts[-1].parts and not cut:
            self._fork(key, item)
        draft = self._drafts[-1]
        draft.confidence *= item.certainty
        self._merge_leads(draft, item)
        if item.number is not None:
            self._columns.setdefault(Role.NUMBER, Column(label.header, Role.NUMBER))
            if Role.NUMBER in draft.parts:  # the answer's label repeats the question's number
                self._result.header_lines += item.number.lines
            else:
                draft.parts[Role.NUMBER] = list(item.number.parts)
        self._columns.setdefault(key, Column(label.header, label.role))
        draft.parts.setdefault(key, []).extend(item.value.parts)
        self._last = key

    def _find_column(self, label: RecordLabel) -> str:
        """The key of a label's column: its role, or its header where it has none of its own."""
        role = label.role
        if role is None:
            return f"={label.header}"
        held = self._columns.get(role)
        # A picture may not tell Ｑ from Q, and an author may mix them.
        same = held is None or fold_width(held.header) == fold_width(label.header)
        taken = not same and self._drafts and role in self._drafts[-1].parts
        return f"={label.header}" if f"={label.header}" in self._columns or taken else role

    def _begins_record(self, item: Labelled, key: str) -> bool:
        draft = self._drafts[-1]
        if _has_other_leads(draft, item, key):
            return True
        if item.opens_piece and not item.opens_page:
            return True
        if key == self._opening:
            return key in draft.parts
        order = list(self._columns)
        if item.opens_piece and key in order and key not in draft.parts:
            return order.index(key) < order.index(self._last)
        return False

    def _open(self, item: Labelled) -> None:
        before = self._drafts[-1].leads if self._drafts else {}
        # A label merged over records is printed on the first page only.
        finest = item.leads[-1].column if item.leads and item.opens_page else 0
        leads = {k: own for k, own in before.items() if k < finest}
        for column, own in item.leads:
            if own.lines and self._lead_columns[column].role == Role.NUMBER:
                leads.pop(column, None)
            held = before.get(column)
            if held is not None and held.lines and not own.lines and meet_in_cell(held, own):
                leads[column] = held  # the rest of its cell, in which a record went on first
        framed = item.opens_piece and not item.opens_page
        self._drafts.append(_Draft({}, leads, self._levels.path, self._doubt, framed))
        self._levels.add_record()
        self._doubt = 1.0

    def _fork(self, key: str, item: Labelled) -> None:
        """Open another record that shares what stands before a label: its second answer."""
        draft = self._drafts[-1]
        order = list(self._columns)
        shared = {k: list(v) for k, v in draft.parts.items() if order.index(k) < order.index(key)}
        if key == Role.COMMENT and item.number is not None:
            shared.pop(Role.NUMBER, None)  # 質問２ is no other answer to 質問１
        draft.confidence *= _FORKED
        self._drafts.append(_Draft(shared, dict(draft.leads), draft.section, _FORKED))

    def _merge_leads(self, draft: _Draft, item: Labelled) -> None:
        for column, own in item.leads:
            held = draft.leads.get(column)
            if held is not None and meet_in_cell(held, own):
                continue
            if held is None or not held.lines:
                draft.leads[column] = own
            elif held.text == own.text:
                self._result.header_lines += own.lines
            else:
                draft.leads[column] = Field(held.parts + own.parts)

    def _finish(self) -> None:
        keys = sorted(self._columns, key=lambda key: key != Role.NUMBER)
        columns = (*self._lead_columns, *(self._columns[key] for key in keys))
        self._result.columns = tuple(_keep_first_roles(columns))
        self._result.rows = tuple(
            TableRow(
                (
                    *(d.leads.get(i, Field(())) for i in range(len(self._lead_columns))),
                    *(Field(tuple(d.parts.get(key, ()))) for key in keys),
                ),
                d.confidence,
                d.section,
            )
            for d in self._drafts
        )


def _keep_first_roles(columns: Iterable[Column]) -> Iterator[Column]:
    """Keep each role for the first column that has it: a table has one of each at most."""
    held: set[Role] = set()
    for column in columns:
        if column.role is not None and column.role in held:
            yield Column(column.header, None)
        else:
            held |= {column.role} if column.role is not None else set()
            yield column


def _has_other_leads(draft: _Draft, item: Labelled, key: str) -> bool:
    """Whether the cell at the left of the labels is that of another record."""
    if not item.leads:
        return False
    column, own = item.leads[-1]
    held = draft.leads.get(column)
    if held is None or not own.lines or not held.parts or meet_in_cell(held, own):
        return False
    # A number at half the height of its rows may be printed behind the page's end that cuts them.
    if item.opens_page and not held.lines and key not in draft.parts:
        return False
    again = own.text == held.text or opens_bracket(held.text, own.text)  # （５ above ）
    return not (item.opens_page and again)


def _is_cut_row(draft: _Draft, item: Labelled, key: str) -> bool:
    """Whether a page's end cut the row of a value: neither label nor number are printed again."""
    if item.label_lines or item.number is not None or not item.leads or not item.value.parts:
        return False
    before = draft.parts.get(key) or []
    cut = bool(before) and before[-1].page < item.value.parts[0].page
    return cut and not item.leads[-1].field.lines


def _share_answers(drafts: Sequence[_Draft]) -> None:
    """Give the answer that follows several questions to each of them."""
    waiting: list[_Draft] = []
    for draft in drafts:
        if draft.framed:
            waiting = []
        waiting.append(draft)
        answer = draft.parts.get(Role.RESPONSE)
        if answer is not None:
            for other in waiting if len(waiting) > 1 else ():
                other.parts[Role.RESPONSE] = list(answer)
                other.confidence *= _SHARED
            waiting = []

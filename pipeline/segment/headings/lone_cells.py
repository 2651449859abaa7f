"""Weigh whether a row with text in one cell only heads the rows below, or is a short record.

All weights are log-odds (natural logarithm) that it heads them.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from statistics import median

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model import TEXT_ROLES, Role, TableRow
from pipeline.segment.headings.heading_rows import build_heading, has_count, join_lines
from pipeline.segment.headings.section_levels import SectionHeading
from pipeline.segment.rows.inline_tables import CELL_SEPARATOR
from pipeline.segment.rows.row_numbers import read_printed_number
from pipeline.vocabulary.counts import ends_in_count, is_count
from pipeline.vocabulary.heading_forms import BULLET, PLAIN, is_noun_phrase, names_part, read_form
from pipeline.vocabulary.line_marks import EDITORS_NOTE

# judgement: where headings hold headings, most outer ones stand above one, and few records do.
ABOVE_HEADING = 2.0
_PRIOR = -2.0  # judgement: people leave answers empty more often than they leave headings unmerged
_IN_NUMBERS = 4.0  # judgement: words where the records have numbers
_UNNUMBERED = 2.0  # judgement: the other rows have numbers, and this one has none
# judgement: a column that every other record fills, beyond the answer, which people leave empty.
_EMPTY = 1.0
_LABEL = 4.0  # judgement: a label (category, place) without any text says nothing as a record
# judgement: an answer alone goes on with the record above, where headings have another place.
_ANSWER = -3.0
_MARKED = 2.0  # judgement: begins as headings do (第１章, ●)
_COUNTED = 4.0  # judgement: says how many records stand below
_NAMES_PART = 2.0  # judgement: その他, …に関する意見: words of headings
# judgement: ends in a predicate or has its topic (区長は、), as what people ask for; or says that a
# text is left out (（略）).
_SENTENCE = -3.0
_LINES = -2.0  # judgement: takes several lines, as headings seldom do
_SHORT = 1.0  # judgement: headings are far shorter than texts of records
_REPEATED = 2.0  # judgement: another row of the table is filled in this way and begins alike
_LIKE_RECORDS = -4.0  # judgement: the records begin alike
_LIKE_PASSAGES = -2.0  # judgement: passages of a document begin with its headings anyway
_HEADED = 1.0  # judgement: a table that has headings has more of them
_LAST = -3.0  # judgement: a heading stands over something
_LEFT_OUT = re.compile(rf"(?:{EDITORS_NOTE.pattern})$")
_WEAK = (PLAIN, BULLET)
"""Kinds with which texts of records begin as often."""
_MUCH_SHORTER = 0.4  # share of the column's median length; judgement: headings stay below half
# judgement: where most rows have one text only, and more than one row does, these are the records
_MANY = -3.0


class LoneCells(Struct):
    """What the rows of a table tell about those with text in one cell only."""

    roles: Sequence[Role | None]
    """Of the columns."""
    known: Collection[str]
    """The kinds of the table's headings so far; empty: it has none."""
    forms: Counter[tuple[int, str]] = field(default_factory=Counter)
    """Column and kind of a lone cell → how many rows have one."""
    records: set[tuple[int, str, int]] = field(default_factory=set)
    """Column, kind and indent, in characters, with which the text of a full row begins."""
    lines: set[tuple[int, str]] = field(default_factory=set)
    """Column and kind with which any line of a full row begins."""
    lengths: dict[int, list[int]] = field(default_factory=dict)
    """Column → the lengths of its texts in full rows, in characters."""
    counts: set[int] = field(default_factory=set)
    """Columns in which a full row has a count."""
    full: int = 0
    """Rows with more than one filled cell."""
    numbered: bool = False
    """Full rows have printed numbers."""

    def observe(self, rows: Sequence[TableRow]) -> None:
        """Learn from some rows of the table, in any order."""
        for row in rows:
            filled = row.filled
            if len(filled) == 1 or has_count(row, filled):
                self.forms[filled[0], _kind(row, filled[0])] += 1
                continue
            self.full += 1
            self.counts.update(i for i in filled[1:] if is_count(row.fields[i].text))
            for index in filled:
                if self.roles[index] != Role.NUMBER:
                    self.records.add((index, _kind(row, index), _indent(row, index)))
                    texts = (line.text for line in row.fields[index].lines)
                    self.lines.update((index, read_form(text).kind) for text in texts)
                    length = sum(len(line.text) for line in row.fields[index].lines)
                    self.lengths.setdefault(index, []).append(length)
                elif read_printed_number(row.fields[index].text) is not None:
                    self.numbered = True

    def weigh(
        self, row: TableRow, continues: bool, is_last: bool, is_open: bool = False
    ) -> tuple[SectionHeading, float] | None:
        """Weigh a row; None where it can be no heading.

        Args:
            continues: It opens a piece, and may go on with the record before the page's end.
            is_last: Nothing stands below it on the page.
            is_open: No ruling closes it, as one closes the other rows: a record goes on behind the
                page's end.
        """
        filled = row.filled
        counted = has_count(row, filled) and filled[1] not in self.counts
        if len(filled) != 1 and not counted:
            return None
        index, lines = filled[0], row.fields[filled[0]].lines
        text, kind = join_lines(lines), _kind(row, index)
        own = kind not in _WEAK and kind in self.known and (index, kind) not in self.lines
        evident = own or counted or ends_in_count(text)
        if is_open and self.roles[index] in TEXT_ROLES and not evident:
            return None
        if continues and self.roles[index] != Role.NUMBER and not evident:
            return None  # the rest of a record that the page cut
        is_number = read_printed_number(row.fields[index].text) is not None
        heading = None if is_number else build_heading(lines, text)
        if heading is None:
            return None
        if not counted:
            return heading, self._add_up(row, index, is_last)
        count = row.fields[filled[1]].lines
        text = CELL_SEPARATOR.join((heading.text, join_lines(count)))
        heading = replace(heading, text=text, lines=(*heading.lines, *count))
        return heading, self._add_up(row, index, is_last) + _COUNTED

    def _add_up(self, row: TableRow, index: int, is_last: bool) -> float:
        kind, text = _kind(row, index), join_lines(row.fields[index].lines)
        # In the column of the numbers no text begins as a list's item, and most texts wrap.
        numbers = self.roles[index] == Role.NUMBER
        marked = kind not in _WEAK or (numbers and kind == BULLET)
        odds = _PRIOR + self._weigh_column(index)
        odds += _MARKED if marked else 0.0
        repeated = marked and (self.forms[index, kind] > 1 or kind in self.known)
        words = _weigh_words(text)
        # 基本目標２　にぎわい stands in a series, which no text of a record begins as.
        odds += max(words, 0.0) if repeated and (index, kind) not in self.lines else words
        odds += _LINES if len(row.fields[index].lines) > 1 and not numbers else 0.0
        odds += _SHORT if self._is_short(index, text) else 0.0
        odds += _EMPTY * self._count_always_filled(index)
        odds += _REPEATED if repeated else _HEADED if self.known else 0.0
        begins = index, kind, _indent(row, index)
        odds += self._weigh_likeness(index) if marked and begins in self.records else 0.0
        return odds + (_LAST if is_last and not repeated else 0.0)

    def _weigh_column(self, index: int) -> float:
        role = self.roles[index]
        if role == Role.NUMBER:
            return _IN_NUMBERS
        odds = _UNNUMBERED if self.numbered else 0.0
        if role in (Role.RESPONSE, Role.DISPOSITION) and index > 0:
            return odds + _ANSWER
        if role not in self._texts:
            return odds + _LABEL
        lone = sum(self.forms[index, kind] for kind in _WEAK)
        return odds + (_MANY if lone > max(self.full, 1) else 0.0)

    def _count_always_filled(self, index: int) -> int:
        """How many other columns every full row fills, beyond a number and one text."""
        others = (i for i in self.lengths if i != index and self.roles[i] != Role.NUMBER)
        always = sum(len(self.lengths[i]) == self.full for i in others)
        return max(0, always - 1)

    def _weigh_likeness(self, index: int) -> float:
        role = self.roles[index]
        passages = (Role.ORIGINAL_TEXT, Role.REVISION)
        return _LIKE_PASSAGES if role in passages else _LIKE_RECORDS

    @property
    def _texts(self) -> frozenset[Role]:
        """The roles whose text alone may be a record; beside comments, a place is only a label."""
        comments = Role.COMMENT in self.roles
        return TEXT_ROLES - {Role.ORIGINAL_TEXT} if comments else TEXT_ROLES

    def _is_short(self, index: int, text: str) -> bool:
        usual = self.lengths.get(index)
        return usual is not None and len(text) < _MUCH_SHORTER * median(usual)


def _weigh_words(text: str) -> float:
    """Weigh how a text ends."""
    if ends_in_count(text):
        return _COUNTED
    if not is_noun_phrase(text) or "は、" in text or _LEFT_OUT.search(text):
        return _SENTENCE
    return _NAMES_PART if names_part(text) else 0.0


def _kind(row: TableRow, index: int) -> str:
    return read_form(row.fields[index].lines[0].text).kind


def _indent(row: TableRow, index: int) -> int:
    """How many characters a text is set in from the left of its cell, or by white space."""
    part = next(part for part in row.fields[index].parts if part.lines)
    line = part.lines[0]
    typed = len(line.text) - len(line.text.lstrip())
    return typed + round((line.x0 - part.box.x0) / line.size)

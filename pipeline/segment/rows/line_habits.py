"""Learn how the lines of a column begin and end, and which of them open and close its cells."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log

from msgspec import Struct

from pipeline.model import Line, TableRow
from pipeline.vocabulary.heading_forms import read_form
from pipeline.vocabulary.line_marks import (
    EDITORS_NOTE,
    LineStart,
    classify_line_start,
    ends_sentence,
)

FEW = 3  # cells; judgement: so many of one kind show what the column holds
_IN_BRACKETS = re.compile(r"[(（][^()（）]+[)）]")
_LABEL = re.compile(r"([^\W\d_]{1,6})\d")
_ARTICLES = frozenset("条項号")  # what they say stands behind their numbers
_ARTICLE = re.compile(r"\s*第[\d一二三四五六七八九十百]+条")
# Log-odds; judgement: where each record has one article, two are rarely one record.
_NEXT_ARTICLE = -4.0
_SEEN_TWICE = 2  # times; judgement: letters that began lines so often are a habit
_SEEN_BEFORE = 3.0  # pseudo-count of line starts of all kinds; judgement: a few records outweigh it
# Shares of lines that end sentences: inside cells, before a line that begins a paragraph by its
# look (True) and before another one, and where cells close.
# measured: 0.07 to 0.24 of all inner lines and 0.7 to 0.9 of the last ones in five sets of made
# and published annexes (13,000 lines of 1,800 cells).
_INSIDE, _CLOSING = {True: 0.6, False: 0.2}, 0.8
_LINES_BEFORE = 5.0  # pseudo-count of lines; judgement: a few records outweigh it
# judgement: a short line without a sentence's end, in a column that nothing is known of.
_OPEN_LINE = -1.0


class LineStartHabits(Struct, frozen=True):
    """How lines begin in one column of a table.

    Both count kinds of starts and first letters (see `_starts`).
    """

    opening: Counter[str]
    """For the lines that open a record."""
    every: Counter[str]
    """For all lines."""
    label: str | None = None
    """The word before the number that opens every record (意見1-2, 意見1-3)."""

    @staticmethod
    def observe(rows: Iterable[TableRow], column: int) -> "LineStartHabits":
        """Learn from some records of the table."""
        fields = [row.fields[column] for row in rows if row.fields[column].lines]
        labels = {_read_label(field.lines[0]) for field in fields}
        return LineStartHabits(
            Counter(start for field in fields for start in _starts(field.lines[0])),
            Counter(start for field in fields for line in field.lines for start in _starts(line)),
            labels.pop() if len(fields) >= FEW and len(labels) == 1 else None,
        )

    def odds_of_opening(self, line: Line) -> float:
        """Log-odds that a line opens a record, by how it begins."""
        kind, letters = _starts(line)
        opened = sum(self.opening.values()) / 2
        if self.label is not None and _read_label(line) != self.label:
            return -log(opened + 1)
        # The first letters (基本目標１) tell more than the kind of start, once they have been seen.
        start = letters if self.every[letters] >= _SEEN_TWICE else kind
        total = sum(self.every.values()) / 2
        common = (self.every[start] + 1) / (total + _SEEN_BEFORE)
        share = (self.opening[start] + _SEEN_BEFORE * common) / (opened + _SEEN_BEFORE)
        return log(share / common)


def _starts(line: Line) -> tuple[str, str]:
    """The kind of a line's start (of a heading with its mark), and its first two letters.

    A line in brackets is a heading, too: articles open with them (（目的）).
    """
    kind = classify_line_start(line.text)
    if kind is LineStart.PLAIN and _IN_BRACKETS.fullmatch(line.text):
        kind = LineStart.HEADING
    marked = f"{kind} {line.text[:1]}" if kind is LineStart.HEADING else kind
    return marked, f"= {line.text[:2]}"


def _read_label(line: Line) -> str | None:
    """The word before the number that a line begins with: 意見 of 意見1-2; None: it has none."""
    match = _LABEL.match(line.text)
    return match[1] if match is not None else None


def weigh_line_start(rows: Sequence[TableRow], column: int, below: Line) -> float:
    """Weigh the line that would continue a column's last cell behind a page's end.

    Returns:
        Log-odds (natural logarithm) that it does.
    """
    *others, last = (_count_articles(row.fields[column].lines) for row in rows)
    if last and _count_articles([below]) and max(others, default=0) == 1 and sum(others) >= FEW:
        return _NEXT_ARTICLE
    return -LineStartHabits.observe(rows, column).odds_of_opening(below)


def _count_articles(lines: Sequence[Line]) -> int:
    """How many lines begin with the number of an article: 第３条."""
    return sum(_ARTICLE.match(line.text) is not None for line in lines)


def weigh_line_end(rows: Sequence[TableRow], column: int, below: Line) -> float:
    """Weigh the last line of a column's last cell, which stands at a page's end and is not full.

    A heading or an item there is no record's end where the other records end in sentences.

    Args:
        below: The line that would continue it.

    Returns:
        Log-odds (natural logarithm) that the line stands inside its cell.
    """
    *others, last = (row.fields[column].lines for row in rows if row.fields[column].lines)
    closing = [ends_sentence(lines[-1].text) for lines in others]
    if not ends_sentence(last[-1].text):
        return _OPEN_LINE + log((sum(closing) + 1) / (len(closing) - sum(closing) + 1))
    opens = _begins_paragraph(below)
    inside = [
        ends_sentence(line.text)
        for lines in others
        for line, after in pairwise(lines)
        if _begins_paragraph(after) == opens
    ]
    return log(_share(inside, _INSIDE[opens]) / _share(closing, _CLOSING))


def ends_in_heading(rows: Sequence[TableRow], column: int) -> bool:
    """Whether a column's last cell ends in a line that heads other texts: （定義）, 施策5-6　緑化.

    It closes no other cell of the column, as （略） may do.
    """
    *others, last = (row.fields[column].lines for row in rows if row.fields[column].lines)
    kind = _read_heading_kind(last[-1].text)
    kinds = [[_read_heading_kind(line.text) for line in lines] for lines in others]
    above = sum(kind in own[:-1] for own in kinds)
    least = 1 if kind is LineStart.HEADING else FEW
    return kind is not None and above >= least and not any(own[-1] == kind for own in kinds)


def is_bracketed(text: str) -> bool:
    """Whether a line is a heading in brackets (（目的）), and none that an editor left: （略）."""
    return _IN_BRACKETS.fullmatch(text) is not None and not EDITORS_NOTE.fullmatch(text)


def _read_heading_kind(text: str) -> str | None:
    """The word that a heading counts (施策, 章); HEADING: in brackets. An article heads nothing."""
    if is_bracketed(text):
        return LineStart.HEADING
    counted = classify_line_start(text) is LineStart.NUMBERED and _LABEL.match(text)
    kind = read_form(text).kind
    return kind if counted and kind not in _ARTICLES else None


def _begins_paragraph(line: Line) -> bool:
    return classify_line_start(line.text) is not LineStart.PLAIN


def _share(ends: Sequence[bool], usual: float) -> float:
    return (sum(ends) + _LINES_BEFORE * usual) / (len(ends) + _LINES_BEFORE)

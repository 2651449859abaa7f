"""Does the first row of a piece go on with the last row of the piece before? Evidence, weighed.

All weights are log-odds (natural logarithm) that it does.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log
from statistics import median

from pipeline.model import Field, Grid, Line, TableRow
from pipeline.segment.rows import field_text, row_number
from pipeline.vocabulary.line_marks import ends_sentence, line_start

_LABELLED = 6.0  # a number cell says it: empty or repeated, or a number of its own
_NUMBER_BELOW = 4.0  # the cut left the number in the middle of its cell on the second page
_PRIOR = -1.0  # pieces end more often between rows than inside one
_WHOLE_ROWS = -4.0  # a program that once left so much room keeps rows whole
_KEPT_WHOLE = 4.0  # lines; widow and orphan control leaves two or three
_OPEN_EDGE = 2.0  # no ruling closes the piece there
# A program cuts a row only where the page is full: more than two lines left free is no cut.
_ROOM_LEFT = -4.0
_MUCH_ROOM = 2.0  # lines
_UNRULED = 4.0  # neither page has a ruling between rows: the frame is one record over its pages
_CUT_TABLE = 6.0  # a row of a small table in the cell stands on either side
_CUT_LINE = 3.5  # full and without a sentence's end: one last line of a cell in 30 looks so
_ONE_LINE = -3.0  # in a column whose cells are one line each nothing can be cut
_WHOLE_LINE = -1.0  # short, or a sentence's end: three in ten lines inside a cell look so
_SAME_GROUP = 0.5  # a label that both pages print, or a group's next record
_OTHER_GROUP = -6.0  # another label: another record, unless the page cuts the label's own text
_EMPTY_BELOW = 1.5  # a new record fills the columns that the record before filled
_FULL = 2.0  # em
_RECENT = 100  # records from which the habits are learnt: all would cost a long table dearly
_FEW = 3  # cells from which it shows that a column holds one line each
_LATIN = re.compile(r"[（(「『]?[!-~]+")  # with the bracket that no line ends with
_SEEN_TWICE = 2  # times that letters must have begun lines to be a habit
_SEEN_BEFORE = 3.0  # pseudo-count of line starts of all kinds


@dataclass(frozen=True, slots=True)
class Habits:
    """How lines begin in one column of a table: those that open a record, and all."""

    opening: Counter[str]
    every: Counter[str]

    @staticmethod
    def observe(rows: Iterable[TableRow], column: int) -> "Habits":
        """Learn from the records so far."""
        fields = [row.fields[column] for row in rows if row.fields[column].lines]
        return Habits(
            Counter(start for field in fields for start in _starts(field.lines[0])),
            Counter(start for field in fields for line in field.lines for start in _starts(line)),
        )

    def odds_of_opening(self, line: Line) -> float:
        """Log-odds that a line opens a record, by how it begins."""
        kind, letters = _starts(line)
        # The first letters (基本目標１) tell more than the kind of start, once they have been seen.
        start = letters if self.every[letters] >= _SEEN_TWICE else kind
        total = sum(self.every.values()) / 2
        common = (self.every[start] + 1) / (total + _SEEN_BEFORE)
        opened = sum(self.opening.values()) / 2
        share = (self.opening[start] + _SEEN_BEFORE * common) / (opened + _SEEN_BEFORE)
        return log(share / common)


def _starts(line: Line) -> tuple[str, str]:
    """The kind of a line's start (headings of one numbering begin alike), and its first letters."""
    kind = line_start(line.text)
    return f"{kind} {line.text[:1]}" if kind == "heading" else kind, f"= {line.text[:2]}"


def page_room(above: Grid, bottom: float) -> float:
    """How many lines were left free below a piece.

    Args:
        above: The piece.
        bottom: Where the lowest piece of the annex ends on such a page, in points.
    """
    lines = [line for cell in above.cells for line in cell.lines]
    height = median(line.bottom - line.top for line in lines) if lines else 0.0
    return (bottom - above.box.bottom) / height if height else 0.0


def keeps_whole(most_room: float) -> bool:
    """Whether a program keeps rows whole that once left so many lines free below a piece."""
    return most_room > _KEPT_WHOLE


def continuation_odds(
    rows: Sequence[TableRow],
    piece: Sequence[TableRow],
    number: int | None,
    category: int | None,
    open_edges: int,
    room: float,
    most_room: float,
) -> float:
    """Weigh whether the first row of a piece goes on with the last of the piece before.

    Args:
        rows: The table's rows so far; the last is the one before the page's end.
        piece: The rows after it; the question is about the first.
        number: The column that numbers the records, if there is one.
        category: The column that names their group, if there is one.
        open_edges: How many of the two pieces lack the ruling between them (0-2).
        room: Lines left free below the piece before.
        most_room: The same, where in this annex the most were left in the middle of a table.

    Returns:
        Log-odds; above 0: one record.
    """
    above, below = rows[-1], piece[0]
    if number is not None and any(field_text(row.fields[number]) for row in rows):
        return _by_number(rows, below, number, room)
    odds = _WHOLE_ROWS if keeps_whole(most_room) else _PRIOR
    odds += _OPEN_EDGE * open_edges + (_ROOM_LEFT if room > _MUCH_ROOM else 0.0)
    odds += _UNRULED if len(rows) == len(piece) == 1 else 0.0
    for column, (upper, lower) in enumerate(zip(above.fields, below.fields, strict=True)):
        if upper.lines and lower.lines and column == category:
            odds += _SAME_GROUP if field_text(upper) == field_text(lower) else _OTHER_GROUP
        elif upper.lines and lower.lines:
            if upper.lines[-1].inline_row and lower.lines[0].inline_row:
                odds += _CUT_TABLE
                continue
            if _is_one_line(rows[-_RECENT:], column, lower):
                odds += _ONE_LINE
                continue
            odds += _CUT_LINE if is_cut(upper, lower.lines[0]) else _WHOLE_LINE
            odds -= Habits.observe(rows[-_RECENT:], column).odds_of_opening(lower.lines[0])
        elif upper.lines:
            odds += _EMPTY_BELOW
    return odds


def _by_number(rows: Sequence[TableRow], below: TableRow, number: int, room: float) -> float:
    above = field_text(rows[-1].fields[number])
    label = field_text(below.fields[number])
    if not label:
        return _LABELLED
    if label == above:  # printed on both pages, or 1 again: there another list begins
        return _LABELLED if room <= _MUCH_ROOM else -_LABELLED
    if not above:
        before = (row_number(row, number) for row in reversed(rows[:-1]))
        last = next((n for n in before if n is not None), 0)
        if row_number(below, number) == last + 1:
            return _NUMBER_BELOW
    return -_LABELLED


def _is_one_line(rows: Sequence[TableRow], column: int, below: Field) -> bool:
    """Whether every cell of a column holds one line (a figure, a mark), the one below too."""
    filled = [row.fields[column] for row in rows if row.fields[column].lines]
    single = all(len(field.lines) == 1 for field in (*filled, below))
    return single and len(filled) >= _FEW and field_text(filled[-1]) != field_text(below)


def is_cut(field: Field, below: Line | None = None) -> bool:
    """Whether a field's last line is full and its sentence goes on.

    Args:
        field: The piece before a page's end.
        below: The line that would go on with it: a URL goes to the next line as a whole.
    """
    if not field.parts[-1].lines:
        return False
    last = field.lines[-1]
    room = _FULL * last.size
    word = _LATIN.match(below.text) if below is not None else None
    if below is not None and word is not None:
        room = max(room, below.edges[word.end()] - below.x0)
    return _right(field) - last.x1 < room and not ends_sentence(last.text)


def _right(field: Field) -> float:
    """Where full lines of a field end: as far from the right edge as they begin from the left."""
    box = field.parts[-1].box
    padding = max(0.0, min(line.x0 for line in field.parts[-1].lines) - box.x0)
    return box.x1 - padding


def certainty(odds: float) -> float:
    """How sure a decision by log-odds is, 0.5-1."""
    return 1 / (1 + exp(-abs(odds)))

"""Find the headings between records that neither rulings nor columns part from them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from pipeline.extract.tables.borderless.gutters import Gutter, is_tabular, leaves_open
from pipeline.extract.tables.borderless.words import TextLine
from pipeline.vocabulary.counts import is_count
from pipeline.vocabulary.heading_forms import PLAIN, may_head, read_form

_PARTS = frozenset({"編", "部", "章", "節"})
"""The forms of headings that are never those of a record's number."""
_PART = re.compile(r"第?\w{1,3}[編部章節]")
_WORDS = re.compile(r"[^\W\d]{2}")
_NEAR = 0.2  # em; judgement: a program adds more between rows than between the lines of a text
_OWN_LINE = 0.9  # of its height; judgement: the lines of a text are hardly ever set closer
MAX_SPACE = 1.5
"""Em; judgement: an ideographic space and the white sides of its neighbours."""


def is_heading(
    lines: Sequence[TextLine], place: int, gutters: Sequence[Gutter], size: float
) -> bool:
    """Whether a line heads the record right below it: it begins as headings do, and is one text.

    It closes a gutter, as no record's line does, stands alone above a record with text in the same
    column, as near to it as to the text above, or names a part (第１章) of the whole. One of
    another form may stand between it and the record: ● above ▼.

    Args:
        lines: Those of a table; the one below it is a record's if it has words in two columns.
        place: Its index among them.
        gutters: The free space between the columns so far.
    """
    line, after = lines[place], lines[place + 1 : place + 2]
    kind = read_form(line.text).kind
    if kind == PLAIN or not (after and gutters) or line.runs[0][0] > gutters[0].middle:
        return False
    if not is_one_text(line, size) or _stands_between(line, lines[max(0, place - 1)], after[0]):
        return False
    is_record = is_tabular(after[0], gutters) and leaves_open(after[0], gutters, size)
    closes = not leaves_open(line, gutters, size)
    if closes and not is_record and kind != read_form(after[0].text).kind:
        is_record = is_heading(lines, place + 1, gutters, size)
    if not may_head(line.text) or not is_record:
        return False
    first = gutters[0].middle
    # The last line of a comment may name its author (【個人】), that of a place a part (第２節).
    near = (
        not place or after[0].top - line.bottom < line.top - lines[place - 1].bottom + _NEAR * size
    )
    is_aside = line.runs[-1][1] < first
    alone = near and is_aside and bool(_WORDS.search(line.text))
    is_part = kind in _PARTS and not _begins_two_texts(line, after[0], first, size)
    return closes or (is_part and (near or not is_aside)) or (alone and after[0].runs[0][0] < first)


def _begins_two_texts(line: TextLine, below: TextLine, x: float, size: float) -> bool:
    """Whether a line is a record's first one: 第２章の図が古い。 | 修正します。

    Behind 第１章, the words of a heading may happen to begin where a column does, but not in two.
    """
    starts = [start for start, _ in below.runs if start > x]
    behind = [start for start, _ in line.runs if start > x]
    level = sum(any(abs(a - b) < size / 2 for b in starts) for a in behind)
    return level > (_PART.fullmatch(line.words[0].text) is not None)


def _stands_between(line: TextLine, above: TextLine, below: TextLine) -> bool:
    """Whether a line reaches between the lines of a text beside it, as a label half way down does.

    A heading has a line of its own.
    """
    return any(
        abs(line.middle - own.middle) < _OWN_LINE * (line.bottom - line.top)
        for own in (above, below)
        if own is not line
    )


def is_one_text(line: TextLine, size: float) -> bool:
    """Whether no wide space parts a line, as that between two columns does."""
    return all(b[0] - a[1] <= MAX_SPACE * size for a, b in pairwise(line.runs))


def are_rows_ruled(lines: Sequence[TextLine], heights: Sequence[float]) -> bool:
    """Whether rulings part the records: more than the one that closes a table.

    Args:
        lines: Those below the header.
        heights: The y of the table's rulings, in points.
    """
    return bool(lines) and sum(lines[0].middle < y < lines[-1].bottom for y in heights) > 1


def fills_row_alone(
    line: TextLine, nearest: Sequence[TextLine], heights: Sequence[float], size: float
) -> bool:
    """Whether a line is one text, alone between two rulings; a count may stand at its right.

    Args:
        nearest: The lines right above and below it.
        heights: The y of the table's rulings, from top to bottom.
    """
    gaps = [after[0] - before[1] for before, after in pairwise(line.runs)]
    counts = len(line.words) > 1 and is_count(line.words[-1].text)
    if any(gap > MAX_SPACE * size for gap in (gaps[:-1] if counts else gaps)):
        return False
    row = bisect_right(heights, line.middle)
    return all(other is line or bisect_right(heights, other.middle) != row for other in nearest)


class HeadingRow(Struct, frozen=True):
    """A row over all columns, with a heading in it."""

    line: TextLine
    top: float
    """The y between it and the line above, in points."""
    bottom: float


def find_heading_rows(
    body: Sequence[TextLine], gutters: Sequence[Gutter], heights: Sequence[float], size: float
) -> Iterator[HeadingRow]:
    """Yield the rows of the headings among the lines of a table, from top to bottom."""
    if are_rows_ruled(body, heights):
        return
    for place, line in enumerate(body):
        if is_heading(body, place, gutters, size):
            above = body[place - 1].bottom if place else line.top
            below = body[place + 1].top
            yield HeadingRow(line, (above + line.top) / 2, (line.bottom + below) / 2)

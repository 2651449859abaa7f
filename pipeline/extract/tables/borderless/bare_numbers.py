"""Read the numbers of records: of a column without a header, of a row that goes on with the table.

Rows that are higher than their texts leave much white between records: a next one stands far below.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.extract.tables.borderless.gutters import MAX_OVERLAP, MIN_GUTTER, Gutter, HeaderWord
from pipeline.extract.tables.borderless.words import TextLine
from pipeline.vocabulary.folding import fold

# 1, 意見１, No.1, (1), 2-1, with what stands before the count.
_NUMBER = re.compile(r"(?P<before>.{0,5}?)(?P<count>\d{1,4})\D?")
_LEAST = 3  # numbers; judgement: two may follow each other by chance


def find_bare_numbers(
    header_words: Sequence[HeaderWord], below: Sequence[TextLine], farthest: float, size: float
) -> list[HeaderWord]:
    """Find where the numbers stand, as the word of a header would stand above them.

    Args:
        header_words: Those of the header, from left to right.
        below: The lines below it, from top to bottom.
        farthest: Points of white space between lines that end the table.

    Returns:
        One word or none: none where a line of the table begins in or beside the numbers, too,
        but for some that stand alone above a number, as headings do.
    """
    if not header_words:
        return []
    left = header_words[0].x0
    first = [line for line in _cut_far(below, farthest) if line.words]
    opening = [line for line in first if line.words[0].box.x1 < left and len(line.words) > 1]
    read = [_read_number(line) for line in opening]
    numbers = [number for number in read if number is not None]
    if len(numbers) < _LEAST or not all(_counts_on(*pair) for pair in pairwise(numbers)):
        return []
    boxes = [line.words[0].box for line, number in zip(opening, read, strict=True) if number]
    start, end = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    free = end + MIN_GUTTER * size
    beside = [line.words[number is not None] for line, number in zip(opening, read, strict=True)]
    # Numbers with nothing below that word stand in its own column: its header is centred.
    named = [word for word in beside if word.box.x0 < header_words[0].x1]
    others = [line for line in first if line not in opening and line.words[0].box.x0 < free]
    headings = [a for a, b in pairwise(first) if a in others and len(a.words) == 1 and b in opening]
    only_headings = len(others) == len(headings) and 2 * len(headings) <= len(numbers)
    clear = only_headings and all(word.box.x0 >= free for word in beside)
    is_bare = clear and free <= left and 2 * len(named) > len(beside)
    return [HeaderWord(start, end, boxes[0].top, upper=False)] if is_bare else []


def begins_next_record(
    below: Sequence[TextLine], above: Sequence[TextLine], farthest: float
) -> bool | None:
    """Whether lines begin with a record whose number is that behind the last one above them.

    The number stands in the first line, or, at half the height of its record, in a later one.
    None: no number tells, such as that of a place (Ⅳ-2 above P38, 第５条第２項 twice): places do
    not count on.

    Args:
        below: The lines, from top to bottom.
        above: Those of the table so far.
        farthest: Points of white space between lines that end a record.
    """
    counted = _find_numbers(above)
    numbers = [number for line in counted if (number := _read_number(line)) is not None]
    if not numbers or not all(_counts_on(*pair) for pair in pairwise(numbers)):
        return None
    last, number = counted[-1], numbers[-1]
    record = [line for line in _cut_far(below, farthest) if line.words]
    for line in record:
        own = _read_number(line)
        in_column = len(record) > 1 and line.words[0].overlaps(last.words[0])
        if own is not None and (in_column or (line is record[0] and len(line.words) > 1)):
            goes_back = own[0] == number[0] and own != number
            return _counts_on(number, own) or (False if goes_back else None)
    return None


def is_next_number(line: TextLine, above: Sequence[TextLine]) -> bool:
    """Whether a line is the number behind the last one above it, below it, and nothing else.

    The texts of such a record begin on the next page.
    """
    own = _read_number(line) if len(line.words) == 1 else None
    counted = (
        number
        for other in reversed(above)
        for words in (other.words, other.words[1:])  # a label may stand before the number
        if words
        and words[0].overlaps(line.words[0])
        and (number := _read_number(replace(other, words=words))) is not None
    )
    last = next(counted, None)
    return own is not None and last is not None and own == (last[0], last[1] + 1)


def _find_numbers(above: Sequence[TextLine]) -> list[TextLine]:
    """The lines that begin with the number of a record.

    Items of a list in a text have numbers, too, but farther to the right.
    """
    counted = [line for line in above if _read_number(line) is not None]
    side = min((line.words[0].box.x1 for line in counted), default=0.0)
    return [line for line in counted if line.words[0].box.x0 < side]


def _read_number(line: TextLine) -> tuple[str, int] | None:
    """What stands before the count at the beginning of a line, and the count."""
    match = _NUMBER.fullmatch(fold(line.words[0].text)) if line.words else None
    return (match["before"], int(match["count"])) if match else None


def _counts_on(number: tuple[str, int], following: tuple[str, int]) -> bool:
    """Whether a number is the next one, or the first one of the next chapter: 1-7, 2-1."""
    if following[0] == number[0]:
        return following[1] == number[1] + 1
    return following[1] == 1


def _cut_far(lines: Sequence[TextLine], farthest: float) -> Sequence[TextLine]:
    """The lines down to the first one that stands far below the line before it."""
    far = (
        place
        for place, (above, line) in enumerate(pairwise(lines), 1)
        if line.top - above.bottom > farthest
    )
    return lines[: next(far, len(lines))]


def begins_far_row(
    below: Sequence[TextLine],
    above: Sequence[TextLine],
    gutters: Sequence[Gutter],
    farthest: float,
    size: float,
) -> bool:
    """Whether lines far below a table begin with its next record.

    Its number tells, or else where its texts begin.

    Args:
        below: The lines, from top to bottom.
        above: Those of the table so far.
        gutters: Between its columns, from left to right.
        farthest: Points of white space between lines that end a record.
    """
    counts_on = begins_next_record(below, above, farthest)
    return _begins_at_columns(below[0], above, gutters, size) if counts_on is None else counts_on


def _begins_at_columns(
    line: TextLine, above: Sequence[TextLine], gutters: Sequence[Gutter], size: float
) -> bool:
    """Whether a line has texts in two columns at least, all of them where the columns begin.

    A column begins where texts above do, or where its gutter ends; a paragraph may be indented.
    """
    middles = [gutter.middle for gutter in gutters]
    own = _find_starts(line, middles)
    known = [_find_starts(other, middles) for other in above]
    known.append({column: gutter.widest[1] for column, gutter in enumerate(gutters, 1)})
    return len(own) > 1 and all(
        any(
            abs(x - indent - starts[column]) < 2 * MAX_OVERLAP * size
            for starts in known
            if column in starts
            for indent in (0.0, size)
        )
        for column, x in own.items()
    )


def _find_starts(line: TextLine, middles: Sequence[float]) -> dict[int, float]:
    """The x where a line begins in each column, in points."""
    starts: dict[int, float] = {}
    for word in line.words:
        starts.setdefault(bisect_right(middles, word.box.center[0]), word.box.x0)
    return starts

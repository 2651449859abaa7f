"""Read the numbers of records: of a column that has no header, of a row that goes on with it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.tables.borderless.gutters import MIN_GUTTER, HeaderWord
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
        size: The font size of the page's smaller text, in points.

    Returns:
        One word or none: none where a line of the table begins in or beside the numbers, too.
    """
    if not header_words:
        return []
    left = header_words[0].x0
    first = [line for line in _cut_far(below, farthest) if line.words]
    opening = [line for line in first if line.words[0].box.x1 < left and len(line.words) > 1]
    read = [_read_number(line) for line in opening]
    numbers = [(match["before"], int(match["count"])) for match in read if match]
    if len(numbers) < _LEAST or not all(_counts_on(*pair) for pair in pairwise(numbers)):
        return []
    boxes = [line.words[0].box for line, match in zip(opening, read, strict=True) if match]
    start, end = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    free = end + MIN_GUTTER * size
    beside = [line.words[match is not None] for line, match in zip(opening, read, strict=True)]
    # Numbers with nothing below that word stand in its own column: its header is centred.
    named = [word for word in beside if word.box.x0 < header_words[0].x1]
    others = [line.words[0] for line in first if line not in opening]
    clear = all(word.box.x0 >= free for word in (*beside, *others))
    is_bare = clear and free <= left and 2 * len(named) > len(beside)
    return [HeaderWord(start, end, upper=False)] if is_bare else []


def begins_next_record(line: TextLine, above: Sequence[TextLine]) -> bool:
    """Whether a line begins with the number behind the last one above it.

    Rows that are higher than their texts leave much white between records.
    """
    own = _read_number(line) if len(line.words) > 1 else None
    last = next((match for ln in reversed(above) if (match := _read_number(ln))), None)
    if own is None or last is None:
        return False
    return own["before"] == last["before"] and int(own["count"]) == int(last["count"]) + 1


def _read_number(line: TextLine) -> re.Match[str] | None:
    """The number that is a line's first word."""
    return _NUMBER.fullmatch(fold(line.words[0].text))


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

"""Weigh the room that one text of a row leaves beside another one, which reaches a page's end."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from statistics import median

from pipeline.model import FieldPart, TableRow

# Log-odds (natural logarithm) that one record goes on, by the lines left free beside it: many, some
# (programs keep a line or two together with those on the next page), or none beside a second text.
# measured: at 76 cut rows and 113 whole ones of made annexes; half of what none told, as texts may
# be alike.
_MANY_FREE, _SOME_FREE, _NONE_FREE = -3.5, -0.7, 1.0
# Line pitches; judgement: more than two lines, and a line where two sizes of type stand together.
_MANY, _SOME = 2.5, 0.75
_HIGH = 3  # lines; judgement: lower texts often have one height
ALIKE = 6  # characters of two texts; judgement: so many are not equal by chance


def weigh_room_beside(above: TableRow, below: TableRow, labels: Collection[int]) -> float:
    """Weigh the room below each text that would go on: a text has no reason to stop before.

    Args:
        above: The last row before a page's end.
        below: The first row after it.
        labels: The columns that name their group, or who said it.
    """
    lowest = [field.parts[-1] for field in above.fields if field.parts and field.parts[-1].lines]
    page = max((part.page for part in lowest), default=0)
    filled = [part for part in lowest if part.page == page]
    parts = [part for part in _find_going_on(above, below, labels) if part.page == page]
    if not parts:
        return 0.0
    foot = max(part.lines[-1].bottom for part in filled)
    room = (foot - min(part.lines[-1].bottom for part in parts)) / find_pitch(filled)
    if room > _SOME:
        return _MANY_FREE if room > _MANY else _SOME_FREE
    high = [part for part in parts if len(part.lines) >= _HIGH]
    return _NONE_FREE if len(high) > 1 else 0.0


def _find_going_on(
    above: TableRow, below: TableRow, labels: Collection[int]
) -> Iterator[FieldPart]:
    """Find what stands before the page's end of each text that would go on behind it.

    Of texts that are alike one tells all: an original and its revision have one height.
    """
    seen: set[str] = set()
    for column, (upper, lower) in enumerate(zip(above.fields, below.fields, strict=True)):
        if column in labels or not (upper.parts and upper.parts[-1].lines and lower.lines):
            continue
        last = upper.parts[-1].lines[-1].text[-ALIKE:]
        if last not in seen and _stands_at_top(upper.parts[-1]):
            yield upper.parts[-1]
        seen.add(last)


def find_pitch(parts: Sequence[FieldPart]) -> float:
    """From line to line of some texts, in points; the height of a line, where each is one."""
    steps = [b.bottom - a.bottom for part in parts for a, b in pairwise(part.lines)]
    heights = [line.bottom - line.top for part in parts for line in part.lines]
    return median([step for step in steps if step > 0] or heights or [1.0])


def _stands_at_top(part: FieldPart) -> bool:
    """Whether a text is not in the middle of its cell: then it leaves room above, too."""
    first = part.lines[0]
    return first.top - part.box.top < first.size

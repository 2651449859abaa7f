"""Cells merged over several records: one label or one answer for all of them, over pages too."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.model import Field, Part, Row
from pipeline.segment.continuation import is_cut
from pipeline.segment.rows import field_text


@dataclass(frozen=True, slots=True)
class Spread:
    """A merged cell that goes on over a page's end."""

    column: int
    whole: Field
    """All of it, on both pages."""
    above: range
    """The records before the page's end that share it."""
    below: range
    """The rows after it that do."""

    def over(self, row: Row) -> Row:
        """A record with the whole cell."""
        fields = list(row.fields)
        fields[self.column] = self.whole
        return replace(row, fields=tuple(fields))


def find_spreads(
    above: Sequence[Row], piece: Sequence[Row], joined: bool, texts: Container[int]
) -> Iterator[Spread]:
    """Find the merged cells that go on over a page's end.

    Args:
        above: The records before the page's end.
        piece: The rows after it.
        joined: Whether the first of them goes on with the last of those.
        texts: The columns of running text: another's cell goes on only where it is empty.
    """
    for column, (upper, lower) in enumerate(zip(above[-1].fields, piece[0].fields, strict=True)):
        if not upper.lines or not lower.parts:
            continue
        before = _sharing([row.fields[column] for row in reversed(above)], -1)
        behind = _sharing([row.fields[column] for row in piece], 0)
        if before == behind == 1 and (joined or not _has_merged(above, column)):
            continue
        if field_text(upper) == field_text(lower):  # a label that both pages print
            continue
        if joined or not lower.lines or (column in texts and is_cut(upper)):
            whole = Field(upper.parts + lower.parts)
            yield Spread(column, whole, range(len(above) - before, len(above)), range(behind))


def _sharing(fields: Sequence[Field], end: int) -> int:
    """How many fields, from the first on, have their outermost part in the first one's cell."""
    cell = fields[0].parts[end]
    count = 0
    for field in fields:
        if not field.parts or not _is_same(field.parts[end], cell):
            break
        count += 1
    return count


def _has_merged(rows: Sequence[Row], column: int) -> bool:
    """Whether two records of the table share a cell of the column."""
    parts = [row.fields[column].parts for row in rows]
    return any(a and b and _is_same(a[-1], b[0]) for a, b in pairwise(parts))


def _is_same(one: Part, other: Part) -> bool:
    return one.page == other.page and one.box == other.box

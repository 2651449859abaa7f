"""Cells merged over several records: one label or one answer for all of them, over pages too."""

from collections.abc import Container, Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from pipeline.model import Field, FieldPart, TableRow
from pipeline.segment.page_break import is_cut
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

    def over(self, row: TableRow) -> TableRow:
        """A record with the whole cell."""
        fields = list(row.fields)
        fields[self.column] = self.whole
        return replace(row, fields=tuple(fields))


def find_spreads(
    above: Sequence[TableRow],
    piece: Sequence[TableRow],
    joined: bool,
    texts: Container[int],
    unshared: MutableMapping[int, int],
) -> Iterator[Spread]:
    """Find the merged cells that go on over a page's end.

    Args:
        above: The records before the page's end.
        piece: The rows after it.
        joined: Whether the first of them goes on with the last of those.
        texts: The columns of running text: another's cell goes on only where it is empty.
        unshared: Column → how many records from the table's first on are known to share no cell
            with the next; kept here from page to page, else each would look at all records.
    """
    for column, (upper, lower) in enumerate(zip(above[-1].fields, piece[0].fields, strict=True)):
        if not upper.lines or not lower.parts:
            continue
        if not (joined or not lower.lines or (column in texts and is_cut(upper))):
            continue
        if field_text(upper) == field_text(lower):  # a label that both pages print
            continue
        before = _sharing((row.fields[column] for row in reversed(above)), upper.parts[-1], -1)
        behind = _sharing((row.fields[column] for row in piece), lower.parts[0], 0)
        if before == behind == 1 and (joined or not _has_merged(above, column, unshared)):
            continue
        whole = Field(upper.parts + lower.parts)
        yield Spread(column, whole, range(len(above) - before, len(above)), range(behind))


def _sharing(fields: Iterable[Field], cell: FieldPart, end: int) -> int:
    """How many fields, from the first on, have their outermost part in one cell."""
    held = takewhile(lambda field: field.parts and _is_same(field.parts[end], cell), fields)
    return sum(1 for _ in held)


def _has_merged(rows: Sequence[TableRow], column: int, unshared: MutableMapping[int, int]) -> bool:
    """Whether two records of the table share a cell of the column."""
    for index in range(unshared.get(column, 0), len(rows) - 1):
        one, other = (row.fields[column].parts for row in rows[index : index + 2])
        if one and other and _is_same(one[-1], other[0]):
            return True
        # What joins records over pages later lets no two of them share a cell that did not.
        unshared[column] = index + 1
    return False


def _is_same(one: FieldPart, other: FieldPart) -> bool:
    return one.page == other.page and one.box == other.box

"""Find cells merged over several records (one label or answer for all) that a page's end cuts."""

from collections.abc import Container, Iterable, Iterator, MutableMapping, Sequence
from itertools import pairwise, takewhile

from msgspec import Struct

from pipeline.model import Field, FieldPart, TableRow
from pipeline.segment.rows.cut_texts import begins_next_item, is_cut_off
from pipeline.segment.rows.page_break import MUCH_ROOM, RECENT
from pipeline.segment.rows.shared_cells import is_same_cell, share_cell
from pipeline.vocabulary.line_marks import ends_sentence

# Probability that a cell goes on that no ruling closes at a page's end, where one closes those
# beside it. judgement: a ruling may be drawn in pieces, or a scan may have lost one.
_OPEN_ABOVE_EMPTY = 0.98
_OPEN_ABOVE_TEXT = 0.9  # probability; judgement: an answer may begin there, too
# Probability that stacked letters go on which leave no room for another one. judgement: by chance
# one cell in five is as high as its label.
_STACKED = 0.8
# Probability that a text goes on with the list inside it. judgement: one article may begin with the
# item that follows the last one of another.
_LISTED = 0.9


class CutCell(Struct, frozen=True):
    """A merged cell that goes on over a page's end."""

    column: int
    whole: Field
    """The field on both pages."""
    above: range
    """The indexes of the records before the page's end that share it."""
    below: range
    """The indexes of the rows after the page's end that share it."""
    certainty: float = 1.0
    """The probability that it does, 0-1."""

    def write_to(self, row: TableRow) -> TableRow:
        """The record with the whole cell."""
        return row.with_field(self.column, self.whole).doubted(self.certainty)


class PageCut(Struct, frozen=True):
    """A table at a page's end."""

    above: Sequence[TableRow]
    """The records before the page's end."""
    piece: Sequence[TableRow]
    """The rows after it."""
    joined: bool
    """Whether the first row after the page's end continues the last record before it."""
    texts: Container[int]
    """The columns of running text. A cell of another column goes on only where the cell below is
    empty."""
    number: int | None
    """The column that numbers the records, if there is one."""
    category: int | None
    """The column that names groups of records, if there is one."""
    unshared: MutableMapping[int, int]
    """Column → how many records from the table's first on are known to share no cell with the next.
    `find_cells` updates it: without this memory each page would look at all records again."""
    shares: bool
    """The first row after the page's end is another record, and has the number of the last one."""

    def find_cells(self) -> Iterator[CutCell]:
        """Find the merged cells that go on over the page's end."""
        fields = zip(self.above[-1].fields, self.piece[0].fields, strict=True)
        # Another number behind an open cell of numbers: the rulings that close others (those of a
        # small table in a cell) tell nothing.
        tells = not (self._is_number_open() and self._has_other_number())
        for column, (upper, lower) in enumerate(fields):
            if not upper.parts or not lower.parts:
                continue
            is_open = tells and upper.parts[-1].open_bottom and not self.joined
            if not upper.lines:
                # The text of an open cell is centred, and printed behind the page's end.
                if lower.lines and is_open:
                    yield from self._follow_cell(column, is_open, 1.0)
                elif lower.lines and column not in self.texts:
                    yield from self._find_late_label(column)
                continue
            if upper.text == lower.text:  # both pages print the label
                continue
            is_cut = is_cut_off(upper) and not _leaves_room(upper)
            runs_on = column in self.texts and is_cut
            # Labels are centred too. A number is not, that only its own row's height tells.
            runs_on = runs_on or (column != self.number and _stand_at_cut(upper, lower))
            stacked = column == self.category and not self.joined and _fill_stack(upper, lower)
            goes_below = not lower.lines and not self._is_closed(column)
            if self.joined or goes_below or runs_on or is_open or stacked:
                yield from self._follow_cell(column, is_open, _STACKED if stacked else 1.0)
            elif column in self.texts and _goes_on_with_list(upper, lower):
                yield from self._follow_cell(column, is_open, _LISTED)
            elif self.shares and column in self.texts and (alike := self._count_alike(column)):
                yield from self._follow_cell(column, is_open, 1 - 1 / (alike + 2))

    def _follow_cell(self, column: int, is_open: bool, certainty: float) -> Iterator[CutCell]:
        """Follow a cell that may go on to the records that share it.

        Args:
            is_open: No ruling closes it at the page's end, where one closes those beside it.
            certainty: The probability that it goes on if several records share it, 0-1.
        """
        upper, lower = self.above[-1].fields[column], self.piece[0].fields[column]
        before, behind = self._count_sides(column)
        of_number = lower.lines and not (self.joined or is_open)
        if of_number and self._is_of_number(column):
            return
        shares = self.shares and (is_open or not self._is_number_open())
        merged = shares or self._has_merged(column) or share_cell(self.piece, column)
        whole = Field(upper.parts + lower.parts)
        shared = range(len(self.above) - before, len(self.above))
        if before > 1 or behind > 1 or (merged and not self.joined):
            yield CutCell(column, whole, shared, range(behind), certainty)
        elif is_open:
            certainty = _OPEN_ABOVE_TEXT if lower.lines else _OPEN_ABOVE_EMPTY
            yield CutCell(column, whole, shared, range(behind), certainty)
        elif column == self.category and not self.joined:
            # Where only the first record of a page has no group, the page before has named it.
            recent = self.above[-RECENT:]
            if all(row.fields[column].lines for row in (*recent, *self.piece[1:])):
                yield CutCell(column, whole, range(0), range(behind), 1 - 1 / (len(recent) + 2))

    def _find_late_label(self, column: int) -> Iterator[CutCell]:
        """Find the empty cell at the page's end whose label is centred, and printed behind it."""
        last, lower = self.above[-1].fields[column], self.piece[0].fields[column]
        if not (self._has_merged(column) or share_cell(self.piece, column)):
            return
        fields = (row.fields[column] for row in reversed(self.above))
        count = _count_sharing(fields, last.parts[-1], -1)
        recent = self.above[-count - RECENT : -count]
        if recent and all(row.fields[column].lines for row in recent):
            shared = range(len(self.above) - count, len(self.above))
            whole = Field(last.parts + lower.parts)
            yield CutCell(column, whole, shared, range(0), 1 - 1 / (len(recent) + 2))

    def _is_closed(self, column: int) -> bool:
        """Whether a ruling closes a cell at the page's end, where one that went on had none."""
        parts = [part for row in self.above[-RECENT:] for part in row.fields[column].parts]
        return not parts[-1].open_bottom and any(part.open_bottom for part in parts)

    def _is_number_open(self) -> bool:
        """Whether no ruling closes the number's cell, so that one which a ruling closes ends."""
        parts = self.above[-1].fields[self.number].parts if self.number is not None else ()
        return bool(parts) and parts[-1].open_bottom

    def _has_other_number(self) -> bool:
        """Whether the numbers on both sides of the page's end differ."""
        if self.number is None:
            return False
        above, below = (row.fields[self.number] for row in (self.above[-1], self.piece[0]))
        return bool(above.lines and below.lines) and above.text != below.text

    def _is_of_number(self, column: int) -> bool:
        """Whether a cell, or each merged one of its column, is merged over records of one number.

        Then it ends where the next page prints another number.
        """
        number = self.number
        if number is None or not self.piece[0].fields[number].lines:
            return False
        if not self.above[-1].fields[number].lines:  # its number is printed below
            return False
        own, of_number = self._count_sides(column), self._count_sides(number)
        if any(a == b > 1 for a, b in zip(own, of_number, strict=True)):
            return True
        pairs = (*pairwise(self.above[-RECENT:]), *pairwise(self.piece))
        merged = [pair for pair in pairs if share_cell(pair, column)]
        return bool(merged) and all(share_cell(pair, number) for pair in merged)

    def _count_alike(self, column: int) -> int:
        """Count the neighbours that share their number and a column's cell; 0 if some share one."""
        assert self.number is not None  # by `shares`
        pairs = (*pairwise(self.above[-RECENT:]), *pairwise(self.piece))
        alike = [share_cell(pair, column) for pair in pairs if share_cell(pair, self.number)]
        return len(alike) if all(alike) else 0

    def _count_sides(self, column: int) -> tuple[int, int]:
        """Count the records that share a column's cells at the page's end, above and below it."""
        upper, lower = self.above[-1].fields[column], self.piece[0].fields[column]
        return (
            _count_sharing(
                (row.fields[column] for row in reversed(self.above)), upper.parts[-1], -1
            ),
            _count_sharing((row.fields[column] for row in self.piece), lower.parts[0], 0),
        )

    def _has_merged(self, column: int) -> bool:
        """Whether two records of the table share a cell of the column."""
        for index in range(self.unshared.get(column, 0), len(self.above) - 1):
            if share_cell(self.above[index : index + 2], column):
                return True
            # Joining records over later pages never makes two of these share a cell.
            self.unshared[column] = index + 1
        return False


def _leaves_room(field: Field) -> bool:
    """Whether a cell has room for lines below its text. In a narrow column each line is full.

    The text may have ended on the page before: then all of the last cell is room.
    """
    part = field.parts[-1]
    if not part.lines:
        return True
    last = part.lines[-1]
    return part.box.bottom - last.bottom > (MUCH_ROOM + 1) * last.size


def _goes_on_with_list(upper: Field, lower: Field) -> bool:
    """Whether the list inside a text goes on behind a page that it fills: ⑴ … / ⑵ …

    Without a sentence above it the list may be one of headings: ２　個別的事項 / (1)　大気環境.
    """
    tells = any(ends_sentence(line.text) for line in upper.lines)
    return tells and not _leaves_room(upper) and begins_next_item(upper, lower)


def _stand_at_cut(upper: Field, lower: Field) -> bool:
    """Whether a page's end cuts a centred text: it stands at that end of both parts of its cell."""
    above, below = upper.parts[-1], lower.parts[0]
    if not above.lines or not below.lines:
        return False
    return _drop(above) > above.lines[-1].size and -_drop(below) > below.lines[0].size


def _fill_stack(upper: Field, lower: Field) -> bool:
    """Whether letters below each other, one a line, have no room for another one on the page."""
    part, letters = upper.parts[-1], [*upper.parts[-1].lines, *lower.lines]
    if not part.lines or not lower.lines or any(len(line.text) > 1 for line in letters):
        return False
    return len(part.lines) > 1 and part.room < part.lines[0].size


def _drop(part: FieldPart) -> float:
    """How much more room a cell has above its text than below it, in points."""
    over, under = part.lines[0].top - part.box.top, part.box.bottom - part.lines[-1].bottom
    return over - under


def _count_sharing(fields: Iterable[Field], cell: FieldPart, end: int) -> int:
    """Count the fields, from the first on, whose outermost part is in a cell.

    Args:
        fields: From the page's end outwards.
        end: Index of the outermost part: -1 above the page's end, 0 below it.
    """
    held = takewhile(lambda field: field.parts and is_same_cell(field.parts[end], cell), fields)
    return sum(1 for _ in held)

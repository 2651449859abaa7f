"""Find how far a table reaches below its header, and its columns."""

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.extract.tables.borderless.bare_numbers import begins_far_row, find_bare_numbers
from pipeline.extract.tables.borderless.gutter_edges import place_edges
from pipeline.extract.tables.borderless.gutters import (
    Gutter,
    HeaderWord,
    choose_pieces,
    drop_empty_spans,
    is_open,
    is_tabular,
    leaves_open,
    merge_header_words,
    read_header_words,
)
from pipeline.extract.tables.borderless.header_candidates import find_row_heights
from pipeline.extract.tables.borderless.headings_between import (
    MAX_SPACE,
    are_rows_ruled,
    fills_row_alone,
    is_heading,
)
from pipeline.extract.tables.borderless.notes_below import drop_notes, is_closed_row, is_marked_note
from pipeline.extract.tables.borderless.regions import Columns, HeaderCandidate, Region
from pipeline.extract.tables.borderless.words import TextLine, Word
from pipeline.extract.tables.rulings import Segment

MAX_LINE_DISTANCE = 4.0  # em; judgement: a line farther below the last one is not of the table
_LEAST_FILLED = 3  # columns; judgement: two texts side by side stand below any two words
_CALIBRATION_LINES = 3  # judgement: so many lines show whether 回　答 is one header or two


def find_table_below(
    header: HeaderCandidate, below: Sequence[TextLine], levels: Sequence[Segment], size: float
) -> Region | None:
    """Follow a table down from its header as long as lines leave its gutters free.

    Args:
        below: The lines below the header, from top to bottom.
    """
    named = read_header_words(_drop_ruled_spans(header, levels, size))
    numbers = find_bare_numbers(named, below, MAX_LINE_DISTANCE * size, size)
    heights = find_row_heights(levels, header, size)
    table = _follow_down([*numbers, *named], header, below, heights, size)
    columns = drop_empty_spans(table.header_words, table.body)
    if len(columns) < len(table.header_words):
        table = _follow_down(columns, header, below, heights, size)
    closed = is_closed_row(table.body, heights, size)
    body = table.body[: None if closed else table.fitting]
    gutters = choose_pieces(table.gutters, body, size)
    return _finish_region(header, gutters, body, levels, size) if gutters and body else None


def _follow_down(
    named: Sequence[HeaderWord],
    header: HeaderCandidate,
    below: Sequence[TextLine],
    heights: Sequence[float],
    size: float,
) -> "_OpenTable":
    """Add the lines below a header to its table, until one shows that it has ended."""
    farthest = MAX_LINE_DISTANCE * size
    table = _OpenTable(header.bottom, *merge_header_words(named, (), size), size)
    ruled = are_rows_ruled(below, heights)
    for place, line in enumerate(below):
        inside = bool(heights) and line.middle < heights[-1]
        far = not inside and line.top - table.bottom > farthest
        if far and not (
            _fills_columns(line, table)
            or begins_far_row(below[place:], table.body, table.gutters, farthest, size)
        ):
            break
        if not inside and is_marked_note(line, table.body, size):
            break  # what follows closes gutters
        # A heading of the records below it may reach over their gutters.
        known = _find_known_gutters(table, below, place)
        alone = inside and fills_row_alone(
            line, below[max(0, place - 1) : place + 2], heights, size
        )
        if alone or (not ruled and is_heading(below, place, known, size)):
            table.add_heading(line)
        elif not table.add(line, inside or table.goes_on(line, below[place + 1 : place + 2])):
            break
    return table


class _OpenTable(Struct):
    """A table whose end is not found yet."""

    header_bottom: float
    header_words: list[HeaderWord]
    gutters: list[Gutter]
    """What its lines leave free."""
    size: float
    """The font size, in points."""
    body: list[TextLine] = field(default_factory=list)
    """The lines below the header that may be in it."""
    fitting: int = 0
    """How many of them are: the table ends with a line that leaves its gutters free."""
    crossing: int = 0
    """How many of them closed gutters."""
    headings: list[TextLine] = field(default_factory=list)
    """Those of them that tell nothing of the columns."""

    @property
    def bottom(self) -> float:
        """The y of its end so far."""
        return max([self.header_bottom, *(line.bottom for line in self.body)])

    def add_heading(self, line: TextLine) -> None:
        """Add a line that may reach over the gutters."""
        self.body.append(line)
        self.headings.append(line)

    def goes_on(self, line: TextLine, after: Sequence[TextLine]) -> bool:
        """Whether a record's line runs over the side of a column, and the next one does not.

        Such a line has texts on both sides of another gutter.
        """
        clear = [own for own in self.gutters if is_open(own.without(line, self.size), self.size)]
        known = self.fitting >= _CALIBRATION_LINES and is_tabular(line, clear)
        return known and any(
            is_tabular(own, self.gutters) and leaves_open(own, self.gutters, self.size)
            for own in after
            if own.top - line.bottom < MAX_SPACE * self.size
        )

    def add(self, line: TextLine, inside: bool) -> bool:
        """Add a line, unless it shows that the table has ended.

        Args:
            inside: It stands above the table's last ruling, or the table goes on below it.
        """
        left = [gutter.without(line, self.size) for gutter in self.gutters]
        if not all(is_open(gutter, self.size) for gutter in left):
            telling = [own for own in (*self.body, line) if own not in self.headings]
            fewer, clear = merge_header_words(self.header_words, telling, self.size)
            kept = {word for word in self.header_words if not word.upper} <= set(fewer)
            read = len(self.body)
            if _may_give_up_gutters(line, len(self.gutters), clear, kept, read, self.crossing):
                self.header_words, left = fewer, clear
            elif inside:
                self.body.append(line)  # it spans columns: a total, a group's name
                self.crossing += 1
                return True
            else:
                return False
        self.gutters = left
        self.body.append(line)
        self.fitting = len(self.body)
        return True


def _find_known_gutters(table: _OpenTable, below: Sequence[TextLine], place: int) -> list[Gutter]:
    """The gutters beside a line; the first record tells which word of the header spans columns.

    Between a heading and that record, another heading may stand.
    """
    if len(table.body) > len(table.headings):
        return table.gutters

    def read(at: int) -> list[Gutter]:
        line = below[at : at + 1]
        return merge_header_words(table.header_words, line, table.size)[1] or table.gutters

    if place + 2 < len(below) and is_heading(below, place + 1, far := read(place + 2), table.size):
        return far
    return read(place + 1)


def _fills_columns(line: TextLine, table: _OpenTable) -> bool:
    """Whether a line far below a header is its first record: it has a text in each column."""
    columns = line.find_columns([gutter.middle for gutter in table.gutters])
    return not table.body and _LEAST_FILLED <= len(columns) == len(table.gutters) + 1


def _may_give_up_gutters(
    line: TextLine, gutters: int, clear: Sequence[Gutter], kept: bool, read: int, crossing: int
) -> bool:
    """Whether a line below the header shows that fewer gutters part the table.

    Args:
        line: It closes some of the gutters.
        gutters: How many there were.
        clear: Those left.
        kept: All header words survive but those that span others.
        read: The lines of the table above this one.
        crossing: Those of them that closed gutters too. The lines of two columns may stand at
            different heights: then none has text on both sides of a gutter.
    """
    few = (gutters - len(clear)) * 2 <= gutters
    tabular = is_tabular(line, clear)
    early = read < _CALIBRATION_LINES and (few or tabular)
    return bool(clear) and (early or (kept and (tabular or crossing >= _CALIBRATION_LINES)))


def _finish_region(
    header: HeaderCandidate,
    gutters: Sequence[Gutter],
    body: Sequence[TextLine],
    levels: Sequence[Segment],
    size: float,
) -> Region | None:
    edges = place_edges(gutters, header, body, levels, size)
    heights = find_row_heights(levels, header, size)
    body = drop_notes(body, edges, heights, size)
    if not body:
        return None
    return build_region(header, Columns(edges, tuple(gutters)), body, heights, size)


def build_region(
    header: HeaderCandidate,
    columns: Columns,
    body: Sequence[TextLine],
    heights: Sequence[float],
    size: float,
) -> Region:
    """Build the region of a table; of the heights it takes those above its end."""
    kept = [y for y in heights if y <= body[-1].bottom + size]
    drawn = header.top if not kept or kept[0] > header.lines[0].top else kept.pop(0)
    if not kept or kept[0] > body[0].middle:
        kept.insert(0, header.bottom)
    return Region(columns, (drawn, *kept), header.lines, tuple(body))


def _drop_ruled_spans(
    header: HeaderCandidate, levels: Sequence[Segment], size: float
) -> tuple[TextLine, ...]:
    """Drop the words of a header that a ruling separates from other words below them.

    Where such rulings are drawn, no other word spans several columns. A word in the middle of a
    header of two rows would look as if it did if the page leaves its column empty.
    """
    middles = [line.middle for line in header.lines]
    inner = [
        level
        for level in levels
        if min(middles) < level.position < max(middles)
        and not (header.extent and level.spans(header.extent, size))
    ]

    def spans(word: Word) -> bool:
        x, y = word.box.center
        return any(y < level.position and level.start < x < level.end for level in inner)

    rest = [[word for word in line.words if not spans(word)] for line in header.lines]
    return tuple(
        replace(line, words=tuple(words))
        for line, words in zip(header.lines, rest, strict=True)
        if words
    )

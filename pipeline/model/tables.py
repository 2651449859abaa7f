"""What the tables mean: columns with roles, fields of physical lines. The result of segment."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.enums import Doubt, Role
from pipeline.model.geometry import Box
from pipeline.model.headers import AnnexHeader, PageHeader
from pipeline.model.pages import Line
from pipeline.model.text import remove_white_space


class Column(Struct, frozen=True):
    """A column of a table and its meaning."""

    header: str
    """As printed, without white space; "" if the header cell is empty or missing."""
    role: Role | None
    """None: its text is kept in `extra`."""


def name_columns(columns: Sequence[Column]) -> list[str]:
    """Each column's field: its role, or its header; a number keeps equal names apart."""
    names: list[str] = []
    for column in columns:
        name, again = column.role or column.header, 2
        while name in names:
            name, again = f"{column.header}_{again}", again + 1
        names.append(name)
    return names


class FieldPart(Struct, frozen=True, gc=False):
    """The part of a field that stands in one cell."""

    page: int
    box: Box
    lines: tuple[Line, ...]
    place: int = 0
    """Where its column stands: 0 as on the table's first piece; other numbers where a piece has the
    columns moved or on other paper."""
    columns: int = 1
    """How many of the table's columns its cell is merged over."""
    pictured: bool = False
    """A picture or a drawn sign stands in its cell, which was not read."""
    open_bottom: bool = False
    """No ruling closes its cell, where one closes others beside it."""
    doubts: tuple[Doubt, ...] = ()

    @property
    def room(self) -> float:
        """What its lines, one at least, leave free above and below together, in points."""
        return self.box.height - (self.lines[-1].bottom - self.lines[0].top)

    @property
    def is_tight(self) -> bool:
        """Whether its cell has no room for another line at the distance of its lines."""
        pitches = [below.top - above.top for above, below in pairwise(self.lines)]
        return self.room < (median(pitches) if pitches else self.lines[0].box.height)


class Field(Struct, frozen=True, gc=False):
    """A record's content in one column; parts are in reading order over cells and pages."""

    parts: tuple[FieldPart, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The physical lines of all parts."""
        if len(self.parts) == 1:
            return self.parts[0].lines
        return tuple(line for part in self.parts for line in part.lines)

    @property
    def text(self) -> str:
        """The joined lines, without any white space."""
        return remove_white_space("".join([line.text for line in self.lines]))

    @property
    def pictured(self) -> bool:
        """Whether one of its cells holds a picture or a drawn sign."""
        return any(part.pictured for part in self.parts)

    @property
    def is_recognised(self) -> bool:
        """Whether some of its text was recognised on a picture."""
        return any(line.confidences for line in self.lines)


class TableRow(Struct, frozen=True, gc=False):
    """One record as it stands on the pages; `fields` are in the order of the table's columns."""

    fields: tuple[Field, ...]
    confidence: float = 1.0
    """Probability that these parts are one record, 0-1."""
    section: tuple[str, ...] = ()
    """The heading rows that stand over it, outermost first."""

    @property
    def pages(self) -> tuple[int, int]:
        """The first and the last page, counted from 1.

        Most fields decide: a label that is merged over several records stands on their pages too.
        """
        numbers = [[part.page for part in field.parts] for field in self.fields if field.parts]
        if len(once := {page for pages in numbers for page in pages}) == 1:  # as of most records
            return min(once), max(once)
        first = Counter(min(pages) for pages in numbers)
        last = Counter(max(pages) for pages in numbers)
        start, end = first.most_common(1)[0][0], max(last, key=lambda page: (last[page], page))
        # The other half of a sheet too wide for its paper is printed on pages of its own.
        beyond = [max(pages) for pages in numbers if min(pages) > end]
        return min([start, *(max(p) for p in numbers if max(p) < start)]), max([end, *beyond])

    @property
    def filled(self) -> list[int]:
        """The columns with text, from left to right."""
        return [column for column, field in enumerate(self.fields) if field.lines]

    @property
    def lines(self) -> list[Line]:
        """The physical lines of all fields."""
        return [line for field in self.fields for line in field.lines]

    def with_field(self, column: int, field: Field) -> "TableRow":
        """The row with another field in a column."""
        return replace(self, fields=(*self.fields[:column], field, *self.fields[column + 1 :]))

    def with_parts(self, change: Callable[[FieldPart], FieldPart]) -> "TableRow":
        """The row with each part of its fields changed."""
        fields = (Field(tuple(map(change, own.parts))) for own in self.fields)
        return replace(self, fields=tuple(fields))

    def doubted(self, factor: float) -> "TableRow":
        """The row with its confidence multiplied by a factor, 0-1."""
        return replace(self, confidence=self.confidence * factor)


class Table(Struct, frozen=True):
    """A comment table, joined over pages."""

    title: str | None
    caption: str | None
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]

    @property
    def places(self) -> dict[Role, int]:
        """Role → the index of its column."""
        return {column.role: index for index, column in enumerate(self.columns) if column.role}


class SegmentedPage(Struct, frozen=True):
    """What is in no record on a page, and the counts with which its account starts."""

    header: PageHeader
    tables: int
    """Number of pieces of comment tables on it."""
    header_lines: tuple[Line, ...]
    furniture_lines: tuple[Line, ...]


class Segmented(Struct, frozen=True):
    """The result of segment for one annex; without tables and pages if it failed."""

    header: AnnexHeader
    pages: tuple[SegmentedPage, ...] = ()
    tables: tuple[Table, ...] = ()

"""What the tables mean: columns with roles, fields of physical lines. What segment writes."""

from collections import Counter
from dataclasses import dataclass

from pipeline.model.pages import Box, Issue, Line, Warp

ROLES = (
    "number",
    "category",
    "original_text",
    "comment",
    "submitter",
    "revision",
    "response",
    "disposition",
)
"""The meanings a column can have, in the order of the record's columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table and what it means."""

    header: str
    """As printed, white space removed; "" where the header cell is empty or missing."""
    role: str | None
    """One of ROLES; None: kept in `extra`."""


@dataclass(frozen=True, slots=True)
class Part:
    """The piece of a field that stands in one cell."""

    page: int
    box: Box
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One column's share of a record, its parts in reading order over cells and pages."""

    parts: tuple[Part, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The physical lines of all parts."""
        return tuple(line for part in self.parts for line in part.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """One record as it stands on the pages; `fields` in the order of the table's columns."""

    fields: tuple[Field, ...]
    confidence: float = 1.0
    """How sure it is that these parts are one record, 0-1."""

    @property
    def pages(self) -> tuple[int, int]:
        """The first and the last page, counted from 1.

        Those of most fields: a label merged over several records stands on their pages too.
        """
        numbers = [[part.page for part in field.parts] for field in self.fields if field.parts]
        first = Counter(min(pages) for pages in numbers)
        last = Counter(max(pages) for pages in numbers)
        return first.most_common(1)[0][0], max(last, key=lambda page: (last[page], page))


@dataclass(frozen=True, slots=True)
class Table:
    """A comment table, joined over pages."""

    title: str | None
    caption: str | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What of a page is not in a record, and the counts that the account starts from."""

    number: int
    width: float
    height: float
    source: str
    tables: int
    glyphs: int
    hidden: int
    header_lines: tuple[Line, ...]
    furniture_lines: tuple[Line, ...]
    turn: int = 0
    """How far places are turned from the displayed page (see `Page.turn`)."""
    unread_ink: float | None = None
    """As in `Page`."""
    warp: Warp | None = None
    """As in `Page`."""

    def displayed(self, box: Box) -> Box:
        """The box on the page as displayed, of one on the page turned upright and straightened.

        Of a cell that is drawn over the edge of the page it is what a reader sees.
        """
        scanned = self.warp.around(box) if self.warp else box
        return scanned.turned_back(self.turn, self.width, self.height).cut_to(
            self.width, self.height
        )


@dataclass(frozen=True, slots=True)
class Segmented:
    """What segment writes for one annex."""

    annex: str
    source_sha256: str
    pages: tuple[PageFrame, ...] = ()
    tables: tuple[Table, ...] = ()
    issues: tuple[Issue, ...] = ()
    parameters_sha256: str = ""
    """As in `Extracted`."""

"""What the stages hand to each other: frozen dataclasses, nothing else.

Lengths are PDF points (1/72 inch). Places are measured from the top left corner of the page as
it is displayed (after /Rotate, inside the crop box), y growing downwards. Pages, tables, rows
count from 1; grid rows and columns from 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

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
class Box:
    """A rectangle on a page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Horizontal extent in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent in points."""
        return self.bottom - self.top

    @property
    def center(self) -> tuple[float, float]:
        """The middle, (x, y)."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def contains(self, other: "Box") -> bool:
        """Whether the middle of `other` lies inside."""
        x, y = other.center
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    @staticmethod
    def around(boxes: "Iterable[Box]") -> "Box":
        """The smallest box that holds all of `boxes` (at least one)."""
        x0s, tops, x1s, bottoms = zip(*((b.x0, b.top, b.x1, b.bottom) for b in boxes), strict=True)
        return Box(min(x0s), min(tops), max(x1s), max(bottoms))


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn character."""

    text: str
    """As the PDF maps it to Unicode; U+FFFD where it does not."""
    box: Box
    size: float
    """Font size in points."""


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line: glyphs side by side, left to right."""

    text: str
    """One character for each interval of `edges`; leading white space kept, trailing dropped."""
    edges: tuple[float, ...]
    """Left edge of every character, then the right edge of the last: len(text) + 1 values."""
    gap: float
    """What the program set between two neighbouring glyphs (median of the line), in points: more
    than elsewhere where it stretched the line to fill the column."""
    top: float
    bottom: float
    size: float
    """Font size in points (median of the glyphs)."""
    page: int
    glyphs: int
    """Drawn characters that are not white space (a ligature counts once)."""
    tail: str
    """White space behind the last character, as typed; the layout hides it at a line's end."""
    end: float
    """Right edge of `tail`; `x1` where there is none."""

    @property
    def x0(self) -> float:
        """Left edge in points."""
        return self.edges[0]

    @property
    def x1(self) -> float:
        """Right edge in points."""
        return self.edges[-1]

    @property
    def spaced(self) -> bool:
        """Whether white space was typed behind the last character."""
        return bool(self.tail)

    @property
    def box(self) -> Box:
        """The line's rectangle."""
        return Box(self.x0, self.top, self.x1, self.bottom)


@dataclass(frozen=True, slots=True)
class Cell:
    """A face of the grid."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The physical lines without any white space: what headers and numbers are compared by."""
        return "".join("".join(line.text.split()) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Grid:
    """The piece of a table that stands on one page."""

    page: int
    column_edges: tuple[float, ...]
    row_edges: tuple[float, ...]
    cells: tuple[Cell, ...]
    """In reading order: by row, then column."""
    open_top: bool
    """No ruling closes the piece above: its first row may go on from the page before."""
    open_bottom: bool
    """No ruling closes the piece below: its last row may go on over the page."""

    @property
    def box(self) -> Box:
        """The grid's rectangle."""
        return Box(
            self.column_edges[0], self.row_edges[0], self.column_edges[-1], self.row_edges[-1]
        )


@dataclass(frozen=True, slots=True)
class Page:
    """What is on one page."""

    number: int
    width: float
    height: float
    source: str
    """`text_layer`, `ocr` or `mixed`."""
    glyphs: int
    """Every drawn character that is not white space, hidden ones included."""
    hidden: int
    """Of these, those a reader does not see."""
    grids: tuple[Grid, ...]
    """From top to bottom."""
    loose: tuple[Line, ...]
    """The lines outside the grids, from top to bottom."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing a person should know."""

    level: str
    """`error`: the annex was not read; `warning`: look here."""
    stage: str
    code: str
    message: str
    page: int | None = None
    record_id: str | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """What extract writes for one annex; without pages where it failed (an `error` issue)."""

    annex: str
    source_sha256: str
    pages: tuple[Page, ...] = ()
    issues: tuple[Issue, ...] = ()


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
        """The first and the last page, counted from 1."""
        numbers = [part.page for field in self.fields for part in field.parts]
        return min(numbers), max(numbers)


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


@dataclass(frozen=True, slots=True)
class Segmented:
    """What segment writes for one annex."""

    annex: str
    source_sha256: str
    pages: tuple[PageFrame, ...] = ()
    tables: tuple[Table, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldBox:
    """Where (a part of) a field stands."""

    field: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a redline."""

    op: str
    """`equal`, `delete` or `insert`."""
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a comment table as its authors typed it: the contract's row."""

    record_id: str
    annex: str
    source_sha256: str
    table_index: int
    row_index: int
    title: str | None
    caption: str | None
    number: str | None
    category: str | None
    original_text: str | None
    comment: str | None
    submitter: str | None
    revision: str | None
    response: str | None
    disposition: str | None
    extra: dict[str, str]
    location: list[str]
    original_body: str | None
    revision_kind: str | None
    redline: list[Run] | None
    page_first: int
    page_last: int
    boxes: list[FieldBox]
    source: str
    confidence: float
    flags: list[str]


@dataclass(frozen=True, slots=True)
class Break:
    """The decision on the end of one physical line inside a field: why its break stands or not.

    The evidence is log-odds (natural logarithm) that the author made the break: above 0 for the
    author, below 0 for the layout; `odds` is their sum.
    """

    record_id: str
    field: str
    position: int
    """Index of the line before the break, from 0."""
    before: str
    after: str
    context: str
    """How the line before ends and the one after begins (see normalize/candidates.py)."""
    kept: bool
    confidence: float
    odds: float
    prior: float
    """How often breaks between such line ends and starts are the author's in this annex."""
    geometry: float
    """Whether the next line's first unit would have fitted."""
    spacing: float
    """Blank lines and indents."""
    series: float
    """Numbering that goes on."""
    twins: float
    """The same characters elsewhere in the annex."""
    slack: float
    """Free width after the next unit, in em; below 0 it did not fit."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A change made to the characters of a field."""

    record_id: str
    field: str
    step: str
    found: str
    made: str
    count: int


@dataclass(frozen=True, slots=True)
class Token:
    """A morpheme of a field (SudachiPy, mode C)."""

    record_id: str
    field: str
    position: int
    start: int
    end: int
    surface: str
    dictionary_form: str
    normalized_form: str
    part_of_speech: str


@dataclass(frozen=True, slots=True)
class PageAccount:
    """Where every glyph of a page went."""

    annex: str
    page: int
    width: float
    height: float
    source: str
    tables: int
    glyphs: int
    in_records: int
    in_headers: int
    in_furniture: int
    hidden: int
    unaccounted: int
    unread_ink: float | None


@dataclass(frozen=True, slots=True)
class Normalized:
    """What normalize makes of one annex."""

    annex: str
    source_sha256: str
    records: Sequence[Record] = ()
    tokens: Sequence[Token] = ()
    breaks: Sequence[Break] = ()
    receipts: Sequence[Receipt] = ()
    pages: Sequence[PageAccount] = ()
    issues: Sequence[Issue] = ()
    failed: bool = field(default=False)
    """An `error` stopped the annex: no records file is written."""

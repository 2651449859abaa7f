"""What is on a page: glyphs, physical lines, cells, grids. The result of extract."""

from array import array
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from pipeline.model.enums import Doubt, MarkKind
from pipeline.model.geometry import Box
from pipeline.model.headers import AnnexHeader, PageHeader
from pipeline.model.text import remove_white_space

UNMAPPED = "\ufffd"
"""The text of a glyph to which the PDF gives no Unicode value."""
FULL_LINE = 2.0
"""Em that a full line may end before its margin; judgement: a character and a stop that go on to
the next line together."""


class Repair(Struct, frozen=True):
    """The receipt for a change to text that was recognised on a picture."""

    step: str
    """The name of the repair step."""
    found: str
    """The text as recognised; "": nothing was."""
    made: str
    """The text after the repair; "": none."""


class InkShape(Struct, frozen=True, array_like=True):
    """What the ink of a recognised character looks like on the picture."""

    aspect: float = 0.0
    """Its width over its height; 0 for text of the PDF and for white space."""
    rise: float | None = None
    """How far its middle stands above that of the kanji around, in em; None: unknown."""


class Glyph(Struct, frozen=True):
    """One drawn character."""

    text: str
    """Its Unicode text by the PDF; U+FFFD (UNMAPPED) if the PDF gives none."""
    box: Box
    size: float
    """Font size in points."""
    direction: int = 0
    """Direction of its line in degrees: 0 right, 90 down, 180 left, 270 up."""
    confidence: float = 1.0
    """Probability that `text` is right, 0-1; below 1 only if it was recognised on a picture."""
    alternatives: str = ""
    """The other characters that it may be, most likely first."""
    repairs: tuple[Repair, ...] = ()
    """The changes since it was recognised, in order."""
    shape: InkShape = InkShape()


class Mark(Struct, frozen=True, gc=False):
    """Characters of a line that the page marks: an underline, a highlighter's ground."""

    start: int
    """Index of the first marked character in the line's text."""
    end: int
    """Index after the last one."""
    kind: MarkKind


class Line(Struct, frozen=True, gc=False):
    """A physical line: glyphs side by side, from left to right."""

    text: str
    """One character for each interval of `edges`; leading white space is kept, trailing is not."""
    edges: Sequence[float]
    """x of every character's left edge, then of the last's right edge: len(text) + 1 values."""
    gap: float
    """Space between two neighbouring glyphs (median of the line), in points: wider than elsewhere
    if the program stretched the line to fill the column."""
    top: float
    bottom: float
    size: float
    """Font size in points (median of the glyphs)."""
    page: int
    glyphs: int
    """Drawn characters that are not white space (a ligature counts once)."""
    tail: str
    """White space after the last character, as typed; the layout hides it at a line's end."""
    end: float
    """x of the right edge of `tail`; `x1` if there is none."""
    inline_row: bool = False
    """A row of a small table inside the cell: its author's line begins and ends with it."""
    clipped: bool = False
    """The page's edge or a clip cuts off its rest, or its beginning and the lines before it: they
    are drawn, but out of sight."""
    overprinted: bool = False
    """Two texts are drawn over each other, so their characters are mixed."""
    confidences: tuple[float, ...] = ()
    """For each character the probability that it is right, 0-1, if the line was recognised on a
    picture; () for text of the PDF."""
    alternatives: tuple[str, ...] = ()
    """For each character the others that it may be, most likely first; () as `confidences` is."""
    shapes: tuple[InkShape, ...] = ()
    """For each character the shape of its ink; () as `confidences` is."""
    repairs: tuple[Repair, ...] = ()
    """The changes since it was recognised."""
    marks: tuple[Mark, ...] = ()
    elements: tuple[int, int] = (0, 0)
    """The structure elements in the PDF of the first and the last character, by their object
    numbers: a paragraph, or a piece of text between two line breaks; 0: it has none."""

    def __post_init__(self) -> None:
        """Keep the edges as numbers in C: as objects they were half of what a page takes."""
        if not isinstance(self.edges, array):
            force_setattr(self, "edges", array("d", self.edges))

    def __hash__(self) -> int:
        """Of what tells most lines apart; the edges have none."""
        return hash((self.text, self.page, self.top))

    @property
    def x0(self) -> float:
        """Left edge in points."""
        return self.edges[0]

    @property
    def x1(self) -> float:
        """Right edge in points."""
        return self.edges[-1]

    @property
    def middle(self) -> float:
        """The y of its middle, in points."""
        return (self.top + self.bottom) / 2

    @property
    def box(self) -> Box:
        """The line's rectangle."""
        return Box(self.x0, self.top, self.x1, self.bottom)

    def fills(self, margin: float) -> bool:
        """Whether it is a full line: it ends at a margin (x in points), or right before it."""
        return margin - self.x1 < FULL_LINE * self.size

    def shares_element(self, below: "Line") -> bool | None:
        """Whether the next line begins in the structure element that this one ends in.

        None: one of the two is in none.
        """
        before, after = self.elements[1], below.elements[0]
        return before == after if before and after else None


class Cell(Struct, frozen=True, gc=False):
    """A cell of the grid, perhaps merged from several grid positions."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    lines: tuple[Line, ...]
    continues_below: bool = False
    """No ruling separates it from the cell below: both are parts of a cell that is no rectangle. Of
    a grid's last row: no ruling closes it, where one closes other cells."""
    pictured: bool = False
    """A picture or a drawn sign stands in it, which was not read."""
    doubts: tuple[Doubt, ...] = ()

    @property
    def slot(self) -> tuple[int, int]:
        """The first row and the first column that it takes: no other cell of the grid has both."""
        return self.row, self.column

    @property
    def row_end(self) -> int:
        """The row below it."""
        return self.row + self.row_span

    @property
    def column_end(self) -> int:
        """The column at its right."""
        return self.column + self.column_span

    @property
    def text(self) -> str:
        """The text without any white space, as headers and numbers are compared."""
        return remove_white_space("".join([line.text for line in self.lines]))

    @property
    def is_blank(self) -> bool:
        """Whether `text` is empty, for who asks nothing else: a cell may hold a page of text."""
        return all(line.text.isspace() or not line.text for line in self.lines)


class Grid(Struct, frozen=True):
    """The piece of a table on one page."""

    page: int
    column_edges: tuple[float, ...]
    row_edges: tuple[float, ...]
    cells: tuple[Cell, ...]
    """In reading order: by row, then column."""
    open_top: bool
    """No ruling closes its top: its first row may continue from the previous page."""
    open_bottom: bool
    """No ruling closes its bottom: its last row may continue on the next page."""
    inferred: bool = False
    """Its columns have no rulings; they were inferred from the gutters in its text."""

    @property
    def box(self) -> Box:
        """The grid's rectangle."""
        return Box.within(self.column_edges, self.row_edges)

    @property
    def lines(self) -> list[Line]:
        """The physical lines of all cells."""
        return [line for cell in self.cells for line in cell.lines]

    @property
    def row_count(self) -> int:
        """How many rows it has."""
        return len(self.row_edges) - 1

    @property
    def column_count(self) -> int:
        """How many columns it has."""
        return len(self.column_edges) - 1

    @property
    def rows(self) -> list[list[Cell]]:
        """The cells that begin in each row, from left to right."""
        rows: list[list[Cell]] = [[] for _ in self.row_edges[1:]]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return rows

    def row(self, index: int) -> list[Cell]:
        """The cells that begin in a row, from left to right."""
        return [cell for cell in self.cells if cell.row == index]

    def with_lines(self, change: Callable[[Sequence[Line]], Iterable[Line]]) -> "Grid":
        """The grid with the lines of each cell changed."""
        cells = (replace(cell, lines=tuple(change(cell.lines))) for cell in self.cells)
        return replace(self, cells=tuple(cells))


class Page(Struct, frozen=True):
    """What is on one page."""

    header: PageHeader
    grids: tuple[Grid, ...]
    """From top to bottom."""
    loose_lines: tuple[Line, ...]
    """The lines outside the grids, from top to bottom."""
    ruby: tuple[Line, ...] = ()
    """Furigana and emphasis dots, inside and outside the grids."""
    overlays: tuple[Line, ...] = ()
    """Type that belongs to no cell and heads no table: a watermark, typed rulings, and comments in
    the margin."""

    def lines_between(self, top: float, bottom: float) -> list[Line]:
        """The lines outside the grids whose middles stand between two y, in points."""
        return [line for line in self.loose_lines if top <= line.middle < bottom]


class Extracted(Struct, frozen=True):
    """The result of extract for one annex; without pages if it failed."""

    header: AnnexHeader
    pages: tuple[Page, ...] = ()

"""What is on a page: glyphs, physical lines, cells, grids. What extract writes."""

from dataclasses import dataclass

from pipeline.model.geometry import Box
from pipeline.model.headers import AnnexHeader, PageHeader
from pipeline.model.text import remove_white_space

UNMAPPED = "\ufffd"
"""What stands for a glyph that the PDF gives no Unicode value."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A change made to what was recognised on a picture: its receipt."""

    step: str
    """The knowledge that it stands on."""
    found: str
    """As recognised; "" where nothing was."""
    made: str
    """What stands there now; "" where nothing does."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn character."""

    text: str
    """As the PDF maps it to Unicode; U+FFFD where it does not."""
    box: Box
    size: float
    """Font size in points."""
    direction: int = 0
    """Where its line runs: 0 right, 90 down, 180 left, 270 up."""
    confidence: float = 1.0
    """How sure it is that `text` stands there, 0-1; below 1 only where it was recognised."""
    others: str = ""
    """The other characters that it may be, likeliest first."""
    repairs: tuple[Repair, ...] = ()
    """What was changed since it was recognised, the first change first."""


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
    apart: bool = False
    """A row of a small table inside the cell: it begins and ends where its author's line does."""
    overprinted: bool = False
    """Two texts are drawn over each other, so that their characters stand mixed."""
    sure: tuple[float, ...] = ()
    """For each character how sure it is, 0-1, where the line was recognised on a picture; empty
    where it is text of the PDF."""
    others: tuple[str, ...] = ()
    """For each character the others that it may be, likeliest first; empty as `sure` is."""
    repairs: tuple[Repair, ...] = ()
    """What was changed in it since it was recognised."""

    @property
    def x0(self) -> float:
        """Left edge in points."""
        return self.edges[0]

    @property
    def x1(self) -> float:
        """Right edge in points."""
        return self.edges[-1]

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
    goes_on: bool = False
    """No ruling parts it from the cell below: both are pieces of a face that is no rectangle."""

    @property
    def text(self) -> str:
        """The physical lines without any white space: what headers and numbers are compared by."""
        return "".join(remove_white_space(line.text) for line in self.lines)


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
    imagined: bool = False
    """No rulings part its columns: the gutters of its text do."""

    @property
    def box(self) -> Box:
        """The grid's rectangle."""
        return Box.within(self.column_edges, self.row_edges)


@dataclass(frozen=True, slots=True)
class Page:
    """What is on one page."""

    header: PageHeader
    grids: tuple[Grid, ...]
    """From top to bottom."""
    loose: tuple[Line, ...]
    """The lines outside the grids, from top to bottom."""
    ruby: tuple[Line, ...] = ()
    """Furigana, in the grids and outside."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What extract writes for one annex; without pages where it failed."""

    header: AnnexHeader
    pages: tuple[Page, ...] = ()

"""What is on a page: glyphs, physical lines, cells, grids. What extract writes."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model.annex_spec import Known

UNMAPPED = "\ufffd"
"""What stands for a glyph that the PDF gives no Unicode value."""


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

    @staticmethod
    def within(columns: Sequence[float], rows: Sequence[float]) -> "Box":
        """The box between the outermost edges of a grid."""
        return Box(columns[0], rows[0], columns[-1], rows[-1])

    def turned_back(self, turn: int, width: float, height: float) -> "Box":
        """The box on the page as displayed, of one on the page turned upright (`Page.turn`).

        Args:
            turn: Degrees clockwise by which the displayed lines run away from the right.
            width: Of the displayed page, in points.
            height: Of the displayed page, in points.
        """
        sides = {
            0: (self.x0, self.top, self.x1, self.bottom),
            90: (width - self.bottom, self.x0, width - self.top, self.x1),
            180: (width - self.x1, height - self.bottom, width - self.x0, height - self.top),
            270: (self.top, height - self.x1, self.bottom, height - self.x0),
        }
        return Box(*sides[turn])

    def cut_to(self, width: float, height: float) -> "Box":
        """What of the box is on a page of this size, in points; an edge of it where nothing is."""
        left, right = (min(max(x, 0.0), width) for x in (self.x0, self.x1))
        top, bottom = (min(max(y, 0.0), height) for y in (self.top, self.bottom))
        return Box(left, top, right, bottom)

    def contains(self, other: "Box") -> bool:
        """Whether the middle of `other` lies inside."""
        x, y = other.center
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Warp:
    """Where the points of a straightened page stand on the page as it was scanned.

    A lattice of points, between which places are interpolated: it holds skew, perspective and
    waves alike.
    """

    columns: tuple[float, ...]
    """x of the lattice's verticals on the straightened page."""
    rows: tuple[float, ...]
    """y of its horizontals."""
    places: tuple[tuple[float, float], ...]
    """Where each crossing, row by row, stands on the scanned page (turned upright)."""

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the straightened page on the scanned one."""
        column, u = _slot(self.columns, x)
        row, v = _slot(self.rows, y)
        first = row * len(self.columns) + column
        near = (*self.places[first : first + 2], *self.places[first + len(self.columns) :][:2])
        weights = ((1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v)
        return (
            sum(w * place[0] for w, place in zip(weights, near, strict=True)),
            sum(w * place[1] for w, place in zip(weights, near, strict=True)),
        )

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The meshes of the lattice on the straightened page."""
        return tuple(
            Box(x0, top, x1, bottom)
            for top, bottom in pairwise(self.rows)
            for x0, x1 in pairwise(self.columns)
        )

    def around(self, box: Box) -> Box:
        """The box on the scanned page around a box of the straightened one."""
        corners = [self.place(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))


def _slot(lattice: Sequence[float], value: float) -> tuple[int, float]:
    """The interval of a lattice that holds a value (or is nearest), and how far in it."""
    index = min(max(bisect_right(lattice, value) - 1, 0), len(lattice) - 2)
    return index, (value - lattice[index]) / (lattice[index + 1] - lattice[index])


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
    imagined: bool = False
    """No rulings part its columns: the gutters of its text do."""

    @property
    def box(self) -> Box:
        """The grid's rectangle."""
        return Box.within(self.column_edges, self.row_edges)


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
    ruby: tuple[Line, ...] = ()
    """Furigana, in the grids and outside."""
    turn: int = 0
    """Places are those of the page turned upright: 0 as displayed; 90 where the displayed lines
    run down, 180 to the left, 270 up (sideways text, vertical writing). `width` and `height` are
    the displayed page's."""
    unread_ink: float | None = None
    """Share of the picture's ink that no glyph covers, 0-1; None where the text layer was read."""
    warp: Warp | None = None
    """Of a scan that was straightened: places are those of the straightened page."""


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
    known: Known | None = None
    """What a person said that the stages behind should not guess."""
    parameters_sha256: str = ""
    """Hash of what besides the PDF decides what its records say: `Known`, then corrections too."""

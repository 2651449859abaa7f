"""What operators work on: the graphics state (PDF 32000-1, 8.4), the path, what is painted."""

from dataclasses import dataclass, field, fields
from operator import attrgetter

from pipeline.extract.pdf.content.display_list import Color, Matrix, Painting, Point, Rect
from pipeline.extract.pdf.content.resources import GRAY, Font, Resources, Space

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
WHITE = 0.02  # half a step of 5-bit colour; opacity too
UNKNOWN: Color = (float("nan"),)
EVERYWHERE: Rect = (float("-inf"), float("-inf"), float("inf"), float("inf"))

Segment = tuple[str, tuple[float, ...]]
"""A path's operator (m, l, c, v, y or h) and its operands."""


@dataclass(frozen=True, slots=True, eq=False)
class Paint:
    """A colour of the graphics state."""

    parts: Color
    """As it was set, in whatever space."""
    space: Space
    ink: Color
    """As it is painted; () where it is white, (nan,) where it cannot be told."""

    @staticmethod
    def of(parts: Color, space: Space) -> "Paint":
        """The paint that a colour is in a space."""
        if space.indexed:
            return Paint(parts, space, UNKNOWN)
        paper = 0 if space.subtractive or len(parts) == 4 else 1
        is_white = all(abs(part - paper) <= WHITE for part in parts)
        return Paint(parts, space, () if is_white else parts)


BLACK = Paint.of((0.0,), GRAY)


@dataclass(slots=True)
class TextState:
    """How text is shown (PDF 32000-1, 9.3); lengths in text space."""

    font: Font | None = None
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    scaling: float = 100.0
    """Percent."""
    leading: float = 0.0
    """From a line to the one above it, as T* moves."""
    mode: int = 0
    rise: float = 0.0
    text_matrix: Matrix = IDENTITY
    place: Point = (0.0, 0.0)
    """Where the next glyph stands, from the text matrix' origin."""


@dataclass(slots=True)
class State(TextState):
    """The graphics state as far as besshi needs it."""

    matrix: Matrix = IDENTITY
    """From user space to the page as displayed."""
    clip: Rect = EVERYWHERE
    fill: Paint = BLACK
    stroke: Paint = BLACK
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0


_all_of = attrgetter(*(attribute.name for attribute in fields(State)))


def copy_state(state: State) -> State:
    """A state like another. The copy module takes ten times as long, and q is everywhere."""
    return State(*_all_of(state))


@dataclass(slots=True)
class Canvas:
    """What a content stream is carried out on."""

    painting: Painting
    resources: Resources
    state: State
    saved: list[State] = field(default_factory=list)
    """The states that q kept."""
    path: list[Segment] = field(default_factory=list)
    fonts: dict[bytes, tuple[Font, float]] = field(default_factory=dict)
    """Font and size by the operands that set them."""
    drawing: frozenset[int | None] = frozenset()
    """The forms that are being drawn: one that draws itself would never end."""


def multiply(one: Matrix, other: Matrix) -> Matrix:
    """The matrix that does what `one` does, then what `other` does."""
    a, b, c, d, e, f = one
    k, m, n, o, p, q = other
    return (
        k * a + n * b, m * a + o * b,
        k * c + n * d, m * c + o * d,
        k * e + n * f + p, m * e + o * f + q,
    )  # fmt: skip


def apply(matrix: Matrix, point: Point) -> Point:
    """Where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def overlap(one: Rect, other: Rect) -> Rect:
    """What two rectangles share; its sides are crossed where that is nothing."""
    return (
        max(one[0], other[0]), max(one[1], other[1]),
        min(one[2], other[2]), min(one[3], other[3]),
    )  # fmt: skip


def bounds(points: "list[Point]") -> Rect:
    """The rectangle around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)

"""What operators work on: the graphics state (PDF 32000-1, 8.4), the path, what is painted."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pipeline.extract.content.painting import Color, Matrix, Painting, Point, Rect
from pipeline.extract.content.resources import GRAY, Font, Resources, Space

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
WHITE = 0.02  # half a step of 5-bit colour; opacity too
UNKNOWN: Color = (float("nan"),)
EVERYWHERE: Rect = (float("-inf"), float("-inf"), float("inf"), float("inf"))

Segment = tuple[str, tuple[float, ...]]
"""A path's operator (m, l, c, v, y or h) and its operands."""


@dataclass(frozen=True, eq=False)
class Paint:
    """A colour of the graphics state."""

    parts: Color
    """As it was set, in whatever space."""
    space: Space

    @cached_property
    def ink(self) -> Color:
        """As it is painted; () where it is white, (nan,) where it cannot be told."""
        if self.space.indexed:
            return UNKNOWN
        paper = 0 if self.space.subtractive or len(self.parts) == 4 else 1
        return () if all(abs(part - paper) <= WHITE for part in self.parts) else self.parts


@dataclass
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


@dataclass
class State(TextState):
    """The graphics state as far as besshi needs it."""

    matrix: Matrix = IDENTITY
    """From user space to the page as displayed."""
    clip: Rect = EVERYWHERE
    fill: Paint = Paint((0.0,), GRAY)
    stroke: Paint = Paint((0.0,), GRAY)
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0


@dataclass
class Canvas:
    """What a content stream is carried out on."""

    painting: Painting
    resources: Resources
    state: State
    saved: list[dict[str, Any]] = field(default_factory=list)
    """The states that q kept, as their attributes: most operators of a page are q and Q."""
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

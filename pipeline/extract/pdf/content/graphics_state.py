"""The data that operators change: the graphics state (PDF 32000-1, 8.4), path and painting."""

from collections.abc import Sequence

from msgspec import Struct, field

from pipeline.extract.pdf.content.color_spaces import GRAY, PATTERN, ColorSpace
from pipeline.extract.pdf.content.display_list import (
    IDENTITY,
    Color,
    Matrix,
    PaintedShape,
    Painting,
    Point,
    Rect,
)
from pipeline.extract.pdf.content.fonts import Font
from pipeline.extract.pdf.content.resources import Resources
from pipeline.extract.pdf.content.structure import NO_ELEMENT, UNTAGGED, PageStructure

ORIGIN: Point = (0.0, 0.0)
# Share of full colour by which white may be off; judgement: half a step of 5-bit colour.
COLOR_TOLERANCE = 0.02
# Share of full colour by which ink that cannot be read on paper may be off white; judgement: Word's
# palest grey (#F2F2F2) is.
_PALE = 0.06
TRANSPARENT = 0.02  # opacity up to which nothing is seen; judgement: the same as COLOR_TOLERANCE
OPAQUE = 0.98  # opacity from which nothing shines through; judgement: as TRANSPARENT
UNKNOWN_COLOR: Color = (float("nan"),)
UNCLIPPED: Rect = (float("-inf"), float("-inf"), float("inf"), float("inf"))

Segment = tuple[str, tuple[float, ...]]
"""A path's operator (m, l, c, v, y or h) and its operands."""


class Paint(Struct, frozen=True, eq=False):
    """A colour of the graphics state."""

    parts: Color
    """The components as they were set, in `space`."""
    space: ColorSpace
    ink: Color
    """The colour as painted; () for white, (nan,) for an unknown colour."""
    rgb: int = 0
    """The colour as 0xRRGGBB; black if it is unknown."""
    is_pale: bool = False
    """Type in it cannot be read on white paper."""

    @staticmethod
    def of(parts: Color, space: ColorSpace) -> "Paint":
        """Make the paint of a colour in a colour space."""
        if space.indexed:
            return Paint(parts, space, UNKNOWN_COLOR)
        paper = 0 if space.subtractive or len(parts) == 4 else 1
        off = max(abs(part - paper) for part in parts)
        ink = () if off <= COLOR_TOLERANCE else parts
        known = parts != UNKNOWN_COLOR and not (space.subtractive and len(parts) == 1)
        return Paint(parts, space, ink, to_rgb(parts) if known else 0, off <= _PALE)


def to_rgb(parts: Color) -> int:
    """A known colour of 1, 3 or 4 components as 0xRRGGBB (PDF 32000-1, 10.3)."""
    if len(parts) == 4:
        *inks, key = parts
        parts = tuple(1 - min(1.0, ink + key) for ink in inks)
    elif len(parts) == 1:
        parts *= 3
    red, green, blue = (round(255 * min(max(part, 0.0), 1.0)) for part in parts)
    return red << 16 | green << 8 | blue


def thin_ink(rgb: int, opacity: float) -> int:
    """How an ink that paper shines through looks, as 0xRRGGBB."""
    if opacity >= OPAQUE:
        return rgb
    parts = (round(255 - opacity * (255 - (rgb >> shift & 255))) for shift in (16, 8, 0))
    red, green, blue = parts
    return red << 16 | green << 8 | blue


BLACK = Paint.of((0.0,), GRAY)


class TextState(Struct):
    """The text state (PDF 32000-1, 9.3); lengths are in text space."""

    font: Font | None = None
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    scaling: float = 100.0
    """Percent."""
    leading: float = 0.0
    """The move from a line to the next, as T* makes it: negative of the operand of TL."""
    mode: int = 0
    rise: float = 0.0
    text_matrix: Matrix = IDENTITY
    place: Point = ORIGIN
    """The origin of the next glyph, from the origin of the text matrix."""


class State(TextState):
    """The parts of the graphics state that besshi needs."""

    matrix: Matrix = IDENTITY
    """From user space to the page as displayed."""
    clip: Rect = UNCLIPPED
    clips_to_box: bool = True
    """The clip is the rectangle `clip`, and not only inside of it."""
    fill: Paint = BLACK
    stroke: Paint = BLACK
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    line_width: float = 1.0
    """Of strokes, in user space."""
    dashed: bool = False
    """Strokes have a dash pattern."""
    blends: bool = False
    """The blend mode mixes what is painted with what is below it (a highlighter's ink)."""
    masked: bool = False
    """What is painted shows as far as a soft mask lets it."""
    text_clips: tuple[int, ...] = ()
    """The runs to whose glyphs all that is painted is clipped."""

    @property
    def paints_opaquely(self) -> bool:
        """Whether an area or a picture that is painted now hides what was painted before."""
        return self.clips_to_box and not self.blends and self.fill_alpha >= OPAQUE

    @property
    def strokes_opaquely(self) -> bool:
        """Whether a line that is stroked now hides what was painted before."""
        shows = self.clips_to_box and not self.blends and self.stroke_alpha >= OPAQUE
        return shows and not self.dashed and self.stroke.space is not PATTERN

    @property
    def fills_opaquely(self) -> bool:
        """Whether a path that is filled now hides what was painted before.

        A pattern may leave gaps: text under hatching stays legible.
        """
        return self.paints_opaquely and self.fill.space is not PATTERN


class Canvas(Struct):
    """The state of the interpreter while it runs one content stream."""

    painting: Painting
    resources: Resources
    state: State
    state_stack: list[State] = field(default_factory=list)
    """The states that operator q saved."""
    path: list[Segment] = field(default_factory=list)
    fonts: dict[bytes, tuple[Font, float]] = field(default_factory=dict)
    """Font and size by the operands that set them."""
    structure: PageStructure = UNTAGGED
    marked: list[tuple[bool, int]] = field(default_factory=list)
    """For each open piece of marked content, `is_hidden` and `element` of what is around it."""
    spans: list[tuple[int, str] | None] = field(default_factory=list)
    """For each open piece of marked content with a text of its own: the number of glyphs before it,
    and that text."""
    is_hidden: bool = False
    """Whether what is painted now is on a layer that is off."""
    opacity: float = 1.0
    """Of the transparency group that it paints (PDF 32000-1, 11.6.6)."""
    blends: bool = False
    """That group blends with what is below it."""
    element: int = NO_ELEMENT
    """The structure element that what is painted now is of, by its object number."""
    open_forms: frozenset[int | None] = frozenset()
    """Object numbers of the forms being drawn: a form that draws itself would never end."""

    def add_shape(self, shape: PaintedShape) -> None:
        """Paint a shape; clipped to glyphs, it is nothing but their ink."""
        if not self.state.text_clips:
            self.painting.shapes.append(shape)
        elif not shape.pale:
            self.painting.filled.update(self.state.text_clips)


def transform_point(matrix: Matrix, point: Point) -> Point:
    """Transform a point by a matrix."""
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def transform_rect(matrix: Matrix, rect: Rect) -> Rect:
    """The bounding rectangle of a rectangle that a matrix transforms."""
    x0, y0, x1, y1 = rect
    corners = (x0, y0), (x1, y0), (x1, y1), (x0, y1)
    return bounding_rect([transform_point(matrix, corner) for corner in corners])


def intersect(one: Rect, other: Rect) -> Rect:
    """The intersection of two rectangles; if they share nothing, x0 > x1 or y0 > y1."""
    return (
        max(one[0], other[0]), max(one[1], other[1]),
        min(one[2], other[2]), min(one[3], other[3]),
    )  # fmt: skip


def bounding_rect(points: Sequence[Point]) -> Rect:
    """The bounding rectangle of points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def find_visible_rect(shape: PaintedShape) -> Rect:
    """The bounding rectangle of the part of a shape that its clip shows."""
    return intersect(bounding_rect(shape.points), shape.clip)

"""The page as displayed, turned upright, and the shapes that a reader sees on it."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct

from pipeline.extract.pdf.content import PaintedGlyphs, PaintedShape, Rect
from pipeline.extract.pdf.content.graphics_state import bounding_rect, find_visible_rect
from pipeline.extract.pdf.glyphs import Flags, Floats, Glyphs, Integers
from pipeline.model import Box

# Points of a bar's path; judgement: four corners, perhaps mitred or closed once more.
_BAR_POINTS = 6
# Points that a stroke may lie outside its clip; judgement: half of a thick pen still shows.
_PEN = 1.0
_THICK_PEN = 1.5  # points; judgement: pens of tables are no thicker
_LIGHT = 6.0  # points that a white bar is thick at most; judgement: borders between header cells

_Side = TypeVar("_Side", float, Floats)


class Shade(Struct, frozen=True):
    """A filled area."""

    box: Box
    color: tuple[float, ...]


class UprightView(Struct, frozen=True):
    """The page as displayed, turned so that its lines run to the right."""

    crop: Rect
    turn: int

    def box(self, rect: Rect) -> Box:
        """Convert a rectangle of the painting to the upright page."""
        return Box(*self._sides(*rect))

    def glyphs(self, painted: PaintedGlyphs, codes: Integers, inked: Flags) -> Glyphs:
        """Convert the glyphs of the painting to the upright page."""
        return Glyphs(
            painted.texts,
            *self._sides(painted.x0, painted.y0, painted.x1, painted.y1),
            painted.size,
            (painted.direction - self.turn) % 360,
            codes,
            inked,
            painted.element,
        )

    def pictures(self, shapes: Iterable[PaintedShape]) -> list[Box]:
        """What the page shows of its images."""
        return [self.box(find_visible_rect(shape)) for shape in shapes if shape.kind == "image"]

    def waves(self, shapes: Iterable[PaintedShape]) -> tuple[Box, ...]:
        """Where lines bend to both sides."""
        return tuple(self.box(find_visible_rect(own)) for own in shapes if own.kind == "wave")

    def strokes(self, shapes: Iterable[PaintedShape]) -> tuple[Box, ...]:
        """The visible straight pieces of outlines."""
        drawn = (shape for shape in shapes if shape.stroke and shape.kind != "wave")
        return tuple(self.box(piece) for shape in drawn for piece in _cut_outline(shape))

    def light(self, shapes: Iterable[PaintedShape]) -> tuple[Box, ...]:
        """The white pieces of outlines, and white bars."""
        return tuple(self.box(piece) for shape in shapes for piece in _find_light(shape))

    def shades(self, shapes: Iterable[PaintedShape]) -> tuple[Shade, ...]:
        """Filled rectangles, including bars as thin as a stroke, and dots."""
        return tuple(
            Shade(self.box(find_visible_rect(shape)), shape.fill)
            for shape in shapes
            if shape.fill and _is_filled_rectangle(shape)
        )

    def _sides(
        self, x0: _Side, y0: _Side, x1: _Side, y1: _Side
    ) -> tuple[_Side, _Side, _Side, _Side]:
        """Convert sides to left, top, right and bottom on the upright page."""
        left, low, right, high = self.crop
        if self.turn == 0:
            return x0 - left, high - y1, x1 - left, high - y0
        if self.turn == 90:
            return high - y1, right - x1, high - y0, right - x0
        if self.turn == 180:
            return right - x1, y0 - low, right - x0, y1 - low
        return y0 - low, x0 - left, y1 - low, x1 - left


def _find_light(shape: PaintedShape) -> Iterator[Rect]:
    """Yield the white pieces of a shape's outline, or a white bar."""
    if shape.stroke is not None and not shape.stroke:
        yield from _cut_outline(shape)
    elif shape.fill is not None and not shape.fill and shape.kind == "rect":
        x0, y0, x1, y1 = find_visible_rect(shape)
        if 0 <= min(x1 - x0, y1 - y0) < _LIGHT:
            yield x0, y0, x1, y1


def _cut_outline(shape: PaintedShape) -> Iterator[Rect]:
    """Yield the straight pieces of an outline that are inside its clip."""
    left, low, right, high = shape.clip
    for (a, b), (c, d) in itertools.pairwise(_outline_points(shape)):
        x0, x1 = max(min(a, c), left - _PEN), min(max(a, c), right + _PEN)
        y0, y1 = max(min(b, d), low - _PEN), min(max(b, d), high + _PEN)
        if x0 <= x1 and y0 <= y1:
            yield x0, y0, x1, y1


def _outline_points(shape: PaintedShape) -> Sequence[tuple[float, float]]:
    """The points of a shape's outline; the outline of a rectangle is closed."""
    if shape.kind != "rect":
        return shape.points
    x0, y0, x1, y1 = bounding_rect(shape.points)
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)


def _is_filled_rectangle(shape: PaintedShape) -> bool:
    """Whether a filled shape is a rectangle of which something shows.

    Printer drivers draw patterned lines as images of a pen's thickness.
    """
    if shape.kind in ("gradient", "wave") or len(shape.points) > _BAR_POINTS:
        return False
    x0, y0, x1, y1 = find_visible_rect(shape)
    is_picture = shape.kind == "image" and min(x1 - x0, y1 - y0) > _THICK_PEN
    return x0 <= x1 and y0 <= y1 and not is_picture

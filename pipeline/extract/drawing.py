"""From what a page paints to what a reader sees on it, upright."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.painting import PaintedGlyph, PaintedShape, Painting, Rect
from pipeline.model import UNMAPPED, Box, Glyph, Warp

_CID = re.compile(r"\(cid:\d+\)")  # what pdfminer writes for a glyph without a Unicode value
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MANY_OUTLINES = 100  # filled curves; a line of text drawn as outlines has about so many
_DOT = 2.5  # points; table pens are up to 1.5 wide, a dot is as long, letters are larger
_BAR_POINTS = 6  # of a bar: four corners, perhaps mitred or closed once more
_PEN = 1.0  # points that a stroke may lie outside its clip: half a thick pen still shows


@dataclass(frozen=True, slots=True)
class Shade:
    """A filled area."""

    box: Box
    color: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a reader sees on one page, turned so that most lines of its text run to the right."""

    number: int
    width: float
    """Of the page as displayed, not turned."""
    height: float
    """Of the page as displayed, not turned."""
    turn: int
    """Degrees clockwise by which the lines run away from the right on the displayed page."""
    glyphs: tuple[Glyph, ...]
    """Those that can be seen, in the order they are drawn."""
    count: int
    """All drawn characters that are not white space."""
    hidden: int
    """Of these, the ones off the page, clipped, invisible, or drawn a second time."""
    strokes: tuple[Box, ...]
    """Thin strokes: lines, the sides of framed rectangles, straight path pieces."""
    shades: tuple[Shade, ...]
    """Filled rectangles; bars as thin as a stroke, and dots, among them."""
    pictured: bool
    """The page shows something that may be text without being it: an image, or outlines."""
    source: str = "text_layer"
    """`text_layer`, `ocr` or `mixed` (see `Page.source`)."""
    unread_ink: float | None = None
    """As in `Page`."""
    warp: Warp | None = None
    """As in `Page`."""


def read_drawing(painting: Painting, number: int, crop: Rect) -> Drawing:
    """Put what is painted in a reader's coordinates and leave out what no reader sees.

    Args:
        painting: What the content stream paints.
        number: The page's number, from 1.
        crop: The page as displayed, in the painting's coordinates.
    """
    view = _View(crop, _usual_direction(painting.glyphs))
    glyphs = [(_glyph(painted, view), painted) for painted in painting.glyphs]
    # Judged after the conversion: some control characters are white space to Python.
    drawn = [(glyph, painted) for glyph, painted in glyphs if glyph.text.strip()]
    shown = [g for g, p in drawn if view.holds(g.box) and p.seen and not _is_white(p, painting)]
    seen = _drop_doubles(shown)
    spaces = [g for g, p in glyphs if not g.text.strip() and view.holds(g.box) and p.seen]
    return Drawing(
        number=number,
        width=crop[2] - crop[0],
        height=crop[3] - crop[1],
        turn=view.turn,
        glyphs=tuple(seen + spaces),
        count=len(drawn),
        hidden=len(drawn) - len(seen),
        strokes=tuple(stroke for shape in painting.shapes for stroke in _strokes(shape, view)),
        shades=tuple(shade for shape in painting.shapes for shade in _shades(shape, view)),
        pictured=bool(painting.images) or _outlines(painting) > _MANY_OUTLINES,
    )


def _usual_direction(glyphs: Iterable[PaintedGlyph]) -> int:
    directions = Counter(glyph.direction for glyph in glyphs if glyph.seen and glyph.text.strip())
    return directions.most_common(1)[0][0] if directions else 0


@dataclass(frozen=True, slots=True)
class _View:
    """The page as displayed, turned so that its lines run to the right."""

    crop: Rect
    turn: int

    def box(self, rect: Rect) -> Box:
        """A rectangle of the painting, seen upright."""
        (x0, y0, x1, y1), (left, low, right, high) = rect, self.crop
        sides = {
            0: (x0 - left, high - y1, x1 - left, high - y0),
            90: (high - y1, right - x1, high - y0, right - x0),
            180: (right - x1, y0 - low, right - x0, y1 - low),
            270: (y0 - low, x0 - left, y1 - low, x1 - left),
        }
        return Box(*sides[self.turn])

    def holds(self, box: Box) -> bool:
        """Whether the middle of a box lies on the page."""
        page = self.box(self.crop)
        return page.contains(box)


def _glyph(painted: PaintedGlyph, view: _View) -> Glyph:
    text = _CONTROL.sub(UNMAPPED, _CID.sub(UNMAPPED, painted.text)) or UNMAPPED
    direction = (painted.direction - view.turn) % 360
    return Glyph(text, view.box(painted.box), painted.size, direction)


def _is_white(glyph: PaintedGlyph, painting: Painting) -> bool:
    """Whether a glyph is white on white: nothing dark lies under it."""
    if glyph.color:
        return False
    x, y = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
    for shape in reversed(painting.shapes[: glyph.order]):
        if shape.fill is not None:
            x0, y0, x1, y1 = _bounds(shape)
            if x0 <= x <= x1 and y0 <= y <= y1:
                return not shape.fill
    return True


def _bounds(shape: PaintedShape) -> Rect:
    """The box of a shape as far as its clip shows it."""
    xs, ys = [x for x, _ in shape.points], [y for _, y in shape.points]
    x0, y0, x1, y1 = shape.clip
    return max(min(xs), x0), max(min(ys), y0), min(max(xs), x1), min(max(ys), y1)


def _outlines(painting: Painting) -> int:
    """How many filled curves there are that are larger than the dots of a dotted border."""
    curves = (s for s in painting.shapes if s.kind == "curve" and s.fill is not None)
    sides = (_bounds(shape) for shape in curves)
    return sum(max(x1 - x0, y1 - y0) > _DOT for x0, y0, x1, y1 in sides)


def _drop_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    """Leave out a glyph drawn again on (nearly) the same place, as programs do for bold type."""
    kept: dict[tuple[str, int, int], list[Glyph]] = {}
    result = []
    for glyph in glyphs:
        x, y = glyph.box.center
        unit = max(glyph.size, 1.0)
        column, row = int(x // unit), int(y // unit)
        near = (
            other
            for c in (column - 1, column, column + 1)
            for r in (row - 1, row, row + 1)
            for other in kept.get((glyph.text, c, r), ())
        )
        if any(_same_place(glyph, other) for other in near):
            continue
        kept.setdefault((glyph.text, column, row), []).append(glyph)
        result.append(glyph)
    return result


def _same_place(one: Glyph, other: Glyph) -> bool:
    """Whether the middles lie within a third of the glyph: no text sets two glyphs so close."""
    (x, y), (u, v) = one.box.center, other.box.center
    return abs(x - u) * 3 < max(one.box.width, 0.1) and abs(y - v) * 3 < one.size


def _strokes(shape: PaintedShape, view: _View) -> Iterator[Box]:
    """The straight pieces of a shape's outline, as far as they are seen."""
    if shape.stroke:
        for (a, b), (c, d) in itertools.pairwise(_outline(shape)):
            left, low, right, high = shape.clip
            x0, x1 = max(min(a, c), left - _PEN), min(max(a, c), right + _PEN)
            y0, y1 = max(min(b, d), low - _PEN), min(max(b, d), high + _PEN)
            if x0 <= x1 and y0 <= y1:
                yield view.box((x0, y0, x1, y1))


def _outline(shape: PaintedShape) -> Sequence[tuple[float, float]]:
    """The points of a shape's outline; a rectangle's is closed."""
    if shape.kind != "rect":
        return shape.points
    xs, ys = [x for x, _ in shape.points], [y for _, y in shape.points]
    x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)


def _shades(shape: PaintedShape, view: _View) -> Iterator[Shade]:
    if shape.fill and len(shape.points) <= _BAR_POINTS:
        x0, y0, x1, y1 = _bounds(shape)
        if x0 <= x1 and y0 <= y1:
            yield Shade(view.box((x0, y0, x1, y1)), shape.fill)

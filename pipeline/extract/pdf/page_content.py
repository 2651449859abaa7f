"""Turn what a page paints into what a reader sees on it, upright."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np
from msgspec import Struct

from pipeline.extract.pdf.balloons import find_balloons
from pipeline.extract.pdf.clipped_ends import Point, find_clipped_ends, find_hanging_spaces
from pipeline.extract.pdf.content import PaintedGlyphs, PaintedShape, Painting, Rect
from pipeline.extract.pdf.content.graphics_state import bounding_rect, find_visible_rect
from pipeline.extract.pdf.covered_glyphs import (
    find_covered,
    find_covered_shapes,
    find_ocr_layer,
    find_on_patches,
    find_overlays,
)
from pipeline.extract.pdf.duplicate_glyphs import find_duplicates, find_unused_hyphens
from pipeline.extract.pdf.glyph_colors import find_light_overlays, find_same_ink, find_tinted
from pipeline.extract.pdf.glyphs import (
    Flags,
    Floats,
    Glyphs,
    Integers,
    find_empty,
    find_inked,
    find_texts,
    read_codes,
)
from pipeline.extract.pdf.line_direction import find_line_direction
from pipeline.extract.pdf.outline_glyphs import list_drawn, list_outlines
from pipeline.extract.pdf.picture_glyphs import add_picture_glyphs, find_pasted
from pipeline.extract.pdf.vertical_type import name_characters, set_vertical
from pipeline.model import Box, Glyph, MarkKind, Warp

# Filled curves on a page; judgement: a line of text drawn as outlines has about this many.
_MANY_OUTLINES = 100
# Points of a bar's path; judgement: four corners, perhaps mitred or closed once more.
_BAR_POINTS = 6
# Points that a stroke may lie outside its clip; judgement: half of a thick pen still shows.
_PEN = 1.0
_THICK_PEN = 1.5  # points; judgement: pens of tables are no thicker
_DOWN = 90  # degrees; standard: JIS X 4051, vertical lines run downwards
_LIGHT = 6.0  # points that a white bar is thick at most; judgement: borders between header cells

_Side = TypeVar("_Side", float, Floats)


class Shade(Struct, frozen=True):
    """A filled area."""

    box: Box
    color: tuple[float, ...]


class Drawing(Struct, frozen=True):
    """What a reader sees on one page, turned so that most of its text lines run to the right."""

    number: int
    width: float
    """Of the page as displayed, not turned."""
    height: float
    """Of the page as displayed, not turned."""
    turn: int
    """Direction of the lines on the displayed page: degrees clockwise from the right."""
    glyphs: Sequence[Glyph]
    """The visible glyphs in drawing order, white space last."""
    count: int
    """Number of all drawn characters that are not white space."""
    hidden: int
    """How many of these are off the page, clipped, invisible, covered, or drawn a second time."""
    strokes: tuple[Box, ...]
    """Thin strokes: lines, the sides of framed rectangles, straight path pieces."""
    shades: tuple[Shade, ...]
    """Filled rectangles, including bars as thin as a stroke, and dots."""
    pictured: bool
    """The page shows something that may be text but has no glyphs: an image, or outlines."""
    light: tuple[Box, ...] = ()
    """White strokes and bars; a reader sees those that lie on a shade."""
    dashed: tuple[Box, ...] = ()
    """Those of `strokes` that are drawn with a dash pattern."""
    waves: tuple[Box, ...] = ()
    """Lines that bend to both sides; none of them is among `strokes`."""
    overlays: Sequence[Glyph] = ()
    """Visible glyphs that belong to no line of the page: a watermark, comments in the margin."""
    tinted: Sequence[Glyph] = ()
    """Those of `glyphs` in another colour than most."""
    vertical: bool = False
    """The type is vertical: its side lines (傍線) stand above the lines and not below."""
    ocr_layer: Sequence[Glyph] = ()
    """On a page that shows no glyph: the invisible ones, which a scanner put behind its picture."""
    believed: int = 0
    """How many of these besshi takes for what the picture shows; they are no longer hidden."""
    pasted: tuple[Box, ...] = ()
    """Pictures in a cell of the page's own table; they are not among what may be text."""
    curves: Sequence[Box] = ()
    """Curves and slanting lines that are larger than a dot, in drawing order."""
    marked: tuple[tuple[MarkKind, Box], ...] = ()
    """Marks that a picture shows: the kind, and the level middle of the type that each marks."""
    covered: int = 0
    """How many of the hidden ones lie under a filled area that was painted over them."""
    masked: Sequence[Glyph] = ()
    """Those of `glyphs` that a soft mask may hide."""
    stamps: Sequence[Glyph] = ()
    """Those of `tinted` that stand on a white patch over other glyphs."""
    contradicted: Sequence[Glyph] = ()
    """Those of `glyphs` for which their font may name another character than the PDF does."""
    clipped: tuple[Point, ...] = ()
    """Where the page's edge or a clip cuts lines off."""
    source: str = "text_layer"
    """`text_layer`, `ocr` or `mixed` (see `Page.source`)."""
    unread_ink: float | None = None
    """As in `Page`."""
    warp: Warp | None = None
    """As in `Page`."""

    @property
    def columns(self) -> Glyphs:
        """The glyphs in columns. On a page from the text layer they already are."""
        return Glyphs.of(self.glyphs)


def read_drawing(painting: Painting, number: int, crop: Rect) -> Drawing:
    """Convert a painting to a reader's coordinates and leave out what no reader sees.

    Args:
        number: The page's number, from 1.
        crop: The page as displayed, in the painting's coordinates.
    """
    painted = painting.glyphs()
    codes = read_codes(painted.texts)
    inked = find_inked(painted.texts, codes)
    turn, stands = find_line_direction(painting, painted, painted.seen & inked & ~painted.slanted)
    view = _UprightView(crop, turn)
    glyphs = view.glyphs(painted, codes, inked)
    inside = glyphs.inside(view.box(crop))
    seen = painted.seen & inside & ~find_unused_hyphens(glyphs)
    shown, by_shape, patched = _find_shown(painted, painting, seen, inked)
    margin, in_balloons = find_balloons(painted, painting)
    blank = shown & ~inked | find_hanging_spaces(inked, shown, painted.within) & inside
    ink, white = shown & inked, blank & ~in_balloons & ~find_empty(painted.texts, codes)
    overlaid = find_overlays(glyphs, ink, painted.slanted) | (ink & in_balloons)
    overlaid[painting.stamped] |= ink[painting.stamped]
    unseen = margin | find_covered_shapes(painting)
    shapes = [shape for place, shape in enumerate(painting.shapes) if place not in unseen]
    strokes = tuple(stroke for shape in shapes for stroke in _find_strokes(shape, view))
    overlaid |= find_light_overlays(glyphs, ink, painted.color, strokes)
    white[1:] &= ~overlaid[:-1]  # the space of 写　し is as high as its letters
    white[:-1] &= ~overlaid[1:]
    kept = _drop_duplicates(glyphs, ink & ~overlaid)
    laid = glyphs.take(np.concatenate((kept, np.flatnonzero(white))))
    vertical = stands or painting.is_vertical
    laid = set_vertical(laid) if vertical or turn == _DOWN else name_characters(laid)
    outlines = list_outlines(painting.shapes, view.box)
    typed = len(laid)  # vertical type loses white space that its characters cover
    laid = add_picture_glyphs(laid, _list_pictures(painting.shapes, view), outlines)
    pictured = len(laid) - typed
    count = int(np.count_nonzero(inked)) + pictured
    overlays, tinted = glyphs.take(overlaid), laid.take(find_tinted(painted.color[kept]))
    scanned = painting.images and not len(kept)
    shades = tuple(shade for shape in shapes for shade in _find_shades(shape, view))
    borders = itertools.chain(strokes, (shade.box for shade in shades))
    pasted = find_pasted(_list_pictures(shapes, view), borders)
    return Drawing(
        number=number,
        width=crop[2] - crop[0],
        height=crop[3] - crop[1],
        turn=view.turn,
        glyphs=laid,
        count=count,
        hidden=count - pictured - len(kept) - len(overlays),
        strokes=strokes,
        shades=shades,
        pictured=painting.images > len(pasted) or len(outlines) > _MANY_OUTLINES,
        light=tuple(box for shape in painting.shapes for box in _find_light(shape, view)),
        dashed=tuple(s for shape in shapes if shape.dashed for s in _find_strokes(shape, view)),
        waves=tuple(view.box(find_visible_rect(s)) for s in shapes if s.kind == "wave"),
        overlays=overlays,
        tinted=tinted,
        contradicted=laid.take(find_texts(laid.texts, painting.contradicted)),
        masked=glyphs.take(painting.find_masked() & ink),
        stamps=find_on_patches(tinted, glyphs.take(patched & inside & inked)),
        vertical=vertical,
        ocr_layer=glyphs.take(find_ocr_layer(painted, painting, inside)) if scanned else (),
        pasted=pasted,
        curves=list_drawn(shapes, view.box),
        source="mixed" if pictured else "text_layer",
        covered=by_shape,
        clipped=find_clipped_ends(glyphs, ink, painted.within & inside, patched),
    )


def _drop_duplicates(glyphs: Glyphs, drawn: Flags) -> Integers:
    """The places of the drawn glyphs, without those that are drawn a second time."""
    doubled = np.zeros(len(glyphs), np.bool_)
    doubled[find_duplicates(glyphs, np.flatnonzero(drawn))] = True
    return np.flatnonzero(drawn & ~doubled)


def _find_shown(
    painted: PaintedGlyphs, painting: Painting, on_page: Flags, inked: Flags
) -> tuple[Flags, int, Flags]:
    """Flag the glyphs that nothing covers and that are not in the colour of their ground.

    Returns:
        The flags; how many glyphs a filled area hides, over them or in their colour; and flags of
        those under a white one.
    """
    covered, by_fill, patched = find_covered(painted, painting, on_page & inked)
    shown = on_page & ~covered
    unseen, blacked = find_same_ink(painted, painting, shown & inked)
    hidden = int(np.count_nonzero((by_fill | blacked) & on_page & inked))
    return shown & ~unseen, hidden, patched


def _list_pictures(shapes: Iterable[PaintedShape], view: "_UprightView") -> list[Box]:
    """What the page shows of its images."""
    return [view.box(find_visible_rect(shape)) for shape in shapes if shape.kind == "image"]


class _UprightView(Struct, frozen=True):
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


def _find_strokes(shape: PaintedShape, view: _UprightView) -> Iterator[Box]:
    """Yield the visible straight pieces of a shape's outline."""
    if shape.stroke and shape.kind != "wave":
        yield from _cut_outline(shape, view)


def _find_light(shape: PaintedShape, view: _UprightView) -> Iterator[Box]:
    """Yield the white pieces of a shape's outline, or a white bar."""
    if shape.stroke is not None and not shape.stroke:
        yield from _cut_outline(shape, view)
    elif shape.fill is not None and not shape.fill and shape.kind == "rect":
        box = view.box(find_visible_rect(shape))
        if 0 <= min(box.width, box.height) < _LIGHT:
            yield box


def _cut_outline(shape: PaintedShape, view: _UprightView) -> Iterator[Box]:
    """Yield the straight pieces of an outline that are inside its clip."""
    for (a, b), (c, d) in itertools.pairwise(_outline_points(shape)):
        left, low, right, high = shape.clip
        x0, x1 = max(min(a, c), left - _PEN), min(max(a, c), right + _PEN)
        y0, y1 = max(min(b, d), low - _PEN), min(max(b, d), high + _PEN)
        if x0 <= x1 and y0 <= y1:
            yield view.box((x0, y0, x1, y1))


def _outline_points(shape: PaintedShape) -> Sequence[tuple[float, float]]:
    """The points of a shape's outline; the outline of a rectangle is closed."""
    if shape.kind != "rect":
        return shape.points
    x0, y0, x1, y1 = bounding_rect(shape.points)
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)


def _find_shades(shape: PaintedShape, view: _UprightView) -> Iterator[Shade]:
    if shape.fill and shape.kind not in ("gradient", "wave") and len(shape.points) <= _BAR_POINTS:
        x0, y0, x1, y1 = find_visible_rect(shape)
        # Printer drivers draw patterned lines as images of a pen's thickness.
        drawn = shape.kind != "image" or min(x1 - x0, y1 - y0) <= _THICK_PEN
        if drawn and x0 <= x1 and y0 <= y1:
            yield Shade(view.box((x0, y0, x1, y1)), shape.fill)

"""Turn what a page paints into what a reader sees on it, upright."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from msgspec import Struct

from pipeline.extract.pdf.balloons import find_balloons
from pipeline.extract.pdf.clipped_ends import Point, find_clipped_ends
from pipeline.extract.pdf.content import Painting, Rect
from pipeline.extract.pdf.covered_glyphs import (
    find_covered_shapes,
    find_ocr_layer,
    find_on_patches,
)
from pipeline.extract.pdf.glyph_colors import find_tinted
from pipeline.extract.pdf.glyphs import Glyphs, find_inked, find_texts, read_codes
from pipeline.extract.pdf.line_direction import find_line_direction
from pipeline.extract.pdf.outline_glyphs import list_drawn, list_outlines
from pipeline.extract.pdf.picture_glyphs import add_picture_glyphs, find_pasted
from pipeline.extract.pdf.upright_view import Shade, UprightView
from pipeline.extract.pdf.vertical_type import name_characters, set_vertical
from pipeline.extract.pdf.visible_glyphs import sort_glyphs
from pipeline.model import Box, Glyph, MarkKind, Warp

# Filled curves on a page; judgement: a line of text drawn as outlines has about this many.
_MANY_OUTLINES = 100
_DOWN = 90  # degrees; standard: JIS X 4051, vertical lines run downwards


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
    vertical = stands or painting.is_vertical
    view = UprightView(crop, turn)
    margin, in_balloons = find_balloons(painted, painting)
    unseen = margin | find_covered_shapes(painting)
    shapes = [shape for place, shape in enumerate(painting.shapes) if place not in unseen]
    strokes, shades = view.strokes(shapes), view.shades(shapes)
    glyphs = view.glyphs(painted, codes, inked)
    found = sort_glyphs(painting, painted, glyphs, view.box(crop), strokes, in_balloons)
    kept = found.find_lines()
    lines = glyphs.take(np.concatenate((kept, np.flatnonzero(found.white))))
    lines = set_vertical(lines) if vertical or turn == _DOWN else name_characters(lines)
    outlines = list_outlines(painting.shapes, view.box)
    laid = add_picture_glyphs(lines, view.pictures(painting.shapes), outlines)
    pictured = len(laid) - len(lines)  # vertical type loses white space that its characters cover
    count = int(np.count_nonzero(inked)) + pictured
    overlays = glyphs.take(found.overlaid)
    tinted = laid.take(find_tinted(painted.color[kept]))
    scanned = painting.images and not len(kept)
    pasted = find_pasted(view.pictures(shapes), chain(strokes, (shade.box for shade in shades)))
    return Drawing(
        number=number,
        width=crop[2] - crop[0],
        height=crop[3] - crop[1],
        turn=turn,
        glyphs=laid,
        count=count,
        hidden=count - pictured - len(kept) - len(overlays),
        strokes=strokes,
        shades=shades,
        pictured=painting.images > len(pasted) or len(outlines) > _MANY_OUTLINES,
        light=view.light(painting.shapes),
        dashed=view.strokes(shape for shape in shapes if shape.dashed),
        waves=view.waves(shapes),
        overlays=overlays,
        tinted=tinted,
        contradicted=laid.take(find_texts(laid.texts, painting.contradicted)),
        masked=glyphs.take(painting.find_masked() & found.ink),
        stamps=find_on_patches(tinted, glyphs.take(found.patched & found.inside & inked)),
        vertical=vertical,
        ocr_layer=glyphs.take(find_ocr_layer(painted, painting, found.inside)) if scanned else (),
        pasted=pasted,
        curves=list_drawn(shapes, view.box),
        source="mixed" if pictured else "text_layer",
        covered=found.covered,
        clipped=find_clipped_ends(glyphs, found.ink, painted.within & found.inside, found.patched),
    )

"""One page: from what is drawn to grids of cells and the lines around them."""

from dataclasses import dataclass, replace

import numpy as np

from pipeline.extract.lines.grouping import build_lines
from pipeline.extract.lines.ruby import lift_ruby
from pipeline.extract.ocr.registration import find_move, move_drawing
from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.extract.pdf.page_content import Drawing
from pipeline.extract.tables.borderless.finder import find_borderless
from pipeline.extract.tables.borderless.regions import Columns
from pipeline.extract.tables.carry_over import CarryOver
from pipeline.extract.tables.fills import shade_edges
from pipeline.extract.tables.frames import find_frames, frame_of
from pipeline.extract.tables.grid import fill_frames
from pipeline.extract.tables.rulings import Rulings, Segment, merge_rulings, split_strokes
from pipeline.model import Box, Page, PageHeader, PageOrigin
from pipeline.vocabulary.header_roles import HeaderRoles

# Shares of the page's font size. A row of text is at least one font size high, a column one wide.
_RULING = 0.3  # judgement: thickness of a ruling, and how far apart its strokes and pieces may be
_GAP = 0.6  # judgement: between the borders of neighbouring cells, where each cell has its own
_DEFAULT_SIZE = 10.0  # points; judgement: only for a page of rulings without any text


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was read on a page."""

    page: Page
    carried: CarryOver
    """What the next page has to know."""
    foot_columns: Columns | None
    """Of a table whose header stands at the foot of the page before (see `BorderlessTables`)."""


def read_page(
    drawing: Drawing,
    carried: CarryOver,
    roles: HeaderRoles,
    foot_columns: Columns | None = None,
) -> PageReading:
    """Find the tables of a page and the lines in and around them.

    Args:
        drawing: What is drawn on the page.
        carried: What the pages before tell.
        roles: What headers mean in this annex.
        foot_columns: The columns of a header at the foot of this page, as the next page shows
            them; None: not known, or there is none.
    """
    drawing = _register(drawing, carried)
    text, ruby = lift_ruby(drawing.columns)
    size = _small_size(text)
    levels = _find_levels(drawing, size)
    frames, boxes = find_frames(levels, _GAP * size, carried.ruled)
    carried = replace(carried, ruled=frames[-1].column_edges if frames else ())
    held = [text.inside(frame.box) for frame in frames]
    rest = text.take(~np.any(held, axis=0)) if held else text
    free = [s for s in levels.horizontal if not any(_crosses(f.box, s) for f in frames)]
    found = find_borderless(tuple(rest), free, boxes, size, carried, roles, foot_columns)
    frames += [frame_of(table, _GAP * size) for table in found.rulings]
    frames.sort(key=lambda frame: frame.box.top)
    grids, loose = fill_frames(frames, text, drawing.number)
    overlays = build_lines(drawing.overlays, drawing.number)
    ruby_lines = build_lines(ruby, drawing.number)
    page = Page(_header(drawing), tuple(grids), loose, ruby_lines, overlays)
    return PageReading(page, found.carried, found.foot_columns)


def _header(drawing: Drawing) -> PageHeader:
    return PageHeader(
        number=drawing.number,
        width=drawing.width,
        height=drawing.height,
        source=PageOrigin(drawing.source),
        glyphs=drawing.count,
        hidden=drawing.hidden,
        turn=drawing.turn,
        unread_ink=drawing.unread_ink,
        warp=drawing.warp,
    )


def _find_levels(drawing: Drawing, size: float) -> Rulings:
    """The rulings, and the edges of shades that part rows as rulings do."""
    bars = [shade.box for shade in drawing.shades]
    thickness = _RULING * size
    rulings = merge_rulings(split_strokes([*drawing.strokes, *bars], thickness), thickness)
    edges = shade_edges(drawing.shades, size)
    return merge_rulings(Rulings((*rulings.horizontal, *edges), rulings.vertical), thickness)


def _register(drawing: Drawing, carried: CarryOver) -> Drawing:
    """A scanned page laid over the page before, where its first table may go on from there."""
    if drawing.warp is None or not carried.ruled:
        return drawing
    size = _small_size(drawing.columns)
    frames, _ = find_frames(_find_levels(drawing, size), _GAP * size)
    move = find_move(frames[0].column_edges, carried.ruled, size) if frames else None
    return move_drawing(drawing, move) if move else drawing


def _crosses(box: Box, level: Segment) -> bool:
    return box.top <= level.position <= box.bottom and level.start < box.x1 and level.end > box.x0


def _small_size(glyphs: Glyphs) -> float:
    """The size that most of the page's text has at least: a table may be set in a smaller one."""
    sizes = np.sort(glyphs.size[glyphs.inked])
    return float(sizes[len(sizes) // 4]) if len(sizes) else _DEFAULT_SIZE

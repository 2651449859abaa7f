"""Read one page: from what is drawn to grids of cells and the lines around them."""

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.lines.grouping import build_lines
from pipeline.extract.lines.ruby import lift_ruby
from pipeline.extract.marks.finder import Unmarked, part_marks
from pipeline.extract.marks.placed import PlacedMark, mark_grids, mark_lines
from pipeline.extract.marks.signs import lift_emphasis, mark_tinted
from pipeline.extract.ocr.registration import find_move, move_drawing
from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.extract.pdf.outline_glyphs import join_outlines
from pipeline.extract.pdf.page_content import Drawing
from pipeline.extract.tables.borderless.finder import find_borderless
from pipeline.extract.tables.borderless.regions import Columns
from pipeline.extract.tables.carry_over import CarryOver
from pipeline.extract.tables.fills import cut_overhanging, drop_inset, find_shade_edges
from pipeline.extract.tables.forgotten_sides import part_faces
from pipeline.extract.tables.frames import (
    Frame,
    build_inferred_frame,
    find_frames,
    sort_frames,
    take_around,
)
from pipeline.extract.tables.gap_rows import add_gap_rows
from pipeline.extract.tables.grid import fill_frames
from pipeline.extract.tables.header_frames import (
    add_header_rows,
    add_side_columns,
    drop_column_lines,
    drop_header_frames,
)
from pipeline.extract.tables.light_rulings import find_light_rulings
from pipeline.extract.tables.overrunning import find_signs_between
from pipeline.extract.tables.rulings import (
    CELL_GAP,
    NO_RULINGS,
    RULING,
    Rulings,
    Segment,
    is_dot,
    merge_rulings,
)
from pipeline.extract.tables.typed_rulings import lift_typed_rulings
from pipeline.extract.tables.unparted_columns import part_columns, part_wide_faces
from pipeline.extract.tables.unparted_header import part_header
from pipeline.model import Box, Page, PageHeader, PageOrigin
from pipeline.vocabulary.header_roles import HeaderRoles

_DEFAULT_SIZE = 10.0  # points; judgement: the usual size, for a page of rulings without text


class PageReading(Struct, frozen=True):
    """What was read on a page."""

    page: Page
    carried: CarryOver
    """What the next page needs to know."""
    foot_columns: Columns | None
    """Of a header at the foot of the page before (see `BorderlessTables`)."""


def read_page(drawing: Drawing, carried: CarryOver, roles: HeaderRoles) -> PageReading:
    """Find the tables of a page, and the lines inside and around them.

    Args:
        carried: What the pages before found, and the next one of a header at this page's foot.
    """
    drawing = _align_to_previous_page(drawing, carried)
    text, signs, emphasis = lift_emphasis(drawing.columns)
    text, ruby = lift_ruby(text)
    text, typed, lattices = lift_typed_rulings(text)
    size = _find_small_size(text)
    unmarked = part_marks(drawing, text, RULING * size, size)
    rulings = _complete_rulings(unmarked, lattices, drawing, text, size)
    between = find_signs_between(text, rulings.vertical)
    text, laid = text.take(~between), text.take(between)
    rulings = add_gap_rows(rulings, CELL_GAP * size)
    frames, boxes = _find_ruled_tables(rulings, text, size, carried, roles)
    ruled = frames[-1].column_edges if frames else ()
    rows = carried.rows.add((frame.column_edges, frame.row_edges) for frame in frames)
    carried = replace(carried, ruled=ruled, rows=rows)
    around = take_around(frames, text)
    levels_around = [s for s in rulings.horizontal if not any(_crosses(f.box, s) for f in frames)]
    found = find_borderless(tuple(around), levels_around, boxes, size, carried, roles)
    frames += [build_inferred_frame(table, CELL_GAP * size) for table in found.rulings]
    if drawing.warp is None:  # a picture's boxes are not that exact
        frames = [part_faces(frame, text) for frame in frames]
    frames = sort_frames(frames, RULING * size)
    outlines = join_outlines(drawing.curves, size)
    grids, loose = fill_frames(frames, text, drawing, outlines)
    pictured = (PlacedMark(kind, box.x0, box.x1, box.top) for kind, box in drawing.marked)
    marks = (*unmarked.marks, *pictured, *emphasis, *mark_tinted(drawing.tinted))
    grids, loose = mark_grids(grids, marks), mark_lines(loose, marks)
    apart = (drawing.overlays, typed, laid)
    overlays = tuple(line for glyphs in apart for line in build_lines(glyphs, drawing.number))
    ruby_lines = (*build_lines(ruby, drawing.number), *build_lines(signs, drawing.number))
    page = Page(_header(drawing), tuple(grids), loose, ruby_lines, overlays)
    return PageReading(page, found.carried, found.foot_columns)


def _find_ruled_tables(
    rulings: Rulings, text: Glyphs, size: float, carried: CarryOver, roles: HeaderRoles
) -> tuple[list[Frame], list[Box]]:
    """Find the frames of the ruled tables, with the rows and columns that nothing rules.

    Returns:
        The frames from top to bottom, and the rectangles without any ruling inside.
    """
    frames, boxes = find_frames(rulings, CELL_GAP * size, carried.ruled, carried.rows)
    frames = drop_header_frames(frames, rulings.horizontal, text, roles, size)
    frames = drop_column_lines(frames, text, roles, size, carried.columns)
    frames = add_header_rows(frames, text, roles, size)
    frames = add_side_columns(frames, text, roles, size, carried.ruled)
    below = [*(frame.column_edges for frame in frames[1:]), ()]
    frames = [
        part_columns(frame, text, roles, size, carried.ruled, below[number])
        for number, frame in enumerate(frames)
    ]
    frames = [part_wide_faces(frame, text, size) for frame in frames]
    return [part_header(frame, text, roles, size) for frame in frames], boxes


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


def _complete_rulings(
    unmarked: Unmarked, typed: Rulings, drawing: Drawing, text: Glyphs, size: float
) -> Rulings:
    """Add typed rulings, the edges of shades, and what parts a coloured header into cells.

    The edges of shades separate rows as rulings do.
    """
    rulings = unmarked.rulings
    shades = cut_overhanging(unmarked.shades, rulings.vertical, text, size)
    edges = find_shade_edges(shades, size)
    inner = find_light_rulings(drawing.light, shades, rulings, text, size)
    level = [*rulings.horizontal, *edges]
    if drawing.warp is None:  # on a picture no line has exact ends
        # Two cells' own sides merge to one ruling, which the lines of neither may meet.
        sides = [side for side in unmarked.strokes.vertical if not is_dot(side)]
        level = drop_inset(level, [*rulings.vertical, *sides], size)
    level += [*typed.horizontal, *inner.horizontal]
    upright = (*rulings.vertical, *typed.vertical, *inner.vertical)
    return merge_rulings(Rulings(tuple(level), upright), RULING * size)


def _align_to_previous_page(drawing: Drawing, carried: CarryOver) -> Drawing:
    """Move a scanned page so that its first table has the column edges of the page before."""
    if drawing.warp is None or not carried.ruled:
        return drawing
    size = _find_small_size(drawing.columns)
    unmarked = part_marks(drawing, drawing.columns, RULING * size, size)
    rulings = _complete_rulings(unmarked, NO_RULINGS, drawing, drawing.columns, size)
    frames, _ = find_frames(rulings, CELL_GAP * size)
    move = find_move(frames[0].column_edges, carried.ruled, size) if frames else None
    return move_drawing(drawing, move) if move else drawing


def _crosses(box: Box, level: Segment) -> bool:
    return box.top <= level.position <= box.bottom and level.start < box.x1 and level.end > box.x0


def _find_small_size(glyphs: Glyphs) -> float:
    """Find the lower quartile of the page's font sizes: tables may be set smaller than the rest."""
    sizes = glyphs.size[glyphs.inked]
    quarter = len(sizes) // 4
    return float(np.partition(sizes, quarter)[quarter]) if len(sizes) else _DEFAULT_SIZE

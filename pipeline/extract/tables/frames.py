"""Find tables in rulings: their edges and their faces.

A row that a page break cuts often has no ruling below, and none above on the next page. Table
finders that need four closed corners drop such a row with all its text. Here the vertical rulings
are enough: the frame is closed at their ends and remembers that it was open.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.extract.tables.cells import Face, find_faces
from pipeline.extract.tables.continued_edges import continue_edges, runs_through
from pipeline.extract.tables.frame_rulings import (
    add_missing_sides,
    add_rulings_above,
    cut_overhanging_sides,
    drop_marks,
    split_components,
)
from pipeline.extract.tables.rulings import Rulings, Segment
from pipeline.extract.tables.sheet_rows import NO_ROWS, SheetRows
from pipeline.model import Box, group_neighbours

_MAX_CLUSTER = 1.5  # tolerances that the rulings of one edge span; judgement: less than a glyph


class Frame(Struct, frozen=True):
    """A grid without its text."""

    column_edges: tuple[float, ...]
    row_edges: tuple[float, ...]
    faces: tuple[Face, ...]
    open_top: bool
    open_bottom: bool
    inferred: bool = False
    """Its columns have no rulings (see `Grid`)."""

    @property
    def box(self) -> Box:
        """The frame's rectangle."""
        return Box.within(self.column_edges, self.row_edges)

    def holds_in_a_cell(self, box: Box) -> bool:
        """Whether a box lies in one face. A box over two cells side by side does not."""
        own = map(self.box_of, self.faces)
        return any(face.contains(box) and box.width <= face.width for face in own)

    def box_of(self, face: Face) -> Box:
        """The rectangle of one of its faces."""
        columns, rows = self.column_edges, self.row_edges
        return Box(
            columns[face.column], rows[face.row], columns[face.column_end], rows[face.row_end]
        )


def find_frames(
    rulings: Rulings,
    tolerance: float,
    previous_edges: Sequence[float] = (),
    earlier: SheetRows = NO_ROWS,
) -> tuple[list[Frame], list[Box]]:
    """Find the tables and the empty boxes that rulings draw.

    Args:
        rulings: Merged rulings of a page.
        previous_edges: The column edges of the table that the page before ended with. In a table
            without sides they complete a row that has no rulings above and below.
        earlier: The rows of the tables of all pages before. One column with the same rows is a
            table as well.

    Returns:
        The tables from top to bottom, and the rectangles without any ruling inside: around prose,
        or around a table without rulings. A small table inside a cell belongs to the table
        around it.
    """
    components = split_components(rulings, tolerance)
    met = {line for part in components for line in part.horizontal}
    alone = [line for line in rulings.horizontal if line not in met]
    parts = [drop_marks(add_rulings_above(c, alone, tolerance), tolerance) for c in components]
    parts = [cut_overhanging_sides(add_missing_sides(p, tolerance), tolerance) for p in parts]
    drawn = [_build_frame(part, tolerance) for part in parts]
    frames = [
        _complete_columns(
            frame, part, _edges_not_beside(frame, drawn, previous_edges, tolerance), tolerance
        )
        for frame, part in zip(drawn, parts, strict=True)
    ]
    tables = [
        (frame, part)
        for frame, part in zip(frames, parts, strict=True)
        if _is_table(frame, earlier, tolerance)
    ]
    found = [frame for frame, _ in tables]
    boxes = [frame.box for frame in frames if len(frame.faces) == 1 and frame not in found]
    return sort_frames(_take_in_inner(tables, tolerance), tolerance), boxes


def _take_in_inner(tables: Sequence[tuple[Frame, Rulings]], tolerance: float) -> list[Frame]:
    """Take small tables inside a cell into the table around them; one over several is dropped."""
    outer: list[tuple[Frame, list[Rulings]]] = []
    for frame, part in sorted(tables, key=lambda t: -t[0].box.width * t[0].box.height):
        around = next(((o, held) for o, held in outer if o.box.contains(frame.box)), None)
        if around is None:
            outer.append((frame, [part]))
        elif around[0].holds_in_a_cell(frame.box):
            around[1].append(part)
    return [
        frame if len(held) == 1 else _build_frame(_combine(held), tolerance)
        for frame, held in outer
    ]


def sort_frames(frames: Sequence[Frame], tolerance: float) -> list[Frame]:
    """Sort frames from top to bottom, those whose tops are level from left to right.

    Args:
        tolerance: In points, between two tops that are level: they differ by rounding.
    """
    rows = group_neighbours(
        sorted(frames, key=lambda f: f.box.top),
        lambda row, frame: frame.box.top - row[0].box.top < tolerance,
    )
    return [frame for row in rows for frame in sorted(row, key=lambda f: f.box.x0)]


def take_around(frames: Sequence[Frame], text: Glyphs) -> Glyphs:
    """Take the glyphs that stand in no frame."""
    in_frames = [text.inside(frame.box) for frame in frames]
    return text.take(~np.any(in_frames, axis=0)) if in_frames else text


def _complete_columns(
    frame: Frame, rulings: Rulings, previous_edges: Sequence[float], tolerance: float
) -> Frame:
    """Give a frame that may go on with the page before all columns of that page."""
    own = frame.column_edges
    edges = continue_edges(frame.open_top, own, frame.row_edges, rulings, previous_edges, tolerance)
    faces = frame.faces
    if len(edges) != len(own):
        faces = tuple(find_faces(edges, frame.row_edges, rulings))
    return replace(frame, column_edges=edges, faces=faces)


def _edges_not_beside(
    frame: Frame, frames: Sequence[Frame], edges: Sequence[float], tolerance: float
) -> list[float]:
    """Keep the column edges that do not belong to another frame beside one.

    Two pieces of a table that stand abreast may join on the page before, and part on this one.
    """
    own = frame.box
    beside = [
        box
        for box in (other.box for other in frames)
        if (box.x1 < own.x0 or own.x1 < box.x0) and box.top < own.bottom and own.top < box.bottom
    ]
    return [
        x for x in edges if not any(box.x0 - tolerance <= x <= box.x1 + tolerance for box in beside)
    ]


def build_inferred_frame(rulings: Rulings, tolerance: float) -> Frame:
    """Build the frame of a table whose rulings were inferred from its text."""
    return replace(_build_frame(rulings, tolerance), inferred=True)


def _is_table(frame: Frame, earlier: SheetRows, tolerance: float) -> bool:
    columns, rows = frame.column_edges, frame.row_edges
    if len(columns) == 2:
        return earlier.has(columns, rows, tolerance)
    return len(columns) > 2 and len(frame.faces) > 1


def _combine(parts: Sequence[Rulings]) -> Rulings:
    """Combine the rulings of a table with those of the small tables in its cells."""
    return Rulings.sort(
        (line for part in parts for line in part.horizontal),
        (line for part in parts for line in part.vertical),
    )


def _build_frame(rulings: Rulings, tolerance: float) -> Frame:
    columns = _merge_positions(rulings.vertical, tolerance)
    rows = _merge_positions(rulings.horizontal, tolerance)
    columns, _, _ = _extend(columns, rulings.horizontal, tolerance)
    columns = _place_sides(columns, rulings, tolerance)
    rows, open_top, open_bottom = _extend(rows, rulings.vertical, tolerance)
    faces = find_faces(columns, rows, rulings)
    return Frame(tuple(columns), tuple(rows), tuple(faces), open_top, open_bottom)


def _merge_positions(segments: Sequence[Segment], tolerance: float) -> list[float]:
    """Find the edges of a frame: of segments too close for a cell, the longest counts."""

    def joins(cluster: list[Segment], segment: Segment) -> bool:
        near = segment.position - cluster[-1].position <= tolerance
        return near and segment.position - cluster[0].position <= _MAX_CLUSTER * tolerance

    clusters = group_neighbours(segments, joins)
    return [max(cluster, key=lambda s: s.end - s.start).position for cluster in clusters]


def _extend(
    edges: list[float], crossing: Sequence[Segment], tolerance: float
) -> tuple[list[float], bool, bool]:
    """Close a frame at the ends of the lines that reach beyond its outer edges.

    At least two lines have to reach beyond (if there are two), or one that runs through the whole
    frame. A single shorter line is a mark, not a row.

    Returns:
        The edges, and whether one was added before and behind the others.
    """
    if not crossing:
        return edges, False, False
    starts = sorted(segment.start for segment in crossing)
    ends = sorted((segment.end for segment in crossing), reverse=True)
    second = min(1, len(crossing) - 1)
    through = [c for c in crossing if edges and runs_through(c, edges, tolerance)]
    first = min([starts[second], *(c.start for c in through)])
    last = max([ends[second], *(c.end for c in through)])
    before = not edges or first < edges[0] - tolerance
    after = not edges or last > edges[-1] + tolerance
    extended = [starts[0]] * before + edges + [ends[0]] * after
    return extended, before, after


def _place_sides(columns: list[float], rulings: Rulings, tolerance: float) -> list[float]:
    """Move the outer edges to the ends of the horizontal rulings where no side is drawn.

    A small table in the outer cell of a table without sides nearly reaches them. As a side it would
    be elsewhere than on other pieces, which would then be other tables.
    """
    if not columns or not rulings.horizontal:
        return columns
    left = min(line.start for line in rulings.horizontal)
    right = max(line.end for line in rulings.horizontal)
    rows = [line.position for line in rulings.horizontal]
    sides = [
        v.position for v in rulings.vertical if runs_through(v, (rows[0], rows[-1]), tolerance)
    ]
    placed = list(columns)
    for index, end in ((0, left), (-1, right)):
        if not any(abs(side - columns[index]) <= tolerance for side in sides):
            placed[index] = end if abs(end - columns[index]) <= tolerance else columns[index]
    return placed

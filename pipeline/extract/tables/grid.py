"""Turn frames into grids: each glyph goes to the cell that holds its middle."""

import itertools
from collections.abc import Container, Sequence

import numpy as np
from msgspec.structs import replace

from pipeline.extract.lines.grouping import build_all_lines
from pipeline.extract.pdf.clipped_ends import Point
from pipeline.extract.pdf.glyphs import Flags, Glyphs, Integers
from pipeline.extract.pdf.page_content import Drawing
from pipeline.extract.tables.frames import Frame
from pipeline.extract.tables.overflow import keep_overflowing
from pipeline.extract.tables.overrunning import keep_hanging, keep_overrunning
from pipeline.extract.tables.spilled import keep_spilled
from pipeline.model import Box, Cell, Doubt, Grid, Line

_OUTSIDE = -1  # in place of a cell's number: the glyph is outside all frames
_TYPE = 3  # curves; judgement: two may be a tick and an arrow beside a text
_NEAR = 0.1  # em; judgement: an end of a line and that of its glyph differ by rounding


def fill_frames(
    frames: Sequence[Frame], glyphs: Glyphs, drawing: Drawing, outlines: Sequence[Box]
) -> tuple[list[Grid], tuple[Line, ...]]:
    """Assign every glyph to the one cell that holds its middle, or to that of the text it ends.

    Args:
        frames: Of one page; where two overlap, the first takes the glyphs.
        glyphs: The page's text.
        drawing: What else is drawn on it.
        outlines: Curves as high as a character; in a cell, they may be its text or a line of it.

    Returns:
        The grids with their lines, and the lines outside them.
    """
    cells = np.full(len(glyphs), _OUTSIDE)
    numbers = list(itertools.accumulate((len(frame.faces) for frame in frames), initial=0))
    for frame, first in zip(frames, numbers, strict=False):
        inside = glyphs.inside(frame.box) & (cells == _OUTSIDE)
        cells[inside] = first + number_faces(frame)[_find_slots(frame, glyphs, inside)]
    boxes = [box for frame in frames for box in map(frame.box_of, frame.faces)]
    cells = keep_hanging(cells, glyphs)
    cells, overrun = keep_overrunning(cells, glyphs, boxes, drawing.clipped)
    cells = keep_spilled(cells, glyphs, boxes)
    lines = build_all_lines(glyphs, cells, drawing.number)
    grids = [
        _build_grid(
            frame,
            [lines[first + face] for face in range(len(frame.faces))],
            drawing,
            outlines,
            {number - first for number in overrun},
        )
        for frame, first in zip(frames, numbers, strict=False)
    ]
    grids, loose = keep_overflowing(grids, lines[_OUTSIDE])
    return _flag_clipped(grids, drawing.clipped) if drawing.clipped else grids, loose


def _find_slots(frame: Frame, glyphs: Glyphs, inside: Flags) -> tuple[Integers, Integers]:
    """Find the row and the column of each glyph inside a frame."""
    row = np.searchsorted(frame.row_edges, glyphs.y[inside], "right") - 1
    column = np.searchsorted(frame.column_edges, glyphs.x[inside], "right") - 1
    rows, columns = len(frame.row_edges) - 1, len(frame.column_edges) - 1
    return np.minimum(row, rows - 1), np.minimum(column, columns - 1)


def number_faces(frame: Frame) -> Integers:
    """Number the faces of a frame: an array of its rows and columns with the index of each face."""
    numbers = np.zeros((len(frame.row_edges) - 1, len(frame.column_edges) - 1), np.int64)
    for number, face in enumerate(frame.faces):
        numbers[face.row : face.row_end, face.column : face.column_end] = number
    return numbers


def _build_grid(
    frame: Frame,
    lines: Sequence[Sequence[Line]],
    drawing: Drawing,
    outlines: Sequence[Box],
    overrun: Container[int],
) -> Grid:
    """Build the grid of a frame.

    Args:
        lines: Those in each of its faces.
        drawing: What else is drawn on its page.
        outlines: Curves as high as a character.
        overrun: The indexes of the faces at whose side a line runs over the ruling.
    """
    cells = []
    for index, (face, inside) in enumerate(zip(frame.faces, lines, strict=True)):
        box = frame.box_of(face)
        spans = face.row_end - face.row, face.column_end - face.column
        pictured = any(
            map(box.contains, drawing.pasted if inside else (*drawing.pasted, *outlines))
        )
        raised = {
            Doubt.FORGOTTEN_SIDE: face.parted,
            Doubt.OVERRUN: index in overrun,
            Doubt.OUTLINED: bool(inside) and _count_free(outlines, box, inside) >= _TYPE,
            Doubt.STAMPED: any(box.contains(glyph.box) for glyph in drawing.stamps),
            Doubt.MASKED: any(box.contains(glyph.box) for glyph in drawing.masked),
            Doubt.CONTRADICTED: any(box.contains(glyph.box) for glyph in drawing.contradicted),
        }
        doubts = tuple(doubt for doubt, is_raised in raised.items() if is_raised)
        place = face.row, face.column
        cells.append(Cell(*place, *spans, box, tuple(inside), face.goes_on, pictured, doubts))
    return Grid(
        drawing.number,
        frame.column_edges,
        frame.row_edges,
        tuple(sorted(cells, key=lambda c: c.slot)),
        frame.open_top,
        frame.open_bottom,
        frame.inferred,
    )


def _count_free(outlines: Sequence[Box], box: Box, lines: Sequence[Line]) -> int:
    """Count the curves in a cell that stand on none of its lines, as a ring around a word does."""
    return sum(
        box.contains(curve)
        and not any(
            line.top < curve.center[1] < line.bottom and line.x0 < curve.center[0] < line.x1
            for line in lines
        )
        for curve in outlines
    )


def _flag_clipped(grids: Sequence[Grid], ends: Sequence[Point]) -> list[Grid]:
    """Flag the lines that end or begin where the page's edge or a clip cuts their text off."""
    return [grid.with_lines(lambda lines: (_flag(line, ends) for line in lines)) for grid in grids]


def _flag(line: Line, ends: Sequence[Point]) -> Line:
    near = _NEAR * line.size
    sides = line.x0, line.x1
    cut = any(
        line.top < y < line.bottom and any(abs(x - side) < near for side in sides) for x, y in ends
    )
    return replace(line, clipped=True) if cut else line

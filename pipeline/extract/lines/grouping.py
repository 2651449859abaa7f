"""From glyphs to physical lines."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

import numpy as np

from pipeline.extract.lines.line_text import LineReader
from pipeline.extract.pdf.glyphs import Flags, Floats, Glyphs, Integers
from pipeline.model import Box, Glyph, Line

_Side = TypeVar("_Side", float, Floats)


def build_lines(glyphs: Iterable[Glyph], page: int) -> tuple[Line, ...]:
    """Group the glyphs of one cell (or of the page outside the cells) into physical lines.

    Args:
        glyphs: In any order, white space included.
        page: The page's number, from 1.

    Returns:
        From top to bottom; lines without ink are left out. Text that stands sideways on the page
        follows the other lines.
    """
    together = Glyphs.of(glyphs)
    return tuple(build_all_lines(together, np.zeros(len(together), np.int64), page)[0])


def build_all_lines(glyphs: Glyphs, cells: Integers, page: int) -> dict[int, list[Line]]:
    """Group the glyphs of a page into physical lines, cell by cell.

    Args:
        glyphs: In any order, white space included.
        cells: The number of each glyph's cell.
        page: The page's number, from 1.

    Returns:
        The lines of each cell, as `build_lines` has them; none for a cell without ink.
    """
    lines: dict[int, list[Line]] = defaultdict(list)
    directions = np.unique(glyphs.direction).tolist()
    if directions == [0]:
        for cell, line in _level_lines(glyphs, cells, page):
            lines[cell].append(line)
        return lines
    for direction in directions:
        turned = np.flatnonzero(glyphs.direction == direction)
        upright = _upright(glyphs.take(turned), direction)
        for cell, line in _level_lines(upright, cells[turned], page):
            lines[cell].append(_turned(line, direction) if direction else line)
    return lines


def _level_lines(glyphs: Glyphs, cells: Integers, page: int) -> Iterator[tuple[int, Line]]:
    """The lines of each cell from top to bottom, each with its cell."""
    if not len(glyphs):
        return
    middles = glyphs.y
    order = np.lexsort((middles, cells))
    rows = _number_rows(cells[order], middles[order], glyphs.size[order])
    order = order[np.lexsort((glyphs.x0[order], rows))]  # rows keep their places
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    reader = LineReader(glyphs.take(order), starts, page)
    for number, cell in enumerate(cells[order[starts]].tolist()):
        line = reader.read(number)
        if line is not None:
            yield cell, line


def _number_rows(cells: Integers, middles: Floats, sizes: Floats) -> Integers:
    """The number of each glyph's row.

    Args:
        cells: The cell of each glyph, in order.
        middles: The heights of the glyphs' middles, from top to bottom in each cell.
        sizes: Their font sizes.
    """
    # Half the font size: neighbouring lines are set at least one apart.
    reach = 0.5 * np.maximum(sizes, 1.0)
    apart = np.diff(middles, prepend=-np.inf) >= reach
    starts = np.diff(cells, prepend=cells[0] - 1).astype(np.bool_) | apart
    rows = np.cumsum(starts) - 1
    if np.all(middles - middles[starts][rows] < reach):  # as on nearly every page
        return rows
    return _follow_rows(starts, middles, reach)


def _follow_rows(starts: Flags, middles: Floats, reach: Floats) -> Integers:
    """As `_number_rows`, glyph by glyph: a row is where the middles of its glyphs are."""
    rows: list[int] = []
    row, height, held = -1, 0.0, 0
    for is_first, y, near in zip(starts.tolist(), middles.tolist(), reach.tolist(), strict=True):
        if not is_first and y - height < near:
            held += 1
            height += (y - height) / held
        else:
            row, height, held = row + 1, y, 1
        rows.append(row)
    return np.array(rows, np.int64)


def _turned(line: Line, direction: int) -> Line:
    """A sideways line in its place; its characters are spread over the width that it takes."""
    box = Box(*_turned_sides(line.x0, line.top, line.x1, line.bottom, (360 - direction) % 360))
    step = box.width / len(line.text)
    edges = tuple(box.x0 + step * place for place in range(len(line.text) + 1))
    return replace(line, edges=edges, top=box.top, bottom=box.bottom, end=edges[-1], tail="")


def _upright(glyphs: Glyphs, direction: int) -> Glyphs:
    """Glyphs turned about the origin so that lines of this direction run to the right."""
    sides = _turned_sides(glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom, direction)
    x0, top, x1, bottom = sides
    return replace(glyphs, x0=x0, top=top, x1=x1, bottom=bottom)


def _turned_sides(
    x0: _Side, top: _Side, x1: _Side, bottom: _Side, turn: int
) -> tuple[_Side, _Side, _Side, _Side]:
    if turn == 0:
        return x0, top, x1, bottom
    if turn == 90:
        return top, -x1, bottom, -x0
    return (-x1, -bottom, -x0, -top) if turn == 180 else (-bottom, x0, -top, x1)

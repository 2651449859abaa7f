"""From glyphs to physical lines."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

import numpy as np

from pipeline.extract.glyphs import Floats, Glyphs, Integers
from pipeline.extract.typesetting import LineReader
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
    for direction in np.unique(glyphs.direction).tolist():
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
    in_order = (column[order].tolist() for column in (cells, middles, glyphs.size))
    rows = _number_rows(zip(*in_order, strict=True))
    order = order[np.lexsort((glyphs.x0[order], rows))]  # rows keep their places
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    reader = LineReader(glyphs.take(order), starts, page)
    for number, cell in enumerate(cells[order[starts]].tolist()):
        line = reader.read(number)
        if line is not None:
            yield cell, line


def _number_rows(glyphs: Iterable[tuple[int, float, float]]) -> Integers:
    """The number of each glyph's row, of glyphs as cell, height of the middle and font size.

    Args:
        glyphs: Cell by cell, from top to bottom.
    """
    rows: list[int] = []
    row, cell, height, held = -1, None, 0.0, 0
    for own, y, size in glyphs:
        # Half the font size: neighbouring lines are set at least one apart.
        if own == cell and y - height < 0.5 * max(size, 1.0):
            held += 1
            height += (y - height) / held
        else:
            row, cell, height, held = row + 1, own, y, 1
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


def _turned_sides(x0: _Side, top: _Side, x1: _Side, bottom: _Side, turn: int) -> tuple[_Side, ...]:
    if turn == 0:
        return x0, top, x1, bottom
    if turn == 90:
        return top, -x1, bottom, -x0
    return (-x1, -bottom, -x0, -top) if turn == 180 else (-bottom, x0, -top, x1)

"""Group glyphs into physical lines."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeVar
from unicodedata import bidirectional

import numpy as np
from msgspec.structs import replace

from pipeline.extract.lines.line_text import LineBuilder
from pipeline.extract.pdf.glyphs import SMALLEST_SIZE, Flags, Floats, Glyphs, Integers
from pipeline.model import Box, Glyph, Line

_Side = TypeVar("_Side", float, Floats)
# em of the larger glyph, between the middles of two glyphs in different rows; judgement:
# neighbouring lines are set at least one em apart. The 2 of CO₂ hangs by more than half its own em.
_ROW_DISTANCE = 0.5
# em from the middle of one laid glyph to the next; judgement: kanji advance by 1, a little more if
# they are spaced, and lines of sideways type are set further apart.
_LEAST_STEP, _LARGEST_STEP = 0.8, 1.3
_OFF_LINE = 0.1  # em; judgement: the glyphs of one line are level to the last digit
# vertical lines in one cell of level type; judgement: a label has two, rarely three
_MOST_STACKED = 8
_LONGER = 2  # characters; judgement: one may be missing where an author began another line
_LARGEST_TOUCH = 1.1  # em; judgement: a proportional font sets kana a little closer or looser
_LAID = 3  # glyphs; judgement: two may be the beginnings of two sideways lines
# em between the beginnings of two glyphs; judgement: twice what LibreOffice rounds, and less than
# any space is wide.
_NO_ROOM = 0.05
_FIRST = np.ones(1, np.bool_)  # a page's first row begins with its first glyph
# standard: Unicode, the blocks of scripts that run to the left, and those of their forms.
_LEFTWARD = (0x0590, 0x0900), (0xFB1D, 0xFE00), (0xFE70, 0xFEFF)


def build_lines(glyphs: Sequence[Glyph], page: int) -> tuple[Line, ...]:
    """Group the glyphs of one cell (or of the page outside the cells) into physical lines.

    Args:
        glyphs: In any order, white space included.
        page: The page's number, from 1.

    Returns:
        The lines from top to bottom. Lines without ink are left out. Sideways text follows the
        other lines.
    """
    if not glyphs:  # most pages have no furigana, no watermark and no typed rulings
        return ()
    columns = Glyphs.of(glyphs)
    return tuple(build_all_lines(columns, np.zeros(len(columns), np.int64), page)[0])


def build_all_lines(glyphs: Glyphs, cells: Integers, page: int) -> dict[int, list[Line]]:
    """Group the glyphs of a page into physical lines, cell by cell.

    Args:
        glyphs: In any order, white space included.
        cells: The number of each glyph's cell.
        page: The page's number, from 1.

    Returns:
        The lines of each cell, as `build_lines` returns them. A cell without ink has no entry.
    """
    lines: dict[int, list[Line]] = defaultdict(list)
    if not glyphs.direction.any():  # as on nearly every page
        for cell, line in _build_horizontal_lines(glyphs, cells, page):
            lines[cell].append(line)
        return lines
    glyphs = _lay_turned_glyphs(glyphs, cells)
    for direction in sorted(set(glyphs.direction.tolist())):
        chosen = np.flatnonzero(glyphs.direction == direction)
        upright = _turn_upright(glyphs.take(chosen), direction)
        for cell, line in _build_horizontal_lines(upright, cells[chosen], page):
            lines[cell].append(_turn_back(line, direction) if direction else line)
    return lines


def _lay_turned_glyphs(glyphs: Glyphs, cells: Integers) -> Glyphs:
    """Give glyphs that lie on their side, each right of the one before, the direction of the page.

    Such a line is vertical type laid down: in the direction of its glyphs, each is a line.
    """
    turned = np.flatnonzero(glyphs.inked & (glyphs.direction % 180 == 90))
    size = np.maximum(glyphs.size[turned], SMALLEST_SIZE)[1:]
    step = np.diff(glyphs.x[turned]) / size
    level = abs(np.diff(glyphs.y[turned])) <= _OFF_LINE * size
    follows = level & (step >= _LEAST_STEP) & (step <= _LARGEST_STEP)
    follows &= np.diff(cells[turned]) == 0
    runs = np.split(turned, np.flatnonzero(~follows) + 1)
    laid = [place for run in runs if len(run) >= _LAID for place in run.tolist()]
    if not laid:
        return glyphs
    direction = glyphs.direction.copy()
    direction[laid] = 0
    return glyphs.with_columns(direction=direction)


def _build_horizontal_lines(
    glyphs: Glyphs, cells: Integers, page: int
) -> Iterator[tuple[int, Line]]:
    """Yield each line with its cell: the lines of one cell from top to bottom, cell by cell."""
    if not len(glyphs):
        return
    middles = glyphs.y
    parts = cells * _MOST_STACKED + _number_stacks(glyphs, cells)
    order = np.lexsort((middles, parts))
    rows = assign_rows(parts[order], middles[order], glyphs.size[order])
    order = _sort_rows(order, rows, glyphs.x0[order])
    seen = ~_are_drawn_over(glyphs, order, rows)
    order, rows = order[seen], rows[seen]
    starts = np.flatnonzero(np.concatenate((_FIRST, rows[1:] != rows[:-1])))
    builder = LineBuilder(_read_leftwards(glyphs.take(order), rows), starts, page)
    for number, cell in enumerate(cells[order[starts]].tolist()):
        line = builder.build(number)
        if line is not None:
            yield cell, line


def _number_stacks(glyphs: Glyphs, cells: Integers) -> Integers:
    """Number the vertical lines of a cell of upright vertical type, from the right; else 0.

    The label of a chapter, set so, has more than one where it does not fit into one.

    Args:
        glyphs: In any order.
        cells: The cell of each.
    """
    numbers = np.zeros(len(cells), np.int64)
    inked = np.flatnonzero(glyphs.inked)
    order = inked[np.argsort(cells[inked], kind="stable")]
    starts = np.flatnonzero(np.diff(cells[order], prepend=cells[order[:1]] - 1))
    counts = np.diff(starts, append=len(order))
    if not len(order):
        return numbers
    size = np.maximum(np.maximum.reduceat(glyphs.size[order], starts), SMALLEST_SIZE)
    x, y = glyphs.x[order], glyphs.y[order]
    width = np.maximum.reduceat(x, starts) - np.minimum.reduceat(x, starts)
    height = np.maximum.reduceat(y, starts) - np.minimum.reduceat(y, starts)
    narrow = (width > _LEAST_STEP * size) & (width < _MOST_STACKED * size) & (height > 2 * size)
    for cell in np.flatnonzero(narrow).tolist():
        places = order[starts[cell] : starts[cell] + counts[cell]]
        if "".join(glyphs.texts[place] for place in places.tolist()).isdigit():
            continue  # figures below each other, set flush right
        numbers[places] = _part_stacks(glyphs.x[places], glyphs.y[places], float(size[cell]))
    return numbers


def _part_stacks(x: Floats, y: Floats, size: float) -> Integers:
    """Number the vertical lines of one cell from the right; 0 for each glyph of level type.

    Only in vertical type are rows empty at the left while others are not: the first line, at the
    right, is full, and the last one is not. Its characters touch, as those of rows seldom do.
    """
    ranks = np.argsort(-x)
    numbers = np.empty(len(x), np.int64)
    numbers[ranks] = np.cumsum(np.diff(x[ranks], prepend=x[ranks[0]]) < -_ROW_DISTANCE * size)
    lengths = np.bincount(numbers)
    steps = np.concatenate([np.diff(np.sort(y[numbers == n])) for n in range(len(lengths))]) / size
    touch = np.all((steps >= _LEAST_STEP) & (steps <= _LARGEST_TOUCH))
    is_vertical = touch and len(lengths) > 1 and lengths[0] >= lengths[1:].max() + _LONGER
    return numbers if is_vertical else np.zeros(len(x), np.int64)


def _sort_rows(order: Integers, rows: Integers, lefts: Floats) -> Integers:
    """Sort the glyphs of each row by their left sides.

    Most rows are drawn from left to right, and need no sorting.

    Args:
        order: The places of the glyphs, row by row.
        rows: The row of each.
        lefts: The left side of each.
    """
    mixed = np.zeros(rows[-1] + 1, np.bool_)
    mixed[rows[1:][(lefts[1:] <= lefts[:-1]) & (rows[1:] == rows[:-1])]] = True
    unsorted = np.flatnonzero(mixed[rows])
    ordered = order.copy()
    ordered[unsorted] = order[unsorted][np.lexsort((lefts[unsorted], rows[unsorted]))]
    return ordered


def _read_leftwards(glyphs: Glyphs, rows: Integers) -> Glyphs:
    """Put letters of scripts that run to the left (Hebrew, Arabic) into the order of reading.

    Their places stay: each takes that of its mirror image in its run of such letters and spaces.

    Args:
        glyphs: Row by row, from left to right.
        rows: The row of each.
    """
    if not any(((a <= glyphs.codes) & (glyphs.codes < b)).any() for a, b in _LEFTWARD):
        return glyphs
    texts, order = glyphs.texts, np.arange(len(glyphs))
    letters = [bidirectional(text[:1]) in ("R", "AL") for text in texts]
    places = np.flatnonzero(letters)
    if not len(places):  # digits and marks of these scripts run to the right: ٩(^^)۶
        return glyphs
    joined = np.diff(rows[places]) == 0
    for at in np.flatnonzero(joined & (np.diff(places) > 1)).tolist():
        joined[at] = not glyphs.inked[places[at] + 1 : places[at + 1]].any()
    for run in np.split(places, np.flatnonzero(~joined) + 1):
        order[run[0] : run[-1] + 1] = order[run[0] : run[-1] + 1][::-1]
    read = glyphs.take(order)
    return glyphs.with_columns(texts=read.texts, codes=read.codes, inked=read.inked)


def _are_drawn_over(glyphs: Glyphs, order: Integers, rows: Integers) -> Flags:
    """Flag the white space that has no room of its own, over a glyph with ink.

    It begins where such a glyph begins, or ends before one ends that began before it, or it is
    drawn over another space. LibreOffice draws such spaces over both ends of underlined pieces of a
    line. They would part figures and words.

    Args:
        glyphs: In any order.
        order: Their places row by row, from left to right.
        rows: The row of each of these places.

    Returns:
        A flag for each of these places.
    """
    x0, inked = glyphs.x0[order], glyphs.inked[order]
    places, reach = np.arange(len(order)), _NO_ROOM * glyphs.size[order]
    # The last glyph with ink up to each place; the first glyph where there is none.
    last = np.maximum.accumulate(np.where(inked, places, 0))
    # The next one, more such spaces between; the last glyph where there is none.
    following = np.minimum.accumulate(np.where(inked, places, len(order) - 1)[::-1])[::-1]
    behind = glyphs.x1[order] - glyphs.x1[order[last]] <= reach
    over: Flags = (behind | (x0 - x0[last] <= reach)) & (rows[last] == rows) & inked[last]
    over |= (x0[following] - x0 <= reach) & (rows[following] == rows) & inked[following]
    again = (x0[1:] - x0[:-1] <= reach[1:]) & (rows[1:] == rows[:-1]) & ~inked[:-1]
    over[1:] |= again
    return over & ~inked


def assign_rows(cells: Integers, middles: Floats, sizes: Floats) -> Integers:
    """Number the row of each glyph, from 0.

    Args:
        cells: The cell of each glyph, in ascending order.
        middles: The y of each glyph's middle, in points from the top, ascending in each cell.
        sizes: The font size of each glyph, in points.
    """
    reach = _ROW_DISTANCE * np.maximum(sizes, SMALLEST_SIZE)
    starts = np.ones(len(cells), np.bool_)
    pair = np.maximum(reach[1:], reach[:-1])
    starts[1:] = (cells[1:] != cells[:-1]) | (middles[1:] - middles[:-1] >= pair)
    rows = np.cumsum(starts) - 1
    widest = np.maximum.reduceat(reach, np.flatnonzero(starts)) if len(rows) else reach
    if np.all(middles - middles[starts][rows] < widest[rows]):  # true on nearly every page
        return rows
    return assign_rows_one_by_one(starts, middles, reach)


def assign_rows_one_by_one(starts: Flags, middles: Floats, reach: Floats) -> Integers:
    """Number the rows glyph by glyph: a row's y is the mean of the middles of its glyphs."""
    rows: list[int] = []
    row, mean, count, widest = -1, 0.0, 0, 0.0
    for is_first, y, near in zip(starts.tolist(), middles.tolist(), reach.tolist(), strict=True):
        if not is_first and y - mean < max(near, widest):
            count += 1
            mean += (y - mean) / count
            widest = max(near, widest)
        else:
            row, mean, count, widest = row + 1, y, 1, near
        rows.append(row)
    return np.array(rows, np.int64)


def _turn_back(line: Line, direction: int) -> Line:
    """Turn a sideways line back to its place; its characters get equal shares of its width."""
    box = Box(*_rotate_sides(line.x0, line.top, line.x1, line.bottom, (360 - direction) % 360))
    step = box.width / len(line.text)
    edges = tuple(box.x0 + step * place for place in range(len(line.text) + 1))
    return replace(line, edges=edges, top=box.top, bottom=box.bottom, end=edges[-1], tail="")


def _turn_upright(glyphs: Glyphs, direction: int) -> Glyphs:
    """Turn glyphs about the origin so that lines of this direction run to the right."""
    sides = _rotate_sides(glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom, direction)
    x0, top, x1, bottom = sides
    return glyphs.with_columns(x0=x0, top=top, x1=x1, bottom=bottom)


def _rotate_sides(
    x0: _Side, top: _Side, x1: _Side, bottom: _Side, turn: int
) -> tuple[_Side, _Side, _Side, _Side]:
    if turn == 0:
        return x0, top, x1, bottom
    if turn == 90:
        return top, -x1, bottom, -x0
    return (-x1, -bottom, -x0, -top) if turn == 180 else (-bottom, x0, -top, x1)

"""Keep a text whole that runs over the border of its cell, over the text of another one.

LibreOffice Calc computes the heights of rows for the screen, and not at all for merged cells. On
paper a text may need more room: it is drawn over the rows below, above, or both.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from statistics import median
from typing import NamedTuple

import numpy as np

from pipeline.extract.pdf.glyphs import Glyphs, Integers
from pipeline.extract.tables.drawn_texts import STEP, DrawnText, find_drawn_texts, join_lines
from pipeline.model import Box

# In em.
_SAME = 0.3  # judgement: less than half a line, by which a text without one of its lines is off
_SIDE = 0.1  # judgement: the sides of the cells of a column differ by rounding
_SOLID = 1.0  # judgement: lines are set no closer
_CUT = 0.35  # judgement: a ruling that is nearer to a line's middle runs through its type
_CLOSE = 0.9  # share of the pitch; judgement: two texts are no nearer, but for rounding
_MOST = 3  # texts drawn one behind the other as if they were one; judgement: rarely more than two
_FEW = 2  # texts; judgement: so few may be placed alike by chance
_LONG = 20  # lines; judgement: texts that look like one are short, and there are too many ways

_Side = Callable[[Box], float]
_SIDES: tuple[_Side, ...] = (lambda box: box.top, lambda box: box.center[1], lambda box: box.bottom)
"""What a program sets at one height in each cell of a column."""


class _Fit(NamedTuple):
    """How the texts of a column are placed in their cells, by one side."""

    side: _Side
    usual: float
    """How far below the side of its cell that of a text is."""
    cost: tuple[int, float]
    """How many have no cell of their own, and how far they are off."""


def keep_spilled(cells: Integers, glyphs: Glyphs, boxes: Sequence[Box]) -> Integers:
    """Give the lines of a text that is drawn over others to the cell that it belongs to.

    Each text is drawn at once. The texts of a column are at the top, in the middle or at the bottom
    of their cells: the one of the three that gives each text a cell of its own, at the same height.
    """
    kept = cells.copy()
    for column in _group_columns(find_drawn_texts(cells, glyphs, boxes), boxes):
        for text, cell in _find_owners(column, cells, glyphs, boxes):
            for line in text.lines:
                kept[line] = cell
    _move_white_space(kept, cells, glyphs)
    return kept


def _group_columns(texts: Iterable[DrawnText], boxes: Sequence[Box]) -> list[list[DrawnText]]:
    """Put the texts of each column together, by the sides of their cells."""
    columns: list[tuple[Box, list[DrawnText]]] = []
    for text in texts:
        if text.cells[0] < 0:
            continue
        box, near = boxes[text.cells[0]], _SIDE * text.size
        own = next((own for other, own in columns if _share_sides(box, other, near)), None)
        if own is None:
            columns.append((box, [text]))
        else:
            own.append(text)
    return [own for _, own in columns]


def _share_sides(one: Box, other: Box, near: float) -> bool:
    """Whether two cells have the same left and right sides: they stand in one column."""
    return abs(one.x0 - other.x0) <= near and abs(one.x1 - other.x1) <= near


def _find_owners(
    column: Sequence[DrawnText], cells: Integers, glyphs: Glyphs, boxes: Sequence[Box]
) -> Iterator[tuple[DrawnText, int]]:
    """Find the cells of the texts of a column that are drawn over others.

    No other text has such a cell to itself, and no cell where the text stands is left without a
    text. Two texts that are drawn one behind the other may look like one: they are parted. A header
    may stand in the middle of its cell where the texts below it do not.

    Returns:
        Texts with their cells.
    """
    crossing = [place for place, text in enumerate(column) if len(text.cells) > 1]
    if not crossing:  # as in nearly every column
        return
    fits = sorted((_fit(column, boxes, side) for side in _SIDES), key=lambda fit: fit.cost)
    # Where each text has its place, one that lies over no other has it, too; but lines outside of
    # the table are its title. Texts in several cells may be several texts: they tell no place.
    placed = len(column) - len(crossing) > _FEW and fits[0].cost[0] == 0
    placed = placed and all(_place([text], boxes, fits[:1]) for text in column)
    fits.append(_Fit(_SIDES[1], 0.0, fits[-1].cost))
    over = _find_spilled(column, glyphs, boxes)
    spilled = [at for at in crossing if at in over or (placed and min(column[at].cells) >= 0)]
    alone = {text.cells[0] for text in column if len(text.cells) == 1}
    held = [_find_held(text, boxes, fits[0]) for text in column]
    for place in [*spilled, *spilled]:  # again, when it is known which others are parted
        text = column[place]
        others = {
            cell
            for own, other in zip(held, column, strict=True)
            if other is not text
            for cell in own
        }
        needed = {cell for cell in text.cells if cell >= 0} - others
        for parts in _part(text, cells, glyphs):
            owners = _place(parts, boxes, fits if len(parts) == 1 else fits[:1])
            if owners and needed.issubset(owners) and alone.isdisjoint(owners):
                held[place] = owners
                yield from zip(parts, owners, strict=True)
                break


def _find_spilled(column: Sequence[DrawnText], glyphs: Glyphs, boxes: Sequence[Box]) -> list[int]:
    """The indices of texts in several cells that are drawn over another one, or over a ruling."""
    pitch = min((text.pitch for text in column if len(text.cells) == 1 and text.pitch), default=0.0)
    found: list[int] = []
    for place, text in enumerate(column):
        near = _CLOSE * (pitch or _SOLID * text.size)
        others = (other for other in column if other is not text)
        if len(text.cells) > 1 and (
            _is_cut(text, glyphs, boxes)
            or any(_is_over(text, other, glyphs, near) for other in others)
        ):
            found.append(place)
    return found


def _is_cut(text: DrawnText, glyphs: Glyphs, boxes: Sequence[Box]) -> bool:
    """Whether the top of a cell where a text stands runs through one of its lines."""
    tops = [boxes[cell].top for cell in text.cells if cell >= 0]
    near = _CUT * text.size
    return any(abs(float(glyphs.y[line[0]]) - top) < near for line in text.lines for top in tops)


def _is_over(one: DrawnText, other: DrawnText, glyphs: Glyphs, near: float) -> bool:
    """Whether a line of one text is nearer to one of another than lines of one text are.

    A program that draws the letters of a line behind its kanji draws them beside each other.
    """
    beside = one.box.x0 < other.box.x1 and other.box.x0 < one.box.x1
    if not beside or max(one.first, other.first) - min(one.last, other.last) >= near:
        return False
    others, least = glyphs.take(np.concatenate(other.lines)), STEP * one.size
    for line in one.lines:
        own = glyphs.take(line)
        under = others.take((own.y.min() - near < others.y) & (others.y < own.y.max() + near))
        shared = np.minimum(own.x1[:, None], under.x1) - np.maximum(own.x0[:, None], under.x0)
        if np.any((shared > least) & (np.abs(own.y[:, None] - under.y) < near)):
            return True
    return False


def _fit(column: Sequence[DrawnText], boxes: Sequence[Box], side: _Side) -> _Fit:
    """Place the texts of a column by a side."""
    owners = [_find_nearest(text, boxes, side) for text in column]
    away = [side(text.box) - side(boxes[own]) for text, own in zip(column, owners, strict=True)]
    usual = median(away)
    cost = len(owners) - len({*owners}), sum(abs(a - usual) for a in away)
    return _Fit(side, usual, cost)


def _find_nearest(text: DrawnText, boxes: Sequence[Box], side: _Side) -> int:
    """That of the cells where a text stands in which it is best placed."""
    column, near = boxes[text.cells[0]], _SIDE * text.size
    cells = [cell for cell in text.cells if cell >= 0]
    if len(text.cells) > 1:  # two lines may stand above and below their cell, and leave it empty
        middle = text.box.center[1]
        cells += [i for i, box in enumerate(boxes) if box.top < middle < box.bottom]
    own = [cell for cell in cells if _share_sides(boxes[cell], column, near)]
    return min(own, key=lambda cell: abs(side(text.box) - side(boxes[cell])))


def _find_held(text: DrawnText, boxes: Sequence[Box], fit: _Fit) -> tuple[int, ...]:
    """The cell where a text is placed as the others of its column, or all where it stands."""
    return _place([text], boxes, [fit]) or text.cells


def _place(
    texts: Sequence[DrawnText], boxes: Sequence[Box], fits: Sequence[_Fit]
) -> tuple[int, ...]:
    """The cells of texts, by the first fit that gives each one of its own; (): none does.

    A paragraph above a table is wider than the cell of the text that is drawn behind it.
    """
    for fit in fits:
        owners = tuple(_find_nearest(text, boxes, fit.side) for text in texts)
        if any(t.box.x1 > boxes[own].x1 + t.size for t, own in zip(texts, owners, strict=True)):
            continue
        off = [
            abs(fit.side(text.box) - fit.side(boxes[own]) - fit.usual) / text.size
            for text, own in zip(texts, owners, strict=True)
        ]
        if max(off) < _SAME and len({*owners}) == len(owners):
            return owners
    return ()


def _part(text: DrawnText, cells: Integers, glyphs: Glyphs) -> Iterator[list[DrawnText]]:
    """Part a text between its lines in each possible way, the fewest parts first.

    A part that stands in no cell is the title, which was drawn right before the header.
    """
    count = len(text.lines)
    for parts in range(1, (_MOST if count <= _LONG else 1) + 1):
        for cuts in combinations(range(1, count), parts - 1):
            spans = pairwise((0, *cuts, count))
            joined = [join_lines(text.lines[start:end], cells, glyphs) for start, end in spans]
            found = [part for part in joined if max(part.cells) >= 0]
            if found and all(part.cells[0] >= 0 for part in found):
                yield found


def _move_white_space(kept: Integers, cells: Integers, glyphs: Glyphs) -> None:
    """Give white space before a moved glyph of its line to the same cell."""
    moved = np.flatnonzero(kept != cells)
    if not len(moved):  # as on nearly every page
        return
    for place in np.flatnonzero(~glyphs.inked)[::-1].tolist():  # from the end: 　　文
        near = STEP * glyphs.size[place]
        level = np.abs(glyphs.y[moved] - glyphs.y[place]) < near
        before = level & (np.abs(glyphs.x0[moved] - glyphs.x1[place]) < near)
        if before.any():
            kept[place] = kept[moved[before.argmax()]]
            moved = np.append(moved, place)

"""Rulings that an author typed: ┌─┬─┐ and │, or + - and |.

A dash in a sentence or a row of dashes in a cell is text. Only characters that join each other to a
lattice with corners or crossings are rulings.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from pipeline.extract.lines.grouping import assign_rows
from pipeline.extract.pdf.glyphs import Flags, Glyphs
from pipeline.extract.tables.rulings import NO_RULINGS, Rulings, Segment
from pipeline.model import Box, group_linked, group_neighbours
from pipeline.vocabulary.box_drawing import DOWN, LEFT, RIGHT, UP, find_arms, is_joint

_LEAST_JOINTS = 3  # of a lattice; judgement: the last row of a table on its page has ┴ and two ends
_FIRST, _LAST = 0x2500, 0x257F  # standard: Unicode, block Box Drawing
_GAP = 0.6  # em between joined characters; judgement: narrow ones may be spaced to whole places
_OFF = 0.5  # em between the middles of joined characters; judgement: no column is so narrow
# Usual distances of two rows; judgement: one row may be set in another font, none is left blank.
_FAR = 1.5
_FARTHEST = 3.0  # em between rows of a lattice; judgement: more than double spacing
_COLUMN = 0.5  # em between the left rulings of one column's cells; judgement: no column is narrower
_SPACE = 0.2  # em; judgement: half of a narrow space

_Link = tuple[int, int]
"""The indices of two joined characters."""
_Stretch = tuple[int, list[int]]
"""A typed ruling, and the glyphs from there to the next ruling of the row, as indices."""


class _Stroke(Struct, frozen=True):
    """A character with strokes."""

    place: int
    """Its index among the glyphs."""
    text: str
    box: Box
    size: float


class TypedRulings(NamedTuple):
    """What is typed on a page, taken apart."""

    text: Glyphs
    """The glyphs but for the rulings, and but for the spaces that fill cells up to them."""
    typed: Glyphs
    """The glyphs that are rulings."""
    rulings: Rulings


def lift_typed_rulings(glyphs: Glyphs) -> TypedRulings:
    """Separate the characters of a page that are rulings from its text."""
    codes = glyphs.codes
    joints = ((codes >= _FIRST) & (codes <= _LAST)) | (codes == ord("+")) | (codes == ord("＋"))
    if np.count_nonzero(joints) < _LEAST_JOINTS:  # true on nearly every page
        return TypedRulings(glyphs, glyphs.take(np.zeros(0, np.int64)), NO_RULINGS)
    places, rulings = _find_lattices(glyphs)
    typed = np.zeros(len(glyphs), np.bool_)
    typed[places] = True
    left_out = typed.copy()
    left_out[_find_padding(glyphs, typed)] = True
    return TypedRulings(glyphs.take(~left_out), glyphs.take(typed), rulings)


def _find_padding(glyphs: Glyphs, typed: Flags) -> list[int]:
    """Find the white space before a typed ruling, and that after it in every line of the column.

    It fills the cells of a typed table up to its rulings, and is no text. What a line has beyond
    the others of its column is a paragraph's own indent.

    Args:
        typed: Those that are rulings.

    Returns:
        Their indices.
    """
    padding: list[int] = []
    for column in _find_columns(glyphs, typed):
        heads = []
        for _, between in column:
            inked = [index for index, place in enumerate(between) if glyphs.inked[place]]
            padding += between[inked[-1] + 1 :] if inked else between
            heads += [between[: inked[0]]] if inked else []
        widths = glyphs.x1 - glyphs.x0
        reaches = [list(itertools.accumulate(widths[head].tolist())) for head in heads]
        shared = min((reach[-1] if reach else 0.0 for reach in reaches), default=0.0)
        for head, reach in zip(heads, reaches, strict=True):
            limits = [shared + _SPACE * glyphs.size[place] for place in head]
            padding += [
                place for place, end, limit in zip(head, reach, limits, strict=True) if end <= limit
            ]
    return padding


def _find_columns(glyphs: Glyphs, typed: Flags) -> list[list[_Stretch]]:
    """The stretches of text between rulings, those of one column together."""
    stretches = sorted(_find_stretches(glyphs, typed), key=lambda found: glyphs.x[found[0]])

    def joins(column: list[_Stretch], found: _Stretch) -> bool:
        place = found[0]
        near = glyphs.x[place] - glyphs.x[column[-1][0]] <= _COLUMN * glyphs.size[place]
        return bool(near)

    return group_neighbours(stretches, joins)


def _find_stretches(glyphs: Glyphs, typed: Flags) -> Iterator[_Stretch]:
    level = np.flatnonzero(glyphs.direction == 0)
    order = level[np.argsort(glyphs.y[level], kind="stable")]
    rows = assign_rows(np.zeros(len(order), np.int64), glyphs.y[order], glyphs.size[order])
    for row in np.split(order, np.flatnonzero(np.diff(rows)) + 1):
        line = row[np.argsort(glyphs.x[row], kind="stable")].tolist()
        rulings = [index for index, place in enumerate(line) if typed[place]]
        for left, right in itertools.pairwise(rulings):
            if right > left + 1:
                yield line[left], line[left + 1 : right]


def _find_lattices(glyphs: Glyphs) -> tuple[list[int], Rulings]:
    """The indices of the glyphs that are rulings, and the rulings that they draw."""
    rows = _read_rows(glyphs)
    strokes = {stroke.place: stroke for row in rows for stroke in row}
    level = [link for row in rows for link in _link_beside(row)]
    level, upright = _drop_loose_joints(strokes, level, list(_link_below(rows)))
    kept = {
        place
        for part in group_linked([*level, *upright])
        if sum(is_joint(strokes[place].text) for place in part) >= _LEAST_JOINTS
        for place in part
    }
    uprights = [part for part in group_linked(upright) if kept.issuperset(part)]
    levels = [part for part in group_linked(level) if kept.issuperset(part)]
    rulings = _draw_rulings(strokes, levels, uprights)
    return sorted(kept), rulings


def _read_rows(glyphs: Glyphs) -> list[list[_Stroke]]:
    """The characters with strokes, row by row from the top, each row from the left."""
    level = glyphs.direction == 0
    places = np.array(
        [i for i, t in enumerate(glyphs.texts) if level[i] and find_arms(t)], np.int64
    )
    places = places[np.argsort(glyphs.y[places], kind="stable")]
    numbers = assign_rows(np.zeros(len(places), np.int64), glyphs.y[places], glyphs.size[places])
    rows: dict[int, list[_Stroke]] = defaultdict(list)
    for place, number, glyph in zip(
        places.tolist(), numbers.tolist(), glyphs.take(places), strict=True
    ):
        rows[number].append(_Stroke(place, glyph.text, glyph.box, glyph.size))
    return [sorted(row, key=lambda stroke: stroke.box.x0) for row in rows.values()]


def _link_beside(row: Sequence[_Stroke]) -> Iterator[_Link]:
    """Link the characters of a row that touch each other's strokes."""
    for one, other in itertools.pairwise(row):
        near = other.box.x0 - one.box.x1 < _GAP * one.size
        if near and RIGHT in find_arms(one.text) and LEFT in find_arms(other.text):
            yield one.place, other.place


def _link_below(rows: Sequence[Sequence[_Stroke]]) -> Iterator[_Link]:
    """Link characters with those below them, over the gap between two lines of text."""
    heights = [row[0].box.center[1] for row in rows]
    steps = [below - above for above, below in itertools.pairwise(heights)]
    usual = median(steps) if steps else 0.0
    for (above, below), step in zip(itertools.pairwise(rows), steps, strict=True):
        if step <= min(_FAR * usual, _FARTHEST * above[0].size):
            starts = [stroke for stroke in above if DOWN in find_arms(stroke.text)]
            ends = [stroke for stroke in below if UP in find_arms(stroke.text)]
            yield from _pair_columns(starts, ends)


def _pair_columns(starts: Sequence[_Stroke], ends: Sequence[_Stroke]) -> Iterator[_Link]:
    """Pair the strokes that leave a row with those that come into the row below.

    As many of both are the same columns, even where a font whose rulings are narrower than the
    text sets them apart. A + may leave downwards or not, so that there may be more of it.
    """
    if len(starts) == len(ends):
        yield from ((one.place, other.place) for one, other in zip(starts, ends, strict=True))
        return
    for one in starts:
        x = one.box.center[0]
        nearest = min(ends, key=lambda other: abs(other.box.center[0] - x), default=None)
        if nearest is not None and abs(nearest.box.center[0] - x) < _OFF * one.size:
            yield one.place, nearest.place


def _drop_loose_joints(
    strokes: dict[int, _Stroke], level: Sequence[_Link], upright: Sequence[_Link]
) -> tuple[list[_Link], list[_Link]]:
    """Drop the links of joints that join nothing: the + of a sum that stands above a ruling."""
    beside, along = set(itertools.chain(*level)), set(itertools.chain(*upright))

    def holds(place: int) -> bool:
        return not is_joint(strokes[place].text) or (place in beside and place in along)

    return [link for link in level if all(map(holds, link))], [
        link for link in upright if all(map(holds, link))
    ]


def _draw_rulings(
    strokes: dict[int, _Stroke], levels: Sequence[Sequence[int]], uprights: Sequence[Sequence[int]]
) -> Rulings:
    """The rulings that rows and columns of characters draw; a joint is where its rulings meet."""
    xs = {place: _middle(strokes, part, 0) for part in uprights for place in part}
    ys = {place: _middle(strokes, part, 1) for part in levels for place in part}
    horizontal, vertical = [], []
    for part in levels:
        first, *_, last = sorted(part, key=lambda place: strokes[place].box.x0)
        start = xs.get(first, strokes[first].box.x0)
        horizontal.append(Segment(ys[first], start, xs.get(last, strokes[last].box.x1)))
    for part in uprights:
        first, *_, last = sorted(part, key=lambda place: strokes[place].box.top)
        start = ys.get(first, strokes[first].box.top)
        vertical.append(Segment(xs[first], start, ys.get(last, strokes[last].box.bottom)))
    return Rulings(tuple(horizontal), tuple(vertical))


def _middle(strokes: dict[int, _Stroke], places: Iterable[int], axis: int) -> float:
    """Where a ruling is seen from the text, in points from the left (0) or from the top (1).

    Where rulings are set in a narrower font, joints stand apart from what they join.
    """
    members = [strokes[place] for place in places]
    plain = [stroke for stroke in members if not is_joint(stroke.text)]
    return median(stroke.box.center[axis] for stroke in plain or members)

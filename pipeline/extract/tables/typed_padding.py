"""The spaces that fill the cells of a typed table up to its rulings: no text of their cells."""

import itertools
from collections.abc import Iterator

import numpy as np

from pipeline.extract.lines.grouping import assign_rows
from pipeline.extract.pdf.glyphs import Flags, Glyphs

_COLUMN = 0.5  # em between the left rulings of one column's cells; judgement: no column is narrower
_SPACE = 0.2  # em; judgement: half of a narrow space

_Stretch = tuple[int, list[int]]
"""A typed ruling, and the glyphs from there to the next ruling of the row, as indices."""


def find_padding(glyphs: Glyphs, typed: Flags) -> list[int]:
    """Find the white space before a typed ruling, and that after it in every line of the column.

    What a line has beyond the others of its column is a paragraph's own indent.

    Args:
        glyphs: Of one page.
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


def _find_columns(glyphs: Glyphs, typed: Flags) -> Iterator[list[_Stretch]]:
    """Yield the stretches of text between rulings, those of one column together."""
    stretches = sorted(_find_stretches(glyphs, typed), key=lambda found: glyphs.x[found[0]])
    column: list[_Stretch] = []
    for found in stretches:
        place = found[0]
        if column and glyphs.x[place] - glyphs.x[column[-1][0]] > _COLUMN * glyphs.size[place]:
            yield column
            column = []
        column.append(found)
    if column:
        yield column


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

"""A field on one page: its text, and the small tables inside its cell."""

import itertools
from collections.abc import Iterator, Sequence
from typing import TypeVar

from pipeline.model import Box, Cell, Field, FieldPart, Line

_T = TypeVar("_T")
CELL = "\u3000"
"""What stands between the cells of a small table's row in the record."""


def read_field(cells: Sequence[Cell], page: int) -> Field:
    """Put the cells of one column of a record together.

    A ruling inside the column makes several cells of it. Those side by side are a row of a small
    table: one line of the author's, its cells apart by an ideographic space.

    Args:
        cells: In reading order.
        page: Where they stand.
    """
    bands = [list(band) for _, band in itertools.groupby(cells, key=lambda cell: cell.row)]
    if all(len(band) == 1 for band in bands):
        return Field(tuple(FieldPart(page, cell.box, cell.lines) for cell in cells))
    lines = tuple(line for band in bands for line in _band_lines(band))
    return Field((FieldPart(page, _around([cell.box for cell in cells]), lines),))


def _band_lines(band: Sequence[Cell]) -> Iterator[Line]:
    filled = [cell.lines for cell in band if cell.lines]
    if len(filled) < 2:
        yield from (line for lines in filled for line in lines)
        return
    yield _chained([_chained(lines, "") for lines in filled], CELL)


def _chained(lines: Sequence[Line], between: str) -> Line:
    """One line of several: a cell's wraps without anything between, or the cells of a row."""
    first, last = lines[0], lines[-1]
    if first is last:
        return first
    # What stands between two lines takes the place from the end of the first on.
    starts = [edge for line in lines for edge in (line.edges if between else line.edges[:-1])]
    recognised = any(line.confidences for line in lines)
    return Line(
        text=between.join(line.text for line in lines),
        edges=tuple(starts if between else [*starts, last.x1]),
        gap=first.gap,
        top=min(line.top for line in lines),
        bottom=max(line.bottom for line in lines),
        size=first.size,
        page=first.page,
        glyphs=sum(line.glyphs for line in lines),
        tail=last.tail,
        end=last.end,
        inline_row=True,
        confidences=_join(
            [line.confidences or (1.0,) * len(line.text) for line in lines], between, 1.0
        )
        if recognised
        else (),
        alternatives=_join(
            [line.alternatives or ("",) * len(line.text) for line in lines], between, ""
        )
        if recognised
        else (),
        repairs=tuple(repair for line in lines for repair in line.repairs),
    )


def _join(parts: Sequence[tuple[_T, ...]], between: str, of_between: _T) -> tuple[_T, ...]:
    """What is known of the characters of several lines, and of what parts them."""
    first, *rest = parts
    parting = (of_between,) * len(between)
    return tuple(itertools.chain(first, *((*parting, *part) for part in rest)))


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )

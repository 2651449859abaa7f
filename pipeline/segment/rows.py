"""From grid rows to records: where a row begins, and whether it goes on over a page."""

import itertools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Container, Sequence
from math import exp

from pipeline.model import Cell, Field, Grid, Line, Part, Row

_NUMBER = re.compile(r"(?:no\.?|№|第)?(\d{1,6})(?:番|号|項)?\.?", re.IGNORECASE)
_ENDS = "。．！？」』）)】］〕"
_MARKS = re.compile(
    r"[①-⑳・※○●◎◇◆■□＜<【（(〔「『]|[0-9０-９]+[.．、）)\s　]|[ア-ン][.．、）)\s　]"
)


def read_rows(
    grid: Grid, edges: Sequence[float], tolerance: float, first: int, number: int | None
) -> list[Row]:
    """Cut a grid into rows of the table's columns.

    Args:
        grid: A piece of the table.
        edges: The x between the table's columns, in points.
        tolerance: How far the piece's own edges may be from these, in points.
        first: The first grid row below the header.
        number: The column that numbers the records, if there is one.

    Returns:
        From top to bottom, without rows that hold no text. A cell merged over several rows is
        part of each of them.
    """
    columns: list[list[Cell]] = [[] for _ in edges[1:]]
    for cell in grid.cells:
        # A cell over several columns belongs to its first.
        column = bisect_right(edges, cell.box.x0 + tolerance) - 1
        if 0 <= column < len(columns):
            columns[column].append(cell)
    cuts = [first, *_cuts(grid, columns, first, number), len(grid.row_edges) - 1]
    rows = []
    for top, bottom in itertools.pairwise(cuts):
        fields = tuple(
            Field(
                tuple(
                    Part(grid.page, cell.box, cell.lines)
                    for cell in cells
                    if cell.row < bottom and top < cell.row + cell.row_span
                )
            )
            for cells in columns
        )
        if any(field.lines for field in fields):
            rows.append(Row(fields))
    return rows


def _cuts(
    grid: Grid, columns: Sequence[Sequence[Cell]], first: int, number: int | None
) -> list[int]:
    """The grid's inner edges that part two records.

    Such an edge parts the numbers, or most columns; one that parts fewer belongs to a small table
    or a frame inside a cell.
    """
    cuts = []
    for edge in range(first + 1, len(grid.row_edges) - 1):
        parted = [not any(c.row < edge < c.row + c.row_span for c in cells) for cells in columns]
        if (number is not None and parted[number]) or sum(parted) * 2 > len(parted):
            cuts.append(edge)
    return cuts


def row_number(row: Row, number: int | None) -> int | None:
    """The printed number of a row, where its number cell holds one."""
    if number is None:
        return None
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", _text(row.fields[number])))
    return int(match[1]) if match else None


def continuation_odds(above: Row, below: Row, number: int | None, open_edges: int) -> float:
    """Weigh whether the first row of a piece goes on with the last row of the piece before.

    Args:
        above: The last row before the page's end.
        below: The first row after it.
        number: The column that numbers the records, if there is one.
        open_edges: How many of the two pieces lack the ruling between them (0-2).

    Returns:
        Log-odds; above 0: one record.
    """
    if number is not None and _text(above.fields[number]):
        label = _text(below.fields[number])
        if not label or label == _text(above.fields[number]):
            return 6.0
        return -6.0
    odds = -1.0 + 2.0 * open_edges
    for upper, lower in zip(above.fields, below.fields, strict=True):
        odds += _field_odds(upper, lower)
    return odds


def _field_odds(upper: Field, lower: Field) -> float:
    if not upper.lines or not lower.lines:
        # A new record fills the columns that the record before filled.
        return 1.5 if upper.lines else 0.0
    last, first = upper.lines[-1].text.rstrip(), lower.lines[0].text.lstrip()
    width = upper.parts[-1].box.x1 - upper.lines[-1].x1
    full = width < 2 * upper.lines[-1].size + _padding(upper)
    if full and last[-1] not in _ENDS and not _MARKS.match(first):
        return 2.0
    return -1.0 if last[-1] in _ENDS or not full else 0.0


def _padding(field: Field) -> float:
    return max(0.0, min(line.x0 for line in field.lines) - field.parts[-1].box.x0)


def join_rows(
    above: Row, below: Row, odds: float, labels: Container[int | None]
) -> tuple[Row, tuple[Line, ...]]:
    """Make one record of two pieces, their parts in order.

    Args:
        above: The piece before the page's end.
        below: The piece after it.
        odds: What `continuation_odds` found.
        labels: Columns of labels (number, category), which some programs print on both pages.

    Returns:
        The record, and the lines of labels that were printed again.
    """
    fields: list[Field] = []
    again: list[Line] = []
    for column, (upper, lower) in enumerate(zip(above.fields, below.fields, strict=True)):
        if column in labels and lower.lines and _text(upper) == _text(lower):
            fields.append(upper)
            again += lower.lines
        else:
            fields.append(Field(upper.parts + lower.parts))
    return Row(tuple(fields), above.confidence * certainty(odds)), tuple(again)


def certainty(odds: float) -> float:
    """How sure a decision by log-odds is, 0.5-1."""
    return 1 / (1 + exp(-abs(odds)))


def _text(field: Field) -> str:
    return "".join("".join(line.text.split()) for line in field.lines)

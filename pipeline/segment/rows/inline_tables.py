"""Read a field on one page: its text, and the small tables inside its cell."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from pipeline.model import Box, Cell, Field, FieldPart, InkShape, Line

_T = TypeVar("_T")
CELL_SEPARATOR = "\u3000"
"""Stands between the cells of a small table's row in the record."""


def read_field(cells: Sequence[Cell], page: int, rows: range | None = None) -> Field:
    """Join the cells of one column of a record.

    A ruling inside the column makes several cells of it. Cells side by side are a row of a small
    table, which becomes one line with an ideographic space between its cells.

    Args:
        cells: In reading order.
        rows: The rows of the grid that are the record. A cell that reaches over them is part of
            other records too, and of no row of a small table: joined, its glyphs would count twice.
    """

    def row(cell: Cell) -> tuple[int, int | None]:
        own = rows is None or (rows.start <= cell.row and cell.row_end <= rows.stop)
        return cell.row, None if own else cell.column

    bands = [list(band) for _, band in itertools.groupby(cells, key=row)]
    if all(len(band) == 1 for band in bands):
        return Field(
            tuple(
                FieldPart(
                    page,
                    cell.box,
                    cell.lines,
                    pictured=cell.pictured,
                    open_bottom=cell.continues_below,
                    doubts=cell.doubts,
                )
                for cell in cells
            )
        )
    lines = tuple(line for band in bands for line in _read_band(band))
    pictured = any(cell.pictured for cell in cells)
    box = Box.around([cell.box for cell in cells])
    doubts = tuple({doubt: None for cell in cells for doubt in cell.doubts})
    return Field((FieldPart(page, box, lines, pictured=pictured, doubts=doubts),))


def _read_band(band: Sequence[Cell]) -> Iterator[Line]:
    filled = [cell.lines for cell in band if cell.lines]
    if len(filled) < 2:
        yield from (line for lines in filled for line in lines)
        return
    yield _chain_lines([_chain_lines(lines, "") for lines in filled], CELL_SEPARATOR)


def _chain_lines(lines: Sequence[Line], between: str) -> Line:
    """Chain several lines to one: a cell's wrapped lines, or the cells of a row.

    Args:
        lines: In reading order.
        between: The text between two of them: "" or the separator of cells.
    """
    first, last = lines[0], lines[-1]
    if first is last:
        return first
    # The separator takes the space from the end of one line to the start of the next.
    starts = [edge for line in lines for edge in (line.edges if between else line.edges[:-1])]
    recognised = lines if any(line.confidences for line in lines) else ()
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
        confidences=_chain_known(recognised, between, lambda line: line.confidences, 1.0),
        alternatives=_chain_known(recognised, between, lambda line: line.alternatives, ""),
        shapes=_chain_known(recognised, between, lambda line: line.shapes, InkShape()),
        repairs=tuple(repair for line in lines for repair in line.repairs),
    )


def _chain_known(
    lines: Sequence[Line], between: str, known: Callable[[Line], tuple[_T, ...]], usual: _T
) -> tuple[_T, ...]:
    """Chain what is known of each character of several lines.

    Args:
        lines: In reading order; none: nothing is known.
        between: The text between two lines.
        known: What is known of a line, one value for each character; (): nothing is.
        usual: The value of a character of which nothing is known.
    """
    separator = (usual,) * len(between)
    parts = ((*separator, *(known(line) or (usual,) * len(line.text))) for line in lines)
    return tuple(itertools.chain.from_iterable(parts))[len(separator) :]

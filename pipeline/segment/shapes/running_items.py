"""List the lines and ruled tables of running text in reading order, without running heads."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from pipeline.model import Grid, Line, Page
from pipeline.segment.shapes.section_lines import RunningLines
from pipeline.segment.shapes.text_columns import Gutter, find_gutters
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import (
    LineLabel,
    read_heading_label,
    read_line_label,
    read_plain_label,
)


class Item(Struct, frozen=True):
    """A line of running text, or a ruled table in it."""

    page: int
    line: Line | None
    """None: it is a table."""
    grid: Grid | None = None
    """The table; of a line the grid that frames it, if a grid was read there."""
    column: int = 0
    """Of running text in two columns that of the line, from 0."""

    @property
    def top(self) -> float:
        """Its upper edge in points."""
        if self.line is not None:
            return self.line.top
        return self.grid.box.top if self.grid is not None else 0.0


def read_label(line: Line, roles: HeaderRoles) -> LineLabel | None:
    """Read the label that a line begins with (問１), or that it is (【意見の概要】, 市の考え方)."""
    return read_marked_label(line, roles) or read_plain_label(line.text, roles)


def read_marked_label(line: Line, roles: HeaderRoles) -> LineLabel | None:
    """Read the label that a line begins with, or that it is if a mark shows it."""
    label = read_line_label(line.text, spaced=not line.confidences)
    return label or read_heading_label(line.text, roles)


def list_items(pages: Sequence[Page], roles: HeaderRoles) -> list[Item]:
    """List the lines and tables of some pages in reading order, without running heads."""
    running, each = RunningLines(pages), zip(pages, find_gutters(pages), strict=True)
    return [item for page, gutter in each for item in _list_page(page, gutter, running, roles)]


def _list_page(
    page: Page, gutter: Gutter | None, running: RunningLines, roles: HeaderRoles
) -> Iterator[Item]:
    number = page.header.number
    lines = sorted(page.loose_lines, key=lambda line: (line.top, line.x0))
    # The margin below vertical lines is behind the ends of the turned ones.
    below = [max(lines, key=lambda line: line.x0)] if page.header.turn and lines else []
    edges = [*lines[:3], *lines[-3:], *below]
    kept = {*map(id, running.remove_from(edges)), *_list_numbers(lines, roles)}
    furniture = {
        id(line) for line in edges if id(line) not in kept and read_label(line, roles) is None
    }
    items = [
        Item(number, line, column=0 if gutter is None else gutter.column_of(line))
        for line in lines
        if id(line) not in furniture
    ]
    for grid in page.grids:
        framed = grid.lines if _is_frame(grid) else (None,)
        items += (Item(number, line, grid) for line in framed)
    yield from sorted(items, key=lambda item: (item.column, item.top))


def _list_numbers(lines: Sequence[Line], roles: HeaderRoles) -> Iterator[int]:
    """Yield the ids of the lines that number the question right below them: （1）."""
    for line, below in pairwise(lines):
        label = read_marked_label(below, roles)
        if label is not None and label.asks and abs(line.x0 - below.x0) < line.size:
            yield id(line)


def _is_frame(grid: Grid) -> bool:
    """Whether a grid only frames a question or an answer: its rows begin with their labels."""
    firsts = [cell for row in grid.rows for cell in [c for c in row if c.lines][:1]]
    columns = grid.column_count
    return 0 < columns < 3 and all(
        read_line_label(line.text, spaced=not line.confidences) is not None
        for line in (cell.lines[0] for cell in firsts)
    )

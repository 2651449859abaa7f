"""Read a grid whose texts begin with their labels: （質問）… in one row, （回答）… in the next."""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from msgspec.structs import replace

from pipeline.model import DIALOGUE_ROLES, Box, Cell, Grid
from pipeline.segment.rows.inline_tables import read_field
from pipeline.segment.shapes.cut_label import cut_label
from pipeline.segment.shapes.label_piece import LabelPiece
from pipeline.segment.shapes.labelled import Labelled
from pipeline.segment.shapes.side_columns import name_column, read_beside
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import (
    LineLabel,
    give_back_list_numbers,
    read_cell_label,
    read_heading_label,
    read_line_label,
)

_LEAST_PAIRS = 2  # questions above answers; judgement: one may be a record's own words
_AGAIN = str.maketrans("", "", "再々")
_SEVERAL = 0.9  # probability; judgement: a dialogue of several turns may be one record
_MOSTLY = 0.8  # share of the cells that begin with a label; judgement: a note may stand between


def read_inline_piece(
    grid: Grid, roles: HeaderRoles, before: LabelPiece | None
) -> LabelPiece | None:
    """Read a grid in whose last column each text begins with its label.

    Args:
        before: The piece that this one may go on with on a new page.

    Returns:
        None where the texts are something else.
    """
    column = max(cell.column for cell in grid.cells)
    held = (cell for cell in grid.cells if cell.column == column and cell.lines)
    turns = [list(_part_turns(cell, roles)) for cell in held]
    cells = list(chain.from_iterable(turns))
    several = {id(part) for parts in turns if len(parts) > len(DIALOGUE_ROLES) for part in parts}
    labels = give_back_list_numbers([_read_label(cell.lines[0].text, roles) for cell in cells])
    pairs = sum(
        one is not None and other is not None and one.asks and not other.asks
        for one, other in pairwise(labels)
    )
    follows = before is not None and before.inline
    if not cells or pairs < (0 if follows else _LEAST_PAIRS) or column == 0:
        return None
    top = grid.row(0)
    headed = labels[0] is None and (before is None or not follows or _prints_again(top, before))
    header = top if headed else []
    body = [(c, label) for c, label in zip(cells, labels, strict=True) if c not in header]
    if sum(label is not None for _, label in body) < _MOSTLY * len(body) - follows:
        return None
    piece = LabelPiece(grid, None, inline=True)
    piece.header_lines += (line for cell in header for line in cell.lines)
    piece.leads = tuple(
        name_column(grid, place, header, lambda cell: read_cell_label(cell.text, roles))
        for place in range(column)
    )
    for cell, label in body:
        item = _read_cell(grid, cell, label, column)
        doubt = _SEVERAL if label is not None and label.asks and id(cell) in several else 1.0
        piece.events.append(replace(item, certainty=doubt))
        if label is not None:
            piece.beside.append(label.label)
    return piece


def _prints_again(top: list[Cell], before: LabelPiece) -> bool:
    """Whether a new page begins with the header of the piece before it."""
    texts = [line.text for cell in top for line in cell.lines]
    return bool(texts) and texts == [line.text for line in before.header_lines]


def _read_label(line: str, roles: HeaderRoles) -> LineLabel | None:
    """Read the label that a line begins with: （質問）, or a header's word, 【市の考え方】."""
    label = read_line_label(line) or read_heading_label(line, roles)
    return label if label is not None and label.label.role in DIALOGUE_ROLES else None


def _part_turns(cell: Cell, roles: HeaderRoles) -> Iterator[Cell]:
    """Part a cell whose question its answer follows: （質問）… and below it （回答）…."""
    labels = [_read_label(line.text, roles) for line in cell.lines]
    for first, end in pairwise((*_find_turns(labels), len(labels))):
        lines = cell.lines[first:end]
        box = Box(cell.box.x0, lines[0].top, cell.box.x1, lines[-1].bottom)
        yield cell if lines == cell.lines else replace(cell, lines=lines, box=box)


def _find_turns(labels: Sequence[LineLabel | None]) -> list[int]:
    """The lines that questions and answers of a cell begin with, by turns.

    Those below the first answer have the labels of the first two, as a text may begin with 意見、.
    """
    starts = [0]
    if labels[0] is None or not labels[0].asks:
        return starts
    own = {_name_turn(labels[0])}
    for place, label in enumerate(labels):
        last = labels[starts[-1]]
        if label is None or last is None or label.asks == last.asks:
            continue
        if len(starts) == 1 or _name_turn(label) in own:
            starts.append(place)
            own.add(_name_turn(label))
    return starts


def _name_turn(label: LineLabel) -> str:
    """A label without what counts the turns: 【質問】 of 【再々質問】."""
    return label.label.header.translate(_AGAIN)


def _read_cell(grid: Grid, cell: Cell, label: LineLabel | None, column: int) -> Labelled:
    beside = read_beside(grid, enumerate(range(column)), cell.row, cell.row + 1)
    if label is None:
        return Labelled(None, read_field([cell], grid.page), leads=beside)
    return replace(cut_label(cell.lines, cell.box, label), leads=beside)

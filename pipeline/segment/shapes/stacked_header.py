"""Read a grid whose header has several rows and each record as many: answers below comments.

| 番号 | 意見の概要 | 提出者 |   Below this header the number is merged over two rows; the comment
|      | 市の考え方          |   and who wrote it stand in the first, the answer in the second.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.model import TEXT_ROLES, Cell, Column, Grid
from pipeline.segment.rows.inline_tables import read_field
from pipeline.segment.shapes.label_piece import LabelPiece, StackedHeader
from pipeline.segment.shapes.labelled import Labelled
from pipeline.segment.shapes.side_columns import read_beside
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.heading_forms import is_noun_phrase, may_head
from pipeline.vocabulary.record_labels import RecordLabel, read_cell_label, unknown_label

_DEPTHS = (2, 3)  # header rows; judgement: more would be a card for each record
_MOSTLY = 0.8  # share of the records that are laid out as the header; judgement: notes may follow

_Layout = tuple[tuple[int, int, int], ...]
"""(column, column span, row span) of the cells that begin in a row."""


def read_stacked_piece(
    grid: Grid, roles: HeaderRoles, header: StackedHeader | None
) -> LabelPiece | None:
    """Read a grid whose records are laid out as its header of several rows.

    Args:
        header: That of the piece before that this one may go on with.
    """
    if grid.inferred:  # no ruling shows which rows are one record
        return None
    rows = [tuple(row) for row in grid.rows]
    repeats = header is not None and _repeats(rows, header)
    own = header if repeats else _find_header(rows, roles)
    header = own or header
    if header is None:
        return None
    piece = LabelPiece(grid, None, stacked=header)
    piece.leads = tuple(Column(cell.text, header.labels[cell.slot].role) for cell in header.leads)
    first = header.depth if own is not None else 0
    if own is not None:
        head = rows[: header.depth]
        piece.header_lines += (line for row in head for cell in row for line in cell.lines)
    for item in _read_rows(grid, rows[first:], header):
        piece.events.append(replace(item, opens_piece=not piece.events))
    return piece


def _layout(row: Sequence[Cell]) -> _Layout:
    return tuple((cell.column, cell.column_span, cell.row_span) for cell in row)


def _find_header(rows: Sequence[tuple[Cell, ...]], roles: HeaderRoles) -> StackedHeader | None:
    for depth in _DEPTHS:
        head = tuple(rows[:depth])
        if len(rows) < 2 * depth or not _names_records(head, roles):
            continue
        layouts = [_layout(row) for row in head]
        # A row for each header row: else a cell of the header has others below it.
        if len(set(layouts)) == 1 or not all(layouts):
            continue
        body = [rows[i : i + depth] for i in range(depth, len(rows) - depth + 1, depth)]
        alike = sum([_layout(row) for row in record] == layouts for record in body)
        if _are_headings([head, *body]):
            continue
        if alike >= _MOSTLY * len(body):
            return StackedHeader(head, _label_cells(head, roles))
    return None


def _are_headings(records: Sequence[Sequence[Sequence[Cell]]]) -> bool:
    """Whether a row over all columns of each record is a heading of the next: 第１章　総則.

    Where each section has one record, its heading would look like the answer to the one before.
    """
    wide = [record[-1] for record in records if record]
    texts = [row[0].text for row in wide if len(row) == 1 and row[0].row_span == 1]
    return len(texts) == len(records) and all(
        may_head(text) and is_noun_phrase(text) for text in texts
    )


def _repeats(rows: Sequence[tuple[Cell, ...]], header: StackedHeader) -> bool:
    """Whether the first rows of a page print the header again."""
    head = [cell.text for row in rows[: header.depth] for cell in row]
    return head == [cell.text for row in header.rows for cell in row]


def _label_cells(
    head: Sequence[Sequence[Cell]], roles: HeaderRoles
) -> dict[tuple[int, int], RecordLabel]:
    labels = {}
    for row in head:
        for cell in row:
            label = read_cell_label(cell.text, roles) or unknown_label(cell.text, roles)
            labels[cell.slot] = label or RecordLabel("", None, known=False)
    return labels


def _names_records(head: Sequence[Sequence[Cell]], roles: HeaderRoles) -> bool:
    """Whether header cells above each other name two roles of their own, one of them a text.

    A cell below several is no part of what they name: 回答 below 受付日 | 担当課.
    """
    cells = [cell for row in head for cell in row]
    if any(roles.is_prose(cell.text) for cell in cells):
        return False
    found = {
        cell.slot: label.role
        for cell in cells
        if (label := read_cell_label(cell.text, roles)) is not None and label.role is not None
    }
    if len(found) * 2 < len(cells) or not TEXT_ROLES & set(found.values()):
        return False
    rows = {row for row, _ in found}
    return rows == set(range(len(head))) and all(
        any(
            found.get(upper.slot) not in (None, found[cell.slot])
            for upper in cells
            if upper.row < cell.row and _overlap(upper, cell)
        )
        or any(sum(_overlap(upper, cell) for upper in row) > 1 for row in head[: cell.row])
        for cell in cells
        if cell.row > 0 and cell.slot in found
    )


def _overlap(one: Cell, other: Cell) -> bool:
    return one.column < other.column_end and other.column < one.column_end


def _read_rows(
    grid: Grid, rows: Sequence[tuple[Cell, ...]], header: StackedHeader
) -> Iterator[Labelled]:
    offset = _first_offset(rows, header)
    columns = [lead.column for lead in header.leads]
    for index, row in enumerate(rows):
        place = (offset + index) % header.depth
        number = grid.cells[0].row if not row else row[0].row
        beside = read_beside(grid, enumerate(columns), number, number + 1)
        for cell in row:
            if cell.column in columns:
                continue
            head = next((c for c in header.rows[place] if _overlap(c, cell)), None)
            label = header.labels[head.slot] if head is not None else None
            yield Labelled(label, read_field([cell], grid.page), leads=beside)


def _first_offset(rows: Sequence[tuple[Cell, ...]], header: StackedHeader) -> int:
    """Which row of a record the first row is: a page's end may cut a record."""
    if not rows or not rows[0]:
        return 0
    first = rows[0]
    layouts = [_layout(row) for row in header.rows]
    if header.leads:
        lead = header.leads[-1]
        cell = next((c for c in first if c.column == lead.column), None)
        span = cell.row_span if cell is not None else header.depth
        return max(0, header.depth - span)

    def count_alike(offset: int) -> int:
        return sum(
            _layout(row) == layouts[(offset + index) % header.depth]
            for index, row in enumerate(rows)
        )

    return max(range(header.depth), key=count_alike)

"""Tell a grid whose first row heads its columns from one whose labels name their values."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.model import DIALOGUE_ROLES, TEXT_ROLES, Cell, Grid, Role
from pipeline.segment.rows.row_numbers import read_printed_number
from pipeline.segment.shapes.cell_labels import stand_in_same_columns
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import RecordLabel, read_cell_label, unknown_label

_PAIR = 2  # cells; judgement: a label and its value
_RECORDS = 2  # judgement: a header above one record only is the first row of a card


def has_header(grid: Grid, roles: HeaderRoles) -> bool:
    """Whether the first row names two texts (意見, 回答): then what stands below are columns.

    A word that only ends a text (苦情への対応) or stands in it (市町村等名) names none, as it
    may be a card's value, unless each cell of the row names another role, or none that records
    have (備考), or a text stands where a card would have its number (意見番号 | 寄せられた意見), or
    a number stands below the word for numbers, where a card would have another label.
    Where each cell of the first row heads several columns, the second row may name the texts. A
    cell over a column of labels and their texts (質問及び回答) names none.
    """
    if _is_card(grid, roles) or _heads_labels(grid, roles):
        return False
    return any(_names_texts(row, grid, roles) for row in _find_header_rows(grid, roles))


def _find_header_rows(grid: Grid, roles: HeaderRoles) -> Iterator[Sequence[Cell]]:
    groups, columns = grid.row(0), grid.row(1)
    yield groups
    ends = {cell.column_end for cell in columns}
    heads = all(c.column_span > 1 and c.row_span == 1 and c.column_end in ends for c in groups)
    # One cell over all columns may be a card's bar; prose is the value of a card.
    if heads and len(groups) > 1 and not any(roles.is_prose(cell.text) for cell in columns):
        yield columns


def _heads_labels(grid: Grid, roles: HeaderRoles) -> bool:
    """Whether a cell of the first row stands over a column of labels of questions and answers."""
    heads = {cell.column for cell in grid.row(0) if cell.column_span > 1}
    for column in heads:
        below = [cell for cell in grid.cells if cell.row > 0 and cell.column == column]
        labels = [read_cell_label(cell.text, roles) for cell in below if cell.lines]
        found = {label.role for label in labels if label is not None and label.exact}
        if found == DIALOGUE_ROLES and None not in labels:
            return True
    return False


def _names_texts(cells: Sequence[Cell], grid: Grid, roles: HeaderRoles) -> bool:
    texts = [cell.text for cell in cells]
    labels = [read_cell_label(text, roles) or _read_contained_word(text, roles) for text in texts]
    if sum(map(_counts, labels)) == 1:  # 質問１ | 該当箇所 | 仕様書: the number of a card
        labels = [None if _counts(label) else label for label in labels]
    found = [label.role for label in labels if label is not None]
    named = {role for role in found if role is not None}
    if len(texts) > _PAIR and (
        len(named) + found.count(None) == len(texts)
        or _names_numbered_text(labels)
        or _stands_over_number(cells[0], labels[0], grid)
    ):
        return len(named & TEXT_ROLES) > 1
    exact = {label.role for label in labels if label is not None and label.exact}
    return len(exact & TEXT_ROLES) > 1


def _counts(label: RecordLabel | None) -> bool:
    return label is not None and label.ordinal is not None


def heads_records(grid: Grid, roles: HeaderRoles) -> bool:
    """Whether the first row names the cells of the next one, and its labels stand nowhere else.

    A heading over all columns may stand between them.

    Labels may stand below each record then (市の考え方 | …) and name the texts that the header does
    not. The comments are named by the header, or by such labels. A header that names them may have
    words that nobody knows (No | 計画体系 | 意見), if it heads several records.
    """
    head, *rows = grid.rows
    below = next((r for r in rows if len(r) != 1 or read_cell_label(r[0].text, roles)), [])
    if len(head) <= _PAIR or not stand_in_same_columns(head, below):
        return False
    if _heads_whole_rows(head, grid, roles):
        return True
    named = [read_cell_label(cell.text, roles) for cell in head]
    values = [read_cell_label(cell.text, roles) for cell in below]
    if any(map(_is_label_below, named, values)):
        return False
    if None in named and not _heads_several(head, grid, roles):
        return False
    texts = {cell.text for cell in head}
    if any(cell.row > 0 and cell.text in texts for cell in grid.cells):
        return False
    if _is_card(grid, roles):
        return False
    found = {label.role for label in named if label is not None}
    return Role.COMMENT in found or _labels_comments(grid, roles)


def _is_label_below(head: RecordLabel | None, value: RecordLabel | None) -> bool:
    """Whether the word below a header is a label; A-1 below 番号, 団体 below 提出者 are values."""
    if value is None or not value.exact:
        return False
    is_number = _counts(value) and head is not None and head.role == Role.NUMBER
    return not is_number and (head is None or head.role != value.role)


def _is_card(grid: Grid, roles: HeaderRoles) -> bool:
    """Whether one row stands below the header, and below it a label and its text over all columns.

    The label names a text that the header does not: 市の回答 below 番号 | 意見.
    """
    head, *rows = grid.rows
    if sum(stand_in_same_columns(head, row) for row in rows) != 1:
        return False
    named = {label.role for cell in head if (label := read_cell_label(cell.text, roles))}
    wide = {row[0].row: row[0].text for row in rows if len(row) == 1 < row[0].column_span}
    bars = (text for row, text in wide.items() if row + 1 in wide)
    labels = (read_cell_label(bar, roles) for bar in bars)
    return any(label is not None and label.role in TEXT_ROLES - named for label in labels)


def _heads_several(head: Sequence[Cell], grid: Grid, roles: HeaderRoles) -> bool:
    """Whether a row names numbers first, comments too, and several rows below have its columns."""
    found = [unknown_label(cell.text, roles) for cell in head]
    known = [label.role for label in found if label is not None]
    if len(known) < len(head) or known[0] != Role.NUMBER or Role.COMMENT not in known:
        return False
    return sum(stand_in_same_columns(head, row) for row in grid.rows[1:]) >= _RECORDS


def _heads_whole_rows(head: Sequence[Cell], grid: Grid, roles: HeaderRoles) -> bool:
    """Whether comments and answers stand side by side in all rows, beside words such as 指摘."""
    rows = grid.rows[1:]
    named = (read_cell_label(cell.text, roles) for cell in head[1:])
    found = {label.role for label in named if label is not None}
    beside = (read_cell_label(cell.text, roles) for row in rows for cell in row[1:])
    return (
        found >= DIALOGUE_ROLES
        and len(rows) >= _RECORDS
        and all(stand_in_same_columns(head, row) for row in rows)
        and not any(label is not None and label.exact for label in beside)
    )


def _labels_comments(grid: Grid, roles: HeaderRoles) -> bool:
    """Whether labels name the comments of several records."""
    labels = (read_cell_label(cell.text, roles) for cell in grid.cells)
    found = sum(label is not None and label.role == Role.COMMENT for label in labels)
    return found >= _RECORDS


def _read_contained_word(text: str, roles: HeaderRoles) -> RecordLabel | None:
    label = unknown_label(text, roles)
    return None if label is None or label.role is None else replace(label, exact=False)


def _names_numbered_text(labels: Sequence[RecordLabel | None]) -> bool:
    """Whether the first of some cells names numbers, and the next one a text, not a number."""
    number, text = labels[:2]
    if number is None or text is None:
        return False
    return number.exact and number.role == Role.NUMBER and text.role in TEXT_ROLES


def _stands_over_number(cell: Cell, label: RecordLabel | None, grid: Grid) -> bool:
    """Whether a cell names numbers, and one stands below it: 整理番号 over A-01."""
    if label is None or not label.exact or label.role != Role.NUMBER or label.ordinal is not None:
        return False
    below = (other for other in grid.row(cell.row_end) if other.column == cell.column)
    return any(read_printed_number(other.text) is not None for other in below)

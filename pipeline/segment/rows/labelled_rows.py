"""Give each record the texts that stand below it at labels, where no column has them.

| 番号 | 提出者     | 該当頁 | 意見 |   The header names the upper row of each record only; the
| 1    | 市民       | P9     | …    |   answer below it stands beside a label of its own.
|      | 市の考え方 | …             |

| 番号 | 意見   | 考え方 |   Labels may also stand in a row of their own, above their texts.
| 1    | …      | …      |
|      | 修正前 | 修正後 |
|      | …      | …      |
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import (
    TEXT_ROLES,
    Column,
    Field,
    Line,
    Role,
    Table,
    TableRow,
    remove_white_space,
)
from pipeline.segment.rows.grid_rows import find_only_field
from pipeline.segment.rows.inline_tables import CELL_SEPARATOR
from pipeline.vocabulary.counts import counts_records
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.line_marks import begins_with_mark
from pipeline.vocabulary.record_labels import RecordLabel, read_cell_label

_LEAST = 2  # rows with one label; judgement: one alone may be a record of another kind
_CROWDED = 0.5  # probability; judgement: a text that holds another label's cell is not all a text


class _Labelled(Struct, frozen=True):
    """A label in a row, and the text beside or below it."""

    label: RecordLabel
    name: Field
    text: Field
    place: int
    """The column of the label."""


def is_labelled_row(row: TableRow, columns: Collection[Role], roles: HeaderRoles) -> bool:
    """Whether a row holds only texts beside labels, which name roles that no column has.

    Args:
        columns: The roles of the table's columns.
    """
    return bool(_read_pairs(row, columns, roles))


def is_label_bar(row: TableRow, columns: Collection[Role], roles: HeaderRoles) -> bool:
    """Whether a row is a label over all columns, which names a text that no column has: 市の回答.

    Args:
        columns: The roles of the table's columns.
    """
    return _read_bar_label(row, columns, roles) is not None


def lift_labelled_rows(table: Table, roles: HeaderRoles) -> tuple[Table, list[Line]]:
    """Take the texts at labels for columns of the record above.

    Returns:
        The table, and the lines of the labels; unchanged without such rows, or where one stands
        above all records.
    """
    columns = set(table.places)
    heads = dict(_read_heads(table.rows, columns, roles))
    read = [heads.get(i) or _read_pairs(row, columns, roles) for i, row in enumerate(table.rows)]
    counts = Counter((own.label.header, own.place) for pairs in read for own in pairs)
    named = {own.label.role for pairs in read for own in pairs}
    if (
        not counts
        or min(counts.values()) < _LEAST
        or read[0]
        or Role.COMMENT not in columns | named
    ):
        return table, []
    records: list[tuple[TableRow, list[_Labelled]]] = []
    for index, (row, pairs) in enumerate(zip(table.rows, read, strict=True)):
        if index - 1 in heads:
            continue  # its texts are those of the labels above
        if not pairs:
            records.append((row, []))
            continue
        above, found = records[-1]
        if not _is_below(row, pairs[0].place, above):
            return table, []
        crowded = any(_holds_label(own.text, roles) for own in pairs)
        confidence = min(row.confidence, above.confidence) * (_CROWDED if crowded else 1.0)
        records[-1] = replace(above, confidence=confidence), [*found, *pairs]
    labels = {own.label.header: own.label for pairs in read for own in pairs}
    names = tuple(_name_columns(labels.values(), roles))
    rows = tuple(_add_texts(row, found, labels) for row, found in records)
    lines = [line for pairs in read for own in pairs for line in own.name.lines]
    return replace(table, columns=(*table.columns, *names), rows=rows), lines


def _name_columns(labels: Iterable[RecordLabel], roles: HeaderRoles) -> Iterator[Column]:
    """The columns of labels; of two that name one role (回答, 対応状況) the better word has it."""
    matches = [(label, roles.match(label.header)) for label in labels]
    ranks = [(match.rank if match is not None else -1, label.header) for label, match in matches]
    for (label, _), own in zip(matches, ranks, strict=True):
        others = (
            r for (other, _), r in zip(matches, ranks, strict=True) if other.role == label.role
        )
        yield Column(label.header, label.role if own == min(others) else None)


def _read_pairs(
    row: TableRow, columns: Collection[Role], roles: HeaderRoles
) -> tuple[_Labelled, ...]:
    """The labels of a row with their texts; none where another text stands beside them.

    Cells before the first label belong to the record above too: its number.
    """
    cells = list(_list_cells(row))
    # The last text stands beside a label: most rows are a record's, and need no other cell read.
    if (
        len(cells) < 2
        or not _reaches_side(row, *cells[-1])
        or read_cell_label(cells[-2][1].text, roles) is None
    ):
        return ()
    labels = [read_cell_label(field.text, roles) for _, field in cells]
    first = next(index for index, label in enumerate(labels) if label)
    own = [*zip(cells, labels, strict=True)][first:]
    if len(own) % 2:
        return ()
    pairs: list[_Labelled] = []
    for ((place, name), label), ((_, text), value) in zip(own[::2], own[1::2], strict=True):
        # Ａ is a value; elsewhere it is short for an answer. 令和8年度に対応 only ends in a label.
        is_label = value is not None and value.exact and roles.match(value.header) is not None
        # ④温暖化への対応 is an item of a list.
        is_item = label is not None and not label.exact and begins_with_mark(name.text)
        # その他の御意見 | ３件 heads the records below.
        is_counted = label is not None and label.role in TEXT_ROLES and counts_records(text.text)
        if label is None or is_label or is_item or is_counted:
            return ()
        pairs.append(_Labelled(label, name, text, place))
    return tuple(pairs) if _are_new(pairs, columns) else ()


def _are_new(pairs: Sequence[_Labelled], columns: Collection[Role]) -> bool:
    """Whether labels name different roles, and none that a column has."""
    named = [own.label.role for own in pairs if own.label.role is not None]
    return bool(named) and not set(named) & set(columns) and len(set(named)) == len(named)


def _read_heads(
    rows: Sequence[TableRow], columns: Collection[Role], roles: HeaderRoles
) -> Iterator[tuple[int, tuple[_Labelled, ...]]]:
    """Find the rows of labels whose texts stand in the row below, at the same columns."""
    last = -1
    for index, (above, row, below) in enumerate(zip(rows, rows[1:], rows[2:], strict=False), 1):
        pairs = _read_bar(row, below, columns, roles) or _read_head(above, row, below, roles)
        # A text below labels may look like one (修正前 over 変更なし): it has no texts of its own.
        if pairs and index != last + 1 and _are_new(pairs, columns):
            last = index
            yield index, pairs


def _read_head(
    above: TableRow, row: TableRow, below: TableRow, roles: HeaderRoles
) -> tuple[_Labelled, ...]:
    """Read a row of labels with the texts below them; none where it is something else."""
    places = _find_own(row, above)
    if len(places) < _LEAST:
        return ()
    pairs = []
    for place in places:
        label = read_cell_label(row.fields[place].text, roles)
        if label is None or not label.exact or label.role is None:
            return ()
        pairs.append(_Labelled(label, row.fields[place], below.fields[place], place))
    return tuple(pairs) if set(_find_own(below, row)) <= set(places) else ()


def _read_bar(
    row: TableRow, below: TableRow, columns: Collection[Role], roles: HeaderRoles
) -> tuple[_Labelled, ...]:
    """Read a label over all columns with the text over all columns below it; none: it is none."""
    bar, text = find_only_field(row), find_only_field(below)
    label = _read_bar_label(row, columns, roles)
    if bar is None or text is None or label is None:
        return ()
    return (_Labelled(label, bar, text, 0),)


def _read_bar_label(
    row: TableRow, columns: Collection[Role], roles: HeaderRoles
) -> RecordLabel | None:
    bar = find_only_field(row)
    label = read_cell_label(bar.text, roles) if bar is not None else None
    return label if label is not None and label.role in TEXT_ROLES - set(columns) else None


def _find_own(row: TableRow, above: TableRow) -> list[int]:
    """The columns where a row has text that is not that of a cell merged with the row above."""
    pairs = enumerate(zip(row.fields, above.fields, strict=True))
    return [i for i, (own, upper) in pairs if own.lines and own.parts[-1] not in upper.parts]


def _list_cells(row: TableRow) -> Iterator[tuple[int, Field]]:
    """The cells of a row and the columns where they begin.

    A label and its text may both begin below one cell of the header.
    """
    for place, field in enumerate(row.fields):
        name, text = field.parts[:1], field.parts[1:]
        if text and (name[0].page, name[0].box.top) == (text[0].page, text[0].box.top):
            yield place, Field(name)
            yield place, Field(text)
        elif name:
            yield place, field


def _reaches_side(row: TableRow, place: int, last: Field) -> bool:
    """Whether the last cell of a row takes all columns from its first on."""
    return place + last.parts[-1].columns == len(row.fields)


def _holds_label(text: Field, roles: HeaderRoles) -> bool:
    """Whether a label's cell stands beside a text, in one column with it: … | 対応区分 | Ａ."""
    rows = [line.text.split(CELL_SEPARATOR) for line in text.lines if line.inline_row]
    return any(read_cell_label(remove_white_space(cell), roles) for row in rows for cell in row)


def _is_below(row: TableRow, place: int, above: TableRow) -> bool:
    """Whether the cells before a label are empty, or those of the record above."""
    pairs = zip(row.fields[:place], above.fields[:place], strict=True)
    return all(not own.lines or own.parts[-1] in upper.parts for own, upper in pairs)


def _add_texts(row: TableRow, found: Sequence[_Labelled], names: Collection[str]) -> TableRow:
    """Add the texts that labels name, one field a label; parts of one text are in order."""
    texts = (
        Field(tuple(part for own in found if own.label.header == name for part in own.text.parts))
        for name in names
    )
    return replace(row, fields=(*row.fields, *texts))

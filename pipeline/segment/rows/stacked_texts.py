"""Join the rows of a record that share a column: 上段：意見 / 下段：回答, or 意見 / （理由）.

Or one text, each line of which has a row of its own, as on writing paper.
"""

import re
from collections.abc import Sequence
from itertools import chain, pairwise

from msgspec.structs import replace

from pipeline.model import (
    FULL_LINE,
    TEXT_ROLES,
    Column,
    Field,
    Role,
    Table,
    TableRow,
    group_neighbours,
)
from pipeline.segment.rows.shared_cells import end_in_one_cell
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import CONTAINS_WORD, IS_WORD
from pipeline.vocabulary.line_marks import ends_sentence

_HEADERS = tuple(
    map(
        re.compile,
        (
            r"[(（【]?上段[)）】]?[:：]?(.{1,20}?)[、，,/／・]?[(（【]?下段[)）】]?[:：]?(.{1,20})",
            r"(.{1,20}?)[(（]上段[)）][、，,/／・]?(.{1,20}?)[(（]下段[)）]",
        ),
    )
)
_BETWEEN = re.compile("(?:[/／・、↓→⇒]|及び|と)?")
"""Parts the names of two texts that a header gives from top to bottom: 意見／回答, or 意見回答."""
_LABEL = re.compile(r"[(（【〔［\[＜<][^\d)）】〕］\]＞>]{2,10}[)）】〕］\]＞>]")
# Each of two answers is a record's: 【総務課】 … / 【都市計画課】 …
_PARTED = (Role.COMMENT, Role.ORIGINAL_TEXT, Role.REVISION)
_LEAST_PAIRS = 2  # judgement: one label alone may begin a record
_MOSTLY = 0.8  # share of the rows that stand in pairs; judgement: a page may cut one
# Share of the ends of lines; judgement: some end a sentence, or are short of the side by a word.
_HALF = 0.5
# Em from a full line's end to the side of its cell; judgement: no program pads cells by more.
_REACH = FULL_LINE + 1.0
_LEAST_ENDS = 4  # judgement: the texts of so few rows may be as long as one another by chance
_LONE = 0.5  # probability; judgement: the other row of the record is lost, or there is none


def join_rows(table: Table, roles: HeaderRoles) -> Table:
    """Join the rows of each record of a table, each of whose rows is a record so far."""
    return join_labelled(join_stacked(join_written_lines(table), roles))


def join_stacked(table: Table, roles: HeaderRoles) -> Table:
    """Make one record of each two rows, if a header says that one text stands above the other.

    Args:
        table: Any table, each of whose rows is a record.

    Returns:
        The table, in which both texts have columns of their own; unchanged without such a header,
        or where another column holds one of them.
    """
    for place, column in enumerate(table.columns):
        names = _read_header(column.header, roles)
        held = {other.role for other in table.columns if other is not column}
        if names is not None and held.isdisjoint(name.role for name in names):
            pairs = _find_pairs(table.rows, place)
            if sum(map(len, pairs)) - len(pairs) < _MOSTLY * len(pairs):
                return table
            columns = (*table.columns[:place], *names, *table.columns[place + 1 :])
            rows = tuple(_join(pair, place) for pair in pairs)
            return replace(table, columns=columns, rows=rows)
    return table


def join_labelled(table: Table) -> Table:
    """Make one record of each two rows that part one text only, if a label tells which part it is.

    | 1 | 【該当箇所】第１章 | 参考とします。 |
    |   | 道が狭い。         |                |

    Args:
        table: Any table, each of whose rows is a record.

    Returns:
        The table; unchanged where the same row of each pair does not begin with the same label.
    """
    for place, column in enumerate(table.columns):
        pairs = _find_pairs(table.rows, place) if column.role in _PARTED else []
        if len(pairs) >= _LEAST_PAIRS and all(len(pair) > 1 for pair in pairs):
            starts = [[_LABEL.match(row.fields[place].text) for row in pair] for pair in pairs]
            labels = [
                {label[0] if label else "" for label in own} for own in zip(*starts, strict=True)
            ]
            if any(len(own) == 1 and all(own) for own in labels):
                return replace(table, rows=tuple(_join_parts(pair, place) for pair in pairs))
    return table


def join_written_lines(table: Table) -> Table:
    """Make one record of the rows beside one number where each of them holds a line of its texts.

    Args:
        table: Any table, each of whose rows is a record.

    Returns:
        The table; unchanged where most lines do not break off in mid-sentence at the side.
    """
    number = table.places.get(Role.NUMBER)
    texts = [place for role, place in table.places.items() if role in TEXT_ROLES]
    if number is None or any(
        len(row.fields[place].lines) > 1 for row in table.rows for place in texts
    ):
        return table
    records = group_neighbours(
        table.rows,
        lambda rows, row: end_in_one_cell(rows[-1].fields[number], row.fields[number]),
    )
    ends = [
        part.box.x1 - line.x1 < _REACH * line.size and not ends_sentence(line.text)
        for record in records
        for upper, lower in pairwise(record)
        for place in texts
        if lower.fields[place].lines
        for part in upper.fields[place].parts
        for line in part.lines
    ]
    if len(ends) < _LEAST_ENDS or sum(ends) <= _HALF * len(ends):
        return table
    return replace(table, rows=tuple(map(_join_lines, records)))


def _join_lines(rows: Sequence[TableRow]) -> TableRow:
    joined, *others = rows
    for row in others:
        for place, field in enumerate(row.fields):
            above = joined.fields[place]
            if not end_in_one_cell(above, field):
                joined = joined.with_field(place, Field((*above.parts, *field.parts)))
    return joined


def _join_parts(pair: Sequence[TableRow], place: int) -> TableRow:
    parts = tuple(chain.from_iterable(row.fields[place].parts for row in pair))
    joined = pair[0].with_field(place, Field(parts))
    return replace(joined, confidence=min(row.confidence for row in pair))


def _read_header(header: str, roles: HeaderRoles) -> tuple[Column, Column] | None:
    """The columns that a header names, the upper text first; None: it names one."""
    stated = next(filter(None, (pattern.fullmatch(header) for pattern in _HEADERS)), None)
    if stated is not None:
        return _name_texts(stated.groups(), roles, CONTAINS_WORD)
    marks = _BETWEEN.finditer(header)
    pairs = ((header[: mark.start()], header[mark.end() :]) for mark in marks)
    return next(filter(None, (_name_texts(pair, roles, IS_WORD) for pair in pairs)), None)


def _name_texts(
    names: Sequence[str], roles: HeaderRoles, manner: int
) -> tuple[Column, Column] | None:
    """The columns of two names; None where they do not name two texts."""
    matches = [roles.match(name, manner) for name in names]
    known = [match.role for match in matches if match is not None and match.role in TEXT_ROLES]
    if len(set(known)) < len(names):
        return None
    upper, lower = map(Column, names, map(Role, known))
    return upper, lower


def _find_pairs(rows: Sequence[TableRow], place: int) -> list[tuple[TableRow, ...]]:
    """The rows of each record: two that share all their other cells, or one alone."""
    pairs: list[tuple[TableRow, ...]] = []
    upper: TableRow | None = None
    for row, below in pairwise((*rows, None)):
        assert row is not None
        if upper is not None:
            pairs.append((upper, row))
            upper = None
        elif below is not None and _share_others(row, below, place):
            upper = row
        else:
            pairs.append((row,))
    return pairs


def _share_others(row: TableRow, below: TableRow, place: int) -> bool:
    """Whether two rows share each cell with text but that of one column."""
    pairs = enumerate(zip(row.fields, below.fields, strict=True))
    shared = [end_in_one_cell(*pair) for i, pair in pairs if i != place and pair[0].lines]
    return bool(shared) and all(shared)


def _join(pair: Sequence[TableRow], place: int) -> TableRow:
    first, *rest = pair
    lower = rest[0].fields[place] if rest else Field(())
    confidence = min(row.confidence for row in pair) * (1.0 if rest else _LONE)
    fields = (*first.fields[: place + 1], lower, *first.fields[place + 1 :])
    return replace(first, fields=fields, confidence=confidence)

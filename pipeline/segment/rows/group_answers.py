"""Give the answer in a row over all columns to the records above it, which it answers together.

Beside a number that is merged down to it, such a row answers one record:

| 番号 | 提出者 | 意見 |
| 1    | 市民   | …    |
|      | （市の考え方）… |
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.model import Column, Field, Line, Role, Table, TableRow, remove_white_space
from pipeline.segment.rows.cut_line import cut_line
from pipeline.segment.rows.grid_rows import find_only_field
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD
from pipeline.vocabulary.line_marks import ends_sentence

# 【市の考え方】 or 回答：, which a row of a group's answer begins with.
_LABEL = re.compile(
    r"(?:[【〔［\[＜<（(](?P<boxed>[^】〕］\]＞>）)。]{1,20})[】〕］\]＞>）)]"
    r"|(?P<bare>[^\s：:。、]{1,20})[：:])"
)
_LEAST = 2  # answers; judgement: one may be a note on the whole table
_CERTAINTY = 0.9  # probability; judgement: an answer may be meant for fewer records


def is_group_answer(row: TableRow, columns: set[Role], roles: HeaderRoles) -> bool:
    """Whether a row over all columns is an answer, in a table without a column of answers.

    Args:
        columns: The roles of the table's columns.
    """
    if Role.COMMENT not in columns or Role.RESPONSE in columns:
        return False
    return _read_answer(row, roles) is not None


def share_answers(table: Table, roles: HeaderRoles) -> tuple[Table, list[Line]]:
    """Take the rows of answers for a column: each record has the answer of the next such row.

    Returns:
        The table, and the lines of the answers' labels; unchanged without such rows, or where one
        stands above all records.
    """
    columns = set(table.places)
    if not any(is_group_answer(row, columns, roles) for row in table.rows):
        return table, []
    rows = _join_cut(table.rows, roles)
    read = ((place, _read_answer(row, roles)) for place, row in enumerate(rows))
    answers = {place: own for place, own in read if own is not None}
    if len(answers) < _LEAST or 0 in answers or any(b == a + 1 for a, b in pairwise(answers)):
        return table, []
    labels: list[Line] = []
    shared: list[TableRow] = []
    for first, end in zip([-1, *answers], [*answers, len(rows)], strict=True):
        answer = Field(())
        if end in answers:
            label, answer = _cut_answer(*answers[end])
            labels.append(label)
        answered = (replace(row, fields=(*row.fields, answer)) for row in rows[first + 1 : end])
        shared += (row.doubted(_CERTAINTY) for row in answered)
    name = Column(remove_white_space(labels[0].text), Role.RESPONSE)
    return replace(table, columns=(*table.columns, name), rows=tuple(shared)), labels


def _find_answer(row: TableRow) -> Field | None:
    """The text of a row over all columns, but those whose cells begin above it."""
    places = [place for place, field in enumerate(row.fields) if field.parts]
    if len(places) < 2:
        return find_only_field(row)
    *above, last = places
    field = row.fields[last]
    top = field.parts[0].box.top
    begin_above = all(row.fields[place].parts[-1].box.top < top for place in above)
    reaches = last + field.parts[-1].columns == len(row.fields) and field.parts[-1].columns > 1
    return field if begin_above and reaches and field.lines else None


def _read_answer(row: TableRow, roles: HeaderRoles) -> tuple[Field, int] | None:
    """An answer in a row, and how many characters its label takes; None: there is none."""
    field = _find_answer(row)
    found = _LABEL.match(field.lines[0].text) if field is not None else None
    match = roles.match(found["boxed"] or found["bare"], ENDS_IN_WORD) if found else None
    if field is None or found is None or match is None:
        return None
    has_text = len(field.lines) > 1 or bool(field.lines[0].text[found.end() :].strip())
    return (field, found.end()) if has_text and match.role == Role.RESPONSE else None


def _cut_answer(field: Field, end: int) -> tuple[Line, Field]:
    """The label of an answer, so many characters, and the text behind it."""
    part, *rest = field.parts
    label, *lines = part.lines
    if label.text[end:].strip():
        label, text = cut_line(label, end)
        lines = [text, *lines]
    own = (replace(part, lines=tuple(lines)),) if lines else ()
    return label, Field((*own, *rest))


def _join_cut(rows: Sequence[TableRow], roles: HeaderRoles) -> list[TableRow]:
    """Join an answer that a page's end cuts."""
    joined: list[TableRow] = []
    for row in rows:
        above, own = (_read_answer(joined[-1], roles) if joined else None), _find_answer(row)
        if (
            above is not None
            and own is not None
            and own.parts[0].page > above[0].parts[-1].page
            and _read_answer(row, roles) is None
            and not ends_sentence(above[0].text)
        ):
            parts = Field((*above[0].parts, *own.parts))
            fields = (parts if field is above[0] else field for field in joined[-1].fields)
            joined[-1] = replace(joined[-1], fields=tuple(fields))
        else:
            joined.append(row)
    return joined

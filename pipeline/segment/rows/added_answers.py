"""Give records the answers that no column holds.

An answer in a row over all columns is that of the records above it, which it answers together.
Beside a number that is merged down to it, such a row answers one record:

| 番号 | 提出者 | 意見 |
| 1    | 市民   | …    |
|      | （市の考え方）… |

An answer may also stand below its comment, in the comment's own column: 回答 | …
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.model import Column, Field, Line, Role, Table, TableRow, remove_white_space
from pipeline.segment.rows.cut_line import cut_line
from pipeline.segment.rows.grid_rows import find_only_field
from pipeline.segment.rows.inline_tables import CELL_SEPARATOR
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD, IS_WORD
from pipeline.vocabulary.line_marks import ends_sentence

# 【市の考え方】 or 回答：, which a row of a group's answer begins with.
_LABEL = re.compile(
    r"(?:[【〔［\[＜<（(](?P<boxed>[^】〕］\]＞>）)。]{1,20})[】〕］\]＞>）)]"
    r"|(?P<bare>[^\s：:。、]{1,20})[：:])"
)
_LEAST = 2  # answers; judgement: one may be a note on the whole table
_CERTAINTY = 0.9  # probability; judgement: an answer may be meant for fewer records
_LEAST_QUOTED = 2  # records; judgement: one may quote an answer
_MOSTLY = 0.8  # share of the records; judgement: some may have no answer yet
# judgement: nothing but a cell in the comments' column shows the answers, and their line breaks
# are not known.
_CERTAINTY_BELOW = 0.9


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
    return _add_column(table, shared, labels)


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


def part_answers(table: Table, roles: HeaderRoles) -> tuple[Table, list[Line]]:
    """Take the answers below the comments for a column, where most comments end in one.

    Args:
        table: A table, perhaps with answers in the column of its comments: a cell with the word
            for them, and the answer's cell beside it.

    Returns:
        The table, and the lines of the words; unchanged where it has other answers, or none.
    """
    comment = table.places.get(Role.COMMENT)
    if comment is None or Role.RESPONSE in table.places:
        return table, []
    ends = [_find_word(row.fields[comment], roles) for row in table.rows]
    found = sum(end is not None for end in ends)
    if found < _LEAST_QUOTED or found < _MOSTLY * len(ends):
        return table, []
    labels: list[Line] = []
    rows: list[TableRow] = []
    for row, end in zip(table.rows, ends, strict=True):
        own, answer = row.fields[comment], Field(())
        if end is not None:
            label, own, answer = _cut_below(own, end)
            labels.append(label)
        fields = (*row.fields[:comment], own, *row.fields[comment + 1 :], answer)
        rows.append(replace(row, fields=fields).doubted(_CERTAINTY_BELOW))
    return _add_column(table, rows, labels)


def _add_column(
    table: Table, rows: Sequence[TableRow], labels: list[Line]
) -> tuple[Table, list[Line]]:
    """Add the column of the answers, which their labels name."""
    name = Column(remove_white_space(labels[0].text), Role.RESPONSE)
    return replace(table, columns=(*table.columns, name), rows=tuple(rows)), labels


def _find_word(field: Field, roles: HeaderRoles) -> int | None:
    """How many characters of a field's last line are the word for an answer; None: none are."""
    last = field.lines[-1] if len(field.lines) > 1 else None
    if last is None or not last.inline_row:
        return None
    word, separator, _ = last.text.partition(CELL_SEPARATOR)
    match = roles.match(word, IS_WORD) if separator else None
    return len(word) if match is not None and match.role == Role.RESPONSE else None


def _cut_below(field: Field, end: int) -> tuple[Line, Field, Field]:
    """The word for an answer, the comment above it, and the answer."""
    *parts, last = field.parts
    label, text = cut_line(last.lines[-1], end)
    box = replace(last.box, top=text.top)
    above = replace(last, lines=last.lines[:-1], box=replace(last.box, bottom=text.top))
    return label, Field((*parts, above)), Field((replace(last, lines=(text,), box=box),))

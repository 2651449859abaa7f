"""Part an answer from the comment that it stands below, in the comment's own column: 回答 | …"""

from msgspec.structs import replace

from pipeline.model import Column, Field, Line, Role, Table, TableRow, remove_white_space
from pipeline.segment.rows.cut_line import cut_line
from pipeline.segment.rows.inline_tables import CELL_SEPARATOR
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import IS_WORD

_LEAST = 2  # records; judgement: one may quote an answer
_MOSTLY = 0.8  # share of the records; judgement: some may have no answer yet
# judgement: nothing but a cell in the comments' column shows the answers, and their line breaks
# are not known.
_CERTAINTY = 0.9


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
    ends = [_read_label(row.fields[comment], roles) for row in table.rows]
    found = sum(end is not None for end in ends)
    if found < _LEAST or found < _MOSTLY * len(ends):
        return table, []
    labels: list[Line] = []
    rows: list[TableRow] = []
    for row, end in zip(table.rows, ends, strict=True):
        own, answer = row.fields[comment], Field(())
        if end is not None:
            label, own, answer = _cut_answer(own, end)
            labels.append(label)
        fields = (*row.fields[:comment], own, *row.fields[comment + 1 :], answer)
        rows.append(replace(row, fields=fields).doubted(_CERTAINTY))
    name = Column(remove_white_space(labels[0].text), Role.RESPONSE)
    return replace(table, columns=(*table.columns, name), rows=tuple(rows)), labels


def _read_label(field: Field, roles: HeaderRoles) -> int | None:
    """How many characters of a field's last line are the word for an answer; None: none are."""
    last = field.lines[-1] if len(field.lines) > 1 else None
    if last is None or not last.inline_row:
        return None
    word, separator, _ = last.text.partition(CELL_SEPARATOR)
    match = roles.match(word, IS_WORD) if separator else None
    return len(word) if match is not None and match.role == Role.RESPONSE else None


def _cut_answer(field: Field, end: int) -> tuple[Line, Field, Field]:
    """The word for an answer, the comment above it, and the answer."""
    *parts, last = field.parts
    label, text = cut_line(last.lines[-1], end)
    box = replace(last.box, top=text.top)
    above = replace(last, lines=last.lines[:-1], box=replace(last.box, bottom=text.top))
    return label, Field((*parts, above)), Field((replace(last, lines=(text,), box=box),))

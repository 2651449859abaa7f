"""Tell tables of another matter: a schedule below the comments, or a legend that explains marks."""

import re
from collections.abc import Sequence

from pipeline.model import TEXT_ROLES, Grid, Role, TableRow
from pipeline.segment.headers.header_rows import Header
from pipeline.segment.pieces.piece_columns import PieceColumns
from pipeline.segment.pieces.piece_rows import PieceRows
from pipeline.segment.rows.grid_rows import read_rows, row_number
from pipeline.segment.table_draft import TableDraft
from pipeline.vocabulary.counts import is_figure
from pipeline.vocabulary.dialogue import asks
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.header_roles import HeaderRoles

_LEAST = 2  # rows; judgement: one without a sentence may be a record without an answer
_MOSTLY = 0.8  # share of the records with a sentence; judgement: some comments are few words
_LEAST_MARKS = 2  # rows; judgement: one mark alone needs no legend
_MARK = re.compile(r"[^\w\s]|[a-z]|\d{1,2}|[ア-ン]")
_KINDS = (Role.CATEGORY, Role.DISPOSITION)


def is_other_matter(
    draft: TableDraft, grid: Grid, columns: PieceColumns, rows: PieceRows, roles: HeaderRoles
) -> bool:
    """Whether no text of a piece is a sentence, while most records of the table have one.

    The piece has no header, and its rows do not count on: they begin with 1, or stand on the page
    of the piece above.

    Args:
        draft: The table before the piece.
    """
    if columns.header is not None or not columns.edges or draft.last is None or draft.compares:
        return False
    own, number = rows.read(draft, grid, columns), draft.column(Role.NUMBER)
    if len(own) < _LEAST:
        return False
    first, last = row_number(own[0], number), draft.last_number or 0
    apart = first == 1 if draft.last.page != grid.page else first != last + 1
    if not apart or _count_sentences(own, draft.texts, roles):
        return False
    told = _count_sentences(draft.rows, draft.texts, roles)
    return len(draft.rows) >= _LEAST and told >= _MOSTLY * len(draft.rows)


def _count_sentences(rows: Sequence[TableRow], texts: Sequence[int], roles: HeaderRoles) -> int:
    """How many rows have a text that is a sentence, or too long for a word."""
    return sum(any(roles.is_prose(row.fields[column].text) for column in texts) for row in rows)


def is_legend(grid: Grid, header: Header) -> bool:
    """Whether a table says for each mark or class of answers what it means.

    Such a table has no comments. Its classes are all different, and they are marks (Ａ, ◎), or a
    column beside them counts.
    """
    roles = [column.role for column in header.columns]
    kinds = [index for index, role in enumerate(roles) if role in _KINDS]
    if not kinds or header.roles & TEXT_ROLES != {Role.RESPONSE} or header.from_spec:
        return False
    if Role.NUMBER in roles:
        return False
    rows = read_rows(grid, header.edges, header.depth)
    columns = [[fold(row.fields[i].text).lower() for row in rows] for i in range(len(roles))]
    names = columns[kinds[0]]
    differ = len(rows) >= _LEAST_MARKS and len(set(names)) == len(names)
    counted = any(
        role is None and all(map(is_figure, texts))
        for role, texts in zip(roles, columns, strict=True)
    )
    # Where half the texts below an unknown header ask for something, they are comments.
    told = any(
        role is None and 2 * sum(map(asks, texts)) >= len(texts)
        for role, texts in zip(roles, columns, strict=True)
    )
    return differ and not told and (counted or all(map(_MARK.fullmatch, names)))

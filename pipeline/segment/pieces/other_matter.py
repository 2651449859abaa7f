"""Tell a table of another matter that has the columns of the comments: a schedule below them."""

from collections.abc import Sequence

from pipeline.model import Grid, Role, TableRow
from pipeline.segment.pieces.piece_columns import PieceColumns
from pipeline.segment.pieces.piece_rows import PieceRows
from pipeline.segment.rows.grid_rows import row_number
from pipeline.segment.table_draft import TableDraft
from pipeline.vocabulary.header_roles import HeaderRoles

_LEAST = 2  # rows; judgement: one without a sentence may be a record without an answer
_MOSTLY = 0.8  # share of the records with a sentence; judgement: some comments are few words


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

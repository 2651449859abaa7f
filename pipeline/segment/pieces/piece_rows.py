"""Read the rows of a table's pieces, split them into records, and join them over a page break."""

from collections.abc import Hashable, Iterable, Sequence
from functools import partial

from msgspec.structs import replace

from pipeline.model import TEXT_ROLES, Grid, Line, Role, TableRow
from pipeline.segment.pieces.piece_columns import PieceColumns
from pipeline.segment.rows.column_edges import edge_tolerance
from pipeline.segment.rows.grid_rows import doubt_own_columns, join_rows, read_rows
from pipeline.segment.rows.merged_cells import PageCut
from pipeline.segment.rows.own_numbers import keep_own_number
from pipeline.segment.rows.page_break import decision_confidence
from pipeline.segment.rows.total_lines import split_by_totals
from pipeline.segment.rows.unruled_rows import are_parted, split_by_gaps, split_by_numbers
from pipeline.segment.sheets.wide_sheets import WideSheets
from pipeline.segment.table_draft import TableDraft
from pipeline.vocabulary.header_words import match_role

# Probability. judgement: where a text stands above a table's first number, and no ruling parts the
# rows, each number may be that of the text above it.
_NUMBERS_BELOW = 0.5
_SHARED = (Role.CATEGORY, Role.SUBMITTER)


class PieceRows:
    """The rows of each piece, as its rulings separate them: the same in both passes."""

    def __init__(self, wide: WideSheets) -> None:
        """Read pieces.

        Args:
            wide: The pieces that were joined from halves on two pages.
        """
        self._wide = wide
        self._read: dict[Hashable, list[TableRow]] = {}

    def read(self, draft: TableDraft, grid: Grid, columns: PieceColumns) -> list[TableRow]:
        """Read the rows of a piece below its header."""
        first = columns.header.depth if columns.header is not None else 0
        place = draft.find_place(columns.edges, columns.moved)
        key = (grid.page, grid.box, columns.edges, first, draft.lead, place)
        if key not in self._read:
            tolerance = edge_tolerance(grid)
            rows = read_rows(grid, columns.edges, tolerance, first, draft.lead, draft.sides)
            rows = doubt_own_columns(rows, grid, columns.edges, tolerance, first)
            rows = [self._wide.place_row(grid, row) for row in rows]
            if place:
                rows = [row.with_parts(partial(replace, place=place)) for row in rows]
            self._read[key] = rows
        return self._read[key]


def holds_line(rows: Sequence[TableRow], line: Line) -> bool:
    """Whether one of the rows has a line: a repeated label may be merged over several rows."""
    return any(line is other for row in rows for other in row.lines)


def add_lines(lines: list[Line], new: Iterable[Line]) -> None:
    """Add the lines that are not there yet; two lines with the same text may both be added."""
    for line in new:
        if not any(line is other for other in lines):
            lines.append(line)


def split_row(
    row: TableRow, draft: TableDraft, unruled: bool, furigana: Sequence[Line]
) -> list[TableRow]:
    """Split a row between two rulings into its records: several where no ruling separates them.

    Args:
        row: As its rulings separate it.
        unruled: Whether the table has no ruling between any two records.
        furigana: Those of the page.
    """
    number = draft.column(Role.NUMBER)
    labels = [i for i, c in enumerate(draft.columns) if c.role not in TEXT_ROLES]
    split: list[TableRow] = []
    for piece in split_by_totals(row):
        if number is not None:
            opens = not draft.rows and not split
            own = keep_own_number(piece, number)
            parted = split_by_numbers(own, number, draft.texts, unruled, opens, draft.rows)
            split += parted if unruled else _share_labels(own, parted, draft)
        elif unruled:
            split += split_by_gaps(
                piece, draft.compares, labels, furigana, draft.is_parted or are_parted(draft.rows)
            )
        else:
            split.append(piece)
    first = (draft.rows or split)[:1]
    if unruled and number is not None and any(not own.fields[number].lines for own in first):
        return [own.doubted(_NUMBERS_BELOW) for own in split]
    return split


def _share_labels(row: TableRow, parted: list[TableRow], draft: TableDraft) -> list[TableRow]:
    """Give all records between two rulings the group, or the speaker, that stands there once."""
    if len(parted) == 1:
        return parted
    for place, column in enumerate(draft.columns):
        match = match_role(column.header)
        if match is None or match.role not in _SHARED:
            continue
        if sum(bool(own.fields[place].lines) for own in parted) == 1:
            parted = [own.with_field(place, row.fields[place]) for own in parted]
    return parted


def join_at_break(
    draft: TableDraft, piece: Sequence[TableRow], odds: float, again: bool
) -> tuple[list[TableRow], list[Line]]:
    """Join the rows of a piece to those of the table that it continues.

    Args:
        draft: The table so far; its last row takes what continues it.
        odds: Log-odds that the first of them continues the last row of the table.
        again: If it does not, it is another answer to that row's comment: they share cells.

    Returns:
        The rows of the piece that are left, and the lines of labels that it only repeats.
    """
    rows = list(piece)
    shares = again and odds <= 0
    number, category = draft.column(Role.NUMBER), draft.column(Role.CATEGORY)
    cut = PageCut(draft.rows, rows, odds > 0, draft.texts, number, category, draft.unshared, shares)
    cut_cells = list(cut.find_cells())
    repeated: list[Line] = []
    certainty = decision_confidence(odds)
    if odds <= 0:
        draft.rows[-1], rows[0] = draft.rows[-1].doubted(certainty), rows[0].doubted(certainty)
    else:
        draft.rows[-1], repeated = join_rows(
            draft.rows[-1], rows[0], certainty, (number, *draft.labels)
        )
    for cell in cut_cells:
        for index in cell.above:
            draft.rows[index] = cell.write_to(draft.rows[index])
        for index in cell.below:
            rows[index] = cell.write_to(rows[index])
    rows = rows[odds > 0 :]
    free = [line for line in repeated if not holds_line([*draft.rows[-1:], *rows], line)]
    return rows, free

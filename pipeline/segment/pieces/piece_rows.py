"""Read the rows of a table's pieces, split them into records, and join them over a page break."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from functools import partial
from itertools import pairwise

from msgspec.structs import replace

from pipeline.model import VERSION_ROLES, Grid, Line, Role, TableRow
from pipeline.segment.pieces.piece_columns import PieceColumns
from pipeline.segment.rows.cut_texts import is_cut_off
from pipeline.segment.rows.grid_rows import doubt_own_columns, join_rows, read_rows
from pipeline.segment.rows.level_rows import find_level_cuts
from pipeline.segment.rows.merged_cells import PageCut
from pipeline.segment.rows.other_rows import is_total, is_total_word
from pipeline.segment.rows.page_break import decision_confidence
from pipeline.segment.rows.row_numbers import read_printed_number
from pipeline.segment.rows.shared_cells import PITCH, SAME_LINE
from pipeline.segment.rows.unruled_rows import (
    are_parted,
    cuts_around,
    split_by_gaps,
    split_by_numbers,
)
from pipeline.segment.rows.vertical_gaps import ALIGNED, cut_row
from pipeline.segment.sheets.wide_sheets import WideSheets
from pipeline.segment.table_draft import TableDraft
from pipeline.vocabulary.header_words import match_role

# Probability. judgement: where a text stands above a table's first number, and no ruling parts the
# rows, each number may be that of the text above it.
_NUMBERS_BELOW = 0.5
_SHARED = (Role.CATEGORY, Role.SUBMITTER)
_LEAST_NUMBERS = 3  # judgement: two numbers may be those of comments that are answered together


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
            rows = read_rows(grid, columns.edges, first, draft.lead, draft.sides)
            rows = doubt_own_columns(rows, grid, columns.edges, first)
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
    row: TableRow,
    draft: TableDraft,
    unruled: bool,
    furigana: Sequence[Line],
    above: Sequence[TableRow],
) -> list[TableRow]:
    """Split a row between two rulings into its records: several where no ruling separates them.

    Args:
        row: As its rulings separate it.
        unruled: Whether the table has no ruling between any two records.
        furigana: Those of the page.
        above: The records of its piece above it.
    """
    number = draft.column(Role.NUMBER)
    texts = draft.sides or draft.texts  # a place fills its narrow column, which tells nothing
    labels = [place for place in range(len(draft.columns)) if place not in texts]
    split: list[TableRow] = []
    for piece in split_by_totals(row):
        if number is not None:
            opens = not draft.rows and not split
            own = keep_own_number(piece, number)
            parted = split_by_numbers(own, number, texts, unruled, opens, draft.rows)
            split += parted if unruled else _share_labels(own, parted, draft)
        elif unruled and (cuts := _find_level_cuts(piece, draft, bool(split))):
            split += [own.doubted(ALIGNED) for own in cut_row(piece, cuts)]
        elif unruled:
            parts = draft.is_parted or are_parted(draft.rows)
            earlier = [*draft.rows, *above, *split]
            split += split_by_gaps(
                piece, draft.compares, labels, furigana, parts, earlier, draft.has_verticals
            )
        else:
            split.append(piece)
    first = (draft.rows or split)[:1]
    if unruled and number is not None and any(not own.fields[number].lines for own in first):
        return [own.doubted(_NUMBERS_BELOW) for own in split]
    return split


def _find_level_cuts(row: TableRow, draft: TableDraft, parted: bool) -> list[float]:
    """Find the cuts between rows of texts that stand level.

    The lines of two versions stand level in any case, so that the two count as one text.
    """
    texts = draft.sides or draft.texts  # a place fills its narrow column, which tells nothing
    if draft.header.roles >= VERSION_ROLES:
        texts = [text for text in texts if text != draft.column(Role.REVISION)]
    return find_level_cuts(row, texts, opens=not draft.rows and not parted)


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


def keep_own_number(row: TableRow, number: int) -> TableRow:
    """Leave a row the number at its first line, if the others stand beside other rows.

    A page that rules the texts but not the numbers shows one cell of numbers. Split by them, each
    row would be as many records as there are rows.
    """
    numbers = row.fields[number].lines
    if len(numbers) < _LEAST_NUMBERS:  # as in most rows
        return row
    others = [own for index, own in enumerate(row.fields) if index != number and own.lines]
    if not others or any(read_printed_number(line.text) is None for line in numbers):
        return row
    if any(low.top - high.top < PITCH * high.size for high, low in pairwise(numbers)):
        return row
    top = min(part.box.top for own in others for part in own.parts)
    bottom = max(part.box.bottom for own in others for part in own.parts)
    inside = [line for line in numbers if top <= line.middle < bottom]
    if len(inside) != 1:
        return row
    first = min(own.lines[0].middle for own in others)
    if abs(inside[0].middle - first) > SAME_LINE * inside[0].size:
        return row
    return row.with_field(number, cut_row(row, [top, bottom])[1].fields[number])


def split_by_totals(row: TableRow) -> list[TableRow]:
    """Cut a row above and below a line that sums up the others (合計 | | 12)."""
    totals = [
        line
        for field in row.fields
        for line in field.lines
        if is_total_word(line.text) and not _is_stack(field.lines)
    ]
    for total in sorted(totals, key=lambda line: line.top):
        above, below = cuts_around(row, total)
        # A narrow column wraps its figure (1,4 | 46件): a cut below the word would part it.
        for cuts in ((above,), (above, below)):
            pieces = cut_row(row, [y for y in cuts if y is not None])
            uppers = (None, *pieces[:-1])
            if any(map(_is_own_total, uppers, pieces)):
                return pieces
    return [row]


def _is_own_total(upper: TableRow | None, row: TableRow) -> bool:
    """Whether a piece of a row is a sum, and not the end of a name above it: …みどり設 / 計."""
    if not is_total(row):
        return False
    column, *others = row.filled
    if upper is None or others:  # there is a figure beside the word
        return True
    name, word = (own.fields[column] for own in (upper, row))
    is_name = bool(name.lines) and name.lines[-1].text[-1].isalpha()
    return not (is_name and is_cut_off(name, word.lines[0]))


def _is_stack(lines: Sequence[Line]) -> bool:
    """Whether a label's characters stand one below another (計, 画): it holds no sum."""
    return len(lines) > 1 and all(len(line.text.strip()) == 1 for line in lines)


def find_lost_labels(
    rows: Sequence[TableRow], records: Sequence[TableRow], filed: Sequence[Line]
) -> list[Line]:
    """The lines of cells that are merged over several rows of which none is a record.

    Args:
        rows: Of a piece, as the rulings separate them.
        records: Those of them that are records, or parts of them.
        filed: The lines of the others.
    """
    parts = [part for row in rows for field in row.fields for part in field.parts if part.lines]
    counts = Counter((part.page, part.box) for part in parts)
    held = {(p.page, p.box) for row in records for field in row.fields for p in field.parts}
    lost = (part for part in parts if counts[part.page, part.box] > 1)
    lines = dict.fromkeys(li for p in lost if (p.page, p.box) not in held for li in p.lines)
    return [line for line in lines if line not in filed]

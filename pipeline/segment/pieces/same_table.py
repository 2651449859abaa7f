"""Decide whether a piece goes on with the table before it, or begins another one."""

from collections.abc import Sequence
from itertools import pairwise, starmap

from msgspec import Struct

from pipeline.model import Grid, TableRow
from pipeline.segment.headings.section_levels import is_larger, is_same_size
from pipeline.segment.headings.table_heading import Heading
from pipeline.segment.headings.titles import are_alike
from pipeline.segment.pieces.piece_columns import PieceColumns
from pipeline.segment.rows.grid_rows import row_number
from pipeline.segment.rows.shared_cells import end_in_one_cell, share_cell
from pipeline.segment.table_draft import TableDraft

# Numbers; judgement: 2 / 1 may be the last record of one table and the first of another.
_COUNTING_DOWN = 2


class PieceEvidence(Struct, frozen=True):
    """What a piece shows about the table before it."""

    columns: PieceColumns
    heading: Heading
    new_texts: frozenset[str]
    """The texts of its heading that stood around no table before."""
    unique_title: bool
    """Its title stands on no other page."""
    first_number: int | None
    """The number printed in its first row that is no heading."""
    headed: bool
    """A heading of the table stands right before its records, which may count from 1 again."""
    marked: bool
    """A mark (次頁へ続く) says that the table goes on."""
    apart: bool
    """It was drawn beside the piece before it, as a table of its own."""
    below: bool
    """A piece of the table before stands above it on its page."""
    counts_anew: bool
    """Numbers begin again inside the pieces, where no heading and no header stands."""
    counts_down: bool
    """The newest record comes first: 13, 12 / 11."""


def is_continued(draft: TableDraft, grid: Grid, evidence: PieceEvidence) -> bool:
    """Decide whether a piece continues the table before it."""
    header = evidence.columns.header
    if not evidence.columns.edges or (header and header.names != draft.header.names):
        return False
    if evidence.marked:
        return True
    new_heading = bool(evidence.new_texts - draft.heading.texts)
    first, last = evidence.first_number, draft.last_number
    if evidence.columns.guessed:
        return first is not None and last is not None and first == last + 1 and not new_heading
    if first is None or last is None:
        if header is not None or evidence.columns.moved:
            return not (new_heading or evidence.apart)
        return not (new_heading and _is_entitled(draft, grid, evidence))
    if header is not None:
        if first == last + 1:
            return not (new_heading and _is_chapter(draft, grid, evidence))
        repeats = evidence.headed or evidence.counts_anew or evidence.counts_down
        return (first >= last or repeats) and not new_heading
    if evidence.columns.moved and first not in (last, last + 1):
        return False
    return evidence.headed or not (new_heading and first == 1)


def counts_anew(
    above: Sequence[TableRow], piece: Sequence[TableRow], number: int | None, category: int | None
) -> bool:
    """Whether the numbers of a table begin again inside it, so that 1 may go on with it.

    Args:
        above: The table's last rows.
        piece: The rows of a piece whose first number is 1.
        number: The index of the column of numbers; None: there is none.
        category: The index of the column of groups; None: there is none.
    """
    if number is None:
        return False
    if _begin_anew([*above, *piece], number):
        return True
    return category is not None and _begins_group(above, piece[0], number, category)


def counts_down(numbers: Sequence[int | None]) -> bool:
    """Whether each number is one less than that before it: 13, 12, 11; two alone show nothing."""
    return len(numbers) > _COUNTING_DOWN and all(
        above is not None and above - 1 == below for above, below in pairwise(numbers)
    )


def _is_chapter(draft: TableDraft, grid: Grid, evidence: PieceEvidence) -> bool:
    """Whether a title and a header of its own part a piece whose numbers only go on.

    On the page of the piece before, no running head comes between the two.
    """
    if evidence.below:
        return evidence.heading.title in evidence.new_texts
    return _is_entitled(draft, grid, evidence)


def _is_entitled(draft: TableDraft, grid: Grid, evidence: PieceEvidence) -> bool:
    """Whether a title of its own says that a piece without header and numbers is another table."""
    heading, before = evidence.heading, draft.heading
    is_open = grid.open_top or (draft.last is not None and draft.last.open_bottom)
    if heading.title is None or heading.title not in evidence.new_texts:
        return False
    if not evidence.unique_title or is_open:
        return False
    if before.title is None:
        return is_larger(heading.size, grid.lines)
    # 第２章 above this table, and 第３章 above the piece, both smaller than the title of the annex.
    caption = before.caption or before.title
    if are_alike(before.title, heading.title) or are_alike(caption, heading.title):
        return True
    return is_same_size(before.size, heading.size) and is_larger(heading.size, grid.lines)


def _begin_anew(rows: Sequence[TableRow], number: int) -> bool:
    """Whether numbers begin again between two rows of one page and section."""
    for above, below in pairwise(rows):
        before, after = row_number(above, number, last=True), row_number(below, number)
        if before is None or after is None or after > before or above.section != below.section:
            continue
        pages = above.fields[number].parts[-1].page, below.fields[number].parts[0].page
        if pages[0] == pages[1] and not share_cell((above, below), number):
            return True
    return False


def _begins_group(above: Sequence[TableRow], below: TableRow, number: int, category: int) -> bool:
    """Whether a row begins another group in a table that numbers the records of each group.

    A cell merged over records names their group. Where each has a cell of its own, what they have
    in common may be the subject of the table.
    """
    cells = [row.fields[category] for row in above]
    if not any(starmap(end_in_one_cell, pairwise(cells))):
        return False
    groups: list[set[str]] = []
    for row in (*above, below):
        if row_number(row, number) == 1 or not groups:
            groups.append(set())
        groups[-1].add(row.fields[category].text)
    one = all(len(group - {""}) == 1 for group in groups)
    return one and all(before != behind for before, behind in pairwise(groups))

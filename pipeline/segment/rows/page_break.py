"""Weigh whether the first row of a piece goes on with the last row of the piece before.

All weights are log-odds (natural logarithm) that it does.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from pipeline.model import Field, TableRow
from pipeline.model.log_odds import probability
from pipeline.segment.rows.cut_texts import begins_next_item, is_cut_off, weigh_full_line
from pipeline.segment.rows.grid_rows import find_last_number, row_number
from pipeline.segment.rows.line_habits import (
    FEW,
    ends_in_heading,
    weigh_line_end,
    weigh_line_start,
)
from pipeline.segment.rows.page_ends import PageEnds
from pipeline.segment.rows.room_at_break import ALIKE, weigh_padding, weigh_room_beside
from pipeline.segment.rows.row_labels import weigh_empty, weigh_label
from pipeline.segment.rows.row_numbers import is_one_number, is_word_of_number
from pipeline.segment.rows.shared_cells import share_cell
from pipeline.vocabulary.counts import is_figure
from pipeline.vocabulary.folding import fold_width
from pipeline.vocabulary.line_marks import CONJUNCTION, ends_sentence
from pipeline.vocabulary.punctuation import opens_bracket

# judgement: a number cell settles it (empty, repeated, its own), or a paragraph, or a page's number
# beside every record, or a ruling.
_LABELLED = 6.0
# judgement: the cut left the number in the middle of its cell on the second page.
_NUMBER_BELOW = 4.0
# judgement: a program cuts a row only where the page is full.
_ROOM_LEFT = -4.0
MUCH_ROOM = 2.0  # lines; judgement: with more than two left free nothing was cut
_UNRULED = 4.0  # judgement: neither page has a ruling between rows, so the frame is one record
_OPEN_BRACKET = 6.0  # judgement: no record ends in 「認知症ケア, and none begins with パス」の
_CUT_TABLE = 6.0  # judgement: a row of a small table in the cell stands on either side
_ONE_LINE = -3.0  # judgement: in a column whose cells are one line each nothing can be cut
# measured: at 250 ends of pages of made annexes where a row ends 16 texts below and 14 above are
# all of a cell elsewhere, and at 204 cuts none.
_WHOLE_TEXT = -3.0
# judgement: a list goes on; two records rarely have the parts of one.
_NEXT_ITEM = 5.0
# judgement: no record is a heading alone where it heads the text of others.
_HEADING = 5.0
# measured: no comment or answer of 2,886 cells of real and made annexes begins so, and 83 of 3,264
# paragraphs inside them do.
_SAYS_MORE = 4.0
_REASON = re.compile(r"[【（(＜〈《〔［\[](?:提案|修正|変更|改正)?理由[】）)＞〉》〕］\]]")
_AS_ABOVE = {"同上", "同左", "同右", "〃"}
# Records that the habits are learnt from; judgement: all would cost a long table too much.
RECENT = 100
_NAME = 15  # characters; judgement: an office, an article or a place has no more


class Between(Struct, frozen=True):
    """What stands between two pieces of a table."""

    open_edges: tuple[bool, bool]
    """Whether the upper and the lower one lack the ruling between them."""
    room: float
    """Lines left free below the piece before."""
    marked: bool
    """A mark (次頁へ続く) in a cell says that the row goes on."""
    ruled: bool
    """Rulings part the rows; else the white space beside a text is no padding."""
    ends: PageEnds
    """What the ends of the annex's pages have shown."""


def weigh_continuation(
    rows: Sequence[TableRow],
    piece: Sequence[TableRow],
    number: int | None,
    labels: Collection[int],
    between: Between,
    siblings: Sequence[TableRow] = (),
) -> float:
    """Weigh whether the first row of a piece goes on with the last row of the piece before.

    Args:
        siblings: Rows of earlier tables with the same columns.

    Returns:
        Log-odds; above 0: one record.
    """
    if _is_closed(rows[-1], piece[0]):
        return -_LABELLED
    leaves, ends = between.room > MUCH_ROOM, between.ends
    is_left, is_other = leaves and not between.marked, _is_other_group(rows, piece, labels)
    # An empty number behind a page that had room, beside another group, is merged over both.
    is_merged = is_left and is_other and number is not None and not piece[0].fields[number].lines
    if number is not None and not is_merged and _tells(rows, piece, number):
        return _weigh_number(rows, piece, number, is_left or is_other)
    if between.marked or not any(field.lines for field in piece[0].fields):  # only a picture
        return _LABELLED
    if _has_label_only(piece[0], labels) and not any(_has_label_only(row, labels) for row in rows):
        return _LABELLED
    if _shares_element(rows[-1], piece[0]):
        return _LABELLED
    odds = ends.weigh_cut(rows)
    if between.ruled:
        odds += weigh_padding(rows, piece[0], between.open_edges)
        odds += ends.weigh_edges(between.open_edges)
    odds += _ROOM_LEFT if leaves else ends.weigh_room(between.room)
    odds += _UNRULED if len(rows) == len(piece) == 1 else 0.0
    odds += weigh_room_beside(rows[-1], piece[0], labels)
    return odds + sum(_weigh_columns((*siblings, *rows), piece, labels))


def _has_label_only(row: TableRow, labels: Collection[int]) -> bool:
    """Whether a row has no text but in columns of labels: a page's end cuts these (原 | 委員)."""
    return all(column in labels for column in row.filled)


def _is_closed(above: TableRow, below: TableRow) -> bool:
    """Whether a ruling closes a text at a page's end, beside a merged cell that it leaves open.

    Text below it is another record's: browsers rule only a cell's own end. Below a small table in
    the cell the ruling is that table's.
    """
    is_any_open = any(field.parts and field.parts[-1].open_bottom for field in above.fields)
    return is_any_open and any(
        upper.lines
        and lower.lines
        and not (upper.parts[-1].open_bottom or upper.lines[-1].inline_row)
        for upper, lower in zip(above.fields, below.fields, strict=True)
    )


def _shares_element(above: TableRow, below: TableRow) -> bool:
    """Whether each text on both sides of a page's end goes on within a structure element.

    In a tagged PDF a paragraph that a page's end cuts is one element. One that does so beside
    others that do not may be a cell merged over several records. And some programs tag a whole
    row, or a page, as one element: what two columns have tells nothing.
    """
    columns = list(zip(above.fields, below.fields, strict=True))
    elements = [
        {element for field in column for line in field.lines for element in line.elements}
        for column in columns
    ]
    ends = [
        (upper.lines[-1], lower.lines[0]) for upper, lower in columns if upper.lines and lower.lines
    ]
    return bool(ends) and all(
        last.shares_element(first) and sum(last.elements[1] in own for own in elements) == 1
        for last, first in ends
    )


def _weigh_columns(
    rows: Sequence[TableRow], piece: Sequence[TableRow], labels: Collection[int]
) -> Iterator[float]:
    """Weigh each column.

    Where a revision ends as its original does, or begins so, it tells nothing new.
    """
    ended: set[str] = set()
    begun: set[str] = set()
    for column, (upper, lower) in enumerate(zip(rows[-1].fields, piece[0].fields, strict=True)):
        if not upper.lines:
            continue
        if not lower.lines:
            yield weigh_empty((*rows[-RECENT:-1], *piece[1:]), column)
        elif column in labels:
            yield weigh_label(rows[-RECENT:], column, upper, lower)
        else:
            end, start = weigh_texts(rows, column, lower)
            above, first = upper.text[-ALIKE:], lower.text[:ALIKE]
            yield end * (above not in ended) + start * (first not in begun)
            ended.add(above)
            begun.add(first)


def weigh_texts(rows: Sequence[TableRow], column: int, lower: Field) -> tuple[float, float]:
    """Weigh a column that has text on both sides of a page's end: how it ends and how it begins."""
    upper = rows[-1].fields[column]
    if upper.lines[-1].inline_row and lower.lines[0].inline_row:
        return _CUT_TABLE, 0.0
    if opens_bracket(upper.text, lower.text):
        return _OPEN_BRACKET, 0.0
    recent = rows[-RECENT:]
    if holds_one_line(recent, column, lower):
        if upper.text == lower.text:
            return weigh_label(recent, column, upper, lower), 0.0
        counts = all(is_figure(f.text) for f in (lower, *(row.fields[column] for row in recent)))
        return (-_LABELLED if counts else _ONE_LINE), 0.0
    if is_cut_off(upper, lower.lines[0]):
        end = weigh_full_line(recent, column)
    else:
        end = weigh_line_end(recent, column, lower.lines[0])
    *others, last = (row.fields[column].text for row in recent)
    if _is_whole_text(last, others):
        end = _WHOLE_TEXT
    if _is_whole_text(lower.text, (*others, last)):
        return end, _WHOLE_TEXT
    if begins_next_item(upper, lower, [row.fields[column] for row in recent[:-1]]):
        return end, _NEXT_ITEM
    if ends_in_heading(recent, column):
        return _HEADING, 0.0
    if _says_more(lower.text) and not any(map(_says_more, others)):
        return end, _SAYS_MORE
    start = weigh_line_start(recent, column, lower.lines[0])
    if _are_names(others) and weigh_label(recent, column, upper, lower) < 0:
        return min(end + start, _ONE_LINE), 0.0
    return end, start


def _says_more(text: str) -> bool:
    """Whether a text begins as one that adds to what was said: なお、…, 【理由】…"""
    return any(pattern.match(text.lstrip()) for pattern in (CONJUNCTION, _REASON))


def _is_whole_text(text: str, others: Sequence[str]) -> bool:
    """Whether a text is all of a cell elsewhere (なし), or says that it is that above (同上)."""
    return text in _AS_ABOVE or text in others


def _is_other_group(
    rows: Sequence[TableRow], piece: Sequence[TableRow], labels: Collection[int]
) -> bool:
    """Whether the labels of two groups stand on both sides of a page's end."""
    pairs = ((i, rows[-1].fields[i], piece[0].fields[i]) for i in labels)
    return any(
        upper.lines and lower.lines and weigh_label(rows[-RECENT:], i, upper, lower) < 0
        for i, upper, lower in pairs
    )


def _weigh_number(
    rows: Sequence[TableRow], piece: Sequence[TableRow], number: int, begins_list: bool
) -> float:
    """Weigh the first number of a piece.

    `begins_list`: if it is the number above again, it is that of another list's record.
    """
    # Recognition may see 5 on one page, and ５ on the next.
    below = piece[0]
    above, label = (fold_width(row.fields[number].text) for row in (rows[-1], below))
    if not label or is_one_number(above, label) or (above and is_word_of_number(above, label)):
        return _LABELLED
    if label == above:  # printed on both pages, or 1 again, with which another list begins
        return -_LABELLED if begins_list else _LABELLED
    if above or omits_numbers(rows, piece, number):
        return -_LABELLED
    last = find_last_number(rows[:-1], number) or 0
    return _NUMBER_BELOW if row_number(below, number) == last + 1 else -_LABELLED


def _tells(rows: Sequence[TableRow], piece: Sequence[TableRow], number: int) -> bool:
    """Whether the first number cell of a piece tells where its row belongs."""
    if not any(row.fields[number].text for row in rows):
        return False
    if piece[0].fields[number].text:
        # In the middle of a cell over several parts, it may stand beside the second one.
        return bool(rows[-1].fields[number].text) or not _numbers_parts(rows, piece, number)
    return not (_numbers_parts(rows, piece, number) or omits_numbers(rows, piece, number))


def _numbers_parts(rows: Sequence[TableRow], piece: Sequence[TableRow], number: int) -> bool:
    """Whether one number may stand for parts of an opinion, each with texts of its own.

    Then an empty number cell at a page's end may be that of another part as well.
    """
    both = [column for column in rows[-1].filled if piece[0].fields[column].lines]
    neighbours = [*pairwise(rows[-RECENT:]), *pairwise(piece)]
    parts = [pair for pair in neighbours if share_cell(pair, number)]
    return any(not any(share_cell(pair, i) for i in both) for pair in parts)


def omits_numbers(rows: Sequence[TableRow], piece: Sequence[TableRow], number: int) -> bool:
    """Whether whole rows of a table have no number: then an empty number cell tells nothing."""
    # A row that a page cuts may have its number on the other page.
    others = (*rows[-RECENT:-1], *piece[1:-1])
    return any(not row.fields[number].text for row in others)


def holds_one_line(rows: Sequence[TableRow], column: int, below: Field) -> bool:
    """Whether every cell of a column, the one below too, holds one line (a figure, a mark)."""
    filled = [row.fields[column] for row in rows if row.fields[column].lines]
    return len(filled) >= FEW and all(len(field.lines) == 1 for field in (*filled, below))


def _are_names(texts: Sequence[str]) -> bool:
    """Whether every cell of a column holds a short name (第２条関係), which may be wrapped."""
    return len(texts) >= FEW and all(
        0 < len(text) <= _NAME and not ends_sentence(text) for text in texts
    )


def decision_confidence(odds: float) -> float:
    """The probability that a decision by log-odds is right, 0.5-1."""
    return probability(abs(odds))

"""Read which cells of a grid hold labels; a value may be the same word: 提出者 | 団体."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.model import TEXT_ROLES, Cell, Role
from pipeline.segment.headers.neighbouring_words import CONTENTS
from pipeline.segment.rows.row_numbers import read_printed_number
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import RecordLabel, read_cell_label, unknown_label

_PAIR = 2  # cells; judgement: a number and what stands beside it
_LEAST_CELLS = 4  # in a row of labels and values; judgement: two may be a column table's header

_Labels = Mapping[tuple[int, int], RecordLabel]


def read_cell_labels(
    rows: Sequence[Sequence[Cell]], roles: HeaderRoles, is_card: bool = False
) -> dict[tuple[int, int], RecordLabel]:
    """Read the labels of a grid.

    Args:
        rows: The cells that begin in each grid row, from left to right.
        is_card: The cards before show that it is one, or the beginning of one.

    Returns:
        (row, column) of a cell → its label; cells that hold values are missing.
    """
    labels = {
        cell.slot: label
        for row in rows
        for cell in row
        if cell.lines and (label := read_cell_label(cell.text, roles)) is not None
    }
    for place in set(_find_values(rows, labels, is_card)):
        labels.pop(place, None)
    return labels | _find_number_heads(rows, labels, roles) | _find_contents(rows, labels)


def find_headers(rows: Sequence[Sequence[Cell]], labels: _Labels) -> set[int]:
    """Find the rows that head columns: some of their words nobody knows (該当ページ | 意見の主旨).

    Or two labels do, the second of which may look like the value of the first (意見 | 市の考え方).
    Below them stand texts, and no labels. Or the first cell says 番号 above a number.

    Args:
        rows: The cells that begin in each grid row, from left to right.

    Returns:
        Indices of rows.
    """
    return {
        index
        for index, (row, below) in enumerate(pairwise(rows))
        if (len(row) > 2 and _heads(row, below, labels))
        or _heads_pair(row, below, labels)
        or (_heads_number(row, below, labels) and all(cell.slot in labels for cell in row))
    }


def _find_number_heads(
    rows: Sequence[Sequence[Cell]], labels: _Labels, roles: HeaderRoles
) -> dict[tuple[int, int], RecordLabel]:
    """Find the unknown words beside 番号 above a number: in a card they are labels (会場).

    Returns:
        (row, column) of a cell → its label.
    """
    found: dict[tuple[int, int], RecordLabel] = {}
    of_cards = any(_is_of_card(row, labels) for row in rows)
    for row, below in pairwise(rows) if of_cards else ():
        if not _heads_number(row, below, labels):
            continue
        words = {c.slot: unknown_label(c.text, roles) for c in row if c.lines}
        if len(words) == len(row):
            found |= {at: own for at, own in words.items() if own is not None and at not in labels}
    return found


def _find_contents(
    rows: Sequence[Sequence[Cell]], labels: _Labels
) -> dict[tuple[int, int], RecordLabel]:
    """Find 内容 beside a text below the bar of a comment (意見１): it is the comment's label.

    Returns:
        (row, column) of a cell → its label.
    """
    found: dict[tuple[int, int], RecordLabel] = {}
    below_bar = False
    for row in rows:
        bar = labels.get(row[0].slot) if len(row) == 1 else None
        below_bar |= bar is not None and bar.ordinal is not None and bar.role == Role.COMMENT
        if below_bar and len(row) == _PAIR and row[0].text in CONTENTS:
            found[row[0].slot] = RecordLabel(row[0].text, Role.COMMENT)
    return found


def _heads_number(row: Sequence[Cell], below: Sequence[Cell], labels: _Labels) -> bool:
    """Whether a row begins with 番号, the one below with a number, and no other cell has one."""
    if len(row) < _PAIR or not stand_in_same_columns(row, below):
        return False
    first = labels.get(row[0].slot)
    if first is None or first.role != Role.NUMBER or any(c.slot in labels for c in below):
        return False
    numbers = [read_printed_number(cell.text) is not None for cell in (below[0], *row[1:])]
    return numbers[0] and not any(numbers[1:])


def _heads(row: Sequence[Cell], below: Sequence[Cell], labels: _Labels) -> bool:
    if not stand_in_same_columns(row, below) or all(cell.slot in labels for cell in row):
        return False
    under = [other for cell, other in zip(row, below, strict=True) if cell.slot in labels]
    # A value may end in a word for labels: 第２章21ページ.
    known = sum(cell.slot in labels for cell in under)
    return any(cell.lines for cell in under) and known * 2 < len(under)


def _heads_pair(row: Sequence[Cell], below: Sequence[Cell], labels: _Labels) -> bool:
    """Whether two labels of other roles stand over a text each."""
    roles = {labels[cell.slot].role for cell in row if cell.slot in labels}
    texts = all(cell.lines and cell.slot not in labels for cell in below)
    return len(row) == len(roles & TEXT_ROLES) == 2 and texts and stand_in_same_columns(row, below)


def stand_in_same_columns(row: Sequence[Cell], other: Sequence[Cell]) -> bool:
    """Whether the cells of two rows begin in the same columns."""
    return [cell.column for cell in row] == [cell.column for cell in other]


def _find_values(
    rows: Sequence[Sequence[Cell]], labels: _Labels, is_card: bool
) -> Iterator[tuple[int, int]]:
    """The places of values: beside the last label of a row, or where other rows have them.

    So is a label with its number (意見４) beside a word for numbers, and a letter beside or below a
    word for dispositions.
    """
    valued = {
        (cell.text, None if len(row) == _PAIR else right.column)
        for row in rows
        for cell, right in pairwise(row)
        if cell.slot in labels and right.lines and right.slot not in labels
    }
    of_cards = is_card or any(_is_of_card(row, labels) for row in rows)
    for row, below in pairwise((*rows, ())):
        turns = of_cards and _takes_turns(row, below, labels)
        if stand_in_same_columns(row, below):
            pairs = zip(row, below, strict=True)
            yield from (under.slot for cell, under in pairs if _is_grade(labels, cell, under))
        for index, (cell, right) in enumerate(pairwise(row)):
            is_value = (turns and index % 2 == 0) or _is_number(labels, cell, right)
            is_value |= _is_grade(labels, cell, right)
            place = None if len(row) == _PAIR else right.column
            if is_value or (cell.slot in labels and (cell.text, place) in valued):
                yield right.row, right.column


def _is_number(labels: _Labels, cell: Cell, right: Cell) -> bool:
    """Whether a word for numbers stands before one that has its number: 番号 | 意見４."""
    head, value = labels.get(cell.slot), labels.get(right.slot)
    if head is None or value is None:
        return False
    return head.role == Role.NUMBER and head.ordinal is None and value.ordinal is not None


def _is_grade(labels: _Labels, cell: Cell, value: Cell) -> bool:
    """Whether one letter is the value of a disposition (対応区分 | A) and no label of an answer."""
    head = labels.get(cell.slot)
    return head is not None and head.role == Role.DISPOSITION and len(value.text) == 1


def _takes_turns(row: Sequence[Cell], below: Sequence[Cell], labels: _Labels) -> bool:
    """Whether labels and values take turns: 番号 | 1 | 提出者 | 団体.

    A value may end in a word for labels: 提出者 | 団体 | 担当課 | 配水課. Over a value it is one.
    """
    names, values = row[::2], row[1::2]
    if len(row) < _LEAST_CELLS or len(row) % 2 or not all(c.slot in labels for c in names):
        return False
    if any(cell.lines and cell.slot not in labels for cell in values):
        return True
    inexact = [cell for cell in row if cell.lines and not labels[cell.slot].exact]
    over_values = stand_in_same_columns(row, below) and not any(c.slot in labels for c in below)
    return any(cell in values for cell in inexact) and not over_values


def _is_of_card(row: Sequence[Cell], labels: _Labels) -> bool:
    """Whether a row is as wide as several pairs: a label alone, or one with a text beside it.

    No row of a column table is, whose header may have other words between labels, too.
    """
    return 0 < len(row) <= 2 and row[0].slot in labels and row[-1].column_span > 1

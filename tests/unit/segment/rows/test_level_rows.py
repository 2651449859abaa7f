"""Rows without numbers or rulings whose texts all begin, or are all centred, at one height."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from pipeline.model import Field, FieldPart, TableRow
from pipeline.segment.rows.level_rows import find_level_cuts
from tests.support.making import box, line

PITCH, SIZE, PADDING = 14.0, 10.0, 2.0


def rows_of(*counts: tuple[int, int], centred: bool, padding: float = PADDING) -> TableRow:
    """Rows of two texts with so many lines each, as a row that no ruling parts."""
    columns: list[list[float]] = [[], []]
    top = 0.0
    for own in counts:
        for column, count in zip(columns, own, strict=True):
            room = (max(own) - count) * PITCH / 2 if centred else 0
            column += [top + room + PITCH * at for at in range(count)]
        top += max(own) * PITCH + padding
    return row_of(*columns)


def row_of(*columns: Sequence[float]) -> TableRow:
    fields = []
    for place, tops in enumerate(columns):
        lines = tuple(line("文である。", x0=100 * place, top=top) for top in tops)
        fields.append(Field((FieldPart(1, box(100 * place, -10, 100 * place + 90, 500), lines),)))
    return TableRow(tuple(fields))


@pytest.mark.parametrize("centred", [True, False])
def test_rows_hardly_farther_apart_than_lines_are_parted(centred: bool) -> None:
    row = rows_of((3, 4), (2, 1), (1, 3), centred=centred)
    ends = [4 * PITCH + PADDING, 6 * PITCH + 2 * PADDING]
    cuts = find_level_cuts(row, (0, 1), opens=True)
    assert len(cuts) == 2
    assert all(end - PADDING - PITCH + SIZE < y < end for y, end in zip(cuts, ends, strict=True))


def test_lines_as_far_apart_as_rows_part_none() -> None:
    row = rows_of((4, 4), (2, 2), centred=True, padding=0)
    assert not find_level_cuts(row, (0, 1), opens=True)


def test_rows_closer_than_lines_are_parted() -> None:
    row = rows_of((3, 4), (2, 1), (1, 3), centred=False, padding=-2)
    assert len(find_level_cuts(row, (0, 1), opens=True)) == 2


def test_no_cut_parts_a_text_that_runs_on() -> None:
    row = rows_of((3, 4), (2, 1), centred=False)
    first, other = row.fields
    lines = [*first.lines]
    lines[2] = line("文が続いて", top=lines[2].top)
    part = replace(first.parts[0], box=box(0, -10, 55, 500), lines=tuple(lines))
    running = TableRow((Field((part,)), other))
    assert find_level_cuts(row, (0, 1), opens=True)
    assert not find_level_cuts(running, (0, 1), opens=True)


def test_a_row_without_a_text_shows_no_rows() -> None:
    """An author left room between two paragraphs."""
    row = row_of([0, PITCH, 2 * PITCH], [0, PITCH, 2 * PITCH + 2, 3 * PITCH + 2])
    assert not find_level_cuts(row, (0, 1), opens=True)


def test_a_page_may_cut_the_last_row_and_the_first() -> None:
    row = rows_of((3, 4), (2, 1), (1, 3), centred=True)
    beside = [li.top for li in row.fields[0].lines]
    whole = row_of(beside, [li.top for li in row.fields[1].lines[3:]])
    assert not find_level_cuts(whole, (0, 1), opens=True)
    assert len(find_level_cuts(whole, (0, 1), opens=False)) == 2

"""Rows without rulings: texts begin at the top, and numbers stand at half the height."""

from collections.abc import Sequence
from itertools import pairwise

import pytest

from pipeline.model import Field, FieldPart, TableRow
from pipeline.segment.rows.centred_rows import find_top_cuts, stands_below
from tests.support.making import box, line

PITCH, SIZE = 15.0, 10.0


def row_of(
    heights: Sequence[int], texts: Sequence[int], answers: Sequence[int], lowest: float = 0.0
) -> TableRow:
    """Records of some heights, and their lines in two columns; all in lines.

    Args:
        heights: How high the records are.
        texts: How many lines each one has in the second column.
        answers: The same of the third column.
        lowest: How far below their middles the numbers stand, in points.
    """
    tops = [PITCH * sum(heights[:n]) for n in range(len(heights) + 1)]
    middles = [(a + b) / 2 for a, b in pairwise(tops)]
    columns = [
        [line(str(n), top=y - SIZE / 2 + lowest) for n, y in enumerate(middles, start=1)],
        *(
            [
                line("文である。", x0=100.0 * at, top=top + PITCH * n)
                for top, count in zip(tops, counts, strict=False)
                for n in range(count)
            ]
            for at, counts in enumerate((texts, answers), start=1)
        ),
    ]
    return TableRow(
        tuple(
            Field((FieldPart(1, box(100 * at, 0, 100 * at + 90, tops[-1]), tuple(own)),))
            for at, own in enumerate(columns)
        )
    )


def cuts_of(row: TableRow, *shown: TableRow) -> list[float] | None:
    return find_top_cuts(row, 0, row.fields[0].lines, (1, 2), shown)


def test_a_row_begins_at_the_top_of_its_texts() -> None:
    row = row_of([5, 3, 4, 2], [3, 1, 2, 2], [1, 1, 3, 0])
    assert cuts_of(row) == pytest.approx([5 * PITCH, 8 * PITCH, 12 * PITCH])
    assert stands_below(row, 0, (1, 2))


def test_numbers_at_no_middle_part_nothing() -> None:
    assert cuts_of(row_of([5, 3, 4, 2], [3, 1, 2, 2], [1, 1, 3, 0], lowest=PITCH)) is None


def test_an_answer_that_begins_below_its_row_speaks_against_it() -> None:
    row = row_of([5, 3, 4, 2], [3, 1, 2, 2], [0, 1, 3, 0])
    late = line("答である。", x0=200.0, top=2 * PITCH)
    (part,) = row.fields[2].parts
    fields = (*row.fields[:2], Field((FieldPart(1, part.box, (late, *part.lines)),)))
    assert cuts_of(TableRow(fields)) is None


def test_numbers_at_the_first_lines_of_rows_of_one_height_are_not_half_way() -> None:
    """Each second number is half way between the second line of a record and the next record."""
    assert (
        cuts_of(row_of([6, 6, 6, 6], [5, 3, 4, 5], [1, 1, 1, 1], lowest=-2.5 * PITCH - 2)) is None
    )


def test_numbers_beside_lines_are_half_way_where_the_widest_gaps_show_it() -> None:
    assert cuts_of(row_of([5, 3, 5], [3, 2, 3], [1, 1, 1])) == [5 * PITCH, 8 * PITCH]
    assert cuts_of(row_of([3, 3, 3], [3, 3, 3], [1, 1, 1])) is None


@pytest.mark.parametrize(("height", "cuts"), [(5, []), (1, None)])
def test_a_lone_number_beside_a_line_is_centred_if_others_are(
    height: int, cuts: list[float] | None
) -> None:
    """The lines above it may be the rest of the record before."""
    row = row_of([5], [5], [5])
    assert not stands_below(row_of([1], [1], [1]), 0, (1, 2))
    assert cuts_of(row, row_of([height], [1], [1])) == cuts

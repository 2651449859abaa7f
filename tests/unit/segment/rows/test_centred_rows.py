"""Rows without rulings whose numbers stand at half the height of their records.

There the texts have their middle too, or they begin at the top.
"""

from collections.abc import Sequence
from itertools import pairwise

import pytest

from pipeline.model import Field, FieldPart, TableRow
from pipeline.segment.rows.centred_rows import find_centred_cuts, find_top_cuts, stands_below
from tests.support.making import box, line

PITCH, SIZE = 15.0, 10.0


def row_of(*columns: Sequence[tuple[float, str]]) -> TableRow:
    """A row of columns, each of (line, text); lines count from 0."""
    fields = []
    for column, texts in enumerate(columns):
        lines = tuple(line(text, x0=100 * column, top=PITCH * at) for at, text in texts)
        part = FieldPart(1, box(100 * column, -10, 100 * column + 90, 500), lines)
        fields.append(Field((part,)))
    return TableRow(tuple(fields))


def lines_of(*places: float) -> list[tuple[float, str]]:
    return [(at, "文である。") for at in places]


CENTRED = row_of(
    [(1, "1"), (3.5, "2"), (6, "3")], lines_of(0, 1, 2, 3, 4, 6), lines_of(1, 3.5, 5, 6, 7)
)
AT_FIRST_LINES = row_of(
    [(0, "1"), (3, "2"), (5, "3")], lines_of(0, 1, 2, 3, 4, 5), lines_of(0, 1, 3, 5, 6, 7)
)


def cuts_of(row: TableRow, opens: bool = True) -> list[float] | None:
    return find_centred_cuts(row, 0, row.fields[0].lines, opens)


@pytest.mark.parametrize(("room", "found"), [(0.4, True), (0.0, False)])
def test_wide_gaps_part_numbers_in_the_middle_of_the_longest_text(room: float, found: bool) -> None:
    """The other texts begin with it, at the top of the record."""
    second, third = 4 + room, 8 + 2 * room
    row = row_of(
        [(1.5, "1"), (second + 1.5, "2"), (third + 1, "3")],
        lines_of(0, 1, 2, 3, second, third, third + 1),
        lines_of(0, second, second + 1, second + 2, second + 3, third, third + 1, third + 2),
    )
    cuts = cuts_of(row)
    assert (cuts is not None) is found
    if cuts is not None:
        assert [SIZE + PITCH * 3 < cuts[0] < PITCH * second, len(cuts)] == [True, 2]


@pytest.mark.parametrize("opens", [True, False])
def test_each_number_stands_in_the_middle_of_its_texts(opens: bool) -> None:
    cuts = cuts_of(CENTRED, opens)
    assert cuts is not None
    records = [sum(cut < li.box.center[1] for cut in cuts) for li in CENTRED.fields[1].lines]
    assert records == [0, 0, 0, 1, 1, 2]


def test_numbers_at_first_lines_part_their_records_themselves() -> None:
    assert cuts_of(AT_FIRST_LINES) is None


def test_one_record_in_the_middle_may_be_so_by_chance() -> None:
    """The two lines above the second number may be the rest of the first record."""
    row = row_of([(0, "1"), (2, "2")], lines_of(0, 1, 2, 3), lines_of(0, 1, 2, 3))
    assert cuts_of(row) is None


def test_a_lone_number_between_two_lines_is_in_the_middle_of_its_record() -> None:
    """Above a number at its first line the rest of the record before may stand."""
    assert cuts_of(row_of([(0.5, "8")], lines_of(0, 1), lines_of(0.5)), opens=False) == []
    assert cuts_of(row_of([(1, "8")], lines_of(0, 1, 2), lines_of(0, 1, 2)), opens=False) is None


def test_a_wider_gap_between_other_lines_speaks_against_the_middle() -> None:
    texts = lines_of(0, 1, 2.8, 3.8, 4.8)
    row = row_of([(0, "1"), (1.9, "2"), (4.3, "3")], texts, texts)
    assert cuts_of(row) is None


def test_a_number_that_is_wrapped_stands_in_the_middle_as_a_whole() -> None:
    numbers = [(1, "意見９"), (3, "意見１"), (4, "０"), (6.5, "意見１"), (7.5, "１")]
    row = row_of(numbers, lines_of(0, 1, 2, 3, 4, 6, 7, 8), lines_of(1, 3.5, 6.5, 7.5))
    first = [li for li in row.fields[0].lines if len(li.text) > 1]
    cuts = find_centred_cuts(row, 0, first, opens=True)
    assert cuts is not None
    assert [cut // PITCH for cut in cuts] == [2, 5]


def test_a_page_may_cut_the_last_record() -> None:
    texts = lines_of(0, 1, 2, 3, 4, 5, 6.5, 7.5)
    cuts = cuts_of(row_of([(1, "1"), (4, "2"), (7.5, "3")], texts, texts))
    assert cuts is not None
    assert len(cuts) == 2


def records_of(
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


def top_cuts_of(row: TableRow, *shown: TableRow) -> list[float] | None:
    return find_top_cuts(row, 0, row.fields[0].lines, (1, 2), shown)


def test_a_row_begins_at_the_top_of_its_texts() -> None:
    row = records_of([5, 3, 4, 2], [3, 1, 2, 2], [1, 1, 3, 0])
    assert top_cuts_of(row) == pytest.approx([5 * PITCH, 8 * PITCH, 12 * PITCH])
    assert stands_below(row, 0, (1, 2))


def test_numbers_at_no_middle_part_nothing() -> None:
    assert top_cuts_of(records_of([5, 3, 4, 2], [3, 1, 2, 2], [1, 1, 3, 0], lowest=PITCH)) is None


def test_an_answer_that_begins_below_its_row_speaks_against_it() -> None:
    row = records_of([5, 3, 4, 2], [3, 1, 2, 2], [0, 1, 3, 0])
    late = line("答である。", x0=200.0, top=2 * PITCH)
    (part,) = row.fields[2].parts
    fields = (*row.fields[:2], Field((FieldPart(1, part.box, (late, *part.lines)),)))
    assert top_cuts_of(TableRow(fields)) is None


def test_numbers_at_the_first_lines_of_rows_of_one_height_are_not_half_way() -> None:
    """Each second number is half way between the second line of a record and the next record."""
    assert (
        top_cuts_of(records_of([6, 6, 6, 6], [5, 3, 4, 5], [1, 1, 1, 1], lowest=-2.5 * PITCH - 2))
        is None
    )


def test_numbers_beside_lines_are_half_way_where_the_widest_gaps_show_it() -> None:
    assert top_cuts_of(records_of([5, 3, 5], [3, 2, 3], [1, 1, 1])) == [5 * PITCH, 8 * PITCH]
    assert top_cuts_of(records_of([3, 3, 3], [3, 3, 3], [1, 1, 1])) is None


@pytest.mark.parametrize(("height", "cuts"), [(5, []), (1, None)])
def test_a_lone_number_beside_a_line_is_centred_if_others_are(
    height: int, cuts: list[float] | None
) -> None:
    """The lines above it may be the rest of the record before."""
    row = records_of([5], [5], [5])
    assert not stands_below(records_of([1], [1], [1]), 0, (1, 2))
    assert top_cuts_of(row, records_of([height], [1], [1])) == cuts

"""Rows without rulings whose numbers stand at half the height of their records."""

from collections.abc import Sequence

import pytest

from pipeline.model import Field, FieldPart, TableRow
from pipeline.segment.rows.centred_rows import find_centred_cuts
from tests.support.making import box, line

PITCH = 15.0


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

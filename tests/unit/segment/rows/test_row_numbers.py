"""Numbers as annexes print them beside their records."""

import pytest

from pipeline.model import Box, Field, FieldPart, TableRow
from pipeline.segment.rows.grid_rows import row_number
from pipeline.segment.rows.row_numbers import join_numbers, read_printed_number
from tests.support.making import line

NUMBERS = (
    "3 ３ ③ (3) ⑶ 3. №３ No.3 #3 第３号 ３番 意見３ 問３ 問い３ 要望３ 【3】 〔３〕 Q3 B-3"
    " Ⅱ-3 ア－３ 2-3 ２－３ 1-2-3 2の3 2-(3) ２（３） (2)-3 （２）（３） 問2-3 Ⅳ-2-(3)"
)


@pytest.mark.parametrize("text", NUMBERS.split())
def test_a_number_is_read_however_it_is_written(text: str) -> None:
    assert read_printed_number(text) == 3


@pytest.mark.parametrize(
    ("text", "number"), [("三", 3), ("問十", 10), ("第十二", 12), ("（二十）", 20), ("二十一", 21)]
)
def test_a_number_may_be_written_with_kanji(text: str, number: int) -> None:
    assert read_printed_number(text) == number


@pytest.mark.parametrize(
    "text", ["十分", "一部", "令和３", "３件", "３月", "第３章", "3,000", "p.3", "３割", "問", "A"]
)
def test_what_counts_nothing_is_no_number(text: str) -> None:
    assert read_printed_number(text) is None


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        ("8 9 1 0 1 1", "8 9 10 11"),
        ("1 3 1 4", "13 14"),  # below a page's end
        ("8 9 10 11", "8 9 10 11"),
        ("(8) (9) (1 0) (1 1)", "(8) (9) (10) (11)"),
        ("1 2 3 4", "1 2 3 4"),
    ],
)
def test_a_number_that_a_narrow_column_cut_is_one(texts: str, numbers: str) -> None:
    lines = [line(text, top=12.0 * place) for place, text in enumerate(texts.split())]
    assert [own.text for own in join_numbers(lines)] == numbers.split()


def test_numbers_of_rows_with_room_between_them_are_not_cut() -> None:
    """1, 1, 1, 2: three answers to one comment, and no 11 before 12."""
    lines = [line(text, top=40.0 * place) for place, text in enumerate("1112")]
    assert [own.text for own in join_numbers(lines)] == list("1112")


def test_more_digits_than_python_reads_are_no_number() -> None:
    assert join_numbers([line("9" * 5000), line("1", top=12)])[-1].text == "1"


@pytest.mark.parametrize(("before", "number"), [(22, 23), (1, 2), (None, 2)])
def test_the_number_before_tells_a_number_that_was_cut_from_two(
    before: int | None, number: int
) -> None:
    lines = line("2"), line("3", top=12)
    row = TableRow((Field((FieldPart(1, Box(0, 0, 10, 30), lines),)),))
    assert row_number(row, 0, before=before) == number

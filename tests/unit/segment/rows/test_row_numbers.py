"""Numbers as annexes print them beside their records."""

import pytest

from pipeline.segment.rows.row_numbers import read_printed_number

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

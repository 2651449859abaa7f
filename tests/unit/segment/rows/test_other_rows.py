"""Rows that are no records."""

import pytest

from tests.support.grids import grid, page, segment


@pytest.mark.parametrize(
    "text",
    ["意見はありませんでした。", "（意見なし）", "この章に対する御意見は寄せられませんでした。"],
)
def test_a_row_over_all_columns_that_says_that_nothing_was_said_is_no_record(text: str) -> None:
    rows = [
        ["番号", "意見", "回答"],
        ["第１章", "", ""],
        [text, "", ""],
        ["1", "狭い。", "広げる。"],
    ]
    found = segment(page(1, [grid(rows, spans={(1, 0): (1, 3), (2, 0): (1, 3)})]))
    assert len(found.tables[0].rows) == 1
    rows = [["章", "意見", "回答"], ["第１章", text, ""], ["第２章", "狭い。", "広げる。"]]
    (table,) = segment(page(1, [grid(rows, spans={(1, 1): (1, 2)})])).tables
    assert [row.section for row in table.rows] == [()]
    typed = [["番号", "意見", "回答"], ["1", text, ""], ["2", "狭い。", "広げる。"]]
    assert len(segment(page(1, [grid(typed)])).tables[0].rows) == 2


@pytest.mark.parametrize(
    ("number", "comment", "response", "count"),
    [
        ("○", "", "5件", 1),
        ("", "５人", "", 1),
        ("2", "", "5件", 2),
        ("○", "", "5件ありました。", 2),
    ],
)
def test_a_row_that_only_counts_is_no_record(
    number: str, comment: str, response: str, count: int
) -> None:
    rows = [["番号", "区分", "意見", "回答"], ["1", "計画", "狭い。", "広げる。"]]
    rows.append([number, "反映したもの", comment, response])
    assert len(segment(page(1, [grid(rows)])).tables[0].rows) == count


def test_a_count_that_was_corrected_is_a_record() -> None:
    rows = [
        ["頁", "誤", "正", "理由"],
        ["3", "狭い。", "広い。", ""],
        ["5", "1,280人", "1,208人", "誤記"],
    ]
    assert len(segment(page(1, [grid(rows)])).tables[0].rows) == 2

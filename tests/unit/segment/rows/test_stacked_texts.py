"""Two texts of a record, one above the other in one column."""

import pytest

from pipeline.checks import check
from tests.support.grids import grid, page, segment


@pytest.mark.parametrize(
    "header",
    [
        "上段：意見\n下段：回答",
        "意見（上段）／回答（下段）",
        "（上段）意見（下段）回答",
        "意見／回答",
        "意見・回答",
        "意見\n回答",
        "意見\n↓\n回答",
        "意見及び回答",
    ],
)
def test_a_header_says_that_two_rows_are_one_record(header: str) -> None:
    rows = [["番号", "委員名", header]]
    spans = {}
    for number, who in enumerate(("甲野委員", "乙川委員", "丙山委員"), start=1):
        rows += [[str(number), who, f"{who}の意見。"], ["", "", f"{number}の回答。"]]
        spans |= {(2 * number - 1, 0): (2, 1), (2 * number - 1, 1): (2, 1)}
    (table,) = segment(page(1, [grid(rows, spans=spans)])).tables
    assert [(column.header, column.role) for column in table.columns[2:]] == [
        ("意見", "comment"),
        ("回答", "response"),
    ]
    texts = [tuple(field.text for field in row.fields) for row in table.rows]
    assert texts[1] == ("2", "乙川委員", "乙川委員の意見。", "2の回答。")
    assert len(texts) == 3


def test_a_text_that_another_column_holds_is_no_second_one() -> None:
    """An annex whose table had two columns of one role would be refused."""
    rows = [["番号", "要望", "意見／回答"]]
    spans = {}
    for number in range(1, 4):
        rows += [[str(number), "直してほしい。", "確認しました。"], ["", "", "直します。"]]
        spans |= {(2 * number - 1, 0): (2, 1), (2 * number - 1, 1): (2, 1)}
    (table,) = check(segment(page(1, [grid(rows, spans=spans)]))).tables
    roles = [column.role for column in table.columns if column.role is not None]
    assert len(roles) == len(set(roles))


@pytest.mark.parametrize("header", ["上段：意見\n下段：回答", "意見／回答"])
def test_rows_that_share_no_cell_are_records(header: str) -> None:
    rows = [["番号", "委員名", header]]
    rows += [[str(number), "甲野委員", "意見。"] for number in range(1, 5)]
    assert len(segment(page(1, [grid(rows)])).tables[0].rows) == 4


@pytest.mark.parametrize(
    ("upper", "lower", "records"),
    [
        ("【該当箇所】第{}章", "道が狭い。", 2),
        ("道が狭い。", "（理由）危ない。", 2),
        ("道が狭い。", "橋が古い。", 4),
        ("【第{}章】道が狭い。", "橋が古い。", 4),
    ],
)
def test_a_label_tells_that_two_rows_are_one_text(upper: str, lower: str, records: int) -> None:
    rows, spans = [["番号", "意見", "回答"]], {}
    for number in (1, 2):
        rows += [[str(number), upper.format(number), "参考とします。"], ["", lower, ""]]
        spans |= {(2 * number - 1, 0): (2, 1), (2 * number - 1, 2): (2, 1)}
    (table,) = segment(page(1, [grid(rows, spans=spans)])).tables
    assert len(table.rows) == records
    assert lower in table.rows[-1].fields[1].text


def test_two_labelled_answers_are_two_records() -> None:
    rows = [["番号", "意見", "回答"]]
    for number in (1, 2):
        rows += [
            [str(number), "道が狭い。", "【総務課】検討します。"],
            ["", "", "【道路課】広げます。"],
        ]
    spans = {(row, column): (2, 1) for row in (1, 3) for column in (0, 1)}
    assert len(segment(page(1, [grid(rows, spans=spans)])).tables[0].rows) == 4


@pytest.mark.parametrize(
    ("ends", "records"),
    [(("のでとても困る", "ので早く"), 3), (("。", "。"), 6), (("", ""), 6)],
    ids=["cut off", "sentences", "short items, each as long as the others"],
)
def test_lines_on_rows_of_their_own_are_one_text_if_they_break_off_at_the_side(
    ends: tuple[str, str], records: int
) -> None:
    rows = [["番号", "意見", "回答"]]
    spans = {}
    for number in range(1, 4):
        rows += [
            [str(number), f"道が狭い{ends[0]}", f"広げます{ends[1]}"],
            ["", "直せ。", "待て。"],
        ]
        spans[2 * number - 1, 0] = (2, 1)
    (table,) = segment(page(1, [grid(rows, spans=spans)])).tables
    assert len(table.rows) == records

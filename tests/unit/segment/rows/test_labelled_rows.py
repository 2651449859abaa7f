"""Texts that stand in rows below their records, beside labels that no header has."""

import pytest

from pipeline.model import Grid, Segmented
from tests.support.grids import grid, page, segment

HEADER = ["番号", "提出者", "該当箇所", "意見"]


def table_of(rows: list[list[str]], number: int = 1) -> Grid:
    """A grid in which a text that is the last of three cells is merged over two columns."""
    laid = [[*row, ""] if len(row) == 3 else row for row in rows]
    merged = {(i, 2): (1, 2) for i, row in enumerate(rows) if len(row) == 3}
    return grid(laid, page=number, spans=merged)


def read(found: Segmented) -> list[tuple[str, ...]]:
    return [tuple(field.text for field in row.fields) for row in found.tables[0].rows]


def roles_of(found: Segmented) -> list[str | None]:
    (table,) = found.tables
    return [column.role for column in table.columns]


@pytest.mark.parametrize("label", ["市の考え方", "回答", "事務局の見解"])
def test_a_record_has_the_text_beside_the_label_below_it(label: str) -> None:
    rows = [HEADER, ["1", "市民", "第１条", "狭い。"], ["", label, "広げます。"]]
    rows += [["2", "学生", "第２条", "暗い。"], ["", label, "明るくします。"]]
    rows += [["3", "市民", "第３条", "遠い。"]]
    found = segment(page(1, [table_of(rows)]))
    assert roles_of(found) == ["number", "submitter", "original_text", "comment", "response"]
    assert found.tables[0].columns[-1].header == label
    assert read(found) == [
        ("1", "市民", "第１条", "狭い。", "広げます。"),
        ("2", "学生", "第２条", "暗い。", "明るくします。"),
        ("3", "市民", "第３条", "遠い。", ""),
    ]
    assert [li.text for li in found.pages[0].header_lines[-2:]] == [label] * 2


def test_a_label_with_nothing_beside_it_heads_records() -> None:
    """No other row has その他の御意見, and a cell of its own stands behind the merged one."""
    rows = [["改正前", "改正後", "理由"], ["旧。", "新。", "よい。"], ["その他の御意見", "", ""]]
    rows += [["古い。", "新しい。", "悪い。"]]
    (table,) = segment(page(1, [grid(rows, spans={(2, 0): (1, 2)})])).tables
    assert [row.section for row in table.rows] == [(), ("その他の御意見",)]


def test_each_label_has_a_column_and_labels_may_stand_beside_each_other() -> None:
    """A value that ends in a word for labels (学識経験者) does not make the table one of cards."""
    rows = [["番号", "委員", "頁", "意見"]]
    for number in ("1", "2"):
        rows += [[number, "学識経験者", "3", "狭い。"], ["", "修正内容", "広く。"]]
        rows += [["回答", "はい。", "対応区分", "Ａ"]]
    found = segment(page(1, [table_of(rows)]))
    assert roles_of(found)[4:] == ["revision", "response", "disposition"]
    own = "学識経験者", "3", "狭い。", "広く。", "はい。", "Ａ"
    assert read(found) == [("1", *own), ("2", *own)]


def test_the_header_may_have_a_long_note_or_a_word_that_nobody_knows() -> None:
    for word, comment in (
        ("計画体系", "意見"),
        ("項目（計画の章）", "意見の概要（同趣旨の意見はまとめています）"),
    ):
        rows = [["番号", word, comment], ["1", "総論", "狭い。"], ["回答", "広げます。", ""]]
        rows += [["2", "各論", "暗い。"], ["回答", "明るくします。", ""]]
        found = segment(page(1, [grid(rows, spans={(2, 1): (1, 2), (4, 1): (1, 2)})]))
        assert read(found) == [
            ("1", "総論", "狭い。", "広げます。"),
            ("2", "各論", "暗い。", "明るくします。"),
        ]


def test_of_two_labels_that_name_one_role_one_has_it() -> None:
    rows = [HEADER]
    for number in ("1", "2"):
        rows += [[number, "市民", "第１条", f"道{number}が狭い。"]]
        rows += [["", "対応状況", f"{number}月に工事をします。"], ["", "回答", "広げます。"]]
    found = segment(page(1, [table_of(rows)]))
    assert roles_of(found)[3:] == ["comment", None, "response"]


def test_a_label_and_its_text_may_begin_below_one_cell_of_the_header() -> None:
    rows = [["番号", "資料名", "", "該当箇所", "質問者"]]
    for number in ("1", "2"):
        rows += [[number, "仕様書", "", "第１条", "Ａ社"], ["", "質問", "可か。", "", ""]]
        rows += [["", "回答", "可。", "", ""]]
    merged = {(row, 1): (1, 2) for row in (0, 1, 4)} | {(row, 0): (3, 1) for row in (1, 4)}
    merged |= {(row, 2): (1, 3) for row in (2, 3, 5, 6)}
    found = segment(page(1, [grid(rows, spans=merged)]))
    assert roles_of(found) == ["number", None, "original_text", "submitter", "comment", "response"]
    assert read(found) == [(n, "仕様書", "第１条", "Ａ社", "可か。", "可。") for n in ("1", "2")]


def test_a_text_beside_a_label_may_end_in_a_word_for_labels() -> None:
    rows = [HEADER, ["1", "市民", "第１条", "狭い。"], ["", "対応状況", "令和8年度に対応"]]
    rows += [["2", "学生", "第２条", "暗い。"], ["", "対応状況", "検討中"]]
    found = segment(page(1, [table_of(rows)]))
    assert [texts[-1] for texts in read(found)] == ["令和8年度に対応", "検討中"]


def test_labels_may_name_the_comments_too() -> None:
    rows = [["番号", "提出者", "該当箇所"], ["1", "学生", "第１条"], ["", "意見", "狭い。"]]
    rows += [["", "回答", "広く。"], ["2", "市民", "第２条"], ["", "意見", "暗い。"]]
    rows += [["", "回答", "はい。"]]
    merged = {(1, 0): (3, 1), (4, 0): (3, 1)}
    found = segment(page(1, [grid(rows, spans=merged)]))
    assert roles_of(found)[3:] == ["comment", "response"]
    assert read(found) == [
        ("1", "学生", "第１条", "狭い。", "広く。"),
        ("2", "市民", "第２条", "暗い。", "はい。"),
    ]


def test_a_page_s_end_parts_no_text_from_its_record() -> None:
    rows = [["番号", "委員", "頁", "意見"], ["1", "学識経験者", "3", "狭い。"]]
    rows += [["", "回答", "広げます。"], ["", "修正内容", "広く。"], ["2", "会長", "4", "暗い。"]]
    second = [["", "回答", "はい。"], ["", "修正内容", "明るく。"], ["3", "研究者", "5", "遠い。"]]
    second += [["", "回答", "検討します。"]]
    found = segment(page(1, [table_of(rows)]), page(2, [table_of(second, 2)]))
    assert read(found) == [
        ("1", "学識経験者", "3", "狭い。", "広げます。", "広く。"),
        ("2", "会長", "4", "暗い。", "はい。", "明るく。"),
        ("3", "研究者", "5", "遠い。", "検討します。", ""),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["", "回答", "広げます。"], ["1", "市民", "１", "狭い。"], ["", "回答", "はい。"]],
        [["1", "市民", "１", "狭い。"], ["", "回答", "広げます。"], ["2", "市民", "１", "遠い。"]],
        [["1", "市民", "１", "狭い。"], ["2", "回答", "はい。"], ["3", "回答", "いいえ。"]],
    ],
    ids=["above all records", "once", "beside numbers"],
)
def test_other_rows_with_such_a_word_stay_as_they_are(rows: list[list[str]]) -> None:
    found = segment(page(1, [table_of([HEADER, *rows])]))
    assert "response" not in roles_of(found)


def test_a_text_beside_which_another_label_stands_in_one_column_is_doubtful() -> None:
    rows = [["番号", "該当箇所", "意見", "", ""]]
    for number in ("1", "2"):
        rows += [[number, "第１条", "狭い。", "", ""], ["", "回答", "はい。", "対応区分", "Ａ"]]
    spans = {(i, 2): (1, 3) for i in (0, 1, 3)}
    found = segment(page(1, [grid(rows, spans=spans)]))
    assert roles_of(found)[-1] == "response"
    assert all(row.confidence <= 0.5 for row in found.tables[0].rows)


def test_labels_may_stand_in_a_row_of_their_own_above_their_texts() -> None:
    rows, spans = [["番号", "意見", "考え方"]], {}
    for number in ("1", "2"):
        spans[len(rows), 0] = (3, 1)
        rows += [[number, "狭い。", "直します。"], ["", "修正前", "修正後"], ["", "橋", "広い橋"]]
    rows += [["3", "遠い。", "近づけます。"]]
    found = segment(page(1, [grid(rows, spans=spans)]))
    assert roles_of(found)[3:] == ["original_text", "revision"]
    assert read(found) == [
        ("1", "狭い。", "直します。", "橋", "広い橋"),
        ("2", "狭い。", "直します。", "橋", "広い橋"),
        ("3", "遠い。", "近づけます。", "", ""),
    ]


def test_texts_below_labels_may_be_labels_of_others() -> None:
    """The row below them was taken for their texts, and lost."""
    rows, spans = [["番号", "意見", "考え方"]], {}
    for number in ("1", "2"):
        spans[len(rows), 0] = (4, 1)
        rows += [[number, "狭い。", "直します。"], ["", "修正前", "修正後"]]
        rows += [["", "原文", "変更案"], ["", "橋", "広い橋"]]
    found = segment(page(1, [grid(rows, spans=spans)]))
    assert {"橋", "原文"} <= {text for record in read(found) for text in record}


def test_a_label_over_all_columns_names_the_text_over_all_columns_below_it() -> None:
    rows = [["番号", "該当箇所", "意見"]]
    for number, text in (("1", "狭い。"), ("2", "暗い。")):
        rows += [[number, "第１条", text], ["市の考え方", "", ""], [f"{number}を直す", "", ""]]
    spans = {(row, 0): (1, 3) for row in (2, 3, 5, 6)}
    found = segment(page(1, [grid(rows, spans=spans)]))
    assert roles_of(found) == ["number", "original_text", "comment", "response"]
    assert read(found) == [
        ("1", "第１条", "狭い。", "1を直す"),
        ("2", "第１条", "暗い。", "2を直す"),
    ]


def test_a_label_over_all_columns_that_comes_once_heads_records() -> None:
    rows = [["番号", "該当箇所", "意見"], ["市の考え方", "", ""], ["1", "第１条", "狭い。"]]
    found = segment(page(1, [grid(rows, spans={(1, 0): (1, 3)})]))
    assert found.tables[0].rows[0].section == ("市の考え方",)

"""Answers that no column holds: in a row over all columns, or below their comments."""

import pytest

from pipeline.model import AnnexSpec, Grid, Segmented
from tests.support.grids import grid, page, segment

HEADER = ["番号", "意見の概要"]


def table_of(rows: list[list[str]], number: int = 1) -> Grid:
    """A grid whose rows without a number are merged over both columns."""
    laid = [[row[1], ""] if not row[0] else row for row in rows]
    merged = {(i, 0): (1, 2) for i, row in enumerate(rows) if not row[0]}
    return grid(laid, page=number, spans=merged)


def read(found: Segmented) -> list[tuple[str, ...]]:
    return [tuple(field.text for field in row.fields) for row in found.tables[0].rows]


@pytest.mark.parametrize("label", ["【市の考え方】", "回答：", "【市の考え方】\n"])
def test_each_record_has_the_answer_below_its_group(label: str) -> None:
    rows = [HEADER, ["1", "狭い。"], ["2", "暗い。"], ["", f"{label}広げます。"]]
    rows += [["3", "遠い。"], ["", f"{label}近く。"], ["4", "高い。"]]
    found = segment(page(1, [table_of(rows)]))
    (table,) = found.tables
    assert [column.role for column in table.columns] == ["number", "comment", "response"]
    assert read(found) == [
        ("1", "狭い。", "広げます。"),
        ("2", "暗い。", "広げます。"),
        ("3", "遠い。", "近く。"),
        ("4", "高い。", ""),
    ]
    assert [li.text for li in found.pages[0].header_lines[-2:]] == [label.strip()] * 2


def test_a_row_beside_a_merged_number_answers_one_record() -> None:
    rows = [["番号", "提出者", "意見"]]
    for number, (text, answer) in enumerate((("狭い。", "広げます。"), ("暗い。", "明るく。")), 1):
        rows += [[str(number), "市民", text], ["", f"（市の考え方）{answer}", ""]]
    merged = {(row, 0): (2, 1) for row in (1, 3)} | {(row, 1): (1, 2) for row in (2, 4)}
    found = segment(page(1, [grid(rows, spans=merged)]))
    assert read(found) == [
        ("1", "市民", "狭い。", "広げます。"),
        ("2", "市民", "暗い。", "明るく。"),
    ]


def test_an_answer_goes_on_behind_a_page_s_end() -> None:
    first = [
        HEADER,
        ["1", "狭い。"],
        ["", "【回答】広げます。"],
        ["2", "暗い。"],
        ["", "【回答】明るく"],
    ]
    second = [["", "します。"], ["3", "遠い。"], ["", "【回答】近く。"]]
    found = segment(page(1, [table_of(first)]), page(2, [table_of(second, 2)]))
    assert [row[-1] for row in read(found)] == ["広げます。", "明るくします。", "近く。"]


def test_a_row_above_all_records_answers_none() -> None:
    rows = [
        HEADER,
        ["", "【回答】広げます。"],
        ["1", "狭い。"],
        ["", "【回答】明るく。"],
        ["2", "暗い。"],
    ]
    roles = [column.role for column in segment(page(1, [table_of(rows)])).tables[0].columns]
    assert roles == ["number", "comment"]


def test_a_label_may_be_one_that_only_the_annex_s_yml_knows() -> None:
    rows = [HEADER, ["1", "狭い。"], ["", "みどり課：広げます。"]]
    rows += [["2", "遠い。"], ["", "みどり課：近く。"]]
    spec = AnnexSpec("x.yml", roles={"みどり課": "response"})
    assert read(segment(page(1, [table_of(rows)]), spec=spec)) == [
        ("1", "狭い。", "広げます。"),
        ("2", "遠い。", "近く。"),
    ]


def test_an_answer_beside_its_word_is_no_part_of_the_comment() -> None:
    rows, spans = [["番号", "質問", ""]], {(0, 1): (1, 2)}
    for number, (asked, answered) in enumerate(
        (("狭い。", "広げます。"), ("暗い。", "明るく。")), 1
    ):
        spans |= {(len(rows), 0): (2, 1), (len(rows), 1): (1, 2)}
        rows += [[str(number), asked, ""], ["", "回答", answered]]
    found = segment(page(1, [grid(rows, spans=spans)]))
    (table,) = found.tables
    assert [(column.header, column.role) for column in table.columns] == [
        ("番号", "number"),
        ("質問", "comment"),
        ("回答", "response"),
    ]
    assert [tuple(field.text for field in row.fields) for row in table.rows] == [
        ("1", "狭い。", "広げます。"),
        ("2", "暗い。", "明るく。"),
    ]
    assert [li.text for li in found.pages[0].header_lines[-2:]] == ["回答", "回答"]


def test_a_small_table_in_a_comment_is_no_answer() -> None:
    rows, spans = [["番号", "質問", ""]], {(0, 1): (1, 2)}
    for number in (1, 2):
        spans |= {(len(rows), 0): (2, 1), (len(rows), 1): (1, 2)}
        rows += [[str(number), "次のとおり。", ""], ["", "会場", "公民館"]]
    (table,) = segment(page(1, [grid(rows, spans=spans)])).tables
    assert [column.role for column in table.columns] == ["number", "comment"]

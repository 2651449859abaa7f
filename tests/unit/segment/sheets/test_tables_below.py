"""Tables of other texts below each other in one frame."""

from collections.abc import Sequence

import pytest

from pipeline.model import Segmented
from tests.support.grids import grid, page, segment

COMMENTS = [["番号", "該当箇所", "意見", "回答"], ["1", "P3", "道が狭い。", "広げます。"]]
BAR = ["【字句の修正】", "", "", ""]


def read(*below: Sequence[str]) -> Segmented:
    rows = [*COMMENTS, BAR, *below]
    return segment(page(1, [grid(rows, spans={(len(COMMENTS), 0): (1, 4)})]))


def texts(segmented: Segmented) -> list[list[str]]:
    return [[f.text for row in table.rows for f in row.fields] for table in segmented.tables]


def test_a_header_of_other_texts_below_a_bar_begins_a_table() -> None:
    found = read(["頁", "行", "誤", "正"], ["4", "2", "取組み", "取組"])
    assert texts(found) == [["1", "P3", "道が狭い。", "広げます。"], ["4", "2", "取組み", "取組"]]
    assert [column.role for column in found.tables[1].columns[2:]] == ["original_text", "revision"]
    assert found.tables[1].title == "【字句の修正】"


@pytest.mark.parametrize(
    "header", [["番号", "該当箇所", "意見", "回答"], ["2", "P4", "誤りが多い。", "正します。"]]
)
def test_a_bar_above_the_same_header_or_a_record_opens_a_section(header: list[str]) -> None:
    found = read(header, ["2", "P5", "橋が古い。", "直します。"])
    assert len(found.tables) == 1
    assert found.tables[0].rows[-1].section == ("【字句の修正】",)


@pytest.mark.parametrize(
    ("header", "role"),
    [
        (["No.", "頁", "質問", "市の考え方"], "response"),
        (["No.", "頁", "ご意見の概要", "対応区分"], "disposition"),
    ],
)
def test_a_header_with_other_names_begins_a_table_right_below_another(
    header: list[str], role: str
) -> None:
    below = [header, ["1", "P9", "橋が古い。", "Ａ"]]
    found = segment(page(1, [grid([*COMMENTS, *below])]))
    assert texts(found) == [COMMENTS[1], below[1]]
    assert found.tables[1].columns[-1].role == role


def test_a_record_that_is_as_short_as_headers_begins_no_table() -> None:
    rows = [*COMMENTS, ["2", "別紙", "質問", "回答"], ["3", "P9", "意見", "対応"]]
    assert [len(table.rows) for table in segment(page(1, [grid(rows)])).tables] == [3]

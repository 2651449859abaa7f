"""Tables of other texts below each other in one frame."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

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


def test_a_header_below_a_gap_in_the_frame_begins_a_table() -> None:
    """Of when and where a meeting was, above what was said: all records of it were lost."""
    about = [["日時", "七月五日", ""], ["場所", "公民館", ""], ["参加者", "９名", ""]]
    rows = [*about, ["", "", ""], ["項目", "質問", "回答"], ["道路", "狭い。", "広げます。"]]
    made = grid(rows, spans={(3, 0): (1, 3), **{(row, 1): (1, 2) for row in range(3)}})
    edges = made.row_edges
    made = replace(made, row_edges=(*edges[:4], edges[3] + 6, *edges[5:]))
    assert texts(segment(page(1, [made]))) == [["道路", "狭い。", "広げます。"]]


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

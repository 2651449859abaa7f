"""A table that explains the marks of answers is no comment table."""

import pytest

from tests.support.grids import grid, page, segment

COMMENTS = [["No", "意見", "市の考え方", "区分"], ["1", "あ", "い", "Ａ"], ["2", "う", "え", "Ｂ"]]


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["区分", "対応の内容", "件数"],
            ["Ａ", "修正するもの", "２"],
            ["Ｂ", "趣旨を含むもの", "10"],
        ],
        [
            ["対応区分", "内容", "件数"],
            ["反映", "意見を踏まえ、案を直すもの", "21件"],
            ["参考", "今後の参考とするもの", "４件"],
            ["不可", "反映が困難なもの", "24件"],
        ],
        [["区分", "対応内容"], ["◎", "修正するもの"], ["－", "その他"]],
        [["対応区分", "市の対応", "数"], ["反映", "修正するもの", "2件"], ["参考", "その他", "-"]],
    ],
)
def test_a_legend_gives_no_record(rows: list[list[str]]) -> None:
    segmented = segment(page(1, [grid(rows), grid(COMMENTS, top=200)]))
    assert [len(table.rows) for table in segmented.tables] == [2]
    assert "not_a_comment_table" in [issue.code for issue in segmented.header.issues]


@pytest.mark.parametrize(
    "rows",
    [
        [["区分", "市の考え方"], ["道路が狭い", "広げます。"], ["公園が遠い", "増やします。"]],
        [
            ["区分", "件数", "概況", "市の対応"],
            ["道路", "２", "道が狭いので広げてほしい。", "広げます。"],
            ["公園", "３", "公園が遠いのではないか。", "増やします。"],
        ],
        COMMENTS,
    ],
)
def test_a_table_with_comments_is_no_legend(rows: list[list[str]]) -> None:
    assert [len(table.rows) for table in segment(page(1, [grid(rows)])).tables] == [2]

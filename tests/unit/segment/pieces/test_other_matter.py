"""A table of another matter below the comments, in the same columns."""

import pytest

from tests.support.grids import grid, page, segment
from tests.support.making import line

COMMENTS = [
    ["番号", "意見", "回答"],
    *([str(n), f"道{n}が狭い。", "広げます。"] for n in range(1, 4)),
]
SCHEDULE = [["1", "計画の決定", "令和８年３月"], ["2", "施行", "令和８年10月"]]


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("title", ["", "今後の予定"])
def test_a_schedule_is_no_record(number: int, title: str) -> None:
    below = grid(SCHEDULE, page=number, top=300)
    titles = [line(title, top=280, page=number)] if title else []
    above = grid(COMMENTS)
    pages = [page(1, [above, below], titles)]
    if number > 1:
        pages = [page(1, [above]), page(2, [below], titles)]
    found = segment(*pages)
    assert [len(table.rows) for table in found.tables] == [3]
    assert [issue.code for issue in found.header.issues] == ["not_a_comment_table"]


@pytest.mark.parametrize(
    "rows",
    [
        [["4", "賛成", "参考"], ["5", "反対", "参考"]],
        [["1", "橋が古い。", "参考"], ["2", "反対", "参考"]],
    ],
)
def test_records_that_count_on_or_hold_a_sentence_are_records(rows: list[list[str]]) -> None:
    found = segment(page(1, [grid(COMMENTS), grid(rows, top=300)]))
    assert sum(len(table.rows) for table in found.tables) == 5


def test_another_table_may_begin_where_only_levels_part_rows() -> None:
    """Its header stands below a heading, in other columns than the comments' own."""
    rows = [*COMMENTS, ["【参考】経過", "", ""], ["", "年月日", "内容"], ["", "５月", "縦覧"]]
    body = grid(rows, spans={(4, 0): (1, 3)})
    (table,) = segment(page(1, [body])).tables
    assert len(table.rows) == 3

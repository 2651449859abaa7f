"""What is left out, and said so."""

import pytest

from pipeline.model import Page
from tests.support.grids import grid, page, segment
from tests.support.making import line


def alone(number: int, header: str, text: str = "参考にします。") -> Page:
    """A page with a header over lines, and no grid."""
    texts = [header, *[text] * 3]
    return page(
        number,
        loose=[line(t, x0=2, top=100 + 20 * i, page=number) for i, t in enumerate(texts)],
    )


TABLE = [["No", "意見", "提出者"], ["1", "あ。", "市民"], ["2", "い。", "団体"]]


def named(*pages: Page) -> list[int | None]:
    """The pages on which columns were left out."""
    issues = segment(page(1, [grid(TABLE)]), *pages).header.issues
    return [issue.page for issue in issues if "stands alone on its page" in issue.message]


def test_a_column_alone_on_its_pages_is_named_on_each_of_them() -> None:
    assert named(alone(2, "回答"), alone(3, "回答")) == [2, 3]


def test_the_end_of_the_title_may_stand_above_a_column_alone() -> None:
    cut = alone(2, "回答")
    rest = line("への回答", x0=2, top=60, page=2)
    assert named(page(2, loose=[rest, *cut.loose_lines])) == [2]


@pytest.mark.parametrize(
    ("header", "text"),
    [("意見", "参考。"), ("計画の策定の経緯", "参考。"), ("回答", "参" * 30)],
)
def test_other_text_behind_a_table_is_no_column(header: str, text: str) -> None:
    """The table has the column, or it is no header's word, or the lines are as wide as prose."""
    assert named(alone(2, header, text)) == []


def test_lines_of_a_page_without_a_table_head_no_row_of_the_next_page() -> None:
    below = grid([["3", "う。", "市民"]], page=3)
    segmented = segment(page(1, [grid(TABLE)]), alone(2, "回答", "検討"), page(3, [below]))
    assert [row.section for table in segmented.tables for row in table.rows] == [()] * 3


@pytest.mark.parametrize(
    ("room", "lines", "is_named"),
    [("　" * 6, 8, True), ("", 8, False), ("　" * 6, 2, False)],
    ids=["rows", "prose", "facts"],
)
def test_text_in_the_columns_of_a_table_is_named_where_no_record_has_it(
    room: str, lines: int, is_named: bool
) -> None:
    """Else a row that was taken for text beside the table would be lost without a word."""
    text = f"３　　　　　　　　　　道が狭い。{room}広げます。"
    loose = [line(text, x0=2, top=400 + 12 * at, page=1) for at in range(lines)]
    issues = segment(page(1, [grid(TABLE)], loose)).header.issues
    assert any("stands in the columns" in issue.message for issue in issues) == is_named


def test_items_whose_marks_stand_before_the_side_of_a_column_are_no_row() -> None:
    """１　募集期間 … above each table with a narrow column of numbers was named."""
    loose = [line("１　募集期間は四月末", x0=80, top=400 + 12 * at, page=1) for at in range(8)]
    issues = segment(page(1, [grid(TABLE)], loose)).header.issues
    assert not any("stands in the columns" in issue.message for issue in issues)

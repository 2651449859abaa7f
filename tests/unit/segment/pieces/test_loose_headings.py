"""Headings between two pieces of a table."""

import pytest
from msgspec.structs import replace

from pipeline.model import Segmented
from tests.support.grids import grid, page, segment
from tests.support.making import line

HEADER = ["現行", "改正案", "理由"]
ROW = ["あ。", "い。", "う。"]


def segment_foot(foot: str, below: list[list[str]]) -> Segmented:
    """A table with the section ■環境, whose first page ends with a sum and another line."""
    first = grid([["■環境", "", ""], ROW, ROW], top=120, spans={(0, 0): (1, 3)})
    loose = [line("計　２件", x0=2, top=182), line(foot, x0=2, top=194)]
    return segment(page(1, [grid([HEADER], top=100), first], loose), page(2, [grid(below, page=2)]))


@pytest.mark.parametrize("foot", ["■交通", "その他"])
def test_a_heading_below_a_sections_sum_heads_the_next_page(foot: str) -> None:
    (table,) = segment_foot(foot, [ROW, ROW]).tables
    assert [row.section for row in table.rows] == [("■環境",)] * 2 + [(foot,)] * 2


def test_a_footnote_is_no_heading_of_the_next_page() -> None:
    above = grid([HEADER, ROW, ROW])
    foot = line("1 県の推計", x0=2, top=above.box.bottom + 1, size=8.0)
    (table,) = segment(page(1, [above], [foot]), page(2, [grid([ROW, ROW], page=2)])).tables
    assert [row.section for row in table.rows] == [()] * 4


def test_below_a_sum_and_above_a_header_other_words_are_no_section() -> None:
    tables = segment_foot("追加で募集した意見の結果", [HEADER, ROW]).tables
    assert [row.section for table in tables for row in table.rows][-1] != (
        "追加で募集した意見の結果",
    )


def test_a_caption_that_the_headings_below_are_like_heads_its_records_only() -> None:
    first = grid([HEADER, ROW, ROW], top=120)
    second = grid([ROW, ROW], top=200)
    title, caption = line("意見への対応", x0=2, top=80), line("【目標１】", x0=2, top=104)
    loose = [title, caption, line("【目標２】", x0=2, top=185)]
    (table,) = segment(page(1, [first, second], loose)).tables
    assert (table.title, table.caption) == ("意見への対応", None)
    assert [row.section for row in table.rows] == [("【目標１】",)] * 2 + [("【目標２】",)] * 2


@pytest.mark.parametrize(
    ("between", "section"), [("第２章　施策", ("第２章　施策",)), ("施策への意見", ())]
)
def test_far_from_the_rows_a_heading_of_a_series_opens_a_section_where_numbers_go_on(
    between: str, section: tuple[str, ...]
) -> None:
    header = ["番号", "意見", "回答"]
    first = grid([header, ["1", "い。", "う。"], ["2", "え。", "お。"]], top=120)
    second = grid([["3", "か。", "き。"], ["4", "く。", "け。"]], top=240)
    loose = [line("意見への対応", x0=2, top=80), line(between, x0=2, top=190)]
    tables = segment(page(1, [first, second], loose)).tables
    assert [row.section for table in tables for row in table.rows][-2:] == [section] * 2


def test_a_line_set_as_large_as_the_title_at_a_pages_foot_heads_another_table() -> None:
    header = ["番号", "意見", "回答"]
    titles = [line(f"{i}　{what}への意見", x0=2, size=14) for i, what in ((1, "道路"), (2, "公園"))]
    above, below = (
        replace(own, top=y, bottom=y + 14) for own, y in zip(titles, (84, 184), strict=True)
    )
    rows = [header, ["1", "い。", "う。"], ["2", "え。", "お。"], ["3", "え。", "お。"]]
    second = grid([header, ["1", "か。", "き。"]], page=2)
    tables = segment(page(1, [grid(rows)], [above, below]), page(2, [second])).tables
    assert [table.title for table in tables] == ["1　道路への意見", "2　公園への意見"]


@pytest.mark.parametrize(("before", "section"), [("", ("■交通",)), ("■交通", ())])
def test_a_line_above_the_rows_at_a_pages_top_heads_them_if_no_page_before_has_it(
    before: str, section: tuple[str, ...]
) -> None:
    head = line("■交通", x0=2, top=104, page=2)
    above = [replace(head, page=1, text=before)] if before else []
    first = page(1, [grid([HEADER, ROW, ROW], top=118)], above)
    second = page(2, [grid([ROW, ROW], page=2, top=118)], [head])
    (table,) = segment(first, second).tables
    assert [row.section for row in table.rows][2:] == [section] * 2


def test_a_heading_that_fills_its_line_goes_on_in_the_next() -> None:
    header = ["番号", "意見", "回答"]
    first = grid([header, ["1", "い。", "う。"], ["2", "え。", "お。"]], top=120)
    bottom = first.box.bottom
    second = grid([["3", "か。", "き。"], ["4", "く。", "け。"]], top=bottom + 30)
    full = "第２章　" + "道路" * 12
    upper = line(full, x0=first.box.x1 - 10 * len(full), top=bottom + 3)
    loose = [upper, line("と橋", x0=2, top=bottom + 15)]
    (table,) = segment(page(1, [first, second], loose)).tables
    assert [row.section for row in table.rows] == [()] * 2 + [(f"{full}と橋",)] * 2

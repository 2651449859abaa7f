"""segment: a title in a row of its own above the header, inside the rulings."""

import pytest
from msgspec.structs import replace

from tests.support.grids import grid, page, segment
from tests.support.making import line

ROWS = [["番号", "意見の概要", "回答"], ["1", "橋が古い。", "直します。"]]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("地域公共交通計画（案）に対する意見一覧", "地域公共交通計画（案）に対する意見一覧"),
        ("※要旨を載せています", None),
        ("（資料３）", None),
    ],
)
def test_a_row_over_all_columns_names_the_table(text: str, title: str | None) -> None:
    found = segment(page(1, [grid([[text, "", ""], *ROWS], spans={(0, 0): (1, 3)})]))
    assert found.tables[0].title == title
    assert len(found.tables[0].rows) == 1


def test_a_title_above_the_table_goes_first() -> None:
    above = line("意見と回答", x0=100, top=50)
    rows = grid([["令和６年度の意見一覧", "", ""], *ROWS], spans={(0, 0): (1, 3)})
    assert segment(page(1, [rows], [above])).tables[0].title == "意見と回答"


@pytest.mark.parametrize(("size", "title"), [(14.0, "意見一覧"), (10.0, "環境課")])
def test_a_row_in_title_type_goes_before_the_head_of_each_page(size: float, title: str) -> None:
    rows = grid([["", "", ""], *ROWS], spans={(0, 0): (1, 3)})
    named = replace(rows.cells[0], lines=(line("意見一覧", x0=2, top=102, size=size),))
    first = page(1, [replace(rows, cells=(named, *rows.cells[1:]))], [line("環境課", top=50)])
    second = grid([["2", "坂が急だ。", "削ります。"]], page=2)
    found = segment(first, page(2, [second], [line("環境課", top=50, page=2)]))
    assert [table.title for table in found.tables] == [title]


@pytest.mark.parametrize(("title", "second"), [("意見と回答", None), ("", "結果")])
def test_a_row_below_a_title_is_of_the_header_of_the_next_table_too(
    title: str, second: str | None
) -> None:
    above = line(title, x0=100, top=50)
    rows = grid([["結果", "", ""], *ROWS], spans={(0, 0): (1, 3)})
    other = [["結果", ""], ["誤", "正"], ["橋", "道"]]
    below = grid(other, spans={(0, 0): (1, 2)}, page=2)
    segmented = segment(page(1, [rows], [above] if title else []), page(2, [below]))
    assert [table.title for table in segmented.tables] == [title or "結果", second]


def test_a_title_that_runs_over_some_borders_names_the_table() -> None:
    rows = grid([["令和６年度の意見一覧", "", ""], *ROWS], spans={(0, 0): (1, 2)})
    assert segment(page(1, [rows])).tables[0].title == "令和６年度の意見一覧"


def test_a_page_s_number_may_stand_beside_the_title_in_its_row() -> None:
    rows = grid([["意見対応一覧", "", "1／1頁"], *ROWS], spans={(0, 0): (1, 2)})
    assert segment(page(1, [rows])).tables[0].title == "意見対応一覧"


def test_a_note_below_the_title_hides_no_header() -> None:
    head = [["意見一覧", "", ""], ["（注）受付順に並べた。回答は１月20日現在のもの。", "", ""]]
    rows = grid([*head, *ROWS], spans={(0, 0): (1, 3), (1, 0): (1, 3)})
    found = segment(page(1, [rows])).tables[0]
    assert (found.title, len(found.rows), found.rows[0].section) == ("意見一覧", 1, ())


def test_a_note_may_stand_above_the_title() -> None:
    head = [["※　受付順に並べた。", "", ""], ["意見対応一覧", "", ""]]
    rows = grid([*head, *ROWS], spans={(0, 0): (1, 3), (1, 0): (1, 3)})
    found = segment(page(1, [rows])).tables[0]
    assert (found.title, len(found.rows), found.rows[0].section) == ("意見対応一覧", 1, ())


def test_a_title_stands_below_the_letters_of_a_printed_sheet() -> None:
    """A spreadsheet prints the letters of its columns and the numbers of its rows."""
    head = [["", "A", "B", "C"], ["1", "令和６年度の意見一覧", "", ""]]
    body = [[str(number), *row] for number, row in enumerate(ROWS, 2)]
    found = segment(page(1, [grid([*head, *body], spans={(1, 1): (1, 3)})])).tables[0]
    assert (found.title, len(found.rows)) == ("令和６年度の意見一覧", 1)

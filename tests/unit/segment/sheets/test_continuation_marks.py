"""Marks of continuation around tables and in their cells."""

from msgspec.structs import replace

from pipeline.model import Segmented, TableRow
from tests.support.grids import grid, numbers, page, segment
from tests.support.making import line

HEADER = ["No", "意見", "回答"]


def texts(row: TableRow) -> list[list[str]]:
    return [[li.text for li in field.lines] for field in row.fields]


def furniture(segmented: Segmented) -> list[str]:
    return [li.text for page in segmented.pages for li in page.furniture_lines]


def test_marks_around_a_table_head_no_other_table() -> None:
    segmented = segment(
        page(1, [grid([HEADER, ["1", "あ", "い"]])], [line("（次頁へ続く）", 200, 150)]),
        page(2, [grid([HEADER, ["", "う", "え"]], page=2)], [line("（前頁から続く）", 0, 80, 2)]),
    )
    assert numbers(segmented) == [["1"]]
    assert furniture(segmented) == ["（次頁へ続く）", "（前頁から続く）"]


def test_marks_in_cells_are_in_no_record_and_join_the_row() -> None:
    above = grid([HEADER, ["1", "あ", "い"], ["2", "途中\n（次頁に続く）", "う。"]])
    below = grid(
        [HEADER, ["2\n（続き）", "（前頁の続き）です。", "え。"], ["3", "お", "か"]], page=2
    )
    segmented = segment(page(1, [above]), page(2, [below]))
    assert numbers(segmented) == [["1", "2", "3"]]
    assert texts(segmented.tables[0].rows[1]) == [["2"], ["途中", "です。"], ["う。", "え。"]]
    assert furniture(segmented) == ["（次頁に続く）", "（続き）", "（前頁の続き）"]


def test_a_mark_joins_rows_that_have_no_numbers() -> None:
    above = grid([["意見", "回答"], ["あ。", "い。"], ["う。", "え。\n（続く）"]])
    below = grid([["か。", "き。"], ["く。", "け。"]], page=2)
    segmented = segment(page(1, [above]), page(2, [below]))
    assert [texts(row) for row in segmented.tables[0].rows] == [
        [["あ。"], ["い。"]],
        [["う。", "か。"], ["え。", "き。"]],
        [["く。"], ["け。"]],
    ]


def test_a_mark_that_hangs_into_the_next_row_is_cut_off_its_number() -> None:
    above = grid([HEADER, ["1", "途中", "い"]])
    below = grid([HEADER, ["1", "です。", ""], ["（続き）2", "う", "え"]], page=2)
    segmented = segment(page(1, [above]), page(2, [below]))
    assert numbers(segmented) == [["1", "2"]]


def test_a_mark_that_a_narrow_cell_wraps() -> None:
    above = grid([HEADER, ["1", "途中\n（次頁へ続く）", "い"]])
    below = grid([HEADER, ["1\n（続\nき）", "です。", ""], ["2", "う", "え"]], page=2)
    segmented = segment(page(1, [above]), page(2, [below]))
    assert numbers(segmented) == [["1", "2"]]
    assert furniture(segmented) == ["（次頁へ続く）", "（続", "き）"]


def test_a_heading_with_a_mark_is_the_heading_of_the_page_before() -> None:
    segmented = segment(
        page(1, [grid([["意見", "回答"], ["あ", "い"]])], [line("意見一覧", 0, 50)]),
        page(
            2,
            [grid([["意見", "回答"], ["う", "え"]], page=2)],
            [line("意見一覧表（続き）", 0, 50, 2)],
        ),
    )
    assert [table.title for table in segmented.tables] == ["意見一覧"]


def test_the_only_page_keeps_what_looks_like_a_mark() -> None:
    segmented = segment(page(1, [grid([HEADER, ["1", "あ", "（次頁に続く）"]])]))
    assert texts(segmented.tables[0].rows[0])[2] == ["（次頁に続く）"]


def test_words_that_name_no_page_stay_beside_a_text() -> None:
    above = grid([HEADER, ["1", "あ", "手続（続く）"]])
    below = grid([HEADER, ["2", "手続（続き）", "え"]], page=2)
    segmented = segment(page(1, [above]), page(2, [below]))
    assert [texts(row)[1:] for row in segmented.tables[0].rows] == [
        [["あ"], ["手続（続く）"]],
        [["手続（続き）"], ["え"]],
    ]


def test_a_mark_behind_a_heading_over_the_border_joins_no_rows() -> None:
    """第１章　施設（つづき）, typed into the first cell, runs into the second one."""
    header = ["区分", "意見", "回答"]
    title = "第１章　施設の整備"
    above = grid([header, [title, "", ""], ["施設", "あ。", "い。"]])
    rows = [["", "う。", "え。"], ["公園", "お。", "か。"], ["", "き。", "く。"]]
    below = grid([[title, "（つづき）", ""], *rows], page=2, top=140)
    heading, mark = below.cells[:2]
    text = line(title, x0=heading.box.x1 - 88, top=heading.box.top + 2, page=2)
    own = line("（つづき）", x0=text.x1 + 1, top=heading.box.top + 2, page=2)
    row = replace(heading, lines=(text,)), replace(mark, lines=(own,))
    below = replace(below, cells=(*row, *below.cells[2:]))
    segmented = segment(page(1, [above]), page(2, [below]))
    comments = [texts(row)[1] for table in segmented.tables for row in table.rows]
    assert comments == [["あ。"], ["う。"], ["お。"], ["き。"]]


def test_a_mark_that_is_wrapped_behind_text_is_taken_out() -> None:
    above = grid([HEADER, ["1", "途中\nで（次ページに続\nく）", "い"]])
    below = grid([HEADER, ["1", "（前ページか\nらの続き）です。", ""], ["2", "う", "え"]], page=2)
    segmented = segment(page(1, [above]), page(2, [below]))
    assert texts(segmented.tables[0].rows[0]) == [["1"], ["途中", "で", "です。"], ["い"]]


def test_marks_that_name_no_page_answer_each_other() -> None:
    above = grid([HEADER, ["1", "途中で（続く）", "い"]])
    below = grid([HEADER, ["1", "（続き）です。", ""], ["2", "手続（続き）", "え"]], page=2)
    segmented = segment(page(1, [above]), page(2, [below]))
    assert [texts(row)[1] for row in segmented.tables[0].rows] == [
        ["途中で", "です。"],
        ["手続（続き）"],
    ]

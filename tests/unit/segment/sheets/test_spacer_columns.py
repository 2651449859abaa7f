"""Narrow empty columns between the groups of a table's columns."""

from collections.abc import Sequence

from pipeline.model import Page
from tests.support.grids import grid, page, segment

HEADER = ["柱", "", "意見", "", "回答"]


def spaced(number: int, rows: Sequence[Sequence[str]], spacers: Sequence[int] = (1, 3)) -> Page:
    spans = {(0, column): (len(rows), 1) for column in spacers}
    return page(number, [grid(rows, page=number, spans=spans)])


def texts(*pages: Page) -> list[list[str]]:
    return [
        ["".join(line.text for line in field.lines) for field in row.fields]
        for table in segment(*pages).tables
        for row in table.rows
    ]


def test_empty_columns_do_not_hide_the_header() -> None:
    first = spaced(1, [HEADER, ["Ⅰ", "", "道が狭い。", "", "広げます。"]])
    second = spaced(2, [["Ⅱ", "", "橋が古い。", "", "直します。"]])
    more = spaced(
        2, [["Ⅱ", "", "橋が古い。", "", "直します。"], ["Ⅲ", "", "木。", "", "植えます。"]]
    )
    assert texts(first) == [["Ⅰ", "道が狭い。", "広げます。"]]
    assert texts(first, more)[1:] == [
        ["Ⅱ", "橋が古い。", "直します。"],
        ["Ⅲ", "木。", "植えます。"],
    ]
    assert texts(first, second)[1:] == [["Ⅱ", "橋が古い。", "直します。"]]


def test_a_column_between_two_halves_is_their_gutter() -> None:
    halves = ["頁", "誤", "正"]
    rows = [[*halves, "", *halves], ["1", "あ", "い", "", "2", "う", "え"]]
    assert texts(spaced(1, rows, (3,))) == [["1", "あ", "い"], ["2", "う", "え"]]


def test_cards_side_by_side_are_records_of_their_own() -> None:
    cards = [["番号", "1", "", "番号", "2"], ["意見", "あ。", "", "意見", "う。"]]
    cards.append(["回答", "い。", "", "回答", "え。"])
    assert texts(spaced(1, cards, (2,))) == [["1", "あ。", "い。"], ["2", "う。", "え。"]]


def test_cards_side_by_side_may_have_texts_below_their_labels() -> None:
    cards = [["番号", "1", "", "番号", "2"], ["意見", "", "", "意見", ""]]
    cards += [
        ["あ。", "", "", "う。", ""],
        ["回答", "", "", "回答", ""],
        ["い。", "", "", "え。", ""],
    ]
    spans = {(row, column): (1, 2) for row in range(1, 5) for column in (0, 3)}
    for gap in ({(0, 2): (5, 1)}, {}):  # rulings may cross it
        found = texts(page(1, [grid(cards, spans=spans | gap)]))
        assert found == [["1", "あ。", "い。"], ["2", "う。", "え。"]]


def test_a_merged_cell_without_text_is_a_column() -> None:
    rows = [["No", "意見", "回答", "備考"], ["1", "あ。", "い。", "済"]]
    more = [["2", "う。", "", "済"], ["3", "え。", "", ""]]
    first = page(1, [grid(rows)])
    second = page(2, [grid(more, page=2, spans={(0, 2): (2, 1)})])
    assert {len(row) for row in texts(first, second)} == {4}


def test_the_letters_and_numbers_of_a_sheet_are_furniture() -> None:
    rows = [["", "A", "B", "C"], ["3", "No", "意見", "回答"], ["4", "1", "道。", "直します。"]]
    first = page(1, [grid([*rows, ["5", "2", "橋。", ""]])])
    second = page(2, [grid([rows[0], ["6", "3", "木。", "植えます。"]], page=2)])
    assert texts(first, second) == [
        ["1", "道。", "直します。"],
        ["2", "橋。", ""],
        ["3", "木。", "植えます。"],
    ]
    furniture = [line.text for line in segment(first, second).pages[1].furniture_lines]
    assert furniture == ["A", "B", "C", "6"]


def test_letters_and_numbers_that_do_not_count_on_are_text() -> None:
    rows = [["", "A", "C", "B"], ["3", "No", "意見", "回答"], ["4", "1", "道。", "直します。"]]
    assert texts(page(1, [grid(rows)]))[0][0] == "4"


def test_the_room_between_a_table_and_a_frame_with_a_title_is_no_column() -> None:
    rows = [["意見整理簿", "", ""], ["", "意見", "回答"], ["", "道が狭い。", "広げます。"]]
    rows += [["", "橋が古い。", "直します。"], ["", "", ""]]
    spans = {(0, 0): (1, 3), (1, 0): (3, 1), (4, 0): (1, 3)}
    found = texts(page(1, [grid(rows, spans=spans)]))
    assert found == [["道が狭い。", "広げます。"], ["橋が古い。", "直します。"]]

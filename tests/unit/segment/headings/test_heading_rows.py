"""segment: heading rows over the records of a table, and rows that close a table."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from pipeline.model import Grid, Line, Segmented
from tests.support.grids import WIDTH, grid, page, segment
from tests.support.making import line

HEADER = ["番号", "意見", "回答"]
COMPARED = ["番号", "現行", "改正案"]
FIRST, SECOND, THIRD = (
    ["1", "道が狭い。", "広げます。"],
    ["2", "橋が古い。", "直します。"],
    ["3", "川が深い。", "調べます。"],
)
EMPTY = ["", "", ""]


def merged(rows: Sequence[Sequence[str]], *headings: int, on: int = 1, top: float = 100) -> Grid:
    """A grid in which the cells of these rows are one."""
    spans = {(row, 0): (1, len(rows[0])) for row in headings}
    return grid(rows, page=on, top=top, spans=spans)


def with_run(made: Grid, row: int, pieces: Sequence[str], gap: float = 0.0) -> Grid:
    """The grid with one line over the borders of a row: a piece in each column, side by side."""
    x, lines = WIDTH - 10.0 * len(pieces[0]), []
    for piece in pieces:
        lines.append(line(piece, x0=x, top=made.row_edges[row] + 2, page=made.page))
        x = lines[-1].end + gap
    cells = (
        replace(cell, lines=(lines[cell.column],))
        if cell.row == row and cell.column < len(lines)
        else cell
        for cell in made.cells
    )
    return replace(made, cells=tuple(cells))


def sections(segmented: Segmented, table: int = 0) -> list[tuple[str, ...]]:
    return [row.section for row in segmented.tables[table].rows]


def texts(lines: Sequence[Line]) -> list[str]:
    return [li.text for li in lines]


def test_a_merged_row_heads_the_records_below_it() -> None:
    rows = [HEADER, ["第１章　総則", "", ""], FIRST, SECOND, ["第２章　雑則", "", ""], THIRD]
    found = segment(page(1, [merged(rows, 1, 4)]))
    assert sections(found) == [("第１章　総則",), ("第１章　総則",), ("第２章　雑則",)]
    assert texts(found.pages[0].header_lines)[3:] == ["第１章　総則", "第２章　雑則"]
    assert found.pages[0].furniture_lines == ()
    assert [row.confidence for row in found.tables[0].rows] == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("name", "count", "heads"), [("（１）防災", "３件", True), ("3", "３件", False)]
)
def test_a_name_and_a_count_at_the_sides_head_the_records_below_them(
    name: str, count: str, heads: bool
) -> None:
    """No ruling parts the columns, so the name stands in the first alone."""
    rows = [HEADER, FIRST, SECOND, [name, "", count], THIRD]
    found = segment(page(1, [grid(rows)]))
    heading = (f"{name}　{count}",) if heads else ()
    assert sections(found)[-1] == heading
    assert len(found.tables[0].rows) == 3 + (not heads)


@pytest.mark.parametrize(("sign", "count"), [("第１章", 2), ("1", 3)])
def test_the_space_behind_a_heading_sign_may_be_all_that_runs_over_a_border(
    sign: str, count: int
) -> None:
    made = with_run(grid([HEADER, EMPTY, FIRST, SECOND]), 1, [sign, "総則"], gap=2.5)
    assert len(segment(page(1, [made])).tables[0].rows) == count


@pytest.mark.parametrize(
    ("confidences", "gap", "count"),
    [((1.0, 1.0, 1.0), 12.0, 2), ((), 10.0, 2), ((), 12.0, 3)],  # points; an em is 10
)
def test_an_ideographic_space_over_a_border_is_not_seen_on_a_picture(
    confidences: tuple[float, ...], gap: float, count: int
) -> None:
    """Some programs only move over it: then it is as wide as a character."""
    made = with_run(grid([HEADER, EMPTY, FIRST, SECOND]), 1, ["第１章", "総則"], gap=gap)
    cells = tuple(
        replace(cell, lines=tuple(replace(li, confidences=confidences) for li in cell.lines))
        if cell.text == "第１章"
        else cell
        for cell in made.cells
    )
    rows = segment(page(1, [replace(made, cells=cells)])).tables[0].rows
    assert len(rows) == count


def test_a_text_that_runs_over_the_borders_is_a_heading() -> None:
    made = with_run(grid([HEADER, EMPTY, FIRST, SECOND]), 1, ["１　総論", "に関する意見"])
    assert sections(segment(page(1, [made]))) == [("１　総論に関する意見",)] * 2


@pytest.mark.parametrize("sign", ["Ⅰ", "●", "第１章", "ア"])
def test_the_sign_of_a_heading_may_stand_in_a_cell_of_its_own(sign: str) -> None:
    rows = [HEADER, [sign, "計画全般に関すること", ""], FIRST, SECOND]
    made = grid(rows, spans={(1, 1): (1, 2)})
    assert sections(segment(page(1, [made]))) == [(f"{sign}　計画全般に関すること",)] * 2


def test_a_count_of_its_own_tells_a_heading_in_the_first_cell() -> None:
    header = ["意見", "回答", "対応"]
    rows = [header, ["・公園", "", "２件"], ["道が狭い。", "広げます。", "参考"]]
    rows += [["・道路", "", "１件"], ["橋が古い。", "直します。", "反映"]]
    found = segment(page(1, [grid(rows)]))
    assert sections(found) == [("・公園　２件",), ("・道路　１件",)]


def test_a_count_beside_a_name_that_ends_in_a_label_heads_records_too() -> None:
    """その他の御意見 would name a text that no column has, if a text stood beside it."""
    header, spans = ["改正後", "改正前", "理由"], {(row, 0): (1, 2) for row in (1, 3)}
    rows = [header, ["第１項関係", "", "1件"], ["新一", "旧一", "なし"]]
    rows += [["その他の御意見", "", "1件"], ["新二", "旧二", "なし"]]
    found = segment(page(1, [grid(rows, spans=spans)]))
    assert sections(found) == [("第１項関係　1件",), ("その他の御意見　1件",)]


@pytest.mark.parametrize(("indent", "count"), [("　", 5), ("", 8)])
def test_an_indented_heading_is_none_of_the_items_that_records_begin_with(
    indent: str, count: int
) -> None:
    items = ["（１）道が狭いので広げてほしい。", "（１）橋が古いので直してほしい。"]
    rows = [["意見", "回答"], ["交通", ""], [f"{indent}（１）計画", ""]]
    rows += [[item, "直します。"] for item in items * 2]
    rows += [[f"{indent}（１）推進", ""], ["川が深くて危ないので調べてほしい。", "調べます。"]]
    found = segment(page(1, [grid(rows)]))
    assert len(found.tables[0].rows) == count


def test_a_count_that_each_record_has_tells_no_heading() -> None:
    rows = [["意見", "回答", "件数"], ["道が狭い。", "広げます。", "２件"]]
    rows += [["歩道の整備", "", "１件"], ["橋が古い。", "直します。", "３件"]]
    assert len(segment(page(1, [grid(rows)])).tables[0].rows) == 3


@pytest.mark.parametrize("words", ["新旧対照", "計画（素案）について"])
def test_the_words_of_a_spanning_header_are_no_heading_of_a_later_page(words: str) -> None:
    head, section = [[words, ""], ["旧", "新"]], ["公園に関する意見", ""]
    rows = [["一の定め。", "一の決まり。"], ["二の定め。", "二の決まり。"]]
    pages = (
        page(1, [merged([*head, section, *rows], 0, 2)]),
        page(2, [merged([*head, *rows], 0, on=2)]),
    )
    assert sections(segment(*pages)) == [("公園に関する意見",)] * 4


def test_a_count_may_stand_beside_a_text_that_runs_over_the_borders() -> None:
    header = ["番号", "分類", "意見", "回答"]
    rows = [header, ["", "", "", "３件"], ["1", "道", "道が狭い。", "広げます。"]]
    made = with_run(grid(rows), 1, ["１　総論", "に関する意見"])
    assert sections(segment(page(1, [made]))) == [("１　総論に関する意見　３件",)]
    made = with_run(grid([header, ["", "", "", "対応済み"], rows[2]]), 1, ["１　総論", "について"])
    assert len(segment(page(1, [made])).tables[0].rows) == 2


def test_texts_of_two_cells_that_stand_close_are_a_record() -> None:
    made = with_run(grid([HEADER, EMPTY, FIRST]), 1, ["総論", "道が狭い"], gap=4.0)
    assert len(segment(page(1, [made])).tables[0].rows) == 2


def test_levels_follow_the_forms_of_headings() -> None:
    heads = ["第１章　交通", "第１節　道路", "第２節　鉄道", "第２章　公園", "第１節　遊具"]
    rows = [HEADER]
    for number, head in enumerate(heads, start=1):
        rows += [[head, "", ""], [str(number), "道が狭い。", "広げます。"]]
    found = segment(page(1, [merged(rows, 1, 3, 5, 7, 9)]))
    assert sections(found) == [
        ("第１章　交通",),
        ("第１章　交通", "第１節　道路"),
        ("第１章　交通", "第２節　鉄道"),
        ("第２章　公園",),
        ("第２章　公園", "第１節　遊具"),
    ]


def test_words_without_a_number_stand_beside_what_is_numbered() -> None:
    rows = [HEADER, ["第１章　交通", "", ""], ["第１節　道路", "", ""], FIRST]
    rows += [["その他", "", ""], SECOND]
    assert sections(segment(page(1, [merged(rows, 1, 2, 4)])))[-1] == ("その他",)


def test_sections_go_on_over_pages() -> None:
    first = merged([HEADER, ["第１章", "", ""], FIRST, ["第２章", "", ""]], 1, 3)
    second = merged([SECOND, ["第３章", "", ""], THIRD], 1, on=2)
    found = segment(page(1, [first]), page(2, [second]))
    assert len(found.tables) == 1
    assert sections(found) == [("第１章",), ("第２章",), ("第３章",)]


def test_a_heading_that_a_page_repeats_keeps_the_levels_below_it() -> None:
    rows = [HEADER, ["第１章　交通", "", ""], ["第１節　道路", "", ""], FIRST]
    again = [["第１章　交通（続き）", "", ""], SECOND]
    found = segment(page(1, [merged(rows, 1, 2)]), page(2, [merged(again, 0, on=2)]))
    assert sections(found)[-1] == ("第１章　交通", "第１節　道路")


def test_the_rest_of_a_record_below_a_repeated_heading_is_none() -> None:
    """It ends in a count, as headings do: 10か / 所 / 目標値：4,428件."""
    whole = ["公園を整備し、道を広げるものとする。"] * 2 + ["管理のあり方"]
    rows = [["改正前", "改正後", "意見"], ["第１章　交通", "", ""], whole, whole]
    rows += [["道を広げる。場所：駅前ほか10か", *whole[1:]]]
    again = [["第１章　交通（続き）", "", ""], ["所目標値：4,428件", "", ""], whole]
    found = segment(page(1, [merged(rows, 1)]), page(2, [merged(again, 0, on=2)]))
    assert sections(found) == [("第１章　交通",)] * 4


def test_a_record_below_a_heading_does_not_continue_the_page_before() -> None:
    """Without numbers, a line in mid-sentence at the page's end would speak for one record."""
    first = grid([["意見", "回答"], ["道が狭いの", "広げますの"]])
    second = merged([["第２章", ""], ["橋が古い。", "直します。"]], 0, on=2)
    found = segment(page(1, [first]), page(2, [second]))
    assert sections(found) == [(), ("第２章",)]


def test_numbers_may_begin_again_below_a_heading() -> None:
    first = merged([HEADER, ["第１章", "", ""], FIRST, SECOND], 1)
    second = merged([HEADER, ["第２章", "", ""], FIRST], 1, on=2)
    found = segment(page(1, [first]), page(2, [second]))
    assert sections(found) == [("第１章",), ("第１章",), ("第２章",)]


CHAPTER = ["第２章　雑則", "", ""]


def test_a_heading_above_the_header_of_a_later_page_opens_a_section() -> None:
    first = merged([HEADER, ["第１章　総則", "", ""], FIRST], 1)
    found = segment(page(1, [first]), page(2, [merged([CHAPTER, HEADER, SECOND], 0, on=2)]))
    assert sections(found) == [("第１章　総則",), ("第２章　雑則",)]
    assert texts(found.pages[1].header_lines).count("第２章　雑則") == 1


def test_a_heading_that_runs_over_borders_may_stand_above_the_header_too() -> None:
    second = with_run(grid([EMPTY, HEADER, SECOND], page=2), 0, ["第２章　雑則", "に関する意見"])
    first = merged([HEADER, ["第１章　総則", "", ""], FIRST], 1)
    assert sections(segment(page(1, [first]), page(2, [second])))[1] == (
        "第２章　雑則に関する意見",
    )


@pytest.mark.parametrize("second", ["【Ｂ社】", "1"])
def test_a_row_above_the_first_header_is_a_heading_if_others_stand_above_it_again(
    second: str,
) -> None:
    header, one = ["番号", "意見", "回答"], ["1", "あ。", "い。"]
    rows = [["【Ａ社】", "", ""], header, one, [second, "", ""], header, one]
    spans = {(0, 0): (1, 3), (3, 0): (1, 3)}
    sections = [row.section for row in segment(page(1, [grid(rows, spans=spans)])).tables[0].rows]
    assert sections[0] == (("【Ａ社】",) if second == "【Ｂ社】" else ())


def test_numbers_may_begin_again_below_a_heading_above_the_header() -> None:
    first = merged([["第１章　総則", "", ""], HEADER, FIRST, SECOND], 0)
    second = merged([CHAPTER, HEADER, FIRST], 0, top=400)
    found = segment(page(1, [first, second]))
    assert sections(found) == [("第１章　総則",), ("第１章　総則",), ("第２章　雑則",)]


@pytest.mark.parametrize("name", ["意見と回答の一覧", "【提出された意見】", "計画（案）について"])
def test_a_row_above_the_header_that_names_the_table_is_no_section(name: str) -> None:
    pages = [page(n, [merged([[name, "", ""], HEADER, row], 0, on=n)])
             for n, row in ((1, FIRST), (2, SECOND))]  # fmt: skip
    assert sections(segment(*pages)) == [(), ()]


def test_a_long_heading_above_the_header_does_not_hide_it() -> None:
    text = (
        "第１章　総則（計画の位置付け、計画の期間及び計画の推進体制に関する事項）について（２件）"
    )
    rows = [[text, "", ""], HEADER, FIRST, SECOND]
    assert sections(segment(page(1, [merged(rows, 0)]))) == [(text,)] * 2


def test_a_header_in_mid_table_is_no_record() -> None:
    rows = [HEADER, FIRST, ["第２章", "", ""], HEADER, SECOND]
    found = segment(page(1, [merged(rows, 2)]))
    assert sections(found) == [(), ("第２章",)]
    assert texts(found.pages[0].header_lines).count("意見") == 2


@pytest.mark.parametrize(
    "text",
    [
        "以上",
        "（以上）",
        "（以下余白）",
        "合計　２件",
        "提出者数　３人　意見数　５件",
        "小計（２件）",
    ],
)
def test_closing_words_are_furniture(text: str) -> None:
    found = segment(page(1, [merged([HEADER, FIRST, SECOND, [text, "", ""]], 3)]))
    assert len(found.tables[0].rows) == 2
    assert texts(found.pages[0].furniture_lines) == [text]


def test_a_sum_whose_figure_a_ruling_hides_on_a_scan_is_no_record() -> None:
    found = segment(page(1, [grid([HEADER, FIRST, SECOND, ["小計￡", "件", ""]])]))
    assert len(found.tables[0].rows) == 2


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("3", "意見なし"),
        ("3", "その他の質問"),
        ("", "意見なし"),
        ("", "橋が古いので直してください。"),
    ],
)
def test_what_may_be_a_record_stays_one(number: str, text: str) -> None:
    """Merged over the texts, but counted or a sentence; or nothing that could head others."""
    rows = [HEADER, FIRST, SECOND, [number, text, ""], ["4", "川が深い。", "調べます。"]]
    found = segment(page(1, [grid(rows, spans={(3, 1): (1, 2)})]))
    assert len(found.tables[0].rows) == 4
    assert sections(found) == [()] * 4


def test_a_number_that_does_not_count_is_part_of_the_heading() -> None:
    rows = [HEADER, ["1", "総論", ""], FIRST, SECOND, ["2", "各論", ""], THIRD]
    found = segment(page(1, [grid(rows, spans={(1, 1): (1, 2), (4, 1): (1, 2)})]))
    assert sections(found) == [("1　総論",), ("1　総論",), ("2　各論",)]


def test_words_where_the_records_have_numbers_are_a_doubtful_heading() -> None:
    rows = [HEADER, ["総論", "", ""], FIRST, SECOND, ["各論", "", ""], THIRD]
    found = segment(page(1, [grid(rows)]))
    assert sections(found) == [("総論",), ("総論",), ("各論",)]
    confidences = [row.confidence for row in found.tables[0].rows]
    assert confidences[0] < 1.0
    assert confidences[1] == 1.0


def test_headings_may_stand_alone_in_a_first_column_of_answers() -> None:
    rows = [["回答", "意見"], ["■交通", ""], ["道路を広げることとしました。", "道が狭い。"]]
    rows += [["橋は来年度に架け替えます。", "橋が古い。"], ["■公園", ""]]
    rows += [["遊具は毎年点検しています。", "遊具が古い。"]]
    assert sections(segment(page(1, [grid(rows)]))) == [("■交通",), ("■交通",), ("■公園",)]


def test_a_heading_of_a_series_may_end_in_kana() -> None:
    rows = [["意見", "回答"]]
    for number, word in enumerate(("安心", "にぎわい", "協働"), start=1):
        text = f"道路を広げる工事を急いでほしい{number}。"
        rows += [[f"基本目標{number}　{word}", ""], [text, "順次広げる工事を行います。"]]
    found = segment(page(1, [grid(rows)]))
    assert sections(found) == [(row[0],) for row in rows[1::2]]


def test_a_comment_without_an_answer_stays_a_record() -> None:
    rows = [
        ["意見", "回答"],
        ["道が狭い", "広げます。"],
        ["駐輪場の増設", ""],
        ["橋が古い", "直す。"],
    ]
    found = segment(page(1, [grid(rows)]))
    assert len(found.tables[0].rows) == 3
    assert found.tables[0].rows[1].confidence < 1.0


def test_a_numbered_line_of_a_cut_record_is_no_heading_where_records_have_such_lines() -> None:
    first = merged([COMPARED, ["１　総則", "", ""], ["1", "第１章", "第１章"]], 1)
    cell = next(cell for cell in first.cells if (cell.row, cell.column) == (2, 1))
    more = line("２　範囲", x0=cell.box.x0 + 2, top=cell.box.top + 12)
    cells = (replace(c, lines=(*c.lines, more)) if c is cell else c for c in first.cells)
    rest = grid([["", "３　用語の定め", ""], ["2", "第２章", "第２章"]], page=2)
    found = segment(page(1, [replace(first, cells=tuple(cells))]), page(2, [rest]))
    assert set(sections(found)) == {("１　総則",)}


def test_a_word_alone_above_a_heading_is_an_outer_heading() -> None:
    asked, answered = "歩道が狭いので広げてほしい。", "広げます。"
    inner = [
        ["（１）施設（1件）", ""],
        [asked, answered],
        ["（２）協働（1件）", ""],
        [asked, answered],
    ]
    found = segment(page(1, [grid([HEADER[1:], ["公園", ""], *inner])]))
    assert sections(found) == [("公園", "（１）施設（1件）"), ("公園", "（２）協働（1件）")]
    assert found.tables[0].rows[0].confidence < 0.95
    found = segment(page(1, [grid([HEADER[1:], ["公園", ""], *inner[1:]])]))
    assert len(found.tables[0].rows) == 3


def test_the_rest_of_a_cut_record_is_no_heading() -> None:
    """Its number is on the page before, and only one of its texts goes on."""
    first = grid([HEADER, ["1", "道が狭いことへの不", "広げます。"]])
    second = grid([["", "安と対策", ""], SECOND, THIRD], page=2)
    found = segment(page(1, [first]), page(2, [second]))
    assert sections(found) == [()] * 3


def test_a_heading_between_two_grids_of_a_table_without_sides() -> None:
    first = grid([HEADER, FIRST])
    second = grid([["1", "橋が古い。", "直します。"], SECOND], top=160)
    heading = line("第２章　公園", x0=2, top=145)
    found = segment(page(1, [first, second], [heading]))
    assert sections(found) == [(), ("第２章　公園",), ("第２章　公園",)]
    assert found.pages[0].furniture_lines == ()


def test_a_header_that_stands_above_a_later_grid_is_no_heading() -> None:
    head = [["新旧対照", ""], ["旧", "新"]]
    rows = [["一の定め。", "一の決まり。"], ["二の定め。", "二の決まり。"]]
    pages = [
        page(1, [merged([*head, *rows], 0)]),
        page(2, [merged([head[0], *rows], 0, on=2)]),
        page(3, [grid(rows, page=3, top=160)], [line("新旧対照", x0=2, top=145, page=3)]),
    ]
    assert sections(segment(*pages)) == [()] * 6


def test_prose_between_two_grids_is_no_heading() -> None:
    first = grid([HEADER, FIRST])
    second = grid([SECOND, THIRD], top=160)
    prose = line("ここまでが総論です。", x0=2, top=145)
    found = segment(page(1, [first, second], [prose]))
    assert sections(found) == [()] * 3
    assert texts(found.pages[0].furniture_lines) == ["ここまでが総論です。"]


def test_a_heading_that_a_page_prints_again_with_its_count_opens_no_section() -> None:
    """The row below it goes on with a record of the page before."""
    below = [["", "ぶない。", ""], SECOND]
    again = merged([["第１章　総則（つづき）　２件", "", ""], *below], 0, on=2)
    first = merged([HEADER, ["第１章　総則　２件", "", ""], ["1", "道があ", "広げます。"]], 1)
    found = segment(page(1, [first]), page(2, [again]))
    assert sections(found) == [("第１章　総則　２件",), ("第１章　総則　２件",)]


def test_a_running_foot_right_below_a_table_opens_no_section() -> None:
    cut = ["1", "道があ", "広げます。"]
    rest = [["", "ぶない。", ""], SECOND]
    feet = [line(f"土木課　　　{n}", top=164, page=n) for n in (1, 2)]
    found = segment(
        page(1, [grid([HEADER, FIRST, cut])], feet[:1]), page(2, [grid(rest, page=2)], feet[1:])
    )
    assert sections(found) == [(), (), ()]


def test_a_heading_at_a_page_s_foot_is_no_title_of_the_next_page() -> None:
    """The next page prints the header again, as that of another table would."""
    foot = [line("第２章　雑則", top=144)]
    found = segment(
        page(1, [grid([HEADER[1:], FIRST[1:]])], [line("意見と回答", top=60, size=14), *foot]),
        page(2, [grid([HEADER[1:], SECOND[1:], THIRD[1:]], page=2)]),
    )
    (table,) = found.tables
    below = ("第２章　雑則",)
    assert (table.title, sections(found)) == ("意見と回答", [(), below, below])


def test_a_line_that_no_ruling_closes_at_a_pages_end_is_no_heading() -> None:
    """It begins a record whose other texts fitted on the next page only."""
    begun = ["", "", "6．橋に関する事項"]
    first = grid(
        [COMPARED, *[["1", "橋の古い部分を直す。" * 4, "橋を直す。" * 4]] * 3, begun],
        open_bottom=True,
    )
    rest = grid([["2", "道を広げる。", "速やかに広げる。"]], page=2)
    (table,) = segment(page(1, [first]), page(2, [rest])).tables
    assert [line.text for line in table.rows[-1].fields[2].lines] == [begun[2], "速やかに広げる。"]
    assert not table.rows[-1].section


def test_a_passage_that_no_ruling_closes_at_a_pages_end_is_no_heading() -> None:
    """Only its first lines fitted on the page, and the number stands in the middle of the rest."""
    header = ["番号", "該当箇所", "意見", "回答"]
    rows = [[str(n), "橋の古い部分を直す。" * 4, "直してほしい。", "直します。"] for n in (1, 2)]
    first = grid([header, *rows, ["", "ア　点検の方法", "", ""]], open_bottom=True)
    rest = grid([["3", "イ　修繕の方法", "急いでほしい。", "急ぎます。"]], page=2)
    (table,) = segment(page(1, [first]), page(2, [rest])).tables
    assert [line.text for line in table.rows[-1].fields[1].lines] == [
        "ア　点検の方法",
        "イ　修繕の方法",
    ]


def test_a_heading_right_below_the_header_names_no_column() -> None:
    """The word 意見 in it would make the first column one of comments."""
    header, heading = ["該当箇所", "修正前", "修正後"], ["交通に関する意見", "", ""]
    rows = [
        ["第１章", "橋の古い部分を直す。", "橋を直す。"],
        ["第２章", "道を広げる。", "道を直す。"],
    ]
    found = segment(page(1, [grid([header, heading, *rows])]))
    assert [column.header for column in found.tables[0].columns] == header
    assert sections(found) == [(heading[0],)] * 2


@pytest.mark.parametrize("column", [1, 2])
def test_a_line_that_leaves_its_cell_heads_rows_although_room_parts_its_end(column: int) -> None:
    """A program sets a quarter of an em beside letters and digits, here behind the border.

    The line may run through a whole cell between its first one and that of its end.
    """
    made = grid([HEADER, ["", "", ""], FIRST])
    first = line("第１条（定義）関係（1", x0=2, top=122)
    pieces = {(1, 0): first, (1, column): line("件）", x0=first.end + 2.5, top=122)}
    cells = (
        replace(cell, lines=(pieces[cell.row, cell.column],))
        if (cell.row, cell.column) in pieces
        else cell
        for cell in made.cells
    )
    assert sections(segment(page(1, [replace(made, cells=tuple(cells))]))) == [
        ("第１条（定義）関係（1件）",)
    ]


@pytest.mark.parametrize("gap", [-5.0, -2.0])
def test_a_line_that_begins_before_its_cell_goes_on_with_the_one_beside_it(gap: float) -> None:
    """Programs set some characters closer than others: in vertical type, or brackets in a row."""
    made = with_run(grid([HEADER, EMPTY, FIRST]), 1, ["２　公園（２件）", "（遊具）"], gap=gap)
    assert sections(segment(page(1, [made]))) == [("２　公園（２件）（遊具）",)]


@pytest.mark.parametrize(
    ("rest", "section"),
    [
        ("に関すること", ("（３）地域医療の連携に関すること",)),
        ("その他", ("（３）地域医療", "その他")),
    ],
)
def test_a_heading_that_a_pages_end_cuts_is_one(rest: str, section: tuple[str, ...]) -> None:
    begun = section[0].removesuffix(rest)
    above = grid([HEADER, FIRST, [begun, "", ""]])
    below = grid([[rest, "", ""], SECOND, THIRD], page=2)
    assert sections(segment(page(1, [above]), page(2, [below]))) == [(), section, section]


def test_an_item_in_the_column_of_the_numbers_heads_rows_of_the_next_page() -> None:
    """Alone at a page's foot it became a record, and the rows below lacked their section."""
    rows = [
        ["No", "意見", "回答"],
        ["・道路", "", ""],
        ["1", "あ。", "い。"],
        ["2", "う。", "え。"],
    ]
    first = grid([*rows, ["・雪の\n除排雪", "", ""]])
    segmented = segment(page(1, [first]), page(2, [grid([["3", "お。", "か。"]], page=2)]))
    assert [row.section for row in segmented.tables[0].rows] == [
        ("・道路",),
        ("・道路",),
        ("・雪の除排雪",),
    ]


def test_a_heading_alone_in_a_column_of_labels_may_open_a_page() -> None:
    """A label that had room for more is not the upper part of その他."""
    header = ["分類", "意見", "回答"]
    above = grid([header, ["産業振興", "", ""], ["道路", *FIRST[1:]], ["橋", *SECOND[1:]]])
    below = grid([["その他", "", ""], ["川", *THIRD[1:]], ["池", *THIRD[1:]]], page=2)
    found = segment(page(1, [above]), page(2, [below]))
    assert sections(found) == [("産業振興",)] * 2 + [("その他",)] * 2


def test_headings_between_the_numbers_of_rows_that_nothing_parts() -> None:
    """They run over the borders of the only ruled row."""
    numbers = "第１条　総則\n1\n2\n第２条　雑則\n3"
    comments = f"\n{FIRST[1]}\n{SECOND[1]}\n\n{THIRD[1]}"
    answers = f"\n{FIRST[2]}\n{SECOND[2]}\n\n{THIRD[2]}"
    found = segment(page(1, [grid([HEADER, [numbers, comments, answers]])]))
    assert sections(found) == [("第１条　総則",)] * 2 + [("第２条　雑則",)]


@pytest.mark.parametrize("text", ["第９条　（略）", "第９条　区長は、地域の団体"])
def test_an_article_in_one_version_only_is_no_heading(text: str) -> None:
    """Short and marked as headings are, it is left out, or has a topic."""
    rows = [
        [
            f"第{n}条　{own}に関し必要な措置を講ずるものとする。",
            f"第{n}条　{own}に関し措置を講ずる。",
        ]
        for n, own in enumerate("道橋川山谷", 1)
    ]
    lone = [["第６条　（略）", ""], [text, ""], ["第10条　海を守る。", "第10条　海を保つ。"]]
    table = segment(page(1, [grid([["改正案", "現行"], *rows, *lone])])).tables[0]
    assert [len(table.rows), {row.section for row in table.rows}] == [8, {()}]


@pytest.mark.parametrize("text", ["第１章　総則", "■道路", "その他"])
def test_a_lone_answer_that_begins_as_headings_do_is_an_answer(text: str) -> None:
    found = segment(page(1, [grid([HEADER, FIRST, SECOND, ["", "", text], THIRD])]))
    assert sections(found) == [()] * 4
    assert found.tables[0].rows[2].fields[2].text == text.replace("　", "")


def test_comments_of_a_chapter_without_answers_head_no_rows() -> None:
    """Each of them but the last was lost: it was the heading of a row that had none."""
    comments = ["道路の拡幅について", "バスの増便について", "公園の整備について"]
    rows = [HEADER[1:], ["第１章　総則", ""], *([text, ""] for text in comments)]
    found = segment(page(1, [grid(rows, spans={(1, 0): (1, 2)})]))
    assert sections(found) == [("第１章　総則",)] * 3

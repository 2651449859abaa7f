"""Tables that go on over pages, and where another begins."""

import pytest
from msgspec.structs import replace

from pipeline.model import Page
from tests.support.grids import grid, numbers, page, segment
from tests.support.making import line


def test_a_table_goes_on_without_its_header() -> None:
    segmented = segment(
        page(1, [grid([["No", "意見", "回答"], ["1", "あ", "い"]])]),
        page(2, [grid([["2", "う", "え"], ["3", "お", "か"]], page=2)]),
    )
    assert numbers(segmented) == [["1", "2", "3"]]


def test_a_repeated_header_is_no_record() -> None:
    segmented = segment(
        page(1, [grid([["No", "意見", "回答"], ["1", "あ", "い"]])]),
        page(2, [grid([["No", "意見", "回答"], ["2", "う", "え"]], page=2)]),
    )
    assert numbers(segmented) == [["1", "2"]]
    assert len(segmented.pages[1].header_lines) == 3


def test_the_newest_record_may_come_first() -> None:
    header = ["No", "意見", "回答"]
    segmented = segment(
        page(1, [grid([header, ["4", "あ", "い"], ["3", "う", "え"]])]),
        page(2, [grid([header, ["2", "お", "か"], ["1", "き", "く"]], page=2)]),
    )
    assert numbers(segmented) == [["4", "3", "2", "1"]]


def test_a_header_at_a_pages_foot_that_was_read_differently_is_no_record() -> None:
    rows = [["No", "意見の概要", "回答"], ["1", "あ", "い"], ["No", "意見の慨要", "回答"]]
    below = page(2, [grid([["2", "う", "え"]], page=2)])
    assert numbers(segment(page(1, [grid(rows)]), below)) == [["1", "2"]]


def test_a_row_two_of_whose_cells_are_unlike_the_header_is_a_record() -> None:
    rows = [["意見No.", "質問", "回答"], ["意見Ｎ0．", "質疑", "回答"]]
    segmented = segment(page(1, [grid(rows)]))
    assert [len(table.rows) for table in segmented.tables] == [1]


def test_another_heading_and_a_new_count_begin_another_table() -> None:
    def of(number: int, round_: str) -> Page:
        title = line("意見の結果について", x0=0, top=20, page=number, size=14)
        caption = line(round_, x0=0, top=50, page=number)
        piece = grid([["No", "意見", "回答"], ["1", "あ", "い"]], page=number)
        return page(number, [piece], [title, caption])

    segmented = segment(of(1, "【第１回】"), of(2, "【第２回】"))
    assert [(t.title, t.caption) for t in segmented.tables] == [
        ("意見の結果について", "【第１回】"),
        ("意見の結果について", "【第２回】"),
    ]


def test_the_rest_of_a_header_that_a_page_cuts_is_no_record() -> None:
    header = [["No", "意見（趣旨を損なわない", "回答"]]
    below = [["", "範囲で要約したもの）", ""], ["1", "あ", "い"], ["2", "う", "え"]]
    segmented = segment(page(1, [grid(header)]), page(2, [grid(below, page=2)]))
    assert numbers(segmented) == [["1", "2"]]
    assert [li.text for li in segmented.pages[1].header_lines] == ["範囲で要約したもの）"]


def test_a_caption_like_the_headings_inside_a_table_is_one_of_them() -> None:
    texts = ["道が狭い。", "広げます。"]
    rows = [["意見", "回答"], texts, ["【Ｂ社】", ""], texts, ["【Ｃ社】", ""], texts]
    loose = [line("意見と回答", top=20, size=14), line("【Ａ社】", top=80)]
    body = grid(rows, spans={(2, 0): (1, 2), (4, 0): (1, 2)})
    (table,) = segment(page(1, [body], loose)).tables
    assert (table.title, table.caption) == ("意見と回答", None)
    assert [row.section for row in table.rows] == [("【Ａ社】",), ("【Ｂ社】",), ("【Ｃ社】",)]


def test_a_heading_like_the_caption_below_a_last_row_is_no_text_of_it() -> None:
    """No ruling closes the row, and the next table prints the header again."""
    header, texts = ["意見", "回答"], ["橋が古い。", "直します。"]
    rows = [header, ["道が狭い。\n\n\n【Ｂ社】", "広げます。"]]
    first = grid(rows, open_bottom=True)
    second = grid([header, texts], top=200)
    loose = [line("意見と回答", top=20, size=14), line("【Ａ社】", top=80)]
    (table,) = segment(page(1, [first, second], loose)).tables
    assert [row.fields[0].text for row in table.rows] == ["道が狭い。", "橋が古い。"]
    assert [row.section for row in table.rows] == [("【Ａ社】",), ("【Ｂ社】",)]


@pytest.mark.parametrize("is_open", [False, True])
def test_the_last_item_of_a_list_in_a_last_row_heads_nothing(is_open: bool) -> None:
    """Neither below a ruling that closes the row, nor where its lines stand evenly."""
    text = "歩道を広げ、\n\n（１）照明\n\n（２）標識"
    body = grid([["意見", "回答"], [text, "設けます。"]], open_bottom=is_open)
    loose = [line("意見と回答", top=20, size=14), line("（１）道路", top=80)]
    (table,) = segment(page(1, [body], loose)).tables
    assert table.rows[0].fields[0].text.endswith("（２）標識")


def test_a_picture_alone_in_a_last_row_is_a_record() -> None:
    body = grid([["No", "意見", "回答"], ["1", "あ", "い"], ["", "", ""]])
    *cells, shown, last = body.cells
    body = replace(body, cells=(*cells, replace(shown, pictured=True), last))
    assert numbers(segment(page(1, [body]))) == [["1", ""]]


def test_a_label_merged_over_the_header_and_headings_alone_is_kept() -> None:
    rows = [["旧", "修正後", "備考"], ["１　総則", "", ""], ["【意見】", "", ""]]
    body = grid(rows, spans={(0, 2): (3, 1), (1, 0): (1, 2), (2, 0): (1, 2)})
    (found,) = segment(page(1, [body])).pages
    texts = [li.text for li in (*found.header_lines, *found.furniture_lines)]
    assert sorted(texts) == sorted(li.text for li in body.lines)


def test_headings_alone_at_a_pages_foot_are_no_records() -> None:
    """No record below the header shows yet what its columns hold."""
    text = "計画を定めるものとする。"
    headings = ["●第２条関係", "・公園について", "ア　遊具（１件）"]
    versions = [["改正後", "改正前", "理由"], *([heading, "", ""] for heading in headings)]
    below = page(2, [grid([[text, text, "改めた。"]], page=2)])
    segmented = segment(page(1, [grid(versions)]), below)
    (row,) = segmented.tables[0].rows
    assert row.section == tuple(headings)

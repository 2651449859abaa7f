"""segment: several answers to one comment, and one answer to several comments."""

import pytest
from msgspec.structs import replace

from pipeline.model import Cell, Grid
from tests.support.grids import grid, page, segment
from tests.unit.segment.shapes.test_cards import records

HEADER = ["番号", "意見", "担当課", "回答"]
ONE = [str(1), "道が狭い。", "道路課", "広げます。"]


def shared(rows: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Number and comment in row 2 are merged over some rows."""
    return {(2, 0): (rows, 1), (2, 1): (rows, 1)}


def test_each_answer_of_a_comment_is_a_record() -> None:
    rows = [
        HEADER,
        ONE,
        ["2", "ごみ箱を。", "公園課", "増やしません。"],
        ["", "", "清掃課", "集めます。"],
    ]
    found = segment(page(1, [grid(rows, spans=shared(2))]))
    assert [(r["number"], r["comment"], r["response"]) for r in records(found)] == [
        ("1", "道が狭い。", "広げます。"),
        ("2", "ごみ箱を。", "増やしません。"),
        ("2", "ごみ箱を。", "集めます。"),
    ]
    assert not [issue for issue in found.header.issues if issue.code == "number_gap"]


def test_only_the_answer_is_parted() -> None:
    rows = [["番号", "意見", "回答"], ["1", "ごみ箱を。", "増やしません。"], ["", "", "集めます。"]]
    found = segment(page(1, [grid(rows, spans={(1, 0): (2, 1), (1, 1): (2, 1)})]))
    assert [r["comment"] for r in records(found)] == ["ごみ箱を。"] * 2


def opinion(part: int) -> list[str]:
    """A part of an opinion, and its answer, with the end of a line in mid-sentence."""
    return [f"({part})駅前の道路が\n狭いと思う。", f"({part})道路は来年度\nに広げます。"]


@pytest.mark.parametrize(
    ("cut", "expected"),
    [(0, ["1", "1", "2", "2", "3"]), (1, ["1", "1", "2", "3"])],
)
def test_a_part_of_an_opinion_with_its_own_answer_is_a_record(
    cut: int, expected: list[str]
) -> None:
    last, following = opinion(1), opinion(2)
    if cut:
        last, following = zip(*(text.split("\n") for text in last), strict=True)
    above = grid(
        [["番号", "意見", "回答"], ["1", *opinion(1)], ["", *opinion(2)], ["2", *last]],
        spans={(1, 0): (2, 1)},
        open_bottom=True,
    )
    below = grid([["番号", "意見", "回答"], ["", *following], ["3", *opinion(1)]], page=2)
    found = segment(page(1, [above]), page(2, [below]))
    assert [r["number"] for r in records(found)] == expected


def test_a_small_table_inside_an_answer_parts_nothing() -> None:
    rows = [
        ["番号", "意見", "回答", ""],
        ["1", "件数は。", "次のとおり。", ""],
        ["", "", "窓口", "一件"],
        ["", "", "郵送", "二件"],
    ]
    spans = {(0, 2): (1, 2), (1, 0): (3, 1), (1, 1): (3, 1), (1, 2): (1, 2)}
    assert len(records(segment(page(1, [grid(rows, spans=spans)])))) == 1


def over_the_page(
    first: list[str], second: list[str], room: float = 0.0, leading: float = 0.0
) -> list[dict[str, str]]:
    """The records of a table of which the next page begins with a row without a number.

    Args:
        first: The last row before the page's end.
        second: The first row after it.
        room: How many points the cells of the first row are higher than their text.
        leading: How many points its lines are farther apart than they are high.
    """
    rows = [HEADER, ONE, ["2", "橋が古い。", "道路課", "直します。"], first]
    above = grid(rows)
    bottom = above.row_edges[-1] + room
    cells = (
        _stretch(cell, bottom, leading) if cell.row == len(rows) - 1 else cell
        for cell in above.cells
    )
    above = replace(above, cells=tuple(cells), row_edges=(*above.row_edges[:-1], bottom))
    below = grid([HEADER, second, ["4", "木が多い。", "公園課", "切ります。"]], page=2)
    return records(segment(page(1, [above]), page(2, [below])))


def _stretch(cell: Cell, bottom: float, leading: float) -> Cell:
    lines = tuple(
        replace(line, top=line.top + place * leading, bottom=line.bottom + place * leading)
        for place, line in enumerate(cell.lines)
    )
    return replace(cell, box=replace(cell.box, bottom=bottom), lines=lines)


LAST = ["3", "ごみ箱を。", "公園課", "増やしません。"]


def test_another_division_on_the_next_page_is_another_answer() -> None:
    found = over_the_page(LAST, ["", "", "清掃課", "集めます。"])
    assert [(r["number"], r["comment"]) for r in found][2:4] == [("3", "ごみ箱を。")] * 2
    assert [r["response"] for r in found][2:4] == ["増やしません。", "集めます。"]


@pytest.mark.parametrize(("comment", "confidence"), [("", 0.98), ("人手を。", 0.73)])
def test_another_answer_is_doubtful_where_another_comment_may_stand_beside_it(
    comment: str, confidence: float
) -> None:
    above = grid([HEADER, ONE, ["2", "橋が古い。", "道路課", "直します。"], LAST])
    last = ["4", "木が多い。", "公園課", "切ります。"]
    below = grid([HEADER, ["", comment, "清掃課", "集めます。"], last], page=2)
    (table,) = segment(page(1, [above]), page(2, [below])).tables
    assert [round(row.confidence, 2) for row in table.rows[2:4]] == [confidence] * 2


def test_a_division_with_room_below_was_not_cut() -> None:
    last = ["3", "ごみ箱を。", "公園\n課", "増やしません。"]
    found = over_the_page(last, ["", "", "清掃\n課", "集めます。"], room=60)
    assert [r["response"] for r in found][2:4] == ["増やしません。", "集めます。"]


def test_a_division_whose_last_two_lines_are_kept_together_is_cut() -> None:
    """Programs leave room for one line above them: as high as one, and its leading."""
    last = ["3", "①ごみ箱を。\n②人手を。\n③場所を。", "環境\n清掃", "増やしません。"]
    below = ["", "④日を。", "美化\n課", "集めます。"]
    assert [r["number"] for r in over_the_page(last, below, room=36, leading=8)][2:] == ["3", "4"]


def test_the_second_line_of_a_label_alone_is_no_other_answer() -> None:
    found = over_the_page(LAST, ["", "", "清掃課", ""])
    assert [(r["number"], r["担当課"]) for r in found][2:] == [
        ("3", "公園課/清掃課"),
        ("4", "公園課"),
    ]


def test_a_comment_that_the_page_cuts_goes_to_both_answers() -> None:
    last = ["3", "ごみ箱を増やしてほ", "公園課", "増やしません。"]
    found = over_the_page(last, ["", "しい。", "清掃課", "集めます。"])
    assert [(r["comment"], r["response"]) for r in found][2:4] == [
        ("ごみ箱を増やしてほ/しい。", "増やしません。"),
        ("ごみ箱を増やしてほ/しい。", "集めます。"),
    ]


def test_a_name_that_the_page_cuts_with_comment_and_answer_begins_no_other_answer() -> None:
    """高橋 and 真理子: no answer ends in the middle of a sentence."""
    last = ["3", "ごみ箱を増やしてほ", "高橋", "増やすことはでき"]
    found = over_the_page(last, ["", "しい。", "真理子", "ません。"])
    assert [(r["number"], r["response"]) for r in found][2:] == [
        ("3", "増やすことはでき/ません。"),
        ("4", "切ります。"),
    ]


def test_the_same_division_on_the_next_page_is_another_answer_of_its_own() -> None:
    """It would be doubled in the rest of one."""
    found = over_the_page(LAST, ["", "", "公園課", "集めます。"])
    assert [r["担当課"] for r in found][2:4] == ["公園課"] * 2
    assert [r["response"] for r in found][2:4] == ["増やしません。", "集めます。"]


def test_an_answer_that_goes_on_is_one_record() -> None:
    found = over_the_page([*LAST[:3], "増やさず、"], ["", "", "", "集めます。"])
    assert [r["number"] for r in found] == ["1", "2", "3", "4"]
    assert found[2]["response"] == "増やさず、/集めます。"


def test_the_end_of_a_reason_is_no_label_of_another_answer() -> None:
    """It may stand alone in its column on the next page, with room below it on the first."""
    last = ["3", "ごみ箱を置いてほし", "街が汚いと\nいわ", "増やさず"]
    found = over_the_page(last, ["", "い。", "れる。", "集めます。"], room=60)
    assert [r["number"] for r in found] == ["1", "2", "3", "4"]


def test_a_comment_that_the_page_cuts_beside_two_answers_parts_them_from_the_first() -> None:
    header = ["番号", "意見", "回答"]
    first = grid(
        [header, ["1", "道が狭い。", "広げます。"], ["2", "ごみ箱を増やしてほ", "検討します。"]]
    )
    rows = [header, ["", "しい。", "増やしません。"], ["", "", "集めます。"]]
    second = grid(rows, page=2, spans={(1, 0): (2, 1), (1, 1): (2, 1)})
    found = records(segment(page(1, [first]), page(2, [second])))
    assert [(r["number"], r["comment"], r["response"]) for r in found[1:]] == [
        ("2", "ごみ箱を増やしてほ/しい。", answer)
        for answer in ("検討します。", "増やしません。", "集めます。")
    ]


def test_the_rest_of_a_comment_beside_two_answers_is_no_third_one() -> None:
    header = ["番号", "意見", "回答"]
    rows = [header, ["1", "①道が狭い。", "広げます。"], ["", "", "調べます。"]]
    first = grid(rows, spans={(1, 0): (2, 1), (1, 1): (2, 1)})
    second = grid([header, ["", "②橋が古い。", ""], ["2", "坂も。", "直します。"]], page=2)
    found = records(segment(page(1, [first]), page(2, [second])))
    assert [(r["comment"], r["response"]) for r in found] == [
        ("①道が狭い。/②橋が古い。", "広げます。"),
        ("①道が狭い。/②橋が古い。", "調べます。"),
        ("坂も。", "直します。"),
    ]


def test_the_rest_of_a_comment_that_shares_its_answer_is_no_comment_of_its_own() -> None:
    header = ["番号", "項目", "意見", "回答"]
    rows = [
        header,
        ["1", "道路", "道が狭い。", "広げます。"],
        ["", "", "", "調べます。"],
        ["2", "橋", "橋が古い。", "直します。"],
        ["3", "坂", "①坂が急だ。", ""],
    ]
    merged = {(1, column): (2, 1) for column in range(3)}
    first = grid(rows, spans={**merged, (3, 3): (2, 1)})
    below = [header, ["", "", "②暗い。", ""], ["4", "木", "木が多い。", "切ります。"]]
    found = records(segment(page(1, [first]), page(2, [grid(below, page=2)])))
    assert [r["comment"] for r in found][2:] == ["橋が古い。", "①坂が急だ。/②暗い。", "木が多い。"]


@pytest.mark.parametrize("own", [True, False])
def test_a_text_without_labels_is_no_other_answer_where_the_next_has_its_own(own: bool) -> None:
    header = ["番号", "意見", "担当課", "担当係", "反映", "回答"]
    labels = ["清掃課", "収集係", "有"] if own else ["", "", ""]
    upper = [[str(row), f"意見{row}。", "公園課", "管理係", "無", "直します。"] for row in (1, 2)]
    lower = [["", "", "", "", "", "街の美観のためです。"], ["", "", *labels, "集めます。"]]
    merged = {(1, column): (2, 1) for column in range(2 if own else 5)}
    pages = grid([header, *upper]), grid([header, *lower], page=2, spans=merged)
    found = records(segment(page(1, [pages[0]]), page(2, [pages[1]])))
    answers = ["直します。/街の美観のためです。"] if own else ["直します。", "街の美観のためです。"]
    assert [r["response"] for r in found[1:]] == [*answers, "集めます。"]


def test_one_answer_for_comments_on_two_pages() -> None:
    first: Grid = grid([HEADER, ["1", "道が狭い。", "道路課", "広げます。"]])
    rows = [HEADER, ["2", "橋も。", "道路課", "広げます。"], ["3", "坂も。", "", ""]]
    second = grid(rows, page=2, spans={(1, 2): (2, 1), (1, 3): (2, 1)})
    found = records(segment(page(1, [first]), page(2, [second])))
    assert [r["response"] for r in found] == ["広げます。"] * 3


def test_a_page_s_end_parts_the_answers_to_a_comment_whose_number_is_printed_below() -> None:
    """The number is in the middle of the cell that the page's end cuts."""
    comment = "駅前に置くごみ箱の数"
    above = grid([HEADER, ONE, ["", comment, "公園課", "増やしません。"]])
    rows = [["2", "を増やす。", "清掃課", "集めます。"], ["", "", "市民課", "伝えます。"]]
    last = ["3", "橋が古い。", "道路課", "直します。"]
    spans = {(1, 0): (2, 1), (1, 1): (2, 1)}
    below = grid([HEADER, *rows, last], page=2, spans=spans)
    found = records(segment(page(1, [above]), page(2, [below])))
    assert [(r["number"], r["comment"], r["response"]) for r in found[1:]] == [
        ("2", f"{comment}/を増やす。", "増やしません。"),
        ("2", f"{comment}/を増やす。", "集めます。"),
        ("2", f"{comment}/を増やす。", "伝えます。"),
        ("3", "橋が古い。", "直します。"),
    ]


def test_a_division_whose_name_a_page_s_end_cuts_answers_once() -> None:
    """高齢福祉 and 課 spell the division of another record."""
    rows = [HEADER, ["1", "道が狭い。", "高齢福祉課", "広げます。"]]
    rows += [["2", "ごみ箱を。", "公園課", "増やし\nません。"], ["", "", "清掃課", "集めま\nす。"]]
    above = grid([*rows, ["3", "橋が古い。", "高齢福祉", "直しま"]], spans=shared(2))
    below = grid([["", "早く。", "課", "す。"]], page=2)
    found = records(segment(page(1, [above]), page(2, [below])))
    assert [r["number"] for r in found] == ["1", "2", "2", "3"]


def test_another_division_begins_at_a_page_s_end_without_room_for_its_answer() -> None:
    rows = [HEADER, ONE, ["2", "ごみ箱を。", "公園課", "増やしません。"], ["", "", "清掃課", ""]]
    above = grid(rows, spans=shared(2), open_bottom=True)
    below = grid([["", "", "", "集めます。"], ["3", "橋が古い。", "道路課", "直します。"]], page=2)
    found = records(segment(page(1, [above]), page(2, [replace(below, open_top=True)])))
    assert [(r["number"], r["担当課"], r["response"]) for r in found][1:] == [
        ("2", "公園課", "増やしません。"),
        ("2", "清掃課", "集めます。"),
        ("3", "道路課", "直します。"),
    ]


def test_a_ruling_that_closes_an_answer_but_not_its_number_parts_two_answers() -> None:
    """The number stands in the middle of its cell, behind the page's end."""
    rows = [
        HEADER,
        ONE,
        ["2", "橋が古い。", "道路\n課", "直します。"],
        ["", "ごみ箱を", "公園課", "増やします。"],
    ]
    above = grid(rows, open_bottom=True)
    last = above.row_count - 1
    cells = [replace(c, continues_below=c.row == last and c.column < 2) for c in above.cells]
    below = grid([["3", "増やして。", "清掃課", "集めます。"]], page=2)
    found = records(segment(page(1, [replace(above, cells=tuple(cells))]), page(2, [below])))
    assert [(r["number"], r["担当課"]) for r in found][2:] == [("3", "公園課"), ("3", "清掃課")]


def test_a_comment_is_merged_over_a_page_s_end_with_its_number_as_elsewhere() -> None:
    two = ["2", "橋が古い。", "道路課", "直します。"], ["", "", "財政課", "予算があります。"]
    above = grid(
        [HEADER, ONE, *two, ["3", "ごみ箱を。", "公園課", "増やしません。"]], spans=shared(2)
    )
    below = grid(
        [HEADER, ["", "人手も。", "清掃課", "集めます。"], ["4", "木を。", "公園課", "切ります。"]],
        page=2,
    )
    found = records(segment(page(1, [above]), page(2, [below])))
    assert [(r["comment"], r["response"]) for r in found][3:5] == [
        ("ごみ箱を。/人手も。", "増やしません。"),
        ("ごみ箱を。/人手も。", "集めます。"),
    ]

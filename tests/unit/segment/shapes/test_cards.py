"""segment: a small table for each record, its labels beside or above the values."""

from itertools import pairwise

import pytest
from msgspec.structs import replace

from pipeline.model import Box, Segmented
from tests.support.grids import grid, page, segment
from tests.support.making import line

FULL = (1, 2)  # row and column span of a cell over both columns


def card(number: str, comment: str, answer: str) -> list[list[str]]:
    return [["No.", number], ["該当箇所", "第２章"], ["意見", comment], ["回答", answer]]


def records(found: Segmented, table: int = 0) -> list[dict[str, str]]:
    """The texts of each record by role, or by header where a column has no role."""
    columns = found.tables[table].columns
    return [
        {
            column.role or column.header: "/".join(li.text for li in field.lines)
            for column, field in zip(columns, row.fields, strict=True)
        }
        for row in found.tables[table].rows
    ]


def test_cards_with_the_same_labels_are_one_table() -> None:
    grids = [
        grid(card("1", "道が狭い。", "広げます。"), top=100),
        grid(card("2", "橋が古い。", "直します。"), top=200),
    ]
    found = segment(page(1, grids, [line("意見と回答", top=50)]))
    (table,) = found.tables
    assert (table.title, [column.header for column in table.columns]) == (
        "意見と回答",
        ["No.", "該当箇所", "意見", "回答"],
    )
    assert records(found)[1] == {
        "number": "2",
        "original_text": "第２章",
        "comment": "橋が古い。",
        "response": "直します。",
    }
    # Labels are headers in the account of glyphs, each as often as it is printed.
    labels = [li.text for li in found.pages[0].header_lines]
    assert sorted(labels) == sorted(["No.", "該当箇所", "意見", "回答"] * 2)


def test_a_value_below_its_label_may_be_the_word_of_another_label() -> None:
    cards = [
        grid(
            [["番号", "該当箇所"], [number, place], ["意見", "回答"], ["道が狭い。", "広げます。"]],
            top=top,
        )
        for number, place, top in (("1", "参考資料", 100), ("2", "第２章", 300))
    ]
    found = records(segment(page(1, cards)))
    assert [(r["number"], r["original_text"]) for r in found] == [
        ("1", "参考資料"),
        ("2", "第２章"),
    ]


def test_a_counted_label_is_the_number_where_another_names_the_text() -> None:
    """意見１ | 道路について above 意見の概要: what stands beside the number is no comment."""
    cards = [
        grid([[f"意見{i}", what], ["意見の概要", "狭い。"], ["回答", "広げます。"]], top=150.0 * i)
        for i, what in ((1, "道路について"), (2, "橋について"))
    ]
    found = records(segment(page(1, cards)))
    assert [(r["number"], r["comment"], r["意見"]) for r in found] == [
        ("意見1", "狭い。", "道路について"),
        ("意見2", "狭い。", "橋について"),
    ]


@pytest.mark.parametrize("joined", [False, True])
def test_a_word_that_counts_the_cards_is_their_number(joined: bool) -> None:
    """Each would be a column of its own: 修正１, 修正２."""
    cards = [[[f"修正{i}", f"{i}頁"], ["修正前", "道"], ["修正後", "道路"]] for i in (1, 2)]
    grids = [grid(rows, top=150.0 * i) for i, rows in enumerate(cards)]
    found = records(segment(page(1, [grid(cards[0] + cards[1])] if joined else grids)))
    assert [(r["number"], r["修正"]) for r in found] == [("修正1", "1頁"), ("修正2", "2頁")]


def test_a_word_that_ends_in_that_for_comments_may_have_a_number() -> None:
    cards = [
        grid([[f"審査意見{i}", "狭い。"], ["対応", "広げます。"]], top=150.0 * i) for i in (1, 2)
    ]
    found = records(segment(page(1, cards)))
    assert [(r["number"], r["comment"]) for r in found] == [
        ("審査意見1", "狭い。"),
        ("審査意見2", "狭い。"),
    ]


def test_words_for_comments_beside_columns_of_comments_and_answers_are_no_labels() -> None:
    rows = [["区分", "監査結果の内容", "講じた措置の内容", "状況"]]
    rows += [[word, "狭い。", "広げます。", "措置済"] for word in ("指摘", "意見", "要望", "指摘")]
    found = records(segment(page(1, [grid(rows)])))
    assert [(r["category"], r["comment"], r["response"]) for r in found] == [
        (word, "狭い。", "広げます。") for word, *_ in rows[1:]
    ]


def test_a_value_may_be_a_word_that_is_a_label_elsewhere() -> None:
    rows = []
    for number, who in enumerate(("個人", "団体", "個人", "団体"), start=1):
        rows += [["番号", str(number), "提出者", who], ["意見", f"{who}の道が狭い。", "", ""]]
        rows += [["回答", "広げます。", "", ""]]
    spans = {(row, 1): (1, 3) for row in range(len(rows)) if row % 3}
    found = records(segment(page(1, [grid(rows, spans=spans)])))
    assert [r["submitter"] for r in found] == ["個人", "団体", "個人", "団体"]


def test_the_last_cell_of_a_row_of_pairs_is_a_value() -> None:
    """Each card is a grid of its own, so no other row shows it."""
    grids = []
    for at, who in enumerate(("団体", "委員")):
        rows = [["番号", str(at + 1), "提出者", who], ["意見", f"{who}の道が狭い。", "", ""]]
        rows.append(["回答", "広げます。", "", ""])
        spans = {(1, 1): (1, 3), (2, 1): (1, 3)}
        grids.append(grid(rows, top=100 + 100 * at, spans=spans))
    found = records(segment(page(1, grids)))
    assert [(r["number"], r["submitter"]) for r in found] == [("1", "団体"), ("2", "委員")]


@pytest.mark.parametrize("date", ["令和７年９月３日", "9月12日（金）"])
def test_an_office_and_a_date_are_values_of_a_row_of_pairs(date: str) -> None:
    """Each of them ends as a label does: 担当課, 回答日."""
    rows = []
    for text in ("道が狭い。", "橋が古い。", "坂が急だ。"):
        rows += [["意見", text, "", ""], ["回答", "直します。", "", ""]]
        rows += [["担当課", "公園緑地課", "回答日", date]]
    spans = {(row, 1): (1, 3) for row in range(len(rows)) if row % 3 < 2}
    found = records(segment(page(1, [grid(rows, spans=spans)])))
    assert [(r["担当課"], r["回答日"]) for r in found] == [("公園緑地課", date)] * 3


def test_the_texts_of_such_a_card_may_stand_below_their_labels() -> None:
    grids = []
    for at, who in enumerate(("団体", "委員")):
        rows = [
            ["番号", str(at + 1), "提出者", who],
            ["意見", "", "", ""],
            ["道が狭い。", "", "", ""],
        ]
        rows += [["回答", "", "", ""], ["広げます。", "", "", ""]]
        grids.append(grid(rows, top=100 + 150 * at, spans={(n, 0): (1, 4) for n in range(1, 5)}))
    found = records(segment(page(1, grids)))
    assert [(r["number"], r["submitter"]) for r in found] == [("1", "団体"), ("2", "委員")]


def test_a_header_with_an_unknown_word_above_few_records_is_no_row_of_pairs() -> None:
    header = ["該当ページ", "甲", "県の回答", "案への反映"]
    grids = [
        grid([header, ["第２章 P.3", "道が狭い。", "広げます。", "反映"]], top=100),
        grid([header, ["第３章 P.5", "橋が古い。", "直します。", "参考"]], top=200),
        grid([header, ["第３章 P.7", "川が深い。", "調べます。", "参考"]], top=300),
    ]
    heads = [line(f"{n}　道路", x0=0, top=100 * n - 15) for n in (1, 2, 3)]
    tables = segment(page(1, grids, heads)).tables
    texts = [row.fields[2].text for table in tables for row in table.rows]
    assert texts == ["広げます。", "直します。", "調べます。"]


def test_cards_side_by_side_have_columns_of_their_own() -> None:
    """Their lines have other margins."""
    grids = [
        grid(card("1", "道が狭い。", "広げます。"), top=100),
        grid(card("2", "橋が古い。", "直します。"), top=100, left=400),
        grid(card("3", "坂が急だ。", "削ります。"), top=200),
    ]
    (table,) = segment(page(1, grids)).tables
    places = [{part.place for own in row.fields for part in own.parts} for row in table.rows]
    assert places == [{0}, {1}, {0}]


def test_a_page_that_cuts_a_card_joins_its_parts() -> None:
    first = [["No.", "1"], ["意見", "道が狭くて"]]
    second = [["", "危ない。"], ["回答", "広げます。"], ["No.", "2"], ["意見", "橋が古い。"]]
    third = [["回答", "直します。"]]
    found = segment(
        page(1, [grid(first)]), page(2, [grid(second, page=2)]), page(3, [grid(third, page=3)])
    )
    assert [(r["comment"], r["response"]) for r in records(found)] == [
        ("道が狭くて/危ない。", "広げます。"),
        ("橋が古い。", "直します。"),
    ]


def test_the_rest_of_a_short_value_on_the_next_page_is_no_header() -> None:
    first = [["No.", "1"], ["該当箇所", "第２章"]]
    rest = [["意見", "道が狭い。"], ["回答", "広げます。"], *card("2", "橋が古い。", "直します。")]
    second = [["", "６５頁"], *rest, *card("3", "坂が急だ。", "削ります。")]
    found = segment(page(1, [grid(first)]), page(2, [grid(second, page=2)]))
    assert records(found)[0]["original_text"] == "第２章/６５頁"


def test_a_label_that_the_next_page_shows_names_the_value_before_it() -> None:
    first = [*card("1", "道が狭い。", "広げます。"), ["No.", "2"], ["", "橋が古くて"]]
    second = [["意見", "危ない。"], ["回答", "直します。"]]
    found = segment(page(1, [grid(first)]), page(2, [grid(second, page=2)]))
    assert records(found)[1]["comment"] == "橋が古くて/危ない。"


def test_a_page_s_end_may_leave_only_a_card_s_first_row() -> None:
    def texts(comment: str) -> list[list[str]]:
        return [["手紙の内容", comment], ["市からの回答", "直します。"]]

    first = [
        grid([["件名", "道路"], *texts("道が狭い。")], top=100),
        grid([["件名", "橋"]], top=300),
    ]
    second = [
        grid(texts("橋が古い。"), page=2),
        grid([["件名", "坂"], *texts("坂が急だ。")], page=2, top=300),
    ]
    found = segment(page(1, first), page(2, second))
    assert [(r["category"], r["comment"]) for r in records(found)] == [
        ("道路", "道が狭い。"),
        ("橋", "橋が古い。"),
        ("坂", "坂が急だ。"),
    ]


def test_two_texts_below_their_labels_go_on_side_by_side() -> None:
    """The page's end cuts the row of both texts of a card."""
    spans = {(row, column): (1, 2) for row in (1, 2) for column in (0, 2)}

    def wide(number: str, *texts: str) -> list[list[str]]:
        rows = [["番号", number, "該当箇所", "第２章"], ["指摘内容", "", "対応状況", ""]]
        return [*rows, [texts[0], "", texts[1], ""]]

    first = [
        grid(wide("1", "道が狭い。", "広げます。"), top=100, spans=spans),
        grid(wide("2", "橋が古くて", "直す予定で"), top=200, spans=spans),
    ]
    rest = grid([["危ない。", "", "す。", ""]], page=2, spans={(0, 0): (1, 2), (0, 2): (1, 2)})
    last = grid(wide("3", "坂が急だ。", "削ります。"), page=2, top=200, spans=spans)
    found = records(segment(page(1, first), page(2, [rest, last])))
    assert [(r["comment"], r["response"]) for r in found][1:] == [
        ("橋が古くて/危ない。", "直す予定で/す。"),
        ("坂が急だ。", "削ります。"),
    ]


def test_the_first_row_of_a_card_at_a_page_s_end_has_the_values_of_others() -> None:
    """事業者 beside 提出者 is the word of a label."""

    def rows(number: str, who: str) -> list[list[str]]:
        texts = [["意見", "道が狭い。", *[""] * 4], ["回答", "広げます。", *[""] * 4]]
        return [["番号", number, "該当箇所", f"{number}頁", "提出者", who], *texts]

    spans = {(1, 1): (1, 5), (2, 1): (1, 5)}
    first = [
        grid(rows("1", "個人"), top=100, spans=spans),
        grid(rows("2", "事業者")[:1], top=200),
    ]
    second = [
        grid(rows("2", "")[1:], page=2, spans={(0, 1): (1, 5), (1, 1): (1, 5)}),
        grid(rows("3", "団体"), page=2, top=200, spans=spans),
    ]
    found = records(segment(page(1, first), page(2, second)))
    assert [r["submitter"] for r in found] == ["個人", "事業者", "団体"]


@pytest.mark.parametrize("pairs", [False, True], ids=["below", "beside"])
def test_a_letter_is_the_grade_of_its_card(pairs: bool) -> None:
    """A below or beside 対応区分 is no label of an answer."""
    cards = []
    for place, grade in enumerate("ABA"):
        rows = [*card(str(place + 1), "道が狭い。", "広げます。"), ["対応区分", grade]]
        if not pairs:
            rows = [[text] for row in rows for text in row]
        cards.append(grid(rows, top=100 + 250 * place))
    assert [r["disposition"] for r in records(segment(page(1, cards)))] == list("ABA")


@pytest.mark.parametrize("value", ["", "早く。"])
def test_a_label_that_a_page_s_end_cuts_is_one(value: str) -> None:
    def own_card(number: str, label: str, answer: str) -> list[list[str]]:
        return [["No.", number], ["意見", f"道{number}が狭い。"], [label, answer]]

    first = [
        *own_card("1", "市からの回答", "広げます。"),
        *own_card("2", "市からの回", "直します。"),
    ]
    second = [["答", value], *own_card("3", "市からの回答", "削ります。")]
    found = segment(page(1, [grid(first)]), page(2, [grid(second, page=2)]))
    assert [(r["number"], r["response"].rstrip("/")) for r in records(found)] == [
        ("1", "広げます。"),
        ("2", f"直します。/{value}".rstrip("/")),
        ("3", "削ります。"),
    ]
    labels = "".join(li.text for own in found.pages for li in own.header_lines)
    assert labels.count("市からの回答") == 3


def test_the_rest_of_a_cut_label_above_cards_is_no_header() -> None:
    above = [*card("1", "道が狭い。", "広げます。"), *card("2", "橋が古い。", "直します。")]
    above[-1][0] = "回"
    below = [["答", ""], *card("3", "坂が急だ。", "削ります。"), *card("4", "暗い。", "灯します。")]
    found = segment(page(1, [grid(above)]), page(2, [grid(below, page=2)]))
    assert [own["response"] for own in records(found)][1:3] == ["直します。", "削ります。"]


def test_a_label_that_one_card_lacks_leaves_its_role_to_another() -> None:
    rows = [["番号", "1", "提案事項", "免許"], ["提案の具体的内容", "短くしてほしい。", "", ""]]
    rows += [["回答", "短くします。", "", ""]]
    spans = {(1, 1): (1, 3), (2, 1): (1, 3)}
    lone = [["番号", "3"], ["提案の具体的内容", "無料にしてほしい。"], ["回答", "検討します。"]]
    grids = [grid(rows, spans=spans, top=top) for top in (100, 250)] + [grid(lone, top=400)]
    found = segment(page(1, grids))
    texts = [own["comment"] for own in records(found)]
    assert texts == ["短くしてほしい。", "短くしてほしい。", "無料にしてほしい。"]


def test_a_header_over_labels_and_values_is_no_pair_of_them() -> None:
    cards = [*card("1", "道が狭い。", "広げます。"), *card("2", "橋が古い。", "直します。")]
    (table,) = segment(page(1, [grid([["区分", "内容"], *cards])])).tables
    assert [column.header for column in table.columns] == ["No.", "該当箇所", "意見", "回答"]
    assert [row.confidence for row in table.rows] == [1, 1]


def test_two_pairs_in_a_row_and_labels_above_their_texts() -> None:
    def stacked(number: str, comment: str, answer: str) -> list[list[str]]:
        pair = ["番号", number, "提出者", "市民"]
        return [pair, *([text, "", "", ""] for text in ("意見", comment, "回答", answer))]

    spans = {(row, 0): (1, 4) for row in range(1, 5)}
    grids = [
        grid(stacked("1", "道が狭い。", "広げます。"), top=100, spans=spans),
        grid(stacked("2", "橋が古い。", "直します。"), top=300, spans=spans),
    ]
    assert records(segment(page(1, grids)))[1] == {
        "number": "2",
        "submitter": "市民",
        "comment": "橋が古い。",
        "response": "直します。",
    }


def test_two_labels_above_texts_of_which_one_may_look_like_a_value() -> None:
    """Read as a label and its value, 市の考え方 leaves both texts without a name."""

    def stacked(number: str, comment: str, answer: str) -> list[list[str]]:
        pair = ["No.", number, "該当箇所", "第２章"]
        return [pair, ["意見", "", "市の考え方", ""], [comment, "", answer, ""]]

    spans = {(row, column): (1, 2) for row in (1, 2) for column in (0, 2)}
    grids = [
        grid(stacked("1", "道が狭い。", "広げます。"), top=100, spans=spans),
        grid(stacked("2", "橋が古い。", "直します。"), top=300, spans=spans),
    ]
    assert records(segment(page(1, grids)))[1] == {
        "number": "2",
        "original_text": "第２章",
        "comment": "橋が古い。",
        "response": "直します。",
    }


def test_two_texts_side_by_side_below_their_labels() -> None:
    """A page's end parts the labels of the second card from its texts."""

    def pairs(number: str) -> list[list[str]]:
        return [
            ["番号", number, "区分", "個人", "担当課", "道路課"],
            ["意見", "", "", "回答", "", ""],
        ]

    def texts(comment: str, answer: str) -> list[str]:
        return [comment, "", "", answer, "", ""]

    halves = {(row, column): (1, 3) for row in (1, 2) for column in (0, 3)}
    first = [
        grid([*pairs("1"), texts("狭い。", "広げます。")], top=100, spans=halves),
        grid(pairs("2"), top=300, spans=halves),
    ]
    rest = grid([["古い。", "直します。"]], page=2)
    sides = (0.0, 300.0, 600.0)
    cells = [
        replace(cell, box=Box(left, cell.box.top, right, cell.box.bottom))
        for cell, (left, right) in zip(rest.cells, pairwise(sides), strict=True)
    ]
    second = [
        replace(rest, column_edges=sides, cells=tuple(cells)),
        grid([*pairs("3"), texts("急だ。", "削ります。")], page=2, top=300, spans=halves),
    ]
    found = records(segment(page(1, first), page(2, second)))
    assert [(r["number"], r["comment"], r["response"], r["担当課"]) for r in found] == [
        ("1", "狭い。", "広げます。", "道路課"),
        ("2", "古い。", "直します。", "道路課"),
        ("3", "急だ。", "削ります。", "道路課"),
    ]


def test_a_label_of_no_known_word_keeps_its_text() -> None:
    rows = [["知った所", "三十代"], ["意見", "道が狭い。"], ["回答", "広げます。"]]
    grids = [grid(rows, top=100), grid(rows, top=200)]
    assert records(segment(page(1, grids)))[0]["知った所"] == "三十代"


def test_headings_between_cards_are_their_sections() -> None:
    grids = [
        grid(card("1", "道が狭い。", "広げます。"), top=100),
        grid(card("2", "橋が古い。", "直します。"), top=240),
    ]
    loose = [
        line("意見と回答", top=50, size=14),
        line("【道路】", top=80),
        line("【橋】", top=220),
    ]
    (table,) = segment(page(1, grids, loose)).tables
    assert table.title == "意見と回答"
    assert [row.section for row in table.rows] == [("【道路】",), ("【橋】",)]


def test_a_number_above_a_card_is_its_own() -> None:
    rows = [["意見", "道が狭い。"], ["回答", "広げます。"]]
    grids = [grid(rows, top=100), grid(rows, top=200)]
    loose = [
        line("意見と回答", top=50, size=14),
        line("【意見１】", top=80),
        line("【意見２】", top=180),
    ]
    found = records(segment(page(1, grids, loose)))
    assert [r["number"] for r in found] == ["【意見１】", "【意見２】"]


@pytest.mark.parametrize(
    "rows",
    [
        [["氏名", "甲"], ["住所", "市内"], ["意見", "道が狭い。"]],
        [["意見の提出者", "五人"], ["意見数", "十二件"], ["提出方法", "郵送"]],
    ],
)
def test_a_form_or_a_summary_is_no_table(rows: list[list[str]]) -> None:
    assert not segment(page(1, [grid(rows)])).tables


def test_one_card_alone_is_doubtful() -> None:
    (table,) = segment(page(1, [grid(card("1", "道が狭い。", "広げます。"))])).tables
    assert table.rows[0].confidence < 0.8


def test_a_value_that_ends_in_a_word_for_a_header_is_a_value() -> None:
    rows = [["区分", "苦情への対応"], ["意見", "道が狭い。"], ["回答", "広げます。"]]
    grids = [grid(rows, top=100), grid(rows, top=200)]
    assert records(segment(page(1, grids)))[0]["category"] == "苦情への対応"


def test_a_card_without_any_upright_ruling_goes_on_below_a_page_break() -> None:
    """Only rows over the whole width are left of the card: no grid is found on that page."""
    spans = {(row, 0): FULL for row in (2, 3, 4, 5)}
    whole = [
        ["番号", "提出者"],
        ["1", "甲"],
        *([t, ""] for t in ("意見", "狭い。", "回答", "はい。")),
    ]
    cut = [["番号", "提出者"], ["2", "乙"], ["意見", ""]]
    grids = [grid(whole, spans=spans), grid(cut, top=400, spans={(2, 0): FULL})]
    rest = [
        line("橋が古い。", x0=2, top=40, page=2),
        line("回答", x0=2, top=60, page=2),
        line("直します。", x0=2, top=80, page=2),
    ]
    found = segment(page(1, grids), page(2, [], rest))
    last = records(found)[1]
    assert (last["comment"], last["response"]) == ("橋が古い。", "直します。")
    assert found.tables[0].rows[1].confidence < 0.9


def test_categories_that_end_in_a_header_s_word_are_no_labels() -> None:
    rows = [
        ["項目", "原案", "修正案"],
        ["苦情への対応", "道が狭い。", "道が広い。"],
        ["図書の区分", "橋が古い。", "橋が新しい。"],
        ["駅前の施策", "木が多い。", "木が少ない。"],
        ["要望への対応", "坂が急だ。", "坂が緩い。"],
    ]
    found = segment(page(1, [grid(rows)]))
    assert [column.header for column in found.tables[0].columns] == ["項目", "原案", "修正案"]
    assert len(found.tables[0].rows) == 4


def test_a_value_below_the_first_label_that_ends_in_a_word_for_a_header() -> None:
    def rows(number: str) -> list[list[str]]:
        return [
            ["番号", number],
            ["修正前", "苦情への対応"],
            ["意見", "狭い。"],
            ["回答", "はい。"],
        ]

    grids = [grid(rows("1"), top=100), grid(rows("2"), top=200)]
    assert [r["original_text"] for r in records(segment(page(1, grids)))] == ["苦情への対応"] * 2


def test_a_row_in_which_each_cell_names_another_role_heads_columns() -> None:
    """Its numbers would be labels of texts beside them, though its words end in known ones only."""
    header = ["No", "評価書の記載箇所", "意見等", "意見提出者", "評価書修正箇所", "町の考え方"]
    rows = [[str(n), "第２章", "道が狭い。", "市民", "第２章", "広げます。"] for n in range(1, 5)]
    pages = [page(n, [grid([header, *rows[2 * n - 2 : 2 * n]], page=n)]) for n in (1, 2)]
    (table,) = segment(*pages).tables
    assert [column.header for column in table.columns] == header


def test_a_header_with_remarks_heads_columns_whose_numbers_look_like_labels() -> None:
    header = ["意見番号", "市民からの意見", "応答", "備考"]
    rows = [[f"意見{n}", "道が狭い。", "広げます。", "資料あり"] for n in range(1, 5)]
    (table,) = segment(page(1, [grid([header, *rows])])).tables
    assert [column.header for column in table.columns] == header
    assert len(table.rows) == 4


def test_a_header_with_an_unknown_word_heads_columns_whose_numbers_look_like_labels() -> None:
    header = ["意見番号", "寄せられた意見（同趣旨の件数）", "意見に対する考え方", "案の手直し"]
    rows = [[f"意見{n}", f"{n}号線が狭い。", f"{n}号線を広げます。", "無"] for n in range(1, 9)]
    pages = [page(n, [grid([header, *rows[4 * n - 4 : 4 * n]], page=n)]) for n in (1, 2)]
    (table,) = segment(*pages).tables
    assert [column.header for column in table.columns] == header
    assert [row.fields[0].text for row in table.rows] == [row[0] for row in rows]


def test_a_header_with_an_unknown_word_before_the_texts_heads_numbers_like_labels() -> None:
    header = ["整理番号", "賛否", "ご意見", "県の考え方"]
    rows = [[f"A-{n:02}", "賛成", f"{n}号線が狭い。", f"{n}号線を広げます。"] for n in range(1, 9)]
    (table,) = segment(page(1, [grid([header, *rows])])).tables
    assert [column.header for column in table.columns] == header
    assert [row.fields[0].text for row in table.rows] == [row[0] for row in rows]


def test_a_header_that_the_next_page_repeats_heads_columns_whose_numbers_look_like_labels() -> None:
    """The first page has it in a grid of its own, with a heading below it."""
    header = ["#", "提出者", "ご意見（要旨）", "考え方・対応"]
    rows = [[f"意見{n}", "佐藤委員", "道が狭い。", "広げます。"] for n in range(1, 6)]
    grids = [grid([header], top=100), grid(rows[:3], top=160)]
    pages = page(1, grids), page(2, [grid([header, *rows[3:]], page=2)])
    (table,) = segment(*pages).tables
    assert [column.header for column in table.columns] == header
    assert len(table.rows) == 5


def test_a_header_below_the_names_of_groups_heads_columns_even_above_one_record() -> None:
    header = [["市民からの意見", "", "市の回答", ""], ["番号", "意見", "担当課", "回答"]]
    rows = [[str(n), f"{n}号線が狭い。", "道路課", f"{n}号線を広げます。"] for n in range(1, 5)]
    groups = {(0, 0): (1, 2), (0, 2): (1, 2)}
    pages = [
        page(n, [grid([*header, *own], spans=groups, page=n)])
        for n, own in ((1, rows[:3]), (2, rows[3:]))
    ]
    (table,) = segment(*pages).tables
    assert [column.header for column in table.columns] == header[1]
    assert [[field.text for field in row.fields] for row in table.rows] == rows


def test_a_header_of_labels_above_columns_is_no_card() -> None:
    header = ["年代", "性別", "自由記述", "図書館からの回答"]
    rows = [
        ["無回答", "女", "席が足りない。", "増やします。"],
        ["10代", "男", "暗い。", "直します。"],
    ]
    (table,) = segment(page(1, [grid([header, *rows, ["無回答", "－", "ない", "－"]])])).tables
    assert [column.header for column in table.columns] == header
    assert len(table.rows) == 3


def test_a_second_label_of_no_known_word_names_its_value() -> None:
    spans = {(n, column): (1, 4 - column) for n in (1, 2) for column in (1,)}
    rows = [
        ["番号", "1", "対象資料", "仕様書"],
        ["質疑内容", "狭い。", "", ""],
        ["回答", "広げる。", "", ""],
    ]
    again = [["番号", "2", "対象資料", "募集要項"], *rows[1:]]
    grids = [grid(rows, top=100, spans=spans), grid(again, top=200, spans=spans)]
    found = records(segment(page(1, grids)))
    assert [(record["number"], record["対象資料"]) for record in found] == [
        ("1", "仕様書"),
        ("2", "募集要項"),
    ]


def test_a_number_that_is_its_own_label() -> None:
    def numbered(number: str, comment: str, answer: str) -> list[list[str]]:
        return [
            [number, "区分", "環境", "反映状況", "反映した"],
            ["意見", comment, "", "", ""],
            ["回答", answer, "", "", ""],
        ]

    spans = {(1, 1): (1, 4), (2, 1): (1, 4)}
    cards = [
        grid(numbered("№1", "道が狭い。", "広げます。"), top=100, spans=spans),
        grid(numbered("№2", "橋が古い。", "直します。"), top=200, spans=spans),
    ]
    found = records(segment(page(1, cards)))
    assert [record["number"] for record in found] == ["№1", "№2"]
    assert [record["category"] for record in found] == ["環境", "環境"]


def test_a_question_s_number_before_its_place_heads_no_columns() -> None:
    """A page's end may leave only that row of a card."""
    spans = {(1, 1): (1, 2), (2, 1): (1, 2)}

    def texts(comment: str) -> list[list[str]]:
        return [["質問内容", comment, ""], ["回答", "広げます。", ""]]

    first = [
        grid([["質問1", "該当箇所", "仕様書第８条"], *texts("道が狭い。")], top=100, spans=spans),
        grid([["質問2", "該当箇所", "様式第３号"]], top=300),
    ]
    second = [grid([row[:2] for row in texts("橋が古い。")], page=2)]
    (table,) = segment(page(1, first), page(2, second)).tables
    assert [column.role for column in table.columns] == [
        "number",
        "original_text",
        "comment",
        "response",
    ]
    texts_of = [[field.text for field in row.fields] for row in table.rows]
    assert texts_of == [
        ["質問1", "仕様書第８条", "道が狭い。", "広げます。"],
        ["質問2", "様式第３号", "橋が古い。", "広げます。"],
    ]


def test_a_header_with_a_word_inside_another_heads_no_cards() -> None:
    """照会1 in the number column looks like the label of a card."""
    header = ["整理番号", "照会事項", "市町村等名", "県の回答"]
    rows = [[f"照会{n}", "道が狭い。", "Ａ市", "広げます。"] for n in (1, 2, 3)]
    found = records(segment(page(1, [grid([header, *rows])])))
    assert [record["number"] for record in found] == ["照会1", "照会2", "照会3"]
    assert {record["submitter"] for record in found} == {"Ａ市"}


def test_a_header_over_a_column_of_labels_heads_no_columns() -> None:
    header = ["番号", "該当箇所", "質問及び回答の内容", ""]
    rows = [header]
    spans = {(0, 2): (1, 2)}
    for n in (1, 2, 3):
        spans |= {(len(rows), 0): (2, 1), (len(rows), 1): (2, 1)}
        rows += [[str(n), "仕様書", "質問", f"{n}号線が狭い。"], ["", "", "回答", "広げます。"]]
    (table,) = segment(page(1, [grid(rows, spans=spans)])).tables
    assert [column.header for column in table.columns] == ["番号", "該当箇所", "質問", "回答"]
    assert len(table.rows) == 3


def test_a_label_over_all_columns_below_one_row_belongs_to_its_card() -> None:
    """番号 | 該当箇所 | 意見 stands in each card: it heads no table."""
    spans = {(2, 0): (1, 3), (3, 0): (1, 3)}
    grids = [
        grid(
            [
                ["番号", "該当箇所", "意見"],
                [number, "第１章", text],
                ["市の回答", "", ""],
                [f"{number}の回答。", "", ""],
            ],
            top=100.0 * int(number),
            spans=spans,
        )
        for number, text in (("1", "道が狭い。"), ("2", "橋が古い。"))
    ]
    found = segment(page(1, grids))
    assert records(found) == [
        {
            "number": "1",
            "original_text": "第１章",
            "comment": "道が狭い。",
            "response": "1の回答。",
        },
        {
            "number": "2",
            "original_text": "第１章",
            "comment": "橋が古い。",
            "response": "2の回答。",
        },
    ]


def test_numbers_that_begin_again_below_a_title_are_another_table() -> None:
    cards = [("1", 100), ("2", 220), ("1", 420)]
    grids = [grid(card(number, "橋が古い。", "直します。"), top=top) for number, top in cards]
    titles = [("基本計画（案）への意見", 80), ("交通計画（案）への意見", 390)]
    loose = [line(text, x0=5, top=top) for text, top in titles]
    found = segment(page(1, grids, loose)).tables
    assert [(table.title, len(table.rows)) for table in found] == [
        ("基本計画（案）への意見", 2),
        ("交通計画（案）への意見", 1),
    ]


def test_a_word_beside_the_label_of_a_number_is_a_label_although_nobody_knows_it() -> None:
    spans = {(row, 0): FULL for row in range(2, 6)}
    grids = [
        grid(
            [
                ["番号", "会場"],
                [number, "東地区"],
                ["意見", ""],
                [text, ""],
                ["回答", ""],
                ["はい。", ""],
            ],
            top=150.0 * int(number),
            spans=spans,
        )
        for number, text in (("1", "道が狭い。"), ("2", "橋が古い。"))
    ]
    found = segment(page(1, grids))
    own = {"会場": "東地区", "response": "はい。"}
    assert records(found) == [
        {"number": "1", "comment": "道が狭い。", **own},
        {"number": "2", "comment": "橋が古い。", **own},
    ]


def test_contents_below_the_bar_of_a_comment_are_the_comment() -> None:
    grids = [
        grid([[bar, ""], ["内容", text], ["回答", "はい。"]], top=top, spans={(0, 0): FULL})
        for bar, text, top in (("意見１", "道が狭い。", 100), ("意見２", "橋が古い。", 200))
    ]
    assert records(segment(page(1, grids))) == [
        {"number": "意見１", "comment": "道が狭い。", "response": "はい。"},
        {"number": "意見２", "comment": "橋が古い。", "response": "はい。"},
    ]


def test_numbers_and_names_that_are_labels_elsewhere_go_on_below_a_header() -> None:
    """Ａ is a label of answers, 事業者 one of those who comment; a heading follows the header."""
    header = ["No.", "意見", "提出者", "回答"]
    first = [header, ["＜道路＞", "", "", ""], ["A-1", "道が狭い。", "団体", "広げます。"]]
    rest = [
        ["A-2", "橋が古い。", "事業者", "直します。"],
        ["A-3", "川が深い。", "市民", "調べます。"],
    ]
    found = segment(
        page(1, [grid(first, spans={(1, 0): (1, 4)})], [line("意見と回答", top=50)]),
        page(2, [grid(rest, page=2)]),
    )
    assert [len(table.rows) for table in found.tables] == [3]
    assert records(found)[1] == {
        "number": "A-2",
        "comment": "橋が古い。",
        "submitter": "事業者",
        "response": "直します。",
    }


def test_a_number_merged_beside_labels_is_no_label_although_a_letter_begins_it() -> None:
    rows = [["A-1", "意見", "道が狭い。"], ["", "回答", "広げます。"]]
    rows += [["A-2", "意見", "橋が古い。"], ["", "回答", "直します。"]]
    found = segment(page(1, [grid(rows, spans={(0, 0): (2, 1), (2, 0): (2, 1)})]))
    assert [list(record.values()) for record in records(found)] == [
        ["A-1", "道が狭い。", "広げます。"],
        ["A-2", "橋が古い。", "直します。"],
    ]


def test_the_first_row_of_a_cut_card_has_its_number_beside_its_label() -> None:
    """Alone on its page it read as a header: the number was lost, and the title of what follows."""
    spans = {(0, 0): (3, 1)}

    def numbered(number: str, place: str) -> list[list[str]]:
        rows = [[number, "該当箇所", place], ["", "意見", "狭い。"], ["", "回答", "広げます。"]]
        return rows if number else rows[1:]

    first = [grid(numbered(f"意見{n}", f"{n}頁"), top=100.0 * n, spans=spans) for n in (1, 2)]
    cut = grid([["意見3", "該当箇所", "3頁"]], top=300)
    rest = grid(numbered("", ""), 2, spans={(0, 0): (2, 1)})
    last = grid(numbered("意見4", "4頁"), 2, top=200, spans=spans)
    found = segment(page(1, [*first, cut], [line("意見と回答", top=50)]), page(2, [rest, last]))
    assert [(t.title, len(t.rows)) for t in found.tables] == [("意見と回答", 4)]
    assert [(r["number"], r["original_text"], r["response"]) for r in records(found)] == [
        (f"意見{n}", f"{n}頁", "広げます。") for n in range(1, 5)
    ]


def two_sheets(left: list[str], right: list[str]) -> Segmented:
    """A page with cards of these numbers below each other on its left and right half."""
    grids = [
        grid(card(number, f"道{number}が狭い。", "広げます。"), top=60 + 100 * place, left=x)
        for x, numbers in ((0, left), (300, right))
        for place, number in enumerate(numbers)
    ]
    return segment(page(1, sorted(grids, key=lambda own: own.box.top)))


def test_cards_on_two_sheets_of_a_page_are_read_sheet_by_sheet() -> None:
    found = records(two_sheets(["1", "2", "3"], ["4", "5"]))
    assert [r["number"] for r in found] == ["1", "2", "3", "4", "5"]


def test_cards_whose_numbers_rise_from_side_to_side_are_read_so() -> None:
    found = records(two_sheets(["1", "3"], ["2", "4"]))
    assert [r["number"] for r in found] == ["1", "2", "3", "4"]


def test_a_number_in_brackets_that_a_page_cuts_is_one() -> None:
    """A number in the middle of its cell stands on both sides of the page's end."""
    labels = [["該当箇所", "第２章"], ["意見", "道が狭い。"], ["回答", "広げます。"]]
    spans = {(0, 0): (3, 1)}
    whole = [["（１）", *labels[0]], *(["", *own] for own in labels[1:])]
    first = [["（２", *labels[0]], ["", *labels[1]]]
    grids = [grid(whole, spans=spans), grid(first, top=300, spans={(0, 0): (2, 1)})]
    rest = grid([["）", *labels[2]]], page=2)
    last = grid([["（３）", *labels[0]], *whole[1:]], page=2, top=300, spans=spans)
    found = segment(page(1, grids), page(2, [rest, last]))
    numbers = ["".join(li.text for li in row.fields[0].lines) for row in found.tables[0].rows]
    assert numbers == ["（１）", "（２）", "（３）"]


def test_of_two_labels_for_a_comment_the_word_itself_names_it() -> None:
    cards = [
        grid(
            [
                ["番号", number],
                ["提案事項", "届出"],
                ["提案の具体的内容", text],
                ["回答", "不要。"],
            ],
            top=top,
        )
        for number, text, top in (("1", "簡素にする。", 100), ("2", "廃止する。", 300))
    ]
    first = records(segment(page(1, cards)))[0]
    assert (first["comment"], first["提案事項"]) == ("簡素にする。", "届出")


def test_a_label_at_the_end_whose_value_is_lost_makes_its_record_doubtful() -> None:
    card = [["番号", "1", "提出者", "市民"], ["意見"], ["道が狭い。"], ["回答"], ["広げます。"]]
    rows = [[*row, "", "", "", ""][:4] for row in card]
    whole, cut = ({(row, 0): (1, 4) for row in range(1, count)} for count in (5, 4))
    grids = [grid(rows, spans=whole), grid(rows[:-1], top=300, spans=cut)]
    found = segment(page(1, grids))
    (table,) = found.tables
    assert [row.confidence for row in table.rows] == [1.0, 0.5]
    assert [li.text for li in found.pages[0].header_lines].count("回答") == 2

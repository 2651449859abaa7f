"""segment: questions in ruled rows above their answers."""

from msgspec.structs import replace

from tests.support.grids import grid, page, segment
from tests.unit.segment.shapes.test_cards import records

NUMBERED = {(row, 0): (2, 1) for row in (0, 2, 4)}


def test_a_merged_number_beside_labels() -> None:
    rows = [
        ["1", "質問", "道は広がるか。"],
        ["", "回答", "広げます。"],
        ["2", "質問", "橋は直るか。"],
        ["", "回答", "直します。"],
    ]
    found = records(segment(page(1, [grid(rows, spans=NUMBERED)])))
    assert found == [
        {"number": "1", "comment": "道は広がるか。", "response": "広げます。"},
        {"number": "2", "comment": "橋は直るか。", "response": "直します。"},
    ]


def test_a_header_names_the_column_of_numbers() -> None:
    rows = [
        ["番号", "区分", "内容"],
        ["1", "質問", "道は広がるか。"],
        ["", "回答", "広げます。"],
        ["2", "質問", "橋は直るか。"],
        ["", "回答", "直します。"],
    ]
    spans = {(1, 0): (2, 1), (3, 0): (2, 1)}
    found = segment(page(1, [grid(rows, spans=spans)]))
    assert [c.header for c in found.tables[0].columns] == ["番号", "質問", "回答"]
    assert [li.text for li in found.pages[0].header_lines][-3:] == ["番号", "区分", "内容"]


def test_a_role_is_that_of_one_column() -> None:
    rows = [
        ["大項目", "小項目", "区分", "内容"],
        ["道", "幅", "質問", "道は広がるか。"],
        ["", "", "回答", "広げます。"],
        ["橋", "色", "質問", "橋は直るか。"],
        ["", "", "回答", "直します。"],
    ]
    spans = {(row, column): (2, 1) for row in (1, 3) for column in (0, 1)}
    (table,) = segment(page(1, [grid(rows, spans=spans)])).tables
    assert [c.role for c in table.columns] == ["category", None, "comment", "response"]


def test_labels_in_two_widths_name_one_column() -> None:
    rows = [
        ["Ｑ１", "道は広がるか。"],
        ["Ａ１", "広げます。"],
        ["Q2", "橋は直るか。"],
        ["A2", "直します。"],
        ["Q3", "川は深いか。"],
        ["Ａ３", "調べます。"],
    ]
    found = records(segment(page(1, [grid(rows)])))
    assert [record["comment"] for record in found] == [
        "道は広がるか。",
        "橋は直るか。",
        "川は深いか。",
    ]


def test_labels_that_count() -> None:
    rows = [
        ["問１", "道は広がるか。"],
        ["答１", "広げます。"],
        ["問２", "橋は直るか。"],
        ["答２", "直します。"],
    ]
    found = segment(page(1, [grid(rows)]))
    assert records(found)[1] == {
        "number": "問２",
        "comment": "橋は直るか。",
        "response": "直します。",
    }
    assert [c.header for c in found.tables[0].columns] == ["問", "問", "答"]


def test_labels_inside_the_texts() -> None:
    rows = [
        ["1", "（質問）道は広がるか。"],
        ["", "（回答）広げます。"],
        ["2", "（質問）橋は直るか。"],
        ["", "（回答）直します。"],
    ]
    found = records(segment(page(1, [grid(rows, spans=NUMBERED)])))
    assert found[1] == {"number": "2", "comment": "橋は直るか。", "response": "直します。"}


def test_texts_begin_with_words_of_headers_in_brackets() -> None:
    """What an answer quotes in brackets is no answer of its own."""
    rows = [
        ["1", "【意見】道は広がるか。"],
        ["", "【対応】【修正前】道を守る。\n【修正後】\n道を広げる。"],
        ["2", "【意見】橋は直るか。"],
        ["", "【対応】直します。"],
    ]
    found = records(segment(page(1, [grid(rows, spans=NUMBERED)])))
    assert [record["comment"] for record in found] == ["道は広がるか。", "橋は直るか。"]
    assert found[0]["response"] == "【修正前】道を守る。/【修正後】/道を広げる。"


def test_a_header_and_the_rest_of_a_record_stand_above_labels_inside_the_texts() -> None:
    header = ["地区", "意見と回答"]
    first = [
        header,
        ["東部", "【意見】道は広がるか。\n【回答】広げます。"],
        ["", "【意見】橋は直るか。\n【回答】直します。"],
        ["", "【意見】川は深いか。\n【回答】深さを今年度に"],
    ]
    second = [header, ["", "調べます。"], ["", "【意見】池はあるか。\n【回答】あります。"]]
    found = segment(
        page(1, [grid(first, spans={(1, 0): (3, 1)})]),
        page(2, [grid(second, page=2, spans={(1, 0): (2, 1)})]),
    )
    (table,) = found.tables
    texts = [[field.text for field in row.fields] for row in table.rows]
    assert texts[2] == ["東部", "川は深いか。", "深さを今年度に調べます。"]
    assert texts[3] == ["東部", "池はあるか。", "あります。"]


def test_an_answer_on_the_next_page_is_of_the_same_record() -> None:
    first = [
        ["1", "質問", "道は広がるか。"],
        ["", "回答", "広げます。"],
        ["2", "質問", "橋は直るか。"],
    ]
    second = [
        ["", "回答", "直します。"],
        ["3", "質問", "木は切るか。"],
        ["", "回答", "切りません。"],
    ]
    found = records(
        segment(
            page(1, [grid(first, spans={(0, 0): (2, 1)})]),
            page(2, [grid(second, page=2, spans={(1, 0): (2, 1)})]),
        )
    )
    assert [r["number"] for r in found] == ["1", "2", "3"]
    assert found[1]["response"] == "直します。"


def test_two_answers_to_one_question_are_two_records() -> None:
    rows = [
        ["1", "質問", "ごみ箱は増えるか。"],
        ["", "回答", "増やしません。"],
        ["", "回答", "週三回集めます。"],
    ]
    (table,) = segment(page(1, [grid(rows, spans={(0, 0): (3, 1)})])).tables
    assert len(table.rows) == 2
    assert all(row.confidence < 1 for row in table.rows)


STACKED = {(0, 0): (2, 1), (1, 1): (1, 2), (2, 0): (2, 1), (3, 1): (1, 2)}


def test_a_header_of_two_rows_over_records_of_two_rows() -> None:
    rows = [
        ["番号", "意見の概要", "提出者"],
        ["", "市の考え方", ""],
        ["1", "道が狭い。", "市民"],
        ["", "広げます。", ""],
        ["2", "橋が古い。", "市民"],
        ["", "直します。", ""],
    ]
    spans = STACKED | {(4, 0): (2, 1), (5, 1): (1, 2)}
    found = records(segment(page(1, [grid(rows, spans=spans)])))
    assert found[1] == {
        "number": "2",
        "comment": "橋が古い。",
        "submitter": "市民",
        "response": "直します。",
    }


def test_a_record_of_two_rows_that_a_page_cuts_in_the_first() -> None:
    head = [["番号", "意見の概要", "提出者"], ["", "市の考え方", ""]]
    first = [*head, ["1", "道が狭い。", "市民"], ["", "広げます。", ""], ["2", "橋が", "区民"]]
    second = [*head, ["", "古い。", ""], ["", "直します。", ""]]
    found = records(
        segment(page(1, [grid(first, spans=STACKED)]), page(2, [grid(second, 2, spans=STACKED)]))
    )
    assert [r["comment"] for r in found] == ["道が狭い。", "橋が/古い。"]
    assert found[1]["response"] == "直します。"


def test_the_number_above_a_page_s_end_is_none_of_the_next_record() -> None:
    """A place behind the number tells records apart; a category there would be merged over some."""
    spans = {(0, 0): (2, 1), (0, 1): (2, 1), (2, 0): (2, 1), (2, 1): (2, 1)}
    head = [["番号", "頁", "意見の概要"], ["", "", "市の考え方"]]
    first = [*head, ["1", "P.3", "道が狭い。"], ["", "", "広げます。"]]
    second = [*head, ["2", "P.5", "橋が古い。"], ["", "", "直します。"]]
    found = records(
        segment(page(1, [grid(first, spans=spans)]), page(2, [grid(second, 2, spans=spans)]))
    )
    assert [(r["number"], r["頁"]) for r in found] == [("1", "P.3"), ("2", "P.5")]


def test_a_text_may_stand_below_several_cells_that_the_page_s_end_parts_from_it() -> None:
    """The number at half the height of its record is printed on the next page."""
    spans = {(0, 0): (2, 1), (1, 1): (1, 2), (1, 3): (1, 2)}
    spans |= {(row + 2, column): span for (row, column), span in spans.items()}
    head = [["番号", "該当箇所", "提出者", "受付日", "担当課"], ["", "意見", "", "回答", ""]]
    first = [
        *head,
        ["1", "第１章", "市民", "1日", "甲課"],
        ["", "道が狭い。", "", "広げます。", ""],
        ["", "第２章", "市民", "2日", "乙課"],
    ]
    second = [*head, ["2", "橋が古い。", "", "直します。", ""]]
    later = {place: span for place, span in spans.items() if place[0] < 2}
    later |= {(2, 1): (1, 2), (2, 3): (1, 2)}
    found = records(
        segment(page(1, [grid(first, spans=spans)]), page(2, [grid(second, 2, spans=later)]))
    )
    assert found == [
        {
            "number": number,
            "original_text": chapter,
            "submitter": "市民",
            "受付日": day,
            "担当課": office,
            "comment": comment,
            "response": response,
        }
        for number, chapter, day, office, comment, response in (
            ("1", "第１章", "1日", "甲課", "道が狭い。", "広げます。"),
            ("2", "第２章", "2日", "乙課", "橋が古い。", "直します。"),
        )
    ]


def test_a_header_with_parts_below_it_stays_one_of_columns() -> None:
    rows = [
        ["番号", "意見", ""],
        ["", "意見の概要", "提出者"],
        ["1", "道が狭い。", "甲"],
        ["2", "橋が古い。", "乙"],
    ]
    spans = {(0, 0): (2, 1), (0, 1): (1, 2)}
    found = records(segment(page(1, [grid(rows, spans=spans)])))
    assert [r["comment"] for r in found] == ["道が狭い。", "橋が古い。"]


def test_a_heading_row_below_the_header_makes_no_record_of_two_rows() -> None:
    rows = [
        ["番号", "意見", "回答"],
        ["第１章", "", ""],
        ["1", "道が狭い。", "広げます。"],
        ["第２章", "", ""],
        ["2", "橋が古い。", "直します。"],
        ["第３章", "", ""],
    ]
    spans = {(row, 0): (1, 3) for row in (1, 3, 5)}
    (table,) = segment(page(1, [grid(rows, spans=spans)])).tables
    assert [c.header for c in table.columns] == ["番号", "意見", "回答"]
    assert [row.section for row in table.rows] == [("第１章",), ("第２章",)]


def test_an_answer_below_its_question_in_one_cell() -> None:
    rows = [
        ["番号", "内容"],
        ["1", "（意見）道は\n広がるか。\n（回答）広げます。"],
        ["2", "（意見）橋は直るか。\n（回答）直します。\n来年です。"],
    ]
    found = segment(page(1, [grid(rows)]))
    assert records(found) == [
        {"number": "1", "comment": "道は/広がるか。", "response": "広げます。"},
        {"number": "2", "comment": "橋は直るか。", "response": "直します。/来年です。"},
    ]


def test_later_turns_in_one_cell_are_questions_and_answers_too() -> None:
    turns = [
        "質問　道は広がるか。",
        "回答　広げます。",
        "意見、要望によります。",
        "質問　いつか。",
        "回答　五年後です。",
    ]
    rows = [["1", "\n".join(turns)], ["2", "\n".join(turns[3:])]]
    table = segment(page(1, [grid(rows)])).tables[0]
    assert [tuple(field.text for field in row.fields) for row in table.rows] == [
        ("1", "道は広がるか。", "広げます。意見、要望によります。"),
        ("1", "いつか。", "五年後です。"),
        ("2", "いつか。", "五年後です。"),
    ]
    assert table.rows[0].confidence == table.rows[1].confidence < table.rows[2].confidence


def test_a_page_of_numbers_without_texts_ends_the_questions() -> None:
    rows = [["1", "（質問）広がるか。"], ["", "（回答）広げます。"]]
    rows += [["2", "（質問）いつか。"], ["", "（回答）五年後です。"]]
    bare = grid([["3", ""], ["4", ""]], page=2)
    found = segment(page(1, [grid(rows)]), page(2, [bare]))
    assert [len(table.rows) for table in found.tables] == [2]
    assert [issue.code for issue in found.header.issues] == ["not_a_comment_table"]


def test_an_asker_s_second_turn_has_columns_of_its_own() -> None:
    turns = [
        "【質問】道は広がるか。",
        "【答弁】広げます。",
        "【再質問】いつか。",
        "【再答弁】五年後です。",
    ]
    rows = [[number, "\n".join(turns)] for number in ("1", "2")]
    table = segment(page(1, [grid(rows)])).tables[0]
    assert [column.header for column in table.columns[1:]] == [
        turn[: turn.index("】") + 1] for turn in turns
    ]
    assert [column.role for column in table.columns[1:]] == ["comment", "response", None, None]


def test_a_second_question_on_a_card_has_its_own_number() -> None:
    rows = [
        ["氏名", "中川"],
        ["質問１", "道は広がるか。"],
        ["答弁１", "広げます。"],
        ["質問２", "いつか。"],
        ["答弁２", "五年後です。"],
    ]
    cards = [grid(rows, top=100), grid([["氏名", "三浦"], *rows[1:]], top=300)]
    found = records(segment(page(1, cards)))
    assert [record["number"] for record in found] == ["質問１", "質問２"] * 2


def test_a_date_beside_both_labels_is_of_the_whole_record() -> None:
    rows = [["部局", "指摘事項及び措置の内容", "", "措置年月日"]]
    spans = {(0, 1): (1, 2)}
    for n, (office, day) in enumerate((("会計課", "６月１日"), ("管財課", "７月３日"))):
        rows += [[office, "指摘", "記入が漏れていた。", day], ["", "措置", "記入した。", ""]]
        spans |= {(2 * n + 1, 0): (2, 1), (2 * n + 1, 3): (2, 1)}
    own = [grid(rows, spans=spans), grid(rows[1:3], page=2, spans={(0, 0): (2, 1), (0, 3): (2, 1)})]
    found = records(segment(page(1, own[:1]), page(2, own[1:])))
    assert [record["措置年月日"] for record in found] == ["６月１日", "７月３日", "６月１日"]
    assert [record["部局"] for record in found] == ["会計課", "管財課", "会計課"]
    assert {record["comment"] for record in found} == {"記入が漏れていた。"}


def test_a_place_between_the_labels_and_their_values_is_of_the_whole_record() -> None:
    rows = [["番号", "種別", "項目", "内容"]]
    for n, (place, question) in enumerate((("第３章", "道が狭い。"), ("第５章", "橋が古い。"))):
        rows += [[str(n + 1), "質問", place, question], ["", "回答", "", "直します。"]]
    spans = {(row, column): (2, 1) for row in (1, 3) for column in (0, 2)}
    assert records(segment(page(1, [grid(rows, spans=spans)]))) == [
        {"number": "1", "category": "第３章", "comment": "道が狭い。", "response": "直します。"},
        {"number": "2", "category": "第５章", "comment": "橋が古い。", "response": "直します。"},
    ]


def test_the_rows_below_show_which_row_of_a_record_a_page_begins_with() -> None:
    head = [["番号", "該当箇所"], ["意見", ""], ["回答", ""]]
    spans = {(row, 0): (1, 2) for row in range(1, 9) if row % 3}
    first = [*head, ["1", "第１章"], ["道が狭い。", ""], ["広げます。", ""]]
    first += [["2", "第２章"], ["橋が古い。", ""]]
    second = [["直します。", ""], ["3", "第３章"], ["暗い。", ""], ["明るくします。", ""]]
    later = {(row, 0): (1, 2) for row in (1, 2, 3, 5, 6)}
    found = records(
        segment(
            page(1, [grid(first, spans=spans)]), page(2, [grid([*head, *second], 2, spans=later)])
        )
    )
    assert [(r["number"], r["comment"], r["response"]) for r in found] == [
        ("1", "道が狭い。", "広げます。"),
        ("2", "橋が古い。", "直します。"),
        ("3", "暗い。", "明るくします。"),
    ]


def test_the_office_beside_a_record_that_the_page_cuts_is_of_the_whole_record() -> None:
    """Only the question of that record is on the page, and nothing is merged beside it."""
    rows = [
        ["番号", "内容", "", "担当課"],
        ["1", "質問", "道は広がるか。", "道路課"],
        ["", "回答", "広げます。", ""],
        ["2", "質問", "橋は直るか。", "橋梁課"],
        ["", "回答", "直します。", ""],
        ["3", "質問", "川は深いか。", "河川課"],
    ]
    rest = [
        ["", "回答", "調べます。", ""],
        ["4", "質問", "山は高いか。", "農林課"],
        ["", "回答", "測ります。", ""],
        ["5", "質問", "海は青いか。", "港湾課"],
        ["", "回答", "見ます。", ""],
    ]
    spans = {(row, column): (2, 1) for row in (1, 3) for column in (0, 3)}
    first = grid(rows, spans={(0, 1): (1, 2), **spans})
    second = replace(grid(rest, page=2, spans=spans), column_edges=(0, 101, 200, 300, 400))
    found = records(segment(page(1, [first]), page(2, [second])))
    offices = ["道路課", "橋梁課", "河川課", "農林課", "港湾課"]
    assert [r["担当課"] for r in found] == offices
    assert [r["response"] for r in found][2:] == ["調べます。", "測ります。", "見ます。"]

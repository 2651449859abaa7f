"""Which rows are headers, and the role of each column."""

import pytest
from msgspec.structs import replace

from pipeline.model import Role
from pipeline.segment.headers.header_rows import assign_roles, find_header
from pipeline.vocabulary.header_words import match_role
from tests.support.grids import grid, page, segment


def roles_of(headers: list[str]) -> list[str | None]:
    return assign_roles([match_role(header) for header in headers])


def test_of_two_headers_with_one_word_the_exact_one_has_its_role() -> None:
    assert roles_of(["要望", "前年度の回答", "回答"]) == ["comment", None, "response"]
    assert roles_of(["要望", "回答", "前年度の回答"]) == ["comment", "response", None]


@pytest.mark.parametrize("word", ["要望", "質問", "質疑", "指摘", "照会", "要求", "申入れ"])
def test_the_content_is_the_text_and_not_the_subject(word: str) -> None:
    assert roles_of([f"{word}事項", f"{word}内容", "回答"]) == [None, "comment", "response"]


def test_what_a_proposal_says_is_the_text_and_not_what_it_asks_for() -> None:
    assert roles_of(["提案内容", "求める措置", "回答"]) == ["comment", None, "response"]


def test_each_role_goes_to_one_column() -> None:
    assert roles_of(["No.", "該当箇所", "訂正前", "訂正後"]) == [
        "number",
        None,
        "original_text",
        "revision",
    ]
    assert roles_of(["意見", "意見に対する意見"])[0] == "comment"
    assert roles_of(["", "原文", "仮訳", "中間試案の考え方"]) == [
        None,
        "original_text",
        None,
        "response",
    ]


def test_a_header_of_two_rows_names_its_lowest_cells() -> None:
    header = find_header(
        grid(
            [["No", "意見", "", "回答"], ["", "内容の意見", "提出者", ""], ["1", "a", "b", "c"]],
            spans={(0, 0): (2, 1), (0, 1): (1, 2), (0, 3): (2, 1)},
        )
    )
    assert header is not None
    assert header.depth == 2
    assert [column.role for column in header.columns] == [
        "number",
        "comment",
        "submitter",
        "response",
    ]


def test_the_parts_of_a_place_are_no_place() -> None:
    """Below 該当箇所 stand 章, 項目 and the number of a paragraph, （１）, which is no note."""
    rows = [["該当箇所", "", "", "意見", "回答"], ["章", "項目", "（１）", "", ""]]
    for n, a in enumerate("甲乙丙", start=1):
        rows.append([f"第{n}章", f"{a}道", f"（{n}）", f"{a}道が狭い", "広げる"])
    spans = {(0, 0): (1, 3), (0, 3): (2, 1), (0, 4): (2, 1)}
    (table,) = segment(page(1, [grid(rows, spans=spans)])).tables
    roles = [None, "category", None, "comment", "response"]
    assert [column.role for column in table.columns] == roles


def test_a_forms_name_over_all_columns_is_in_no_header() -> None:
    """Two columns have one lowest header: only what stands over them tells them apart."""
    rows = [
        ["様式第２号　意見集約表", "", ""],
        ["提出者", "意見", "回答"],
        ["", "内容", "内容"],
        ["町会", "道が狭い。", "広げる。"],
    ]
    header = find_header(grid(rows, spans={(0, 0): (1, 3), (1, 0): (2, 1)}))
    assert header is not None
    assert [column.header for column in header.columns] == ["提出者", "意見内容", "回答内容"]
    assert header.roles == {Role.SUBMITTER, Role.COMMENT, Role.RESPONSE}


def test_below_a_header_of_counts_stand_counts() -> None:
    rows = [
        ["意見", "意見数", "", "回答"],
        ["", "個人", "団体", ""],
        ["道が狭い。", "3", "1", "広げる。"],
    ]
    spans = {(0, 0): (2, 1), (0, 1): (1, 2), (0, 3): (2, 1)}
    header = find_header(grid(rows, spans=spans))
    assert header is not None
    assert [column.role for column in header.columns] == ["comment", None, None, "response"]


def test_a_header_deeper_than_three_rows_is_counted_once() -> None:
    rows = [
        ["No", "意見", "回答"],
        ["", "あ", ""],
        ["", "い", ""],
        ["", "う", ""],
        ["1", "え", "お"],
    ]
    segmented = segment(page(1, [grid(rows, spans={(0, 0): (4, 1), (0, 2): (4, 1)})]))
    lines = [
        li for table in segmented.tables for row in table.rows for f in row.fields for li in f.lines
    ]
    frame = segmented.pages[0]
    placed = len({id(li) for li in lines}) + len(frame.header_lines) + len(frame.furniture_lines)
    assert placed == 9


def roles_in_table(names: list[str]) -> list[str | None]:
    header = find_header(grid([names, ["1", *"ab"[: len(names) - 1]]]))
    assert header is not None
    return [column.role for column in header.columns]


def test_numbers_of_places_are_not_those_of_the_records() -> None:
    assert roles_of(["番号", "項番"]) == roles_of(["項番", "様式番号"]) == ["number", None]


def test_a_count_of_the_rows_numbers_them_before_the_number_of_a_receipt() -> None:
    assert roles_of(["連番", "受付番号"]) == roles_of(["番号", "整理番号"]) == ["number", None]


def test_a_question_header_numbers_the_questions_where_another_has_their_text() -> None:
    assert roles_in_table(["問", "質問", "回答"]) == ["number", "comment", "response"]
    assert roles_in_table(["問", "答"]) == ["comment", "response"]


def test_a_draft_behind_comments_is_the_answer() -> None:
    assert roles_in_table(["番号", "意見", "事務局案"]) == ["number", "comment", "response"]
    assert roles_in_table(["事務局案", "意見", "回答"]) == ["original_text", "comment", "response"]
    assert roles_in_table(["意見", "事務局案", "回答"]) == ["comment", "original_text", "response"]
    names = ["箇所", "意見", "事務局案", "所管課の考え方"]
    assert roles_in_table(names) == ["original_text", "comment", None, "response"]
    header = find_header(grid([["番号", "意見", "事務局案", "回答"]]))
    assert header is not None and header.doubtful == {"original_text"}


def test_a_record_is_no_header() -> None:
    assert find_header(grid([["1", "修正なし。", "回答します。"]])) is None


def test_unknown_headers_and_gaps_are_reported() -> None:
    segmented = segment(
        page(1, [grid([["No", "意見", "付記"], ["1", "あ", "い"], ["3", "う", "え"]])])
    )
    assert [issue.code for issue in segmented.header.issues] == ["unknown_header", "number_gap"]
    assert segmented.header.issues[1].record_id == "x-t1-r2"


def test_an_unknown_header_is_said_once_an_annex() -> None:
    one = grid([["No", "意見", "付記"], ["1", "あ", "い"]])
    other = grid([["意見", "回答", "区分", "付記"], ["う", "え", "お", "か"]])
    segmented = segment(page(1, [one]), page(2, [other]))
    assert len(segmented.tables) == 2
    (issue,) = segmented.header.issues
    assert (issue.code, issue.page) == ("unknown_header", 1)
    assert issue.message.startswith("tables 1, 2: the column '付記' has no known role")
    assert "add the word to pipeline/vocabulary/header_words.yml" in issue.message


def test_a_known_word_that_another_column_has_taken_is_not_advised_again() -> None:
    segmented = segment(page(1, [grid([["No", "意見", "回答", "回答"], ["1", "あ", "い", "う"]])]))
    (issue,) = segmented.header.issues
    assert "means response, which another column of its table has" in issue.message
    assert "header_words.yml" not in issue.message


def test_two_header_rows_that_spell_a_word_of_the_vocabulary() -> None:
    rows = [
        ["該当", "意見", "", "対応", ""],
        ["", "内容", "提出者", "区分", "内容"],
        ["全体", "道が狭い。", "個人", "A", "広げます。"],
        ["全体", "橋が古い。", "個人", "B", "直します。"],
    ]
    spans = {(0, 0): (2, 1), (0, 1): (1, 2), (0, 3): (1, 2)}
    found = segment(page(1, [grid(rows, spans=spans)]))
    roles = [column.role for column in found.tables[0].columns]
    assert roles == [None, Role.COMMENT, Role.SUBMITTER, Role.DISPOSITION, Role.RESPONSE]


def test_columns_that_share_a_header_are_parted_by_the_ruling_below_it() -> None:
    header = ["項目", "意見", "", "回答", ""]
    rows = [["道", str(n), f"道が狭い{n}", mark, "広げる"] for n, mark in enumerate("ABAC", 1)]
    segmented = segment(page(1, [grid([header, *rows], spans={(0, 1): (1, 2), (0, 3): (1, 2)})]))
    (table,) = segmented.tables
    assert [(column.header, column.role) for column in table.columns] == [
        ("項目", "category"),
        ("", "number"),
        ("意見", "comment"),
        ("", "disposition"),
        ("回答", "response"),
    ]
    assert all(row.confidence < 1 for row in table.rows)


def test_a_small_table_in_some_rows_parts_no_column() -> None:
    rows = [["No", "意見", "回答", ""], ["1", "あ", "区分", "単価"], ["2", "い", "う", ""]]
    (table,) = segment(
        page(1, [grid(rows, spans={(0, 2): (1, 2), (2, 2): (1, 2)})]),
    ).tables
    assert [column.header for column in table.columns] == ["No", "意見", "回答"]


@pytest.mark.parametrize("note", ["（原文のまま掲載しています。）", "※簡潔に記載してください。"])
def test_a_note_may_be_a_sentence(note: str) -> None:
    rows = [["No", f"意見{note}", "回答"], ["1", "あ", "い"]]
    assert len(segment(page(1, [grid(rows)])).tables) == 1
    rows[0][1] = "意見を述べます。"
    assert not segment(page(1, [grid(rows)])).tables


def test_texts_that_begin_as_a_header_with_a_note_are_a_record() -> None:
    text = "第２章　設置の方法※更新していく。点検していく。国と共同で検証する。"
    first, second = grid([["No", "原案", "修正案"], ["1", "あ", "い"]]), [["2", text, text]]
    (table,) = segment(page(1, [first]), page(2, [grid(second, page=2)])).tables
    assert len(table.rows) == 2


def test_a_header_in_another_order_heads_another_table() -> None:
    rows = ["市が定める。", "市長が定める。"]
    grids = [
        grid([["改正前", "改正後"], rows], top=100),
        grid([["改正後", "改正前"], rows[::-1]], top=200),
    ]
    tables = segment(page(1, grids)).tables
    roles = [[column.role for column in table.columns] for table in tables]
    assert roles == [[Role.ORIGINAL_TEXT, Role.REVISION], [Role.REVISION, Role.ORIGINAL_TEXT]]


def test_a_header_whose_other_columns_no_annex_has_is_one_if_it_names_comments_and_answers() -> (
    None
):
    others = ["事業名", "必要性", "効率性", "有効性", "評点"]
    found = find_header(grid([["意見", *others, "所管課の対応"], ["a", *"bcdef", "g"]]))
    assert found is not None
    assert found.is_comment_table
    assert find_header(grid([["番号", *others, "所管課の対応"], ["1", *"bcdef", "g"]])) is None


def test_letters_beside_each_other_head_questions_and_answers() -> None:
    found = find_header(grid([["番号", "Ｑ", "Ａ"], ["1", "a", "b"]]))
    assert found is not None
    assert [column.role for column in found.columns] == ["number", "comment", "response"]
    assert find_header(grid([["番号", "Ａ", "Ｂ"], ["1", "a", "b"]])) is None


@pytest.mark.parametrize(("again", "tables"), [("検討結果とりま", 1), ("検討", 2)])
def test_a_repeated_header_may_lack_the_last_lines_of_a_cell(again: str, tables: int) -> None:
    rows = [["検討結果とりまとめ日", "意見", "回答"], ["9月8日", "道が狭い。", "広げる。"]]
    below = [[again, "意見", "回答"], ["9月9日", "橋が古い。", "直す。"]]
    segmented = segment(page(1, [grid(rows)]), page(2, [grid(below, page=2)]))
    assert len(segmented.tables) == tables


@pytest.mark.parametrize(
    ("again", "sure", "tables"), [("N№", 0.6, 1), ("N№", 1.0, 2), ("区分", 0.6, 2)]
)
def test_a_repeated_header_may_have_a_misread_cell(again: str, sure: float, tables: int) -> None:
    """A scan's table was parted at a page whose No was read as N№."""
    first = grid([["No", "意見", "回答"], ["1", "道が狭い。", "広げる。"]])
    below = grid([[again, "意見", "回答"], ["2", "橋が古い。", "直す。"]], page=2)
    cells = [
        replace(
            cell, lines=tuple(replace(li, confidences=(sure,) * len(li.text)) for li in cell.lines)
        )
        for cell in below.cells
    ]
    segmented = segment(page(1, [first]), page(2, [replace(below, cells=tuple(cells))]))
    assert len(segmented.tables) == tables


def test_a_repeated_header_may_have_dirt_in_each_cell() -> None:
    """A copier's dirt was read as dots, so that each page was a table."""
    first = grid([["種別", "現行.", "改正案"], ["防災", "道が狭い。", "広げる。"]])
    below = grid([["種別", "現行", "改正案・"], ["福祉", "橋が古い。", "直す。"]], page=2)
    assert len(segment(page(1, [first]), page(2, [below])).tables) == 1


def test_a_repeated_header_may_count_the_records() -> None:
    rows = [
        ["意見1", "回答1"],
        ["道が狭い。", "広げる。"],
        ["意見２", "回答２"],
        ["橋が古い。", "直す。"],
    ]
    (table,) = segment(page(1, [grid(rows)])).tables
    assert [row.fields[0].text for row in table.rows] == ["道が狭い。", "橋が古い。"]


def test_an_english_record_is_no_header() -> None:
    """The next page began with it: No comment and No change were read as headers."""
    rows = [["5", "River club", "No comment", "No change"], ["6", "City", "Noted", "Not accepted"]]
    assert find_header(grid(rows)) is None


@pytest.mark.parametrize("marks", ["●●", "③④"])
def test_items_of_a_list_are_no_headers(marks: str) -> None:
    """The rest of a row that goes on in the next column of a page, without a ruling above it."""
    first, second = marks
    rows = [[f"{first}委員との連携\n{second}確保の方法", f"{first}連携の方法"], ["a", "b"]]
    assert find_header(grid(rows)) is None
    assert find_header(grid([["確保の方法", "連携の方法"], ["a", "b"]])) is not None

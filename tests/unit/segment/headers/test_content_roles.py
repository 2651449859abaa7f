"""segment: roles that only the cells of a column show."""

import pytest

from pipeline.model import Page, Segmented
from tests.support.grids import grid, page, segment
from tests.support.making import line

LONG = (
    "利用者は申請書を窓口に提出するものとする",
    "市長は審査して結果を利用者に知らせる",
    "手数料は窓口で納めるものとする",
)


def with_column(header: str, cells: list[str]) -> Segmented:
    rows = [["意見", header, "回答"]]
    rows += [[f"{a}道が狭い", cell, "広げる"] for a, cell in zip("甲乙丙丁", cells, strict=True)]
    return segment(page(1, [grid(rows)]))


@pytest.mark.parametrize(
    ("cells", "role"),
    [
        (["◎", "○", "△", "×"], "disposition"),
        (["A", "B", "A", "C"], "disposition"),
        (["有", "無", "無", "有"], "disposition"),
        (["要", "不要", "要", "－"], "disposition"),
        (["済", "未", "未", "済"], "disposition"),
        (["反映", "一部反映", "既記載", "反映"], "disposition"),
        (["修正なし", "修正あり", "修正無し", "反映有"], "disposition"),
        (["原案のとおり", "原案どおり", "原案の通り", "修正"], "disposition"),
        (["原案", "参考", "原案維持", "修正"], "disposition"),
        (["■反映する\n□反映しない", *["□反映する\n■反映しない"] * 3], "disposition"),
        (["■会場\n□郵送", *["□会場\n■郵送"] * 3], None),
        (["道路", "反映", "公園", "橋"], None),
        (["○", "○", "", "○"], None),
        (["措置済", "検討中", "一部措置済", "措置済"], "disposition"),
        (["措置済", "未措置", "未措置", "完了"], "disposition"),
        (["済", "検討中", "済み", "不可"], "disposition"),
        (["市民", "団体", "市民", "40代・女性"], "submitter"),
        (["児童", "保護者", "教員", "保護者"], "submitter"),
        (["1", "2", "3", "4"], "number"),
        (["公園", "道路", "公園", "橋"], None),
        (["3", "9", "4", "1"], None),
        (["P5", "P6", "P7", "P8"], "original_text"),
        (["第３章", "P.12", "第４条第２項", "4ページ"], "original_text"),
    ],
)
def test_cells_show_the_role_of_a_column(cells: list[str], role: str | None) -> None:
    found = with_column("甲欄", cells)
    assert found.tables[0].columns[1].role == role
    codes = [issue.code for issue in found.header.issues]
    assert codes == (["role_by_content"] if role else ["unknown_header"])
    assert (found.tables[0].rows[0].confidence < 1.0) == (role is not None)


def test_long_numbers_are_told_from_places_at_once() -> None:
    cells = [f"{number}{'9' * 40}円" for number in range(4)]
    assert with_column("甲欄", cells).tables[0].columns[1].role is None


def test_the_warning_says_what_to_write() -> None:
    (issue,) = with_column("甲欄", ["◎", "○", "△", "×"]).header.issues
    assert "`roles: {甲欄: disposition}`" in issue.message
    assert "x.yml" in issue.message


@pytest.mark.parametrize(
    ("header", "cells", "role"),
    [
        ("区分", ["◎", "○", "△", "○"], "disposition"),
        ("区分", ["道路", "公園", "道路", "橋"], "category"),
        ("章", ["A", "B", "B", "C"], "category"),
    ],
)
def test_marks_below_a_word_for_groups_are_dispositions(
    header: str, cells: list[str], role: str
) -> None:
    assert with_column(header, cells).tables[0].columns[1].role == role


def test_ticks_are_no_comments() -> None:
    rows = [["番号", "要望", "質問", "内容", "回答"]]
    for n, (asked, answered) in enumerate(zip(ASKED, ANSWERED, strict=True), start=1):
        rows.append([str(n), *(["○", ""] if n % 2 else ["", "○"]), asked, answered])
    found = segment(page(1, [grid(rows)]))
    roles = [column.role for column in found.tables[0].columns]
    assert roles == ["number", None, None, "comment", "response"]
    assert "role_by_content" in [issue.code for issue in found.header.issues]


def test_classes_are_no_answers_where_another_column_tells_them() -> None:
    rows = [["番号", "意見", "対応方針", "対応内容"]]
    rows += [
        [str(n), asked, "ABA"[n % 3], answered]
        for n, (asked, answered) in enumerate(zip(ASKED, ANSWERED, strict=True), start=1)
    ]
    roles = [column.role for column in segment(page(1, [grid(rows)])).tables[0].columns]
    assert roles == ["number", "comment", "disposition", "response"]
    alone = segment(page(1, [grid([row[:3] for row in rows])])).tables[0]
    assert alone.columns[2].role == "response"


def test_stages_of_work_are_no_answers_where_another_column_tells_them() -> None:
    rows = [["番号", "提言の内容", "対応状況", "取組内容"]]
    states = ["完了", "着手済", "継続中"]
    for n, (asked, answered) in enumerate(zip(ASKED, ANSWERED, strict=True), start=1):
        rows.append([str(n), asked, states[n % 3], answered])
    roles = [column.role for column in segment(page(1, [grid(rows)])).tables[0].columns]
    assert roles == ["number", "comment", "disposition", "response"]


def test_a_draft_answers_where_the_answers_column_has_states() -> None:
    rows = [["番号", "意見", "事務局案", "対応状況"]]
    states = ["対応済み", "検討中", "修正済", "検討中", "対応済み"]
    for n, (asked, answered) in enumerate(zip(ASKED, ANSWERED, strict=True), start=1):
        rows.append([str(n), asked, answered, states[n % 5]])
    roles = [column.role for column in segment(page(1, [grid(rows)])).tables[0].columns]
    assert roles == ["number", "comment", "response", "disposition"]


def test_places_are_no_comments_where_another_column_tells_them() -> None:
    rows = [["番号", "指摘（頁・行）", "コメント", "回答"]]
    for n, (asked, answered) in enumerate(zip(ASKED, ANSWERED, strict=True), start=1):
        rows.append([str(n), f"{n}頁{n}行", asked, answered])
    (table,) = segment(page(1, [grid(rows)])).tables
    roles = [column.role for column in table.columns]
    assert roles == ["number", "original_text", "comment", "response"]


def test_letters_before_the_comments_number_their_places() -> None:
    """The form for questions on a tender has a narrow column for each level: 大 | 中 | 細."""
    rows = [["番号", "大", "中", "細", "意見", "回答"]]
    for n, (asked, answered) in enumerate(zip(ASKED, ANSWERED, strict=True), start=1):
        rows.append([str(n), f"第{n}", f"({n})", "アイウ"[n % 3], asked, answered])
    (table,) = segment(page(1, [grid(rows)])).tables
    assert [column.role for column in table.columns[1:4]] == [None] * 3


def test_a_disposition_spread_over_columns_of_ticks_is_in_none() -> None:
    rows = [["番号", "意見", "回答", "採用", "一部採用", "不採用"]]
    for n, (asked, answered) in enumerate(zip(ASKED, ANSWERED, strict=True)):
        rows.append([str(n), asked, answered, *("○" if n % 3 == at else "" for at in range(3))])
    found = segment(page(1, [grid(rows)]))
    assert [column.role for column in found.tables[0].columns[3:]] == [None] * 3
    assert any("`roles: {採用: extra}`" in issue.message for issue in found.header.issues)


def test_a_short_table_has_the_roles_of_one_with_the_same_columns() -> None:
    def piece(number: int, states: list[str]) -> Page:
        rows = [["指摘事項", "措置の内容", "措置の状況"]]
        rows += [[f"{state}の道が狭い", "広げる", state] for state in states]
        title = line(f"第{number}　建設部", x0=50, top=20, page=number)
        return page(number, [grid(rows, page=number)], [title])

    found = segment(piece(1, ["措置済", "検討中", "措置済"]), piece(2, ["検討中"]))
    assert [table.columns[2].role for table in found.tables] == ["disposition"] * 2


def test_a_known_header_keeps_its_meaning() -> None:
    assert with_column("備考", ["◎", "○", "△", "×"]).tables[0].columns[1].role is None


def test_pages_below_a_word_for_revisions_are_none() -> None:
    rows = [["変更箇所", "素案", "計画案", "備考"]]
    rows += [[f"{n}頁", text, text + "こと", ""] for n, text in enumerate(LONG, start=1)]
    roles = [column.role for column in segment(page(1, [grid(rows)])).tables[0].columns]
    assert roles == [None, "original_text", "revision", None]


def test_texts_that_nearly_repeat_each_other_are_versions() -> None:
    rows = [["番号", "甲", "乙", "意見", "回答"]]
    rows += [[str(n), text, text + "こと", "よい", "はい"] for n, text in enumerate(LONG, start=1)]
    roles = [column.role for column in segment(page(1, [grid(rows)])).tables[0].columns]
    assert roles == ["number", "original_text", "revision", "comment", "response"]


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        (["パブリックコメントに付した案", "公表した案"], ["original_text", "revision"]),
        (["素案の記述", "計画書での記述"], ["original_text", "revision"]),
        (["甲", "現行"], ["revision", "original_text"]),
    ],
)
def test_two_texts_that_nearly_repeat_outweigh_words_inside_headers(
    header: list[str], roles: list[str]
) -> None:
    rows = [["頁", *header, "理由"]]
    rows += [[str(n), text, text + "こと", "整理"] for n, text in enumerate(LONG, start=1)]
    (table,) = segment(page(1, [grid(rows)])).tables
    assert [column.role for column in table.columns] == [None, *roles, None]


def test_a_place_beside_two_versions_is_no_original() -> None:
    rows = [["該当ページ", "甲", "修正した案"]]
    rows += [[f"P.{n}", text, text + "こと"] for n, text in enumerate(LONG, start=1)]
    (table,) = segment(page(1, [grid(rows)])).tables
    assert [column.role for column in table.columns] == [None, "original_text", "revision"]


def test_places_of_comments_beside_two_versions_are_no_original() -> None:
    rows = [["番号", "指摘（頁・行）", "コメント", "甲", "乙", "回答"]]
    for n, (asked, text, answered) in enumerate(zip(ASKED, LONG, ANSWERED, strict=False), start=1):
        rows.append([str(n), f"{n}頁{n}行", asked, text, text + "こと", answered])
    (table,) = segment(page(1, [grid(rows)])).tables
    roles = [column.role for column in table.columns]
    assert roles == ["number", None, "comment", "original_text", "revision", "response"]


def test_a_large_table_that_gives_no_record_is_named() -> None:
    rows = [["品名", "説明"]] + [[text * 4, text * 4] for text in LONG]
    found = segment(page(1, [grid(rows)]))
    assert [issue.code for issue in found.header.issues] == [
        "not_a_comment_table",
        "no_comment_table",
    ]
    assert "428 characters" in found.header.issues[0].message
    assert found.header.issues[0].page == 1


ASKED = (
    "公園の遊具が古くて危ないので、早く直してほしい。",
    "駅前の駐輪場は朝のうちに満車になる。増やすべきではないか。",
    "窓口の待ち時間が長い。予約できるようにしてください。",
    "計画の進み具合はどこで分かるのでしょうか。",
)
ANSWERED = (
    "遊具は毎年点検しており、来年度に更新する予定です。",
    "ご意見として承り、今後の参考とさせていただきます。",
    "窓口の予約は本年10月から始めています。",
    "毎年度、市のホームページで公表しています。",
)


def unknown(*header: str, right: tuple[str, ...] = ANSWERED) -> Segmented:
    rows = [list(header)]
    rows += [[str(n), a, b] for n, (a, b) in enumerate(zip(ASKED, right, strict=True), start=1)]
    return segment(page(1, [grid(rows)]))


def test_texts_that_ask_and_texts_that_answer_show_a_table_of_unknown_headers() -> None:
    found = unknown("い", "ろ", "は")
    (table,) = found.tables
    assert [column.role for column in table.columns] == ["number", "comment", "response"]
    assert [column.header for column in table.columns] == ["い", "ろ", "は"]
    assert len(table.rows) == len(ASKED)
    assert all(row.confidence < 0.8 for row in table.rows)
    messages = [issue.message for issue in found.header.issues]
    assert all(any(f"`roles: {{{name}}}`" in message for message in messages)
               for name in ("い: number", "ろ: comment", "は: response"))  # fmt: skip


def test_a_table_of_unknown_headers_goes_on_over_pages() -> None:
    rows = [
        ["い", "ろ", "は"],
        *([n, a, b] for n, a, b in zip("1234", ASKED, ANSWERED, strict=True)),
    ]
    more = grid([["5", "道が狭いと思う。", "広げます。"]], page=2)
    found = segment(page(1, [grid(rows)]), page(2, [more]))
    assert [len(table.rows) for table in found.tables] == [5]


def test_a_table_may_have_no_header() -> None:
    rows = [[str(n), a, b] for n, (a, b) in enumerate(zip(ASKED, ANSWERED, strict=True), start=1)]
    (table,) = segment(page(1, [grid(rows)])).tables
    assert [(column.header, column.role) for column in table.columns] == [
        ("", "number"),
        ("", "comment"),
        ("", "response"),
    ]
    assert len(table.rows) == len(ASKED)
    assert all(row.confidence < 0.8 for row in table.rows)
    assert segment(page(1, [grid([[n, b, b] for n, _, b in rows])])).tables == ()


@pytest.mark.parametrize("right", [ASKED, (*LONG, "窓口は平日の９時に開くものとする")])
def test_two_columns_without_answers_are_no_comment_table(right: tuple[str, ...]) -> None:
    assert unknown("い", "ろ", "は", right=right[::-1]).tables == ()


def test_an_unknown_header_beside_comments_is_that_of_their_answers() -> None:
    found = unknown("No", "意見", "ろ")
    assert [column.role for column in found.tables[0].columns] == ["number", "comment", "response"]
    assert [issue.code for issue in found.header.issues] == ["role_by_content"]


PLAIN = ("点検を行う。", "現行どおりとしたい。", "指摘のとおり追加した。", "次期に取り入れたい。")


def test_plain_sentences_answer_comments_that_a_header_names() -> None:
    told = tuple(
        f"{office}は{text}" for office, text in zip(("市長", "建設部長") * 2, PLAIN, strict=True)
    )
    told = tuple(f"御指摘の点について、{text}" for text in told)
    roles = [column.role for column in unknown("No", "意見", "ろ", right=told).tables[0].columns]
    assert roles == ["number", "comment", "response"]
    assert unknown("い", "ろ", "は", right=told).tables == ()


def test_plans_answer_comments_and_are_no_comment_table_alone() -> None:
    rows = [["番号", "施策", "改善に向けた取組"]]
    rows += [[str(n), f"{a}道の整備", f"{a}道を広げる。"] for n, a in enumerate("甲乙丙丁")]
    assert segment(page(1, [grid(rows)])).tables == ()
    rows[0][1] = "意見"
    (table,) = segment(page(1, [grid(rows)])).tables
    assert [column.role for column in table.columns] == ["number", "comment", "response"]
    turned = [[row[0], *row[:0:-1]] for row in rows]
    (table,) = segment(page(1, [grid(turned)])).tables
    assert [column.role for column in table.columns] == ["number", None, "comment"]


def test_a_header_may_have_an_empty_cell() -> None:
    (table,) = unknown("", "ろ", "は").tables
    assert [column.header for column in table.columns] == ["", "ろ", "は"]
    assert len(table.rows) == len(ASKED)


def test_the_public_asks_where_no_other_column_does() -> None:
    def read(*header: str) -> list[str | None]:
        return [column.role for column in unknown(*header).tables[0].columns]

    assert read("観点", "有識者の所見", "市の所見") == ["category", "comment", "response"]
    assert read("No", "意見", "有識者の所見") == ["number", "comment", "response"]


def test_of_two_groups_the_one_with_classes_of_answers_is_the_disposition() -> None:
    rows = [["分野", "意見", "回答", "区分"]]
    rows += [
        [f"{a}章", f"{a}道が狭い", "広げる", kind] for a, kind in zip("甲乙丙", "ABA", strict=True)
    ]
    (table,) = segment(page(1, [grid(rows)])).tables
    assert [column.role for column in table.columns][::3] == ["category", "disposition"]
    behind = segment(page(1, [grid([row[1:] for row in rows])])).tables[0]
    assert behind.columns[2].role == "disposition"
    before = segment(page(1, [grid([[row[3], *row[1:3]] for row in rows])])).tables[0]
    assert before.columns[0].role == "category"


WORDED = [[f"{n}", f"{a}道を整備する", f"{a}道が狭い", "広げる"] for n, a in enumerate("甲乙丙丁")]


def test_a_wording_beside_comments_is_what_they_are_about() -> None:
    def read(*header: str) -> list[str | None]:
        (table,) = segment(page(1, [grid([list(header), *WORDED])])).tables
        return [column.role for column in table.columns]

    assert read("頁", "記述", "意見", "回答") == [None, "original_text", "comment", "response"]


def test_of_the_other_groups_the_better_word_is_the_category() -> None:
    rows = [["章", "項目", "意見", "回答", "区分"]]
    rows += [[f"{a}章", a, f"{a}道が狭い", "広げる", kind] for a, kind in ("甲A", "乙B", "丙A")]
    (table,) = segment(page(1, [grid(rows)])).tables
    assert [column.role for column in table.columns][:2] == [None, "category"]


def test_a_header_that_only_contains_a_word_for_no_role_may_have_one() -> None:
    found = unknown("No", "意見", "担当課から")
    assert [column.role for column in found.tables[0].columns] == ["number", "comment", "response"]
    known = unknown("No", "意見", "意見を述べた者")
    assert [column.role for column in known.tables[0].columns] == ["number", "comment", None]


def test_one_mark_alone_is_a_disposition_where_the_header_speaks_of_changes() -> None:
    assert with_column("甲修正", ["○", "○", "", "○"]).tables[0].columns[1].role == "disposition"


@pytest.mark.parametrize(
    ("header", "cells", "role"),
    [
        ("対応", ["１", "３", "①", "３"], "disposition"),
        ("対応状況", ["①", "③", "①", "③"], "disposition"),
        ("対応", ["１", "２", "３", "４"], "number"),
        ("対応件数", ["1", "3", "1", "3"], None),
    ],
)
def test_numbers_that_repeat_below_a_word_for_changes_are_classes(
    header: str, cells: list[str], role: str | None
) -> None:
    assert with_column(header, cells).tables[0].columns[1].role == role


@pytest.mark.parametrize(
    ("cells", "role"),
    [
        (["道が狭い。広げてほしい。", "橋が古い。", "坂が急だ。"], "comment"),
        (["道路の幅", "橋の架替え", "坂の勾配"], "category"),
    ],
)
def test_sentences_below_a_word_for_groups_are_the_comments(cells: list[str], role: str) -> None:
    rows = [["番号", "要望項目", "回答"]]
    rows += [[str(n), cell, "検討します。"] for n, cell in enumerate(cells, start=1)]
    (table,) = segment(page(1, [grid(rows)])).tables
    assert table.columns[1].role == role


@pytest.mark.parametrize(
    ("cells", "role"),
    [
        (["第３章に反映しました。", "今後検討します。", "参考とします。"], "response"),
        (["反映する", "反映しない", "その他"], "disposition"),
    ],
)
def test_sentences_below_a_word_for_classes_are_the_answers(cells: list[str], role: str) -> None:
    rows = [["番号", "意見", "取扱い及び理由"]]
    rows += [[str(n), "道が狭い。", cell] for n, cell in enumerate(cells, start=1)]
    (table,) = segment(page(1, [grid(rows)])).tables
    assert table.columns[2].role == role

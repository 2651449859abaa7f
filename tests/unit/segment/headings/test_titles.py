"""What stands above a table: title, caption, notes."""

import pytest

from pipeline.model import Line, Segmented
from pipeline.segment.headings.table_heading import read_heading
from tests.support.grids import grid, page, segment
from tests.support.making import line

RIGHT = 400.0


def read(*lines: Line) -> tuple[str | None, str | None]:
    heading = read_heading(lines, left=0, right=RIGHT)
    return heading.title, heading.caption


def flush(text: str, top: float = 0.0) -> Line:
    return line(text, x0=RIGHT - 10.0 * len(text), top=top)


def test_a_label_is_the_caption_and_notes_are_neither() -> None:
    lines = [
        line("別紙１", top=10),
        line("「留意事項について」の一部改正について", top=40),
        line("（傍線の部分は改正部分）", top=70),
    ]
    heading = read_heading(lines, left=0, right=400)
    assert (heading.title, heading.caption) == ("「留意事項について」の一部改正について", "別紙１")


@pytest.mark.parametrize(
    "text",
    [
        "小計：3件",
        "提出者数：14名",
        "意見数　２０件",
        "意見総数　８人　12件",
        "全45件",
        "１　意見提出者数　２４名",
    ],
)
def test_a_sum_is_neither(text: str) -> None:
    title = line("意見への回答", top=10, size=12)
    heading = read_heading([title, line(text, top=40)], left=0, right=400)
    assert (heading.title, heading.caption) == ("意見への回答", None)
    assert read_heading([line(text, top=40)], left=0, right=400).title is None


def test_a_wrapped_title_is_one(ota_segmented: Segmented) -> None:
    lines = [line("「長い題名の留意事", top=10), line("項について」", top=22)]
    assert read_heading(lines, left=0, right=92).title == "「長い題名の留意事項について」"
    assert [len(table.rows) for table in ota_segmented.tables] == [40, 5, 2, 4]


def test_loosely_set_lines_of_a_title_are_one_where_its_words_go_on() -> None:
    """Each line of a centred title may be a paragraph of its own, with space around it."""
    first, second = "緑野市総合計画（素案）に対する", "意見の概要と市の考え方"
    lines = [line(first, x0=125, top=10), line(second, x0=145, top=35)]  # 1.5 em apart
    assert read(*lines) == (first + second, None)
    assert read(line("緑野市総合計画", x0=125, top=10), lines[1])[0] == "緑野市総合計画"


@pytest.mark.parametrize(
    "text",
    [
        "担当課：危機管理課",
        "工事場所　緑野市中央一丁目地内",
        "開催日時　６月12日 14時",
        "所属名：環境課　担当者：川辺",
        "照会元：企画課　　照会日：令和８年２月２日",
    ],
)
def test_a_particular_of_the_paper_is_neither(text: str) -> None:
    assert read(line("意見と回答", size=12), line(text, top=40)) == ("意見と回答", None)


@pytest.mark.parametrize(
    "label", ["（資料８）", "【号外】", "（参考：新旧対照表）", "（別紙）", "別紙１", "（案）"]
)
def test_a_label_is_never_the_title(label: str) -> None:
    assert read(line(label)) == (None, label)
    assert read(line(label), line("意見と回答", top=30)) == ("意見と回答", label)
    assert read(flush(label), line("意見と回答", top=30)) == ("意見と回答", label)


def test_a_label_at_the_end_of_the_title_s_line_is_no_part_of_it() -> None:
    text = "意見と回答" + "　" * 20 + "（資料８）"
    assert read(line(text)) == ("意見と回答", "（資料８）")
    assert read(line("正　　　　誤　　　　表")) == ("正　　　　誤　　　　表", None)


def test_a_title_that_its_author_broke_is_one() -> None:
    broken = [line("計画（素案）に対する", top=0), line("意見募集の結果について", top=14)]
    assert read(*broken) == ("計画（素案）に対する意見募集の結果について", None)
    apart = [line("意見募集の結果について", top=0), line("第１回意見照会分", top=14)]
    assert read(*apart) == ("意見募集の結果について", "第１回意見照会分")


@pytest.mark.parametrize("gap", ["　" * 8, "　"])
def test_a_title_stands_below_a_tally(gap: str) -> None:
    rows = [["提出方法", "提出人数"], ["電子メール", "37人"], ["郵送", "６人"], ["計", "43人"]]
    tally = [line(gap.join(row), top=40 + 20 * n) for n, row in enumerate(rows)]
    above = line("提出方法別の内訳", top=10, size=13)
    title = line("計画（素案）への意見について", top=140, size=13)
    assert read(above, *tally, title)[0] == title.text
    assert read(above, *tally)[0] == above.text
    votes = line("１　承認　14名　　不承認　１名", top=40)
    assert read(votes, title)[0] == title.text


def test_dates_and_offices_at_the_right_are_no_title() -> None:
    date, office = flush("令和６年３月１日"), flush("交通政策課", top=14)
    assert read(date, office) == (None, None)
    assert read(date, office, line("意見と回答", top=40)) == ("意見と回答", None)


@pytest.mark.parametrize(
    "text",
    [
        "企画課",
        "環境部　環境政策課",
        "（令和８年２月　企画課）",
        "回答課：福祉課",
        "（令和７年12月１日時点）",
        "緑野市長",
        "緑野町議会",
        "東小学校長",
    ],
)
def test_an_office_at_the_right_below_the_title_is_no_caption(text: str) -> None:
    assert read(line("意見と回答"), flush(text, top=30)) == ("意見と回答", None)
    assert read(line("意見と回答"), line("企画課", top=30)) == ("意見と回答", "企画課")


def test_a_date_at_the_right_below_the_title_is_no_caption() -> None:
    title, title_below = line("意見と回答"), line("意見と回答", top=40)
    assert read(title, flush("令和７年12月　企画課", top=30)) == ("意見と回答", None)
    prose = line("誤りがありましたので、お詫びして訂正いたします。", top=20)
    assert read(title, prose, flush("令和７年12月　企画課", top=40)) == ("意見と回答", None)
    assert read(title, flush("（令和７年12月１日現在）", top=30)) == ("意見と回答", None)
    assert read(title, flush("（令和３年４月26日）", top=30)) == (
        "意見と回答",
        "（令和３年４月26日）",
    )
    stated = line("R7.12.1 時点", x0=RIGHT - 60, top=30)
    assert read(title, stated) == ("意見と回答", None)
    assert read(title, flush("令和７年12月開催分", top=30)) == ("意見と回答", "令和７年12月開催分")
    office = flush("企画課", top=44)
    assert read(title, flush("令和７年12月１日", top=30), office) == ("意見と回答", None)
    period = flush("意見募集期間：４月～５月", top=60)
    assert read(flush("令和７年12月１日"), flush("企画課", top=14), title_below, period) == (
        "意見と回答",
        period.text,
    )


def test_classes_of_answers_counts_and_places_are_neither() -> None:
    title, prose = line("意見募集の結果", size=16), line("次のとおりです。", top=40)
    legend = line("【対応区分】Ａ：反映したもの　Ｂ：盛り込み済みのもの", top=60)
    assert read(title, prose, legend) == ("意見募集の結果", None)
    assert read(title, prose, line("意見の数　12名　15件", top=60)) == ("意見募集の結果", None)
    assert read(title, line("場所：区民ホール", top=60)) == ("意見募集の結果", None)
    assert read(title, line("場　所：区民ホール　参加者：47名", top=60)) == ("意見募集の結果", None)
    assert read(title, line("出席者　会長ほか９名", top=60)) == ("意見募集の結果", None)
    assert read(line("・意見の件数：９件", top=20), title) == ("意見募集の結果", None)
    assert read(title, line("意見の提出者：27人（法人５団体を含む。）", top=60))[1] is None
    assert read(title, line("政策調整課取りまとめ", top=60))[1] is None
    assert read(title, line("【意見数】11件（うち非公表のもの１件）", top=60))[1] is None


@pytest.mark.parametrize(
    "text",
    [
        "凡例　◎：反映する　×：反映しない",
        "【凡例】",
        "◎…反映する　○…反映済み",
        "○：反映済み",
        "◎反映する　×反映できない",
        "朱書き：変更箇所",
        "赤字は前回からの変更点",
    ],
)
def test_what_marks_mean_is_no_caption(text: str) -> None:
    title = line("意見募集の結果", size=16)
    assert read(title, line(text, top=60)) == ("意見募集の結果", None)


def test_the_title_stands_below_the_prose_if_anything_does() -> None:
    heading, prose = line("意見募集の結果", size=16), line("次のとおりです。", top=40)
    assert read(heading, prose, line("意見と回答", top=60)) == ("意見と回答", None)
    assert read(heading, prose, line("（単位：件）", top=60)) == ("意見募集の結果", None)
    assert read(heading, prose, line("（第１回分）", top=60)) == ("意見募集の結果", "（第１回分）")


@pytest.mark.parametrize("item", ["１　募集期間", "（２）総則関係", "【市民課】"])
def test_an_item_below_the_prose_is_no_title_of_a_document_in_larger_type(item: str) -> None:
    heading, prose = line("意見募集の結果", size=16), line("次のとおりです。", top=40)
    below = [line(item, top=60), line("３　意見の概要", top=80)]
    assert read(heading, prose, *below) == ("意見募集の結果", "３　意見の概要")
    assert read(line("意見募集の結果"), prose, below[0]) == (item, None)


def test_a_sentence_in_the_last_brackets_makes_none_of_a_title() -> None:
    title = "質問及び回答（未回答分を含む。）"
    assert read(line(title)) == (title, None)
    assert read(line("次のとおり回答します。（一部を除く。）")) == (None, None)
    assert read(line("お詫びして訂正いたします。（赤字の部分）")) == (None, None)


@pytest.mark.parametrize(
    ("first", "second", "inherits"),
    [
        ("【Ａ社】", "【Ｂ社】", True),
        ("表１　制度", "表２　手続", True),
        ("９月10日（木）", "９月11日（金）", True),
        ("【本編】", "【資料編】", True),
        ("制度", "手続", False),
    ],
)
def test_tables_below_captions_of_one_form_share_the_title(
    first: str, second: str, inherits: bool
) -> None:
    rows = [["番号", "質問", "回答"], ["1", "いつか。", "４月です。"]]
    heads = [line("質問への回答", top=20), line(first, top=60), line(second, top=260)]
    found = segment(page(1, [grid(rows, top=100), grid(rows, top=300)], heads))
    assert [(table.title, table.caption) for table in found.tables] == [
        ("質問への回答", first),
        ("質問への回答", second) if inherits else (second, None),
    ]


@pytest.mark.parametrize(("size", "inherits"), [(10.0, True), (14.0, False), (12.0, False)])
def test_a_caption_in_the_type_of_the_one_before_is_no_title(size: float, inherits: bool) -> None:
    rows = [["番号", "質問", "回答"], ["1", "いつか。", "４月です。"]]
    chapter, first = line("第２章　施策", top=20, size=14.0), line("道路の意見", top=60)
    second = line("橋の意見", top=260, size=size)
    found = segment(page(1, [grid(rows, top=100), grid(rows, top=300)], [chapter, first, second]))
    assert [(table.title, table.caption) for table in found.tables] == [
        ("第２章　施策", "道路の意見"),
        ("第２章　施策", "橋の意見") if inherits else ("橋の意見", None),
    ]


def test_debris_is_neither() -> None:
    debris = [line("（）傍", top=0), line("分", x0=200, top=0)]
    assert read(*debris) == (None, None)
    assert read(*debris, line("意見と回答", top=30)) == ("意見と回答", None)


def test_a_period_in_larger_type_is_the_caption() -> None:
    title, period = line("意見と回答", size=9), line("意見募集期間：４月～５月", top=20, size=10)
    assert read(title, period) == ("意見と回答", "意見募集期間：４月～５月")


TABLE = [["No", "意見", "回答"], ["1", "あ", "い"]]


def heads(*pages: tuple[list[list[list[str]]], list[Line]]) -> list[tuple[str | None, str | None]]:
    """Title and caption of each table of pages with boxes and loose lines."""
    made = [
        page(
            number,
            [
                *(grid(box, page=number, top=40.0 + 30 * i) for i, box in enumerate(boxes)),
                grid(TABLE, page=number, top=200 if number == 1 else 600),
            ],
            loose,
        )
        for number, (boxes, loose) in enumerate(pages, 1)
    ]
    return [(table.title, table.caption) for table in segment(*made).tables]


def test_titles_and_labels_may_stand_in_boxes() -> None:
    assert heads(([[["意見と回答"]]], [])) == [("意見と回答", None)]
    assert heads(([[["資料１"]]], [line("意見と回答", top=48)])) == [("意見と回答", "資料１")]
    assert heads(([[["募集しました。"]]], [line("意見と回答", top=90)])) == [("意見と回答", None)]


def test_a_running_foot_is_no_title_of_the_table_on_the_next_page() -> None:
    feet = [line(f"交通政策課　- {n} -", x0=10, top=700, page=n) for n in (1, 2)]
    title = line("意見と回答", top=10)
    assert heads(([], [title, feet[0]]), ([], [feet[1]])) == [("意見と回答", None)]


def test_a_running_head_is_no_title_where_another_table_has_one_of_its_own() -> None:
    first, second = (line("基本計画（素案）", x0=450, top=10, page=n) for n in (1, 2))
    own = line("基本計画（素案）に対する意見", x0=10, top=40)
    other = [["現行", "改正案"], ["道を直す。", "橋も直す。"]]
    pages = page(1, [grid(TABLE)], [first, own]), page(2, [grid(other, page=2)], [second])
    assert [table.title for table in segment(*pages).tables] == [own.text, None]


@pytest.mark.parametrize(("size", "title"), [(12, "市民の意見"), (10, "都市計画課")])
def test_a_head_of_each_page_is_no_title_above_a_line_in_title_type(
    size: float, title: str
) -> None:
    """A sheet that is scaled to its page has its title in smaller type than the page's head."""
    first, second = (line("都市計画課", x0=10, top=5, page=n, size=14) for n in (1, 2))
    own = line("市民の意見", x0=10, top=30, size=size)
    assert heads(([], [first, own]), ([], [second]))[0][0] == title


def test_a_text_below_all_tables_begins_no_table_on_the_next_page() -> None:
    feet = [line(text, x0=10, top=700, page=n) for n, text in enumerate(("総則編", "資料編"), 1)]
    title = line("意見と回答", top=10)
    assert heads(([], [title, feet[0]]), ([], [feet[1]])) == [("意見と回答", None)]


def test_the_end_of_a_sentence_that_another_page_has_too_is_no_running_head() -> None:
    """Without it the line before ended no sentence, and was the title."""
    prose = [line(t, x0=10, top=10, page=n) for n, t in ((1, "参考としま"), (2, "お願いしま"))]
    ends = [line("す。", x0=10, top=22, page=n) for n in (1, 2)]
    first = [prose[0], ends[0], line("意見と回答", x0=10, top=60)]
    other = grid([["現行", "改正案"], ["道を直す。", "橋も直す。"]], page=2)
    pages = page(1, [grid(TABLE)], first), page(2, [other], [prose[1], ends[1]])
    assert [table.title for table in segment(*pages).tables] == ["意見と回答", None]


def test_a_title_at_a_page_s_end_heads_the_table_on_the_next_one() -> None:
    first = [line("意見と回答", top=10), line("質問と回答", top=600)]
    found = heads(([], first), ([], [line("（単位：件）", top=580, page=2)]))
    assert found == [("意見と回答", None), ("質問と回答", None)]


def test_a_legend_may_stand_between_a_title_and_its_table() -> None:
    legend = grid(
        [["区分", "内容", "件数"], ["Ａ", "反映する", "2"], ["Ｂ", "しない", "1"]], top=150
    )
    body = grid([["番号", "意見", "回答"], ["1", "道が狭い。", "広げます。"]], top=250)
    title = line("意見への回答", top=100, size=14)
    (table,) = segment(page(1, [legend, body], [title])).tables
    assert table.title == "意見への回答"


@pytest.mark.parametrize(
    "head",
    ["各市町村税務主管課　御中", "関係各位", "企画課長　様", "７総税第123号", "事　務　連　絡"],
)
def test_the_head_of_a_letter_is_no_title(head: str) -> None:
    title = line("宿泊税の質疑応答について", top=40)
    assert read(line(head), title) == (title.text, None)
    assert read(title, line("基本仕様", top=80))[1] == "基本仕様"


def test_a_contact_below_a_letter_is_no_title() -> None:
    letter = [line("要望書への回答", top=40), line("次のとおり回答します。", top=60)]
    contact = line("（問合せ先）企画課　電話 03-1234-5678", top=80)
    assert read(*letter, contact) == ("要望書への回答", None)


@pytest.mark.parametrize("name", ["課題・質問一覧.xlsx", "意見回答.PDF", "01_質問.docx", "Sheet1"])
def test_the_name_of_a_file_is_no_title(name: str) -> None:
    assert read(line(name)) == (None, None)
    assert read(line("意見と回答", size=12), line(name, top=40)) == ("意見と回答", None)


def test_what_heads_a_legend_is_no_caption() -> None:
    legend = line("◎：修正　○：記載済　△：参考", top=60)
    assert read(line("意見対応表", size=12), line("対応区分", top=40), legend) == (
        "意見対応表", None
    )  # fmt: skip


@pytest.mark.parametrize("part", ["３　意見の内容", "意見の内容"])
def test_a_part_of_a_paper_is_the_caption_below_a_small_table(part: str) -> None:
    tally = grid([["提出方法", "提出者数"], ["郵送", "3人"], ["持参", "2人"]], top=100)
    body = grid([["番号", "意見", "回答"], ["1", "道が狭い。", "広げます。"]], top=300)
    loose = [line("計画案への意見の募集結果", top=20, size=14), line(part, top=280)]
    (table,) = segment(page(1, [tally, body], loose)).tables
    assert (table.title, table.caption) == ("計画案への意見の募集結果", part)


def test_a_list_of_terms_may_fill_the_page_below_the_title() -> None:
    terms = grid([["正式名称", "略称"], ["資金決済に関する法律", "法"]], top=100)
    loose = [
        line("別紙１", x0=450, top=5),
        line("意見の概要と考え方", top=20, size=14),
        line("凡例", top=60),
    ]
    body = grid([["番号", "意見", "回答"], ["1", "道が狭い。", "広げます。"]], page=2)
    (table,) = segment(page(1, [terms], loose), page(2, [body])).tables
    assert (table.title, table.caption) == ("意見の概要と考え方", "別紙１")

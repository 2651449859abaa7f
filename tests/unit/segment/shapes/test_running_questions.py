"""segment: questions and answers in running text, with their headings."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from pipeline.model import Segmented
from tests.support.grids import grid, page, segment
from tests.support.making import line
from tests.unit.segment.shapes.test_cards import records

QUESTION, ANSWER = "居宅とはどこか。", "利用者の自宅である。"


def running(texts: Sequence[str | None], number: int = 1) -> list:
    """Lines below each other; None: a blank line."""
    tops = (60 + 15 * i for i in range(len(texts)))
    placed = zip(texts, tops, strict=True)
    return [line(text, x0=50, top=top, page=number) for text, top in placed if text]


def read(*pages: Sequence[str | None]) -> Segmented:
    numbered = enumerate(pages, start=1)
    return segment(*(page(number, [], running(texts, number)) for number, texts in numbered))


def pair(number: str, label: str = "（答）") -> list[str | None]:
    return [f"問{number}　{QUESTION}", label, f"　{ANSWER}", None]


def test_numbers_questions_and_answers() -> None:
    found = read(["質疑応答集", None, *pair("１"), *pair("２")])
    (table,) = found.tables
    assert [(c.header, c.role) for c in table.columns] == [
        ("問", "number"),
        ("問", "comment"),
        ("（答）", "response"),
    ]
    assert table.title == "質疑応答集"
    assert records(found)[1] == {
        "number": "問２",
        "comment": QUESTION,
        "response": f"　{ANSWER}",
    }
    assert [li.text for li in found.pages[0].header_lines] == ["（答）", "（答）"]


def test_a_number_in_brackets_near_the_top_of_a_page_is_none_of_the_page() -> None:
    texts = [
        own
        for n in "１２３"
        for own in (f"（{n}）", f"【意見】{QUESTION}", f"【回答】{ANSWER}", None)
    ]
    found = records(read(["意見の概要", *texts]))
    assert [own["number"] for own in found] == ["（１）", "（２）", "（３）"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Ｑ{}　", "Ａ{}　"),
        ("Q{}. ", "A{}. "),
        ("【問{}】", "【答】"),
        ("質問{}：", "回答："),
        ("【意見{}】", "【市の考え方】"),
        ("〈質問{}〉", "〈回答〉"),
        ("ご質問{}　", "お答え　"),
        ("意見{}　", "（市の考え方）　"),
        ("意見{}　", "県の考え方："),
    ],
)
def test_other_labels(question: str, answer: str) -> None:
    texts = [
        text
        for number in "12"
        for text in (question.format(number) + QUESTION, answer.format(number) + ANSWER)
    ]
    found = records(read(["質疑応答集", None, *texts]))
    assert [(r["comment"], r["response"]) for r in found] == [(QUESTION, ANSWER)] * 2


def test_an_answer_over_a_page_break() -> None:
    first = ["質疑応答集", None, *pair("１"), "問２　橋は直るか。", "（答）", "順に"]
    found = records(read(first, ["直します。", None, *pair("３")]))
    assert found[1]["response"] == "順に/直します。"


def test_headings_between_questions_are_sections() -> None:
    texts = ["質疑応答集", None, "【総則】", "○　定義について", *pair("１"), "○　届出について"]
    (table,) = read([*texts, *pair("２"), "【届出】", "○　期限について", *pair("３")]).tables
    assert [row.section for row in table.rows] == [
        ("【総則】", "○　定義について"),
        ("【総則】", "○　届出について"),
        ("【届出】", "○　期限について"),
    ]


def test_sections_of_questions_have_the_forms_of_all_headings() -> None:
    texts = ["質疑応答集", None, "第１章　総則", "１－１　定義", *pair("１"), "１－２　届出"]
    (table,) = read([*texts, *pair("２"), "第２章　期限", "２－１　延長", *pair("３")]).tables
    assert [row.section for row in table.rows] == [
        ("第１章　総則", "１－１　定義"),
        ("第１章　総則", "１－２　届出"),
        ("第２章　期限", "２－１　延長"),
    ]


def test_a_heading_without_a_mark_is_doubtful() -> None:
    texts = ["質疑応答集", None, *pair("１"), "届出に関すること", *pair("２"), *pair("３")]
    first, second, third = read(texts).tables[0].rows
    assert (first.section, second.section) == ((), ("届出に関すること",))
    assert max(first.confidence, second.confidence) < third.confidence


def test_a_list_at_the_end_of_an_answer_is_no_heading() -> None:
    texts = [
        "質疑応答集",
        None,
        "問１　誰か。",
        "（答）",
        "次の者である。",
        "（１）事業者",
        "（２）利用者",
    ]
    found = read([*texts, None, *pair("２")])
    assert records(found)[0]["response"].endswith("（１）事業者/（２）利用者")
    assert found.tables[0].rows[1].section == ()


def test_a_table_inside_an_answer_is_part_of_it() -> None:
    above = running(["質疑応答集", None, *pair("１"), "問２　橋は直るか。", "（答）"])
    below = [line("以上のとおり直します。", x0=50, top=400)]
    inside = grid([["年度", "橋"], ["令和八年度", "中央橋"]], top=300)
    found = segment(page(1, [inside], [*above, *below]))
    (first, second) = records(found)
    assert second["response"] == "年度\u3000橋/令和八年度\u3000中央橋/以上のとおり直します。"
    assert "年度" not in first["response"]


def test_a_frame_around_a_question_is_no_table() -> None:
    frames = [grid([[f"問{number}", QUESTION]], top=100 * number) for number in (1, 2)]
    answers = [line(f"（答）{ANSWER}", x0=5, top=100 * number + 40) for number in (1, 2)]
    found = records(segment(page(1, frames, answers)))
    assert [(own["number"], own["comment"], own["response"]) for own in found] == [
        (f"問{number}", QUESTION, ANSWER) for number in (1, 2)
    ]


def test_a_list_of_contents_holds_no_questions() -> None:
    contents = ["問１　居宅について", "問２　橋について", None]
    found = read(["質疑応答集", None, *contents, *pair("１"), *pair("２")])
    assert len(records(found)) == 2


def test_contacts_below_the_last_answer_are_no_part_of_it() -> None:
    found = read(["質疑応答集", None, *pair("１"), *pair("２"), "【問い合わせ先】", "総務課"])
    assert records(found)[1]["response"] == f"　{ANSWER}"
    assert "総務課" in [li.text for li in found.pages[0].furniture_lines]


def test_two_questions_with_one_answer_are_doubtful() -> None:
    texts = [
        "質疑応答集",
        None,
        *pair("１"),
        "問２　甲か。",
        "問３　乙か。",
        "（答）",
        "どちらも。",
        None,
    ]
    (table,) = read([*texts, *(text for n in "４５６７" for text in pair(n))]).tables
    shared = [row.confidence for row in table.rows if row.confidence < 0.8]
    assert (len(table.rows), len(shared)) == (7, 2)


def test_questions_without_numbers_are_doubtful() -> None:
    texts = [text for _ in "12" for text in (f"Ｑ　{QUESTION}", f"Ａ　{ANSWER}")]
    assert all(row.confidence < 0.9 for row in read(["質疑応答集", *texts]).tables[0].rows)


@pytest.mark.parametrize(
    "texts",
    [
        ["送付状", "問１に関する資料を送ります。", "答申は別紙です。"],
        ["送付状", *pair("１")],
        ["目次", "問１　居宅", "問２　橋", "（答）", "問３　道", "問４　川"],
    ],
)
def test_other_text_makes_no_records(texts: list[str]) -> None:
    assert not read(texts).tables


def test_a_comment_table_between_questions_is_not_taken() -> None:
    rows = [
        ["番号", "意見", "回答"],
        ["1", "道が狭い。", "広げます。"],
        ["2", "橋が古い。", "直します。"],
    ]
    loose = [*running(["質疑応答集", *pair("１")]), *running([None] * 35 + pair("２"))]
    (table,) = segment(page(1, [grid(rows, top=250)], loose)).tables
    assert [c.header for c in table.columns] == ["番号", "意見", "回答"]


def test_questions_above_a_comment_table_end_before_its_title() -> None:
    rows = [
        ["番号", "意見", "回答"],
        ["1", "道が狭い。", "広げます。"],
        ["2", "橋が古い。", "直します。"],
    ]
    questions = running(["質疑応答集", *pair("１"), *pair("２")])
    title = line("意見への回答", x0=50, top=60, page=2)
    table = page(2, [grid(rows, page=2)], [title])
    found = segment(page(1, [], questions), table).tables
    assert [(own.title, len(own.rows)) for own in found] == [("質疑応答集", 2), (title.text, 2)]
    assert records(segment(page(1, [], questions), table))[1]["response"] == f"　{ANSWER}"


def test_questions_of_another_form_are_another_table() -> None:
    """Offices put their papers together to one file."""
    first = ["質疑応答集", *pair("１"), *pair("２"), *pair("３")]
    texts = ("Q", QUESTION), ("A", ANSWER)
    second = [f"{word}{i}. {text}" for i in (1, 2, 3) for word, text in texts]
    found = read(first, ["説明会の質問", None, None, *second])
    assert [table.title for table in found.tables] == ["質疑応答集", "説明会の質問"]
    assert [[row.fields[0].text for row in table.rows] for table in found.tables] == [
        ["問１", "問２", "問３"],
        ["Q1", "Q2", "Q3"],
    ]
    assert records(found)[-1]["response"] == f"　{ANSWER}"


@pytest.mark.parametrize(("size", "tables"), [(14.0, 2), (10.0, 1)])
def test_below_a_title_as_large_as_the_first_questions_that_count_anew_are_another_table(
    size: float, tables: int
) -> None:
    first = line("介護の質疑", x0=50, top=20, size=14.0)
    titles = first, line("福祉の質疑", x0=50, top=20, size=size, page=2)
    texts = [*pair("１"), *pair("２"), *pair("３")]
    pages = [page(n, [], [titles[n - 1], *running(texts, n)]) for n in (1, 2)]
    assert len(segment(*pages).tables) == tables


@pytest.mark.parametrize("number", ["意見{}", "【{}】", "No.{}"])
@pytest.mark.parametrize(
    ("asked", "answered"),
    [("【意見の概要】", "【市の考え方】"), ("■ご意見", "■回答"), ("＜質問内容＞", "＜回答＞")],
)
def test_labels_with_a_line_of_their_own(number: str, asked: str, answered: str) -> None:
    texts: list[str | None] = ["意見募集の結果", None]
    for count in "123":
        texts += [number.format(count), asked, QUESTION, answered, ANSWER, None]
    found = read(texts)
    assert records(found) == [
        {"number": number.format(count), "comment": QUESTION, "response": ANSWER} for count in "123"
    ]
    assert all(row.confidence == 1 for row in found.tables[0].rows)


def test_a_header_alone_in_its_line_is_a_label() -> None:
    texts = [
        text
        for number in ("１", "２")
        for text in (f"意見{number}", QUESTION, None, "市の考え方", ANSWER, None)
    ]
    found = read(["ご意見と市の考え方", None, *texts])
    assert [record["response"] for record in records(found)] == [ANSWER, ANSWER]


def test_a_value_at_the_ends_of_two_pages_is_no_running_foot() -> None:
    """The last record would lack it, so that no label counted as one of each card."""
    card = [f"【意見】{QUESTION}", f"【回答】{ANSWER}", "【反映】○"]
    found = read([*card * 2], [*card * 2])
    assert [record["disposition"] for record in records(found)] == ["○"] * 4


def test_a_running_head_is_no_text_even_if_the_title_says_it_or_a_question_is_below_it() -> None:
    head, card = "環境基本計画（素案）", [f"問　{QUESTION}", f"答　{ANSWER}"]
    found = read([head, None, head, None, *card, card[0]], [head, card[1], *card], [head, *card])
    assert {record["comment"] for record in records(found)} == {QUESTION}
    assert [record["response"] for record in records(found)] == [ANSWER] * 4


def test_a_paragraph_that_begins_as_none_of_the_others_may_stand_below_all_answers() -> None:
    texts = [text for n in "１２３" for text in (f"問{n}　{QUESTION}", f"答{n}　{ANSWER}")]
    (table,) = read([*texts, "　なお、御意見は要約した。"]).tables
    assert [row.confidence < 1 for row in table.rows] == [False, False, True]


def test_headers_beside_each_other_are_no_labels() -> None:
    """Columns that nothing rules: their headers stand on each page."""
    pages = [
        page(
            number,
            [],
            [
                line("ご意見", x0=50, top=60, page=number),
                line("市の考え方", x0=300, top=60, page=number),
                *running([None, None, QUESTION, ANSWER], number),
            ],
        )
        for number in (1, 2, 3)
    ]
    assert not segment(*pages).tables


def test_headings_of_a_report_are_no_labels() -> None:
    texts = ["■意見募集の概要", "期間を定めて募集した。", "■市の考え方", "次のとおりである。"]
    assert not read(["意見募集の結果", None, *texts]).tables


def test_centred_lines_above_questions_are_sections() -> None:
    texts = ["よくある質問", "雨水対策", *pair("１"), *pair("２"), "避難", *pair("３"), ANSWER * 3]
    lines = running(texts)
    for place in (0, 1, 8):
        old = lines[place]
        lines[place] = line(old.text, x0=200 - 5 * len(old.text), top=old.top)
    (table,) = segment(page(1, [], lines)).tables
    assert table.title == "よくある質問"
    assert [row.section for row in table.rows] == [("雨水対策",)] * 2 + [("避難",)]


def test_items_set_in_as_far_as_the_middle_are_no_headings() -> None:
    listed = ["例：", "許可番号　１", "許可年月　令和七年三月"]
    texts = ["質疑応答集", *pair("１")[:-1], *listed, None]
    lines = running([*texts, *pair("２"), ANSWER * 3])
    for place in (5, 6):
        lines[place] = line(lines[place].text, x0=145, top=lines[place].top)
    (table,) = segment(page(1, [], lines)).tables
    assert [row.section for row in table.rows] == [(), ()]


def read_cards(*cards: Sequence[str | None]) -> Segmented:
    return read(["一般質問の概要", None, *(text for card in cards for text in card)])


def card(asker: str, *below: str) -> list[str | None]:
    lines = ["【通告者】", asker, "【質問】", QUESTION, "【答弁】", ANSWER, *below]
    return [*lines, None]


def test_a_label_once_in_each_card_has_a_column() -> None:
    found = read_cards(*(card(who, f"【答弁者】　{who}部長") for who in "甲乙丙"))
    assert records(found) == [
        {"submitter": who, "comment": QUESTION, "response": ANSWER, "【答弁者】": f"{who}部長"}
        for who in "甲乙丙"
    ]
    assert found.tables[0].title == "一般質問の概要"


@pytest.mark.parametrize("noted", ["甲乙", "甲"])
def test_a_label_in_some_cards_is_text(noted: str) -> None:
    cards = [card(who, *(["【参考】", "別紙"] if who in noted else [])) for who in "甲乙丙"]
    responses = [record["response"] for record in records(read_cards(*cards))]
    assert responses == [f"{ANSWER}/【参考】/別紙" if who in noted else ANSWER for who in "甲乙丙"]


def test_a_section_stands_above_the_first_label_of_a_card() -> None:
    headed = [["○　福祉について", *card("甲")], ["○　教育について", *card("乙")], card("丙")]
    rows = read_cards(*headed).tables[0].rows
    assert [row.section for row in rows] == [
        ("○　福祉について",),
        ("○　教育について",),
        ("○　教育について",),
    ]


@pytest.mark.parametrize(
    ("other", "answer"), [("Ａ　そのとおり。", f"１．{ANSWER}"), ("Ａ　２．否。", ANSWER)]
)
def test_the_number_of_a_list_is_no_part_of_the_label_before_it(other: str, answer: str) -> None:
    """Where all answers have a number behind the label it is the answer's own."""
    first, second = f"Ｑ１－１　{QUESTION}", f"Ｑ１－２　{QUESTION}"
    found = records(read([first, f"Ａ　１．{ANSWER}", None, second, other]))
    assert found[0]["response"] == answer


@pytest.mark.parametrize("numbers", ["１２３", "一二三"])
def test_a_numbered_list_that_answers_part_is_one_of_questions(numbers: str) -> None:
    """No label names the question: 【回答】 stands below each item."""
    topics = ("防災", "福祉", "教育")
    texts: list[str | None] = ["意見と回答", None]
    for number, topic in zip(numbers, topics, strict=True):
        texts += [f"{number}　{topic}について", QUESTION, "【回答】", ANSWER, None]
    found = read(texts)
    assert records(found) == [
        {"number": number, "comment": f"{topic}について/{QUESTION}", "response": ANSWER}
        for number, topic in zip(numbers, topics, strict=True)
    ]


@pytest.mark.parametrize("numbers", ["１３４", "１２２"])
def test_items_that_do_not_count_the_answers_are_no_questions(numbers: str) -> None:
    texts = [text for n in numbers for text in (f"{n}　防災について", "【回答】", ANSWER)]
    assert not read(texts).tables


def test_the_number_below_vertical_lines_is_no_part_of_an_answer() -> None:
    """On the turned page it stands beside the middle of the text."""
    texts = running(["質疑応答集", None, *pair("１"), *pair("２"), *pair("３")])
    number = line("1", x0=400, top=texts[5].top)
    sheet = page(1, [], [*texts, number])
    found = segment(replace(sheet, header=replace(sheet.header, turn=90)))
    assert [row["response"] for row in records(found)] == [f"　{ANSWER}"] * 3


def test_a_label_that_counts_on_may_touch_its_text() -> None:
    """Two digits leave no white space; a number may be followed by that of a list."""
    above = ["問９　道路とは何か。", "答９　歩道を含む。"]
    rows = (
        read([*above, "問10１．橋とは何か。", "答10．１．橋梁をいう。", "２．歩道橋を含む。"])
        .tables[0]
        .rows
    )
    assert [[field.text for field in row.fields] for row in rows] == [
        ["問９", "道路とは何か。", "歩道を含む。"],
        ["問10", "１．橋とは何か。", "１．橋梁をいう。２．歩道橋を含む。"],
    ]


def test_what_stands_apart_above_a_later_title_is_of_the_questions_below_it() -> None:
    above, below = [*pair("１"), *pair("２"), None, "（別紙２）"], [*pair("１"), *pair("２")]
    first = [line("介護の質疑", x0=50, top=20, size=14.0), *running(above)]
    end = first[-1].bottom
    title = line("福祉の質疑", x0=50, top=end + 5, size=14.0)
    second = [replace(own, top=own.top + end, bottom=own.bottom + end) for own in running(below)]
    found = segment(page(1, [], [*first, title, *second]))
    headings = [(table.title, table.caption) for table in found.tables]
    assert headings == [("介護の質疑", None), ("福祉の質疑", "（別紙２）")]

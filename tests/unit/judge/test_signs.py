"""Each sign is seen where it is, and not where it is not."""

import pytest
from msgspec.structs import replace

from pipeline.model import HIGH_CONFIDENCE, FieldBox
from tests.support.judging import Texts, judge, signs_of, write_annex

ROWS: list[Texts] = [
    {
        "number": str(n),
        "comment": f"公園の{thing}を新しくしてほしい。",
        "response": f"{thing}を直します。",
    }
    for n, thing in enumerate(("遊具", "柵", "街灯", "砂場", "水道", "花壇"), start=1)
]


def with_row(place: int, **texts: str) -> list[Texts]:
    """Six right rows, with other texts in one of them."""
    return [{**row, **texts} if at == place else row for at, row in enumerate(ROWS)]


def test_right_rows_show_no_sign() -> None:
    annex = write_annex(ROWS)
    assert not any(signs_of(annex, row) for row in range(len(ROWS)))


@pytest.mark.parametrize(
    ("name", "shown", "hidden"),
    [
        ("bracket", "単位（千円を加えます。", "単位（千円）を加えます。１）も同じです。"),
        ("bracket", "単位千円）を加えることにします。", "（略）"),
        ("character", "\uf0fe反映します。", "☑反映します。"),
        (
            "sentence_twice",
            "公園の遊具を新しくします。公園の遊具を新しくします。",
            "検討します。今後の施策の参考とします。検討します。",
        ),
        ("hyphen", "The text is in\u2010sufficient.", "A long-term plan, 03\u20101234."),
        ("hyphen", "The text is in\u00adsufficient.", "A long-term plan."),
        ("lookalike", "廃止に反対であリ、残してほしい。", "ヘリポートのリスクは第３号ヘに示した。"),
        (
            "lookalike",
            "スマ一トフォンで読みます。",
            "テーマ一覧は別表リに示します。アルバイト一ヶ月。",
        ),
        ("lookalike", "反映　〆参考", "〆切は来月です。手紙を〆める。"),
        ("lookalike", "回数を増ゃすべきだ。", "じゅうぶん検討しましょう。キャリア教育。"),
        ("character", "㻝㻞ページ", "㐂田の案"),
        ("character", "計〓の策定", "計画の策定"),
        ("character", "フ\u309aロク\u3099ラム", "が\u3099ぎの濁点"),
        ("script", "増設を检討します。", "深圳と𠮷田と髙橋と槗本"),
        ("lookalike", "スマ—トフォンで読みます。", "アプリ—端末用の"),
        ("no_value", "####", "# 見出し"),
        ("no_value", "#REF!", "#保育 のタグ"),
        (
            "versions",
            "第１章　総則について　第１章　総則に関して",
            "総則　総則\n橋を直すこと　橋を直した\n　　　　　　　　（別紙）",
        ),
        ("mixed_widths", "令和１2年に直します。", "令和１２年に10本を直します。"),
        ("script", "市民Ж意見です。", "文字「Ж」も、プラスα版も使います。"),
        ("script", "市民나意見です。", "大韓민국の方の意見です。"),
        ("character", "市の\u0301意見です。", "caféの意見です。"),
        ("character", "cafe\u0301の意見です。", "q\u0301の意見です。"),
        ("lookalike", "費用はl2O億円です。", "CO2を10億円で減らします。"),
        ("lookalike", "直します□", "□直します　■直しません"),
        ("lookalike", "直しま□た。", "希望する□　希望しない□の欄を様式の□に合わせる。はい□"),
        ("lookalike", "直しま□た。", "様式の□にチェックする。"),
        ("lookalike", "事業?は直します。", "直しますか?はい。"),
        ("page_marker", "（次頁へ続く）直します。", "次のページに地図を載せます。"),
        ("page_marker", "直します。\n- 3 -", "直します。\n-3度まで下がります。"),
        ("glued", "遊具を直します街灯も直します。", "遊具を直します。街灯も直します。"),
        ("stray", "次回の改定の際に見直します。案", "次回の改定の際に見直します。（案）"),
        (
            "mixed",
            "移設をし検ま討ししたま。す。遊で具すはを",
            "移設を検討しました。遊具ではありません。",
        ),
        ("ends_open", "公園の遊具を新しくする費用の", "公園の遊具を新しくする費用"),
        ("ends_open", "進み具合を確かめ、必要な", "これは必要かな"),
        ("begins_open", "を新しくする費用を求めます。", "費用を求めます。"),
    ],
)
def test_signs_in_a_text(name: str, shown: str, hidden: str) -> None:
    assert ("response", name) in signs_of(write_annex([{"response": shown}]))
    assert ("response", name) not in signs_of(write_annex([{"response": hidden}]))


@pytest.mark.parametrize(
    "texts",
    [
        ("会議中期加全し討と置結理研四希記次十令年", "けに運すん中二た記のよ整る協公経開"),
        ("次号がり文字ん大ぎぐじみず。", "総合的に学習は時間と、教育委員会ど調整じみず。"),
    ],
    ids=["exchanged", "kana off by one"],
)
def test_a_column_of_characters_that_make_no_words(texts: tuple[str, str]) -> None:
    annex = write_annex(
        [{**row, "response": text} for row, text in zip(ROWS, texts * 3, strict=True)]
    )
    assert ("response", "no_words") in signs_of(annex, 0)
    assert ("comment", "no_words") not in signs_of(annex, 0)


@pytest.mark.parametrize("text", ["令和５年４月{}日", "第３条第{}項", "可"])
def test_a_column_of_dates_or_of_one_word_has_words(text: str) -> None:
    rows = [{**row, "response": text.format(n)} for n, row in enumerate(ROWS * 8, start=1)]
    assert ("response", "no_words") not in signs_of(write_annex(rows), 0)


def test_a_sentence_cut_between_two_records() -> None:
    cut = write_annex(
        [{"comment": "特に朝の交差点は車が多く、人を"}, {"comment": "置いてほしい。"}]
    )
    assert ("comment", "cut") in signs_of(cut, 0) & signs_of(cut, 1)
    whole = write_annex([{"comment": "朝の交差点は車が多い"}, {"comment": "人を置いてほしい。"}])
    assert ("comment", "cut") not in signs_of(whole, 0) | signs_of(whole, 1)


@pytest.mark.parametrize(
    ("above", "below"),
    [("建物の割合は6", "9.7％でした。"), ("資料はhttps://city.lg", ".jp/plan.htmlに載せた。")],
)
def test_a_number_or_an_address_cut_in_two(above: str, below: str) -> None:
    cut = write_annex([{"comment": above}, {"comment": below}])
    assert ("comment", "cut") in signs_of(cut, 0)
    assert ("comment", "cut_beside") in signs_of(cut, 1)


@pytest.mark.parametrize(
    ("sign", "texts"),
    [
        (("number", "odd_kind"), {"number": "（その他）"}),
        (("response", "field_empty"), {"response": ""}),
        (("response", "ends_unlike"), {"response": "遊具を直すことを検討"}),
        (("response", "odd_style"), {"response": "遊具を直している。"}),
        (("comment", "longer"), {"comment": "公園の遊具を新しくしてほしい。" * 12}),
        (("comment", "misplaced"), {"comment": "2"}),
        (("number", "misplaced"), {"number": "公園の遊具を新しくしてほしいと思う人が多い。"}),
        (("comment", "row_empty"), {"comment": "", "response": ""}),
        (("number", "row_sparse"), {"number": "総論", "comment": "", "response": ""}),
        (("comment", "number_missing"), {"number": ""}),
        (("comment", "number_gap"), {"number": "7"}),
        (("comment", "number_back"), {"number": "2"}),
        (("comment", "number_repeated"), {"number": "3"}),
        (("comment", "head_word"), {"comment": "comment"}),
        (("comment", "row_twice"), {**ROWS[2], "number": "4"}),
        (("number", "doubled"), {"number": "3 5"}),
        (("件数", "misplaced"), {"件数": "○"}),
        (("response", "twin"), {"response": "公園の砂場を新しくしてほしいという声もあります。"}),
    ],
    ids=str,
)
def test_signs_beside_other_rows(sign: tuple[str, str], texts: dict[str, str]) -> None:
    assert sign in signs_of(write_annex(with_row(3, **texts)), 3)
    assert sign not in signs_of(write_annex(ROWS), 3)


@pytest.mark.parametrize(("places", "is_seen"), [((3,), True), ((1, 3), False)])
def test_several_records_may_be_of_a_kind_that_names_a_column(
    places: tuple[int, ...], is_seen: bool
) -> None:
    kinds = ["comment" if place in places else "質問" for place in range(len(ROWS))]
    annex = write_annex([{**row, "種別": kind} for row, kind in zip(ROWS, kinds, strict=True)])
    assert (("種別", "head_word") in signs_of(annex, 3)) is is_seen


@pytest.mark.parametrize(("seam", "is_sure"), [("", True), ("\n", False)])
def test_two_known_answers_on_one_line_are_an_answer(seam: str, is_sure: bool) -> None:
    answers = ["検討します。", "改めました。", f"検討します。{seam}改めました。", "承りました。"]
    rows = [{**row, "response": text} for row, text in zip(ROWS, answers, strict=False)]
    judged = judge(write_annex(rows)).records[2]
    assert ("response", "doubled") in signs_of(write_annex(rows), 2)
    assert (judged.confidence >= HIGH_CONFIDENCE) is is_sure


def test_numbers_of_comments_answered_together_count_on() -> None:
    annex = write_annex(
        [
            {**ROWS[0], "number": "1"},
            {**ROWS[1], "number": "2\n3\n4"},
            *({**row, "number": str(n)} for n, row in enumerate(ROWS[2:], start=5)),
        ]
    )
    gaps = {("comment", "number_gap"), ("comment", "number_back"), ("number", "odd_kind")}
    assert not any(gaps & signs_of(annex, index) for index in range(len(ROWS)))


def test_a_number_of_a_merged_cell_may_repeat() -> None:
    annex = write_annex([{**row, "number": str(n // 2 + 1)} for n, row in enumerate(ROWS)])
    assert ("number", "number_repeated") in signs_of(annex, 1)
    cells = [FieldBox("number", 1, 50, 100 * (n // 2), 80, 190) for n in range(len(ROWS))]
    merged = [replace(r, boxes=[cell]) for r, cell in zip(annex.records, cells, strict=True)]
    assert not signs_of(replace(annex, records=merged), 1)


def test_of_two_records_in_one_cell_one_has_no_answer() -> None:
    annex = write_annex([{**ROWS[0], "response": ""}, ROWS[0], *ROWS[1:]])
    cells = [FieldBox("number", 1, 50, 100 * max(0, n - 1), 80, 90) for n in range(len(ROWS) + 1)]
    shared = [replace(r, boxes=[cell]) for r, cell in zip(annex.records, cells, strict=True)]
    assert ("response", "half_empty") in signs_of(replace(annex, records=shared), 0)
    assert ("response", "half_empty") not in signs_of(annex, 0)


@pytest.mark.parametrize(("response", "is_seen"), [("柵も直します。", True), ("", False)])
def test_a_row_without_a_number_may_be_the_rest_of_the_one_above(
    response: str, is_seen: bool
) -> None:
    rest = with_row(3, number="", comment="", response=response)
    assert (("response", "rest_below") in signs_of(write_annex(rest), 2)) is is_seen


@pytest.mark.parametrize(
    "header", ["ご意見／市の考え方", "意見回答", "意見の概要市の考え方", "意見と回答"]
)
def test_a_header_of_comments_and_answers_over_one_column(header: str) -> None:
    rows = [{"number": row["number"], "comment": row["comment"]} for row in ROWS]
    both = {"comment": header}
    assert ("comment", "header_of_two") in signs_of(write_annex(rows, headers=both))
    assert ("comment", "header_of_two") not in signs_of(write_annex(rows))
    assert ("comment", "header_of_two") not in signs_of(write_annex(ROWS, headers=both))
    answers = {"comment": "意見に対する市の考え方"}
    assert ("comment", "header_of_two") not in signs_of(write_annex(rows, headers=answers))


def test_an_answer_column_without_answers() -> None:
    blank = write_annex([{"comment": row["comment"], "response": ""} for row in ROWS])
    assert ("response", "column_empty") in signs_of(blank)
    remarks = write_annex([{**row, "備考": ""} for row in ROWS])
    assert not signs_of(remarks)
    blank_cells = write_annex([{**row, "": "", "_2": ""} for row in ROWS])  # of a printed grid
    assert not signs_of(blank_cells)


def test_comments_and_answers_in_two_tables() -> None:
    halves = write_annex(
        [{"comment": row["comment"]} for row in ROWS],
        [{"response": row["response"]} for row in ROWS],
    )
    assert ("comment", "half_table") in signs_of(halves)
    assert not signs_of(write_annex(ROWS, ROWS))


def test_a_revision_that_is_not_of_its_original() -> None:
    near: list[Texts] = [
        {
            "original_text": f"第{n}条　市長は、毎年度、施設の点検の結果を公表する。",
            "revision": f"第{n}条　市長は、半年ごとに、施設の点検の結果を公表する。",
        }
        for n in range(1, 6)
    ]
    far = [
        *near[:4],
        {**near[4], "revision": "手数料は別表のとおり、申請のときに納める。"},
    ]
    assert ("revision", "unlike_original") in signs_of(write_annex(far), 4)
    assert ("revision", "unlike_original") not in signs_of(write_annex(near), 4)


def test_a_part_of_the_original_elsewhere_in_the_revision() -> None:
    first, second = "市長は施設の点検の結果を公表する。", "町会は毎年度の行事の予定を知らせる。"
    for revision, is_seen in ((second + first, True), (first + "館長も知らせる。", False)):
        texts = {"original_text": first + second, "revision": revision}
        assert (("revision", "moved") in signs_of(write_annex([texts]))) is is_seen


def test_a_column_of_originals_without_one() -> None:
    rows = [{"original_text": "", "revision": f"第{n}条　施設を点検する。"} for n in range(1, 5)]
    assert ("original_text", "column_empty") in signs_of(write_annex(rows))


@pytest.mark.parametrize(("count", "is_seen"), [("８", True), ("６", False)])
def test_a_printed_count(count: str, is_seen: bool) -> None:
    annex = write_annex(ROWS, title=f"意見一覧（意見数　{count}件）")
    assert (("comment", "count_differs") in signs_of(annex)) == is_seen


@pytest.mark.parametrize(
    ("text", "count", "is_seen"),
    [("窓口に持参", 2, True), ("窓口に持参しました。", 2, False), ("窓口に持参", 1, False)],
)
def test_rows_without_a_sentence_that_number_anew(text: str, count: int, is_seen: bool) -> None:
    other = [{"number": str(n), "comment": text, "response": "３通"} for n in range(1, count + 1)]
    found = signs_of(write_annex([*ROWS, *other]), len(ROWS))
    assert (("comment", "other_table") in found) is is_seen


@pytest.mark.parametrize(
    ("again", "is_seen"),
    [
        (("1", "2"), True),
        (("3", "4"), False),  # other people sent the same comments
        (("1",), False),  # one record may be printed a second time
    ],
)
def test_a_page_that_was_put_in_twice(again: tuple[str, ...], is_seen: bool) -> None:
    texts = {"comment": "公園の遊具を新しくしてほしい。", "response": "来年度に直します。"}
    first = [{"number": number, **texts} for number in ("1", "2")]
    annex = write_annex(first, [{"number": number, **texts} for number in again])
    assert (("comment", "page_twice") in signs_of(annex, 2)) is is_seen
    assert ("comment", "page_twice") not in signs_of(annex, 0)


@pytest.mark.parametrize(("top", "is_seen"), [(0.0, True), (50.0, False)])
@pytest.mark.parametrize(
    "texts",
    [
        ("関係部署と情報を共有し、実施の可否を", "検討してまいります。"),
        ("これまでどおり窓口", "で手続ができます。"),
    ],
)
def test_a_clipped_text_that_goes_on_beside_the_same_number(
    texts: tuple[str, str], top: float, is_seen: bool
) -> None:
    """A stray ruling parted its cell: its row does not cut the text off."""
    annex = write_annex([{"number": "5", "response": text} for text in texts])
    for record, y in zip(annex.records, (0.0, top), strict=True):
        record.boxes.append(FieldBox("number", 1, 0.0, y, 20.0, y + 50.0))
    annex.records[0].flags.append("clipped")
    assert (("response", "cut") in signs_of(annex, 1)) is is_seen

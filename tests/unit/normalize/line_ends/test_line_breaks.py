"""Undoing line wraps: wrap texts that are known, unwrap them, compare."""

import textwrap
from collections.abc import Sequence
from math import exp
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.evaluate.scores import flat
from pipeline.model import Field, FieldPart, Normalized, Segmented, TableRow
from pipeline.normalize import normalize_annex
from pipeline.normalize.line_ends.candidates import find_candidates
from pipeline.normalize.line_ends.line_breaks import decide_breaks
from pipeline.normalize.line_ends.line_spacing import weigh_spacing
from pipeline.normalize.line_ends.slack_odds import MOST, weigh_slacks
from tests.support.making import advance, lay_out, line, wrap

PHRASES = (
    "個人情報の管理状況を",
    "定期的に確認することとし、",
    "住民からの意見を踏まえて",
    "関係機関と連携しながら",
    "セキュリティ対策について",
    "必要に応じて見直しを行い、",
    "「実施手順」に基づいて",
    "情報システム課の職員が",
    "平成26年度から令和5年度まで",
    "システム（バックアップを含む）を",
)
ENDS = ("実施する。", "記載しました。", "検討しています。", "対象とする。", "周知している。")
STARTS = ("", "①", "・", "【全般】", "※", "（１）")


TITLES = ("計画の推進体制", "現状", "評価", "連携", "施策", "目標", "体制", "期間", "対象")


def author_line(random: Random) -> str:
    body = "".join(random.choice(PHRASES) for _ in range(random.randint(1, 6)))
    return random.choice(STARTS) + body + random.choice(ENDS)


def is_clear(logical: str, ems: float, kinsoku: bool, proportional: bool) -> bool:
    """Whether the author's line ends so far from the edge that its end cannot be a wrap."""
    last = list(wrap(logical, ems, kinsoku, proportional))[-1]
    free = ems - sum(advance(character, proportional) for character in last)
    return free > 6.0


def clear_text(random: Random, ems: float, kinsoku: bool, proportional: bool) -> str:
    lines: list[str] = []
    while len(lines) < random.randint(1, 5):
        logical = author_line(random)
        if is_clear(logical, ems, kinsoku, proportional):
            lines.append(logical)
    return "\n".join(lines)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 2**32),
    ems=st.tuples(st.floats(14, 45), st.floats(14, 45)),
    kinsoku=st.booleans(),
    proportional=st.booleans(),
)
def test_text_comes_back_from_any_width(
    seed: int, ems: tuple[float, float], kinsoku: bool, proportional: bool
) -> None:
    """Where an author's line ends clear of the column's edge, every break is decided right."""
    random = Random(seed)
    records = [
        [clear_text(random, width, kinsoku, proportional) for width in ems] for _ in range(12)
    ]
    segmented = lay_out(records, ("comment", "response"), ems, kinsoku, proportional)
    found = normalize_annex(segmented).records
    assert [[r.comment, r.response] for r in found] == records


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), ems=st.floats(8, 45), kinsoku=st.booleans())
def test_no_character_is_lost_at_any_width(seed: int, ems: float, kinsoku: bool) -> None:
    """Lines that end at the very edge can be taken for wraps; their characters stay."""
    random = Random(seed)
    records = [["\n".join(author_line(random) for _ in range(3))] for _ in range(5)]
    normalized = normalize_annex(lay_out(records, ("comment",), (ems,), kinsoku))
    assert [flat(r.comment) for r in normalized.records] == [flat(text) for (text,) in records]
    assert [page.unaccounted for page in normalized.pages] == [0]


def unwrap(text: str, ems: float, **options: bool) -> str | None:
    """One field among others of its kind, which show what the column holds."""
    others = [["".join(PHRASES[i % 10] for i in range(n, n + 9)) + "実施する。"] for n in range(12)]
    normalized = normalize_annex(lay_out([[text], *others], ("comment",), (ems,), **options))
    return normalized.records[0].comment


@pytest.mark.parametrize(
    "text",
    [
        "リスクを軽減するために講じている対策について、具体的に記載しているかどうかを確認する。",
        "市ホームページ（https://www.example.jp/annex/2024/index.html）で公表しています。",
        "ISO/IEC 27001 and JIS Q 15001 are both met by the operator of this system in the ward.",
        "①個人情報の管理\n②契約の内容\n③定期報告の確認",
        "【システム】\n操作の記録を取得している。\n【全般】\n研修を行う。",
    ],
)
@pytest.mark.parametrize("ems", [12.0, 15.5, 21.0])
def test_single_texts_come_back(text: str, ems: float) -> None:
    assert unwrap(text, ems) == text


def test_a_bracket_alone_on_its_line_goes_with_the_address_below() -> None:
    """LibreOffice parts them where the address fills its line; 電子メール was no line's end."""
    drawn = "前日の17時までに、電子\nメール\n（\nkyushoku@town.example.lg.jp\n）により申し込む。"
    assert unwrap(drawn, 14.0) == drawn.replace("\n", "")


def test_a_word_that_goes_with_the_address_below_ends_no_line() -> None:
    drawn = "計画が長すぎる。\n（参\n考\n）www.town.example.jp/\nevent/"
    text = "計画が長すぎる。\n（参考）www.town.example.jp/event/"
    assert unwrap(drawn, 14.0) == text


@pytest.mark.parametrize("mark", "：（")
def test_a_word_that_goes_with_the_address_behind_it_ends_no_line(mark: str) -> None:
    items = "・川沿いの遊歩道を直すこと。\n・橋を架けること。\n"
    drawn = f"参\n照{mark}www.town.example.jp/ke\nikaku/event/"
    assert unwrap(items + drawn, 14.0) == items + drawn.replace("\n", "")


def test_an_address_that_opens_a_field_parts_no_other_from_its_label() -> None:
    address = "https://www.city.example.jp/a.html"
    texts = (address, f"意見は次のところへ送ってください。参照：\n{address}")
    assert read_narrow(18.0, *texts)[1] == texts[1].replace("\n", "")


@pytest.mark.parametrize(("head", "joint"), [("次期改修で、API Guideline", " "), ("①", "　")])
def test_what_an_address_takes_along_back_to_white_space_begins_no_line(
    head: str, joint: str
) -> None:
    """LibreOffice parts it from nothing before it, although there is room for some of that."""
    drawn = f"{head}{joint}\n仕様書に追記し、（https://github.com/city/open\n/docs）で公開する。"
    assert "\n" not in (unwrap(drawn, 24.0) or "\n")


def test_what_stands_before_an_address_without_white_space_begins_a_line() -> None:
    drawn = "①\n仕様書に追記し、（https://github.com/city/open\n/docs）で公開する。"
    assert "\n" in (unwrap(drawn, 24.0) or "")


def test_an_address_takes_along_the_word_before_its_bracket() -> None:
    """LibreOffice holds し、GitHub（https… together, although stops may start lines there."""
    drawn = "仕様の形式に変換\nし、GitHub（https://github.com/city/open/documents\n/a）で公開する。"
    other = "市の考え方は次のとおりであり、案に反映することとし\n、速やかに公表する\n。"
    segmented = lay_out([[drawn], [other]], ("comment",), (25.0,), kinsoku=False)
    assert normalize_annex(segmented).records[0].comment == drawn.replace("\n", "")


def test_an_address_takes_no_paragraph_along_that_ends_in_white_space() -> None:
    """Word draws it behind each paragraph."""
    text = "審議会で決めます。　\n仕様書に追記し、（https://github.com/city/open/docs）で公開する。"
    assert unwrap(text, 24.0) == text.replace("　", "")


def test_an_address_gets_no_space() -> None:
    text = "https://www.city.example.lg.jp/soshiki/joho/shishin/index.html"
    assert unwrap(text, 11.0) == text


def test_words_get_their_space_back_although_the_pdf_lost_it() -> None:
    """Browsers drop the space at which they wrap: whole words on the next line tell of it."""
    text = "the records of the ward are read by the people who use them every single day"
    as_drawn = "\n".join(textwrap.wrap(text, 18))
    segmented = lay_out([[as_drawn]] * 3, ("comment",), (9.0,))
    assert normalize_annex(segmented).records[0].comment == text


def read_narrow(ems: float, *texts: str) -> list[str | None]:
    """Texts whose lines are drawn as they are given, in a column of their own."""
    segmented = lay_out([[text] for text in texts], ("comment",), (ems,))
    return [record.comment for record in normalize_annex(segmented).records]


def test_a_word_wider_than_its_column_is_parted_without_a_space() -> None:
    others = ("the\nrecord\nof the\nward is\nread by\npeople", "of the\nward\nand its\nroads")
    assert read_narrow(4.0, "Internat\nional\nBank", *others)[0] == "International Bank"


def test_room_for_a_letter_shows_the_space_where_words_are_parted() -> None:
    parted = ["Universal Desi\ngn and Accessi\nbility Guideli\nnes of the ward"] * 6
    (found, *_) = read_narrow(7.0, "Universal Inc\nDesign of the\nward", *parted)
    assert found == "Universal Inc Design of the ward"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["個人情報の管理", "、漏えいを防ぐ。"], "個人情報の管理、漏えいを防ぐ。"),
        (["管理の状況を示す", "。職員に周知する。"], "管理の状況を示す。職員に周知する。"),
        (["「管理の状況", "」を示す。"], "「管理の状況」を示す。"),
        (["令和２", "０年度に示す。"], "令和２０年度に示す。"),
    ],
)
def test_what_no_author_does_is_the_layout_s_whatever_the_widths_say(
    lines: list[str], text: str
) -> None:
    found = read_narrow(30.0, "\n".join(lines), *["".join(PHRASES[:9]) + "実施する。"] * 6)
    assert found[0] == text


def test_a_heading_that_fills_its_line_stands_alone() -> None:
    text = "【局地的な豪雨への対応】\n地域の実情を示す。"
    others = ["".join(PHRASES[:9]) + "実施する。"] * 6
    assert read_narrow(12.0, text, *others)[0] == text


def test_a_full_line_where_its_author_may_end_one_is_not_sure() -> None:
    """Nothing on the page shows whether a full line was ended behind its sentence or its comma."""
    texts = [["".join(PHRASES[:9]) + "実施する。職員に周知する。"]] * 8
    full = ["庁内で対策を検討する。\n職員が状況を示す。"]
    found = normalize_annex(lay_out([full, *texts], ("comment",), (11.0,))).breaks[0]
    assert found.confidence == pytest.approx(1 / (1 + exp(-0.6 * abs(found.odds))))
    wrapped = normalize_annex(lay_out(texts, ("comment",), (11.0,))).breaks
    wraps = [one for one in wrapped if one.context == "inside word"]
    assert wraps
    assert all(w.confidence == pytest.approx(1 / (1 + exp(-abs(w.odds)))) for w in wraps)


@pytest.mark.parametrize(
    "moved",
    ["し、2029年７月３日までに", "し）。2029年７月３日までに", "（10/8、11/12、12/10）の会場で"],
)
def test_a_stop_goes_with_the_word_behind_it_though_stops_may_start_a_line(moved: str) -> None:
    """LibreOffice moves し、2029 to the next line as one, whatever its asian typography says."""
    filler = [["担当課の職員が操作の記録を毎日取得する" + "、確認した結果を住民に周知する。"]] * 3
    text = f"関係機関の専門職の配置を整理\n{moved}公表する。"
    made = lay_out([[text], *filler], ("comment",), (19.0,), kinsoku=False)
    assert normalize_annex(made).records[0].comment == text.replace("\n", "")


@pytest.mark.parametrize(("shift", "hangs"), [(0.0, False), (1.0, True)])
def test_a_centred_line_does_not_hang_below_a_mark(shift: float, hangs: bool) -> None:
    """第１章　安全 above 総則, their middles so far apart in em."""
    candidate = find_candidates(lay_out([["第１章　安全\n総則"]], ("category",), (9.0,)))[0]
    before, after = candidate.before, candidate.after
    moved = (before.x0 + before.x1 - after.x0 - after.x1) / 2 + shift * before.size
    after = replace(after, edges=[edge + moved for edge in after.edges])
    moved_candidate = replace(candidate, after=after)
    assert (weigh_spacing([moved_candidate], [1.0])[0] < 0) is hangs


def test_two_headings_in_a_row_are_two_lines() -> None:
    headings = "＜農地の宅地化への対応＞\n＜具体的な取組内容＞"
    others = ["".join(PHRASES[:9]) + "実施する。"] * 6
    assert read_narrow(12.0, headings, *others)[0] == headings


def test_a_full_numbered_title_is_open_in_a_narrow_column_too() -> None:
    titled = [[f"{n}　{title}\n職員が状況を確認する。"] for n, title in enumerate(TITLES, 1)]
    found = normalize_annex(lay_out(titled, ("comment",), (9.0,)))
    assert found.breaks[0].confidence < 0.9
    assert found.records[1].comment == titled[1][0]


@pytest.mark.parametrize(("others", "joint"), [("　", ""), ("\n", "\n")])
def test_a_page_is_typed_as_others_in_the_column(others: str, joint: str) -> None:
    """A full line before a page: whether its author goes on there, other fields show."""
    rest = [f"第{n}章　現状{others}{n}3頁" for n in range(1, 9)]
    full = "第２章　利用の方法"
    (found, *_) = read_narrow(9.0, f"{full}\n64頁", *rest)
    assert found == f"{full}{joint}64頁"


@pytest.mark.parametrize(("ems", "most"), [(2.5, 0.95), (3.5, 0.88)])
def test_a_label_whose_cell_may_have_had_room_is_open(ems: float, most: float) -> None:
    text = "".join(PHRASES[:9]) + "実施する。"
    records = [[label, text] for label in ("施設\n整備", "人材", "広報", "財政")]
    segmented = lay_out(records, ("category", "comment"), (ems, 20.0))
    (first,) = [b for b in normalize_annex(segmented).breaks if b.field == "category"]
    assert most - 0.16 < first.confidence < most


@pytest.fixture
def set_apart() -> Segmented:
    """A text whose third line stands lower by a line."""
    segmented = lay_out([["十分に長い文章をここに書いておく" * 4]] * 4, ("comment",), (16.0,))
    (part,) = segmented.tables[0].rows[0].fields[0].parts
    lines = list(part.lines)
    moved = [
        *lines[:2],
        *(replace(li, top=li.top + 12, bottom=li.bottom + 12) for li in lines[2:]),
    ]
    field = replace(
        segmented.tables[0].rows[0].fields[0], parts=(replace(part, lines=tuple(moved)),)
    )
    row = replace(segmented.tables[0].rows[0], fields=(field,))
    table = replace(segmented.tables[0], rows=(row, *segmented.tables[0].rows[1:]))
    return replace(segmented, tables=(table,))


def test_a_blank_line_is_the_authors_break_and_is_not_kept(set_apart: Segmented) -> None:
    found = normalize_annex(set_apart).records[0].comment
    assert found is not None
    assert found.count("\n") == 1
    assert len(found.split("\n")[0]) == 32


def test_a_line_that_furigana_set_lower_has_no_blank_line_above_it(set_apart: Segmented) -> None:
    third = set_apart.tables[0].rows[0].fields[0].lines[2]
    furigana = line("じゅうぶん", third.x0, third.top - 5, size=5.0)
    (page,) = set_apart.pages
    found = replace(set_apart, pages=(replace(page, furniture_lines=(furigana,)),))
    comment = normalize_annex(found).records[0].comment
    assert comment is not None
    assert "\n" not in comment


def test_a_full_line_hardly_ends_a_paragraph_where_blank_lines_part_them() -> None:
    """Each cell has two paragraphs; the first one of one cell fills its line."""
    full = "住民の意見を踏まえて毎年度見直す。"
    first = "関係機関と連携しながら、定期的に確認することとし、その結果を周知する。"
    cells = [[f"{full}\n計画に反映する。"]]
    cells += [[f"第{place}期には、{first}\n職員が記録する。"] for place in range(20)]
    plain = lay_out(cells, ("comment",), (float(len(full)),))
    parted = _move_last_lines(plain, 12.0, range(1, len(cells)))
    odds = [normalize_annex(made).breaks[0].odds for made in (plain, parted)]
    assert odds[1] < odds[0] - 1


def _move_last_lines(made: Segmented, down: float, rows: Sequence[int]) -> Segmented:
    """The same cells, the last line of some moved down."""
    table = made.tables[0]
    moved = list(table.rows)
    for place in rows:
        (part,) = moved[place].fields[0].parts
        *lines, last = part.lines
        last = replace(last, top=last.top + down, bottom=last.bottom + down)
        moved[place] = TableRow((Field((replace(part, lines=(*lines, last)),)),))
    return replace(made, tables=(replace(table, rows=tuple(moved)),))


def test_twins_settle_what_widths_cannot() -> None:
    """A full line that ends a sentence: the same characters inside a line elsewhere refute it."""
    sentence = "必要な研修を毎年度行い周知する。職員を対象とする"
    shifted = "なお、令和５年度は、" + sentence
    records = [[sentence]] + [[shifted]] * 2
    records += [["".join(PHRASES[:9]) + "実施する。"]] * 6
    found = normalize_annex(lay_out(records, ("comment",), (16.0,)))
    first = [b for b in found.breaks if b.record_id == "made-t1-r1"]
    assert first[0].before.endswith("周知する。")
    assert first[0].twins < -1
    assert found.records[0].comment == sentence


def test_a_comma_inside_a_line_says_little_of_one_that_its_author_broke_behind() -> None:
    """Elsewhere he may go on behind it: twins weigh as little as behind a sentence."""
    text = "庁内で自習席の数の不足を踏まえ、必要に応じて検討する。"
    records = [
        [text],
        ["令和５年度には、" + text],
        *[["".join(PHRASES[:9]) + "実施する。"]] * 6,
    ]
    found = normalize_annex(lay_out(records, ("comment",), (16.0,)))
    assert found.breaks[0].context == "comma, plain"
    assert -2.0 < found.breaks[0].twins < -1.0


def series_of(*lines: str) -> list[float]:
    """What the series says of each line end of a text whose lines are far from full."""
    segmented = lay_out([["\n".join(lines)], ["長い文章" * 20]], ("comment",), (40.0,))
    found = normalize_annex(segmented)
    return [b.series for b in found.breaks if b.record_id == "made-t1-r1"]


def test_a_quoted_sentence_that_ends_a_paragraph_began_one() -> None:
    above, below = "次の条文を入れてください。", "以上です。"
    assert series_of(above, "「市は、公園を設ける。」", below) == [2.0, 0.0]
    assert series_of(above, "「市は、公園を「みどりの広場」", "として設ける。」")[0] == 2.0
    for other in (
        "「市は、公園を設ける」",
        "「市は、公園を設ける。」とする。",
        "「公園」は、公園である。",
    ):
        assert series_of(above, other, below) == [0.0, 0.0]


def test_numbers_without_a_mark_are_a_series() -> None:
    assert all(s > 0 for s in series_of("１調剤基本料", "２歯科点数表", "３医科点数表"))
    assert series_of("１調剤基本料", "３歯科点数表") == [0.0]
    assert series_of("１回の会議に", "２人が出る") == [0.0]


@pytest.mark.parametrize("ems", [2.0, 3.0, 5.0])
def test_numbers_of_comments_answered_together_stay_parted(ems: float) -> None:
    numbers = ["１", "２\n３\n４", "９\n10", "11\n14\n20", "21"]
    text = "個人情報の管理状況を定期的に確認し、関係機関と連携しながら実施する。"
    segmented = lay_out([[n, text] for n in numbers], ("number", "comment"), (ems, 20.0))
    assert [record.number for record in normalize_annex(segmented).records] == numbers


def test_a_sentence_behind_items_that_are_none_is_no_part_of_the_last_one() -> None:
    lines = ("・学校との連携", "・財源の確保", "今後の参考とします。")
    assert series_of(*lines)[-1] > 2
    assert series_of("・連携する。", *lines[1:])[-1] == 0
    assert series_of(*lines[:2], "今後の参考")[-1] == 0


@pytest.mark.parametrize(("rows", "most"), [(1, MOST), (6, 2.0)])
def test_room_tells_little_where_lines_end_early_before_particles(rows: int, most: float) -> None:
    """No author ends lines so: the program reckoned with other widths."""
    ends = find_candidates(lay_out([["道路の整備\nを進める。"]] * rows, ("comment",), (20.0,)))
    odds = weigh_slacks(ends, [(6.0, 1.0)] * rows, [20.0] * rows)
    assert max(odds) <= most
    assert max(odds) > most - 1


def test_choices_on_one_line_are_no_series() -> None:
    assert series_of("□はい　☑いいえ", "□不明") == [0.0]
    assert series_of("□はい", "□いいえ") == [3.0]


def test_who_speaks_behind_a_sentence_begins_a_line_as_elsewhere() -> None:
    """In the text of the middle the line is full."""
    texts = [
        "（委員）道が狭い。\n（事務局）広げる。",
        "（事務局）橋は来年度に直します。\n（委員）よい。",
    ]

    def weigh(*others: str) -> float:
        made = lay_out([[text] for text in (*texts, *texts, *others)], ("comment",), (16.0,))
        ends = [b for b in normalize_annex(made).breaks if b.after == "（委員）よい。"]
        return ends[0].series

    assert weigh() == 3.0
    assert weigh("なお、（委員）の発言。") == 0.0


def test_items_with_kanji_numbers_are_a_series() -> None:
    assert series_of("一　公開すること", "二　市長が出席すること", "四　以上") == [3.0, 0.0]


def test_sentences_that_answer_the_next_items_are_a_series() -> None:
    assert series_of("ア及びイについては、直します。", "ウについては、検討します。") == [3.0]
    assert series_of("前段については、直します。", "後段は、検討します。") == [3.0]
    assert series_of("①については、直します。", "③については、検討します。") == [0.0]
    assert series_of("①については、直し", "②については、検討します。") == [0.0]


def test_entries_with_one_label_are_a_series() -> None:
    assert series_of("次のとおりです。", "日付　６月", "日付　２月", "以上") == [3.0, 3.0, 0.0]
    assert series_of("次のとおりです。", "日付　６月", "場所　本庁") == [0.0, 0.0]


def test_bullets_of_one_kind_are_a_series() -> None:
    """Where ・ joins words, no line before it begins with one."""
    assert series_of("・緑地の保全", "・広場の整備", "○広場") == [3.0, 0.0]
    assert series_of("緑地", "・広場") == [0.0]


def test_the_first_item_of_a_series_begins_a_line_as_the_second_does() -> None:
    assert series_of("資格は、", "　ア．規模", "　イ．実績", "の両方か。") == [3.0, 3.0, 0.0]
    assert series_of("資格は、", "①規模か実績", "とする。") == [0.0, 0.0]


def test_an_answer_to_the_next_two_items_goes_on_with_a_series() -> None:
    assert series_of("①次回は確認する。", "②、③資料編に載せる。") == [3.0]
    assert series_of("①に定める者のほか、", "②、③に定める者") == [0.0]
    assert series_of("（意見１）賛成する。", "（意見２）反対する。") == [3.0]
    assert series_of("（図１）のとおりの", "（図２）とする。") == [0.0]
    assert series_of("アについては、改めます。", "イについては、原案のままです。") == [3.0]
    assert series_of("⑴に関して、改めます。", "⑵に関して、原案のままです。") == [3.0]
    assert series_of("アについて、また、", "イについても改めます。") == [0.0]


def test_a_series_goes_on_behind_a_range() -> None:
    assert series_of("１～２（略）", "３　法律の定め", "４　規則の定め")[:2] == [3.0, 3.0]
    assert series_of("(i) の定め", "(ii) の定め", "(iii) の定め") == [3.0, 3.0]


def test_a_cell_merged_over_two_columns_says_nothing_of_the_width_of_one() -> None:
    texts = [["".join(PHRASES[i % 10] for i in range(n, n + 5)) + "実施する。"] for n in range(8)]
    narrow, wide = (lay_out(texts, ("comment",), (ems,)) for ems in (20.0, 34.0))
    (table,), (merged,) = narrow.tables, wide.tables
    over_two = [
        replace(
            row,
            fields=tuple(
                Field(tuple(replace(p, columns=2) for p in own.parts)) for own in row.fields
            ),
        )
        for row in merged.rows[::3]
    ]
    annex = replace(narrow, tables=(replace(table, rows=(*table.rows, *over_two)),))
    found = normalize_annex(annex).records
    assert [record.comment for record in found] == [text for (text,) in [*texts, *texts[::3]]]


def test_a_row_that_its_author_cut_in_two_at_a_page_end_is_no_new_line_inside_a_word() -> None:
    others = [["".join(PHRASES[i % 10] for i in range(n, n + 9)) + "実施する。"] for n in range(12)]
    made = lay_out([["契約の内容と個人情\n報の管理を見直す。"], *others], ("comment",), (20.0,))
    (table,) = made.tables
    first, *rest = table.rows
    (part,) = first.fields[0].parts
    cut = Field(tuple(replace(part, lines=(own,)) for own in part.lines))
    assert len(cut.parts) == 2
    rows = (replace(first, fields=(cut,)), *rest)
    found = normalize_annex(replace(made, tables=(replace(table, rows=rows),)))
    assert found.records[0].comment == "契約の内容と個人情報の管理を見直す。"


def test_every_decision_can_be_inspected(ota_normalized: Normalized) -> None:
    for found in ota_normalized.breaks:
        parts = found.prior + found.geometry + found.spacing + found.series + found.twins
        assert found.odds == pytest.approx(parts)
        assert found.kept == (found.odds > 0)
        assert 0.5 <= found.confidence <= 1


def cut_at_page_end(segmented: Segmented, row: int, lines: int) -> Segmented:
    """Put the lines of a row behind the first few into another cell."""
    (table,) = segmented.tables
    (part,) = table.rows[row].fields[0].parts
    parts = replace(part, lines=part.lines[:lines]), replace(part, lines=part.lines[lines:])
    rows = list(table.rows)
    rows[row] = replace(rows[row], fields=(Field(parts),))
    return replace(segmented, tables=(replace(table, rows=tuple(rows)),))


def test_a_row_that_somebody_cut_inside_a_word_goes_on_in_the_next_cell() -> None:
    """The line above the cut has room, as no wrap leaves it. Inside a cell, that is a break."""
    head, rest = "市は、施設の利用の状", "況を調べて、町の広場を整備します。"
    others = "担当の課が、来年度の予算で対応することとし、計画の案を改めました。"
    segmented = lay_out([[f"{head}\n{rest}"], *[[others * 2]] * 6], ["comment"], [20])
    cut = normalize_annex(cut_at_page_end(segmented, 0, 1)).records[0]
    assert cut.comment == head + rest
    assert normalize_annex(segmented).records[0].comment == f"{head}\n{rest}"


@pytest.mark.parametrize(("last", "kept"), [("。", True), ("か。", False)])
def test_a_line_that_lacks_one_character_is_its_authors(last: str, kept: bool) -> None:
    """In type of one width the next character would have filled the line, as others are filled."""
    running = "長い文章が行の終わりまで続き次の行に移り、さらに続いてその次の行の途中で終わる。"
    ended = f"道路の幅が狭いので広げてほしいです{last}"
    made = lay_out([[f"{ended}\n橋を直す。"], *[[running * 3]] * 9], ["comment"], [19])
    ((first, *_), *_) = decide_breaks(made).values()
    assert len(ended) == (18 if kept else 19)
    assert (first.geometry > 0) == kept
    ((pictured, *_), *_) = decide_breaks(recognise(made)).values()
    assert pictured.geometry < 0  # a picture's edges are less exact


def recognise(made: Segmented) -> Segmented:
    """The same lines, read on a picture."""

    def read(part: FieldPart) -> FieldPart:
        lines = (replace(own, confidences=(0.99,) * len(own.text)) for own in part.lines)
        return replace(part, lines=tuple(lines))

    tables = (
        replace(table, rows=tuple(row.with_parts(read) for row in table.rows))
        for table in made.tables
    )
    return replace(made, tables=tuple(tables))

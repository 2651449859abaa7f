"""Line ends in columns that are narrower than a number or a word."""

import pytest
from msgspec.structs import replace

from pipeline.model import Segmented, TableRow
from pipeline.normalize.line_ends.candidates import find_candidates
from pipeline.normalize.line_ends.line_rhythm import measure_rhythms
from pipeline.normalize.line_ends.line_widths import Fit, measure_fits, observe_kinsoku
from pipeline.normalize.line_ends.narrow_fields import weigh_narrow
from tests.support.making import lay_out, line


def fit(segmented: Segmented) -> list[Fit]:
    candidates = find_candidates(segmented)
    rhythms = measure_rhythms(segmented, candidates)
    kinsoku = observe_kinsoku(candidates, rhythms)
    return measure_fits(segmented, candidates, rhythms, kinsoku)


def weigh(role: str, text: str, ems: float) -> list[float]:
    segmented = lay_out([[text]], [role], [ems])
    return weigh_narrow(segmented, find_candidates(segmented), fit(segmented))


@pytest.mark.parametrize(
    ("role", "text", "is_inside"),
    [
        ("number", "意見\n1", True),
        ("number", "10-\n1", True),
        ("number", "1\n2", False),  # two numbers in one cell
        ("comment", "意見\n1", False),
        ("number", "新規\n追加", False),
    ],
)
def test_a_number_that_its_column_broke_is_one(role: str, text: str, is_inside: bool) -> None:
    assert [own < 0 for own in weigh(role, text, 4)] == [is_inside]


@pytest.mark.parametrize(("ems", "is_inside"), [(1.5, True), (3.0, False)])
def test_figures_below_each_other_are_one_number_where_two_have_no_room(
    ems: float, is_inside: bool
) -> None:
    assert (weigh("number", "１\n２", ems)[0] < 0) is is_inside


@pytest.mark.parametrize(("text", "ems"), [("1\n2", 0.9), ("10\n1", 1.4)])
def test_a_figure_below_others_that_leave_it_no_room_is_the_last_of_a_number(
    text: str, ems: float
) -> None:
    assert weigh("number", text, ems)[0] < 0


def test_figures_of_a_page_are_one_number_where_no_more_have_room() -> None:
    for other, is_number in (("8", True), ("-", False)):
        segmented = lay_out([["2\n9"], [other]], ["extra"], [0.9])
        weights = weigh_narrow(segmented, find_candidates(segmented), fit(segmented))
        assert (weights[0] < 0) is is_number


@pytest.mark.parametrize("ems", [1, 1.8])
def test_each_character_on_a_line_is_no_author_s_break(ems: float) -> None:
    assert all(own < 0 for own in weigh("comment", "参考資料", ems))


def test_what_a_narrow_column_has_in_brackets_may_be_on_its_own_line() -> None:
    assert weigh("submitter", "遠藤美智子\n（みらい）", 6)[0] > 0
    assert weigh("submitter", "遠藤美智子\n（みらい）ほか", 9) == [0.0]
    assert weigh("category", "議案第１号\n（用途地域の変更）", 6)[0] > 0
    assert weigh("submitter", "Consumer Group\n(Tokyo)", 8) == [0.0]
    for text in ("契約書\n（案）", "基本計画\n（素案）", "３章の２\n（p.44）"):
        assert weigh("original_text", text, 5) == [0.0]
    assert max(weigh("category", "34ペー\nジ\n（２）\n防災", 3)) <= 0  # no remark
    text = "遠藤美智子\n（みらい）\n市が設ける公園の広さを教えてください。"
    assert weigh("comment", text, 20) == [0.0, 0.0]


@pytest.mark.parametrize(
    ("text", "is_inside"),
    [
        ("第７章　７\n（３）", True),
        ("Ⅱ－３－\n(2)", True),
        ("Ⅱ－３\n－(2)", True),
        ("第７章\n（３）", False),  # two headings
        ("議案３号\n（１）", False),
    ],
)
def test_the_number_of_a_document_s_part_goes_on_in_brackets(text: str, is_inside: bool) -> None:
    full = text.index("\n")
    assert (weigh("category", text, full)[0] < -1) is is_inside


def test_a_column_shows_where_its_author_sets_what_is_in_brackets() -> None:
    rows = ["子育て支援\n（保育）", "道路（市）", "公園（県）", "広報（市）"]
    segmented = lay_out([[row] for row in rows], ["category"], [5])
    assert weigh_narrow(segmented, find_candidates(segmented), fit(segmented))[0] < 0


def test_brackets_of_which_none_had_room_on_the_line_above_are_wrapped() -> None:
    def read(rows: list[str]) -> bool:
        """Whether the first break is the author's."""
        segmented = lay_out([[row] for row in rows], ["category"], [7])
        own = fit(segmented)
        weights = weigh_narrow(segmented, find_candidates(segmented), own)
        return own[0].odds + weights[0] > 0

    full = ["里山の保全整備\n（予定）", "土砂流出の防止\n（新設）", "送電線等の埋設\n（検討）"]
    assert not read(full)
    assert read([*full, "公園\n（休止）"])


def test_an_office_and_a_name_are_a_line_of_their_own() -> None:
    assert weigh("submitter", "地域労働組合連合\n議長　平井　健", 8)[0] > 0
    for text in ("地域労働組合の\n議長を　平井　健", "地域労働組合\n議長　平和　的に"):
        assert weigh("submitter", text, 8) == [0.0]


def test_each_member_has_a_line_in_a_column_of_submitters() -> None:
    assert all(own > 0 for own in weigh("submitter", "岡本委員\n青山委員\n原副会長", 5))
    assert weigh("submitter", "学識経験者\n委員", 5) == [0.0]
    assert weigh("comment", "民生委員\n児童委員", 5) == [0.0]


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("総務省\n経済産\n業省", True),
        ("環境課\n公園緑地課", True),
        ("環境部\n公園緑地課", False),
        ("環境課　\n公園緑地課", False),
    ],
)
def test_each_office_of_a_kind_has_a_line(text: str, apart: bool) -> None:
    assert (weigh("extra", text, 5)[0] > 0) is apart


def test_the_space_behind_a_mark_may_have_had_no_room() -> None:
    text = "第1章\n計画の基本的な考え方"
    assert weigh("category", text, 4.5)[0] < 0
    assert weigh("category", text, 5)[0] == 0


def test_the_letters_of_a_name_may_be_spread_over_two_lines() -> None:
    assert weigh("submitter", "池　田\n進\n大　野　花　子", 6)[0] < 0
    assert weigh("submitter", "池田\n進藤", 6) == [0.0]


def test_figures_and_a_word_a_line_may_be_the_author_s() -> None:
    assert weigh("comment", "１２", 1) == [0.0]
    assert weigh("comment", "有\n無", 4) == [0.0]


def test_a_word_that_runs_over_the_side_of_its_cell_proves_no_room() -> None:
    segmented = lay_out([["計画推進"], ["総則"]], ["category"], [3])
    (table,) = segmented.tables
    first, last = table.rows
    (part,) = last.fields[0].parts
    long = line("（１２３４５）", part.lines[0].x0, part.lines[0].top)
    row = TableRow((replace(last.fields[0], parts=(replace(part, lines=(long,)),)),))
    overrun = replace(segmented, tables=(replace(table, rows=(first, row)),))
    assert [own.odds for own in fit(overrun)] == [own.odds for own in fit(segmented)]


def test_a_program_may_begin_the_next_line_with_the_space_behind_a_mark() -> None:
    assert weigh("category", "第１章\n　計画の策定", 4)[0] < -1
    assert weigh("category", "第１章\n　計画の策定", 8)[0] == 0  # there is room: an indent


def test_a_space_that_is_not_drawn_at_a_line_s_end_left_the_next_character_no_room() -> None:
    """LibreOffice: 森　誠 shows how the column's names are parted, 山田　太郎 is one of them."""
    for other, width, is_lost in (
        ("森　誠", 3.6, True),
        ("森誠", 3.6, False),
        ("中森　誠", 4.0, True),  # rounded or letter-spaced, the space takes a little more
    ):
        segmented = lay_out([["山田\n太郎"], [other]], ["submitter"], [width])
        weights = weigh_narrow(segmented, find_candidates(segmented), fit(segmented))
        assert (weights[0] + fit(segmented)[0].odds < -0.5) is is_lost


def test_a_space_before_a_word_tells_of_no_space_before_a_page() -> None:
    for other, is_lost in (("１－２　公園", False), ("２節　11頁", True)):
        segmented = lay_out([["１章２節\n12頁"], [other]], ["original_text"], [5.5])
        weights = weigh_narrow(segmented, find_candidates(segmented), fit(segmented))
        assert (weights[0] < 0) is is_lost

"""A recognised line becomes what is known to be written there, and nothing else."""

import pytest
from msgspec.structs import replace

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.marks import drop_specks, read_marks
from pipeline.extract.ocr.repair.steps import repair_lines
from pipeline.model import Repair
from tests.support.recognised import EM, spell, type_out


@pytest.mark.parametrize(
    ("found", "made"),
    [("l.1.②事務", "I.1.②事務"), ("All", "All"), ("水5l", "水5l"), ("city.l", "city.l")],
)
def test_a_numeral_is_no_letter_of_a_word_or_address(found: str, made: str) -> None:
    assert spell(read_marks(type_out(found))) == made


@pytest.mark.parametrize(
    ("found", "made"),
    [
        ("IS0/IEC", "ISO/IEC"),
        ("IS014001に", "ISO14001に"),
        ("A0判", "A0判"),
        ("IS01", "IS01"),
        ("80か所", "80か所"),
    ],
)
def test_a_doubtful_zero_that_ends_a_word_is_a_letter(found: str, made: str) -> None:
    line = type_out(found, confidence=0.9)
    line = [replace(c, others=(("O", 0.08),)) if c.text == "0" else c for c in line]
    assert spell(read_marks(line)) == made


def test_a_numeral_leaves_a_receipt() -> None:
    assert read_marks(type_out("l.事務"))[0].repairs == (Repair("numeral", "l", "I"),)


@pytest.mark.parametrize("text", ["体力の向上", "一部の入口と出口", "工事は夕方に八千円で行う"])
def test_what_only_looks_alike_stays(text: str) -> None:
    told = read_marks(type_out(text))
    assert spell(told) == text
    assert not any(character.repairs for character in told)


@pytest.mark.parametrize("dash", ["\u2010", "\u2013"])
def test_a_doubtful_hyphen_is_the_one_of_the_keyboard(dash: str) -> None:
    for minus, made in ((0.3, "-"), (0.01, dash)):
        (hyphen,) = type_out(dash, confidence=1 - minus)
        assert spell(read_marks([replace(hyphen, others=(("-", minus),))])) == made


@pytest.mark.parametrize(("typed", "made"), [("ｰ都市", "-都市"), ("ｽｰﾊﾟ", "ｽｰﾊﾟ"), ("ｽｰ", "ｽｰ")])
def test_a_half_width_long_sign_stands_among_half_width_kana(typed: str, made: str) -> None:
    line = type_out(typed, confidence=0.6)
    line = [replace(c, others=(("-", 0.3),)) if c.text == "ｰ" else c for c in line]
    assert spell(read_marks(line)) == made


@pytest.mark.parametrize(
    ("typed", "shape", "made"), [("・", 1.87, "-"), ("・", 1.1, "・"), ("・個人", 1.87, "・個人")]
)
def test_a_long_point_alone_is_a_hyphen(typed: str, shape: float, made: str) -> None:
    point, *behind = type_out(typed, confidence=0.65)
    point = replace(point, shape=shape, others=(("-", 0.3),))
    assert spell(read_marks([point, *behind])) == made


@pytest.mark.parametrize(
    ("sure", "side", "made"), [(0.1, 4, "個人"), (0.1, 30, "個人・"), (0.9, 4, "個人・")]
)
def test_a_speck_is_no_dot(sure: float, side: float, made: str) -> None:
    *line, dot = type_out("個人・")
    dot = replace(dot, x1=dot.x0 + side, bottom=dot.top + side, confidence=sure)
    assert spell(repair_lines([[*line, dot]], [EM], [0])[0]) == made


@pytest.mark.parametrize(("typed", "made"), [("直します。", "直します。"), ("個人。", "個人")])
def test_a_faint_stop_behind_kana_ends_a_line(typed: str, made: str) -> None:
    """A 1-bit scan leaves a few specks of it; behind a noun they are more often dirt."""
    *line, dot = type_out(typed)
    dot = replace(dot, x1=dot.x0 + 4, bottom=dot.top + 4, confidence=0.3)
    assert spell(drop_specks([*line, dot], EM)) == made


@pytest.mark.parametrize(
    ("typed", "place", "made"),
    [
        ("増加への", 2, "増加への"),
        ("増加 への", 2, "増加・への"),
        ("○道路", 0, "○道路"),
        ("道路", 0, "・道路"),
    ],
)
def test_a_speck_between_letters_or_before_a_mark_is_no_dot(
    typed: str, place: int, made: str
) -> None:
    """However sure the recogniser is: letters leave room for a dot, and no item has two marks."""
    line = type_out(typed)
    x = line[place - 1].x1 + 0.05 * EM if place else line[0].x0 - 0.2 * EM
    dot = Character("・", x, 0.45 * EM, x + 0.1 * EM, 0.55 * EM, 0.99)
    assert spell(drop_specks([*line[:place], dot, *line[place:]], EM)) == made


def test_a_faint_point_of_an_address_is_no_speck() -> None:
    line = [replace(c, confidence=0.5) if c.text == "." else c for c in type_out("city.asahi")]
    assert spell(drop_specks(line, EM)) == "city.asahi"


@pytest.mark.parametrize(("other", "kept"), [("‐", "-個人"), ("_", "個人")])
def test_a_hyphen_before_an_item_is_sure_whichever_hyphen_it_may_be(other: str, kept: str) -> None:
    hyphen, *line = type_out("-個人")
    ends = {"x1": hyphen.x0 + 0.25 * EM, "bottom": hyphen.top + 2, "confidence": 0.5}
    hyphen = replace(hyphen, others=((other, 0.4),), **ends)
    assert spell(drop_specks([hyphen, *line], EM)) == kept


@pytest.mark.parametrize(
    ("text", "side", "shape", "kept"),
    [
        ("。", 0.2, 1.0, 1),
        ("・", 0.2, 1.0, 0),
        ("・", 0.4, 1.0, 0),
        ("-", 0.2, 3.0, 1),
        ("ヽ", 0.4, 1.0, 0),
    ],
)
def test_a_dot_alone_is_a_stop_or_dirt(text: str, side: float, shape: float, kept: int) -> None:
    dot = Character(text, 4.0, 4.0, 4.0 + side * EM, 4.0 + side * EM, 0.9, shape=shape)
    assert len(drop_specks([dot], EM)) == kept


@pytest.mark.parametrize(
    ("typed", "made"), [("い。・", "い。"), ("い・", "い・"), ("。・い", "。・い")]
)
def test_a_speck_behind_the_last_stop_is_no_point(typed: str, made: str) -> None:
    assert spell(drop_specks(type_out(typed), EM)) == made


@pytest.mark.parametrize(("sure", "low", "kept"), [(0.2, True, 0), (0.9, True, 3), (0.2, False, 3)])
def test_the_ends_of_the_letters_above_are_no_line(sure: float, low: bool, kept: int) -> None:
    line = type_out("－eｌ", confidence=sure)
    line = [replace(c, top=c.bottom - 0.3 * EM) for c in line] if low else line
    assert len(drop_specks(line, EM)) == kept


@pytest.mark.parametrize(
    ("text", "wide", "doubted"), [("部反映", 1.2, True), ("部反映", 0.9, False)]
)
def test_what_is_left_of_a_lost_stroke_makes_a_first_character_doubtful(
    text: str, wide: float, doubted: bool
) -> None:
    """The dot of 一 is part of its ink: 部反映 was sure, where 一部反映 stands."""
    first, *line = type_out(text)
    first = replace(first, x0=first.x1 - wide * EM, top=first.bottom - 0.9 * EM)
    found, *others = drop_specks([first, *line], EM)
    assert (found.confidence <= 0.5, found.text) == (doubted, text[0])
    assert [*others] == line

"""Doubtful numbers follow the habits of the document."""

import pytest

from pipeline.normalize.ocr_repair.characters import Character, FieldText
from pipeline.normalize.ocr_repair.number_widths import settle_numbers


def write(text: str, doubted: str = "", sure: float = 0.99) -> FieldText:
    """A text of one line in which some characters are doubtful."""
    return [Character(c, 0.7 if c in doubted else sure, "", 0, 0.0) for c in text]


def spell(text: FieldText) -> str:
    return "".join(character.text for character in text)


HABIT = ["第３条と第15条", "約８か所の12人", "令和６年11月", "第１項の20頁", "約80％の70頁"]


@pytest.mark.parametrize(
    ("read", "doubted", "made"),
    [
        ("第7条の規定", "7", "第７条の規定"),  # one digit, in text
        ("第１７条の規定", "１７", "第17条の規定"),  # two digits
        ("第7条の規定", "", "第7条の規定"),  # the recogniser is sure
        ("第7.条", "7.", "第７．条"),  # the point behind it too
        ("80%以上", "%", "80%以上"),  # one text has ％, too
        ("Ａ１00の推進", "", "Ａ１00の推進"),  # in two widths, and the recogniser is sure
    ],
)
def test_a_doubtful_number_has_the_width_of_its_kind(read: str, doubted: str, made: str) -> None:
    *_, settled = settle_numbers([*map(write, HABIT * 3), write(read, doubted)])
    assert spell(settled) == made
    changed = [character for character in settled if character.repairs]
    assert len(changed) == sum(a != b for a, b in zip(read, made, strict=True))
    assert all(character.confidence <= 0.9 for character in changed)


def test_a_width_that_the_habit_speaks_against_is_less_sure() -> None:
    *_, settled = settle_numbers([*map(write, HABIT * 3), write("第7条の規定", "", 0.95)])
    assert settled[1].text == "7"
    assert settled[1].confidence < 0.8


def test_text_of_the_pdf_stays() -> None:
    *_, settled = settle_numbers([*map(write, HABIT * 3), write("第7条", "", 1.0)])
    assert settled == write("第7条", "", 1.0)


def write_lines(*lines: str, doubted: str = "") -> FieldText:
    """A text of several lines."""
    return [
        Character(c, 0.7 if c in doubted else 0.99, "", line, 0.0)
        for line, text in enumerate(lines)
        for c in text
    ]


def test_the_items_of_two_lists_may_differ() -> None:
    first = write_lines("１．申請先は", "２．郵送も", "３．無料です")
    second = write_lines("1.申請先は", "2.郵送も", "3.無料です")
    assert list(map(spell, settle_numbers([first, second]))) == [spell(first), spell(second)]


@pytest.mark.parametrize(("other", "is_surer"), [("７", True), ("Ｔ", False), ("", False)])
def test_a_width_that_the_habit_agrees_with_is_surer_unless_the_letter_is_in_doubt(
    other: str, is_surer: bool
) -> None:
    doubtful = [Character(c, 0.7 if c == "７" else 0.99, "", 0, 0.0) for c in "第７条の規定"]
    doubtful[1] = Character("７", 0.7, "7" if other == "７" else other, 0, 0.0)
    *_, settled = settle_numbers([*map(write, HABIT * 3), doubtful])
    assert settled[1].text == "７"
    assert (settled[1].confidence > 0.8) == is_surer


@pytest.mark.parametrize(
    ("read", "doubted", "made"),
    [
        ("庁内のＩDを", "Ｉ", "庁内のIDを"),
        ("庁内のＩDを", "D", "庁内のＩＤを"),
        ("庁内のＩＤを", "ＩＤ", "庁内のIDを"),
        ("庁内のＩＤを", "", "庁内のＩＤを"),
    ],
)
def test_a_latin_word_has_one_width_and_its_own(read: str, doubted: str, made: str) -> None:
    typed = [write(text) for text in ("共用IDの管理", "BCPの策定", "ICTの活用")] * 3
    *_, settled = settle_numbers([*typed, write(read, doubted)])
    assert spell(settled) == made


def test_letters_alone_in_their_cells_have_one_width() -> None:
    """Classes Ａ to Ｄ; a Latin word of the text has its own."""
    cells = [write("Ａ"), write("Ｂ"), write("Ｄ", sure=0.9), write("D", "D")]
    *_, cell, text = settle_numbers([*cells, write("市のD", "D")])
    assert (spell(cell), spell(text)) == ("Ｄ", "市のD")


def test_both_brackets_have_the_width_of_those_in_the_same_place() -> None:
    typed = [write("5（1）"), write("(2)の追記")] * 9
    settled = settle_numbers([*typed, write("6 (3)", "()"), write("（4）の追記", "（）")])
    assert [*map(spell, settled[-2:])] == ["6 （3）", "(4)の追記"]

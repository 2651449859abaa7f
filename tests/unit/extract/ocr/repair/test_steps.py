"""A recognised line becomes what is known to be written there, and nothing else."""

import pytest
from msgspec.structs import replace

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.marks import is_dirt, read_marks
from pipeline.extract.ocr.repair.steps import repair_lines
from pipeline.model import Repair
from tests.support.recognised import EM, spell, type_out


@pytest.mark.parametrize(
    ("found", "made"),
    [("l.1.②事務", "I.1.②事務"), ("All", "All"), ("水5l", "水5l"), ("city.l", "city.l")],
)
def test_a_numeral_is_no_letter_of_a_word_or_address(found: str, made: str) -> None:
    assert spell(read_marks(type_out(found))) == made


def test_a_numeral_leaves_a_receipt() -> None:
    assert read_marks(type_out("l.事務"))[0].repairs == (Repair("numeral", "l", "I"),)


@pytest.mark.parametrize("text", ["体力の向上", "一部の入口と出口", "工事は夕方に八千円で行う"])
def test_what_only_looks_alike_stays(text: str) -> None:
    told = read_marks(type_out(text))
    assert spell(told) == text
    assert not any(character.repairs for character in told)


@pytest.mark.parametrize("dash", ["\u2010", "\u2013", "ｰ"])
def test_a_doubtful_hyphen_is_the_one_of_the_keyboard(dash: str) -> None:
    for minus, made in ((0.3, "-"), (0.01, dash)):
        (hyphen,) = type_out(dash, confidence=1 - minus)
        assert spell(read_marks([replace(hyphen, others=(("-", minus),))])) == made


@pytest.mark.parametrize(
    ("typed", "shape", "made"), [("・", 1.87, "-"), ("・", 1.1, "・"), ("・個人", 1.87, "・個人")]
)
def test_a_long_point_alone_is_a_hyphen(typed: str, shape: float, made: str) -> None:
    point, *behind = type_out(typed, confidence=0.65)
    point = replace(point, shape=shape, others=(("-", 0.3),))
    assert spell(read_marks([point, *behind])) == made


@pytest.mark.parametrize(("text", "shape", "dirt"), [("。", 1.0, 0), ("・", 1.0, 1), ("-", 3.0, 0)])
def test_a_dot_alone_is_a_stop_or_dirt(text: str, shape: float, dirt: bool) -> None:
    dot = Character(text, 4.0, 4.0, 4.0 + 0.2 * EM, 4.0 + 0.2 * EM, 0.9, shape=shape)
    assert is_dirt([dot], EM) == dirt
    assert repair_lines([[dot]], [EM]) == [[]] or not dirt


@pytest.mark.parametrize(("sure", "low", "dirt"), [(0.2, True, 1), (0.9, True, 0), (0.2, False, 0)])
def test_the_ends_of_the_letters_above_are_no_line(sure: float, low: bool, dirt: bool) -> None:
    line = type_out("－eｌ", confidence=sure)
    line = [replace(c, top=c.bottom - 0.3 * EM) for c in line] if low else line
    assert is_dirt(line, EM) == dirt

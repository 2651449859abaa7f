"""A doubtful character is read as the same words elsewhere."""

import pytest

from pipeline.model import Repair
from pipeline.normalize.ocr_repair.characters import Character, FieldText
from pipeline.normalize.ocr_repair.steps import read_same_words


def write(text: str, doubted: str = "", others: str = "", sure: float = 0.7) -> FieldText:
    return [Character(c, *((sure, others) if c in doubted else (0.999, "")), 0, 0.0) for c in text]


ELSEWHERE = [write("庁内横断的に点検する。"), write("第５条の規定")]


@pytest.mark.parametrize(
    ("read", "doubted", "others", "sure", "made"),
    [
        ("また、庁丙横断的に", "丙", "円内", 0.7, "また、庁内横断的に"),
        ("庁\u3000丙横断的", "丙", "内", 0.7, "庁\u3000内横断的"),
        ("また、庁丙横断的に", "丙", "円", 0.7, "また、庁丙横断的に"),  # the recogniser saw no 内
        ("また、庁丙横断的に", "丙", "内", 0.99, "また、庁丙横断的に"),  # it is sure
        ("本庁丙の", "丙", "内", 0.7, "本庁丙の"),  # too few characters
        ("本庁丙横に", "丙", "内", 0.7, "本庁内横に"),
        ("第６条の規定", "６", "５", 0.7, "第６条の規定"),  # numbers differ
        ("点検する、", "、", "。", 0.7, "点検する。"),
        ("内横断的", "断", "内", 0.7, "内横断的"),  # as it stands elsewhere
    ],
)
def test_a_doubtful_character_is_read_as_in_the_same_words(
    read: str, doubted: str, others: str, sure: float, made: str
) -> None:
    *_, text = read_same_words([*ELSEWHERE, write(read, doubted, others, sure)])
    assert "".join(character.text for character in text) == made


def test_the_repair_leaves_a_receipt_and_a_doubt() -> None:
    *_, text = read_same_words([*ELSEWHERE, write("庁丙横断的", "丙", "内", 0.7)])
    assert text[1].repairs == (Repair("same words", "丙", "内"),)
    assert text[1].confidence == 0.7


def test_words_that_are_in_doubt_themselves_say_nothing() -> None:
    texts = [write("庁内横断的", "内"), write("庁丙横断的", "丙", "内")]
    assert read_same_words(texts) == texts

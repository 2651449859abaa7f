"""Stops are read, and found again, as those of their document are."""

import pytest

from pipeline.normalize.ocr_repair.characters import Character, FieldText
from pipeline.normalize.ocr_repair.steps import restore_stops, settle_stops

FULL, HALF = "個人の番号。以下同じ。", "個人の番号｡以下同じ｡"


def write(text: str, sure: float = 0.999, others: str = "") -> FieldText:
    return [Character(c, sure, others if c == "｡" else "", 0, 0.0) for c in text]


@pytest.mark.parametrize(
    ("elsewhere", "sure", "others", "made"),
    [
        (FULL, 0.9, "。", "以下同じ。）"),  # the program took the white of 。 away
        (FULL, 0.999, "。", "以下同じ｡）"),  # the recogniser is sure
        (FULL, 0.9, ".", "以下同じ｡）"),  # it saw no 。
        (HALF, 0.9, "。", "以下同じ｡）"),  # typed in half width
    ],
)
def test_a_doubtful_stop_is_as_wide_as_others(
    elsewhere: str, sure: float, others: str, made: str
) -> None:
    *_, text = settle_stops([write(elsewhere), write("以下同じ｡）", sure, others)])
    assert "".join(character.text for character in text) == made
    assert len([c for c in text if c.repairs]) == ("。" in made)


@pytest.mark.parametrize(
    ("read", "made"),
    [
        ("実施しています\u3000さらに、調整する", "実施しています。さらに、調整する"),
        ("実施しています\u3000「橋りょう」", "実施しています。「橋りょう」"),
        ("対応する\u3000場合", "対応する\u3000場合"),  # a word goes on: it is no sentence's end
        ("第１章\u3000総則", "第１章\u3000総則"),
    ],
)
def test_white_between_two_sentences_is_a_lost_stop(read: str, made: str) -> None:
    *_, text = restore_stops([write(FULL), write(read)])
    assert "".join(character.text for character in text) == made
    assert all(character.confidence <= 0.9 for character in text if character.repairs)
    *_, alone = restore_stops([write("意見なし"), write(read)])
    assert not [character for character in alone if character.repairs]


def test_text_of_the_pdf_keeps_its_white() -> None:
    *_, text = restore_stops([write(FULL), write("実施しています\u3000さらに", 1.0)])
    assert not [character for character in text if character.repairs]

"""Stops that were lost are found again."""

import pytest

from pipeline.normalize.ocr_repair.characters import Character, FieldText
from pipeline.normalize.ocr_repair.steps import restore_stops

FULL = "個人の番号。以下同じ。"


def write(text: str, sure: float = 0.999) -> FieldText:
    return [Character(c, sure, "", 0, 0.0) for c in text]


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

"""A doubtful half-width stop is read as its document's are."""

import pytest

from pipeline.normalize.ocr_repair.characters import Character, FieldText
from pipeline.normalize.ocr_repair.steps import settle_stops

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

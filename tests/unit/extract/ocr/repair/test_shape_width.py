"""Digits of one shape have one width on a page."""

from dataclasses import replace

import pytest

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.character_width import choose_widths
from pipeline.extract.ocr.repair.shape_width import share_widths
from pipeline.model import Repair
from tests.support.recognised import spell

EM = 40.0
HALF, FULL = (0.47, 0.755), (0.47, 0.737)  # em: the inks of 5 and ５ in a proportional font


def digit(text: str, shape: tuple[float, float], confidence: float) -> Character:
    width, height = (side * EM for side in shape)
    other = "５" if text == "5" else "5"
    return Character(text, 0, 0, width, height, confidence, ((other, 1 - confidence),))


def settle(lines: list[list[Character]]) -> list[list[Character]]:
    judged = [choose_widths(line) for line in lines]
    return [choose_widths(line) for line in share_widths(lines, judged, EM)]


@pytest.mark.parametrize(("shape", "text"), [(HALF, "5"), (FULL, "５")])
def test_a_doubtful_digit_has_the_width_of_those_of_its_shape(
    shape: tuple[float, float], text: str
) -> None:
    sure = [[digit("5", HALF, 0.99)] for _ in range(9)] + [[digit("５", FULL, 0.99)]] * 9
    alone = digit("５" if text == "5" else "5", shape, 0.8)
    settled = settle([*sure, [alone]])
    assert [spell(line) for line in settled] == ["5"] * 9 + ["５"] * 9 + [text]
    assert settled[-1][0].repairs == (Repair("width", alone.text, text),)


def test_a_shape_that_nothing_shares_says_nothing() -> None:
    lines = [[digit("5", HALF, 0.99)], [digit("５", (0.6, 0.9), 0.7)]]
    (_, (alone,)) = share_widths(lines, lines, EM)
    assert alone.text == "５"
    assert alone.confidence == pytest.approx(0.7, abs=0.01)


def test_other_characters_stay() -> None:
    line = [replace(digit("5", HALF, 0.9), text="個", others=())]
    assert share_widths([line], [line], EM) == [line]

"""How a recognised line is set: boxes side by side, white space between."""

from itertools import pairwise

import pytest
from msgspec.structs import replace

from pipeline.extract.ocr.repair.font_metrics import measure_type_metrics
from pipeline.extract.ocr.repair.steps import restore_spacing
from tests.support.recognised import EM, KANJI, MONOSPACED, spell, type_out


@pytest.mark.parametrize("text", ["１　個人情報の保護", "個人情報（12人）、保護。", "個人 情報"])
def test_boxes_stand_side_by_side_and_white_space_is_put_in(text: str) -> None:
    placed = restore_spacing(type_out(text), MONOSPACED)
    assert spell(placed) == text
    assert all(a.x1 == pytest.approx(b.x0) for a, b in pairwise(placed))
    first, last = placed[0], placed[-1]
    assert last.x1 - first.x0 == pytest.approx(
        sum(0.5 if c.isascii() else 1.0 for c in text) * EM, abs=0.15 * EM
    )


def test_characters_that_are_spread_over_a_line_are_no_words() -> None:
    """感　じ　ま　す was read where a program had spread a line that its author broke."""
    line = [
        replace(own, x0=own.x0 + index * 0.8 * EM, x1=own.x1 + index * 0.8 * EM)
        for index, own in enumerate(type_out("不足しています"))
    ]
    for metrics in (MONOSPACED, measure_type_metrics([type_out(KANJI), line], [EM, EM])[1]):
        placed = restore_spacing(line, metrics)
        assert spell(placed) == "不足しています"
        assert placed[1].x0 - placed[0].x1 == pytest.approx(0.8 * EM, abs=0.1 * EM)


def test_words_are_parted_and_figures_are_not() -> None:
    assert spell(restore_spacing(type_out("Web Content 11"), MONOSPACED)) == "Web Content 11"


def test_a_narrow_space_that_the_recogniser_sees_is_one() -> None:
    line = type_out("Wi-Fi6")
    assert spell(restore_spacing(line, MONOSPACED)) == "Wi-Fi6"
    line[-1] = replace(line[-1], space=0.9)
    assert spell(restore_spacing(line, MONOSPACED)) == "Wi-Fi 6"


def test_wide_letters_are_one_word() -> None:
    line = type_out("QR")
    wide = [replace(line[0], x1=line[0].x0 + 0.7 * EM)]
    start = wide[0].x1 + 0.15 * EM
    wide.append(replace(line[1], x0=start, x1=start + 0.6 * EM))
    assert spell(restore_spacing(wide, MONOSPACED)) == "QR"


@pytest.mark.parametrize(("text", "is_doubted"), [("5 (1)", True), ("Web (1)", False)])
def test_white_before_a_bracket_behind_a_digit_may_be_the_brackets_own(
    text: str, is_doubted: bool
) -> None:
    """5（1） was read as 5 (1) without a doubt."""
    placed = restore_spacing(type_out(text), MONOSPACED)
    (bracket,) = (character for character in placed if character.text == "(")
    assert spell(placed) == text
    assert (bracket.confidence <= 0.5) == is_doubted

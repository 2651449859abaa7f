"""Full and half width: what the recogniser saw, and what one author writes in one line."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.character_width import choose_widths
from pipeline.extract.ocr.repair.font_metrics import TypeMetrics
from pipeline.model import Repair
from pipeline.vocabulary.character_widths import full_form, half_form
from tests.support.recognised import KANJI, spell

ROOMY = TypeMetrics(0.5, 1.0)
"""The metrics of a line whose characters, one pixel wide, have room for either width."""


NONE = np.array([])
"""No other lines, whose beginnings would tell a width."""


def read(text: str, doubts: Sequence[float] = ()) -> list[Character]:
    """A line whose characters may be of the other width, with these probabilities."""
    line = []
    for index, character in enumerate(text):
        doubt = doubts[index] if index < len(doubts) else 0.001
        full, half = full_form(character), half_form(character)
        other = half if character == full else full
        others = ((other, doubt),) if other else ()
        line.append(Character(character, index, 0, index + 1, 1, 1 - doubt, others))
    return line


def test_what_the_recogniser_is_sure_of_stays() -> None:
    for text in (
        "令和７年度",
        "令和7年度",
        "（１）個人",
        "(1)個人",
        "第２７条",
        "第27条",
        "ＩＣＴと5G",
    ):
        settled = choose_widths(read(text), ROOMY, NONE)
        assert spell(settled) == text
        assert not any(character.repairs for character in settled)


def test_a_number_has_one_width() -> None:
    settled = choose_widths(read("第２7条", (0, 0.001, 0.4)), ROOMY, NONE)
    assert spell(settled) == "第２７条"
    assert settled[2].repairs == (Repair("width", "7", "７"),)
    assert settled[2].confidence < settled[1].confidence


def test_brackets_of_a_pair_have_one_width() -> None:
    assert (
        spell(choose_widths(read("（個人)情報", (0.001, 0, 0, 0.4)), ROOMY, NONE)) == "（個人）情報"
    )


@pytest.mark.parametrize(
    ("line", "doubt", "settled"),
    [("値:12", 0.45, "値：12"), ("値:12", 0.03, "値:12"), ("10:30", 0.45, "10:30")],
)
def test_a_doubtful_colon_goes_with_what_stands_before_it(
    line: str, doubt: float, settled: str
) -> None:
    doubts = [doubt if own == ":" else 0.001 for own in line]
    assert spell(choose_widths(read(line, doubts), ROOMY, NONE)) == settled


def test_a_pair_of_two_widths_stays_where_both_are_sure() -> None:
    """Of （リスク5以降) the author typed one bracket in each width."""
    settled = choose_widths(read("※(リスク5以降）", (0, 0, 0, 0, 0, 0, 0, 0, 0)), ROOMY, NONE)
    assert spell(settled) == "※(リスク5以降）"


def test_a_doubt_that_nothing_settles_stays() -> None:
    (settled,) = choose_widths(read("7", (0.45,)), ROOMY, NONE)
    assert 0.5 < settled.confidence < 0.8


def test_a_bracket_beside_another_may_be_set_without_its_white() -> None:
    """Browsers and Word set （案）」 so."""
    line = read("（案)」", (0, 0, 0.01))
    line[-1] = replace(line[-1], x0=2.5, x1=3.5)
    assert spell(choose_widths(line, TypeMetrics(1.0, 1.0), NONE)) == "（案）」"


@pytest.mark.parametrize(("kana", "width"), [(1.0, "7"), (0.87, "７")])
def test_a_digit_without_room_has_half_width(kana: float, width: str) -> None:
    """In a proportional font, ７ is as narrow as 7."""
    line = read("基本目標７", (0, 0, 0, 0, 0.25))
    line[-1] = replace(line[-1], x0=3.8, x1=4.8)
    assert choose_widths(line, TypeMetrics(1.0, kana), NONE)[-1].text == width


@given(st.lists(st.sampled_from(["７", "12", "３４", "5", "（１）", "(2)", *KANJI]), min_size=1))
def test_settling_widths_changes_nothing_else(pieces: list[str]) -> None:
    line = read("".join(pieces), [0.3] * 99)
    settled = choose_widths(line, ROOMY, NONE)
    assert [half_form(c.text) or c.text for c in settled] == [
        half_form(c.text) or c.text for c in line
    ]
    assert [(c.x0, c.x1) for c in settled] == [(c.x0, c.x1) for c in line]
    assert all(0 < c.confidence <= 1 for c in settled)


@pytest.mark.parametrize(
    ("shift", "made"),
    [(0.0, "(1)個人"), (-0.51, "（1）個人"), (-3.0, "(1)個人")],
    ids=["half", "full", "elsewhere"],
)
def test_a_line_begins_where_those_of_its_column_do(shift: float, made: str) -> None:
    em = 30.0
    line = [
        replace(own, x0=x, x1=x + 8.0, confidence=0.6, others=((other, 0.4),))
        for own, other, x in zip(
            read("(1)個人"), ("（", "１", "）", "", ""), (3.5, 18.5, 33.5, 70, 100), strict=True
        )
    ]
    begins = np.full(4, shift * em)
    assert spell(choose_widths(line, TypeMetrics(em, 1.0), begins)) == made

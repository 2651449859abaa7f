"""Full and half width, told by the room that characters take."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.ocr.repair.character_width import choose_widths
from pipeline.extract.ocr.repair.font_metrics import TypeMetrics
from pipeline.model import Repair
from pipeline.vocabulary.character_widths import half_form
from tests.support.recognised import EM, KANJI, MONOSPACED, misread, spell, type_out

NUMBERED = [
    "（１）個人情報保護の方針",
    "(1)個人情報保護の方針",
    "令和７年度の個人情報",
    "令和7年度の個人情報",
    "第１２条の個人情報保護",
    "第12条の個人情報保護",
    "個人情報（12人）の保護",
    "個人情報保護３２．１％",
    "１　個人情報の保護",
    "個人情報ＩＣＴの保護",
]


@pytest.mark.parametrize("text", NUMBERED)
def test_the_room_that_characters_take_tells_their_width(text: str) -> None:
    (settled,) = choose_widths([misread(type_out(text))], [MONOSPACED])
    assert spell(settled) == "".join(text.split())


def test_a_width_leaves_a_receipt_and_the_doubt_is_kept() -> None:
    (settled,) = choose_widths([misread(type_out("令和７年度の個人情報"))], [MONOSPACED])
    assert settled[2].repairs == (Repair("width", "7", "７"),)
    assert settled[2].confidence > 0.95
    assert all(not c.repairs for i, c in enumerate(settled) if i != 2)


def test_a_figure_alone_may_be_either() -> None:
    (settled,) = choose_widths([type_out("7")], [TypeMetrics(EM, 0.88, 0.62)])
    assert settled[0].confidence < 0.9


@given(st.lists(st.sampled_from(["７", "12", "３４", "5", "（１）", "(2)", *KANJI]), min_size=4))
def test_settling_widths_changes_nothing_else(pieces: list[str]) -> None:
    typed = type_out(KANJI + KANJI[0].join(pieces))
    (settled,) = choose_widths([misread(typed)], [MONOSPACED])
    assert [half_form(c.text) or c.text for c in settled] == [c.text for c in misread(typed)]
    assert [(c.x0, c.x1) for c in settled] == [(c.x0, c.x1) for c in typed]
    assert all(0 < c.confidence <= 1 for c in settled)


@pytest.mark.parametrize(("indent", "made"), [(0.0, "(2)"), (0.5, "（2）")])
def test_a_bracket_at_the_margin_is_of_half_width(indent: float, made: str) -> None:
    # (2) and a plain space, or （2）: from the 2 on both take the same room.
    typed = type_out("（2）" + KANJI)
    (settled,) = choose_widths([misread(typed)], [replace(MONOSPACED, margin=(0.5 - indent) * EM)])
    assert spell(settled) == made + KANJI


def test_a_number_of_one_figure_is_full_where_nothing_tells() -> None:
    proportional = TypeMetrics(EM, 0.88, 0.63)
    read = [type_out(text, proportional) for text in ("第3条の個人", "第31条の個人", "保A3の個人")]
    assert [*map(spell, choose_widths(read, [proportional] * 3))] == [
        "第３条の個人",
        "第31条の個人",
        "保A3の個人",
    ]

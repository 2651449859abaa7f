"""The size and pitch of type, measured."""

import pytest
from msgspec.structs import replace

from pipeline.extract.ocr.repair.font_metrics import measure_rises, measure_type_metrics
from tests.support.recognised import EM, KANJI, type_out


def test_the_type_is_measured_from_its_neighbours() -> None:
    kinds = measure_type_metrics([type_out(KANJI), type_out("12の34"), []], [30.0, 30.0, 30.0])
    assert kinds[0].em == pytest.approx(EM)
    assert kinds[1].em == pytest.approx(EM)  # in the ratio of the others
    assert not kinds[0].is_proportional


def test_a_line_that_is_spread_has_the_type_of_its_height() -> None:
    spread = [
        replace(own, x0=own.x0 + index * EM, x1=own.x1 + index * EM)
        for index, own in enumerate(type_out(KANJI))
    ]
    assert measure_type_metrics([type_out(KANJI)] * 2 + [spread], [EM] * 3)[2].em == pytest.approx(
        EM
    )


def test_the_rise_of_a_digit_is_that_above_the_kanji_beside_it() -> None:
    line = type_out("個人7情報")
    line[2] = replace(line[2], top=line[2].top - 4, bottom=line[2].bottom - 4)
    assert measure_rises(line, EM) == [None, None, pytest.approx(0.1), None, None]
    assert measure_rises(line[2:4], EM) == [None, None]

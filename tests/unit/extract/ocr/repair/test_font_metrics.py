"""The size and pitch of type, measured."""

import pytest

from pipeline.extract.ocr.repair.font_metrics import measure_type_metrics
from tests.support.recognised import EM, KANJI, type_out


def test_the_type_is_measured_from_its_neighbours() -> None:
    kinds = measure_type_metrics([type_out(KANJI), type_out("12の34"), []], [30.0, 30.0, 30.0])
    assert kinds[0].em == pytest.approx(EM)
    assert kinds[1].em == pytest.approx(EM)  # in the ratio of the others
    assert not kinds[0].is_proportional

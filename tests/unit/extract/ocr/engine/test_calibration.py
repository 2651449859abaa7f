"""Confidences keep their order and are never quite sure."""

from pipeline.extract.ocr.engine.calibration import calibrate
from pipeline.extract.ocr.engine.character_set import Character


def test_calibration_keeps_the_order_and_never_is_quite_sure() -> None:
    sure = [0.1, 0.5, 0.9, 0.99, 0.9999]
    for text in ("個", "7"):
        line_ = [Character(text, 0, 0, 1, 1, value) for value in sure]
        made = [character.confidence for character in calibrate(line_)]
        assert made == sorted(made)
        assert all(0 < value < 1 for value in made)

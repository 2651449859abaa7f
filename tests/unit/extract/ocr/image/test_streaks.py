"""Creases and streaks are wiped; the rulings of a table are not, and type goes on."""

import numpy as np
import pytest

from pipeline.extract.ocr.image.streaks import wipe_streaks
from tests.support.scanned import DPI, Grey, ruled, turned


def streaked(image: Grey, x: int = 640, y: int = 1100) -> Grey:
    """The picture with a crease down and one across, two pixels wide."""
    image = image.copy()
    image[:, x : x + 2] = image[y : y + 2] = 60
    return image


@pytest.mark.parametrize("skew", [0.0, 0.7, -2.0])
def test_creases_are_wiped_and_the_table_stays(skew: float) -> None:
    clean, creased = turned(ruled(), skew), turned(streaked(ruled()), skew)
    wiped = wipe_streaks(creased, DPI)
    assert np.mean(wiped < clean - 100.0) < 0.0001
    assert np.mean(wiped > clean + 100.0) < 0.001  # strokes that lay below a crease


def test_a_stroke_goes_on_through_a_streak() -> None:
    image = np.full((1200, 1000), 255, np.uint8)
    image[500:504, 300:700] = 0
    image[:, 400:403] = 80
    wiped = wipe_streaks(image, DPI)
    assert wiped[500:504, 390:420].max() < 60
    assert wiped[510:, 380:420].min() > 200


def test_a_picture_cut_out_at_its_table_keeps_its_rulings() -> None:
    table = ruled()[298:2003, 198:1453]
    assert (wipe_streaks(table.copy(), DPI) == table).all()

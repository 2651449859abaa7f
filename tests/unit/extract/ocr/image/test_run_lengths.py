"""Long runs of ink stay where they are, and whole."""

import numpy as np
import pytest

from pipeline.extract.ocr.image.run_lengths import keep_long


@pytest.mark.parametrize("shortest", [6, 7])
def test_a_long_run_stays_and_a_short_one_goes(shortest: int) -> None:
    ink = np.zeros((3, 40), np.uint8)
    ink[1, 10:17] = 255
    expected = ink.copy()
    ink[1, 25:30] = ink[0, 36:] = ink[1, :4] = 255  # the last two are in two rows
    assert np.array_equal(keep_long(ink, shortest), expected)


def test_a_gap_is_closed() -> None:
    ink = np.zeros((1, 30), np.uint8)
    ink[0, 5:9] = ink[0, 11:15] = ink[0, 18:22] = 255
    kept = keep_long(ink, 10, gap=2.5)
    assert np.flatnonzero(kept).tolist() == [*range(5, 15)]

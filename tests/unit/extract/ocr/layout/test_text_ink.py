"""The ink of text."""

import cv2
import numpy as np
import pytest

from pipeline.extract.ocr.layout.region import Region
from pipeline.extract.ocr.layout.text_ink import find_text_ink, take_faint


def test_a_stop_that_is_grey_all_around_is_ink_and_a_grey_speck_is_not() -> None:
    white = np.full((60, 300), 255, np.uint8)
    white[20:40, 20:200:6] = 0
    cv2.circle(white, (212, 36), 3, 170, 1)
    white[30:32, 250:252] = 170
    columns = np.flatnonzero(find_text_ink(white, em=22).any(axis=0))
    assert columns[-1] == 215


def test_the_specks_of_a_broken_ring_are_ink_and_a_pair_of_specks_is_not() -> None:
    """Scans in black and white lost the 。 at the ends of lines."""
    white = np.full((60, 300), 255, np.uint8)
    white[20:40, 20:200:6] = 0
    for x, y in ((209, 34), (212, 31), (215, 34), (212, 37), (250, 30), (253, 30)):
        white[y : y + 2, x : x + 2] = 0
    columns = np.flatnonzero(find_text_ink(white, em=22).any(axis=0))
    assert columns[-1] == 216


@pytest.mark.parametrize(
    ("x", "y", "right"),
    [(206, 37, 208), (206, 22, 200), (230, 37, 200)],
    ids=["low", "high", "far"],
)
def test_the_specks_of_a_stop_low_behind_a_line_belong_to_it(x: int, y: int, right: int) -> None:
    """Without the few that a 1-bit scan leaves of a ring, recognition saw no 。."""
    white, ink = (np.full((60, 300), value, np.uint8) for value in (255, 0))
    for left in range(20, 200, 6):
        white[20:40, left : left + 6], ink[20:40, left : left + 6] = 0, 255
    white[y : y + 2, x : x + 2] = 0
    region = take_faint(white, ink, Region(20, 20, 200, 40), Region(0, 0, 300, 60), em=22)
    assert region.x1 == right

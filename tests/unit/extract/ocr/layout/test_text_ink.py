"""The ink of text."""

import cv2
import numpy as np

from pipeline.extract.ocr.layout.text_ink import find_text_ink


def test_a_stop_that_is_grey_all_around_is_ink_and_a_grey_speck_is_not() -> None:
    white = np.full((60, 300), 255, np.uint8)
    white[20:40, 20:200:6] = 0
    cv2.circle(white, (212, 36), 3, 170, 1)
    white[30:32, 250:252] = 170
    columns = np.flatnonzero(find_text_ink(white, em=22).any(axis=0))
    assert columns[-1] == 215

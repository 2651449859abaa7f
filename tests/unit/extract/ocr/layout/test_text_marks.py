"""Marks are found on the picture of type, at any resolution."""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest

from pipeline.extract.ocr.layout.text_marks import find_marks

Image = np.ndarray[Any, np.dtype[np.uint8]]


def type_out(em: int) -> Image:
    """Six characters with upright strokes and a level one each."""
    image = np.full((4 * em, 10 * em), 255, np.uint8)
    pen = em // 9
    for x in range(2 * em, 8 * em, em):
        for stroke in (0.12, 0.34, 0.56, 0.78):
            left = x + round(stroke * em)
            image[round(1.6 * em) : round(2.4 * em), left : left + pen] = 0
        image[round(1.8 * em) : round(1.8 * em) + pen, x + em // 8 : x + round(0.87 * em)] = 0
    return image


def bar(image: Image, em: int, y: float) -> None:
    pen = max(em // 20, 1)
    image[round(y * em) : round(y * em) + pen, 3 * em : 7 * em] = 0


def underline(image: Image, em: int) -> None:
    bar(image, em, 2.5)


def underline_twice(image: Image, em: int) -> None:
    bar(image, em, 2.48)
    bar(image, em, 2.6)


def strike(image: Image, em: int) -> None:
    bar(image, em, 2.05)


def frame(image: Image, em: int) -> None:
    ends = (round(2.95 * em), round(1.45 * em)), (round(7.05 * em), round(2.55 * em))
    cv2.rectangle(image, *ends, 0, max(em // 20, 1))


@pytest.mark.parametrize("em", [24, 42, 56])  # 10 points at 200, 300 and 400 dots per inch
@pytest.mark.parametrize(
    ("mark", "kind"),
    [(underline, "underline"), (underline_twice, "underline"), (strike, "strike"), (frame, "box")],
)
def test_marks_are_found(mark: Callable[[Image, int], None], kind: str, em: int) -> None:
    marked = type_out(em)
    mark(marked, em)
    found = find_marks(marked, em)
    assert {one.kind for one in found} == {kind}
    assert all(abs(one.y / em - 2) < 0.3 and abs(one.x0 / em - 3) < 0.1 for one in found)


@pytest.mark.parametrize("em", [24, 42, 56])
def test_a_dash_of_the_text_is_no_mark(em: int) -> None:
    image = np.full((4 * em, 10 * em), 255, np.uint8)
    bar(image, em, 2.0)
    assert find_marks(image, em) == []

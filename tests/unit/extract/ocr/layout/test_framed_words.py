"""Frames around words on a scanned page."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.extract.ocr.image.binarize import find_ink
from pipeline.extract.ocr.image.components import find_parts
from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling
from pipeline.extract.ocr.layout.rulings import erase_rulings, find_rulings

EM = 24
Grey = NDArray[np.uint8]


def typed(*tops: int) -> Grey:
    """A table with one cell, and lines of type whose characters are nearly as high as lines."""
    image = np.full((600, 1200), 255, np.uint8)
    cv2.rectangle(image, (100, 100), (1000, 400), 0, 2)
    for top in tops:
        for x in range(120, 960, EM):
            for stroke in range(x + 4, x + 20, 5):
                image[top : top + 22, stroke : stroke + 2] = 0
            image[top + 8 : top + 10, x + 4 : x + 18] = 0
    return image


def frame(image: Grey, x0: int, top: int, x1: int, open_side: str = "", height: int = 26) -> None:
    bottom = top + height
    image[top : top + 2, x0:x1] = image[bottom - 2 : bottom, x0:x1] = 0
    for side, x in (("left", x0), ("right", x1 - 2)):
        if side != open_side:
            image[top:bottom, x : x + 2] = 0


def part_the_cell(found: list[PixelRuling]) -> list[PixelRuling]:
    parting = (bar for bar in found if not bar.is_underline)
    return [r for r in parting if (110 < r.top < 390 if r.is_horizontal else 110 < r.x0 < 990)]


def left_beside_type(image: Grey, found: list[PixelRuling]) -> int:
    """The longest side of what remains."""
    parts = find_parts(find_ink(erase_rulings(image, found)), 100)
    return int(max(*parts.width, *parts.height))


@pytest.mark.parametrize("ends", [(140, 600), (116, 220), (105, 998)])
def test_a_frame_around_words_is_erased_and_parts_nothing(ends: tuple[int, int]) -> None:
    image = typed(200)
    frame(image, ends[0], 198, ends[1])
    found = find_rulings(image, EM)
    assert not part_the_cell(found)
    assert left_beside_type(image, found) <= EM


def test_the_sides_of_a_frame_as_high_as_a_short_ruling_part_nothing() -> None:
    image = typed(200)
    frame(image, 140, 196, 600, height=30)
    assert not part_the_cell(find_rulings(image, EM))


def test_a_frame_that_goes_on_in_the_next_line_is_open_there() -> None:
    image = typed(200, 236)
    frame(image, 400, 198, 960, "right")
    frame(image, 120, 234, 500, "left")
    found = find_rulings(image, EM)
    assert not part_the_cell(found)
    assert left_beside_type(image, found) <= EM


def test_a_large_kanji_that_looks_like_a_frame_stays() -> None:
    image = typed(340)
    cv2.rectangle(image, (300, 200), (344, 244), 0, 3)  # 国 of a title
    image[210:235, 315:330] = 0
    found = find_rulings(image, EM)
    assert not [bar for bar in found if bar.is_underline]


def test_the_rows_of_a_table_with_tight_type_are_no_frames() -> None:
    image = typed(200)
    for y in (198, 222):
        image[y : y + 2, 100:1000] = 0
    found = find_rulings(image, EM)
    assert len(part_the_cell(found)) == 2

"""Where recognised characters stand: each has its own ink."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from pipeline.extract.ocr.engine.alignment import Peak, align_to_ink
from pipeline.extract.ocr.engine.character_set import Character


def blocks(*spans: tuple[int, int], height: int = 40) -> np.ndarray[Any, np.dtype[np.uint8]]:
    image = np.full((height, 200), 255, np.uint8)
    for x0, x1 in spans:
        image[5 : height - 5, x0:x1] = 0
    return image


def spans(spots: Sequence[Character]) -> list[tuple[int, int]]:
    return [(round(spot.x0), round(spot.x1)) for spot in spots]


def test_a_character_has_its_own_ink() -> None:
    peaks = [Peak(22.0, (("個", 1.0),)), Peak(61.0, (("人", 1.0),))]
    spots = align_to_ink(peaks, blocks((5, 38), (45, 78)))
    assert spans(spots) == [(5, 38), (45, 78)]
    assert {(round(s.top), round(s.bottom)) for s in spots} == {(5, 35)}


def test_parts_of_a_character_are_not_its_neighbours() -> None:
    peaks = [Peak(20.0, (("川", 1.0),)), Peak(62.0, (("人", 1.0),))]
    spots = align_to_ink(peaks, blocks((5, 9), (18, 22), (31, 35), (45, 78)))
    assert spans(spots) == [(5, 35), (45, 78)]


def test_white_paper_holds_nothing() -> None:
    assert align_to_ink([], blocks()) == []

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
    spots = align_to_ink(peaks, [], blocks((5, 38), (45, 78)))
    assert spans(spots) == [(5, 38), (45, 78)]
    assert {(round(s.top), round(s.bottom)) for s in spots} == {(5, 35)}


def test_parts_of_a_character_are_not_its_neighbours() -> None:
    peaks = [Peak(20.0, (("川", 1.0),)), Peak(62.0, (("人", 1.0),))]
    spots = align_to_ink(peaks, [], blocks((5, 9), (18, 22), (31, 35), (45, 78)))
    assert spans(spots) == [(5, 35), (45, 78)]


def test_ink_that_the_model_passed_over_is_read() -> None:
    peaks = [Peak(62.0, (("人", 1.0),))]
    hints = [Peak(20.0, (("", 0.9), ("※", 0.08), (" ", 0.01)))]
    spots = align_to_ink(peaks, hints, blocks((5, 35), (45, 78)))
    assert [s.text for s in spots] == ["※", "人"]
    assert spots[0].confidence == 0.08


def test_a_part_of_a_character_is_not_read_once_more() -> None:
    peaks = [Peak(50.0, (("監", 1.0),))]
    hints = [Peak(16.0, (("", 0.99), ("監", 0.005)))]
    assert len(align_to_ink(peaks, hints, blocks((12, 20), (36, 68)))) == 1


def test_white_paper_holds_nothing() -> None:
    assert align_to_ink([], [Peak(20.0, (("", 0.5), ("一", 0.5)))], blocks()) == []


def test_a_dash_alone_is_read_once() -> None:
    dash = np.full((40, 40), 255, np.uint8)
    dash[19:21, 8:32] = 0
    hints = [Peak(26.0, (("", 0.9), ("ー", 0.08)))]
    assert len(align_to_ink([Peak(14.0, (("－", 1.0),))], hints, dash)) == 1

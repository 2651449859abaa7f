"""A second look at places where the first reading does not fit."""

import numpy as np
import pytest

from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling
from pipeline.extract.ocr.layout.rulings import erase_rulings
from pipeline.extract.ocr.layout.second_look import join_over_rulings
from pipeline.extract.ocr.layout.text_lines import InkLine, Region, find_lines, find_text_ink
from tests.support.scanned import Grey

EM = 24
RULING = PixelRuling(200, 50, 203, 150, 200, 203)


def typeset(*places: int) -> Grey:
    """Squares as large as type, from these x on."""
    image = np.full((200, 500), 255, np.uint8)
    for x in places:
        image[80:102, x : x + 22] = 0
    return image


def look(image: Grey) -> tuple[list[InkLine], list[InkLine]]:
    """The lines of two cells with a ruling between them: of the first look and of the second."""
    image[50:150, 200:203] = 0
    wiped = erase_rulings(image, [RULING])
    cells = [Region(100, 50, 201, 150), Region(201, 50, 400, 150)]
    lines = find_lines(wiped, find_text_ink(wiped, EM), cells, EM)
    return lines, join_over_rulings(lines, wiped, [RULING], EM)


@pytest.mark.parametrize(
    "places",
    [(140, 165, 190, 215), (140, 166, 202, 227), (120, 145, 190, 240)],
    ids=["through a character", "under the left of a character", "and on behind a space"],
)
def test_a_line_that_runs_over_a_ruling_is_one_line(places: tuple[int, ...]) -> None:
    first, second = look(typeset(*places))
    assert len(first) >= 2
    (line,) = second
    ink = np.flatnonzero((line.image < 128).any(axis=0))
    assert (line.x0 + ink[0], line.x0 + ink[-1] + 1) == (places[0], places[-1] + 22)


def test_what_a_ruling_covers_is_filled_in() -> None:
    _, (line,) = look(typeset(140, 165, 190, 215))
    assert (line.image[:, 199 - line.x0 : 204 - line.x0].min(axis=0) < 128).all()


def test_texts_with_white_beside_the_ruling_are_two_lines() -> None:
    first, second = look(typeset(150, 173, 210, 235))
    assert len(first) == len(second) == 2

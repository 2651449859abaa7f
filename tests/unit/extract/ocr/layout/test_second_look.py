"""A second look at places where the first reading does not fit."""

import numpy as np
import pytest

from pipeline.extract.ocr.layout.second_look import fill_bars
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.extract.ocr.layout.text_marks import TypeMark
from pipeline.model import MarkKind


def struck(x0: int, x1: int) -> tuple[InkLine, TypeMark]:
    """A line of upright strokes, and a bar through the middle of some of them."""
    image = np.full((30, 200), 255, np.uint8)
    for x in range(10, 190, 12):
        image[4:26, x : x + 4] = 0
    image[14:16, x0:x1] = 0
    mark = TypeMark(MarkKind.STRIKE, 500 + x0, 500 + x1, 115)
    return InkLine(500, 100, 700, 130, image), mark


def test_a_bar_through_a_line_goes_and_the_strokes_that_it_crosses_stay() -> None:
    line, mark = struck(40, 160)
    filled = fill_bars(line, [mark])
    assert filled is not None
    dark = filled.image < 128
    expected = struck(0, 0)[0].image < 128
    assert (dark == expected)[:, 42:158].mean() > 0.98
    assert (filled.image[:, :40] == line.image[:, :40]).all()


@pytest.mark.parametrize(
    ("down", "across", "end"),
    [(30, 0, 160), (0, 700, 160), (0, 0, 90)],
    ids=["below", "beside", "strokes of two kanji"],
)
def test_a_line_that_no_bar_marks_has_nothing_to_fill(down: float, across: float, end: int) -> None:
    line, mark = struck(40, end)
    moved = TypeMark(mark.kind, mark.x0 + across, mark.x1 + across, mark.y + down)
    assert fill_bars(line, [moved]) is None

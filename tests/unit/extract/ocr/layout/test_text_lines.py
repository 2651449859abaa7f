"""Lines of text in a picture."""

import cv2
import numpy as np
import pytest

from pipeline.extract.ocr.layout.region import Region
from pipeline.extract.ocr.layout.rulings import erase_rulings, find_rulings
from pipeline.extract.ocr.layout.text_ink import find_text_ink
from pipeline.extract.ocr.layout.text_lines import InkLine, find_lines
from tests.support.scanned import Grey, blobs


def lines_of(image: Grey, em: float, *regions: Region) -> list[InkLine]:
    bars = find_rulings(image, em)
    wiped = erase_rulings(image, bars)
    height, width = image.shape
    return find_lines(wiped, find_text_ink(wiped, em), regions or [Region(0, 0, width, height)], em)


def test_lines_are_cut_out_alone() -> None:
    image = np.full((400, 600), 255, np.uint8)
    blobs(image, 50, 50, 10)
    blobs(image, 50, 74, 12)
    blobs(image, 400, 60, 5)
    lines = sorted(lines_of(image, 22), key=lambda line: (line.x0, line.top))
    assert [(line.x0 // 50, line.top // 10) for line in lines] == [(0, 4), (0, 7), (7, 5)]
    for line in lines:
        assert line.image.shape == (line.bottom - line.top, line.x1 - line.x0)
        assert line.image[:2].min() == 255
        assert line.image[-2:].min() == 255
        assert (line.image < 128).any(axis=1).sum() == pytest.approx(21, abs=1)


def test_the_parts_of_a_character_are_joined_and_not_to_what_is_left_of_a_ruling() -> None:
    """A lone 章 below the corner of its cell would be read as 立 and 早."""
    image = np.full((100, 300), 255, np.uint8)
    image[10:14, 50:56] = 0
    image[31:41, 100:128] = image[42:60, 100:128] = 0
    assert [line.bottom - line.top > 32 for line in lines_of(image, 32) if line.x0 > 80] == [True]


def test_text_does_not_cross_a_cell() -> None:
    image = np.full((200, 600), 255, np.uint8)
    blobs(image, 50, 50, 10)
    left, right = lines_of(image, 22, Region(0, 0, 160, 200), Region(160, 0, 600, 200))
    assert left.x1 <= 160 + 5
    assert right.x0 >= 160 - 5


def test_lines_that_touch_are_parted_and_furigana_stand_alone() -> None:
    image = np.full((300, 600), 255, np.uint8)
    blobs(image, 50, 100, 10)
    blobs(image, 50, 120, 10)
    assert len(lines_of(image, 22)) == 2
    image[:] = 255
    blobs(image, 50, 100, 10)
    blobs(image, 72, 90, 3, 10)
    small, large = sorted(lines_of(image, 22), key=lambda line: line.top)
    assert (small.image < 128).any(axis=1).sum() <= 11
    assert (large.image < 128).any(axis=1).sum() >= 19


def test_columns_whose_lines_hang_half_a_line_lower_are_parted() -> None:
    """Their lines make one band, only as high as a line of large type."""
    image = np.full((300, 700), 255, np.uint8)
    blobs(image, 50, 100, 10)
    blobs(image, 50 + 10 * 22 + 38, 110, 10)
    left, right = sorted(lines_of(image, 22), key=lambda line: line.x0)
    assert left.x1 <= right.x0
    assert [line.bottom - line.top < 33 for line in (left, right)] == [True, True]


def test_specks_at_the_ends_of_a_line_are_left_out_and_marks_stay() -> None:
    image = np.full((300, 700), 255, np.uint8)
    blobs(image, 200, 100, 10)
    image[114:118, 160:164] = 0
    image[112:116, 445:449] = 0
    (line,) = lines_of(image, 22)
    assert line.x0 > 190
    assert line.x1 < 430
    image[:] = 255
    blobs(image, 200, 100, 10)
    cv2.circle(image, (185, 110), 2, 0, -1)  # ・
    cv2.circle(image, (426, 117), 3, 0, 1)  # 。
    (line,) = lines_of(image, 22)
    assert line.x0 < 183
    assert line.x1 > 428
    image[:] = 255
    blobs(image, 200, 100, 10)
    cv2.circle(image, (160, 110), 2, 0, -1)  # ・ and an ideographic space
    (line,) = lines_of(image, 22)
    assert line.x0 < 158
    cv2.circle(image, (160, 110), 2, 255, -1)
    cv2.circle(image, (160, 117), 3, 0, 1)  # the 。of a column on the left
    (line,) = lines_of(image, 22)
    assert line.x0 > 190


@pytest.mark.parametrize(("others", "is_item"), [((200, 200, 200), False), ((180, 200, 200), True)])
def test_a_speck_between_columns_is_no_item(others: tuple[int, ...], is_item: bool) -> None:
    """Other lines begin at the text behind it, and none where it stands."""
    image = np.full((300, 700), 255, np.uint8)
    for row, x in enumerate((200, *others)):
        blobs(image, x, 100 + 40 * row, 10)
    cv2.circle(image, (170, 110), 2, 0, -1)
    assert (lines_of(image, 22)[0].x0 < 170) == is_item


def test_a_speck_before_a_number_is_no_item() -> None:
    image = np.full((300, 700), 255, np.uint8)
    cv2.circle(image, (170, 110), 2, 0, -1)
    blobs(image, 200, 100, 1)
    (line,) = lines_of(image, 22)
    assert line.x0 > 190


def test_two_specks_side_by_side_are_no_line_and_a_ditto_mark_is() -> None:
    image = np.full((300, 700), 255, np.uint8)
    image[100:103, 160:163] = image[108:111, 165:168] = 0
    assert lines_of(image, 22) == []
    image[100:107, 160:163] = image[100:107, 165:168] = 0  # 〃
    assert len(lines_of(image, 22)) == 1


def test_specks_are_no_lines_and_dashes_are() -> None:
    image = np.full((300, 600), 255, np.uint8)
    image[50:53, 100:103] = 0
    image[100:104, 100:104] = 0
    cv2.line(image, (200, 200), (216, 200), 0, 2)
    (line,) = lines_of(image, 22)
    assert line.top < 195 < 205 < line.bottom


@pytest.mark.parametrize(
    ("width", "height", "em", "is_line"),
    [(7, 4, 30, True), (4, 2, 17, True), (6, 5, 28, False), (3, 2, 17, False), (5, 4, 22, False)],
)
def test_a_lone_hyphen_of_a_few_pixels_is_a_line(
    width: int, height: int, em: float, is_line: bool
) -> None:
    image = np.full((300, 600), 255, np.uint8)
    image[150 : 150 + height, 100 : 100 + width] = 0
    assert len(lines_of(image, em)) == is_line


@pytest.mark.parametrize(
    ("x0", "x1", "dash", "is_line"),
    [(103, 157, 60, False), (110, 150, 60, True), (106, 154, 8, False), (120, 140, 8, True)],
)
def test_a_piece_of_a_connector_from_side_to_side_of_a_cell_is_no_line(
    x0: int, x1: int, dash: int, is_line: bool
) -> None:
    image = np.full((300, 600), 255, np.uint8)
    for x in range(x0, x1, dash + 5):
        cv2.line(image, (x, 150), (min(x + dash, x1), 152), 0, 1)
    assert len(lines_of(image, 30, Region(100, 100, 160, 200))) == is_line


@pytest.mark.parametrize(("y", "count"), [(124, 1), (137, 2)], ids=["close", "a line of its own"])
def test_pieces_of_a_dashed_connector_close_to_a_line_are_no_lines(y: int, count: int) -> None:
    image = np.full((300, 700), 255, np.uint8)
    blobs(image, 100, 100, 10)
    for x in (180, 250):  # what of it is no part of the line
        cv2.line(image, (x, y), (x + 14, y + 1), 0, 1)
    lines = lines_of(image, 22)
    assert len({line.top for line in lines}) == count


def test_a_line_may_begin_with_a_stop() -> None:
    image = np.full((300, 700), 255, np.uint8)
    blobs(image, 178, 60, 11)
    blobs(image, 200, 100, 10)
    image[115:119, 177:182] = 0  # 、 and the white of its box
    cv2.circle(image, (182, 150), 3, 0, 1)  # 。 alone, in the spacing of the lines
    _, comma, stop = sorted(lines_of(image, 22), key=lambda line: line.top)
    assert comma.x0 < 177
    assert stop.x0 < 180 < 185 < stop.x1


def test_the_stop_that_did_not_fit_is_cut_out_as_high_as_type() -> None:
    """Cut at its ink, a 。 on a line of its own was read as an o, and dropped."""
    image = np.full((300, 700), 255, np.uint8)
    blobs(image, 200, 100, 1)  # イ and an ideographic space, before its item
    blobs(image, 250, 100, 10)
    cv2.circle(image, (204, 141), 3, 0, 1)
    stop = max(lines_of(image, 22), key=lambda line: line.top)
    assert np.flatnonzero(stop.dark.any(axis=1))[0] > 0.6 * stop.ink_height


@pytest.mark.parametrize("step", [40, 60])  # px; beyond 1.3 em each character is a line
def test_the_stop_of_a_line_that_is_spread_over_its_cell_is_kept(step: int) -> None:
    """A 。 was too far from the last character to be more than dirt."""
    image = np.full((300, 700), 255, np.uint8)
    for index in range(5):
        blobs(image, 200 + index * step, 100, 1)
    cv2.circle(image, (204 + 5 * step, 117), 3, 0, 1)
    lines = lines_of(image, 22)
    assert max(line.x1 for line in lines) > 204 + 5 * step
    assert all(line.gap == 0 for line in lines)


def test_the_emphasis_of_the_next_line_is_no_stop() -> None:
    image = np.full((300, 700), 255, np.uint8)
    blobs(image, 200, 100, 10)
    blobs(image, 200, 164, 5)
    for x in range(212, 312, 24):
        cv2.circle(image, (x, 148), 3, 0, 1)
    assert len(lines_of(image, 22)) == 2


@pytest.mark.parametrize(("length", "starts"), [(20, 180), (120, 200)])
def test_a_line_begins_with_the_grey_hairline_of_its_first_character(
    length: int, starts: int
) -> None:
    """The rest of an erased ruling is longer."""
    image = np.full((200, 700), 255, np.uint8)
    blobs(image, 200, 100, 10)
    image[109:111, 200 - length : 200] = 150
    (line,) = lines_of(image, 22)
    assert line.x0 == pytest.approx(starts, abs=5)


def test_the_grey_ring_of_a_lone_number_is_part_of_it() -> None:
    """Of ① the black sides of its ring were left: （①."""
    image = np.full((100, 300), 255, np.uint8)
    cv2.circle(image, (112, 50), 12, (170,), 2)
    cv2.ellipse(image, (112, 50), (12, 12), 180, -40, 40, (0,), 2)
    image[43:58, 111:114] = 0
    (line,) = lines_of(image, 28)
    assert line.x0 <= 100 < 124 <= line.x1
    assert line.top <= 38 < 62 <= line.bottom

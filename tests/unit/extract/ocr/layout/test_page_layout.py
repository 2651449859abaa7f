"""Lines of a page, cell by cell."""

import cv2
import numpy as np
from pytest import approx

from pipeline.extract.ocr.image.page_image import Picture
from pipeline.extract.ocr.layout.page_layout import analyze_scan
from tests.support.scanned import turned

SCALE = 200 / 72


def test_a_line_half_over_the_open_side_of_a_table_is_one_line() -> None:
    """The rest of a row at the head of a page: its text begins above its verticals."""
    image = np.full((1654, 1200), 255, np.uint8)
    for x in (150, 550, 1050):
        cv2.line(image, (x, 212), (x, 600), 0, 2)
    for y in (400, 600):
        cv2.line(image, (150, y), (1050, y), 0, 2)
    for top in (200, 260, 300, 440, 480):
        for x in range(180, 520, 30):
            cv2.rectangle(image, (x, top), (x + 22, top + 24), 0, 2)
    picture = Picture(1, image, 1200 / SCALE, 1654 / SCALE, SCALE)
    assert len(analyze_scan(picture).lines) == 5


def test_the_ground_of_words_is_a_mark_and_no_shade() -> None:
    """The edges of a highlighter would part the cell's lines into records."""
    image = np.full((1654, 1200), 255, np.uint8)
    image[200:240, 152:1048] = 225  # the ground of a header
    image[294:360, 180:632] = 225
    image[360:386, 180:418] = 225
    for x in (150, 1050):
        cv2.line(image, (x, 200), (x, 600), 0, 2)
    for y in (200, 240, 600):
        cv2.line(image, (150, y), (1050, y), 0, 2)
    for top in (208, 265, 300, 330, 360, 390):
        for x in range(180, 900 if top > 360 else 620, 30):
            cv2.rectangle(image, (x, top), (x + 22, top + 24), 0, 2)
    layout = analyze_scan(Picture(1, image, 1200 / SCALE, 1654 / SCALE, SCALE))
    assert [top for _, top, _, _ in layout.shades] == [approx(200, abs=4)]
    marked = [(mark.kind, mark.x0, mark.x1) for mark in layout.marks]
    ends = (632, 632, 418)
    assert marked == [("highlight", approx(180, abs=8), approx(x1, abs=8)) for x1 in ends]


def test_an_underline_that_is_erased_is_a_mark() -> None:
    image = np.full((1654, 1200), 255, np.uint8)
    cv2.rectangle(image, (150, 200), (1050, 600), 0, 2)
    for top in (260, 300, 345, 390):
        for x in range(180, 900, 30):
            for stroke in range(x, x + 24, 6):
                image[top : top + 26, stroke : stroke + 3] = 0
            image[top + 12 : top + 14, x : x + 20] = 0
    image[328:330, 300:662] = 0
    layout = analyze_scan(Picture(1, image, 1200 / SCALE, 1654 / SCALE, SCALE))
    (mark,) = layout.marks
    assert (mark.kind, mark.x0, mark.x1) == ("underline", approx(300, abs=8), approx(662, abs=8))


def test_the_columns_of_a_dark_ground_askew_are_no_lines_of_text() -> None:
    """Drawn before the page was straight, they stood beside the rulings and were read as 1."""
    image = np.full((1654, 1200), 255, np.uint8)
    image[200:250, 150:1050] = 40
    for x in (150, 350, 700, 1050):
        cv2.line(image, (x, 200), (x, 900), 0, 2)
    for y in range(200, 901, 50):
        cv2.line(image, (150, y), (1050, y), 0, 2)
    for x in range(180, 1000, 30):
        if x not in (330, 690):
            cv2.rectangle(image, (x, 214), (x + 22, 236), 255, 2)
            cv2.rectangle(image, (x, 264), (x + 22, 286), 0, 2)
    picture = Picture(1, turned(image, 2.0), 1200 / SCALE, 1654 / SCALE, SCALE)
    assert len(analyze_scan(picture).lines) == 6
